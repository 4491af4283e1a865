import { describe, expect, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import * as Indicator from "../../../src/Indicator.js"
import { candles, flat, table, values } from "./harness.js"

const prices = flat(2, 4, 6, 8, 7, 3, 5)

describe("sma", () => {
  it("is the mean of the last period closes", () => {
    // (2+4+6)/3, (4+6+8)/3, (6+8+7)/3, (8+7+3)/3, (7+3+5)/3
    expect(values(Indicator.sma(3), prices)).toEqual([NaN, NaN, 4, 6, 7, 6, 5])
    expect(values(Indicator.sma(1), prices)).toEqual([2, 4, 6, 8, 7, 3, 5])
    expect(values(Indicator.sma(8), prices)).toEqual([NaN, NaN, NaN, NaN, NaN, NaN, NaN])
  })

  it("leaves no trace of what left the window", () => {
    const spiked = flat(0.1, 1e15, 0.3, 7e9, 0.1, 0.1, 0.1, 0.2)
    expect(values(Indicator.sma(3), spiked).slice(6)).toEqual([0.1, 0.4 / 3])
  })

  it("is exactly the price in a flat market, whatever came before", () => {
    const property = FastCheck.property(
      FastCheck.array(FastCheck.double({ min: 1e-6, max: 1e6, noNaN: true }), { maxLength: 200 }),
      FastCheck.double({ min: 1e-6, max: 1e6, noNaN: true }),
      FastCheck.integer({ min: 1, max: 60 }),
      (before, price, period) => {
        const market = flat(...before, ...Array.from({ length: period }, () => price))
        expect(values(Indicator.sma(period), market).at(-1)).toBe(price)
        expect(values(Indicator.wma(period), market).at(-1)).toBe(price)
      }
    )
    FastCheck.assert(property)
  })
})

describe("ema", () => {
  it("starts as the mean of the first period closes and moves by 2/(period + 1)", () => {
    // rate 1/2: (2+4+6)/3 = 4; 4 + (8−4)/2 = 6; 6 + (7−6)/2; 6.5 + (3−6.5)/2; 4.75 + (5−4.75)/2
    expect(values(Indicator.ema(3), prices)).toEqual([NaN, NaN, 4, 6, 6.5, 4.75, 4.875])
    expect(values(Indicator.ema(1), prices)).toEqual([2, 4, 6, 8, 7, 3, 5])
  })

  it("is exactly the price in a market that was always flat", () => {
    expect(values(Indicator.ema(3), flat(0.1, 0.1, 0.1, 0.1, 0.1))).toEqual([NaN, NaN, 0.1, 0.1, 0.1])
  })
})

describe("wma", () => {
  it("weighs the newest close most", () => {
    // (1·2+2·4+3·6)/6, (1·4+2·6+3·8)/6, (1·6+2·8+3·7)/6, (1·8+2·7+3·3)/6, (1·7+2·3+3·5)/6
    expect(values(Indicator.wma(3), prices)).toEqual([NaN, NaN, 28 / 6, 40 / 6, 43 / 6, 31 / 6, 28 / 6])
    expect(values(Indicator.wma(1), prices)).toEqual([2, 4, 6, 8, 7, 3, 5])
  })

  it("leaves no trace of what left the window", () => {
    // (1·0.25 + 2·0.25 + 3·0.75)/6
    const spiked = flat(0.1, 1e15, 0.3, 7e9, 0.25, 0.25, 0.25, 0.75)
    expect(values(Indicator.wma(3), spiked).slice(6)).toEqual([0.25, 0.5])
  })
})

describe("sma and wma", () => {
  it("agree with sums taken anew for each window", () => {
    const property = FastCheck.property(
      candles({ maxLength: 60 }),
      FastCheck.integer({ min: 1, max: 12 }),
      (market, n) => {
        const sma = values(Indicator.sma(n), market)
        const wma = values(Indicator.wma(n), market)
        for (let i = n - 1; i < market.length; i++) {
          const window = [...market.close.subarray(i - n + 1, i + 1)]
          const plain = window.reduce((sum, x) => sum + x, 0) / n
          const weighted = window.reduce((sum, x, j) => sum + x * (j + 1), 0) / ((n * (n + 1)) / 2)
          expect(Math.abs((sma[i] ?? NaN) - plain)).toBeLessThan(1e-13)
          expect(Math.abs((wma[i] ?? NaN) - weighted)).toBeLessThan(1e-13)
        }
      }
    )
    FastCheck.assert(property)
  })
})

describe("macd", () => {
  /*
   * macd(2, 3, 2) of 2 4 6 8 7 3 5, in fractions.
   * EMA(2), rate 2/3, from (2+4)/2:      –  3  5  7  7     13/3   43/9
   * EMA(3), rate 1/2, from (2+4+6)/3:    –  –  4  6  13/2  19/4   39/8
   * macd = their difference:             –  –  1  1  1/2   −5/12  −7/72
   * signal, rate 2/3, from (1+1)/2:      –  –  –  1  2/3   −1/18  −1/12
   * histogram = macd − signal:           –  –  –  0  −1/6  −13/36 −1/72
   */
  it("is the difference of two EMAs, with an EMA of its own", () => {
    const { histogram, macd, signal } = table(Indicator.macd(2, 3, 2), prices)
    const near = (expected: ReadonlyArray<number>) =>
      expected.map((x) => (Number.isNaN(x) ? NaN : expect.closeTo(x, 12)))
    expect(macd).toEqual(near([NaN, NaN, 1, 1, 1 / 2, -5 / 12, -7 / 72]))
    expect(signal).toEqual(near([NaN, NaN, NaN, 1, 2 / 3, -1 / 18, -1 / 12]))
    expect(histogram).toEqual(near([NaN, NaN, NaN, 0, -1 / 6, -13 / 36, -1 / 72]))
  })

  it("changes sign when fast and slow change places", () => {
    const { macd } = table(Indicator.macd(3, 2, 2), prices)
    expect(macd?.slice(0, 5)).toEqual([NaN, NaN, -1, -1, -0.5])
  })
})

describe("source", () => {
  // open 4, high 9, low 2, close 6: hl2 11/2, hlc3 17/3, ohlc4 21/4
  it.each([
    ["open", 4],
    ["high", 9],
    ["low", 2],
    ["close", 6],
    ["hl2", 5.5],
    ["hlc3", 17 / 3],
    ["ohlc4", 5.25]
  ] as const)("%s is read as %d", (source, expected) => {
    const market = flat(1, 1, 1)
    market.open[1] = 4
    market.high[1] = 9
    market.low[1] = 2
    market.close[1] = 6
    expect(values(Indicator.sma(1, { source }), market)).toEqual([1, expect.closeTo(expected, 14), 1])
  })

  it("of a flat candle is its price exactly", () => {
    for (const source of ["hl2", "hlc3", "ohlc4"] as const) {
      for (const price of [0.1, 0.7, 3.17e-5, 60123.45]) {
        expect(values(Indicator.sma(1, { source }), flat(price))).toEqual([price])
      }
    }
  })
})
