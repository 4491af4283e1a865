import { describe, expect, it } from "@effect/vitest"
import * as fc from "effect/FastCheck"
import { type Lane, Timeline } from "../../src/engine/timeline.js"
import type { Next } from "../../src/engine/walk.js"

type Stop = readonly [next: Exclude<Next, "page">, instant: number]

/** A walk that stops where it is told to, the data ending at `endsAt`. */
const lane = (stops: ReadonlyArray<Stop>, endsAt: number): Lane => {
  const left = [...stops]
  let present: Stop | undefined
  return {
    walk: {
      next: () => {
        present = left.shift()
        return present?.[0] ?? "page"
      },
      instantOf: () => present?.[1] ?? Number.NaN,
      endsAt
    },
    prepare: () => {},
    bound: () => 1,
    isComplete: () => true
  }
}

/** Everything in the order in which it has its turn: lane, need, instant reached. */
const play = (lanes: ReadonlyArray<Lane>): ReadonlyArray<string> => {
  const timeline = new Timeline(lanes)
  const turns: Array<string> = []
  for (let i = timeline.next(); i !== undefined; i = timeline.next()) {
    const need = timeline.need(i)
    turns.push(`${i} ${need} ${timeline.instant}`)
    if (need === "finish") timeline.end(i)
    else timeline.refresh(i)
  }
  return turns
}

describe("the timeline", () => {
  it("goes by instants; at one instant asks before candles, and lanes in their order", () => {
    expect(
      play([
        lane(
          [
            ["candle", 60],
            ["signal", 120]
          ],
          180
        ),
        lane(
          [
            ["signal", 60],
            ["candle", 60],
            ["exit", 120]
          ],
          120
        )
      ])
    ).toEqual([
      "1 signal 60",
      "0 candle 60",
      "1 candle 60",
      "0 signal 120",
      "1 exit 120",
      "1 finish 120",
      "0 finish 180"
    ])
  })

  it("lets what comes to light late come last of its instant, before anything later", () => {
    // the second lane's candle of 60 shows that its position had ended at 50: its tick at 60 is still to come
    expect(
      play([
        lane(
          [
            ["candle", 60],
            ["candle", 61]
          ],
          90
        ),
        lane(
          [
            ["candle", 50],
            ["candle", 60],
            ["signal", 60]
          ],
          90
        ),
        lane([["candle", 60]], 90)
      ])
    ).toEqual([
      "1 candle 50",
      "0 candle 60",
      "1 candle 60",
      "2 candle 60",
      "1 signal 60",
      "0 candle 61",
      "0 finish 90",
      "1 finish 90",
      "2 finish 90"
    ])
  })

  it("says when an instant is past", () => {
    const timeline = new Timeline([
      lane(
        [
          ["signal", 60],
          ["candle", 60],
          ["signal", 61]
        ],
        90
      )
    ])
    const seen: Array<boolean> = []
    for (let i = timeline.next(); i !== undefined && timeline.need(i) !== "finish"; i = timeline.next()) {
      seen.push(timeline.isPast(60))
      timeline.refresh(i)
    }
    expect(seen).toEqual([false, false, true])
  })

  it("reads more before anything else", () => {
    let complete = false
    const waiting: Lane = { ...lane([], 30), isComplete: () => complete }
    const timeline = new Timeline([lane([["signal", 10]], 90), waiting])
    expect([timeline.next(), timeline.need(1)]).toEqual([1, "more"])
    complete = true
    timeline.refresh(1)
    expect([timeline.next(), timeline.instant]).toEqual([0, 10])
  })

  const instants = fc
    .array(fc.integer({ min: 0, max: 20 }), { maxLength: 8 })
    .map((all) => all.toSorted((a, b) => a - b))
  it("never goes back, whatever the lanes do", () => {
    fc.assert(
      fc.property(fc.array(instants, { minLength: 1, maxLength: 5 }), (lanes) => {
        const turns = play(
          lanes.map((each) =>
            lane(
              each.map((instant): Stop => ["signal", instant]),
              20
            )
          )
        )
        const reached = turns.map((turn) => Number(turn.split(" ")[2]))
        expect(reached).toEqual(reached.toSorted((a, b) => a - b))
        expect(turns).toHaveLength(lanes.reduce((count, each) => count + each.length + 1, 0))
        // of those at one instant the earlier lane goes first
        const order = turns.map((turn) => turn.split(" ").map(Number))
        for (let i = 1; i < order.length; i++) {
          const [before, after] = [order[i - 1], order[i]]
          if (turns[i].includes("finish") || turns[i - 1].includes("finish")) continue
          if (before[2] === after[2]) expect(before[0]).toBeLessThanOrEqual(after[0])
        }
      })
    )
  })
})
