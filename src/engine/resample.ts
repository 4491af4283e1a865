import type { Columns } from "../model/candle.js"
import { type GrowingColumns, make, push } from "./columns.js"

/**
 * Higher-interval candles built from base candles as they come: open first, high max, low min, close last, volume
 * sum. A candle is added once its period is known to be over: a base candle closed exactly at its end, or one of a
 * later period exists. A period that began before the data is left out, an empty one too.
 */
export interface Resampler {
  readonly columns: GrowingColumns
  /** Takes base candles `[done, to)`. */
  readonly extend: (base: Columns, to: number) => void
}

export const resampler = (baseMillis: number, millis: number): Resampler => {
  const columns = make()
  let done = 0
  let period = Number.NaN
  let open = 0
  let high = 0
  let low = 0
  let close = 0
  let volume = 0

  const flush = () => {
    if (!Number.isNaN(period)) push(columns, period, open, high, low, close, volume)
    period = Number.NaN
  }

  /** Index of the first candle whose period began within the data. */
  const firstWhole = (base: Columns): number => {
    const first = base.timestamp[0]
    const start = Math.ceil(first / millis) * millis
    let i = 0
    while (i < base.length && base.timestamp[i] < start) i++
    return i
  }

  const extend = (base: Columns, to: number) => {
    if (to <= done) return
    let i = done
    if (done === 0) i = firstWhole(base)
    // `done` stays 0 while nothing but the data's torn first period was seen
    if (i >= to) return
    let end = period + millis
    for (; i < to; i++) {
      const timestamp = base.timestamp[i]
      if (!(timestamp < end)) {
        flush()
        period = Math.floor(timestamp / millis) * millis
        end = period + millis
        open = base.open[i]
        high = base.high[i]
        low = base.low[i]
        volume = 0
      } else {
        if (base.high[i] > high) high = base.high[i]
        if (base.low[i] < low) low = base.low[i]
      }
      close = base.close[i]
      volume += base.volume[i]
      if (timestamp + baseMillis >= end) {
        flush()
        end = Number.NaN
      }
    }
    done = to
  }

  return { columns, extend }
}

/** Whole columns at once. */
export const resample = (base: Columns, baseMillis: number, millis: number): Columns => {
  const resampling = resampler(baseMillis, millis)
  resampling.extend(base, base.length)
  return resampling.columns
}
