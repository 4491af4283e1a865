import type { Candle, Columns } from "../model/candle.js"

/** Columns that can grow: appended to by one owner, read by anyone up to `length`. */
export interface GrowingColumns extends Columns {
  length: number
  timestamp: Float64Array
  open: Float64Array
  high: Float64Array
  low: Float64Array
  close: Float64Array
  volume: Float64Array
}

/** Empty columns with room for `capacity` candles. */
export const make = (capacity = 0): GrowingColumns => ({
  length: 0,
  timestamp: new Float64Array(capacity),
  open: new Float64Array(capacity),
  high: new Float64Array(capacity),
  low: new Float64Array(capacity),
  close: new Float64Array(capacity),
  volume: new Float64Array(capacity)
})

/** A copy of `values` with room for `capacity` entries. */
export const grown = (values: Float64Array, capacity: number): Float64Array => {
  const next = new Float64Array(capacity)
  next.set(values.length > capacity ? values.subarray(0, capacity) : values)
  return next
}

/** Makes room for at least `capacity` candles; doubling keeps appends amortised constant. */
export const reserve = (columns: GrowingColumns, capacity: number): void => {
  const current = columns.timestamp.length
  if (capacity <= current) return
  resize(columns, Math.max(capacity, current * 2, 1024))
}

const resize = (columns: GrowingColumns, capacity: number): void => {
  columns.timestamp = grown(columns.timestamp, capacity)
  columns.open = grown(columns.open, capacity)
  columns.high = grown(columns.high, capacity)
  columns.low = grown(columns.low, capacity)
  columns.close = grown(columns.close, capacity)
  columns.volume = grown(columns.volume, capacity)
}

/** Gives back the room that was reserved and not used. */
export const trim = (columns: GrowingColumns): void => resize(columns, columns.length)

/** Appends one candle given as numbers. */
export const push = (
  columns: GrowingColumns,
  timestamp: number,
  open: number,
  high: number,
  low: number,
  close: number,
  volume: number
): void => {
  const i = columns.length
  if (i === columns.timestamp.length) reserve(columns, i + 1)
  columns.timestamp[i] = timestamp
  columns.open[i] = open
  columns.high[i] = high
  columns.low[i] = low
  columns.close[i] = close
  columns.volume[i] = volume
  columns.length = i + 1
}

/** Appends `source[from, to)`. */
export const append = (columns: GrowingColumns, source: Columns, from = 0, to = source.length): void => {
  if (to <= from) return
  const at = columns.length
  reserve(columns, at + to - from)
  columns.timestamp.set(source.timestamp.subarray(from, to), at)
  columns.open.set(source.open.subarray(from, to), at)
  columns.high.set(source.high.subarray(from, to), at)
  columns.low.set(source.low.subarray(from, to), at)
  columns.close.set(source.close.subarray(from, to), at)
  columns.volume.set(source.volume.subarray(from, to), at)
  columns.length = at + to - from
}

/** `columns[from, to)` sharing the same memory. */
export const slice = (columns: Columns, from: number, to: number): Columns => ({
  length: Math.max(0, to - from),
  timestamp: columns.timestamp.subarray(from, to),
  open: columns.open.subarray(from, to),
  high: columns.high.subarray(from, to),
  low: columns.low.subarray(from, to),
  close: columns.close.subarray(from, to),
  volume: columns.volume.subarray(from, to)
})

/** Candle values into columns. */
export const fromCandles = (candles: Iterable<Candle>): Columns => {
  const columns = make()
  for (const c of candles) push(columns, c.timestamp, c.open, c.high, c.low, c.close, c.volume)
  trim(columns)
  return columns
}

/** The candle at `index` as a value. */
export const at = (columns: Columns, index: number): Candle | undefined =>
  index < 0 || index >= columns.length
    ? undefined
    : {
        timestamp: columns.timestamp[index],
        open: columns.open[index],
        high: columns.high[index],
        low: columns.low[index],
        close: columns.close[index],
        volume: columns.volume[index]
      }

/** Columns into candle values; for tests and small amounts. */
export const toCandles = (columns: Columns): ReadonlyArray<Candle> =>
  Array.from({ length: columns.length }, (_, i) => at(columns, i)).filter((c) => c !== undefined)

/** Index of the first candle that opens at or after `timestamp` (binary search); `length` when there is none. */
export const indexAtOrAfter = (columns: Columns, timestamp: number): number => {
  let low = 0
  let high = columns.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (columns.timestamp[middle] < timestamp) low = middle + 1
    else high = middle
  }
  return low
}
