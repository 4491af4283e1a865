import type * as Types from "effect/Types"
import type { Violation } from "../model/event.js"
import { direction, type Idea, type Signal } from "../model/signal.js"
import type { Steps } from "../model/sizing.js"
import * as Hash from "./hash.js"
import type { Itinerary } from "./itinerary.js"
import type { Rules } from "./rules.js"
import { roundPrice } from "./steps.js"
import { resolve } from "./stops.js"
import { validate } from "./validate.js"

/** What became of an answer, and the answer as it was judged: its prices rounded to what can be quoted. */
export type Accepted =
  | { readonly _tag: "Accepted"; readonly answer: unknown; readonly signal: Signal }
  | { readonly _tag: "Refused"; readonly answer: unknown; readonly violations: ReadonlyArray<Violation> }

/** Turns what a strategy answered at the tick `when`, at average price `price`, into a signal, or refuses it. */
export const accept = (given: unknown, price: number, when: number, itinerary: Itinerary): Accepted => {
  const { rules, settings, steps } = itinerary
  const answer = steps === undefined ? given : roundLevels(given, steps)
  const validated = validate(answer, price, isMarket(answer, price, rules), settings, rules.costs)
  return validated._tag === "Invalid"
    ? { _tag: "Refused", answer, violations: validated.violations }
    : { _tag: "Accepted", answer, signal: signalOf(validated.idea, when, itinerary) }
}

const signalOf = (idea: Idea, when: number, { exchange, frame, seed, stops, strategy, symbol }: Itinerary): Signal => {
  const { breakeven, trailing } = resolve(idea, stops)
  const signal: Types.Mutable<Signal> = {
    id: idea.id ?? Hash.signalId(seed, symbol, strategy, when),
    symbol,
    strategy,
    exchange,
    frame,
    position: idea.position,
    priceTakeProfit: idea.priceTakeProfit,
    priceStopLoss: idea.priceStopLoss,
    minuteEstimatedTime: Number.isFinite(idea.minuteEstimatedTime) ? idea.minuteEstimatedTime : "infinite",
    scheduledAt: when
  }
  if (idea.priceOpen !== undefined) signal.priceOpen = idea.priceOpen
  if (idea.note !== undefined) signal.note = idea.note
  if (trailing !== undefined) signal.trailing = trailing
  if (breakeven !== undefined) signal.breakeven = breakeven
  return signal
}

const levels = ["priceOpen", "priceTakeProfit", "priceStopLoss"] as const

/** An answer with its prices rounded to what can be quoted; whatever is no price is left for validation to refuse. */
const roundLevels = (answer: unknown, steps: Steps): unknown => {
  if (typeof answer !== "object" || answer === null) return answer
  const rounded: Record<string, unknown> = { ...answer }
  for (const name of levels) {
    const price = rounded[name]
    if (typeof price === "number" && Number.isFinite(price)) rounded[name] = roundPrice(price, steps)
  }
  return rounded
}

/** Whether an answer is a market entry: without `priceOpen`, or under `touch` with one that the price has reached. */
const isMarket = (answer: unknown, price: number, rules: Rules): boolean => {
  if (typeof answer !== "object" || answer === null) return true
  const { position, priceOpen } = { position: undefined, priceOpen: undefined, ...answer }
  if (priceOpen === undefined) return true
  if (rules.fill !== "touch" || typeof priceOpen !== "number") return false
  if (position !== "long" && position !== "short") return false
  return direction(position) * (price - priceOpen) <= 0
}
