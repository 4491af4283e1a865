/**
 * Core category: strategy, exchange and frame put together at the run's instant. What a strategy can see goes through
 * the market made here, and nothing else does: this is the place that makes look-ahead impossible.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import * as ExchangeClient from "../clients/exchange.js"
import * as SizingClient from "../clients/sizing.js"
import type { Behaviour, FeedInRun, Indicators } from "../clients/strategy.js"
import * as Columns from "../engine/columns.js"
import { Market as MarketEngine } from "../engine/market.js"
import { rules } from "../engine/rules.js"
import { Walk } from "../engine/walk.js"
import type { Columns as CandleColumns } from "../model/candle.js"
import { GapFound, InvalidRun, NoCandles, type Problem } from "../model/errors.js"
import { type CandleInterval, toMillis } from "../model/interval.js"
import { Connection } from "./Connection.js"
import type { Market, RunServices } from "./Context.js"
import type { ResolvedRun, Told } from "./Validation.js"

/** A run put together: its candles, its market, its walk. */
export interface RunCore<R> {
  readonly tape: ExchangeClient.Tape<R>
  readonly market: MarketEngine
  readonly walk: Walk
  readonly feeds: ReadonlyArray<FeedInRun>
  readonly behaviour: Behaviour<R | RunServices> | undefined
  /** The quantity of a trade; undefined where nothing is sized. */
  readonly quantity: SizingClient.Bound["quantity"] | undefined
  readonly start: number
  readonly end: number
  /** Reads one more page of candles, of the base interval and of every native one. */
  readonly pull: Effect.Effect<void, ExchangeClient.SourceError | GapFound, R>
  /** Takes in candles up to `bound`. */
  readonly extend: (bound: number) => void
}

/** How a run is to be put together. */
export interface Manner {
  /** It trades on an account: sized, under risk profiles, or with others. */
  readonly onAccount: boolean
  /** What its events tell; at least what the run wants told. */
  readonly told: Told
}

export class Core extends Context.Tag("effect-backtest/Core")<
  Core,
  {
    readonly open: <R>(
      run: ResolvedRun<R>,
      manner: Manner
    ) => Effect.Effect<RunCore<R>, ExchangeClient.SourceError | InvalidRun | NoCandles | GapFound, R | Scope.Scope>
  }
>() {}

export const layer: Layer.Layer<Core, never, Connection> = Layer.effect(
  Core,
  Effect.map(Connection, (connection) => ({
    open: Effect.fnUntraced(function* <R>(run: ResolvedRun<R>, manner: Manner) {
      const state = yield* connection.exchange(run.exchange)
      const tape = yield* openTape(run, state, run.exchange.interval)
      const { end, start } = yield* bounds(run, tape)
      const problems = intervalProblems(run, tape.interval)
      if (problems.length > 0) return yield* new InvalidRun({ problems })
      const natives = yield* Effect.forEach(run.exchange.native, (interval) => openTape(run, state, interval))

      const market = new MarketEngine({
        interval: tape.interval,
        columns: tape.columns(),
        vwapCandles: run.settings.vwapCandles,
        ready: (millis) => natives.find((native) => native.interval === millis)?.columns() ?? tape.resampled(millis)
      })
      const walk = new Walk(itinerary(run, manner, tape.interval, start, end), market, tape.columns())
      const bound = bind(run, market, walk, tape.interval)
      const checkGaps = gapCheck(run, tape, start)
      yield* checkGaps
      const tapes = [tape, ...natives]
      return assemble(tapes, checkGaps, { tape, market, walk, ...bound, start, end })
    })
  }))
)

const assemble = <R>(
  tapes: ReadonlyArray<ExchangeClient.Tape<R>>,
  checkGaps: Effect.Effect<void, GapFound>,
  parts: Omit<RunCore<R>, "pull" | "extend">
): RunCore<R> => ({
  ...parts,
  pull: Effect.zipRight(
    Effect.forEach(tapes, (each) => each.pull, { discard: true }),
    checkGaps
  ),
  extend: (to) => {
    const columns = parts.tape.columns()
    parts.walk.use(columns)
    parts.market.extend(columns, to)
  }
})

const openTape = <R>(
  run: ResolvedRun<R>,
  state: ExchangeClient.ExchangeState,
  interval: CandleInterval | undefined
): Effect.Effect<ExchangeClient.Tape<R>, ExchangeClient.SourceError | InvalidRun, R> => {
  const { frame, gaps, settings, symbol } = run
  if (run.exchange.source._tag === "Paged" && (frame.start === undefined || frame.end === undefined)) {
    const message = `exchange "${run.exchange.name}" serves candles by page; give the frame a start and an end`
    return Effect.fail(new InvalidRun({ problems: [{ path: "frame", message }] }))
  }
  const since = frame.start === undefined ? undefined : frame.start - lookback(run)
  return ExchangeClient.open(run.exchange, state, { symbol, interval, since, end: frame.end, settings, gaps })
}

/** How far before the frame its candles are needed: for the average price and for indicators to be warm. */
const lookback = <R>(run: ResolvedRun<R>): number => {
  const base = toMillis(run.exchange.interval ?? "1m")
  const own = intervalOf(run, base)
  const sized = run.sizing?.method
  const needs = [
    ...Object.values(indicatorsOf(run)),
    ...(sized?._tag === "Atr" ? [{ interval: sized.interval, warmup: sized.period }] : [])
  ].map(({ interval, warmup }) => (warmup + 1) * Math.max(base, interval === undefined ? own : toMillis(interval)))
  const asked = run.asking._tag === "Strategy" ? run.asking.history : 0
  return Math.max(run.settings.vwapCandles * base, asked, ...needs)
}

const indicatorsOf = <R>(run: ResolvedRun<R>): Indicators =>
  run.asking._tag === "Strategy" ? run.asking.prepared.indicators : {}

/** The frame's bounds, taken from the data where it has none of its own. */
const bounds = <R>(run: ResolvedRun<R>, tape: ExchangeClient.Tape<R>) => {
  const [first, last] = tape.extent ?? [undefined, undefined]
  const { end = last === undefined ? 0 : last + tape.interval, start = first ?? 0 } = run.frame
  const columns = tape.columns()
  if (tape.isComplete() && Columns.indexAtOrAfter(columns, start) >= columns.length) {
    return Effect.fail(noCandles(run.symbol, start, end, tape.extent))
  }
  return Effect.succeed({ start, end })
}

export const noCandles = (
  symbol: string,
  start: number,
  end: number,
  extent: readonly [number, number] | undefined
): NoCandles =>
  new NoCandles({ symbol, start, end, ...(extent === undefined ? {} : { first: extent[0], last: extent[1] }) })

/** Intervals that cannot be built from the exchange's candles. */
const intervalProblems = <R>(run: ResolvedRun<R>, base: number): ReadonlyArray<Problem> => {
  const probe = new MarketEngine({
    interval: base,
    columns: Columns.make(),
    vwapCandles: 1
  })
  const own = intervalOf(run, base)
  const sized = run.sizing?.method
  const wanted = [
    ...Object.entries(indicatorsOf(run)).map(([name, { interval }]) => ({ path: `indicators.${name}`, interval })),
    ...(sized?._tag === "Atr" ? [{ path: "sizing.interval", interval: sized.interval }] : [])
  ]
  return wanted.flatMap(({ interval, path }) => {
    const message = probe.problem(interval === undefined ? own : toMillis(interval))
    return message === undefined ? [] : [{ path, message }]
  })
}

const itinerary = <R>(run: ResolvedRun<R>, { onAccount, told }: Manner, base: number, start: number, end: number) => {
  const { asking } = run
  const steps = run.exchange.steps(run.symbol)
  return {
    symbol: run.symbol,
    strategy: run.strategy,
    exchange: run.exchange.name,
    frame: run.frame.name,
    start,
    end,
    tick: run.frame.tick,
    interval: intervalOf(run, base),
    seed: run.seed,
    settings: run.settings,
    rules: rules(run.settings, run.fill, base, told === "signals" ? "none" : told, steps?.priceStep),
    stops: asking._tag === "Strategy" ? asking.prepared.stops : {},
    asksExit: asking._tag === "Strategy" && asking.prepared.asksExit,
    idle: told === "all",
    onAccount,
    steps
  }
}

const bind = <R>(
  run: ResolvedRun<R>,
  market: MarketEngine,
  walk: Walk,
  base: number
): Pick<RunCore<R>, "feeds" | "behaviour" | "quantity"> => {
  const { asking, sizing, symbol } = run
  const interval = intervalOf(run, base)
  const sized = sizing === undefined ? undefined : SizingClient.bind(sizing, market, interval)
  const bound =
    asking._tag === "Strategy"
      ? asking.prepared.bind({ symbol, market, position: () => walk.position }, interval)
      : { feeds: [], behaviour: undefined }
  return { ...bound, feeds: [...bound.feeds, ...(sized?.feeds ?? [])], quantity: sized?.quantity }
}

/** Length of the interval at which a strategy is asked, ms. */
const intervalOf = <R>({ asking }: ResolvedRun<R>, base: number): number =>
  asking._tag === "Strategy" && asking.interval !== undefined ? toMillis(asking.interval) : base

/** With gaps `fail`, the first hole in the frame ends the run before a candle behind it is used. */
const gapCheck = <R>(run: ResolvedRun<R>, tape: ExchangeClient.Tape<R>, start: number): Effect.Effect<void, GapFound> =>
  run.gaps !== "fail"
    ? Effect.void
    : Effect.suspend(() => {
        const gap = tape.firstGap(start)
        return gap === undefined
          ? Effect.void
          : Effect.fail(new GapFound({ symbol: run.symbol, from: gap.from, missing: gap.missing }))
      })

/** The market of a run as the service its strategy reads. */
export const marketService = (market: MarketEngine, walk: Walk): Context.Tag.Service<Market> => ({
  when: Effect.sync(() => market.when),
  price: Effect.sync(() => market.price),
  priceAge: Effect.succeed(0),
  candles: (interval) => Effect.sync(() => market.candles(interval)),
  position: Effect.sync(() => walk.position)
})

/** Candles of the frame: index of the first, and how many. */
export const candlesWithin = (columns: CandleColumns, start: number): readonly [from: number, count: number] => {
  const from = Columns.indexAtOrAfter(columns, start)
  return [from, columns.length - from]
}
