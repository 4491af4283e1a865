import type { Statistics } from "../../model/document.js"
import { day } from "../../model/interval.js"
import type { ClosedTrade, EquityTrade, StatisticsInput } from "./input.js"
import { equityReturn, finite, minSpanDays, spanDays } from "./input.js"

/**
 * The equity curve: 1 at the frame's start, multiplied at each close by 1 + x/100, x what the trade did to the equity.
 * Where positions are sized this is the account's balance as a multiple of the initial one. Between closes it stands
 * still: open positions are not marked to market. After a total loss it stays at 0.
 */

/** Equity at the end, as a multiple of the equity at the start. */
export const finalEquity = (trades: ReadonlyArray<EquityTrade>): number => {
  let equity = 1
  for (const trade of trades) equity *= 1 + equityReturn(trade) / 100
  return equity
}

/** A growth (1 is none) over the frame as growth per year, %: growth^(days per year / span in days) − 1. */
export const yearly = (growth: number, input: StatisticsInput): number | null =>
  finite(100 * (growth ** (input.periodsPerYear / spanDays(input)) - 1))

export interface Drawdown {
  /** Deepest fall below the highest equity so far, %, ≥ 0. */
  readonly max: number
  /** Longest time from a peak to the close that regained it (else to the frame's end), days. */
  readonly days: number
}

/**
 * Drawdown of the equity curve in close order, the start counting as its first peak. It is followed as the share
 * of the peak that is left, so that neither a long series of gains nor one of losses runs out of numbers.
 */
export const drawdown = ({ end, start, trades }: StatisticsInput): Drawdown => {
  let left = 1
  let least = 1
  let peakAt = start
  let longest = 0
  for (const trade of trades) {
    const { closedAt } = trade
    const before = left
    left = Math.min(1, left * (1 + equityReturn(trade) / 100))
    if (left < least) least = left
    if (left < 1) continue
    if (before < 1) longest = Math.max(longest, closedAt - peakAt)
    peakAt = closedAt
  }
  if (left < 1) longest = Math.max(longest, end - peakAt)
  return { max: 100 * (1 - least), days: longest / day }
}

/** The metrics of the equity curve. */
export const equityMetrics = (input: StatisticsInput) => {
  const growth = finalEquity(input.trades)
  const totalReturn = finite(100 * (growth - 1))
  const cagr = spanDays(input) < minSpanDays ? null : yearly(growth, input)
  const { days, max } = drawdown(input)
  const perDrawdown = (value: number | null) => (value === null || max === 0 ? null : finite(value / max))
  return {
    totalReturn,
    cagr,
    maxDrawdown: finite(max),
    maxDrawdownDays: finite(days),
    recoveryFactor: perDrawdown(totalReturn),
    calmar: perDrawdown(cagr)
  } satisfies Partial<Statistics>
}

/**
 * Equity at each of the given instants (ascending, epoch milliseconds), closes at the instant included. In money it is
 * that many times the account's initial balance.
 */
export const equityAt = (
  trades: ReadonlyArray<EquityTrade & Pick<ClosedTrade, "closedAt">>,
  instants: ReadonlyArray<number>
): Array<number> => {
  let equity = 1
  let next = 0
  return instants.map((instant) => {
    for (let trade = trades[next]; trade !== undefined && trade.closedAt <= instant; trade = trades[++next]) {
      equity *= 1 + equityReturn(trade) / 100
    }
    return equity
  })
}
