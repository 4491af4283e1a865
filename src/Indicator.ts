/**
 * Indicators a strategy can ask for. Each is an immutable definition; a run starts its own live copy and feeds it
 * closed candles only, so a value never knows anything later than the run's instant. All are NaN until warm, and a
 * strategy is not asked before all of its indicators are. A parameter out of range is reported by the run's
 * validation, never thrown.
 *
 * @example
 * ```ts
 * import * as Indicator from "effect-backtest/Indicator"
 *
 * const indicators = { fast: Indicator.ema(12), slow: Indicator.ema(26, { source: "hlc3" }), trend: Indicator.adx() }
 * ```
 */
import * as averages from "./engine/indicators/averages.js"
import { type Indicator, linesNamed, several, single } from "./engine/indicators/definition.js"
import * as extremes from "./engine/indicators/extremes.js"
import type { Kernel } from "./engine/indicators/feed.js"
import { type Cursor, Line } from "./engine/indicators/line.js"
import * as momentum from "./engine/indicators/momentum.js"
import type { Source } from "./engine/indicators/source.js"
import * as trend from "./engine/indicators/trend.js"
import * as update from "./engine/indicators/update.js"
import * as volatility from "./engine/indicators/volatility.js"
import * as volume from "./engine/indicators/volume.js"
import type { Candle } from "./model/candle.js"
import type { CandleInterval } from "./model/interval.js"

export type { MacdLines } from "./engine/indicators/averages.js"
export type { HandleOf, Indicator } from "./engine/indicators/definition.js"
export type { BandLines } from "./engine/indicators/extremes.js"
export type { Feed } from "./engine/indicators/feed.js"
export type { Cursor, Line } from "./engine/indicators/line.js"
export type { StochasticLines } from "./engine/indicators/momentum.js"
export type { Source } from "./engine/indicators/source.js"
export type { AdxLines } from "./engine/indicators/trend.js"
export type { Updatable } from "./engine/indicators/update.js"

/** Options of every indicator. */
export interface Options {
  /** Interval of the candles to read; without one, the strategy's own. */
  readonly interval?: CandleInterval | undefined
}

/** Options of indicators that read one price of each candle. */
export interface SourceOptions extends Options {
  /** The price to read; hl2, hlc3 and ohlc4 are the means of those prices. Default close, unless said otherwise. */
  readonly source?: Source | undefined
}

/** Options of an adapted indicator. */
export interface UpdateOptions extends Options {
  /** Closed candles it needs until its first value, that one included. */
  readonly warmup: number
}

/** Simple moving average of the last `period` prices. Warm after `period` candles. */
export const sma = (period: number, options: SourceOptions = {}): Indicator<Line> =>
  ofPrice("sma", period, 0, options, averages.sma)

/**
 * Exponential moving average: `e += 2/(period + 1) · (x − e)`, seeded with the simple average of the first `period`
 * prices. Warm after `period` candles.
 */
export const ema = (period: number, options: SourceOptions = {}): Indicator<Line> =>
  ofPrice("ema", period, 0, options, averages.ema)

/** Linearly weighted moving average, weights 1 (oldest) to `period` (newest). Warm after `period` candles. */
export const wma = (period: number, options: SourceOptions = {}): Indicator<Line> =>
  ofPrice("wma", period, 0, options, averages.wma)

/**
 * Wilder's relative strength index, 0 to 100: average gain and loss start as the means of the first `period` changes,
 * then follow `a += (x − a)/period`; 50 when neither moved. Warm after `period` + 1 candles.
 */
export const rsi = (period = 14, options: SourceOptions = {}): Indicator<Line> =>
  ofPrice("rsi", period, 1, options, momentum.rsi)

/** Change over `period` candles in percent. Warm after `period` + 1 candles. */
export const rateOfChange = (period: number, options: SourceOptions = {}): Indicator<Line> =>
  ofPrice("rateOfChange", period, 1, options, momentum.rateOfChange)

/** Highest price (default: the high) of the last `period` candles, the latest included. Warm after `period` candles. */
export const highest = (period: number, options: SourceOptions = {}): Indicator<Line> =>
  ofPrice("highest", period, 0, options, extremes.highest, "high")

/** Lowest price (default: the low) of the last `period` candles, the latest included. Warm after `period` candles. */
export const lowest = (period: number, options: SourceOptions = {}): Indicator<Line> =>
  ofPrice("lowest", period, 0, options, extremes.lowest, "low")

/**
 * Moving average convergence/divergence: `macd` = EMA(fast) − EMA(slow), `signal` = EMA of `macd`, `histogram` =
 * `macd` − `signal`; each EMA is seeded with the mean of its own first inputs. Warm after max(fast, slow) + signal − 1
 * candles.
 */
export const macd = (fast = 12, slow = 26, signal = 9, options: SourceOptions = {}): Indicator<averages.MacdLines> =>
  several({
    kind: "macd",
    periods: { fast, slow, signal },
    rest: [options.source],
    interval: options.interval,
    warmup: Math.max(fast, slow) + signal - 1,
    lines: (cursor) => ({ macd: new Line(cursor), signal: new Line(cursor), histogram: new Line(cursor) }),
    kernel: (lines) => averages.macd(lines, fast, slow, signal, options.source ?? "close")
  })

/**
 * Stochastic oscillator, 0 to 100: `k` is the place of the close in the range of `kPeriod` candles (50 in a range
 * without height), averaged over `kSmoothing` (1: the fast form); `d` is the average of `k` over `dPeriod`. Warm after
 * kPeriod + kSmoothing + dPeriod − 2 candles.
 */
export const stochastic = (
  kPeriod = 14,
  kSmoothing = 3,
  dPeriod = 3,
  options: Options = {}
): Indicator<momentum.StochasticLines> =>
  several({
    kind: "stochastic",
    periods: { kPeriod, kSmoothing, dPeriod },
    interval: options.interval,
    warmup: kPeriod + kSmoothing + dPeriod - 2,
    lines: (cursor) => ({ k: new Line(cursor), d: new Line(cursor) }),
    kernel: (lines) => momentum.stochastic(lines, kPeriod, kSmoothing, dPeriod)
  })

/**
 * Wilder's average directional index with its two directional indicators, all 0 to 100. `plusDI` and `minusDI` have
 * values after `period` + 1 candles, `adx` after 2 · `period`, when the whole is warm.
 */
export const adx = (period = 14, options: Options = {}): Indicator<trend.AdxLines> =>
  several({
    kind: "adx",
    periods: { period },
    interval: options.interval,
    warmup: 2 * period,
    lines: (cursor) => ({ adx: new Line(cursor), plusDI: new Line(cursor), minusDI: new Line(cursor) }),
    kernel: (lines) => trend.adx(lines, period)
  })

/**
 * Bollinger bands: `middle` is the simple average, `upper` and `lower` lie `deviations` population standard
 * deviations (divisor `period`) from it. Warm after `period` candles.
 */
export const bollinger = (period = 20, deviations = 2, options: SourceOptions = {}): Indicator<extremes.BandLines> =>
  several({
    kind: "bollinger",
    periods: { period },
    rest: [deviations, options.source],
    interval: options.interval,
    warmup: period,
    problems:
      Number.isFinite(deviations) && deviations > 0
        ? []
        : [`bollinger: deviations must be a finite number above 0, got ${deviations}`],
    lines: bands,
    kernel: (lines) => volatility.bollinger(lines, period, deviations, options.source ?? "close")
  })

/**
 * Donchian channel: `upper` is the highest high and `lower` the lowest low of the last `period` candles, `middle` their
 * mean. The latest closed candle is part of it: a close above `upper.at(-2)` is a breakout, one above `upper.value`
 * can't be. Warm after `period` candles.
 */
export const donchian = (period = 20, options: Options = {}): Indicator<extremes.BandLines> =>
  several({
    kind: "donchian",
    periods: { period },
    interval: options.interval,
    warmup: period,
    lines: bands,
    kernel: (lines) => extremes.donchian(lines, period)
  })

/**
 * Wilder's average true range: the mean of the first `period` true ranges (the first is high − low), then
 * `a += (range − a)/period`. Warm after `period` candles.
 */
export const atr = (period = 14, options: Options = {}): Indicator<Line> =>
  ofCandle("atr", period, options, volatility.atr)

/**
 * Volume-weighted average of (high + low + close)/3 over the last `period` candles; the mean close where nothing was
 * traded. Warm after `period` candles.
 */
export const vwap = (period: number, options: Options = {}): Indicator<Line> =>
  ofCandle("vwap", period, options, volume.vwap)

/**
 * On-balance volume: 0 at the first candle it sees, plus the volume of each candle that closes higher, minus that of
 * each that closes lower. Its level depends on where the data starts; its changes don't. Warm after one candle.
 */
export const obv = (options: Options = {}): Indicator<Line> =>
  single({ kind: "obv", periods: {}, interval: options.interval, warmup: 1, kernel: volume.obv })

/**
 * Any indicator with `update(candle)` that answers with a number, or with nothing while it has none. `create` is
 * called once per run, each candle is given once, in order. One that throws has ended: it gives no more values.
 * Indicators of the trading-signals package fit as they are: `fromUpdate("atr", { warmup: 14 }, () => new ATR(14))`.
 *
 * @example
 * ```ts
 * import * as Indicator from "effect-backtest/Indicator"
 *
 * const body = Indicator.fromUpdate("body", { warmup: 1 }, () => ({ update: ({ close, open }) => close - open }))
 * ```
 */
export const fromUpdate = (
  name: string,
  options: UpdateOptions,
  create: () => update.Updatable<Candle, number>
): Indicator<Line> => single({ ...adapted(name, options), kernel: (line) => update.fromCandles(line, create()) })

/**
 * Like `fromUpdate`, for an `update` that takes one price (`source`, default close) instead of a candle, like that of
 * most in the trading-signals package: `fromUpdateValue("rsi", { warmup: 15 }, () => new RSI(14))`.
 *
 * @example
 * ```ts
 * import * as Indicator from "effect-backtest/Indicator"
 *
 * const peak = Indicator.fromUpdateValue("peak", { warmup: 1, source: "high" }, () => {
 *   let highest = 0
 *   return { update: (price) => (highest = Math.max(highest, price)) }
 * })
 * ```
 */
export const fromUpdateValue = (
  name: string,
  options: UpdateOptions & SourceOptions,
  create: () => update.Updatable<number, number>
): Indicator<Line> =>
  single({ ...adapted(name, options), kernel: (line) => update.fromValues(line, create(), options.source ?? "close") })

/**
 * Like `fromUpdate`, for several lines: `update(candle)` answers with a record that holds a number for each of `lines`.
 *
 * @example
 * ```ts
 * import * as Indicator from "effect-backtest/Indicator"
 *
 * const range = Indicator.custom("range", { warmup: 1, lines: ["height", "middle"] }, () => ({
 *   update: ({ high, low }) => ({ height: high - low, middle: (high + low) / 2 })
 * }))
 * ```
 */
export const custom = <const Name extends string>(
  name: string,
  options: UpdateOptions & { readonly lines: ReadonlyArray<Name> },
  create: () => update.Updatable<Candle, { readonly [N in Name]: number | null | undefined }>
): Indicator<{ readonly [N in Name]: Line }> =>
  several<{ readonly [N in Name]: Line }>({
    ...adapted(name, options),
    problems: options.lines.length > 0 ? [] : [`${name}: lines must name at least one line`],
    lines: (cursor) => linesNamed(options.lines, cursor),
    kernel: (lines) => update.fromRecords(options.lines, lines, create())
  })

const adapted = (name: string, { interval, warmup }: UpdateOptions) => ({
  kind: name,
  name,
  periods: { warmup },
  interval,
  warmup
})

const ofPrice = (
  kind: string,
  period: number,
  extra: number,
  { interval, source }: SourceOptions,
  kernel: (line: Line, period: number, source: Source) => Kernel,
  usual: Source = "close"
): Indicator<Line> =>
  single({
    kind,
    periods: { period },
    rest: [source],
    interval,
    warmup: period + extra,
    kernel: (line) => kernel(line, period, source ?? usual)
  })

const ofCandle = (
  kind: string,
  period: number,
  { interval }: Options,
  kernel: (line: Line, period: number) => Kernel
): Indicator<Line> =>
  single({ kind, periods: { period }, interval, warmup: period, kernel: (line) => kernel(line, period) })

const bands = (cursor: Cursor): extremes.BandLines => ({
  upper: new Line(cursor),
  middle: new Line(cursor),
  lower: new Line(cursor)
})
