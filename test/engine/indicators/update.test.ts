import { describe, expect, it } from "@effect/vitest"
import * as Indicator from "../../../src/Indicator.js"
import type { Candle } from "../../../src/model/candle.js"
import { flat, rows, table, values } from "./harness.js"

describe("fromUpdate", () => {
  it("gives each closed candle once, in order, whole", () => {
    const seen: Array<Candle> = []
    const spy = Indicator.fromUpdate("spy", { warmup: 1 }, () => ({
      update: (candle) => {
        seen.push(candle)
        return seen.length
      }
    }))
    expect(values(spy, rows([1, 4, 0.5, 2, 10], [2, 3, 1, 3, 20]))).toEqual([1, 2])
    expect(seen).toEqual([
      { timestamp: 0, open: 1, high: 4, low: 0.5, close: 2, volume: 10 },
      { timestamp: 60_000, open: 2, high: 3, low: 1, close: 3, volume: 20 }
    ])
  })

  it("has no value where the indicator answers with none", () => {
    const answers = [null, undefined, 3, null, 5]
    const indicator = Indicator.fromUpdate("some", { warmup: 3 }, () => ({ update: ({ close }) => answers[close - 1] }))
    expect(values(indicator, flat(1, 2, 3, 4, 5))).toEqual([NaN, NaN, 3, NaN, 5])
  })

  it("starts anew for every run", () => {
    const counter = Indicator.fromUpdate("count", { warmup: 1 }, () => {
      let count = 0
      return { update: () => ++count }
    })
    expect(values(counter, flat(1, 2, 3))).toEqual([1, 2, 3])
    expect(values(counter, flat(1, 2, 3))).toEqual([1, 2, 3])
  })

  it("keeps what an indicator said before it threw, and nothing after", () => {
    const failing = Indicator.fromUpdate("failing", { warmup: 1 }, () => ({
      update: ({ close }) => {
        if (close === 3) throw new Error("no three")
        return close
      }
    }))
    const cursor = { index: 1 }
    const { feed, handle } = failing.start(cursor)
    const market = flat(1, 2, 3, 4, 5)
    expect(() => feed.extend(market, 4)).toThrow("no three")
    feed.extend(market, 5)
    expect([handle.value, feed.isWarm()]).toEqual([2, true])
    cursor.index = 4
    expect([handle.value, handle.at(-2), feed.isWarm()]).toEqual([NaN, NaN, false])
  })
})

/** Has the shape of the widely used streaming indicators: `replace` is required, the result may be null. */
class Momentum {
  readonly prices: Array<number> = []
  update(price: number, replace: boolean): number | null {
    if (replace) this.prices.pop()
    this.prices.push(price)
    const before = this.prices.at(-2)
    return before === undefined ? null : price - before
  }
}

describe("fromUpdateValue", () => {
  it("gives one price at a time and never asks to replace one", () => {
    const momentum = Indicator.fromUpdateValue("momentum", { warmup: 2 }, () => new Momentum())
    expect(values(momentum, flat(5, 7, 4))).toEqual([NaN, 2, -3])
  })

  it("reads the source it is told to", () => {
    const high = Indicator.fromUpdateValue("high", { warmup: 1, source: "high" }, () => ({ update: (price) => price }))
    expect(values(high, rows([1, 4, 0.5, 2, 10], [2, 3, 1, 3, 20]))).toEqual([4, 3])
  })
})

describe("custom", () => {
  it("has a line for each name", () => {
    const range = Indicator.custom("range", { warmup: 1, lines: ["height", "middle"] }, () => ({
      update: ({ high, low }) => ({ height: high - low, middle: (high + low) / 2, more: "is ignored" })
    }))
    expect(table(range, rows([1, 4, 0.5, 2, 10], [2, 3, 1, 3, 20]))).toEqual({ height: [3.5, 2], middle: [2.25, 2] })
  })

  it("has no value where the whole answer or a part of it is missing", () => {
    const answers = [null, undefined, { a: 1, b: null }, { a: undefined, b: 2 }, { a: 3, b: 4 }]
    const parts = Indicator.custom("parts", { warmup: 5, lines: ["a", "b"] }, () => ({
      update: ({ close }) => answers[close - 1]
    }))
    expect(table(parts, flat(1, 2, 3, 4, 5))).toEqual({ a: [NaN, NaN, 1, NaN, 3], b: [NaN, NaN, NaN, 2, 4] })
  })

  it("without lines is a problem", () => {
    const none = Indicator.custom("none", { warmup: 1, lines: [] }, () => ({ update: () => ({}) }))
    expect(none.problem).toBe("none: lines must name at least one line")
  })
})
