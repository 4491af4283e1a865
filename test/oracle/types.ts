import type { Candle } from "../../src/model/candle.js"
import type { CancelReason, CloseReason, ViolationCode } from "../../src/model/event.js"
import type { FillPolicy } from "../../src/model/fill.js"
import type { Settings } from "../../src/model/settings.js"
import type { Answer, Idea } from "../../src/model/signal.js"

/** A market and a frame to walk; times in epoch milliseconds, prices in quote currency. */
export interface Run {
  /** Valid and in order, on the grid of `base`; candles may be missing. */
  readonly candles: ReadonlyArray<Candle>
  /** Length of one candle, ms. */
  readonly base: number
  readonly start: number
  /** Exclusive. */
  readonly end: number
  /** ms */
  readonly frameInterval: number
  /** ms */
  readonly strategyInterval: number
  readonly policy: FillPolicy
  readonly settings: Settings
  /** Asked at due instants while a position is open; true closes it at the next open. May throw. */
  readonly exit?: ((when: number, closed: ReadonlyArray<Candle>) => boolean) | undefined
}

export interface OracleInput extends Run {
  /** Asked at each due instant with the candles closed by then and their average price; may throw. */
  readonly ask: (when: number, closed: ReadonlyArray<Candle>, price: number) => Answer
}

export interface ReplaySignal extends Idea {
  readonly time: number
}

export interface OracleScheduled {
  readonly type: "Scheduled"
  readonly at: number
  readonly priceOpen: number
}

export interface OracleOpened {
  readonly type: "Opened"
  readonly at: number
  readonly priceOpen: number
}

export interface OracleClosed {
  readonly type: "Closed"
  readonly at: number
  readonly reason: CloseReason
  readonly priceOpen: number
  readonly priceClose: number
  readonly pnlPercent: number
  readonly mae: number
  readonly mfe: number
  readonly ambiguous: boolean
  readonly pnlInterval: readonly [low: number, high: number]
  /** The stop in force, where a stop rule had moved it. */
  readonly priceStopMoved?: number | undefined
}

export interface OracleCancelled {
  readonly type: "Cancelled"
  readonly at: number
  readonly reason: CancelReason
}

export interface OracleRejected {
  readonly type: "Rejected"
  readonly at: number
  /** In the order in which `ViolationCode` lists them. */
  readonly codes: ReadonlyArray<ViolationCode>
}

export interface OracleFailed {
  readonly type: "Failed"
  readonly at: number
}

/** `at` is the close of the candle that came this far, `price` its close price. */
export interface OraclePartial {
  readonly type: "PartialProfit" | "PartialLoss"
  readonly at: number
  readonly level: number
  readonly price: number
}

/** `at` is the close at which the stop moved. */
export interface OracleStopMoved {
  readonly type: "StopMoved"
  readonly at: number
  readonly rule: "trailing" | "breakeven"
  readonly priceStopLoss: number
}

export type OracleEvent =
  | OracleScheduled
  | OracleOpened
  | OracleClosed
  | OracleCancelled
  | OracleRejected
  | OracleFailed
  | OraclePartial
  | OracleStopMoved
