import { describe, expect, it } from "@effect/vitest"
import * as Indicator from "../../../src/Indicator.js"
import { flat, ranges, table, values } from "./harness.js"

describe("rsi", () => {
  /*
   * The 20 closes that charting schools print with RSI(14). Changes 1 to 14: gains sum to 3.34, losses to 1.40, so the
   * first value is 100 · 3.34/4.74 = 70.4641…; then 46.00 is a loss of 0.28:
   * 100 · 3.34·13 / (3.34·13 + 1.40·13 + 0.28·14) = 100 · 43.42/65.54 = 66.2496…, and so on with exact fractions.
   */
  it("is Wilder's on the published closes", () => {
    const closes = flat(
      44.34,
      44.09,
      44.15,
      43.61,
      44.33,
      44.83,
      45.1,
      45.42,
      45.84,
      46.08,
      45.89,
      46.03,
      45.61,
      46.28,
      46.28,
      46.0,
      46.03,
      46.41,
      46.22,
      45.64
    )
    const rsi = values(Indicator.rsi(), closes)
    expect(rsi.slice(0, 14).every(Number.isNaN)).toBe(true)
    const expected = [
      70.46413502109705, 66.24961855355508, 66.48094183471267, 69.3468531629087, 66.29471265892626, 57.91502067008556
    ]
    expect(rsi.slice(14)).toEqual(expected.map((x) => expect.closeTo(x, 9)))
  })

  // changes +2 −1 0 +3 −4 at period 2: gain 1, 1/2, 7/4, 7/8 and loss 1/2, 1/4, 1/8, 33/16
  it("starts from the mean gain and loss of the first period changes", () => {
    expect(values(Indicator.rsi(2), flat(10, 12, 11, 11, 14, 10))).toEqual(
      [NaN, NaN, 200 / 3, 200 / 3, 280 / 3, 1400 / 47].map((x) => (Number.isNaN(x) ? NaN : expect.closeTo(x, 10)))
    )
  })

  it("is 100 when it only rose, 0 when it only fell, 50 when it never moved", () => {
    expect(values(Indicator.rsi(2), flat(1, 2, 3, 4))).toEqual([NaN, NaN, 100, 100])
    expect(values(Indicator.rsi(2), flat(4, 3, 2, 1))).toEqual([NaN, NaN, 0, 0])
    expect(values(Indicator.rsi(2), flat(4, 4, 4, 5))).toEqual([NaN, NaN, 50, 100])
  })
})

describe("stochastic", () => {
  /*
   * period 3, k over 2, d over 2:
   * high            12  14  13  16  15  13
   * low             10  11   9  12  12  11
   * close           11  14  10  15  12  11
   * highest of 3             14  16  16  16
   * lowest of 3               9   9   9  11
   * 100 · place              20  600/7  300/7  0
   * k                            370/7  450/7  150/7
   * d                                   410/7  300/7
   */
  const market = ranges([12, 10, 11], [14, 11, 14], [13, 9, 10], [16, 12, 15], [15, 12, 12], [13, 11, 11])

  it("is the close's place in the range, smoothed twice", () => {
    const { d, k } = table(Indicator.stochastic(3, 2, 2), market)
    expect(k).toEqual([NaN, NaN, NaN, ...[370 / 7, 450 / 7, 150 / 7].map((x) => expect.closeTo(x, 10))])
    expect(d).toEqual([NaN, NaN, NaN, NaN, ...[410 / 7, 300 / 7].map((x) => expect.closeTo(x, 10))])
  })

  it("is the fast form without smoothing", () => {
    const { k } = table(Indicator.stochastic(3, 1, 2), market)
    expect(k).toEqual([NaN, NaN, ...[20, 600 / 7, 300 / 7, 0].map((x) => expect.closeTo(x, 10))])
  })

  it("is 50 in a range without height", () => {
    expect(table(Indicator.stochastic(2, 1, 1), flat(7, 7, 7, 8))).toEqual({
      k: [NaN, 50, 50, 100],
      d: [NaN, 50, 50, 100]
    })
  })
})

describe("rateOfChange", () => {
  it("is the change over period candles in percent", () => {
    // 100·(6−4)/4, 100·(2−5)/5, 100·(6−6)/6
    expect(values(Indicator.rateOfChange(2), flat(4, 5, 6, 2, 6))).toEqual([NaN, NaN, 50, -60, 0])
  })
})
