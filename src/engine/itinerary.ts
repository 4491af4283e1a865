import type { Settings } from "../model/settings.js"
import type { StopRules } from "../model/signal.js"
import type { Steps } from "../model/sizing.js"
import type { Rules } from "./rules.js"

/** What a run is, as far as its walk is concerned. */
export interface Itinerary {
  readonly symbol: string
  readonly strategy: string
  readonly exchange: string
  readonly frame: string
  /** Ticks: `ceil(start/tick)·tick + k·tick < end`. */
  readonly start: number
  readonly end: number
  readonly tick: number
  /** Length of the strategy's interval, ms. */
  readonly interval: number
  readonly seed: number
  readonly settings: Settings
  readonly rules: Rules
  /** Stop rules of the strategy, for signals without their own. */
  readonly stops: StopRules
  /** Whether the strategy wants to be asked for an exit while its position is open. */
  readonly asksExit: boolean
  /** Whether ticks without a signal are told of (`Idle`). */
  readonly idle: boolean
  /** Steps in which prices are quoted: the levels of answers are rounded to them. */
  readonly steps: Steps | undefined
  /** Whether it trades on an account: it then stops before each candle that does something, and awaits admissions. */
  readonly onAccount: boolean
}
