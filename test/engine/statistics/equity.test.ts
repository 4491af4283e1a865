import { describe, expect, it } from "@effect/vitest"
import { drawdown, equityAt, finalEquity } from "../../../src/engine/statistics/equity.js"
import { at, daily, frame } from "../statistics.fixtures.js"

describe("drawdown", () => {
  it("counts the start as a peak", () => {
    // -4 % on 01-01 12:00, regained by +5 % on 01-02 12:00: 1.5 days from the start
    const first = drawdown(frame(10, daily(-4, 5)))
    expect(first.max).toBeCloseTo(4, 12)
    expect(first.days).toBe(1.5)
  })

  it("lasts until the frame's end where the peak is not regained", () => {
    expect(drawdown(frame(10, daily(10, -1, 0.5))).days).toBe(9.5)
  })

  it("takes the longest of several, and the deepest, which may be another", () => {
    // 2 (peak 12:00 d1) -1 -1 -1 4 (peak d5: 4 days) -8 9 (peak d7: 2 days); depths 1 - 0.99³ and 8 %
    const { days, max } = drawdown(frame(10, daily(2, -1, -1, -1, 4, -8, 9)))
    expect(days).toBe(4)
    expect(max).toBeCloseTo(8, 12)
  })

  it("regains a peak by reaching it, and a trade of 0 at a peak moves it", () => {
    expect(drawdown(frame(10, daily(0, -50, 100, -50, 100))).days).toBe(2)
  })

  it("there is none while the equity only rises", () => {
    expect(drawdown(frame(10, daily(1, 0, 2)))).toEqual({ max: 0, days: 0 })
  })
})

describe("equity", () => {
  it("compounds from 1", () => {
    expect(finalEquity([])).toBe(1)
    expect(finalEquity(daily(50, -50, 20))).toBeCloseTo(0.9, 12)
  })

  it("stays at 0 after a total loss and never falls below", () => {
    expect(finalEquity(daily(50, -130, 400))).toBe(0)
    expect(finalEquity(daily(-100))).toBe(0)
  })

  it("at an instant counts the closes up to it, itself included", () => {
    const instants = ["2022-01-01 00:00", "2022-01-01 11:59", "2022-01-01 12:00", "2022-01-04 00:00"].map(at)
    expect(equityAt(daily(50, -50), instants)).toEqual([1, 1, 1.5, 0.75])
  })
})
