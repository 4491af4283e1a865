import type { FillPolicy } from "../model/fill.js"
import type { Settings } from "../model/settings.js"
import { type Costs, costs } from "./pnl.js"

/** What the step function needs to know of a run, in the units it works in. */
export interface Rules {
  readonly fill: FillPolicy
  readonly costs: Costs
  /** Length of a base candle, ms. */
  readonly interval: number
  /** How long a limit entry rests, ms. */
  readonly awaitMillis: number
  readonly vwapCandles: number
  /** Step in which prices are quoted: stops are moved to the nearest one. */
  readonly priceStep: number | undefined
  /** Whether progress is told of: partial levels (`PartialProfit`, `PartialLoss`) and `StopMoved`. */
  readonly progress: boolean
  /** Whether every candle that leaves a position open is told of besides (`Active`). */
  readonly verbose: boolean
}

/** How much is told of an open position: its fill and end, `progress` too, or `all`: `Active` per candle besides. */
export type Detail = "none" | "progress" | "all"

export const rules = (
  settings: Settings,
  fill: FillPolicy,
  interval: number,
  detail: Detail = "none",
  priceStep?: number
): Rules => ({
  fill,
  costs: costs(settings, fill),
  interval,
  awaitMillis: settings.awaitMinutes * 60_000,
  vwapCandles: settings.vwapCandles,
  priceStep,
  progress: detail !== "none",
  verbose: detail === "all"
})
