import { type CandleInterval, day, minute } from "../../model/interval.js"
import { advance, type Factor, factorOf, share, steps } from "./factor.js"
import { byte, type Key, keyOf, unit, word } from "./random.js"

/** What a made-up market looks like. The same options give the same candles, bit for bit, on every machine. */
export interface SyntheticOptions {
  /** Every symbol of one seed shares one market factor; other seeds are other worlds. */
  readonly seed: number | string
  /** Symbols of one seed differ, and move partly together. Default `SYNTH`. */
  readonly symbol?: string | undefined
  readonly interval: CandleInterval
  /** Open time of the first candle, epoch milliseconds; moved up to the interval's grid. */
  readonly start: number
  /** Number of candles. A longer market begins with the shorter one. */
  readonly count: number
  /** Price at the start, above 0; the tick is its sixth significant digit. Default 100. */
  readonly price?: number | undefined
  /** Annual volatility to aim at, % (a single year strays around it, as years do), at most 1000. Default 60. */
  readonly volatility?: number | undefined
}

/** One symbol and its present minute. */
export interface Market {
  readonly common: Factor
  readonly own: Factor
  readonly key: Key
  /** Standard deviation of a minute's return, and the price the market comes back to over years. */
  readonly deviation: number
  readonly anchor: number
  /** Ticks per unit of price, lots per unit of volume, and the volume of a usual minute. */
  readonly ticks: number
  readonly lots: number
  readonly usual: number
  /** Volatility by minute of the day. */
  readonly day: Float64Array
  /** Minutes since the start; minute of the day; weekday, 0 is Thursday as the epoch was. */
  index: number
  minuteOfDay: number
  weekday: number
  /** The exact price, between ticks. */
  price: number
  open: number
  high: number
  low: number
  close: number
  volume: number
}

/** Money that changes hands in a usual minute, in quote currency. */
const turnover = 1_000_000

const minutesPerYear = 525_600

export const marketOf = (options: SyntheticOptions, first: number): Market => {
  const price = positive(options.price, 100)
  const ticks = sixDigits(price)
  const usual = turnover / price
  const seed = String(options.seed)
  const symbol = options.symbol ?? "SYNTH"
  const days = Math.floor(first / day)
  return {
    common: factorOf(keyOf("common", seed)),
    own: factorOf(keyOf("own", seed, symbol)),
    key: keyOf("candle", seed, symbol),
    deviation: Math.min(positive(options.volatility, 60), 1000) / 100 / Math.sqrt(minutesPerYear),
    anchor: price,
    ticks,
    lots: sixDigits(usual),
    usual,
    day: dayShape(),
    index: 0,
    minuteOfDay: (first - days * day) / minute,
    weekday: ((days % 7) + 7) % 7,
    price,
    open: 0,
    high: 0,
    low: 0,
    close: Math.max(1, Math.round(price * ticks)) / ticks,
    volume: 0
  }
}

const positive = (value: number | undefined, otherwise: number): number =>
  value !== undefined && value > 0 && Number.isFinite(value) ? value : otherwise

/** The power of ten that makes `value` a number of six digits, 1 where it has as many already. */
const sixDigits = (value: number): number => {
  let power = 1
  while (value * power < 100_000 && power < 1e15) power *= 10
  return power
}

/**
 * Volatility by minute of a weekday (UTC), mean square 1 over the week: quiet in the early morning, a first rise when
 * Europe opens, the highest one when America does.
 */
const dayShape = (): Float64Array => {
  const shape = new Float64Array(1440)
  let squares = 0
  for (let m = 0; m < 1440; m++) {
    const value = 0.75 + 0.3 * bump(m, 30, 60) + 0.3 * bump(m, 480, 90) + 0.85 * bump(m, 900, 150)
    shape[m] = value
    squares += value * value
  }
  const root = Math.sqrt(((squares / 1440) * (5 + 2 * weekend * weekend)) / 7)
  for (let m = 0; m < 1440; m++) shape[m] /= root
  return shape
}

/** 1 at `centre`, half `width` minutes away from it, round the clock. */
const bump = (at: number, centre: number, width: number): number => {
  const distance = Math.abs(at - centre)
  const away = Math.min(distance, 1440 - distance) / width
  return 1 / (1 + away * away)
}

/** Loadings of a symbol on the common factor and on its own: two symbols correlate at 0.8². Their squares add up to 1. */
const common = 0.8
const own = 0.6

/** Weekends are calmer. */
const weekend = 0.7

/** Pull towards the anchor per step: at twice the anchor's price it adds up to a third a year, on average. */
const anchorPull = 1 / minutesPerYear / steps

/**
 * How far the path between two steps goes beyond both, at most, in deviations of a step. The fifth power of a uniform
 * number of it is taken: mostly next to nothing, so that many candles have no wick on a side, as in real markets.
 */
const overshoot = 2.5

const fifthPower = (x: number): number => x * x * x * x * x

/** Of 256 minutes, those that do not open at the last close. */
const jumps = 24

export const nextMinute = (market: Market): void => {
  const { anchor, index, key, ticks } = market
  advance(market.common, index)
  advance(market.own, index)
  const season = market.day[market.minuteOfDay] * (market.weekday === 2 || market.weekday === 3 ? weekend : 1)
  const deviation = market.deviation * season
  const bits = word(key, index * 2)
  const opening = (bits & 255) < jumps ? 0.5 * deviation * (byte(bits, 8) - 0.5) : 0
  const start = market.price * growth(opening)
  const drift = (anchorPull * (anchor - start)) / (anchor + start)
  let price = start
  let high = start
  let low = start
  let squares = 0
  for (let k = 0; k < steps; k++) {
    const move = deviation * (common * market.common.moves[k] + own * market.own.moves[k])
    price *= growth(drift + move)
    squares += move * move
    if (price > high) high = price
    if (price < low) low = price
  }
  const step = overshoot * Math.sqrt(squares * share) * start
  const above = fifthPower(byte(bits, 16))
  const below = fifthPower(byte(bits, 24))
  const open = opening === 0 ? market.close : onTick(start, ticks)
  const close = onTick(price, ticks)
  market.price = price
  market.open = open
  market.close = close
  market.high = Math.max(open, close, onTick(high + step * above, ticks))
  market.low = Math.min(open, close, onTick(low - step * below, ticks))
  market.volume = volumeOf(market, (high - low) / (start * market.deviation), word(key, index * 2 + 1))
  market.index = index + 1
  market.minuteOfDay += 1
  if (market.minuteOfDay === 1440) {
    market.minuteOfDay = 0
    market.weekday = (market.weekday + 1) % 7
  }
}

/** e^r to the second order: never below ½, so a price stays above 0. */
const growth = (r: number): number => 1 + r + 0.5 * r * r

const onTick = (price: number, ticks: number): number => Math.max(1, Math.round(price * ticks)) / ticks

/** Volume follows the minute's range (in usual deviations), which carries the season too, with noise of its own. */
const volumeOf = (market: Market, range: number, bits: number): number => {
  const noise = 0.45 / (unit(bits) + 0.2)
  const volume = market.usual * (0.2 + 0.55 * range) * noise
  return Math.max(1, Math.round(volume * market.lots)) / market.lots
}
