import type { Prices } from "../html/codec.js"

/** Candles merged into longer ones: what a screen can show of them. */

export interface Bucket {
  readonly at: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
}

const minute = 60_000
const lengths = [
  1, 3, 5, 15, 30, 60, 120, 240, 360, 480, 720, 1440, 2880, 4320, 10_080, 20_160, 40_320, 80_640, 161_280
].map((minutes) => minutes * minute)

/** The interval of candles: the least distance between two of the first thousand. */
export const intervalOf = ({ length, timestamp }: Prices): number => {
  let least = Number.POSITIVE_INFINITY
  for (let i = 1; i < Math.min(length, 1000); i++) least = Math.min(least, timestamp[i] - timestamp[i - 1])
  return Number.isFinite(least) && least > 0 ? least : minute
}

/** The shortest length of merged candles at which no more than `most` of them span `millis`. */
export const lengthFor = (interval: number, millis: number, most: number): number =>
  millis / interval <= most
    ? interval
    : (lengths.find((length) => length > interval && millis / length <= most) ??
      interval * Math.ceil(millis / interval / most))

/** Index of the first candle that opens at or after an instant. */
export const indexFrom = (times: ArrayLike<number>, length: number, instant: number): number => {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (times[middle] < instant) low = middle + 1
    else high = middle
  }
  return low
}

/** The candles that open in [from, to), merged to candles of `length`, aligned from the epoch. */
export const merge = (prices: Prices, from: number, to: number, length: number): ReadonlyArray<Bucket> => {
  const { close, high, low, open, timestamp } = prices
  const last = indexFrom(timestamp, prices.length, to)
  const buckets: Array<Bucket> = []
  let i = indexFrom(timestamp, prices.length, Math.floor(from / length) * length)
  while (i < last) {
    const at = Math.floor(timestamp[i] / length) * length
    const first = i
    let highest = high[i]
    let lowest = low[i]
    for (i++; i < prices.length && timestamp[i] < at + length; i++) {
      if (high[i] > highest) highest = high[i]
      if (low[i] < lowest) lowest = low[i]
    }
    buckets.push({ at, open: open[first], high: highest, low: lowest, close: close[i - 1] })
  }
  return buckets
}

/** "5m", "4h", "7d" of a length in milliseconds. */
export const lengthText = (millis: number): string => {
  if (millis % (1440 * minute) === 0) return `${millis / (1440 * minute)}d`
  if (millis % (60 * minute) === 0) return `${millis / (60 * minute)}h`
  return millis % minute === 0 ? `${millis / minute}m` : `${millis / 1000}s`
}
