import { describe, expect, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { inflateRawSync } from "node:zlib"
import { generate } from "../../../src/adapters/synthetic.js"
import { fromCandles } from "../../../src/engine/columns.js"
import type { Candle } from "../../../src/model/candle.js"
import { embed } from "../../../src/report/html/candles.js"
import { decode, encode } from "../../../src/report/html/codec.js"

const candle = (timestamp: number, open: number, high: number, low: number, close: number): Candle => ({
  timestamp,
  open,
  high,
  low,
  close,
  volume: 7
})

const roundTrip = (candles: ReadonlyArray<Candle>) => {
  const columns = fromCandles(candles)
  const { volume: _, ...prices } = columns
  const packed = encode(columns)
  expect(decode(packed)).toEqual(prices)
  return packed
}

describe("candles in bytes", () => {
  it("are written as differences of whole ticks", () => {
    const { bytes, decimals, whole } = roundTrip([candle(100, 1.5, 1.75, 1.25, 1.5), candle(160, 1.5, 2, 1.5, 2)])
    expect(decimals).toBe(2)
    expect(whole).toBe(true)
    // zigzag: n ≥ 0 is 2n, n < 0 is −2n − 1; from 128 on two bytes, the low seven bits first
    const times = [200, 1, 79] // 100 is 200 = 1·128 + 72, then 60 − 100 = −40
    const opens = [172, 2, 0] // 150 is 300 = 2·128 + 44, then 150 − 150
    const closes = [0, 100] // 0, 200 − 150
    const highs = [50, 100] // 175 − 150, 200 − 150
    const lows = [49, 0] // 125 − 150, 0
    expect([...bytes]).toEqual([...times, ...opens, ...closes, ...highs, ...lows])
  })

  it.each([
    ["quoted prices", [candle(0, 0.00002854, 0.00002861, 0.0000285, 0.0000286)], 8],
    ["whole prices", [candle(0, 46319, 46320, 46000, 46001)], 0],
    ["prices nobody quoted", [candle(0, 1 / 3, 0.5, 0.25, 0.3)], null],
    ["prices too great to count", [candle(0, 2 ** 51, 2 ** 52, 2 ** 51, 2 ** 51)], null],
    ["a price whose decimals come after a great one", [candle(0, 2 ** 49, 2 ** 49, 0.25, 2 ** 49)], null],
    ["a negative zero", [candle(0, -0, 1, 0, 1)], null],
    ["no candles", [], 0]
  ])("%s come back as they were", (_, candles, decimals) => {
    expect(roundTrip(candles).decimals).toBe(decimals)
  })

  it("keeps times that are not whole", () => {
    expect(roundTrip([candle(0.5, 1, 1, 1, 1), candle(Number.NaN, 1, 1, 1, 1)]).whole).toBe(false)
  })

  const number = FastCheck.oneof(
    FastCheck.double(),
    FastCheck.integer({ min: 0, max: 10_000_000 }).map((ticks) => ticks / 100),
    FastCheck.constantFrom(0, -0, 1e-12, 2 ** 53, Number.MAX_VALUE, Number.MIN_VALUE, Infinity, -Infinity, Number.NaN)
  )
  const ticks = FastCheck.integer({ min: 1, max: 100_000_000 })
  const time = FastCheck.oneof(FastCheck.integer({ min: -8.64e15, max: 8.64e15 }), FastCheck.double())
  const of = (price: FastCheck.Arbitrary<number>) =>
    FastCheck.array(FastCheck.tuple(time, price, price, price, price).map((numbers) => candle(...numbers)))

  it("any numbers come back bit for bit", () => {
    FastCheck.assert(
      FastCheck.property(of(number), (candles) => void roundTrip(candles)),
      { numRuns: 500 }
    )
  })

  it("prices of up to eight decimals are never written as floats", () => {
    const decimals = FastCheck.integer({ min: 0, max: 8 })
    const quoted = decimals.chain((places) => of(ticks.map((n) => n / 10 ** places)))
    FastCheck.assert(
      FastCheck.property(quoted, (candles) => {
        expect(roundTrip(candles).decimals).not.toBeNull()
      }),
      { numRuns: 300 }
    )
  })
})

describe("embedded candles", () => {
  const start = Date.UTC(2024, 0, 1)
  const columns = generate({ seed: 1, symbol: "X", interval: "1m", start, count: 5000 })

  it("are those of the span, packed into a few bytes each", () => {
    const { layout, text } = embed(columns, [start + 60_000, start + 4000 * 60_000])
    expect(layout.length).toBe(3999)
    const read = decode({ ...layout, bytes: inflateRawSync(Buffer.from(text, "base64")) })
    for (const field of ["timestamp", "open", "high", "low", "close"] as const) {
      expect(read[field]).toEqual(columns[field].slice(1, 4000))
    }
    expect(text.length / layout.length).toBeLessThan(8)
  })

  it("may be none", () => {
    expect(embed(columns, [0, 1]).layout.length).toBe(0)
  })
})
