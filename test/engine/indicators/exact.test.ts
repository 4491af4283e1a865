import { describe, expect, it } from "@effect/vitest"
import { mean, productError, quotient, sumError } from "../../../src/engine/indicators/exact.js"

describe("exact", () => {
  // 2⁵³ + 1 is halfway between two doubles and rounds to 2⁵³: the lost 1 comes back
  it("finds what a sum lost, in either order", () => {
    expect(sumError(2 ** 53, 1, 2 ** 53 + 1)).toBe(1)
    expect(sumError(1, 2 ** 53, 2 ** 53 + 1)).toBe(1)
    expect(sumError(0.5, 0.25, 0.75)).toBe(0)
  })

  // (2⁵² + 1) · 3 = 3·2⁵² + 3 needs 54 bits and rounds (tie to even) to 3·2⁵² + 4
  it("finds what a product lost", () => {
    expect(productError(2 ** 52 + 1, 3, (2 ** 52 + 1) * 3)).toBe(-1)
    expect(productError(0.75, 3, 2.25)).toBe(0)
  })

  it("divides a sum with its rest", () => {
    expect(quotient(10, 0, 4, 1 / 4)).toBe(2.5)
    // (2⁵³ + 3)/3 = 3002399751580331.666…; the nearest double is a half step of 0.5 away: ….5
    expect(quotient(2 ** 53, 3, 3, 1 / 3)).toBe(3002399751580331.5)
  })

  it("gives equal numbers back as their mean, where a plain sum does not", () => {
    expect((0.1 + 0.1 + 0.1) / 3).not.toBe(0.1)
    for (const price of [0.1, 0.3, 2.7, 3.17e-5, 60123.45]) {
      for (const n of [1, 3, 7, 20, 49, 1440]) expect(mean(new Float64Array(n).fill(price), 0, n)).toBe(price)
    }
  })
})
