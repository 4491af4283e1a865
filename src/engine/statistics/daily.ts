import type { Statistics } from "../../model/document.js"
import { day } from "../../model/interval.js"
import type { StatisticsInput } from "./input.js"
import { equityReturn, finite, minSpanDays, spanDays } from "./input.js"
import { deviation, kurtosis, mean, quantile, skewness } from "./sample.js"

/** Below this a spread of daily returns (in %) is rounding. */
const minDeviation = 1e-12

/**
 * Returns of the equity in % of every UTC day touched by [start, end): the closes of the day compounded, 0 for a day
 * without one.
 * A position closed at `end` itself (the frame's last instant) belongs to the last day.
 */
export const dailyReturns = ({ end, start, trades }: StatisticsInput): Float64Array => {
  const first = Math.floor(start / day)
  const count = Math.ceil(end / day) - first
  const returns = new Float64Array(Number.isFinite(count) && count > 0 ? count : 0)
  if (returns.length === 0) return returns
  for (const trade of trades) {
    const i = Math.min(returns.length - 1, Math.max(0, Math.floor(trade.closedAt / day) - first))
    const r = equityReturn(trade)
    // (1 + x)(1 + r) − 1 without the detour over 1, which would round small returns
    returns[i] = Math.max(-100, returns[i]! + r + (returns[i]! * r) / 100)
  }
  return returns
}

/** √mean(drawdown²) in %, by the drawdown at the end of each day (Martin & McCann 1989). */
const ulcerIndex = (returns: Float64Array): number => {
  let left = 1
  let squares = 0
  for (const x of returns) {
    left = Math.min(1, left * (1 + x / 100))
    squares += (100 * (1 - left)) ** 2
  }
  return Math.sqrt(squares / returns.length)
}

/** Gains and losses of the days apart, and the root mean square of the losses over all days. */
const sides = (returns: Float64Array) => {
  let gained = 0
  let lost = 0
  let squares = 0
  for (const x of returns) {
    if (x > 0) gained += x
    else {
      lost -= x
      squares += x * x
    }
  }
  return { gained, lost, downside: Math.sqrt(squares / returns.length) }
}

/** Mean of the returns at or below `limit`: the expected shortfall of Rockafellar & Uryasev (2000) in a sample. */
const meanUpTo = (ascending: Float64Array, limit: number): number => {
  let sum = 0
  let count = 0
  while (count < ascending.length && ascending[count]! <= limit) sum += ascending[count++]!
  return sum / count
}

/** The metrics of the daily returns. */
export const dailyMetrics = (input: StatisticsInput) => {
  const returns = dailyReturns(input)
  const n = returns.length
  const average = mean(returns)
  const sd = n < 2 ? 0 : deviation(returns, average)
  const { downside, gained, lost } = sides(returns)
  const ascending = returns.toSorted()
  const low = n === 0 ? Number.NaN : quantile(ascending, 0.05)
  const high = n === 0 ? Number.NaN : quantile(ascending, 0.95)

  const year = Math.sqrt(input.periodsPerYear)
  const spread = sd >= minDeviation
  const long = spanDays(input) >= minSpanDays
  const given = (condition: boolean, value: () => number) => (condition ? finite(value()) : null)
  return {
    volatility: given(long && spread, () => sd * year),
    sharpeDaily: given(long && spread, () => (average / sd) * year),
    sortino: given(long && spread && downside >= minDeviation, () => (average / downside) * year),
    omega: given(lost > 0, () => gained / lost),
    ulcerIndex: finite(ulcerIndex(returns)),
    var95: given(long, () => low),
    cvar95: given(long, () => meanUpTo(ascending, low)),
    skewness: given(n >= 3 && spread, () => skewness(returns, average, sd)),
    kurtosis: given(n >= 4 && spread, () => kurtosis(returns, average, sd)),
    tailRatio: given(low !== 0, () => Math.abs(high / low))
  } satisfies Partial<Statistics>
}
