import * as Schema from "effect/Schema"

/**
 * How prices inside a candle are turned into fills:
 * `realistic` (stop first, gaps fill at the open), `touch` (target first, always exactly at the level, as
 * backtest-kit 1.5 states it) and `path` (open → nearer extreme → farther extreme → close).
 */
export const FillPolicy = Schema.Literal("realistic", "touch", "path")
export type FillPolicy = typeof FillPolicy.Type

/** What to do about missing candles. */
export const GapPolicy = Schema.Literal("skip", "fail", "fill")
export type GapPolicy = typeof GapPolicy.Type
