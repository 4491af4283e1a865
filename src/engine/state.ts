import type { CancelReason, CloseReason, StepEvent } from "../model/event.js"
import { direction, lifetimeMinutes, type Signal, type StopRules } from "../model/signal.js"
import * as Pnl from "./pnl.js"
import type { Rules } from "./rules.js"

/** Accepted at a tick; the first candle at or after it decides how it enters. */
export interface Entering {
  readonly _tag: "Entering"
  readonly signal: Signal
  /** Average price at the tick. */
  readonly price: number
}

/** A limit entry waiting for its price. */
export interface Resting {
  readonly _tag: "Resting"
  readonly signal: Signal
  readonly priceOpen: number
}

/** What stays the same of a position from its fill to its end. */
export interface Position {
  readonly signal: Signal
  readonly d: 1 | -1
  readonly pendingAt: number
  readonly expiresAt: number
  readonly priceOpen: number
  readonly takeProfit: number
  /** The stop as asked; the one in force is the state's. */
  readonly stopLoss: number
  /** The signal's stop rules; null for none, which is told at a glance. */
  readonly stops: StopRules | null
}

/** Least and greatest PnL of the outcomes that ambiguous candles allowed besides the one that is booked. */
export interface Outcomes {
  readonly least: number
  readonly greatest: number
}

/** An open position. */
export interface Open {
  readonly _tag: "Open"
  readonly position: Position
  /** Lowest and highest price since the entry, the entry included. */
  readonly lowest: number
  readonly highest: number
  /** The stop in force: as asked until a stop rule moves it, and then only ever tighter. */
  readonly stopLoss: number
  /** Partial levels told so far, in each direction. */
  readonly profitLevel: number
  readonly lossLevel: number
  /** The strategy's `exit` said yes: closes at the next open. */
  readonly exiting: boolean
  /** Set once a candle was ambiguous. */
  readonly outcomes: Outcomes | null
}

/** Over. `at` is the closing (or cancelling) instant: the next tick is the first strictly after it. */
export interface Ended {
  readonly _tag: "Ended"
  readonly at: number
}

export type Live = Entering | Resting | Open
export type State = Live | Ended

/** What a candle did to a signal. */
export interface Transition {
  readonly state: State
  readonly events: ReadonlyArray<StepEvent>
}

/** A position filled at `priceOpen`. */
export const opened = (signal: Signal, priceOpen: number, pendingAt: number): Open => ({
  _tag: "Open",
  position: {
    signal: { ...signal, pendingAt },
    d: direction(signal.position),
    pendingAt,
    expiresAt: pendingAt + lifetimeMinutes(signal) * 60_000,
    priceOpen,
    takeProfit: signal.priceTakeProfit,
    stopLoss: signal.priceStopLoss,
    stops: signal.trailing === undefined && signal.breakeven === undefined ? null : signal
  },
  lowest: priceOpen,
  highest: priceOpen,
  stopLoss: signal.priceStopLoss,
  profitLevel: 0,
  lossLevel: 0,
  exiting: false,
  outcomes: null
})

/** The same position further on, `low` and `high` being traded. */
export const reaching = (state: Open, low: number, high: number): Open =>
  low >= state.lowest && high <= state.highest
    ? state
    : moved(state, Math.min(state.lowest, low), Math.max(state.highest, high), state.profitLevel, state.lossLevel)

/** The same position with its stop at `stopLoss`. */
export const stoppedAt = (state: Open, stopLoss: number): Open => ({ ...state, stopLoss })

/** A copy with other extremes and partial levels; by hand, for it is made thousands of times a run. */
export const moved = (
  { exiting, outcomes, position, stopLoss }: Open,
  lowest: number,
  highest: number,
  profitLevel: number,
  lossLevel: number
): Open => ({ _tag: "Open", position, lowest, highest, stopLoss, profitLevel, lossLevel, exiting, outcomes })

export const openedEvent = ({ position }: Open): StepEvent => ({
  _tag: "Opened",
  when: position.pendingAt,
  signal: position.signal,
  priceOpen: position.priceOpen
})

export const scheduledEvent = (signal: Signal, price: number): StepEvent => ({
  _tag: "Scheduled",
  when: signal.scheduledAt,
  signal,
  price
})

/** Notes that a candle also allowed the outcomes at these exit prices. */
export const withOutcomes = (state: Open, rules: Rules, prices: ReadonlyArray<number>): Open => {
  const { d, priceOpen } = state.position
  const outcomes = prices.map((price) => Pnl.percent(d, priceOpen, price, rules.costs))
  const { greatest = Number.NEGATIVE_INFINITY, least = Number.POSITIVE_INFINITY } = state.outcomes ?? {}
  return {
    ...state,
    outcomes: { least: Math.min(least, ...outcomes), greatest: Math.max(greatest, ...outcomes) }
  }
}

/** Books the end of a position. The exit candle counts towards the excursions by its exit price alone. */
export const close = (
  state: Open,
  rules: Rules,
  reason: CloseReason,
  priceClose: number,
  at: number,
  before: ReadonlyArray<StepEvent> = []
): Transition => {
  const { outcomes, stopLoss } = state
  const { d, priceOpen, signal } = state.position
  const pnlPercent = Pnl.percent(d, priceOpen, priceClose, rules.costs)
  const lowest = Math.min(state.lowest, priceClose)
  const highest = Math.max(state.highest, priceClose)
  const [worst, best] = d > 0 ? [lowest, highest] : [highest, lowest]
  const excursion = (price: number) => (100 * d * (price - priceOpen)) / priceOpen + 0
  return {
    state: { _tag: "Ended", at },
    events: [
      ...before,
      {
        _tag: "Closed",
        when: at,
        signal,
        reason,
        priceOpen,
        priceClose,
        pnlPercent,
        mae: excursion(worst),
        mfe: excursion(best),
        ambiguous: outcomes !== null,
        pnlInterval:
          outcomes === null
            ? [pnlPercent, pnlPercent]
            : [Math.min(pnlPercent, outcomes.least), Math.max(pnlPercent, outcomes.greatest)],
        ...(stopLoss === state.position.stopLoss ? {} : { priceStopMoved: stopLoss })
      }
    ]
  }
}

/** Ends a signal that never opened. */
export const cancel = (
  signal: Signal,
  reason: CancelReason,
  at: number,
  before: ReadonlyArray<StepEvent> = []
): Transition => ({
  state: { _tag: "Ended", at },
  events: [...before, { _tag: "Cancelled", when: at, signal, reason }]
})

/** An open position as a strategy's `exit` sees it. Percentages are net unless named gross. */
export interface PositionView {
  readonly signal: Signal
  /** Gross fill price. */
  readonly priceOpen: number
  readonly pendingAt: number
  /** PnL if it were closed at the last close. */
  readonly pnlPercent: number
  /** Lowest and highest price since the entry. */
  readonly lowest: number
  readonly highest: number
  /** The stop in force: as asked, or where a stop rule moved it. */
  readonly stopLoss: number
  /** Highest partial levels reached towards the target and the stop, 0 for none. */
  readonly profitLevel: number
  readonly lossLevel: number
}

export const positionView = (state: Open, price: number, rules: Rules): PositionView => {
  const { d, pendingAt, priceOpen, signal } = state.position
  const { highest, lossLevel, lowest, profitLevel, stopLoss } = state
  const pnlPercent = Pnl.percent(d, priceOpen, price, rules.costs)
  return { signal, priceOpen, pendingAt, pnlPercent, lowest, highest, stopLoss, profitLevel, lossLevel }
}
