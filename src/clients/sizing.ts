import type * as Either from "effect/Either"
import { type Indicator, single } from "../engine/indicators/definition.js"
import type { Line } from "../engine/indicators/line.js"
import { atr } from "../engine/indicators/volatility.js"
import type { Market } from "../engine/market.js"
import * as Engine from "../engine/sizing.js"
import type { SizingError } from "../model/errors.js"
import type { SizingInput, SizingMethod, SizingProfile } from "../model/sizing.js"
import { type FeedInRun, startIndicators } from "./strategy.js"

/** A sizing in one run. */
export interface Bound {
  /** What has to be warm before anything can be sized. */
  readonly feeds: ReadonlyArray<FeedInRun>
  /** The quantity in base currency at the run's instant. */
  readonly quantity: (input: Omit<SizingInput, "atr">) => Either.Either<number, SizingError>
}

/**
 * Binds a sizing to a run: the one by average true range gets its own, fed with closed candles of its interval, else of
 * `interval` (ms), as a strategy's indicators are.
 */
export const bind = (profile: SizingProfile, market: Market, interval: number): Bound => {
  const { method } = profile
  if (method._tag !== "Atr") return { feeds: [], quantity: (input) => Engine.quantity(profile, input) }
  const { feeds, handles } = startIndicators({ range: averageTrueRange(method) }, market, interval)
  return { feeds, quantity: (input) => Engine.quantity(profile, { ...input, atr: handles.range.value }) }
}

const averageTrueRange = ({ interval, period }: Extract<SizingMethod, { _tag: "Atr" }>): Indicator<Line> =>
  single({
    kind: "atr",
    // a person who reads that it is not warm looks for it among the strategy's own
    name: `atr(${period}) of its sizing`,
    periods: { period },
    interval,
    warmup: period,
    kernel: (line) => atr(line, period)
  })
