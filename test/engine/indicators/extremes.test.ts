import { describe, expect, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import * as Indicator from "../../../src/Indicator.js"
import { candles, flat, ranges, table, values } from "./harness.js"

describe("highest and lowest", () => {
  const market = flat(5, 3, 4, 4, 1, 2, 6, 2)

  it("follow the window", () => {
    expect(values(Indicator.highest(3), market)).toEqual([NaN, NaN, 5, 4, 4, 4, 6, 6])
    expect(values(Indicator.lowest(3), market)).toEqual([NaN, NaN, 3, 3, 1, 1, 1, 2])
    expect(values(Indicator.highest(1), market)).toEqual([5, 3, 4, 4, 1, 2, 6, 2])
    expect(values(Indicator.lowest(9), market).every(Number.isNaN)).toBe(true)
  })

  it("read highs and lows unless told otherwise", () => {
    const candle = ranges([9, 2, 6], [8, 1, 5])
    expect(values(Indicator.highest(2), candle)).toEqual([NaN, 9])
    expect(values(Indicator.lowest(2), candle)).toEqual([NaN, 1])
    expect(values(Indicator.highest(2, { source: "close" }), candle)).toEqual([NaN, 6])
    expect(values(Indicator.lowest(2, { source: "close" }), candle)).toEqual([NaN, 5])
  })

  it("agree with a search of each window", () => {
    const property = FastCheck.property(
      candles({ maxLength: 60 }),
      FastCheck.integer({ min: 1, max: 12 }),
      (market, n) => {
        const windows = Array.from({ length: market.length }, (_, i) => [Math.max(0, i - n + 1), i + 1] as const)
        expect(values(Indicator.highest(n), market)).toEqual(
          windows.map(([from, to]) => (to < n ? NaN : Math.max(...market.high.subarray(from, to))))
        )
        expect(values(Indicator.lowest(n), market)).toEqual(
          windows.map(([from, to]) => (to < n ? NaN : Math.min(...market.low.subarray(from, to))))
        )
      }
    )
    FastCheck.assert(property)
  })
})

describe("donchian", () => {
  it("is the highest high, the lowest low and the middle between", () => {
    const market = ranges([12, 10, 11], [14, 11, 14], [13, 9, 10], [12, 11, 12])
    expect(table(Indicator.donchian(2), market)).toEqual({
      upper: [NaN, 14, 14, 13],
      middle: [NaN, 12, 11.5, 11],
      lower: [NaN, 10, 9, 9]
    })
  })
})
