import { describe, expect, it } from "@effect/vitest"
import * as Struct from "effect/Struct"
import type { ClosedTrade, StatisticsInput } from "../../../src/engine/statistics.js"
import { compute } from "../../../src/engine/statistics.js"
import { frame } from "../statistics.fixtures.js"

const minute = 60_000
const pattern = [2, -1, 0.5, 0]

/** Trades of 2, -1, 0.5 and 0 % in turn, ten minutes each and back to back, in 700 days; a hundredth of the account. */
const record = (count: number): StatisticsInput => {
  const input = frame(700, [])
  return {
    ...input,
    trades: Array.from({ length: count }, (_, i): ClosedTrade => {
      const r = pattern[i % 4] ?? 0
      const pendingAt = input.start + i * 10 * minute
      return {
        pendingAt,
        closedAt: pendingAt + 10 * minute,
        pnlPercent: r,
        equityPercent: r / 100,
        mae: -1,
        mfe: 2,
        ambiguous: i % 4 === 3,
        pnlInterval: i % 4 === 3 ? [-1, 1] : [r, r]
      }
    })
  }
}

/** Also without shares of the account, where equity leaves the finite numbers. */
const unsized = (input: StatisticsInput): StatisticsInput => ({
  ...input,
  trades: input.trades.map(Struct.omit("equityPercent"))
})

describe("statistics of any number of trades", () => {
  // 250 = 62·4 + 2: 63 times 2, 63 times -1, 62 times 0.5; each four add up to 1.5
  it.each([
    { count: 0, wins: 0, losses: 0, total: null, ambiguous: 0, exposure: null },
    { count: 1, wins: 1, losses: 0, total: 2, ambiguous: 0, exposure: 10 / 10_080 },
    { count: 250, wins: 125, losses: 63, total: 94, ambiguous: 62, exposure: 2500 / 10_080 },
    { count: 251, wins: 126, losses: 63, total: 94.5, ambiguous: 62, exposure: 2510 / 10_080 },
    { count: 100_000, wins: 50_000, losses: 25_000, total: 37_500, ambiguous: 25_000, exposure: 1_000_000 / 10_080 }
  ])("$count: all of them are in the totals, and every figure is finite or null", (expected) => {
    const input = record(expected.count)
    for (const given of [input, unsized(input)]) {
      const statistics = compute(given)
      expect(statistics).toMatchObject({
        totalSignals: expected.count,
        winCount: expected.wins,
        lossCount: expected.losses,
        totalPnl: expected.total,
        ambiguous: expected.ambiguous
      })
      if (expected.exposure === null) expect(statistics.exposure).toBe(null)
      else expect(statistics.exposure).toBeCloseTo(expected.exposure, 9)
      const [low, high] = statistics.pnlInterval
      expect(high - low).toBe(2 * expected.ambiguous)
      for (const [key, value] of Object.entries(statistics)) {
        for (const number of [value].flat()) {
          if (number !== null) expect(Number.isFinite(number), `${key} is ${number}`).toBe(true)
        }
      }
    }
  })

  it("100,000 trades of a hundredth each end where compounding ends", () => {
    // (1.0002·0.9999·1.00005)^25,000 = e^(25,000·(0.00019998000267 - 0.00010000500033 + 0.00004999875004))
    expect(compute(record(100_000)).totalReturn).toBeCloseTo(4149.31892167, 6)
  })

  it("takes time in proportion: 100,000 trades well within a second", () => {
    const input = record(100_000)
    compute(input)
    const before = performance.now()
    compute(input)
    expect(performance.now() - before).toBeLessThan(1000)
  })
})
