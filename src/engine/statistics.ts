import type { Statistics } from "../model/document.js"
import { dailyMetrics } from "./statistics/daily.js"
import { equityMetrics } from "./statistics/equity.js"
import type { StatisticsInput } from "./statistics/input.js"
import { finite } from "./statistics/input.js"
import { ambiguity, tradeMetrics } from "./statistics/trades.js"

export type { ClosedTrade, StatisticsInput } from "./statistics/input.js"

/**
 * All statistics of a finished run, over every closed trade. A metric is `null` wherever the sample cannot bear it:
 * never 0, NaN or Infinity in its place. `conventions` says of each how it is computed. What is about the trades goes by
 * their own PnL; what is about the equity and its days by `equityPercent`, where a trade has it. Linear in the trades.
 */
export const compute = (input: StatisticsInput): Statistics => ({
  ...tradeMetrics(input),
  ...equityMetrics(input),
  ...dailyMetrics(input),
  buyAndHold: finite(100 * (input.lastClose / input.firstOpen - 1)),
  ...ambiguity(input.trades)
})
