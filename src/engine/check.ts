import type { Columns } from "../model/candle.js"
import type { CandleFault } from "../model/errors.js"
import { fromMillis } from "../model/interval.js"

/** A candle that cannot be true: which, what is wrong with it, and what to change. */
export interface CandleProblem {
  /** 0-based position in the columns. */
  readonly index: number
  readonly timestamp: number
  readonly fault: CandleFault
  readonly field?: string
  readonly value?: number
  /** One line that ends in what to change. */
  readonly reason: string
}

export interface CheckOptions {
  /** Length of the candles' interval in milliseconds; its multiples since the epoch are the grid. */
  readonly interval: number
  /** A price below the recent median divided by this is anomalous. */
  readonly anomalyFactor: number
  /** First candle to check; the ones before it are context only. */
  readonly from?: number
  /** End of the candles to check, exclusive. */
  readonly to?: number
}

/** Candles whose prices make up the recent median, and how many of them a median takes at least. */
const window = 100
const leastForMedian = 5

/**
 * First problem in `columns[from, to)`, or undefined. A candle is judged by itself and the ones before it only, so that
 * checking page by page, or checking less, finds the same.
 */
export const firstProblem = (columns: Columns, options: CheckOptions): CandleProblem | undefined => {
  const { from, to } = range(columns, options)
  const index = firstFaulty(columns, options.interval, options.anomalyFactor, from, to)
  return index === to ? undefined : problemAt(columns, index, options)
}

/** How many candles in `columns[from, to)` have a problem, and the first `limit` of those problems. */
export const problems = (
  columns: Columns,
  options: CheckOptions & { readonly limit?: number }
): { readonly count: number; readonly list: ReadonlyArray<CandleProblem> } => {
  const { from, to } = range(columns, options)
  const limit = options.limit ?? 10
  const list: Array<CandleProblem> = []
  let count = 0
  let index = firstFaulty(columns, options.interval, options.anomalyFactor, from, to)
  while (index < to) {
    count++
    if (list.length < limit) list.push(problemAt(columns, index, options))
    index = firstFaulty(columns, options.interval, options.anomalyFactor, index + 1, to)
  }
  return { count, list }
}

const range = (columns: Columns, options: CheckOptions) => {
  const to = Math.min(options.to ?? columns.length, columns.length)
  return { from: Math.min(Math.max(0, options.from ?? 0), to), to }
}

/** Candles judged at once; at least `window`, so that a candle's recent ones lie in its own block and the one before. */
const block = 256

/** Index of the first faulty candle in `[from, to)`, or `to`: block by block, candle by candle only where a block is odd. */
const firstFaulty = (columns: Columns, interval: number, factor: number, from: number, to: number): number => {
  const { timestamp } = columns
  let previousMax = recentMax(columns, from)
  let expected = from < to && timeFault(timestamp, from, interval) === undefined ? timestamp[from] : Number.NaN
  for (let start = from; start < to; start += block) {
    const end = Math.min(start + block, to)
    let max = maxIfSound(columns, interval, factor, start, end, expected, previousMax)
    if (max === 0) {
      max = recentMax(columns, end, end - start)
      const suspicious = Math.max(previousMax, max) / factor
      for (let i = start; i < end; i++) if (isFaulty(columns, interval, factor, i, suspicious)) return i
    }
    previousMax = max
    expected = timestamp[end - 1] + interval
  }
  return to
}

/**
 * Greatest high of the block where every candle is sound beyond doubt, else 0. No median of recent prices is above the
 * greatest high of this block and the one before, so that two comparisons per block do for what would take a sort per
 * candle. (`Number.isFinite` per candle is spared too: sums and extremes show what is not.)
 */
const maxIfSound = (
  columns: Columns,
  interval: number,
  factor: number,
  start: number,
  end: number,
  firstTime: number,
  previousMax: number
): number => {
  const { close, high, low, open, timestamp, volume } = columns
  let expected = firstTime
  let min = Number.POSITIVE_INFINITY
  let max = 0
  let sum = 0
  for (let i = start; i < end; i++) {
    const o = open[i]
    const h = high[i]
    const l = low[i]
    const c = close[i]
    const v = volume[i]
    if (!(l <= o && l <= c && h >= o && h >= c && v >= 0 && timestamp[i] === expected)) return 0
    expected += interval
    sum += v
    if (h > max) max = h
    if (l < min) min = l
  }
  const finite = max < Number.POSITIVE_INFINITY && sum < Number.POSITIVE_INFINITY
  return finite && min > 0 && min >= Math.max(previousMax, max) / factor ? max : 0
}

/** Whether any check fails; the median is taken only for a low under `suspicious`, which no median / factor exceeds. */
const isFaulty = (columns: Columns, interval: number, factor: number, i: number, suspicious: number): boolean => {
  const { close, high, low, open, timestamp, volume } = columns
  const l = low[i]
  const h = high[i]
  const v = volume[i]
  if (!(l > 0 && l <= open[i] && l <= close[i] && h >= open[i] && h >= close[i] && h < Number.POSITIVE_INFINITY))
    return true
  if (!(v >= 0 && v < Number.POSITIVE_INFINITY) || timeFault(timestamp, i, interval) !== undefined) return true
  return l < suspicious && l < recentAverage(columns, i) / factor
}

/** What is wrong with the candle, in the order in which one fault can cause the next. */
const problemAt = (columns: Columns, index: number, options: CheckOptions): CandleProblem => {
  const timestamp = columns.timestamp[index]
  const base = { index, timestamp }
  for (const field of ["timestamp", "open", "high", "low", "close", "volume"] as const) {
    const value = columns[field][index]
    if (Number.isFinite(value)) continue
    const reason = `${field} is ${value}, not a finite number; mend or remove this candle`
    return { ...base, fault: "not_finite", field, value, reason }
  }
  for (const field of ["open", "high", "low", "close"] as const) {
    const value = columns[field][index]
    if (value > 0) continue
    const reason = `${field} is ${value} and a price must be above 0; mend or remove this candle`
    return { ...base, fault: "not_positive", field, value, reason }
  }
  const volume = columns.volume[index]
  if (volume < 0) {
    const reason = `volume is ${volume} and must not be below 0; mend it, or write 0 where it is unknown`
    return { ...base, fault: "negative_volume", field: "volume", value: volume, reason }
  }
  return {
    ...base,
    ...(inconsistency(columns, index) ?? timeProblem(columns, index, options) ?? anomaly(columns, index, options))
  }
}

type Fault = Omit<CandleProblem, "index" | "timestamp">

const inconsistency = (columns: Columns, index: number): Fault | undefined => {
  const open = columns.open[index]
  const close = columns.close[index]
  const end = "check the order of the columns, or mend this candle"
  for (const [field, sign, word] of [
    ["low", 1, "above"],
    ["high", -1, "below"]
  ] as const) {
    const value = columns[field][index]
    if (sign * (value - open) <= 0 && sign * (value - close) <= 0) continue
    const [other, name] = sign * (value - open) > 0 ? [open, "open"] : [close, "close"]
    return { fault: "inconsistent", field, value, reason: `${field} ${value} is ${word} the ${name} ${other}; ${end}` }
  }
  return undefined
}

const timeFault = (
  timestamp: Float64Array,
  index: number,
  interval: number
): "duplicate" | "unordered" | "off_grid" | undefined => {
  const t = timestamp[index]
  if (index > 0 && t === timestamp[index - 1]) return "duplicate"
  if (index > 0 && t < timestamp[index - 1]) return "unordered"
  // A time that is no number leaves a remainder that is no number.
  return t % interval === 0 ? undefined : "off_grid"
}

const timeProblem = (columns: Columns, index: number, options: CheckOptions): Fault | undefined => {
  const fault = timeFault(columns.timestamp, index, options.interval)
  if (fault === undefined) return undefined
  const value = columns.timestamp[index]
  const what = { fault, field: "timestamp", value } as const
  switch (fault) {
    case "duplicate":
      return { ...what, reason: `the candle of ${iso(value)} is there twice; remove one of the two` }
    case "unordered": {
      const before = iso(columns.timestamp[index - 1])
      return { ...what, reason: `${iso(value)} comes after ${before}; sort the data by time, oldest first` }
    }
    case "off_grid": {
      const grid = fromMillis(options.interval) ?? `${options.interval} ms`
      return {
        ...what,
        reason: `${iso(value)} is not the open time of a ${grid} candle (UTC); mend it, or give another interval`
      }
    }
  }
}

/** The last fault there is: reached only by a candle that every other check has passed. */
const anomaly = (columns: Columns, index: number, options: CheckOptions): Fault => {
  const value = columns.low[index]
  const average = recentAverage(columns, index)
  const kind = index < leastForMedian ? "mean" : "median"
  const reason =
    `low ${value} is below 1/${options.anomalyFactor} of ${average}, the ${kind} of the prices before it; ` +
    "mend or remove this candle, or raise anomalyFactor if the price is true"
  return { fault: "anomalous", field: "low", value, reason }
}

/** Median of the previous 100 candles' OHLC values; their mean while fewer than 5 came before; 0 for the first candle. */
const recentAverage = (columns: Columns, index: number): number => {
  const values = recentPrices(columns, index, window)
  if (values.length === 0) return 0
  if (index < leastForMedian) return values.reduce((sum, value) => sum + value, 0) / values.length
  values.sort()
  const middle = values.length >>> 1
  return values.length % 2 === 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2
}

/** The finite OHLC values of up to `count` candles before `index`: after a fault there may be others. */
const recentPrices = (columns: Columns, index: number, count: number): Float64Array => {
  const from = Math.max(0, index - count)
  const values = new Float64Array(4 * (index - from))
  let n = 0
  for (const prices of [columns.open, columns.high, columns.low, columns.close]) {
    for (let i = from; i < index; i++) if (Number.isFinite(prices[i])) values[n++] = prices[i]
  }
  return values.subarray(0, n)
}

const recentMax = (columns: Columns, index: number, count = window): number => {
  let max = 0
  for (const price of recentPrices(columns, index, count)) if (price > max) max = price
  return max
}

const iso = (timestamp: number): string =>
  Math.abs(timestamp) <= 8.64e15 ? new Date(timestamp).toISOString() : `time ${timestamp}`
