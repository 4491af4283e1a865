import { describe, expect, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import * as Indicator from "../../../src/Indicator.js"
import { candles, rows, values } from "./harness.js"

const traded = (...table: ReadonlyArray<readonly [close: number, volume: number]>) =>
  rows(...table.map(([close, volume]) => [close, close, close, close, volume] as const))

describe("obv", () => {
  it("adds the volume of rises and takes that of falls", () => {
    expect(values(Indicator.obv(), traded([10, 500], [11, 20], [11, 7], [9, 50], [10, 5]))).toEqual([
      0, 20, 20, -30, -25
    ])
  })

  it("does not lose small volumes beside a huge one that came and went", () => {
    const market = traded([10, 1], [11, 1e17], [12, 1], [11, 1e17], [12, 1])
    expect(values(Indicator.obv(), market).at(-1)).toBe(2)
  })
})

describe("vwap", () => {
  /*
   * (high + low + close)/3   11   12   10   13
   * volume                    1    3    0    2
   * vwap(2): (11·1 + 12·3)/4 = 47/4, (12·3 + 10·0)/3 = 12, (10·0 + 13·2)/2 = 13
   * vwap(3): (11 + 36 + 0)/4 = 47/4, (36 + 0 + 26)/5 = 62/5
   */
  it("weighs typical prices by volume", () => {
    const market = rows([11, 12, 10, 11, 1], [12, 14, 10, 12, 3], [10, 12, 9, 9, 0], [12, 15, 11, 13, 2])
    expect(values(Indicator.vwap(2), market)).toEqual([NaN, 11.75, 12, 13])
    expect(values(Indicator.vwap(3), market)).toEqual([NaN, NaN, 11.75, expect.closeTo(12.4, 14)])
    expect(values(Indicator.vwap(1), market)).toEqual([11, 12, 9, 13])
  })

  it("is the mean close where nothing was traded, however much was before", () => {
    const market = traded([10, 0], [20, 0], [30, 1e15], [40, 1e-6], [50, 0], [60, 0], [70, 0])
    expect(values(Indicator.vwap(2), market)).toEqual([NaN, 15, 30, expect.closeTo(30, 12), 40, 55, 65])
  })

  it("leaves no trace of a huge volume that left the window", () => {
    const market = traded([10, 1e15], [30, 1e15], [40, 1e-6], [50, 1e-6], [60, 3e-6])
    expect(values(Indicator.vwap(2), market).slice(3)).toEqual([45, expect.closeTo(57.5, 12)])
  })

  it("is exactly the price in a flat market", () => {
    const market = traded([0.1, 3], [0.1, 0.7], [0.1, 11], [0.1, 0], [0.1, 1e9], [0.1, 0.3])
    expect(values(Indicator.vwap(3), market)).toEqual([NaN, NaN, 0.1, 0.1, 0.1, 0.1])
  })

  it("agrees with sums taken anew for each window", () => {
    const property = FastCheck.property(
      candles({ maxLength: 60 }),
      FastCheck.integer({ min: 1, max: 12 }),
      (market, n) => {
        const vwap = values(Indicator.vwap(n), market)
        for (let i = n - 1; i < market.length; i++) {
          let [weighted, volume, closes] = [0, 0, 0]
          for (let j = i - n + 1; j <= i; j++) {
            weighted += ((market.high[j] + market.low[j] + market.close[j]) / 3) * market.volume[j]
            volume += market.volume[j]
            closes += market.close[j]
          }
          // volumes next to nothing have no digits left in the products
          if (volume > 0 && volume < 1e-300) continue
          expect(Math.abs((vwap[i] ?? NaN) - (volume > 0 ? weighted / volume : closes / n))).toBeLessThan(1e-12)
        }
      }
    )
    FastCheck.assert(property)
  })
})
