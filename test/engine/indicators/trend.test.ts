import { describe, expect, it } from "@effect/vitest"
import * as Indicator from "../../../src/Indicator.js"
import { flat, ranges, table } from "./harness.js"

describe("adx", () => {
  /*
   * period 2, with Wilder's running sums s·1/2 + x:
   * high               12  13  13  16   15    14    17
   * low                10  11   9  13   12    11    15
   * close              11  12  10  15   13    12    16
   * true range              2   4   6    3     3     5
   * up movement             1   0   3    0     0     3
   * down movement           0   2   0    1     1     0
   * Σ range                     6   9  15/2  27/4  67/8
   * Σ up                        1  7/2  7/4   7/8 55/16
   * Σ down                      2   1   3/2   7/4   7/8
   * +DI               50/3 350/9  70/3 350/27 2750/67
   * −DI              100/3 100/9    20 700/27  700/67
   * DX               100/3 500/9 100/13 100/3 4100/69
   * ADX                     400/9 3050/117 3475/117 239825/5382
   */
  it("is Wilder's on a table worked by hand", () => {
    const market = ranges(
      [12, 10, 11],
      [13, 11, 12],
      [13, 9, 10],
      [16, 13, 15],
      [15, 12, 13],
      [14, 11, 12],
      [17, 15, 16]
    )
    const { adx, minusDI, plusDI } = table(Indicator.adx(2), market)
    const near = (...expected: ReadonlyArray<number>) => expected.map((x) => expect.closeTo(x, 10))
    expect(plusDI).toEqual([NaN, NaN, ...near(50 / 3, 350 / 9, 70 / 3, 350 / 27, 2750 / 67)])
    expect(minusDI).toEqual([NaN, NaN, ...near(100 / 3, 100 / 9, 20, 700 / 27, 700 / 67)])
    expect(adx).toEqual([NaN, NaN, NaN, ...near(400 / 9, 3050 / 117, 3475 / 117, 239825 / 5382)])
  })

  it("counts neither side of an outside candle with equal movements, nor an inside candle", () => {
    // outside by 1 both ways, then inside: no directional movement at all
    const { adx, minusDI, plusDI } = table(Indicator.adx(1), ranges([12, 10, 11], [13, 9, 11], [12, 10, 11]))
    expect([plusDI, minusDI, adx]).toEqual([
      [NaN, 0, 0],
      [NaN, 0, 0],
      [NaN, 0, 0]
    ])
  })

  it("is 0 in a market that never moved", () => {
    const { adx, minusDI, plusDI } = table(Indicator.adx(2), flat(5, 5, 5, 5, 5))
    expect(adx).toEqual([NaN, NaN, NaN, 0, 0])
    expect(plusDI).toEqual([NaN, NaN, 0, 0, 0])
    expect(minusDI).toEqual([NaN, NaN, 0, 0, 0])
  })

  it("is 100 in a market that only rises", () => {
    const { adx, minusDI, plusDI } = table(Indicator.adx(2), flat(5, 6, 7, 8, 9))
    expect(adx).toEqual([NaN, NaN, NaN, 100, 100])
    expect([plusDI?.[4], minusDI?.[4]]).toEqual([100, 0])
  })
})
