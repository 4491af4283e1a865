import type { Columns } from "../model/candle.js"
import { append, make, push } from "./columns.js"

/** A hole in checked candles: the open times `[from, to)` are missing. */
export interface Gap {
  /** First missing open time. */
  readonly from: number
  /** Open time of the first candle after the hole. */
  readonly to: number
  /** Number of missing candles. */
  readonly missing: number
  /** Index of the first candle after the hole. */
  readonly index: number
}

/** Candles missing before the candle at `index`, which comes more than `interval` ms after the one before it. */
const missingBefore = (timestamp: Float64Array, index: number, interval: number): number =>
  Math.round((timestamp[index] - timestamp[index - 1]) / interval) - 1

/** Index of the next candle in `[index, to)` that comes more than `interval` ms after the one before it, or `to`. */
const next = (timestamp: Float64Array, interval: number, index: number, to: number): number => {
  let i = Math.max(1, index)
  while (i < to && !(timestamp[i] - timestamp[i - 1] > interval)) i++
  return Math.min(i, to)
}

const gapAt = (timestamp: Float64Array, interval: number, index: number): Gap => ({
  from: timestamp[index - 1] + interval,
  to: timestamp[index],
  missing: missingBefore(timestamp, index, interval),
  index
})

/** Gaps between the candles `[from, to)` (indices), and the number of candles missing in them. */
export const count = (
  columns: Columns,
  interval: number,
  from = 0,
  to = columns.length
): { readonly gaps: number; readonly missing: number } => {
  const { timestamp } = columns
  let gaps = 0
  let missing = 0
  for (let i = next(timestamp, interval, from + 1, to); i < to; i = next(timestamp, interval, i + 1, to)) {
    const absent = missingBefore(timestamp, i, interval)
    if (absent > 0) gaps++
    missing += absent
  }
  return { gaps, missing }
}

/** The first `limit` gaps, oldest first. */
export const list = (columns: Columns, interval: number, limit = Number.POSITIVE_INFINITY): ReadonlyArray<Gap> => {
  const gaps: Array<Gap> = []
  let gap = first(columns, interval)
  while (gap !== undefined && gaps.length < limit) {
    gaps.push(gap)
    gap = first(columns, interval, gap.index)
  }
  return gaps
}

/** The first gap between the candles `[from, to)` (indices). */
export const first = (columns: Columns, interval: number, from = 0, to = columns.length): Gap | undefined => {
  const { timestamp } = columns
  let i = next(timestamp, interval, from + 1, to)
  while (i < to && missingBefore(timestamp, i, interval) === 0) i = next(timestamp, interval, i + 1, to)
  return i < to ? gapAt(timestamp, interval, i) : undefined
}

/**
 * The candles with every hole filled by flat candles at the last close, zero volume; the same object when there is no
 * hole. Needs memory for all of them: look at `count` first where a hole may be absurdly wide.
 */
export const fill = (columns: Columns, interval: number): Columns => {
  const { missing } = count(columns, interval)
  if (missing === 0) return columns
  const filled = make(columns.length + missing)
  let from = 0
  for (let gap = first(columns, interval); gap !== undefined; gap = first(columns, interval, from)) {
    append(filled, columns, from, gap.index)
    const close = columns.close[gap.index - 1]
    for (let k = 0; k < gap.missing; k++) push(filled, gap.from + k * interval, close, close, close, close, 0)
    from = gap.index
  }
  append(filled, columns, from)
  return filled
}

/** The smallest distance between two candles, ms; NaN for fewer than two. */
export const smallestInterval = ({ length, timestamp }: Columns): number => {
  let smallest = Number.NaN
  for (let i = 1; i < length; i++) {
    const distance = timestamp[i] - timestamp[i - 1]
    if (distance > 0 && !(distance >= smallest)) smallest = distance
  }
  return smallest
}
