import { describe, expect, it } from "@effect/vitest"
import { deviation, kurtosis, mean, quantile, skewness } from "../../../src/engine/statistics/sample.js"

describe("sample", () => {
  // 2 4 4 4 5 5 7 9: mean 5, squares 32; scipy.stats.skew and kurtosis with bias=False
  const values = [2, 4, 4, 4, 5, 5, 7, 9]
  const sd = 2.138089935299395

  it("mean and deviation", () => {
    expect(mean(values)).toBe(5)
    expect(deviation(values, 5)).toBeCloseTo(sd, 12) // √(32/7)
  })

  it("skewness and excess kurtosis are adjusted to the sample", () => {
    expect(skewness(values, 5, sd)).toBeCloseTo(0.8184875533567997, 12)
    expect(kurtosis(values, 5, sd)).toBeCloseTo(0.940625, 12)
  })

  it.each([
    [0, 1],
    [0.05, 1.15],
    [0.25, 1.75],
    [0.5, 2.5],
    [0.95, 3.85],
    [1, 4]
  ])("quantile %d of 1 2 3 4 is %d (numpy)", (p, expected) => {
    expect(quantile(Float64Array.of(1, 2, 3, 4), p)).toBeCloseTo(expected, 12)
  })

  it("quantile of a single value is that value", () => {
    expect(quantile(Float64Array.of(7), 0.05)).toBe(7)
  })
})
