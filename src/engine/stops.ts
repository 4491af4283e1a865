import type { StopMoved } from "../model/event.js"
import type { Breakeven, Idea, StopRules, Trailing } from "../model/signal.js"
import { describe, isObject } from "./describe.js"
import type { Costs } from "./pnl.js"
import type { Rules } from "./rules.js"
import type { Open } from "./state.js"
import { roundPrice } from "./steps.js"

/**
 * Stop rules. At the close of each candle that leaves a position open, its entry candle included, each rule has a
 * candidate from the best price since the entry:
 *
 * - trailing: `best·(1 − d·percent/100)`, or `best − d·distance`, once best is `activation` % gross ahead of the fill
 *   (without an activation from the start);
 * - breakeven: the exit price at which the trade comes out at exactly nothing, once best is `after` % gross ahead.
 *
 * The stop becomes the tightest of itself and the candidates. It never loosens, and what it became acts from the next
 * candle on, with the gap rule of the policy where that candle opens beyond it already. Where prices are quoted in
 * steps, a candidate is at the nearest one. "Best" is what the engine knows
 * to have come after the entry: a candle that was entered inside counts only its close.
 */

/** A threshold counts as reached, and two stops as the same, within this relative tolerance. */
const tolerance = 1e-9

/** What a run's rules say of stops. */
export type StopTerms = Pick<Rules, "costs" | "priceStep">

/** Where a rule puts the stop. */
export interface Move {
  readonly rule: StopMoved["rule"]
  readonly price: number
}

/** The rules a signal lives under, as values of its own: what the idea says, `false` for none, else the strategy's. */
export const resolve = (idea: Pick<Idea, "trailing" | "breakeven">, strategy: StopRules): StopRules => {
  const trailing = trailingOf(idea.trailing ?? strategy.trailing)
  const breakeven = breakevenOf(idea.breakeven ?? strategy.breakeven)
  return {
    ...(trailing === undefined ? {} : { trailing }),
    ...(breakeven === undefined ? {} : { breakeven })
  }
}

/**
 * The gross exit price at which `Pnl.percent` is 0. With `x = c′/o′`: `100·d·(x − 1) = fee·(1 + x)`, so that
 * `x = (1 + d·f)/(1 − d·f)` with `f = fee/100`; with flat fees `x = 1 + 2·d·f`. Then `c = o·(1 + d·slip)·x/(1 − d·slip)`.
 */
export const breakevenPrice = (d: number, priceOpen: number, { fee, flatFee, slippage }: Costs): number => {
  const share = (d * fee) / 100
  const ratio = flatFee ? 1 + 2 * share : (1 + share) / (1 - share)
  return (priceOpen * (1 + d * slippage) * ratio) / (1 - d * slippage)
}

/** The price `percent` % gross ahead of the fill. */
const ahead = (d: number, priceOpen: number, percent: number): number =>
  priceOpen * (1 + d * (percent / 100) * (1 - tolerance))

const trailed = (d: number, best: number, rule: Trailing): number =>
  "percent" in rule ? best * (1 - (d * rule.percent) / 100) : best - d * rule.distance

/** Whether a stop at `price` is tighter than one at `stop`. */
const isTighter = (d: number, price: number, stop: number): boolean => d * (price - stop) > tolerance * stop

/** The best price since the entry. */
export const bestOf = ({ highest, lowest, position }: Open): number => (position.d > 0 ? highest : lowest)

/** Where the rules move the stop of a position that has come as far as `best`; `null` where they leave it. */
export const move = (state: Open, best: number, { costs, priceStep }: StopTerms): Move | null => {
  const { d, priceOpen, stops } = state.position
  if (stops === null) return null
  const { breakeven, trailing } = stops
  const isAhead = (percent: number) => d * (best - ahead(d, priceOpen, percent)) >= 0
  const moves: Array<Move> = []
  if (trailing !== undefined && isAhead(trailing.activation ?? 0)) {
    moves.push({ rule: "trailing", price: roundPrice(trailed(d, best, trailing), { priceStep }) })
  }
  if (breakeven !== undefined && isAhead(breakeven.after)) {
    moves.push({ rule: "breakeven", price: roundPrice(breakevenPrice(d, priceOpen, costs), { priceStep }) })
  }
  return moves.reduce<Move | null>(
    (found, next) => (isTighter(d, next.price, found?.price ?? state.stopLoss) ? next : found),
    null
  )
}

/**
 * The price that a candle has to reach before the rules can move the stop again, at most a hair too early: infinitely
 * far where none will, and behind every price where the next close does so whatever it trades (a fill that the rules
 * have not seen yet).
 */
export const trigger = (state: Open, terms: StopTerms): number => {
  const { costs, priceStep } = terms
  const { position, stopLoss } = state
  const { d, priceOpen, stops } = position
  let nearest = d * Number.POSITIVE_INFINITY
  if (stops === null) return nearest
  const { breakeven, trailing } = stops
  if (move(state, bestOf(state), terms) !== null) return -nearest
  const nearer = d > 0 ? Math.min : Math.max
  const farther = d > 0 ? Math.max : Math.min
  if (trailing !== undefined) {
    const tighter = nextStop(d, stopLoss, priceStep)
    const best = "percent" in trailing ? tighter / (1 - (d * trailing.percent) / 100) : tighter + d * trailing.distance
    nearest = farther(ahead(d, priceOpen, trailing.activation ?? 0), best)
  }
  const free = roundPrice(breakevenPrice(d, priceOpen, costs), { priceStep })
  if (breakeven !== undefined && isTighter(d, free, stopLoss)) {
    nearest = nearer(nearest, ahead(d, priceOpen, breakeven.after))
  }
  return nearest
}

/**
 * The least candidate that is tighter than a stop, at most a hair too little. Quoted in steps, a candidate counts as the
 * next step from half of one on; a stop that lies on none may be tightened by less.
 */
const nextStop = (d: number, stop: number, priceStep: number | undefined): number => {
  if (priceStep === undefined) return stop * (1 + (d * tolerance) / 2)
  const half = roundPrice(stop, { priceStep }) === stop ? priceStep / 2 : -priceStep / 2
  return stop * (1 - (d * tolerance) / 2) + d * half
}

/** What is wrong with a stop rule, and with which. */
export interface StopProblem {
  readonly rule: StopMoved["rule"]
  readonly message: string
}

type Directions = ReadonlyArray<1 | -1>

/**
 * Everything that is wrong with stop rules as given, whatever their shape: absent is fine. A breakeven has to cover the
 * costs of a trade in all of `directions`.
 */
export const problems = (
  { breakeven, trailing }: { readonly trailing?: unknown; readonly breakeven?: unknown },
  costs: Costs,
  directions: Directions = [1, -1]
): ReadonlyArray<StopProblem> => [
  ...(trailing === undefined ? [] : trailingProblems(trailing)).map((message) => ({
    rule: "trailing" as const,
    message
  })),
  ...(breakeven === undefined ? [] : breakevenProblems(breakeven, costs, directions)).map((message) => ({
    rule: "breakeven" as const,
    message
  }))
]

const isAbove = (value: unknown, limit: number): value is number =>
  typeof value === "number" && Number.isFinite(value) && value > limit

const trailingProblems = (given: unknown): ReadonlyArray<string> => {
  const wanted = "give { percent } or { distance }, with or without an activation"
  if (!isObject(given)) return [`trailing is ${describe(given)}; ${wanted}`]
  const { activation, distance, percent } = given
  const found: Array<string> = []
  if (percent === undefined && distance === undefined) found.push(`trailing has no percent and no distance; ${wanted}`)
  if (percent !== undefined && distance !== undefined) {
    found.push("trailing has both a percent and a distance; give one of them")
  }
  if (percent !== undefined && !(isAbove(percent, 0) && percent < 100)) {
    found.push(`trailing.percent is ${describe(percent)}; it must be above 0 and below 100`)
  }
  if (distance !== undefined && !isAbove(distance, 0)) {
    found.push(`trailing.distance is ${describe(distance)}; it must be a finite number above 0, in quote currency`)
  }
  if (activation !== undefined && activation !== 0 && !isAbove(activation, 0)) {
    found.push(`trailing.activation is ${describe(activation)}; it must be a finite number of at least 0, in %`)
  }
  return found
}

const breakevenProblems = (given: unknown, costs: Costs, directions: Directions): ReadonlyArray<string> => {
  if (!isObject(given)) return [`breakeven is ${describe(given)}; give { after }, in % from the fill`]
  const { after } = given
  if (!isAbove(after, 0)) return [`breakeven.after is ${describe(after)}; it must be a finite number above 0, in %`]
  const least = Math.max(...directions.map((d) => breakevenGain(d, costs))) * (1 - tolerance)
  // rounded up, so that the number shown is enough
  const shown = Math.ceil(least * 1e6) / 1e6
  return after < least ? [`breakeven.after ${after} % does not cover the costs of a trade, ${shown} %; raise it`] : []
}

/** How far ahead of the fill the breakeven price lies, % gross; Infinity where costs eat up any gain. */
const breakevenGain = (d: 1 | -1, costs: Costs): number => {
  const price = breakevenPrice(d, 1, costs)
  return price <= 0 ? Number.POSITIVE_INFINITY : 100 * d * (price - 1)
}

/** The same trailing stop as a value of its own; undefined where it is none. */
export const trailingOf = (given: unknown): Trailing | undefined => {
  if (!isObject(given)) return undefined
  const { distance, percent } = given
  const activation = typeof given["activation"] === "number" ? { activation: given["activation"] } : {}
  if (typeof percent === "number") return { percent, ...activation }
  return typeof distance === "number" ? { distance, ...activation } : undefined
}

/** The same breakeven stop as a value of its own; undefined where it is none. */
export const breakevenOf = (given: unknown): Breakeven | undefined =>
  isObject(given) && typeof given["after"] === "number" ? { after: given["after"] } : undefined
