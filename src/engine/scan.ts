import type { Columns } from "../model/candle.js"
import { direction } from "../model/signal.js"
import { levelPrice } from "./partial.js"
import type { Rules } from "./rules.js"
import { type Live, moved, type Open, type Resting } from "./state.js"
import * as Stops from "./stops.js"

/** Where a scan stopped, and the state there. */
export interface Scanned {
  readonly index: number
  readonly state: Live
}

/**
 * Running over candles in which nothing can happen, without a call or an object per candle: on to the first index in
 * `[from, to)` whose candle `step` has to see. The ones before only move a position's extremes. Stepping through every
 * candle gives the same states and events.
 */
export const scan = (state: Live, candles: Columns, from: number, to: number, rules: Rules): Scanned => {
  if (rules.verbose || state._tag === "Entering") return { index: from, state }
  if (state._tag === "Resting") return { index: quietRest(state, candles, from, to, rules), state }
  return state.exiting ? { index: from, state } : quietOpen(state, candles, from, to, rules)
}

const quietRest = (state: Resting, candles: Columns, from: number, to: number, rules: Rules): number => {
  const { timestamp, low, high } = candles
  const deadline = state.signal.scheduledAt + rules.awaitMillis
  const { priceOpen } = state
  const long = direction(state.signal.position) > 0
  let i = from
  if (long) while (i < to && low[i] > priceOpen && timestamp[i] < deadline) i++
  else while (i < to && high[i] < priceOpen && timestamp[i] < deadline) i++
  return i
}

const quietOpen = (state: Open, candles: Columns, from: number, to: number, rules: Rules): Scanned => {
  const { close, high, low, timestamp } = candles
  const { d, expiresAt, stopLoss: asked, takeProfit } = state.position
  const profit = levelPrice(state.position, takeProfit, Math.min(100, state.profitLevel + 10))
  const loss = levelPrice(state.position, asked, Math.min(100, state.lossLevel + 10))
  // a price that moves the stop is as good as a target: whichever comes first
  const trigger = Stops.trigger(state, rules)
  const floor = d > 0 ? state.stopLoss : Math.max(takeProfit, trigger)
  const ceiling = d > 0 ? Math.min(takeProfit, trigger) : state.stopLoss
  const closeFloor = d > 0 ? loss : profit
  const closeCeiling = d > 0 ? profit : loss
  let { highest, lowest } = state
  let i = from
  for (; i < to; i++) {
    const least = low[i]
    const most = high[i]
    const last = close[i]
    if (least <= floor || most >= ceiling || last <= closeFloor || last >= closeCeiling || timestamp[i] >= expiresAt)
      break
    if (least < lowest) lowest = least
    if (most > highest) highest = most
  }
  const same = lowest === state.lowest && highest === state.highest
  return { index: i, state: same ? state : moved(state, lowest, highest, state.profitLevel, state.lossLevel) }
}
