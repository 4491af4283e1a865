/**
 * The market as an Effect-valued strategy sees it, and where in which run it is asked.
 */
export type { Candles, Series } from "./engine/cursor.js"
export type { Candle, Columns } from "./model/candle.js"
export { ExecutionContext, MethodContext } from "./services/Context.js"
export { Market, type RunServices } from "./services/Core.js"
