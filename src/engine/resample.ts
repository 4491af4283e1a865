import type { Columns } from "../model/candle.js"
import { append, type GrowingColumns, indexAtOrAfter, make, push } from "./columns.js"

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
  // the candle of a period that may not be over yet
  const pending = make(1)
  let done = 0

  const extend = (base: Columns, to: number) => {
    const start = done === 0 ? firstWhole(base, millis) : done
    // `done` stays 0 while nothing but the data's torn first period was seen
    if (to <= done || start >= to) return
    const { close, high, low, open, timestamp, volume } = base
    let i = start
    while (i < to) {
      const going = pending.length > 0 && timestamp[i] < pending.timestamp[0] + millis
      if (!going) flush(pending, columns)
      const period = going ? pending.timestamp[0] : Math.floor(timestamp[i] / millis) * millis
      const end = period + millis
      const first = going ? pending.open[0] : open[i]
      let highest = going ? pending.high[0] : high[i]
      let lowest = going ? pending.low[0] : low[i]
      let traded = going ? pending.volume[0] : 0
      for (; i < to && timestamp[i] < end; i++) {
        if (high[i] > highest) highest = high[i]
        if (low[i] < lowest) lowest = low[i]
        traded += volume[i]
      }
      const over = timestamp[i - 1] + baseMillis >= end
      pending.length = 0
      push(over ? columns : pending, period, first, highest, lowest, close[i - 1], traded)
    }
    done = to
  }

  return { columns, extend }
}

/** The pending candle turned out to be over. */
const flush = (pending: GrowingColumns, columns: GrowingColumns): void => {
  append(columns, pending)
  pending.length = 0
}

/** Index of the first candle whose period began within the data. */
const firstWhole = (base: Columns, millis: number): number =>
  base.length === 0 ? 0 : indexAtOrAfter(base, Math.ceil(base.timestamp[0] / millis) * millis)

/** Whole columns at once. */
export const resample = (base: Columns, baseMillis: number, millis: number): Columns => {
  const resampling = resampler(baseMillis, millis)
  resampling.extend(base, base.length)
  return resampling.columns
}
