/**
 * The statistics of a run: how they are computed, and what each of them means.
 *
 * @example
 * ```ts
 * import { Statistics } from "effect-backtest"
 *
 * const statistics = Statistics.compute({
 *   trades: [],
 *   start: Date.UTC(2022, 0, 1),
 *   end: Date.UTC(2022, 1, 1),
 *   firstOpen: 46319.5,
 *   lastClose: 38481.5,
 *   periodsPerYear: 365
 * })
 *
 * statistics.buyAndHold // -16.92 (%)
 * statistics.winRate // null: no trade, no rate
 * Statistics.conventions.winRate.label // "Win rate"
 * ```
 */
export { compute } from "./engine/statistics.js"
export type { ClosedTrade, StatisticsInput } from "./engine/statistics.js"
export { pooled } from "./engine/statistics/pooled.js"
export { conventions, metrics } from "./engine/statistics/conventions.js"
export type { Convention, Metric, Unit } from "./engine/statistics/conventions.js"
export { Statistics } from "./model/document.js"
