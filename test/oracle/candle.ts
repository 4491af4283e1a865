import type { Candle } from "../../src/model/candle.js"
import type { FillPolicy } from "../../src/model/fill.js"
import type { Idea } from "../../src/model/signal.js"
import { atStop, atTarget, bestOf, worstOf } from "./formulas.js"

/** Where a candle ends a position. */
export interface Hit {
  readonly reason: "stop_loss" | "take_profit"
  readonly price: number
}

/** What one candle does to a position, and whether another path through it would have done something else. */
export interface Outcome {
  readonly hit: Hit | undefined
  readonly ambiguous: boolean
}

/** The corners of the `path` policy: open, nearer extreme, farther extreme, close; low first on a tie. */
export const corners = (candle: Candle): ReadonlyArray<number> =>
  candle.open - candle.low <= candle.high - candle.open
    ? [candle.open, candle.low, candle.high, candle.close]
    : [candle.open, candle.high, candle.low, candle.close]

const passes = (from: number, to: number, level: number): boolean =>
  Math.min(from, to) <= level && level <= Math.max(from, to)

/** Walks the corners; `entry` is the limit price a resting signal waits for, undefined when the position is open. */
export const walk = (candle: Candle, idea: Idea, entry: number | undefined): Hit | undefined => {
  const { priceStopLoss: stop, priceTakeProfit: target } = idea
  const points = corners(candle)
  let open = entry === undefined
  for (let i = 1; i < points.length; i++) {
    let from = points[i - 1]!
    const to = points[i]!
    if (!open && entry !== undefined && passes(from, to, entry)) {
      open = true
      from = entry
    }
    // Entry lies strictly between stop and target, so one straight line meets at most one of the two.
    if (open && passes(from, to, stop)) return { reason: "stop_loss", price: stop }
    if (open && passes(from, to, target)) return { reason: "take_profit", price: target }
  }
  return undefined
}

/** A position that is open when the candle opens, or was filled at its open: the whole candle counts. */
export const wholeCandle = (policy: FillPolicy, candle: Candle, idea: Idea): Outcome => {
  const { position, priceStopLoss: stop, priceTakeProfit: target } = idea
  const stopHit: Hit = { reason: "stop_loss", price: stop }
  const targetHit: Hit = { reason: "take_profit", price: target }
  if (atStop(position, candle.open, stop)) {
    return { hit: { reason: "stop_loss", price: policy === "touch" ? stop : candle.open }, ambiguous: false }
  }
  if (atTarget(position, candle.open, target)) {
    return { hit: { reason: "take_profit", price: policy === "touch" ? target : candle.open }, ambiguous: false }
  }
  const stopReached = atStop(position, worstOf(position, candle), stop)
  const targetReached = atTarget(position, bestOf(position, candle), target)
  if (stopReached && targetReached) {
    const first = policy === "realistic" ? stopHit : policy === "touch" ? targetHit : walk(candle, idea, undefined)
    return { hit: first, ambiguous: true }
  }
  return { hit: stopReached ? stopHit : targetReached ? targetHit : undefined, ambiguous: false }
}

/** A resting signal that fills at `entry` inside this candle. */
export const insideCandle = (policy: FillPolicy, candle: Candle, idea: Idea, entry: number): Outcome => {
  const { position, priceStopLoss: stop, priceTakeProfit: target } = idea
  const stopReached = atStop(position, worstOf(position, candle), stop)
  const targetReached = atTarget(position, bestOf(position, candle), target)
  const closedBeyond = atTarget(position, candle.close, target)
  const ambiguous = targetReached && (stopReached || !closedBeyond)
  if (policy === "touch") return { hit: undefined, ambiguous }
  if (policy === "path") return { hit: walk(candle, idea, entry), ambiguous }
  if (stopReached) return { hit: { reason: "stop_loss", price: stop }, ambiguous }
  if (closedBeyond) return { hit: { reason: "take_profit", price: target }, ambiguous }
  return { hit: undefined, ambiguous }
}
