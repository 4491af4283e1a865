import { describe, expect, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import type { ClosedTrade } from "../../../src/engine/statistics.js"
import { tradeMetrics } from "../../../src/engine/statistics/trades.js"
import { at, daily, frame, trades } from "../statistics.fixtures.js"

describe("streaks", () => {
  it("counts the longest run of each; 0 ends both", () => {
    const streaks = (...returns: ReadonlyArray<number>) => {
      const { lossStreak, winStreak } = tradeMetrics(frame(30, daily(...returns)))
      return [winStreak, lossStreak]
    }
    expect(streaks(1, 1, -1, 1, 1, 1, -1, -1)).toEqual([3, 2])
    expect(streaks(1, 1, 0, 1, -1, 0, -1)).toEqual([2, 1])
    expect(streaks(0, 0)).toEqual([0, 0])
  })
})

describe("exposure", () => {
  const exposure = (...rows: ReadonlyArray<readonly [string, string]>) =>
    tradeMetrics({
      ...frame(1, trades(rows.map(([opened, closed]) => [opened, closed, 1, 0, 1]))),
      start: at("2022-01-01 00:00"),
      end: at("2022-01-01 10:00")
    }).exposure

  it("is the share of the frame with a position", () => {
    expect(exposure(["2022-01-01 01:00", "2022-01-01 02:00"], ["2022-01-01 05:00", "2022-01-01 10:00"])).toBe(60)
    expect(exposure(["2022-01-01 00:00", "2022-01-01 10:00"])).toBe(100)
    expect(exposure(["2022-01-01 03:00", "2022-01-01 03:00"])).toBe(0)
  })

  it("counts overlapping trades once, in whatever order they close", () => {
    expect(exposure(["2022-01-01 01:00", "2022-01-01 04:00"], ["2022-01-01 02:00", "2022-01-01 05:00"])).toBe(40)
    expect(exposure(["2022-01-01 05:00", "2022-01-01 06:00"], ["2022-01-01 01:00", "2022-01-01 09:00"])).toBe(80)
    expect(
      exposure(
        ["2022-01-01 02:00", "2022-01-01 04:00"],
        ["2022-01-01 05:00", "2022-01-01 06:00"],
        ["2022-01-01 01:00", "2022-01-01 09:00"]
      )
    ).toBe(80)
  })

  it("counts once what overlaps without being nested, by hand", () => {
    // B 1-2, C 1:30-9, A 0-10 in the order of their closes: A covers both
    expect(
      exposure(
        ["2022-01-01 01:00", "2022-01-01 02:00"],
        ["2022-01-01 01:30", "2022-01-01 09:00"],
        ["2022-01-01 00:00", "2022-01-01 10:00"]
      )
    ).toBe(100)
    // A 0-6, B 1-2, C 1:30-5 close as B, C, A: A alone covers 6 of 10 hours; then D 8-9
    expect(
      exposure(
        ["2022-01-01 01:00", "2022-01-01 02:00"],
        ["2022-01-01 01:30", "2022-01-01 05:00"],
        ["2022-01-01 00:00", "2022-01-01 06:00"],
        ["2022-01-01 08:00", "2022-01-01 09:00"]
      )
    ).toBe(70)
    // a chain 1-3, 2-5, 4-6, a gap, 7-8, 7:30-9: 5 + 2 hours
    expect(
      exposure(
        ["2022-01-01 01:00", "2022-01-01 03:00"],
        ["2022-01-01 02:00", "2022-01-01 05:00"],
        ["2022-01-01 04:00", "2022-01-01 06:00"],
        ["2022-01-01 07:00", "2022-01-01 08:00"],
        ["2022-01-01 07:30", "2022-01-01 09:00"]
      )
    ).toBe(70)
    // closing at one instant, in either order
    const two = [["2022-01-01 01:00", "2022-01-01 05:00"] as const, ["2022-01-01 03:00", "2022-01-01 05:00"] as const]
    expect(exposure(...two)).toBe(40)
    expect(exposure(...two.toReversed())).toBe(40)
  })

  it("counts every minute once, whatever overlaps", () => {
    const minute = 60_000
    const length = 200
    const spans = FastCheck.array(FastCheck.tuple(FastCheck.nat(220), FastCheck.nat(80)), { maxLength: 12 })
    FastCheck.assert(
      FastCheck.property(spans, (list) => {
        const start = at("2022-01-01 00:00")
        const held = new Set<number>()
        const positions = list.map(([from, count]): ClosedTrade => {
          for (let i = from; i < from + count; i++) if (i >= 20 && i < 20 + length) held.add(i)
          const pendingAt = start + from * minute
          const closedAt = pendingAt + count * minute
          return { pendingAt, closedAt, pnlPercent: 0, mae: 0, mfe: 0, ambiguous: false, pnlInterval: [0, 0] }
        })
        const found = tradeMetrics({
          ...frame(
            1,
            positions.toSorted((a, b) => a.closedAt - b.closedAt)
          ),
          start: start + 20 * minute,
          end: start + (20 + length) * minute
        }).exposure
        if (list.length === 0) expect(found).toBe(null)
        else expect(found).toBeCloseTo((100 * held.size) / length, 9)
      }),
      { numRuns: 1000 }
    )
  })

  it("counts only what lies in the frame", () => {
    expect(exposure(["2021-12-31 20:00", "2022-01-01 01:00"], ["2022-01-01 09:00", "2022-01-01 12:00"])).toBe(20)
  })
})
