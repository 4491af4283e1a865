import { describe, expect, it } from "@effect/vitest"
import type { ClosedTrade } from "../../../src/engine/statistics.js"
import { compute } from "../../../src/engine/statistics.js"
import { pooled } from "../../../src/engine/statistics/pooled.js"
import type { RunInfo } from "../../../src/model/document.js"
import { defaults } from "../../../src/model/settings.js"
import { at, enough, trades } from "../statistics.fixtures.js"

const run = (given: Partial<RunInfo>, from: string, to: string): { readonly run: RunInfo } => ({
  run: {
    symbol: "BTCUSDT",
    strategy: "a",
    params: {},
    exchange: "file",
    frame: { name: "january", interval: "1m", start: at(`${from} 00:00`), end: at(`${to} 00:00`) },
    fill: "realistic",
    settings: defaults,
    seed: 1,
    candles: 1,
    gaps: 0,
    missing: 0,
    truncated: false,
    firstOpen: 100,
    lastClose: 100,
    dataHash: "00",
    ...given
  }
})

/** Two strategies on one symbol and one on another, over frames of their own: 20 days in all. */
const runs = [
  run({ firstOpen: 100, lastClose: 110 }, "2022-01-01", "2022-01-11"),
  run({ strategy: "b", firstOpen: 104, lastClose: 130 }, "2022-01-03", "2022-01-21"),
  run({ symbol: "ETHUSDT", firstOpen: 50, lastClose: 40 }, "2022-01-02", "2022-01-16")
]

const shares = [1, -2, 3]
/** The second is open with the first for a day, the third alone: 3 and 2 of 20 days. */
const list: ReadonlyArray<ClosedTrade> = trades([
  ["2022-01-02 00:00", "2022-01-04 00:00", 4, -1, 5],
  ["2022-01-03 00:00", "2022-01-05 00:00", -5, -6, 1, [-6, 2]],
  ["2022-01-10 00:00", "2022-01-12 00:00", 6, -2, 7]
]).map((trade, i) => ({ ...trade, equityPercent: shares[i] ?? 0 }))

describe("pooled", () => {
  it("is over all trades, from the earliest start to the latest end, by hand", () => {
    const statistics = pooled(runs, list)
    expect(statistics).toMatchObject({ totalSignals: 3, winCount: 2, lossCount: 1, totalPnl: 5, exposure: 25 })
    // PnL 4, -5, 6: payoff 5/5; Kelly 2/3 - 1/3
    expect(statistics.certaintyRatio).toBe(1)
    expect(statistics.kelly).toBeCloseTo(1 / 3, 12)
    expect(statistics.pnlInterval).toEqual([4, 12])
    // the account: 1.01·0.98·1.03 = 1.019494; 365/20 = 18.25 times a year
    expect(statistics.totalReturn).toBeCloseTo(1.9494, 12)
    expect(statistics.cagr).toBeCloseTo(42.2395284262895, 9)
    expect(statistics.maxDrawdown).toBeCloseTo(2, 12)
    expect(statistics.maxDrawdownDays).toBe(8) // 2 % lost from 01-04 on, regained by 3 % on 01-12
    // days 20: x = 1, -2, 3 and seventeen 0: Σx² = 14, mean 0.1: sd √(13.8/19), √365
    expect(statistics.volatility).toBeCloseTo(16.2820534072916, 9)
    // Bitcoin from the first run's open to the second's close: 130/100; Ethereum 40/50; mean 30 and -20
    expect(statistics.buyAndHold).toBeCloseTo(5, 12)
  })

  it("does not depend on the order of the runs", () => {
    expect(pooled(runs.toReversed(), list)).toEqual(pooled(runs, list))
  })

  it("of one run is that run's", () => {
    const alone = run(
      { firstOpen: enough.firstOpen, lastClose: enough.lastClose, settings: { ...defaults, periodsPerYear: 252 } },
      "2022-01-01",
      "2022-01-15"
    )
    expect(pooled([alone], enough.trades)).toEqual(compute({ ...enough, periodsPerYear: 252 }))
  })

  it("has the longest year of its runs", () => {
    const few = run({ symbol: "SPY", settings: { ...defaults, periodsPerYear: 252 } }, "2022-01-01", "2022-01-21")
    // 1.019494^(252/20) and ^(365/20)
    expect(pooled([few], list).cagr).toBeCloseTo(27.5401415559081, 9)
    expect(pooled([few, ...runs], list).cagr).toBeCloseTo(42.2395284262895, 9)
  })

  it("has no buy & hold where a symbol has no price, and nothing at all without runs", () => {
    expect(pooled([...runs, run({ symbol: "X", firstOpen: 0 }, "2022-01-01", "2022-01-02")], list).buyAndHold).toBe(
      null
    )
    for (const value of Object.values(pooled([], [])).flat()) expect(value === null || value === 0).toBe(true)
  })
})
