import * as Schema from "effect/Schema"

/** A trade in money, in quote currency unless named otherwise. */
export const Money = Schema.Struct({
  /** In base currency. */
  quantity: Schema.Number,
  /** Quantity times the entry price after slippage. */
  notional: Schema.Number,
  /** Fees paid so far: of the entry, after the close of both sides. */
  fees: Schema.Number,
  /** Net of slippage and fees; 0 while the position is open. */
  result: Schema.Number,
  /** The account's balance after it: closed trades only, open ones are not marked to market. */
  balance: Schema.Number
})
export interface Money extends Schema.Schema.Type<typeof Money> {}

/** The account of a sized run, as its document tells it. Quote currency. */
export const AccountInfo = Schema.Struct({
  /** Balance at the start and at the end. */
  initial: Schema.Number,
  final: Schema.Number,
  /** How many times its margin a position may be worth; 1 for a cash account. */
  leverage: Schema.Number,
  /** Greatest sum of margins held at once. */
  peakMargin: Schema.Number
})
export interface AccountInfo extends Schema.Schema.Type<typeof AccountInfo> {}
