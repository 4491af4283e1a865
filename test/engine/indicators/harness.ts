import * as FastCheck from "effect/FastCheck"
import * as Columns from "../../../src/engine/columns.js"
import { Line } from "../../../src/engine/indicators/line.js"
import type { Indicator } from "../../../src/Indicator.js"
import type { Candle, Columns as Candles } from "../../../src/model/candle.js"

const minute = 60_000

/** One candle per row of `[open, high, low, close, volume]`. */
export const rows = (...table: ReadonlyArray<readonly [number, number, number, number, number]>): Candles =>
  Columns.fromCandles(
    table.map(([open, high, low, close, volume], i) => ({ timestamp: i * minute, open, high, low, close, volume }))
  )

/** Candles whose four prices are the given one, volume 1. */
export const flat = (...prices: ReadonlyArray<number>): Candles =>
  rows(...prices.map((price) => [price, price, price, price, 1] as const))

/** Candles of the given high, low and close that open at the close. */
export const ranges = (...table: ReadonlyArray<readonly [high: number, low: number, close: number]>): Candles =>
  rows(...table.map(([high, low, close]) => [close, high, low, close, 1] as const))

/** The lines of a handle, by name; a lone line is called `line`. */
export const linesOf = (handle: object): ReadonlyArray<readonly [string, Line]> =>
  handle instanceof Line
    ? [["line", handle]]
    : Object.entries(handle).filter((entry): entry is [string, Line] => entry[1] instanceof Line)

/** Every line's value at every candle, the candles given in chunks that end at `stops` and then at the end. */
export const table = (
  indicator: Indicator<object>,
  candles: Candles,
  stops: ReadonlyArray<number> = []
): Readonly<Record<string, ReadonlyArray<number>>> => {
  const cursor = { index: -1 }
  const { feed, handle } = indicator.start(cursor)
  for (const stop of [...stops, candles.length]) feed.extend(candles, stop)
  return Object.fromEntries(
    linesOf(handle).map(([name, line]) => [
      name,
      Array.from({ length: candles.length }, (_, index) => {
        cursor.index = index
        return line.value
      })
    ])
  )
}

/** The values of an indicator of one line. */
export const values = (indicator: Indicator<Line>, candles: Candles): ReadonlyArray<number> =>
  table(indicator, candles).line ?? []

/** Valid candles of few prices and volumes, so that ties, flat stretches and candles without trades are common. */
export const candles = (size: { readonly minLength?: number; readonly maxLength: number }) =>
  FastCheck.array(candle, size).map((list) =>
    Columns.fromCandles(list.map((one, i): Candle => ({ ...one, timestamp: i * minute })))
  )

const price = FastCheck.oneof(
  FastCheck.integer({ min: 1, max: 6 }),
  FastCheck.double({ min: 0.5, max: 8, noNaN: true }),
  FastCheck.constantFrom(0.1, 0.3, 2.7)
)

const candle = FastCheck.record({
  prices: FastCheck.tuple(price, price, price, price),
  volume: FastCheck.oneof(FastCheck.constant(0), FastCheck.double({ min: 0, max: 1000, noNaN: true }))
}).map(({ prices: [open, close, a, b], volume }) => ({
  open,
  close,
  high: Math.max(open, close, a, b),
  low: Math.min(open, close, a, b),
  volume
}))
