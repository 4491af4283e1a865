import { describe, expect, it } from "@effect/vitest"
import * as Cause from "effect/Cause"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as fc from "effect/FastCheck"
import * as Stream from "effect/Stream"
import { type Channel, type Done, EventHub, layer, type Message } from "../../src/services/EventHub.js"

const about = { mode: "backtest", symbol: "X", strategy: "s" } as const
const done = (n: number): Done => ({ _tag: "Done", runId: String(n), ...about })
const took = (millis: number): Message => ({ _tag: "Performance", runId: "a", ...about, phase: "run", millis })
const upTo = (count: number, from = 0) => Array.from({ length: count }, (_, i) => from + i)

const endings: Channel<number> = {
  needs: "messages",
  select: (message) => (message._tag === "Done" ? Number(message.runId) : undefined)
}
const needing = (needs: Channel<number>["needs"]): Channel<number> => ({ ...endings, needs })

/** What waits for a listener, read after it has been closed. */
const rest = <A>(messages: Stream.Stream<A>) => Effect.map(Stream.runCollect(messages), Chunk.toReadonlyArray)

describe("the event hub", () => {
  it.effect("gives every listener its own copy, in order, of what is told singly and together", () =>
    Effect.gen(function* () {
      const hub = yield* EventHub
      const one = yield* hub.open(endings)
      hub.publish(done(0))
      hub.publish(done(1))
      const two = yield* hub.open(endings)
      hub.publishAll([done(2), took(5), done(3)])
      hub.publish(done(4))
      hub.publishAll([])
      hub.publishAll([took(6)])
      hub.publishAll([done(5)])
      yield* one.close
      hub.publish(done(6))
      yield* two.close
      hub.publish(done(7))
      expect(yield* rest(one.messages)).toEqual([0, 1, 2, 3, 4, 5])
      expect(yield* rest(two.messages)).toEqual([2, 3, 4, 5, 6])
      expect([yield* one.dropped, yield* two.dropped]).toEqual([0, 0])
    }).pipe(Effect.provide(layer))
  )

  it.effect("hears what a channel gives, lists included, and only that takes room", () =>
    Effect.gen(function* () {
      const hub = yield* EventHub
      const lists: Channel<ReadonlyArray<number>> = {
        needs: "messages",
        select: (message) => (message._tag === "Done" ? [1, 2] : undefined)
      }
      const { close, dropped, messages } = yield* hub.open(lists, 1)
      hub.publish(done(0))
      hub.publishAll(upTo(1000).map(took))
      yield* close
      expect(yield* rest(messages)).toEqual([[1, 2]])
      expect(yield* dropped).toBe(0)
    }).pipe(Effect.provide(layer))
  )

  it.effect("keeps the latest for a slow listener and counts the rest", () =>
    Effect.gen(function* () {
      // capacity, messages told one by one, then at once; what is left; how many were lost
      const table: ReadonlyArray<readonly [number, number, number, ReadonlyArray<number>, number]> = [
        [3, 2, 0, [0, 1], 0],
        [3, 3, 0, [0, 1, 2], 0],
        [3, 4, 0, [1, 2, 3], 1],
        [3, 0, 10, [7, 8, 9], 7],
        [3, 2, 2, [1, 2, 3], 1],
        [1, 5, 5, [9], 9],
        [2.9, 0, 4, [2, 3], 2],
        [0, 2, 0, [1], 1],
        [-5, 0, 2, [1], 1],
        [Number.NaN, 0, 2, [1], 1]
      ]
      for (const [capacity, singly, together, left, lost] of table) {
        const hub = yield* EventHub
        const { close, dropped, messages } = yield* hub.open(endings, capacity)
        for (const n of upTo(singly)) hub.publish(done(n))
        hub.publishAll(upTo(together, singly).map(done))
        yield* close
        expect(yield* rest(messages)).toEqual(left)
        expect(yield* dropped).toBe(lost)
      }
    }).pipe(Effect.provide(layer))
  )

  it.effect("loses nothing with room for all, and of 20,000 the oldest 3,616 by default", () =>
    Effect.gen(function* () {
      const hub = yield* EventHub
      const all = yield* hub.open(endings, Number.POSITIVE_INFINITY)
      const latest = yield* hub.open(endings)
      for (const page of upTo(200)) hub.publishAll(upTo(100, page * 100).map(done))
      yield* all.close
      yield* latest.close
      expect(yield* rest(all.messages)).toEqual(upTo(20_000))
      expect(yield* all.dropped).toBe(0)
      expect((yield* rest(latest.messages))[0]).toBe(3616)
      expect(yield* latest.dropped).toBe(3616)
    }).pipe(Effect.provide(layer))
  )

  it.effect("however messages are told and read: heard or counted, each once, in order", () =>
    Effect.gen(function* () {
      const hub = yield* EventHub
      yield* Effect.promise(() =>
        fc.assert(
          fc.asyncProperty(
            fc.integer({ min: 1, max: 9 }),
            // how many are told at once; 0: the listener reads what there is
            fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 30 }),
            (capacity, steps) =>
              Effect.gen(function* () {
                const { close, dropped, messages } = yield* hub.open(endings, capacity)
                const pull = yield* Stream.toPull(messages)
                const heard: Array<number> = []
                let waiting: Array<number> = []
                const expected: Array<number> = []
                let told = 0
                const read = Effect.map(Effect.orDie(Effect.flatten(Effect.option(pull))), (chunk) => {
                  heard.push(...chunk)
                  expected.push(...waiting)
                  waiting = []
                })
                for (const step of steps) {
                  if (step > 0) {
                    const numbers = upTo(step, told)
                    told += step
                    waiting = [...waiting, ...numbers].slice(-capacity)
                    if (step % 2 === 0) hub.publishAll(numbers.map(done))
                    else for (const n of numbers) hub.publish(done(n))
                  } else if (waiting.length > 0) yield* read
                }
                yield* close
                if (waiting.length > 0) yield* read
                expect(heard).toEqual(expected)
                expect(yield* dropped).toBe(told - heard.length)
              }).pipe(Effect.scoped, Effect.runPromise)
          ),
          { numRuns: 300 }
        )
      )
    }).pipe(Effect.provide(layer))
  )

  it.effect("knows what runs have to do for those who listen", () =>
    Effect.gen(function* () {
      const hub = yield* EventHub
      const wants = () => [hub.wants("signals"), hub.wants("partials")]
      expect(wants()).toEqual([false, false])
      const messages = yield* hub.open(needing("messages"))
      expect(wants()).toEqual([false, false])
      const signals = yield* hub.open(needing("signals"))
      expect(wants()).toEqual([true, false])
      const partials = yield* hub.open(needing("partials"))
      yield* signals.close
      // partial levels are told as signals
      expect(wants()).toEqual([true, true])
      yield* partials.close
      yield* partials.close
      expect(wants()).toEqual([false, false])
      yield* messages.close
      yield* Effect.scoped(
        Effect.map(hub.subscribe(needing("signals")), () => {
          expect(wants()).toEqual([true, false])
        })
      )
      expect(wants()).toEqual([false, false])
    }).pipe(Effect.provide(layer))
  )

  it.effect("forgets a listener whose stream was read to its consumer's end", () =>
    Effect.gen(function* () {
      const hub = yield* EventHub
      const { messages } = yield* hub.open(needing("signals"))
      hub.publishAll([done(0), done(1), done(2)])
      expect([...(yield* Stream.runCollect(Stream.take(messages, 2)))]).toEqual([0, 1])
      expect(hub.wants("signals")).toBe(false)
    }).pipe(Effect.provide(layer))
  )

  it.effect("a channel that throws ends its own listener and no other", () =>
    Effect.gen(function* () {
      const hub = yield* EventHub
      const broken: Channel<number> = {
        needs: "messages",
        select: (message) => {
          if (message._tag !== "Done") throw new Error("not this")
          return Number(message.runId)
        }
      }
      const before: Array<number> = []
      const one = yield* hub.open(broken)
      const two = yield* hub.open(endings)
      hub.publishAll([done(0), done(1), took(3), done(2)])
      hub.publish(done(3))
      yield* two.close
      expect(yield* rest(two.messages)).toEqual([0, 1, 2, 3])
      const exit = yield* Effect.exit(Stream.runForEach(one.messages, (n) => Effect.sync(() => before.push(n))))
      expect(before).toEqual([0, 1])
      expect(Exit.isFailure(exit) && Cause.pretty(exit.cause)).toContain("not this")
    }).pipe(Effect.provide(layer))
  )
})
