import type { Columns } from "../../model/candle.js"
import * as Buffer from "./buffer.js"

/** Which price of a candle an indicator reads: hl2 = (high + low)/2, hlc3 and ohlc4 likewise the plain means. */
export type Source = "close" | "open" | "high" | "low" | "hl2" | "hlc3" | "ohlc4"

/** The prices of candles `[0, to)`, when those of `[0, from)` were read before. */
export type Reader = (columns: Columns, from: number, to: number) => Float64Array

/** (high + low + close)/3 of one candle, in a form that gives the price itself when the three are equal. */
export const hlc3 = (columns: Columns, i: number): number => {
  const close = columns.close[i]
  return close + (columns.high[i] - close + (columns.low[i] - close)) / 3
}

const hl2 = (columns: Columns, i: number): number => (columns.high[i] + columns.low[i]) / 2

const ohlc4 = (columns: Columns, i: number): number =>
  (columns.open[i] + columns.high[i] + (columns.low[i] + columns.close[i])) / 4

const derived = (price: (columns: Columns, i: number) => number): Reader => {
  const buffer = Buffer.make()
  return (columns, from, to) => {
    const values = Buffer.reserve(buffer, to)
    for (let i = from; i < to; i++) values[i] = price(columns, i)
    return values
  }
}

/** Reads one price of every candle: a column itself where there is one, else computed as the candles come. */
export const reader = (source: Source): Reader => readers[source]()

// a function for each, as one that looks the column up by name is several times slower when called candle by candle
const readers: Readonly<Record<Source, () => Reader>> = {
  close: () => (columns) => columns.close,
  open: () => (columns) => columns.open,
  high: () => (columns) => columns.high,
  low: () => (columns) => columns.low,
  hl2: () => derived(hl2),
  hlc3: () => derived(hlc3),
  ohlc4: () => derived(ohlc4)
}
