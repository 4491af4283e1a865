import { type Key, normal, unit, word } from "./random.js"

/** Steps inside a minute, each one's share of it, and the words a factor has per minute. */
export const steps = 6
export const share = 1 / steps
const words = 16

const range = 0
const up = 1

/** A source of moves with a variance of about 1 per minute. Every symbol follows two: the common one and its own. */
export interface Factor {
  readonly key: Key
  /** 0 range, 1 trend up, 2 trend down. */
  regime: number
  /** Sum of all moves, and the slow mean a range swings around. */
  level: number
  mean: number
  /** Averages of the squared move over about 5 minutes, an hour and a day. */
  short: number
  middle: number
  long: number
  /** The steps of the present minute. */
  readonly moves: Float64Array
}

export const factorOf = (key: Key): Factor => ({
  key,
  regime: range,
  level: 0,
  mean: 0,
  short: 1,
  middle: 1,
  long: 1,
  moves: new Float64Array(steps)
})

/** Chance per minute that a regime ends: ranges last 20 hours on average, trends 12. */
const endOfRange = 0x1_0000_0000 / 1200
const endOfTrend = 0x1_0000_0000 / 720

/** Drift of a trend per minute: about one daily standard deviation a day. Pull of a range towards its mean. */
const trend = 0.022
const pull = 0.002

/** Falls are wilder than rises, and ranges calm: variance by regime. */
const regimeVariance = [0.45, 0.95, 2] as const

/**
 * Activity of a minute scales its variance and is heavy-tailed, which the moves then are too: 1/(u + e), u uniform,
 * divided by its mean ln((1 + e)/e).
 */
const activityFloor = 0.025
const activityScale = 1 / 3.713572066704308

/**
 * Squared moves feed the variance of later ones without the regime's own share, and none counts for more than ten
 * deviations: bursts fade out, whatever the draw.
 */
const squareLimit = 100

/** How fast the averages forget: the weight of the newest minute. */
const perShort = 1 / 5
const perMiddle = 1 / 60
const perLong = 1 / 1440
const perMean = 1 / 2000

export const advance = (factor: Factor, index: number): void => {
  const n = index * words
  const { key, moves } = factor
  const change = word(key, n)
  if (change >>> 0 < (factor.regime === range ? endOfRange : endOfTrend)) {
    factor.regime = (factor.regime + 1 + (word(key, n + 1) & 1)) % 3
  }
  const regime = factor.regime
  const drift = (regime === range ? pull * (factor.mean - factor.level) : regime === up ? trend : -trend) * share
  const clustered = 0.04 + 0.36 * factor.short + 0.36 * factor.middle + 0.24 * factor.long
  const activity = activityScale / (unit(word(key, n + 2)) + activityFloor)
  const variance = regimeVariance[regime]
  const deviation = Math.sqrt(clustered * activity * variance * share)
  let total = 0
  for (let k = 0; k < steps; k++) {
    const move = drift + deviation * normal(word(key, n + 3 + k))
    moves[k] = move
    total += move
  }
  factor.level += total
  factor.mean += (factor.level - factor.mean) * perMean
  const square = Math.min((total * total) / variance, squareLimit)
  factor.short += (square - factor.short) * perShort
  factor.middle += (square - factor.middle) * perMiddle
  factor.long += (square - factor.long) * perLong
}
