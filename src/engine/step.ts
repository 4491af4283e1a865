import type { Columns } from "../model/candle.js"
import type { StepEvent } from "../model/event.js"
import { direction, type Signal } from "../model/signal.js"
import { activeEvent, crossedLevels, progressEvents } from "./partial.js"
import type { Rules } from "./rules.js"
import {
  cancel,
  close,
  type Entering,
  type Live,
  moved,
  type Open,
  opened,
  openedEvent,
  reaching,
  type Resting,
  scheduledEvent,
  stoppedAt,
  type Transition,
  withOutcomes
} from "./state.js"
import * as Stops from "./stops.js"
import * as Vwap from "./vwap.js"

/**
 * The only place where a signal changes state, in every mode: `begin` at the tick, `step` with each existing base
 * candle that opens at or after it, `finish` at the frame's end. Pure: nothing given is changed.
 */

const none: ReadonlyArray<StepEvent> = []

/** Whether the candle trades at `level` or beyond it, coming from above (`d` > 0) or below. */
const reachedFrom = (d: number, candles: Columns, i: number, level: number): boolean =>
  d > 0 ? candles.low[i] <= level : candles.high[i] >= level

/** Whether `price` is at `level` or beyond it, from above (`d` > 0) or below. */
const beyond = (d: number, price: number, level: number): boolean => d * (price - level) <= 0

/** An accepted signal at its tick. `price` is the average price P there. */
export const begin = (signal: Signal, price: number, rules: Rules): Transition => {
  if (rules.fill !== "touch") return { state: { _tag: "Entering", signal, price }, events: [] }
  const { priceOpen } = signal
  if (priceOpen !== undefined && !beyond(direction(signal.position), price, priceOpen)) {
    return { state: { _tag: "Resting", signal, priceOpen }, events: [scheduledEvent(signal, price)] }
  }
  const state = opened(signal, priceOpen ?? price, signal.scheduledAt)
  return { state, events: [openedEvent(state)] }
}

/** What candle `i` does to a signal; `null` where nothing changes. */
export const step = (state: Live, candles: Columns, i: number, rules: Rules): Transition | null => {
  switch (state._tag) {
    case "Entering":
      return enter(state, candles, i, rules)
    case "Resting":
      return rest(state, candles, i, rules)
    case "Open":
      return hold(state, candles, i, rules)
  }
}

/** The end of the frame at `at`; `last` is the last candle seen. */
export const finish = (state: Live, candles: Columns, last: number, at: number, rules: Rules): Transition => {
  if (state._tag === "Resting") return cancel(state.signal, "frame_end", at)
  if (state._tag === "Open") {
    const price = rules.fill === "touch" ? Vwap.at(candles, last, rules.vwapCandles) : candles.close[last]
    return close(state, rules, "frame_end", price, at)
  }
  const { signal } = state
  if (signal.priceOpen !== undefined) {
    return cancel(signal, "frame_end", at, [scheduledEvent(signal, state.price)])
  }
  const rejected: StepEvent = {
    _tag: "Rejected",
    when: signal.scheduledAt,
    symbol: signal.symbol,
    strategy: signal.strategy,
    violations: [{ code: "no_data", message: "no candle is left to trade at before the end of the data" }],
    answer: signal,
    price: state.price
  }
  return { state: { _tag: "Ended", at: signal.scheduledAt }, events: [rejected] }
}

/** First candle after the tick: a market order trades at its open, and so does a limit that the open satisfies. */
const enter = (state: Entering, candles: Columns, i: number, rules: Rules): Transition => {
  const { signal } = state
  const { priceOpen } = signal
  const open = candles.open[i]
  if (priceOpen === undefined || beyond(direction(signal.position), open, priceOpen)) {
    return fillAtOpen(signal, candles, i, rules)
  }
  const scheduled = scheduledEvent(signal, state.price)
  const resting: Resting = { _tag: "Resting", signal, priceOpen }
  const next = rest(resting, candles, i, rules)
  return next === null
    ? { state: resting, events: [scheduled] }
    : { state: next.state, events: [scheduled, ...next.events] }
}

const rest = (state: Resting, candles: Columns, i: number, rules: Rules): Transition | null => {
  const { signal, priceOpen } = state
  const timestamp = candles.timestamp[i]
  if (timestamp - signal.scheduledAt >= rules.awaitMillis) {
    return cancel(signal, "timeout", signal.scheduledAt + rules.awaitMillis)
  }
  const d = direction(signal.position)
  if (!reachedFrom(d, candles, i, priceOpen)) return null
  if (rules.fill === "touch") return fillByTouch(state, candles, i, rules)
  return beyond(d, candles.open[i], priceOpen)
    ? fillAtOpen(signal, candles, i, rules)
    : fillInside(state, candles, i, rules)
}

/** Filled at the open: the whole candle comes after the entry. */
const fillAtOpen = (signal: Signal, candles: Columns, i: number, rules: Rules): Transition => {
  const state = opened(signal, candles.open[i], candles.timestamp[i])
  const entered = openedEvent(state)
  const next = hold(state, candles, i, rules)
  return next === null ? { state, events: [entered] } : { state: next.state, events: [entered, ...next.events] }
}

/** Filled at its price inside the candle: what of the candle came after the entry is up to the policy. */
const fillInside = (resting: Resting, candles: Columns, i: number, rules: Rules): Transition => {
  const timestamp = candles.timestamp[i]
  const filled = opened(resting.signal, resting.priceOpen, timestamp)
  const entered = [openedEvent(filled)]
  const { d, stopLoss, takeProfit } = filled.position
  const last = candles.close[i]
  const stopped = reachedFrom(d, candles, i, stopLoss)
  const targetReached = reachedFrom(-d, candles, i, takeProfit)
  const endsAtTarget = beyond(-d, last, takeProfit)
  const state = allowing(filled, rules, targetReached, stopped, endsAtTarget)
  if (stopped) return close(state, rules, "stop_loss", stopLoss, timestamp, entered)
  // `path`: when the adverse extreme comes first, the favourable one comes after the entry
  const targeted = rules.fill === "path" && adverseFirst(d, candles, i) ? targetReached : endsAtTarget
  if (targeted) return close(state, rules, "take_profit", takeProfit, timestamp, entered)
  return entryCandle(reaching(state, last, last), candles, i, rules, entered)
}

/** `touch`: exactly at its price, unless the stop was reached too; nothing more is tested on this candle. */
const fillByTouch = (resting: Resting, candles: Columns, i: number, rules: Rules): Transition => {
  const { signal, priceOpen } = resting
  const timestamp = candles.timestamp[i]
  const filled = opened(signal, priceOpen, timestamp)
  const { d, stopLoss, takeProfit } = filled.position
  if (reachedFrom(d, candles, i, stopLoss)) return cancel(signal, "stop_loss", timestamp)
  const last = candles.close[i]
  const gapped = beyond(d, candles.open[i], priceOpen)
  const state = gapped
    ? reaching(filled, candles.low[i], candles.high[i])
    : reaching(
        allowing(filled, rules, reachedFrom(-d, candles, i, takeProfit), false, beyond(-d, last, takeProfit)),
        last,
        last
      )
  return entryCandle(state, candles, i, rules, [openedEvent(state)])
}

/** An entry candle that leaves the position open without having been held: no partial levels, but the stop rules. */
const entryCandle = (
  state: Open,
  candles: Columns,
  i: number,
  rules: Rules,
  before: ReadonlyArray<StepEvent>
): Transition => {
  const move = Stops.move(state, Stops.bestOf(state), rules)
  const next = move === null ? state : stoppedAt(state, move.price)
  const events = [...before, ...activeEvents(next, candles, i, rules), ...stopEvents(next, move, candles, i, rules)]
  return { state: next, events }
}

/**
 * An entry inside a candle that also reaches the target is ambiguous when the stop was reached too, or when the
 * close came back short of the target: the target may have been reached before the entry.
 */
const allowing = (state: Open, rules: Rules, target: boolean, stopped: boolean, endsAtTarget: boolean): Open => {
  if (!target) return state
  const { stopLoss, takeProfit } = state.position
  if (stopped) return withOutcomes(state, rules, [stopLoss, takeProfit])
  return endsAtTarget ? state : withOutcomes(state, rules, [takeProfit])
}

/** A candle that begins with the position open. */
const hold = (state: Open, candles: Columns, i: number, rules: Rules): Transition | null => {
  const { stopLoss } = state
  const { d, expiresAt, takeProfit } = state.position
  const timestamp = candles.timestamp[i]
  const open = candles.open[i]
  if (timestamp >= expiresAt) {
    const price = rules.fill === "touch" ? Vwap.at(candles, i - 1, rules.vwapCandles) : open
    return close(state, rules, "time_expired", price, expiresAt)
  }
  if (state.exiting) return close(state, rules, "exit", open, timestamp)
  const stopped = reachedFrom(d, candles, i, stopLoss)
  const targeted = reachedFrom(-d, candles, i, takeProfit)
  if (!stopped && !targeted) return stay(state, candles, i, rules)
  const stopGapped = beyond(d, open, stopLoss)
  const targetGapped = beyond(-d, open, takeProfit)
  // a level that the open is beyond already is decided by the open, whatever the candle reaches later
  const exact = rules.fill === "touch"
  if (stopGapped) return close(state, rules, "stop_loss", exact ? stopLoss : open, timestamp)
  if (targetGapped) return close(state, rules, "take_profit", exact ? takeProfit : open, timestamp)
  if (!targeted) return close(state, rules, "stop_loss", stopLoss, timestamp)
  if (!stopped) return close(state, rules, "take_profit", takeProfit, timestamp)
  const next = withOutcomes(state, rules, [stopLoss, takeProfit])
  const stopFirst = rules.fill === "realistic" || (rules.fill === "path" && adverseFirst(d, candles, i))
  return stopFirst
    ? close(next, rules, "stop_loss", stopLoss, timestamp)
    : close(next, rules, "take_profit", takeProfit, timestamp)
}

/** The candle leaves the position open: extremes, partial levels by its close, and at its close the stop rules. */
const stay = (state: Open, candles: Columns, i: number, rules: Rules): Transition | null => {
  const { low, high, close: closes, timestamp } = candles
  const levels = crossedLevels(state, closes[i])
  const lowest = Math.min(state.lowest, low[i])
  const highest = Math.max(state.highest, high[i])
  const move = Stops.move(state, state.position.d > 0 ? highest : lowest, rules)
  const farther = lowest < state.lowest || highest > state.highest
  if (levels === null && move === null && !rules.verbose && !farther) return null
  const { lossLevel, profitLevel } = levels ?? state
  const along = moved(state, lowest, highest, profitLevel, lossLevel)
  const next = move === null ? along : stoppedAt(along, move.price)
  if (!rules.progress) return { state: next, events: none }
  const when = timestamp[i] + rules.interval
  return {
    state: next,
    events: [
      ...activeEvents(next, candles, i, rules),
      ...progressEvents(state, next, closes[i], when),
      ...stopEvents(next, move, candles, i, rules)
    ]
  }
}

/** On `path` prices go from the open to the nearer extreme first; at a tie to the low. */
const adverseFirst = (d: number, candles: Columns, i: number): boolean => {
  const open = candles.open[i]
  const lowFirst = open - candles.low[i] <= candles.high[i] - open
  return lowFirst === d > 0
}

const activeEvents = (state: Open, candles: Columns, i: number, rules: Rules): ReadonlyArray<StepEvent> =>
  rules.verbose ? [activeEvent(state, candles.close[i], candles.timestamp[i] + rules.interval, rules)] : []

const stopEvents = (
  { position }: Open,
  move: Stops.Move | null,
  candles: Columns,
  i: number,
  rules: Rules
): ReadonlyArray<StepEvent> => {
  if (move === null || !rules.progress) return none
  const when = candles.timestamp[i] + rules.interval
  const { signal } = position
  return [{ _tag: "StopMoved", when, signal, rule: move.rule, priceStopLoss: move.price }]
}
