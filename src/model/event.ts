import type * as Cause from "effect/Cause"
import type { Money } from "./account.js"
import type { Signal } from "./signal.js"

/** Why a signal was refused: one entry per violation. */
export interface Violation {
  readonly code: ViolationCode
  readonly message: string
  /** The risk profile that refused; absent where it was something else. */
  readonly profile?: string | undefined
}

export type ViolationCode =
  | "position"
  | "price"
  | "order"
  | "market_price"
  | "take_profit_distance"
  | "stop_loss_distance"
  | "lifetime"
  | "stop_rule"
  | "answer"
  | "no_data"
  | "sizing"
  | "cash"
  | "risk"

export type CloseReason = "take_profit" | "stop_loss" | "time_expired" | "exit" | "frame_end" | "closed"
export type CancelReason = "timeout" | "stopped" | "risk" | "frame_end" | "stop_loss"

/** A limit signal rests from the tick `when` on. `price` is the average price P. */
export interface Scheduled {
  readonly _tag: "Scheduled"
  readonly when: number
  readonly signal: Signal
  readonly price: number
}

/** A signal's entry was filled at `priceOpen` (gross, before slippage). */
export interface Opened {
  readonly _tag: "Opened"
  readonly when: number
  readonly signal: Signal
  readonly priceOpen: number
  /** Quantity, notional and the entry's fee; absent where nothing is sized. */
  readonly money?: Money | undefined
}

/** A position was closed. Percentages are net of slippage and fees unless named gross. */
export interface Closed {
  readonly _tag: "Closed"
  readonly when: number
  readonly signal: Signal
  readonly reason: CloseReason
  readonly priceOpen: number
  readonly priceClose: number
  readonly pnlPercent: number
  /** Maximum adverse excursion, % of the fill price, gross, ≤ 0. */
  readonly mae: number
  /** Maximum favourable excursion, % of the fill price, gross, ≥ 0. */
  readonly mfe: number
  /** Whether the candles leave more than one outcome possible. */
  readonly ambiguous: boolean
  /** Least and greatest PnL over the price paths the candles allow. */
  readonly pnlInterval: readonly [low: number, high: number]
  /** The stop in force at the end, where a stop rule had moved it. */
  readonly priceStopMoved?: number | undefined
  /** Change of the account's equity, % of the equity before; absent where it is `pnlPercent` itself. */
  readonly equityPercent?: number | undefined
  /** The trade in money; absent where nothing is sized. */
  readonly money?: Money | undefined
}

/** A resting signal ended without a fill. */
export interface Cancelled {
  readonly _tag: "Cancelled"
  readonly when: number
  readonly signal: Signal
  readonly reason: CancelReason
  /** Why risk refused the fill; absent with any other reason. */
  readonly violations?: ReadonlyArray<Violation> | undefined
}

/** An answer was refused before anything was scheduled or opened. */
export interface Rejected {
  readonly _tag: "Rejected"
  readonly when: number
  readonly symbol: string
  readonly strategy: string
  readonly violations: ReadonlyArray<Violation>
  readonly answer: unknown
  /** Average price P at the tick; absent where there was no tick. */
  readonly price?: number | undefined
}

/** The strategy failed, died or overran its timeout at `when`; the run goes on. */
export interface Failed {
  readonly _tag: "Failed"
  readonly when: number
  readonly symbol: string
  readonly strategy: string
  readonly message: string
  readonly cause: Cause.Cause<unknown>
}

/** A tick without a signal. */
export interface Idle {
  readonly _tag: "Idle"
  readonly when: number
  readonly symbol: string
  readonly strategy: string
  readonly price: number
}

/** A candle that left the position open; `when` is the candle's close, progress in % of the way to TP or SL. */
export interface Active {
  readonly _tag: "Active"
  readonly when: number
  readonly signal: Signal
  readonly price: number
  readonly progressTakeProfit: number
  readonly progressStopLoss: number
  readonly pnlPercent: number
}

/** The close came `level` % of the way to the take-profit, for the first time. */
export interface PartialProfit {
  readonly _tag: "PartialProfit"
  readonly when: number
  readonly signal: Signal
  readonly level: number
  readonly price: number
}

/** The close came `level` % of the way to the stop-loss, for the first time. */
export interface PartialLoss {
  readonly _tag: "PartialLoss"
  readonly when: number
  readonly signal: Signal
  readonly level: number
  readonly price: number
}

/** A stop rule moved the stop at a candle's close; it acts from the next candle on. */
export interface StopMoved {
  readonly _tag: "StopMoved"
  readonly when: number
  readonly signal: Signal
  readonly rule: "trailing" | "breakeven"
  /** The stop from now on. */
  readonly priceStopLoss: number
}

/** What the step function can say of a signal. */
export type StepEvent =
  | Scheduled
  | Opened
  | Closed
  | Cancelled
  | Rejected
  | Active
  | PartialProfit
  | PartialLoss
  | StopMoved

/** Everything a run can say. */
export type Event = StepEvent | Failed | Idle

export type EventTag = Event["_tag"]

/** The events every run emits; the others are opt-in by `events: "all"`. */
export const isPrimary = (event: Event): boolean => {
  switch (event._tag) {
    case "Idle":
    case "Active":
    case "PartialProfit":
    case "PartialLoss":
    case "StopMoved":
      return false
    default:
      return true
  }
}

/** The symbol an event is about. */
export const symbolOf = (event: Event): string => ("signal" in event ? event.signal.symbol : event.symbol)

/** The strategy an event is about. */
export const strategyOf = (event: Event): string => ("signal" in event ? event.signal.strategy : event.strategy)

/**
 * Whether an event is about a symbol, a strategy, or both: a portfolio's stream, filtered by it, is that of one symbol
 * or strategy again.
 */
export const isOf =
  (of: { readonly symbol?: string; readonly strategy?: string }) =>
  (event: Event): boolean =>
    (of.symbol === undefined || symbolOf(event) === of.symbol) &&
    (of.strategy === undefined || strategyOf(event) === of.strategy)
