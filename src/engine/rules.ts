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
  /** Whether candles that leave a position open are told of (`Active`, partial levels). */
  readonly verbose: boolean
}

export const rules = (settings: Settings, fill: FillPolicy, interval: number, verbose = false): Rules => ({
  fill,
  costs: costs(settings, fill),
  interval,
  awaitMillis: settings.awaitMinutes * 60_000,
  vwapCandles: settings.vwapCandles,
  verbose
})
