/**
 * Backtest mode: a strategy over the candles of a historical frame.
 */
export type { BacktestDocument, RunInfo, Trade } from "./model/document.js"
export { dump, fork, markdown, report, run } from "./modes/Backtest.js"
export { run as portfolio } from "./modes/Portfolio.js"
export type { Handle } from "./modes/run.js"
export type { BacktestOptions as Options } from "./services/Validation.js"
