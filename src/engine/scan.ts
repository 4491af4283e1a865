import type { Columns } from "../model/candle.js"
import { direction } from "../model/signal.js"
import { levelPrice } from "./partial.js"
import type { Rules } from "./rules.js"
import type { Live, Open, Resting } from "./state.js"

/**
 * Running over candles in which nothing can happen, without a call or an object per candle. `quiet(state, …)` gives
 * the first index in `[from, to)` whose candle `step` has to see; the ones before only move a position's extremes,
 * which `advance` takes along. Stepping through every candle gives the same states and events.
 */
export const quiet = (state: Live, candles: Columns, from: number, to: number, rules: Rules): number => {
  if (state._tag === "Entering" || rules.active) return from
  return state._tag === "Resting" ? quietRest(state, candles, from, to, rules) : quietOpen(state, candles, from, to)
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

const quietOpen = (state: Open, candles: Columns, from: number, to: number): number => {
  if (state.exiting) return from
  const { timestamp, low, high, close } = candles
  const { d, takeProfit, stopLoss, expiresAt } = state
  const floor = d > 0 ? stopLoss : takeProfit
  const ceiling = d > 0 ? takeProfit : stopLoss
  const profit = state.profitLevel < 100 ? levelPrice(state, takeProfit, state.profitLevel + 10) : takeProfit
  const loss = state.lossLevel < 100 ? levelPrice(state, stopLoss, state.lossLevel + 10) : stopLoss
  const closeFloor = d > 0 ? loss : profit
  const closeCeiling = d > 0 ? profit : loss
  let i = from
  while (
    i < to &&
    low[i] > floor &&
    high[i] < ceiling &&
    close[i] > closeFloor &&
    close[i] < closeCeiling &&
    timestamp[i] < expiresAt
  ) {
    i++
  }
  return i
}

/** The state after quiet candles `[from, to)`. */
export const advance = (state: Live, candles: Columns, from: number, to: number): Live => {
  if (state._tag !== "Open") return state
  let { lowest, highest } = state
  for (let i = from; i < to; i++) {
    if (candles.low[i] < lowest) lowest = candles.low[i]
    if (candles.high[i] > highest) highest = candles.high[i]
  }
  return lowest === state.lowest && highest === state.highest ? state : { ...state, lowest, highest }
}
