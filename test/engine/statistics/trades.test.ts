import { describe, expect, it } from "@effect/vitest"
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

  it("counts only what lies in the frame", () => {
    expect(exposure(["2021-12-31 20:00", "2022-01-01 01:00"], ["2022-01-01 09:00", "2022-01-01 12:00"])).toBe(20)
  })
})
