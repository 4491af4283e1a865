import type { Signal } from "./signal.js"

/** What risk validations look at: the trade that is asked for, and everything already taken on. */

/** A position of a risk profile, from its reservation on. */
export interface RiskPosition {
  readonly symbol: string
  readonly strategy: string
  readonly signal: Signal
  /** `reserved`: accepted and not filled yet (an entry at market, or one that rests). */
  readonly status: "reserved" | "open"
  /** The entry as asked (limit price, else average price), once open the fill, gross. */
  readonly price: number
  /** In base currency; undefined where nothing is sized. */
  readonly quantity: number | undefined
  /** Worth at `price` in the account's unit: see `RiskAccount`. */
  readonly notional: number
  /** When it was reserved, once open when it was filled; epoch milliseconds. */
  readonly since: number
}

/**
 * The account behind the profile. Where trades are sized its unit is the quote currency; where they are not, it is a
 * share of the account: the account begins at 1, is divided evenly among its slots, and each trade takes its whole
 * slot. Closed trades only: open positions are not marked to market.
 */
export interface RiskAccount {
  readonly initial: number
  readonly balance: number
  /** Highest balance so far, the initial one included. */
  readonly peak: number
  /** Balance at the start of the present UTC day. */
  readonly dayStart: number
  /** Margins of reserved and open positions. */
  readonly margin: number
  /** Balance that is not held as margin. */
  readonly free: number
}

/** Restricts a look-up to a symbol, a strategy, or both. */
export interface Of {
  readonly symbol?: string | undefined
  readonly strategy?: string | undefined
}

/** What a risk validation is given. */
export interface RiskPayload {
  readonly symbol: string
  readonly strategy: string
  readonly signal: Signal
  /** `signal`: an idea was accepted. `fill`: its resting entry is about to be filled. */
  readonly stage: "signal" | "fill"
  /** The entry: limit price, else average price; at the fill stage the fill's, gross. */
  readonly price: number
  /** The tick, at the fill stage the candle's instant; epoch milliseconds. */
  readonly when: number
  readonly quantity: number | undefined
  /** Worth at `price` in the account's unit. */
  readonly notional: number
  /** Positions of the profile across strategies and symbols, without the one that is asked for. */
  readonly positions: ReadonlyArray<RiskPosition>
  readonly account: RiskAccount
  /** When a position of the profile was last closed by its stop-loss; undefined: never. */
  readonly lastStopAt: (of?: Of) => number | undefined
}
