import { describe, expect, it } from "@effect/vitest"
import { dailyReturns } from "../../../src/engine/statistics/daily.js"
import { at, frame, trades } from "../statistics.fixtures.js"

const returns = (start: string, end: string, ...rows: ReadonlyArray<readonly [string, number]>) =>
  Array.from(
    dailyReturns({
      ...frame(1, trades(rows.map(([closed, r]) => [start, closed, r, 0, 0]))),
      start: at(start),
      end: at(end)
    })
  )

describe("dailyReturns", () => {
  it("has every UTC day the frame touches", () => {
    expect(returns("2022-01-01 00:00", "2022-01-03 00:00")).toEqual([0, 0])
    expect(returns("2022-01-01 23:59", "2022-01-03 00:01")).toEqual([0, 0, 0])
    expect(returns("2022-01-01 10:00", "2022-01-01 11:00")).toEqual([0])
  })

  it("compounds the closes of a day", () => {
    // 1.1·1.1·0.9 - 1 = 8.9 %
    const [x] = returns(
      "2022-01-01 00:00",
      "2022-01-02 00:00",
      ["2022-01-01 01:00", 10],
      ["2022-01-01 02:00", 10],
      ["2022-01-01 03:00", -10]
    )
    expect(x).toBeCloseTo(8.9, 12)
  })

  it("gives a close at midnight to the day that begins, at the frame's end to the last day", () => {
    expect(
      returns("2022-01-01 00:00", "2022-01-03 00:00", ["2022-01-02 00:00", 1], ["2022-01-03 00:00", 2])[1]
    ).toBeCloseTo(3.02, 12)
    expect(returns("2022-01-01 00:00", "2022-01-03 00:00", ["2022-01-03 00:00", 2])).toEqual([0, 2])
    expect(returns("2022-01-01 00:00", "2022-01-02 12:00", ["2022-01-02 12:00", 2])).toEqual([0, 2])
  })

  it("cannot lose more than everything in a day", () => {
    expect(
      returns("2022-01-01 00:00", "2022-01-02 00:00", ["2022-01-01 01:00", 50], ["2022-01-01 02:00", -170])
    ).toEqual([-100])
  })
})
