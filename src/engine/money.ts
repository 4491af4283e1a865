import type { Costs } from "./pnl.js"

/** An entry in money: quote currency. */
export interface Entered {
  /** Worth of the position at the entry price after slippage, `q·o′`. */
  readonly notional: number
  readonly fee: number
}

/** A closed trade in money: quote currency. */
export interface Traded {
  /** Worth of the position at the entry price after slippage, `q·o′`. */
  readonly notional: number
  /** Of both sides. */
  readonly fees: number
  /** Net of slippage and fees. */
  readonly result: number
}

/**
 * The entry of `quantity` (base currency) at the gross price `open` in direction `d` (+1 long, −1 short):
 * `o′ = o·(1 + d·slip)`, notional `q·o′`, fee `fee/100` of it.
 */
export const entered = (quantity: number, open: number, d: number, costs: Costs): Entered => {
  const notional = quantity * open * (1 + d * costs.slippage)
  return { notional, fee: (notional * costs.fee) / 100 }
}

/**
 * The trade from `open` to `close` (gross prices): `c′ = c·(1 − d·slip)`, `result = d·q·(c′ − o′) − fees`, where the exit
 * pays its fee on `q·c′`; flat fees (`touch`) charge it on the entry's notional again. In % of the notional the result is
 * the trade's PnL.
 */
export const closed = (quantity: number, open: number, close: number, d: number, costs: Costs): Traded => {
  const { fee, notional } = entered(quantity, open, d, costs)
  const proceeds = quantity * close * (1 - d * costs.slippage)
  const fees = fee + (costs.flatFee ? fee : (proceeds * costs.fee) / 100)
  return { notional, fees, result: d * (proceeds - notional) - fees }
}
