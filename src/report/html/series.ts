import { equityReturn } from "../../engine/statistics/input.js"
import { quantile } from "../../engine/statistics/sample.js"
import type { Trade } from "../../model/document.js"
import { day, hour, minute } from "../../model/interval.js"
import { time } from "../format.js"

/** What the charts draw, computed once from the trades of a record in close order. */

/** Equity (at the start, then after each trade) and its drawdown after each trade, % ≤ 0. */
export interface Curve {
  readonly start: number
  readonly equity: ReadonlyArray<number>
  readonly drawdown: ReadonlyArray<number>
}

/** The share of the highest equity so far that is left, as the statistics follow it. */
const drawdowns = (trades: ReadonlyArray<Trade>): ReadonlyArray<number> => {
  let left = 1
  return trades.map((trade) => {
    left = Math.min(1, left * (1 + equityReturn(trade) / 100))
    return left === 1 ? 0 : -100 * (1 - left)
  })
}

/** The account: money where it is sized, else a multiple of what it began with. */
export const accountCurve = (trades: ReadonlyArray<Trade>, initial: number | undefined): Curve => {
  let equity = initial ?? 1
  return {
    start: equity,
    equity: trades.map((trade) => (equity = trade.money?.balance ?? equity * (1 + equityReturn(trade) / 100))),
    drawdown: drawdowns(trades)
  }
}

/** One run of several: the account had only its trades been made, each with the same share of it. */
export const runCurve = (trades: ReadonlyArray<Trade>, initial: number | undefined): Curve => {
  let equity = initial ?? 1
  return {
    start: equity,
    equity: trades.map((trade) => (equity *= 1 + equityReturn(trade) / 100)),
    drawdown: drawdowns(trades)
  }
}

/** A fall of the equity from a peak. */
export interface Fall {
  /** When the peak was reached. */
  readonly from: number
  /** When it was deepest, and by how much then, % < 0. */
  readonly lowest: number
  readonly depth: number
  /** When the peak was regained; null if it never was. */
  readonly until: number | null
}

/** The falls of the equity that begins at `start`, the deepest first. */
export const falls = (trades: ReadonlyArray<Trade>, start: number): ReadonlyArray<Fall> => {
  const found: Array<Fall> = []
  const drawdown = drawdowns(trades)
  let peak = start
  let now: Fall | undefined
  trades.forEach(({ closedAt }, i) => {
    const depth = drawdown[i]
    if (depth === 0) {
      if (now !== undefined) found.push({ ...now, until: closedAt })
      now = undefined
      peak = closedAt
    } else if (now === undefined) now = { from: peak, lowest: closedAt, depth, until: null }
    else if (depth < now.depth) now = { ...now, lowest: closedAt, depth }
  })
  if (now !== undefined) found.push(now)
  return found.toSorted((a, b) => a.depth - b.depth)
}

/** Returns of a year, %: one per month, null outside the frame, and the whole year's. */
export interface YearReturns {
  readonly year: string
  readonly months: ReadonlyArray<number | null>
  readonly total: number
}

/** "2022-01" of an instant. */
const monthOf = (instant: number): string => time(instant).slice(0, 7)

/** Every month touched by [start, end), as "2022-01". */
const monthsBetween = (start: number, end: number): ReadonlyArray<string> => {
  const months = new Set<string>()
  for (let at = start; at < end; at += day) months.add(monthOf(at))
  if (end > start) months.add(monthOf(end - 1))
  return [...months]
}

/** Returns by UTC month of the close, compounded. A close at the frame's very end belongs to its last month. */
export const monthlyReturns = (
  trades: ReadonlyArray<Trade>,
  [start, end]: readonly [number, number]
): ReadonlyArray<YearReturns> => {
  const growth = new Map(monthsBetween(start, end).map((month) => [month, 1]))
  if (growth.size === 0) return []
  for (const trade of trades) {
    const month = monthOf(Math.min(end - 1, Math.max(start, trade.closedAt)))
    growth.set(month, (growth.get(month) ?? 1) * (1 + equityReturn(trade) / 100))
  }
  const years = [...new Set([...growth.keys()].map((month) => month.slice(0, 4)))]
  return years.map((year) => {
    const factors = Array.from({ length: 12 }, (_, i) => growth.get(`${year}-${String(i + 1).padStart(2, "0")}`))
    return {
      year,
      months: factors.map((factor) => (factor === undefined ? null : percentOf(factor))),
      total: percentOf(factors.reduce<number>((all, factor) => all * (factor ?? 1), 1))
    }
  })
}

const percentOf = (factor: number): number => 100 * (factor - 1)

/** Counts of values in bins of one width, the first from `from`; one of the edges is 0. */
export interface Histogram {
  readonly from: number
  readonly width: number
  readonly counts: ReadonlyArray<number>
}

const mostBins = 60
/** Two heaps, of targets and of stops, are one wide spread to the rule: it is not to hide them. */
const fewestBins = 24

/** The least of 1, 2, 5, 10, 20 … times a power of ten that is not below `value`. */
const roundUp = (value: number): number => {
  const power = 10 ** Math.floor(Math.log10(value))
  const step = [1, 2, 5, 10].find((step) => step * power >= value * (1 - 1e-9)) ?? 10
  // 3 · 0.1 is not 0.3: a decimal is read, not computed
  return Number(`${step}e${Math.round(Math.log10(power))}`)
}

/** A histogram with bins by the rule of Freedman and Diaconis (1981), rounded, some 12 to 60 of them. */
export const histogram = (values: ReadonlyArray<number>): Histogram => {
  if (values.length === 0) return { from: 0, width: 1, counts: [] }
  const ascending = Float64Array.from(values).toSorted()
  const range = ascending[ascending.length - 1] - ascending[0]
  const spread = quantile(ascending, 0.75) - quantile(ascending, 0.25)
  const wanted = Math.min((2 * spread) / Math.cbrt(values.length) || range, range / fewestBins)
  const least = range > 0 ? Math.max(range / (mostBins - 2), 1e-4) : Math.max(Math.abs(ascending[0]) / 5, 0.1)
  const width = roundUp(Math.max(least, wanted))
  const binOf = (value: number): number => Math.floor(value / width)
  const first = binOf(ascending[0])
  const counts = Array.from({ length: binOf(ascending[ascending.length - 1]) - first + 1 }, () => 0)
  for (const value of values) counts[binOf(value) - first]++
  return { from: first * width, width, counts }
}

/** Open positions over time, in slices of one length from `start` on: their mean by time, and the most at once. */
export interface Exposure {
  readonly start: number
  readonly slice: number
  readonly mean: ReadonlyArray<number>
  readonly most: ReadonlyArray<number>
}

const mostSlices = 240
const slices = [
  ...[1, 5, 15, 30].map((minutes) => minutes * minute),
  ...[1, 2, 4, 8, 12].map((hours) => hours * hour),
  ...[1, 2, 7, 14, 28, 56, 112, 224].map((days) => days * day)
]

/** How many positions were open, over the frame. */
export const exposure = (
  trades: ReadonlyArray<Pick<Trade, "closedAt" | "pendingAt">>,
  [start, end]: readonly [number, number]
): Exposure => {
  const length = Math.max(0, end - start)
  const slice = slices.find((slice) => length / slice <= mostSlices) ?? Math.ceil(length / mostSlices)
  const count = Math.ceil(length / slice)
  const held = new Float64Array(count)
  for (const { closedAt, pendingAt } of trades) {
    for (let i = Math.max(0, Math.floor((pendingAt - start) / slice)); i < count; i++) {
      const from = start + i * slice
      if (from >= closedAt) break
      held[i] += Math.max(0, Math.min(closedAt, from + slice, end) - Math.max(pendingAt, from))
    }
  }
  const lengthOf = (i: number): number => Math.min(end, start + (i + 1) * slice) - (start + i * slice)
  return {
    start,
    slice,
    mean: Array.from(held, (millis, i) => millis / lengthOf(i)),
    most: peaks(trades, start, slice, count)
  }
}

/** The most positions open at once in each slice; one that closes makes room for one that opens at the same instant. */
const peaks = (
  trades: ReadonlyArray<Pick<Trade, "closedAt" | "pendingAt">>,
  start: number,
  slice: number,
  count: number
): ReadonlyArray<number> => {
  const held = trades.filter(({ closedAt, pendingAt }) => closedAt > pendingAt)
  const opens = held.map(({ pendingAt }) => pendingAt).toSorted((a, b) => a - b)
  const closes = held.map(({ closedAt }) => closedAt).toSorted((a, b) => a - b)
  let opened = 0
  let closed = 0
  return Array.from({ length: count }, (_, i) => {
    const until = start + (i + 1) * slice
    while (closed < closes.length && closes[closed] <= until - slice) closed++
    while (opened < opens.length && opens[opened] <= until - slice) opened++
    let most = opened - closed
    for (; opened < opens.length && opens[opened] < until;) {
      while (closed < closes.length && closes[closed] <= opens[opened]) closed++
      opened++
      most = Math.max(most, opened - closed)
    }
    return most
  })
}
