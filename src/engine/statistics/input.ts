import type { Trade } from "../../model/document.js"
import { day } from "../../model/interval.js"

/** What the statistics need to know of a trade. */
export type ClosedTrade = Pick<
  Trade,
  "pendingAt" | "closedAt" | "pnlPercent" | "equityPercent" | "mae" | "mfe" | "ambiguous" | "pnlInterval"
>

/** What the equity needs to know of a trade. */
export type EquityTrade = Pick<ClosedTrade, "pnlPercent" | "equityPercent">

/** A finished run as the statistics see it. */
export interface StatisticsInput {
  /** Every closed trade, in close order. */
  readonly trades: ReadonlyArray<ClosedTrade>
  /** The frame in epoch milliseconds, its end exclusive. */
  readonly start: number
  readonly end: number
  /** Open of the first and close of the last candle in the frame, quote currency. */
  readonly firstOpen: number
  readonly lastClose: number
  /** Days per year, for everything annualised: 365 for markets that never close. */
  readonly periodsPerYear: number
}

/** Days a frame must span, and trades it must hold, before anything is annualised. */
export const minSpanDays = 14
export const minTrades = 10

/** Length of the frame in days, with fractions. */
export const spanDays = (input: StatisticsInput): number => (input.end - input.start) / day

/** The number, or `null` where arithmetic left the finite numbers (a division by zero, an overflow). */
export const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)

/**
 * What a trade did to the equity, % of the equity before it: its share of the account where that is known (a sized
 * trade, or one of several positions), else its own PnL. An account cannot lose more than it holds: a loss of over
 * 100 % (a short that doubled, fees on top of a total loss) leaves nothing rather than a debt.
 */
export const equityReturn = ({ equityPercent, pnlPercent }: EquityTrade): number =>
  Math.max(-100, equityPercent ?? pnlPercent)
