import type { StepEvent } from "../model/event.js"
import * as Pnl from "./pnl.js"
import type { Rules } from "./rules.js"
import type { Open, Position } from "./state.js"

/**
 * Partial levels: how far, in steps of 10 %, a close has come from the entry towards the target or the stop as asked,
 * wherever a stop rule has moved it since.
 */

const size = 10

/** A level counts as reached within this relative tolerance, so that rounding does not miss an exact one. */
const tolerance = 1e-9

/** The price at which `level` % of the way from the entry to `goal` is reached. */
export const levelPrice = ({ priceOpen }: Position, goal: number, level: number): number =>
  priceOpen + (goal - priceOpen) * (level / 100) * (1 - tolerance)

/** Highest level that `price` has reached towards `goal`, from `reached` on; at most 100. */
const highestLevel = (position: Position, goal: number, price: number, reached: number): number => {
  const sign = Math.sign(goal - position.priceOpen)
  let level = reached
  while (level < 100 && sign * (price - levelPrice(position, goal, level + size)) >= 0) level += size
  return level
}

/** The levels after a close at `price`, or `null` when none is new. */
export const crossedLevels = (
  state: Open,
  price: number
): { readonly profitLevel: number; readonly lossLevel: number } | null => {
  const { position } = state
  const profitLevel = highestLevel(position, position.takeProfit, price, state.profitLevel)
  const lossLevel = highestLevel(position, position.stopLoss, price, state.lossLevel)
  return profitLevel === state.profitLevel && lossLevel === state.lossLevel ? null : { profitLevel, lossLevel }
}

/** One event per new level, ascending. */
export const progressEvents = (before: Open, after: Open, price: number, when: number): ReadonlyArray<StepEvent> => {
  const events: Array<StepEvent> = []
  const { signal } = after.position
  for (let level = before.profitLevel + size; level <= after.profitLevel; level += size) {
    events.push({ _tag: "PartialProfit", when, signal, level, price })
  }
  for (let level = before.lossLevel + size; level <= after.lossLevel; level += size) {
    events.push({ _tag: "PartialLoss", when, signal, level, price })
  }
  return events
}

/** Where a position stands at `price`: progress in % of the way, unrealised PnL net of costs. */
export const activeEvent = ({ position }: Open, price: number, when: number, rules: Rules): StepEvent => {
  const { d, priceOpen, signal, stopLoss, takeProfit } = position
  const progress = (goal: number) => Math.min(100, Math.max(0, (100 * (price - priceOpen)) / (goal - priceOpen)))
  return {
    _tag: "Active",
    when,
    signal,
    price,
    progressTakeProfit: progress(takeProfit),
    progressStopLoss: progress(stopLoss),
    pnlPercent: Pnl.percent(d, priceOpen, price, rules.costs)
  }
}
