import { describe, expect, it } from "@effect/vitest"
import * as Either from "effect/Either"
import * as SizingClient from "../../src/clients/sizing.js"
import { Market } from "../../src/engine/market.js"
import type { Columns } from "../../src/model/candle.js"
import type { SizingMethod, SizingProfile } from "../../src/model/sizing.js"
import { flat, ranges } from "../engine/indicators/harness.js"

const minute = 60_000

const profile = (method: SizingMethod): SizingProfile => ({
  name: "test",
  method,
  maxPercent: undefined,
  minQuantity: undefined,
  maxQuantity: undefined
})

const byRange = (given: { readonly period: number; readonly interval?: "3m" }): SizingProfile =>
  profile({ _tag: "Atr", riskPercent: 1, multiplier: 2, period: given.period, interval: given.interval })

/** 1 % of it is 100. */
const input = { balance: 10_000, entry: 12, stopLoss: 11 }

/** The quantity, or what was at fault, at the close of every candle. */
const along = (sizing: SizingProfile, columns: Columns, interval: number) => {
  const market = new Market({ interval: minute, columns, vwapCandles: 1 })
  const { feeds, quantity } = SizingClient.bind(sizing, market, interval)
  market.extend(columns, columns.length)
  return Array.from({ length: columns.length }, (_, index) => {
    market.seek(index)
    const warm = feeds.every(({ feed }) => feed.isWarm())
    return [warm, Either.getOrElse(quantity(input), ({ fault }): number | string => fault)]
  })
}

describe("bind", () => {
  /*
   * true range   2   2   4   6     (the last: 16 − 10, the close before it)
   * atr                 8/3 34/9   (8/3·2/3 + 6/3)
   * 100/(2·atr)         18.75  900/68
   */
  it("sizes by the average true range once that is warm", () => {
    const columns = ranges([12, 10, 11], [13, 11, 12], [13, 9, 10], [16, 13, 15])
    expect(along(byRange({ period: 3 }), columns, minute)).toEqual([
      [false, "atr"],
      [false, "atr"],
      [true, expect.closeTo(18.75, 12)],
      [true, expect.closeTo(13.235294117647058, 12)]
    ])
  })

  // 3m candles: 12 to 10, then 16 to 11. 100/(2·2) and 100/(2·5)
  const columns = ranges([12, 10, 11], [11, 10, 11], [11, 10, 11], [13, 11, 12], [12, 11, 12], [16, 12, 15])
  const expected = [
    [false, "atr"],
    [false, "atr"],
    [true, 25],
    [true, 25],
    [true, 25],
    [true, 10]
  ]

  it("reads candles of the sizing's interval, and none before it has closed", () => {
    expect(along(byRange({ period: 1, interval: "3m" }), columns, minute)).toEqual(expected)
  })

  it("reads candles of the strategy's interval where it has none of its own", () => {
    expect(along(byRange({ period: 1 }), columns, 3 * minute)).toEqual(expected)
  })

  it("tells what it is fed with", () => {
    const market = new Market({ interval: minute, columns, vwapCandles: 1 })
    const { feeds } = SizingClient.bind(byRange({ period: 20, interval: "3m" }), market, minute)
    expect(feeds.map(({ feed, interval }) => [feed.name, feed.warmup, interval])).toEqual([
      ["atr(20) of its sizing", 20, 3 * minute]
    ])
  })

  it("two runs have a range each", () => {
    const sizing = byRange({ period: 1 })
    expect(along(sizing, flat(10, 12), minute)[1]).toEqual([true, 25])
    expect(along(sizing, flat(10, 20), minute)[1]).toEqual([true, 5])
    expect(along(sizing, flat(10, 12), minute)[1]).toEqual([true, 25])
  })

  it("feeds nothing for the other methods", () => {
    const methods: ReadonlyArray<readonly [SizingMethod, number]> = [
      [{ _tag: "FixedAmount", amount: 600 }, 50],
      [{ _tag: "FixedPercentage", riskPercent: 1 }, 100],
      // (0.6·2 − 0.4)/2 = 0.4, of 10000 at 12
      [{ _tag: "Kelly", winRate: 0.6, payoff: 2, multiplier: 0.3 }, 100]
    ]
    for (const [method, expected] of methods) {
      const market = new Market({ interval: minute, columns, vwapCandles: 1 })
      const { feeds, quantity } = SizingClient.bind(profile(method), market, minute)
      expect(feeds).toEqual([])
      expect(Either.getOrThrow(quantity(input))).toBeCloseTo(expected, 10)
    }
  })
})
