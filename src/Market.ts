/**
 * The market as an Effect-valued strategy sees it, and where in which run it is asked.
 */
export type { Candles, Series } from "./engine/cursor.js"
export type { Candle, Columns } from "./model/candle.js"
export { ExecutionContext, Market, MethodContext, type RunServices } from "./services/Context.js"
