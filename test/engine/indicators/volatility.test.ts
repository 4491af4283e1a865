import { describe, expect, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import * as Indicator from "../../../src/Indicator.js"
import { candles, flat, ranges, table, values } from "./harness.js"

describe("atr", () => {
  /*
   * period 3; a true range reaches back to the previous close where that lies outside the candle:
   * high         12  13  13  16  15  14  17
   * low          10  11   9  13  12  11  15
   * close        11  12  10  15  13  12  16
   * true range    2   2   4   6   3   3   5     (6 = 16 − 10, 5 = 17 − 12)
   * atr                  8/3 34/9 95/27 271/81 947/243   (a·2/3 + range/3)
   */
  it("is Wilder's average of true ranges", () => {
    const market = ranges(
      [12, 10, 11],
      [13, 11, 12],
      [13, 9, 10],
      [16, 13, 15],
      [15, 12, 13],
      [14, 11, 12],
      [17, 15, 16]
    )
    expect(values(Indicator.atr(3), market)).toEqual([
      NaN,
      NaN,
      ...[8 / 3, 34 / 9, 95 / 27, 271 / 81, 947 / 243].map((x) => expect.closeTo(x, 12))
    ])
    expect(values(Indicator.atr(1), market)).toEqual([2, 2, 4, 6, 3, 3, 5])
  })

  it("counts a gap down from the previous close", () => {
    expect(values(Indicator.atr(1), ranges([12, 10, 11], [8, 7, 8]))).toEqual([2, 4])
  })
})

describe("bollinger", () => {
  // 2 4 4 4 5 5 7 9: mean 5, squares 9+1+1+1+0+0+4+16 = 32, √(32/8) = 2. Then 2 leaves and 10 comes: mean 6,
  // squares 4+4+4+1+1+1+9+16 = 40, √5 = 2.23606797749979
  it("is the mean and population deviations to either side", () => {
    const market = flat(2, 4, 4, 4, 5, 5, 7, 9, 10)
    const { lower, middle, upper } = table(Indicator.bollinger(8), market)
    expect(middle?.slice(6)).toEqual([NaN, 5, 6])
    expect(upper?.slice(6)).toEqual([NaN, 9, expect.closeTo(10.47213595499958, 13)])
    expect(lower?.slice(6)).toEqual([NaN, 1, expect.closeTo(1.52786404500042, 13)])
    const wide = table(Indicator.bollinger(8, 0.5), market)
    expect([wide.upper?.[7], wide.lower?.[7]]).toEqual([6, 4])
  })

  it("is its middle exactly where price stood still, whatever came before", () => {
    const property = FastCheck.property(
      FastCheck.array(FastCheck.double({ min: 1e-6, max: 1e6, noNaN: true }), { maxLength: 100 }),
      FastCheck.double({ min: 1e-6, max: 1e6, noNaN: true }),
      FastCheck.integer({ min: 1, max: 30 }),
      (before, price, period) => {
        const market = flat(...before, ...Array.from({ length: period }, () => price))
        const { lower, middle, upper } = table(Indicator.bollinger(period), market)
        expect([lower?.at(-1), middle?.at(-1), upper?.at(-1)]).toEqual([price, price, price])
      }
    )
    FastCheck.assert(property)
  })

  // two prices in turn, `apart` from each other: half of it is the deviation of any even window
  it.each([
    [60_000, 0.01, 1e-8],
    [3e-5, 1e-9, 1e-8],
    [3e-5, 1e-5, 1e-12],
    [1, 1e-6, 1e-8]
  ])("keeps its digits near %d with steps of %d, also after a spike", (price, apart, tolerance) => {
    const steps = Array.from({ length: 101 }, (_, i) => price + (i % 2) * apart)
    const { lower, upper } = table(Indicator.bollinger(20, 1), flat(...steps, price * 1000, ...steps))
    for (const i of [19, 20, 33, 100, 121, 122, 130, 202]) {
      const width = ((upper?.[i] ?? NaN) - (lower?.[i] ?? NaN)) / apart
      // the price itself has no more digits than this to give to its bands
      expect(Math.abs(width - 1)).toBeLessThan(tolerance + (8 * price * Number.EPSILON) / apart)
    }
  })

  it("agrees with two passes over each window", () => {
    const property = FastCheck.property(
      candles({ maxLength: 60 }),
      FastCheck.integer({ min: 1, max: 12 }),
      (market, n) => {
        const { upper, middle } = table(Indicator.bollinger(n, 1), market)
        for (let i = n - 1; i < market.length; i++) {
          const window = [...market.close.subarray(i - n + 1, i + 1)]
          const mean = window.reduce((sum, x) => sum + x, 0) / n
          const deviation = Math.sqrt(window.reduce((sum, x) => sum + (x - mean) ** 2, 0) / n)
          expect(Math.abs((upper?.[i] ?? NaN) - (middle?.[i] ?? NaN) - deviation)).toBeLessThan(1e-12)
        }
      }
    )
    FastCheck.assert(property)
  })
})
