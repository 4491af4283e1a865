import { describe, expect, it } from "@effect/vitest"
import * as Feed from "../../../src/engine/indicators/feed.js"
import { Line, write } from "../../../src/engine/indicators/line.js"
import { flat } from "./harness.js"

const counting = () => {
  const calls: Array<readonly [number, number]> = []
  const feed = Feed.make("counting", 1, [], (_, from, to) => void calls.push([from, to]))
  return { calls, feed }
}

describe("Feed", () => {
  it("gives every candle once, whatever it is asked for", () => {
    const { calls, feed } = counting()
    const candles = flat(1, 2, 3, 4, 5, 6)
    for (const to of [0, 2, 2, 1, 5]) feed.extend(candles, to)
    expect(calls).toEqual([
      [0, 2],
      [2, 5]
    ])
  })

  it("stops at the candles there are", () => {
    const { calls, feed } = counting()
    feed.extend(flat(1, 2, 3), 10)
    feed.extend(flat(1, 2, 3, 4), 10)
    expect(calls).toEqual([
      [0, 3],
      [3, 4]
    ])
  })

  it("is warm when every line has a value at the cursor", () => {
    const cursor = { index: -1 }
    const first = new Line(cursor)
    const second = new Line(cursor)
    const feed = Feed.make("two", 2, [first, second], (_, from, to) => {
      for (let i = from; i < to; i++) {
        write(first, to)[i] = 1
        if (i > 0) write(second, to)[i] = 1
      }
    })
    feed.extend(flat(1, 2, 3), 3)
    const warm = [-1, 0, 1, 2, 3].map((index) => {
      cursor.index = index
      return feed.isWarm()
    })
    expect(warm).toEqual([false, false, true, true, false])
  })

  it("has ended once its kernel threw: later candles never reach an indicator that missed some", () => {
    const calls: Array<number> = []
    const feed = Feed.make("failing", 1, [], (_, from) => {
      calls.push(from)
      if (from === 1) throw new Error("no")
    })
    const candles = flat(1, 2, 3, 4)
    feed.extend(candles, 1)
    expect(() => feed.extend(candles, 2)).toThrow("no")
    feed.extend(candles, 3)
    feed.extend(candles, 4)
    expect(calls).toEqual([0, 1])
  })
})
