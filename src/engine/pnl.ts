import type { FillPolicy } from "../model/fill.js"
import type { Settings } from "../model/settings.js"

/** The costs of a trade: slippage as a fraction per side, fee in % per side. */
export interface Costs {
  readonly slippage: number
  readonly fee: number
  /** `touch` charges the exit fee on the entry's notional (2·fee in all); the others on the exit's. */
  readonly flatFee: boolean
}

export const costs = (settings: Settings, fill: FillPolicy): Costs => ({
  slippage: settings.slippage / 100,
  fee: settings.fee,
  flatFee: fill === "touch"
})

/**
 * Net result in % of entry `open` and exit `close` for direction `d` (+1 long, −1 short):
 * `o′ = o·(1 + d·slip)`, `c′ = c·(1 − d·slip)`, `100·d·(c′ − o′)/o′ − fee·(1 + c′/o′)`.
 */
export const percent = (d: number, open: number, close: number, costs: Costs): number => {
  const entry = open * (1 + d * costs.slippage)
  const exit = close * (1 - d * costs.slippage)
  const fees = costs.flatFee ? 2 * costs.fee : costs.fee * (1 + exit / entry)
  return (100 * d * (exit - entry)) / entry - fees
}
