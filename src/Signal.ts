/**
 * Signals: what a strategy answers when it wants a trade.
 */
import type { Idea } from "./model/signal.js"

export {
  type Answer,
  Breakeven,
  type Idea,
  Position,
  type RecordedSignal,
  Signal,
  type StopRules,
  Trailing
} from "./model/signal.js"

/** A signal to buy: needs take-profit > entry > stop-loss. Without `priceOpen` it enters at market. */
export const long = (levels: Omit<Idea, "position">): Idea => ({ ...levels, position: "long" })

/** A signal to sell short: needs take-profit < entry < stop-loss. Without `priceOpen` it enters at market. */
export const short = (levels: Omit<Idea, "position">): Idea => ({ ...levels, position: "short" })
