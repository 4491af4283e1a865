/**
 * Exchanges: where candles come from. One function for anything that pages, and ready-made sources for files, memory
 * and a synthetic market. A strategy never asks an exchange itself; it sees what the run's instant allows.
 */
import type * as FileSystem from "@effect/platform/FileSystem"
import type * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { type CsvOptions, locate, read } from "./adapters/csv/reader.js"
import { generator, type SyntheticOptions } from "./adapters/synthetic.js"
import * as ExchangeClient from "./clients/exchange.js"
import type { CandlesInput, Exchange as Spec, Loaded, SourceError } from "./clients/exchange.js"
import * as Columns from "./engine/columns.js"
import { smallestInterval } from "./engine/gaps.js"
import * as StepsEngine from "./engine/steps.js"
import type { Columns as CandleColumns } from "./model/candle.js"
import { type DuplicateName, ExchangeError, UnknownSymbol } from "./model/errors.js"
import type { GapPolicy } from "./model/fill.js"
import { type InstantInput, toMillis as toInstant } from "./model/instant.js"
import { type CandleInterval, day, fromMillis, toMillis } from "./model/interval.js"
import { defaults } from "./model/settings.js"
import type { Steps } from "./model/sizing.js"
import { macrotask } from "./services/internal/macrotask.js"
import { SchemaRegistry } from "./services/SchemaRegistry.js"

export type { CsvOptions } from "./adapters/csv/reader.js"
export type { CandlesInput } from "./clients/exchange.js"
export type { CandleInterval } from "./model/interval.js"
export type { Steps } from "./model/sizing.js"

/** An exchange, and the Layer that registers it by its name, with the services it needs captured. */
export interface Exchange<out R> extends Spec<R> {
  readonly layer: Layer.Layer<never, DuplicateName, SchemaRegistry | R>
}

/** What every exchange can declare. */
export interface Options {
  /**
   * The steps a symbol is traded in: a run rounds the prices of signals to the nearest step and quantities down, and
   * refuses what is too small. Default: any price and quantity goes.
   */
  readonly steps?: (symbol: string) => Steps | undefined
}

/**
 * An exchange that serves candles by page: `candles(symbol, interval, since, limit)` gives the first `limit` candles
 * that open at or after `since`, oldest first; an empty page means that there are none. Calls are retried, timed out,
 * and made once however many runs ask at the same time.
 */
export const make = <E, R = never>(
  name: string,
  options: Options & {
    readonly candles: (
      symbol: string,
      interval: CandleInterval,
      since: number,
      limit: number
    ) => Effect.Effect<CandlesInput, E, R>
    /** The finest interval served; default 1m. */
    readonly interval?: CandleInterval
    /** Higher intervals to be asked for instead of resampled. */
    readonly native?: ReadonlyArray<CandleInterval>
    /** Candles per page; default 1000. */
    readonly limit?: number
    /** Longest wait for a page; default one minute. */
    readonly timeout?: Duration.DurationInput
  }
): Exchange<R> =>
  define({
    name,
    interval: options.interval ?? "1m",
    native: options.native ?? [],
    steps: options.steps ?? anything,
    source: {
      _tag: "Paged",
      candles: options.candles,
      limit: options.limit ?? 1000,
      timeoutMillis: Duration.toMillis(options.timeout ?? "1 minute")
    }
  })

/** An exchange that serves everything it has of a symbol as a Stream of pages, read once and shared by all runs. */
export const fromStream = <E, R = never>(
  name: string,
  options: Options & {
    readonly pages: (symbol: string) => Stream.Stream<CandlesInput, E, R>
    /** Interval of the candles; default 1m. */
    readonly interval?: CandleInterval
  }
): Exchange<R> => {
  const interval = options.interval ?? "1m"
  return whole(name, interval, options.steps, (symbol) =>
    Stream.runFold(options.pages(symbol), Columns.make(), (columns, page) => {
      Columns.append(columns, toColumns(page))
      return columns
    }).pipe(
      Effect.map((columns): Loaded => ({ columns, interval: toMillis(interval) })),
      Effect.mapError(
        (cause) =>
          new ExchangeError({
            exchange: name,
            symbol,
            reason: `its candles could not be read (${cause instanceof Error ? cause.message : String(cause)})`,
            cause
          })
      )
    )
  )
}

/**
 * CSV files by symbol. Header or not, any common delimiter, epoch or ISO times, with or without volume: the dialect is
 * detected. Reads through the platform's FileSystem.
 */
export const csv = (
  name: string,
  files: Readonly<Record<string, string>>,
  options: CsvOptions & Options = {}
): Exchange<FileSystem.FileSystem> => {
  const { steps, ...format } = options
  return whole(name, format.interval, steps, (symbol) =>
    Effect.flatMap(find(name, files, symbol), (file) =>
      Effect.map(read(file, format), (data): Loaded => ({
        columns: data.columns,
        interval: data.interval,
        file,
        locate: (problem) => locate(data, problem, symbol)
      }))
    )
  )
}

/** Candles in memory by symbol. The interval is the smallest distance between two candles, unless given. */
export const memory = (
  name: string,
  candles: Readonly<Record<string, CandlesInput>>,
  options: Options & { readonly interval?: CandleInterval } = {}
): Exchange<never> =>
  whole(name, options.interval, options.steps, (symbol) =>
    Effect.flatMap(find(name, candles, symbol), (input) => {
      const columns = toColumns(input)
      const millis = options.interval === undefined ? smallestInterval(columns) : toMillis(options.interval)
      const reason = `the candles' interval can't be told from their times; give it as an option`
      return fromMillis(millis) === undefined
        ? Effect.fail(new ExchangeError({ exchange: name, symbol, reason }))
        : Effect.succeed<Loaded>({ columns, interval: millis })
    })
  )

/**
 * A seeded synthetic market for any symbol: regimes, clustered volatility, fat tails, realistic wicks. The same options
 * give the same candles, bit for bit.
 */
export const synthetic = (
  name: string,
  options: Partial<Omit<SyntheticOptions, "symbol" | "start" | "count">> &
    Options & {
      /** Default 2024-01-01. */
      readonly start?: InstantInput
      /** Default 366. */
      readonly days?: number
    } = {}
): Exchange<never> => {
  const { days = 366, interval = "1m", seed = 1, start = "2024-01-01", steps, ...rest } = options
  return whole(name, interval, steps, (symbol) => {
    const from = toInstant(start)
    if (from === undefined || !(days > 0)) {
      const reason = `needs a start that is a time and days above 0, got ${String(start)} and ${days}`
      return Effect.fail(new ExchangeError({ exchange: name, symbol, reason }))
    }
    const millis = toMillis(interval)
    const count = Math.floor((days * day) / millis)
    const { columns, extend } = generator({ ...rest, seed, symbol, interval, start: from, count })
    const minutesAtOnce = 25_000
    const piece = Math.max(1, Math.floor((minutesAtOnce * 60_000) / millis))
    const pieces = Effect.forEach(
      Array.from({ length: Math.ceil(count / piece) }, (_, i) => (i + 1) * piece),
      (to) =>
        Effect.zipRight(
          Effect.sync(() => extend(to)),
          macrotask
        ),
      { discard: true }
    )
    return Effect.as(pieces, { columns, interval: millis })
  })
}

/** A price as text in the steps the exchange trades the symbol in; without steps the shortest decimal. */
export const formatPrice = (exchange: Pick<Spec<unknown>, "steps">, symbol: string, price: number): string =>
  StepsEngine.formatPrice(price, exchange.steps(symbol) ?? {})

/** A quantity as text, rounded down to the steps the exchange trades the symbol in; without steps the shortest decimal. */
export const formatQuantity = (exchange: Pick<Spec<unknown>, "steps">, symbol: string, quantity: number): string =>
  StepsEngine.formatQuantity(quantity, exchange.steps(symbol) ?? {})

/** No steps: any price and quantity goes. */
const anything = (): undefined => undefined

/**
 * The candles of a symbol, checked, as a run would see them: what charts of a finished run are drawn from. An exchange
 * that pages needs both bounds.
 */
export const candles = <R>(
  exchange: Spec<R>,
  symbol: string,
  options: { readonly start?: InstantInput; readonly end?: InstantInput; readonly gaps?: GapPolicy } = {}
): Effect.Effect<CandleColumns, SourceError, R> =>
  Effect.gen(function* () {
    const [since, end] = [options.start, options.end].map((bound) =>
      bound === undefined ? undefined : toInstant(bound)
    )
    if (exchange.source._tag === "Paged" && (since === undefined || end === undefined)) {
      const reason = "it serves candles by page; give a start and an end that are times"
      return yield* new ExchangeError({ exchange: exchange.name, symbol, reason })
    }
    const tape = yield* ExchangeClient.open(exchange, new ExchangeClient.ExchangeState(), {
      symbol,
      interval: exchange.interval,
      since,
      end,
      settings: defaults,
      gaps: options.gaps ?? "skip"
    })
    while (!tape.isComplete()) yield* tape.pull
    const columns = tape.columns()
    const from = since === undefined ? 0 : Columns.indexAtOrAfter(columns, since)
    return from === 0 ? columns : Columns.slice(columns, from, columns.length)
  })

const whole = <R>(
  name: string,
  interval: CandleInterval | undefined,
  steps: Options["steps"],
  load: (symbol: string) => Effect.Effect<Loaded, SourceError, R>
): Exchange<R> => define({ name, interval, native: [], steps: steps ?? anything, source: { _tag: "Whole", load } })

const define = <R>(spec: Spec<R>): Exchange<R> => ({
  ...spec,
  layer: Layer.scopedDiscard(
    Effect.gen(function* () {
      const registry = yield* SchemaRegistry
      const captured = yield* Effect.context<R>()
      yield* registry.exchange.register(provided(spec, captured))
    })
  )
})

/** The same exchange with what it needs provided. */
const provided = <R>(spec: Spec<R>, captured: Context.Context<R>): Spec<never> => {
  const { source } = spec
  const provide = <A, E>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E> =>
    Effect.mapInputContext(effect, (_none: Context.Context<never>) => captured)
  return {
    ...spec,
    source:
      source._tag === "Whole"
        ? { _tag: "Whole", load: (symbol) => provide(source.load(symbol)) }
        : {
            ...source,
            candles: (symbol, interval, since, limit) => provide(source.candles(symbol, interval, since, limit))
          }
  }
}

const toColumns = (input: CandlesInput): CandleColumns => ("timestamp" in input ? input : Columns.fromCandles(input))

const find = <A>(
  exchange: string,
  entries: Readonly<Record<string, A>>,
  symbol: string
): Effect.Effect<A, UnknownSymbol> =>
  Object.hasOwn(entries, symbol)
    ? Effect.succeed(entries[symbol])
    : Effect.fail(new UnknownSymbol({ exchange, symbol, known: Object.keys(entries) }))
