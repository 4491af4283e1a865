/** Names of intervals and their lengths. Every boundary is UTC-aligned, counted from the epoch. */

/** Intervals a candle can have. */
export const candleIntervals = ["1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h", "1d"] as const

/** Intervals at which a strategy can be asked. */
export const strategyIntervals = ["1m", "3m", "5m", "15m", "30m", "1h", "4h", "1d"] as const

/** Intervals at which a frame can be walked. */
export const frameIntervals = [...candleIntervals, "3d"] as const

export type CandleInterval = (typeof candleIntervals)[number]
export type StrategyInterval = (typeof strategyIntervals)[number]
export type FrameInterval = (typeof frameIntervals)[number]

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

const lengths: Readonly<Record<FrameInterval, number>> = {
  "1m": minute,
  "3m": 3 * minute,
  "5m": 5 * minute,
  "15m": 15 * minute,
  "30m": 30 * minute,
  "1h": hour,
  "2h": 2 * hour,
  "4h": 4 * hour,
  "6h": 6 * hour,
  "8h": 8 * hour,
  "12h": 12 * hour,
  "1d": day,
  "3d": 3 * day
}

/** Length of an interval in milliseconds. */
export const toMillis = (interval: FrameInterval): number => lengths[interval]

/** The candle interval of exactly this length in milliseconds, if there is one. */
export const fromMillis = (millis: number): CandleInterval | undefined =>
  candleIntervals.find((interval) => lengths[interval] === millis)
