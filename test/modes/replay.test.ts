import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { type Event, Frame, Replay, type Signal } from "../../src/index.js"
import { at, candle, flat, frame, kit, memory, minute, t0 } from "./support.js"

/** A long that ends after its lifetime. */
const long = (time: number, minuteEstimatedTime: number, id: string): Signal.RecordedSignal => ({
  id,
  time: t0 + time * minute,
  position: "long",
  priceTakeProfit: 110,
  priceStopLoss: 90,
  minuteEstimatedTime
})

const told = (events: Iterable<Event.Event>) =>
  Array.from(events, (event) => {
    const id =
      "signal" in event ? event.signal.id : event._tag === "Rejected" ? Reflect.get(Object(event.answer), "id") : ""
    return `${event._tag} ${id} ${at(event.when)}`
  })

const replay = (options: Replay.Options<never>) =>
  Effect.gen(function* () {
    const events = told(yield* Stream.runCollect(Replay.run("X", options)))
    const { shifted, skipped } = yield* Replay.report("X", options)
    return { events, shifted, skipped }
  }).pipe(Effect.provide(kit))

describe("Replay", () => {
  it.effect("rounds a time off the grid up, and does not count it", () =>
    Effect.gen(function* () {
      const exchange = memory(flat(10))
      expect(yield* replay({ exchange, frame: frame(10), signals: [long(2.2, 2, "a")] })).toEqual({
        events: ["Opened a 3", "Closed a 5"],
        shifted: 0,
        skipped: 0
      })
      const every5 = Frame.make("f", { interval: "5m", start: t0, end: t0 + 20 * minute })
      expect(yield* replay({ exchange: memory(flat(20)), frame: every5, signals: [long(6, 2, "a")] })).toEqual({
        events: ["Opened a 10", "Closed a 12"],
        shifted: 0,
        skipped: 0
      })
    })
  )

  it.effect("moves a time without a tick to the next one", () =>
    Effect.gen(function* () {
      // minutes 4, 5 and 6 are missing: no candle closes at 5, 6, 7
      const candles = flat(12).filter((_, i) => i < 4 || i > 6)
      expect(yield* replay({ exchange: memory(candles), frame: frame(12), signals: [long(5, 2, "a")] })).toEqual({
        events: ["Opened a 8", "Closed a 10"],
        shifted: 1,
        skipped: 0
      })
      // the first candle closes at 1
      expect(yield* replay({ exchange: memory(candles), frame: frame(12), signals: [long(0, 1, "a")] })).toEqual({
        events: ["Opened a 1", "Closed a 2"],
        shifted: 1,
        skipped: 0
      })
    })
  )

  it.effect("passes over what comes while another lives, or at its closing instant", () =>
    Effect.gen(function* () {
      const signals = [long(6, 1, "e"), long(5, 1, "d"), long(2, 3, "a"), long(2, 3, "b"), long(3, 1, "c")]
      // a lives from 2 to 5; d comes at the closing instant, e after it
      expect(yield* replay({ exchange: memory(flat(10)), frame: frame(10), signals })).toEqual({
        events: ["Opened a 2", "Closed a 5", "Opened e 6", "Closed e 7"],
        shifted: 0,
        skipped: 3
      })
    })
  )

  it.effect("skips the second of two that a gap moves to one tick", () =>
    Effect.gen(function* () {
      const candles = flat(12).filter((_, i) => i < 4 || i > 6)
      const signals = [long(5, 2, "a"), long(6, 2, "b")]
      expect(yield* replay({ exchange: memory(candles), frame: frame(12), signals })).toEqual({
        events: ["Opened a 8", "Closed a 10"],
        shifted: 1,
        skipped: 1
      })
    })
  )

  it.effect("rejects what lies outside the data or the frame", () =>
    Effect.gen(function* () {
      const signals = [long(-3, 1, "early"), long(4, 1, "a"), long(12, 1, "late"), long(99, 1, "far")]
      const exchange = memory(flat(10))
      expect(yield* replay({ exchange, frame: frame(50), signals })).toEqual({
        events: ["Rejected early -3", "Opened a 4", "Closed a 5", "Rejected late 12", "Rejected far 99"],
        shifted: 0,
        skipped: 0
      })
      // candles of minutes 2 to 7 are in the frame: tick 8 is not
      expect(yield* replay({ exchange, frame: frame(6, 2), signals: [long(1, 1, "x"), long(8, 1, "y")] })).toEqual({
        events: ["Rejected x 1", "Rejected y 8"],
        shifted: 0,
        skipped: 0
      })
    })
  )

  it.effect("keeps a signal at the data's last tick when nothing is left to trade at", () =>
    Effect.gen(function* () {
      const exchange = memory(flat(10))
      expect(yield* replay({ exchange, frame: frame(50), signals: [long(10, 1, "a")] })).toEqual({
        events: ["Rejected a 10"],
        shifted: 0,
        skipped: 0
      })
    })
  )

  it.effect("validates like a strategy's answer, and offers the next one of the same tick", () =>
    Effect.gen(function* () {
      const bad = { ...long(2, 1, "bad"), priceStopLoss: 120 }
      expect(yield* replay({ exchange: memory(flat(10)), frame: frame(10), signals: [bad, long(2, 1, "a")] })).toEqual({
        events: ["Rejected bad 2", "Opened a 2", "Closed a 3"],
        shifted: 0,
        skipped: 0
      })
    })
  )

  it.effect("rests a limit entry and skips what comes meanwhile", () =>
    Effect.gen(function* () {
      const candles = [...flat(6), candle(6, 100, 100, 94, 96), candle(7, 96, 96, 96, 96), candle(8, 96, 96, 96, 96)]
      const limit = { ...long(2, 2, "a"), priceOpen: 95 }
      expect(yield* replay({ exchange: memory(candles), frame: frame(9), signals: [limit, long(4, 1, "b")] })).toEqual({
        events: ["Scheduled a 2", "Opened a 6", "Closed a 8"],
        shifted: 0,
        skipped: 1
      })
    })
  )

  it.effect("refuses a signal whose time is no number before anything starts", () =>
    Effect.gen(function* () {
      const signals = [long(2, 1, "a"), long(Number.NaN, 1, "b")]
      const error = yield* Effect.flip(Replay.report("X", { exchange: memory(flat(10)), frame: frame(10), signals }))
      expect(error._tag).toBe("InvalidRun")
      expect(error.message).toContain("signals[1].time")
    }).pipe(Effect.provide(kit))
  )
})
