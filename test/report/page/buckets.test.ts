import { describe, expect, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { generate } from "../../../src/adapters/synthetic.js"
import { indexFrom, intervalOf, lengthFor, lengthText, merge } from "../../../src/report/page/buckets.js"

const minute = 60_000
const start = Date.UTC(2024, 0, 1)
const columns = generate({ seed: 5, symbol: "X", interval: "1m", start, count: 1000 })

describe("merged candles", () => {
  it("are the candles themselves at their own length", () => {
    const buckets = merge(columns, start + 3 * minute, start + 6 * minute, minute)
    expect(buckets).toEqual(
      [3, 4, 5].map((i) => ({
        at: start + i * minute,
        open: columns.open[i],
        high: columns.high[i],
        low: columns.low[i],
        close: columns.close[i]
      }))
    )
  })

  it("have the first open, the extremes and the last close", () => {
    const prices = {
      length: 4,
      timestamp: Float64Array.of(0, 1, 2, 5).map((i) => i * minute),
      open: Float64Array.of(10, 11, 12, 20),
      high: Float64Array.of(15, 12, 13, 21),
      low: Float64Array.of(9, 8, 11, 19),
      close: Float64Array.of(11, 12, 12.5, 20.5)
    }
    expect(merge(prices, 0, 10 * minute, 3 * minute)).toEqual([
      { at: 0, open: 10, high: 15, low: 8, close: 12.5 },
      { at: 3 * minute, open: 20, high: 21, low: 19, close: 20.5 }
    ])
    expect(intervalOf(prices)).toBe(minute)
  })

  it("begin whole: the one a range begins in is not cut", () => {
    const [first] = merge(columns, start + 7 * minute, start + 20 * minute, 5 * minute)
    expect(first?.at).toBe(start + 5 * minute)
    expect(first?.open).toBe(columns.open[5])
  })

  it("lose no extreme, whatever is in view", () => {
    const range = FastCheck.tuple(FastCheck.nat(999), FastCheck.nat(999), FastCheck.constantFrom(1, 5, 60, 240))
    FastCheck.assert(
      FastCheck.property(range, ([a, b, minutes]) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b) + 1]
        const buckets = merge(columns, start + from * minute, start + to * minute, minutes * minute)
        const low = Math.min(...columns.low.slice(from, to))
        const high = Math.max(...columns.high.slice(from, to))
        expect(Math.min(...buckets.map((bucket) => bucket.low))).toBeLessThanOrEqual(low)
        expect(Math.max(...buckets.map((bucket) => bucket.high))).toBeGreaterThanOrEqual(high)
        expect(buckets.length).toBeLessThanOrEqual(Math.ceil((to - from) / minutes) + 1)
      })
    )
  })
})

describe("their length", () => {
  it.each([
    [100, 200, 1],
    [300, 200, 3],
    [1440, 200, 15],
    [525_600, 300, 2880]
  ])("for %d minutes in %d candles is %d minutes", (minutes, most, expected) => {
    expect(lengthFor(minute, minutes * minute, most)).toBe(expected * minute)
  })

  it.each([
    [minute, "1m"],
    [90 * minute, "90m"],
    [240 * minute, "4h"],
    [2880 * minute, "2d"],
    [30_000, "30s"]
  ])("%d ms is written %s", (millis, text) => {
    expect(lengthText(millis)).toBe(text)
  })
})

describe("index", () => {
  it("finds the first at or after an instant", () => {
    const times = [10, 20, 20, 30]
    expect([5, 10, 11, 20, 31].map((instant) => indexFrom(times, 4, instant))).toEqual([0, 0, 1, 1, 4])
  })
})
