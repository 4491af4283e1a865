import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import * as Check from "../engine/check.js"
import * as Columns from "../engine/columns.js"
import * as Gaps from "../engine/gaps.js"
import * as Hash from "../engine/hash.js"
import * as Resample from "../engine/resample.js"
import type { Candle, Columns as CandleColumns } from "../model/candle.js"
import { ExchangeError, type FileError, InvalidCandle, type UnknownSymbol } from "../model/errors.js"
import type { GapPolicy } from "../model/fill.js"
import { toText } from "../model/instant.js"
import { type CandleInterval, toMillis } from "../model/interval.js"
import type { Settings } from "../model/settings.js"
import type { Steps } from "../model/sizing.js"

/** Candles as a source hands them over. */
export type CandlesInput = ReadonlyArray<Candle> | CandleColumns

/** Everything a source has of a symbol, at once. */
export interface Loaded {
  readonly columns: CandleColumns
  /** Length of a candle, ms. */
  readonly interval: number
  /** The file they come from. */
  readonly file?: string
  /** Says where a bad candle comes from, for sources that know. */
  readonly locate?: (problem: Check.CandleProblem) => InvalidCandle
}

export type SourceError = ExchangeError | FileError | UnknownSymbol | InvalidCandle

/**
 * Where candles come from. `Whole` sources have it all (files, memory): loaded once and shared by every run.
 * `Paged` ones answer `candles(symbol, interval, since, limit)`: the first `limit` candles that open at or after
 * `since`, an empty page meaning that there are none.
 */
export type Source<R> =
  | { readonly _tag: "Whole"; readonly load: (symbol: string) => Effect.Effect<Loaded, SourceError, R> }
  | {
      readonly _tag: "Paged"
      readonly candles: (
        symbol: string,
        interval: CandleInterval,
        since: number,
        limit: number
      ) => Effect.Effect<CandlesInput, unknown, R>
      readonly limit: number
      readonly timeoutMillis: number
    }

/** The definition of an exchange. */
export interface Exchange<out R> {
  readonly name: string
  /** The finest interval it has; undefined: whatever the loaded candles have. */
  readonly interval: CandleInterval | undefined
  /** Higher intervals it serves itself; others are resampled. */
  readonly native: ReadonlyArray<CandleInterval>
  /** The steps a symbol is traded in; undefined where any price and quantity goes. */
  readonly steps: (symbol: string) => Steps | undefined
  readonly source: Source<R>
}

/** What runs share of one exchange: data already read. No functions of any run are kept. */
export class ExchangeState {
  readonly loaded = new Map<string, Loaded>()
  readonly checked = new Map<string, number>()
  readonly pages = new Map<string, CandleColumns>()
  readonly #locks = new Map<string, Effect.Semaphore>()

  readonly #hashes = new Map<string, string>()

  /** Hash of candles that do not change under this key. */
  hashOf(key: string, columns: CandleColumns): string {
    const hash = this.#hashes.get(key) ?? Hash.columns(columns, 0, columns.length)
    this.#hashes.set(key, hash)
    return hash
  }

  readonly #gaps = new Map<string, ReturnType<typeof Gaps.count>>()

  /** Gaps of candles that do not change under this key. */
  gapsOf(key: string, count: () => ReturnType<typeof Gaps.count>): ReturnType<typeof Gaps.count> {
    const gaps = this.#gaps.get(key) ?? count()
    this.#gaps.set(key, gaps)
    return gaps
  }

  readonly #resampled = new Map<string, CandleColumns>()

  /** Higher candles of candles that do not change under this key. */
  resampledOf(key: string, columns: CandleColumns, interval: number, millis: number): CandleColumns {
    const resampled = this.#resampled.get(key) ?? Resample.resample(columns, interval, millis)
    this.#resampled.set(key, resampled)
    return resampled
  }

  /** One at a time per key; whoever comes second finds what the first one stored. */
  exclusively<A, E, R>(key: string, effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> {
    const lock = this.#locks.get(key) ?? Effect.unsafeMakeSemaphore(1)
    this.#locks.set(key, lock)
    return lock.withPermits(1)(effect)
  }
}

/** Candles of one symbol and interval in one run: what has been read so far, and how to read on. */
export interface Tape<out R> {
  readonly interval: number
  readonly columns: () => CandleColumns
  /** Every candle before the end of the frame is there. */
  readonly isComplete: () => boolean
  /** Reads one more page. */
  readonly pull: Effect.Effect<void, SourceError, R>
  /** Gaps between the candles from `start` on, as the source has them. */
  readonly gaps: (start: number) => { readonly gaps: number; readonly missing: number }
  /** The first gap from `start` on. */
  readonly firstGap: (start: number) => Gaps.Gap | undefined
  /** All candles of a higher interval, where they are known; shared by runs. */
  readonly resampled: (millis: number) => CandleColumns | undefined
  /** Identifies the candles, as they are seen, bit for bit. */
  readonly hash: () => string
  /** First and last candle of the source, where it is known. */
  readonly extent: readonly [first: number, last: number] | undefined
  /** The file the candles come from, if any. */
  readonly file: string | undefined
}

/** What a run wants of a tape. */
export interface TapeRequest {
  readonly symbol: string
  readonly interval: CandleInterval | undefined
  /** Where reading begins on paged sources; whole ones show everything they have. */
  readonly since: number | undefined
  readonly end: number | undefined
  readonly settings: Settings
  readonly gaps: GapPolicy
}

/** An exchange's operations for one run. */
export const open = <R>(
  exchange: Exchange<R>,
  state: ExchangeState,
  request: TapeRequest
): Effect.Effect<Tape<R>, SourceError, R> =>
  exchange.source._tag === "Whole"
    ? openWhole(exchange.source, state, request)
    : Effect.succeed(openPaged(exchange, exchange.source, state, request))

const openWhole = <R>(
  source: Extract<Source<R>, { _tag: "Whole" }>,
  state: ExchangeState,
  { end, gaps, settings, symbol }: TapeRequest
): Effect.Effect<Tape<R>, SourceError, R> =>
  Effect.gen(function* () {
    const { columns, file, interval, locate } = yield* loadOnce(source, state, symbol)
    const seen = end === undefined ? columns.length : Columns.indexAtOrAfter(columns, end)
    yield* checkOnce(state, symbol, columns, seen, interval, settings, locate)
    const cut = seen === columns.length ? columns : Columns.slice(columns, 0, seen)
    const visible = gaps === "fill" ? Gaps.fill(cut, interval) : cut
    const view = `${symbol}/${gaps}/${seen}`
    return {
      interval,
      columns: () => visible,
      isComplete: () => true,
      pull: Effect.void,
      gaps: (start) =>
        state.gapsOf(`${view}/${start}`, () =>
          Gaps.count(cut, interval, Columns.indexAtOrAfter(cut, start), cut.length)
        ),
      resampled: (millis) => state.resampledOf(`${view}/${millis}`, visible, interval, millis),
      hash: () => state.hashOf(view, visible),
      firstGap: (start) => Gaps.first(cut, interval, Columns.indexAtOrAfter(cut, start), cut.length),
      extent: columns.length === 0 ? undefined : [columns.timestamp[0], columns.timestamp[columns.length - 1]],
      file
    }
  })

const loadOnce = <R>(
  source: Extract<Source<R>, { _tag: "Whole" }>,
  state: ExchangeState,
  symbol: string
): Effect.Effect<Loaded, SourceError, R> =>
  state.exclusively(
    symbol,
    Effect.suspend(() => {
      const known = state.loaded.get(symbol)
      return known !== undefined
        ? Effect.succeed(known)
        : Effect.tap(source.load(symbol), (loaded) => Effect.sync(() => state.loaded.set(symbol, loaded)))
    })
  )

/** The data check over the first `to` candles; what passed once under the same settings is not checked again. */
const checkOnce = (
  state: ExchangeState,
  symbol: string,
  columns: CandleColumns,
  to: number,
  interval: number,
  { anomalyFactor }: Settings,
  locate: Loaded["locate"]
): Effect.Effect<void, InvalidCandle> =>
  Effect.suspend(() => {
    const key = `${symbol}/${anomalyFactor}`
    const from = state.checked.get(key) ?? 0
    if (to <= from) return Effect.void
    const problem = Check.firstProblem(columns, { interval, anomalyFactor, from, to })
    if (problem !== undefined) {
      return Effect.fail(locate === undefined ? new InvalidCandle({ symbol, ...problem }) : locate(problem))
    }
    state.checked.set(key, to)
    return Effect.void
  })

/** Pages kept for other runs of the same exchange. */
const pageCapacity = 4096

const openPaged = <R>(
  exchange: Exchange<R>,
  source: Extract<Source<R>, { _tag: "Paged" }>,
  state: ExchangeState,
  { end = Number.POSITIVE_INFINITY, gaps, interval: wanted, settings, since = 0, symbol }: TapeRequest
): Tape<R> => {
  const name = wanted ?? exchange.interval ?? "1m"
  const interval = toMillis(name)
  const columns = Columns.make()
  let cursor = Math.floor(since / interval) * interval
  let complete = cursor >= end
  // filled candles are told from real ones by the gaps noted while filling
  const filled: Array<Gaps.Gap> = []

  const pull = Effect.suspend(() => (complete ? Effect.void : Effect.flatMap(fetch(cursor), take)))

  const fetch = (from: number): Effect.Effect<CandleColumns, SourceError, R> => {
    const key = `${symbol}/${name}/${from}`
    return state.exclusively(
      key,
      Effect.suspend(() => {
        const known = state.pages.get(key)
        if (known !== undefined) return Effect.succeed(known)
        return fetchPage(exchange.name, source, { symbol, name, from, settings }).pipe(
          Effect.tap((page) => Effect.sync(() => remember(state, key, page, source.limit)))
        )
      })
    )
  }

  const take = (page: CandleColumns): Effect.Effect<void, SourceError> =>
    Effect.suspend(() => {
      const checkedFrom = columns.length
      const usable = Columns.indexAtOrAfter(page, end)
      if (gaps === "fill") appendFilled(columns, page, usable, interval, filled)
      else Columns.append(columns, page, 0, usable)
      if (page.length === 0 || usable < page.length) complete = true
      else cursor = page.timestamp[page.length - 1] + interval
      if (cursor >= end) complete = true
      const { anomalyFactor } = settings
      const problem = Check.firstProblem(columns, { interval, anomalyFactor, from: checkedFrom, to: columns.length })
      return problem === undefined ? Effect.void : Effect.fail(new InvalidCandle({ symbol, ...problem }))
    })

  return {
    interval,
    columns: () => columns,
    isComplete: () => complete,
    pull,
    gaps: (start) => {
      if (gaps !== "fill") return Gaps.count(columns, interval, Columns.indexAtOrAfter(columns, start), columns.length)
      const within = filled.filter((gap) => gap.from >= start)
      return { gaps: within.length, missing: within.reduce((sum, gap) => sum + gap.missing, 0) }
    },
    resampled: () => undefined,
    hash: () => Hash.columns(columns, 0, columns.length),
    firstGap: (start) => Gaps.first(columns, interval, Columns.indexAtOrAfter(columns, start), columns.length),
    extent: undefined,
    file: undefined
  }
}

/** A short page may be the edge of what exists so far: only full ones are kept. */
const remember = (state: ExchangeState, key: string, page: CandleColumns, limit: number): void => {
  if (page.length < limit) return
  state.pages.set(key, page)
  for (const oldest of state.pages.keys()) {
    if (state.pages.size <= pageCapacity) return
    state.pages.delete(oldest)
  }
}

const appendFilled = (
  columns: Columns.GrowingColumns,
  page: CandleColumns,
  to: number,
  interval: number,
  filled: Array<Gaps.Gap>
): void => {
  const joined = Columns.make()
  if (columns.length > 0) Columns.append(joined, columns, columns.length - 1)
  const known = joined.length
  Columns.append(joined, page, 0, to)
  filled.push(...Gaps.list(joined, interval))
  Columns.append(columns, Gaps.fill(joined, interval), known)
}

const fetchPage = <R>(
  exchange: string,
  source: Extract<Source<R>, { _tag: "Paged" }>,
  request: {
    readonly symbol: string
    readonly name: CandleInterval
    readonly from: number
    readonly settings: Settings
  }
): Effect.Effect<CandleColumns, ExchangeError, R> => {
  const { from, name, settings, symbol } = request
  const failure = (reason: string, cause?: unknown) =>
    new ExchangeError({ exchange, symbol, reason, ...(cause === undefined ? {} : { cause }) })
  const backOff = Schedule.exponential(settings.candleDelay).pipe(
    Schedule.jittered,
    Schedule.intersect(Schedule.recurs(settings.candleAttempts - 1))
  )
  const unfetched = (cause: unknown) =>
    failure(`candles from ${toText(from)} could not be fetched (${describe(cause)})`, cause)
  return Effect.suspend(() => source.candles(symbol, name, from, source.limit)).pipe(
    Effect.mapError(unfetched),
    Effect.catchAllDefect((defect) => Effect.fail(unfetched(defect))),
    Effect.timeoutFail({
      duration: source.timeoutMillis,
      onTimeout: () => failure(`no answer within ${source.timeoutMillis} ms`)
    }),
    Effect.retry(backOff),
    Effect.map((page) =>
      withoutEarlier("length" in page && "timestamp" in page ? page : Columns.fromCandles(page), from)
    )
  )
}

/** Sources that answer with the page around `since` are forgiven. */
const withoutEarlier = (page: CandleColumns, since: number): CandleColumns => {
  const first = Columns.indexAtOrAfter(page, since)
  return first === 0 ? page : Columns.slice(page, first, page.length)
}

const describe = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))
