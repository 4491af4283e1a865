import { describe, expect, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import * as Struct from "effect/Struct"
import type { ClosedTrade, StatisticsInput } from "../../../src/engine/statistics.js"
import { compute } from "../../../src/engine/statistics.js"
import { conventions } from "../../../src/engine/statistics/conventions.js"
import { dailyReturns } from "../../../src/engine/statistics/daily.js"
import { drawdown, equityAt, finalEquity } from "../../../src/engine/statistics/equity.js"
import { equityReturn } from "../../../src/engine/statistics/input.js"
import type { Statistics } from "../../../src/model/document.js"
import { at, daily, enough, frame, short } from "../statistics.fixtures.js"

/** What goes by the equity and its days; the rest goes by the trades' own PnL. */
const ofEquity: ReadonlyArray<keyof Statistics> = [
  "totalReturn",
  "cagr",
  "maxDrawdown",
  "maxDrawdownDays",
  "recoveryFactor",
  "calmar",
  "volatility",
  "sharpeDaily",
  "sortino",
  "omega",
  "ulcerIndex",
  "var95",
  "cvar95",
  "skewness",
  "kurtosis",
  "tailRatio"
]
const ofTrades = Struct.keys(conventions).filter((key) => !ofEquity.includes(key))

const sized = (trades: ReadonlyArray<ClosedTrade>, shares: ReadonlyArray<number>): Array<ClosedTrade> =>
  trades.map((trade, i) => ({ ...trade, equityPercent: shares[i] ?? 0 }))

describe("equityReturn", () => {
  it.each([
    [{ pnlPercent: 3 }, 3],
    [{ pnlPercent: 3, equityPercent: 0.3 }, 0.3],
    [{ pnlPercent: 3, equityPercent: 0 }, 0],
    [{ pnlPercent: -120 }, -100],
    [{ pnlPercent: -40, equityPercent: -120 }, -100],
    [{ pnlPercent: -120, equityPercent: -12 }, -12]
  ])("of %j is %d", (trade, expected) => {
    expect(equityReturn(trade)).toBe(expected)
  })
})

describe("statistics of a sized run", () => {
  it("an account of 10,000 that puts a tenth into each trade, by hand", () => {
    // PnL 20, -10, 5 %: results +200 (2 % of 10,000), -102 (1 % of 10,200), +50.49 (0.5 % of 10,098): 10,148.49
    const own = [20, -10, 5]
    const trades = sized(short.trades, [2, -1, 0.5]).map((trade, i) => ({ ...trade, pnlPercent: own[i] ?? 0 }))
    const statistics = compute({ ...short, trades })
    // mean 5, deviation √(450/2) = 15; payoff 12.5/10, Kelly 2/3 - (1/3)/1.25
    expect(statistics).toMatchObject({ avgPnl: 5, totalPnl: 15, stdDev: 15, bestTrade: 20, worstTrade: -10 })
    expect(statistics.sharpeRatio).toBeCloseTo(1 / 3, 12)
    expect(statistics.certaintyRatio).toBe(1.25)
    expect(statistics.kelly).toBeCloseTo(0.4, 12)
    // the account: 1.484900 % gained, 102 of 10,200 lost at worst; gaining days 2.5, losing 1
    expect(statistics.totalReturn).toBeCloseTo(1.4849, 12)
    expect(statistics.maxDrawdown).toBeCloseTo(1, 12)
    expect(statistics.recoveryFactor).toBeCloseTo(1.4849, 12)
    expect(statistics.omega).toBeCloseTo(2.5, 12)
    expect(statistics.ulcerIndex).toBeCloseTo(0.646793372467, 12)
    expect(finalEquity(trades) * 10_000).toBeCloseTo(10_148.49, 9)
    expect(drawdown({ ...short, trades }).max).toBeCloseTo(1, 12)
    expect(Array.from(dailyReturns({ ...short, trades }))).toEqual([2, -1, 0.5])
    const money = equityAt(trades, [short.start, at("2022-01-01 05:00"), at("2022-01-02 10:00"), short.end]).map(
      (equity) => Math.round(equity * 1_000_000) / 100
    )
    expect(money).toEqual([10_000, 10_200, 10_098, 10_148.49])
  })

  it("the expected yearly return compounds the trades' own PnL, the CAGR the account", () => {
    // every trade of no weight: the account stands still; the trades are those of the unsized set
    const still = compute({ ...enough, trades: sized(enough.trades, []) })
    expect(still.cagr).toBe(0)
    expect(still.expectedYearlyReturns).toBeCloseTo(135.388951576, 8)
    // ten trades of 1 % each, of which the account felt a tenth: 1.001^(10·365/20) - 1 = e^(182.5·0.00099950033308) - 1
    const tenth = compute(
      frame(
        20,
        sized(
          daily(1, 1, 1, 1, 1, 1, 1, 1, 1, 1),
          Array.from({ length: 10 }, () => 0.1)
        )
      )
    )
    expect(tenth.cagr).toBeCloseTo(20.0104709360632, 9)
    // 1.01^182.5 - 1
    expect(tenth.expectedYearlyReturns).toBeCloseTo(514.682310896346, 9)
  })

  const percent = FastCheck.double({ min: -8, max: 8, noNaN: true })
  const records = FastCheck.array(FastCheck.tuple(percent, percent), { minLength: 1, maxLength: 30 })

  it("has the trades' figures of the unsized record, and the equity's of one whose PnL is the account's", () => {
    const input = (trades: ReadonlyArray<ClosedTrade>): StatisticsInput => frame(31, trades)
    FastCheck.assert(
      FastCheck.property(records, (pairs) => {
        const own = daily(...pairs.map(([pnl]) => pnl))
        const account = daily(...pairs.map(([, share]) => share))
        const actual = compute(
          input(
            sized(
              own,
              pairs.map(([, share]) => share)
            )
          )
        )
        expect(Struct.pick(actual, ...ofTrades)).toEqual(Struct.pick(compute(input(own)), ...ofTrades))
        expect(Struct.pick(actual, ...ofEquity)).toEqual(Struct.pick(compute(input(account)), ...ofEquity))
      }),
      { numRuns: 300 }
    )
  })

  it("follows the money: the total return is what the results add up to", () => {
    const results = FastCheck.array(FastCheck.integer({ min: -300, max: 300 }), { minLength: 1, maxLength: 30 })
    FastCheck.assert(
      FastCheck.property(results, (list) => {
        let balance = 10_000
        const shares = list.map((result) => {
          const share = (100 * result) / balance
          balance += result
          return share
        })
        const { totalReturn } = compute(frame(31, sized(daily(...list), shares)))
        expect(totalReturn).toBeCloseTo(balance / 100 - 100, 9)
      }),
      { numRuns: 300 }
    )
  })
})
