import { describe, expect, it } from "@effect/vitest"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Stream from "effect/Stream"
import * as Supervisor from "effect/Supervisor"
import * as TestClock from "effect/TestClock"
import { Backtest, type Event, Runs, Signal, Strategy } from "../../src/index.js"
import { at, collect, flat, frame, kit, market, memory, rule, t0, tags, wide } from "./support.js"

/** The price leaps up at once after every entry: trades of one candle. */
const quick = (price: number) =>
  Signal.long({ priceTakeProfit: price * 1.01, priceStopLoss: price * 0.9, minuteEstimatedTime: 1 })

describe("a consumer that takes no more", () => {
  it.effect("causes no ask beyond the event that satisfied it", () =>
    Effect.gen(function* () {
      for (const wanted of [1, 2, 3, 5]) {
        const asked: Array<number> = []
        const strategy = Strategy.make("counts").signalEffect((view) =>
          Effect.sync(() => {
            asked.push(view.when)
            return at(view.when) === 10 || at(view.when) > 20 ? quick(view.price) : null
          })
        )
        const events = yield* Backtest.run("X", { strategy, exchange: memory(flat(100)), frame: frame(100) }).pipe(
          Stream.take(wanted),
          Stream.runCollect
        )
        const last = [...events].at(-1)
        expect(events.length).toBe(wanted)
        expect(asked.length).toBeGreaterThan(0)
        expect(at(asked.at(-1) ?? 0)).toBeLessThanOrEqual(at(last?.when ?? 0))
        // 10 → opened at 10, expired at 11; asked again from 12 on
        if (wanted <= 2) expect(asked.map(at)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
      }
    }).pipe(Effect.provide(kit))
  )

  it.effect("keeps an exit ask that the event before it put off", () =>
    Effect.gen(function* () {
      const asked: Array<number> = []
      const options = {
        exit: (view: { readonly when: number }) => {
          asked.push(at(view.when))
          return at(view.when) === 4
        }
      }
      const give = (view: Strategy.View<unknown, unknown>) => (at(view.when) === 2 ? wide(view.price) : null)
      const run = { exchange: memory(flat(8)), frame: frame(8) }
      const plain = yield* collect({ ...run, strategy: Strategy.make("s", options).signal(give) })
      const plainAsks = asked.splice(0)
      const effect = yield* collect({
        ...run,
        strategy: Strategy.make("s", options).signalEffect((view) => Effect.sync(() => give(view)))
      })
      expect(plainAsks).toEqual([3, 4])
      expect(asked).toEqual([3, 4])
      expect(effect).toEqual(plain)
      expect(effect.map((event) => [event._tag, at(event.when)])).toEqual([
        ["Opened", 2],
        ["Closed", 4]
      ])
      asked.splice(0)
      const one = yield* Backtest.run("X", {
        ...run,
        strategy: Strategy.make("s", options).signalEffect((view) => Effect.sync(() => give(view)))
      }).pipe(Stream.take(1), Stream.runCollect)
      expect(tags([...one])).toEqual(["Opened"])
      expect(asked).toEqual([])
    }).pipe(Effect.provide(kit))
  )

  it.effect("asks an exit at the last candle, also after an event of that candle", () =>
    Effect.gen(function* () {
      const asked: Array<number> = []
      const exit = (view: { readonly when: number }) => {
        asked.push(at(view.when))
        return false
      }
      const strategy = Strategy.make("s", { exit }).signalEffect((view) =>
        Effect.sync(() => (at(view.when) === 4 ? wide(view.price) : null))
      )
      const events = yield* collect({ strategy, exchange: memory(flat(5)), frame: frame(10) })
      expect(asked).toEqual([5])
      expect(tags(events)).toEqual(["Opened", "Closed"])
    }).pipe(Effect.provide(kit))
  )

  it.effect("lets a plain strategy run one page ahead at the most", () =>
    Effect.gen(function* () {
      let asks = 0
      const strategy = Strategy.make("counts").signal(({ price }) => {
        asks++
        return quick(price)
      })
      const count = 20_000
      const events = yield* Backtest.run("X", { strategy, exchange: memory(flat(count)), frame: frame(count) }).pipe(
        Stream.take(1),
        Stream.runCollect
      )
      expect(events.length).toBe(1)
      expect(asks).toBeGreaterThan(0)
      expect(asks).toBeLessThanOrEqual(4096)
    }).pipe(Effect.provide(kit))
  )

  it.effect("leaves no fiber behind, and a run that has ended", () =>
    Effect.gen(function* () {
      const plain = Strategy.make("plain").signal(({ price }) => wide(price))
      const effect = Strategy.make("effect").signalEffect(({ price }) => Effect.succeed(wide(price)))
      const run = { exchange: memory(flat(50)), frame: frame(50) }
      const alive = (strategy: Strategy.Strategy<unknown, never>, inside: Array<number>) =>
        Effect.gen(function* () {
          const supervisor = yield* Supervisor.track
          const living = Effect.map(supervisor.value, (fibers) => fibers.length)
          yield* Backtest.run("X", { ...run, strategy }).pipe(
            Stream.tap(() => Effect.map(living, (count) => inside.push(count))),
            Stream.take(1),
            Stream.runDrain,
            Effect.supervised(supervisor)
          )
          yield* Effect.yieldNow()
          return yield* living
        })
      const insidePlain: Array<number> = []
      const insideEffect: Array<number> = []
      // the exchange's shared data outlive the first run by a minute, on a fiber of the kit
      yield* alive(plain, [])
      const afterPlain = yield* alive(plain, insidePlain)
      const afterEffect = yield* alive(effect, insideEffect)
      // while it runs there is a watchdog; afterwards there is not
      expect(insideEffect[0]).toBe((insidePlain[0] ?? 0) + 1)
      expect([afterPlain, afterEffect]).toEqual([0, 0])
      expect((yield* Runs.list).map(({ status }) => status)).toEqual(["done", "done", "done"])
    }).pipe(Effect.provide(kit))
  )

  it.effect("interrupts an ask under way, and the run is stopped", () =>
    Effect.gen(function* () {
      const started = yield* Deferred.make<void>()
      const ended = yield* Deferred.make<void>()
      const strategy = Strategy.make("waits").signalEffect(() =>
        Deferred.succeed(started, undefined).pipe(
          Effect.zipRight(Effect.never),
          Effect.onInterrupt(() => Deferred.succeed(ended, undefined))
        )
      )
      const fiber = yield* Effect.fork(collect({ strategy, exchange: memory(flat(50)), frame: frame(50) }))
      yield* Deferred.await(started)
      yield* Fiber.interrupt(fiber)
      expect(yield* Deferred.isDone(ended)).toBe(true)
      expect((yield* Runs.list).map(({ status }) => status)).toEqual(["stopped"])
    }).pipe(Effect.provide(kit))
  )
})

describe("a strategy that goes wrong", () => {
  const exchange = memory(flat(6))
  const failures = (events: ReadonlyArray<Event.Event>) =>
    events.map((event) => (event._tag === "Failed" ? [at(event.when), event.message] : [event._tag]))

  const expected = [
    [1, "no"],
    [2, "no"],
    [3, "no"],
    [4, "no"],
    [5, "no"]
  ]

  it.effect("by throwing", () =>
    Effect.gen(function* () {
      const strategy = Strategy.make("throws").signal(() => {
        throw new Error("no\nand more")
      })
      expect(failures(yield* collect({ strategy, exchange, frame: frame(6) }))).toEqual(expected)
    }).pipe(Effect.provide(kit))
  )

  it.effect("by failing, dying or throwing in an Effect", () =>
    Effect.gen(function* () {
      const asks: ReadonlyArray<Effect.Effect<null, unknown>> = [
        Effect.fail("no"),
        Effect.fail(new Error("no")),
        Effect.die("no"),
        Effect.die(new Error("no"))
      ]
      for (const ask of asks) {
        const strategy = Strategy.make("fails").signalEffect(() => ask)
        expect(failures(yield* collect({ strategy, exchange, frame: frame(6) }))).toEqual(expected)
      }
      const strategy = Strategy.make("throws").signalEffect((): Effect.Effect<null> => {
        throw new Error("no")
      })
      expect(failures(yield* collect({ strategy, exchange, frame: frame(6) }))).toEqual(expected)
    }).pipe(Effect.provide(kit))
  )

  it.effect("by throwing in its exit, with the position kept", () =>
    Effect.gen(function* () {
      const options = {
        exit: (view: { readonly when: number }): boolean => {
          if (at(view.when) === 3) throw new Error("no")
          return at(view.when) === 4
        }
      }
      const give = (view: Strategy.View<unknown, unknown>) => (at(view.when) === 1 ? wide(view.price) : null)
      const expectedEvents = [
        ["Opened", 1],
        ["Failed", 3],
        ["Closed", 4]
      ]
      const shapes = [
        Strategy.make("s", options).signal(give),
        Strategy.make("s", options).signalEffect((view) => Effect.sync(() => give(view)))
      ]
      for (const strategy of shapes) {
        const events = yield* collect({ strategy, exchange, frame: frame(6) })
        expect(events.map((event) => [event._tag, at(event.when)])).toEqual(expectedEvents)
      }
    }).pipe(Effect.provide(kit))
  )

  it.effect("by answering nonsense", () =>
    Effect.gen(function* () {
      const nonsense: ReadonlyArray<readonly [unknown, ReadonlyArray<string>]> = [
        [42, ["answer"]],
        ["x", ["answer"]],
        [[], ["answer"]],
        [true, ["answer"]],
        [{}, ["position", "price", "price", "lifetime"]],
        [{ position: "long", priceTakeProfit: Number.NaN, priceStopLoss: 90, minuteEstimatedTime: 5 }, ["price"]],
        [
          { position: "up", priceTakeProfit: 110, priceStopLoss: -1, minuteEstimatedTime: 0.5 },
          ["position", "price", "lifetime"]
        ]
      ]
      for (const [answer, codes] of nonsense) {
        const answers: Record<string, unknown> = { answer }
        // what plain JavaScript may hand over
        const give = (): Signal.Answer => JSON.parse("null") ?? Reflect.get(answers, "answer")
        for (const strategy of [
          Strategy.make("s").signal(give),
          Strategy.make("s").signalEffect(() => Effect.sync(give))
        ]) {
          const events = yield* collect({ strategy, exchange, frame: frame(3) })
          expect(events.map((event) => [event._tag, at(event.when)])).toEqual([
            ["Rejected", 1],
            ["Rejected", 2]
          ])
          const [first] = events
          expect(first?._tag === "Rejected" ? first.violations.map(({ code }) => code) : []).toEqual(
            expect.arrayContaining([...codes])
          )
        }
      }
    }).pipe(Effect.provide(kit))
  )

  it.effect("by never answering: interrupted at its timeout, and the run goes on", () =>
    Effect.gen(function* () {
      let interrupted = 0
      const strategy = Strategy.make("hangs").signalEffect((view) =>
        at(view.when) === 2
          ? Effect.onInterrupt(Effect.never, () => Effect.sync(() => interrupted++))
          : Effect.succeed(at(view.when) === 4 ? wide(view.price) : null)
      )
      const fiber = yield* Effect.fork(collect({ strategy, exchange, frame: frame(6) }))
      yield* TestClock.adjust("179 seconds")
      expect(fiber.unsafePoll()).toBe(null)
      expect(interrupted).toBe(0)
      yield* TestClock.adjust("2 seconds")
      const events = yield* Fiber.join(fiber)
      expect(interrupted).toBe(1)
      expect(events.map((event) => [event._tag, at(event.when)])).toEqual([
        ["Failed", 2],
        ["Opened", 4],
        ["Closed", 6]
      ])
      const [first] = events
      expect(first?._tag === "Failed" ? first.message : "").toContain("180000 ms")
    }).pipe(Effect.provide(kit))
  )

  it.effect("by hanging at every tick: each gets the whole timeout", () =>
    Effect.gen(function* () {
      const strategy = Strategy.make("hangs").signalEffect(() => Effect.never)
      const fiber = yield* Effect.fork(
        collect({ strategy, exchange, frame: frame(4), settings: { signalTimeout: 10 } })
      )
      yield* TestClock.adjust("10 seconds")
      yield* TestClock.adjust("10 seconds")
      expect(fiber.unsafePoll()).toBe(null)
      yield* TestClock.adjust("10 seconds")
      expect((yield* Fiber.join(fiber)).map((event) => [event._tag, at(event.when)])).toEqual([
        ["Failed", 1],
        ["Failed", 2],
        ["Failed", 3]
      ])
    }).pipe(Effect.provide(kit))
  )

  it.live("by keeping the thread busy: reported when it returns, its answer dropped", () =>
    Effect.gen(function* () {
      const busy = (view: Strategy.View<unknown, unknown>) => {
        if (at(view.when) !== 2) return null
        const until = performance.now() + 600
        while (performance.now() < until);
        return wide(view.price)
      }
      for (const strategy of [
        Strategy.make("busy").signal(busy),
        Strategy.make("busy").signalEffect((view) => Effect.sync(() => busy(view)))
      ]) {
        const events = yield* collect({ strategy, exchange, frame: frame(6), settings: { signalTimeout: 0.3 } })
        expect(events.map((event) => [event._tag, at(event.when)])).toEqual([["Failed", 2]])
      }
    }).pipe(Effect.provide(kit))
  )
})

describe("the grammar of events", () => {
  it.effect("every signal ends once and instants never decrease", () =>
    Effect.gen(function* () {
      let closed = 0
      let cancelled = 0
      for (let seed = 0; seed < 20; seed++) {
        for (const fill of ["realistic", "touch", "path"] as const) {
          const candles = market(seed, 600, 0.1)
          const strategy = Strategy.make("ruled").signal(rule)
          const events = yield* collect({ strategy, exchange: memory(candles), frame: frame(700), fill })
          const open = new Map<string, string>()
          let last = t0
          for (const event of events) {
            expect(event.when).toBeGreaterThanOrEqual(last)
            last = event.when
            if (!("signal" in event)) continue
            const { id } = event.signal
            const before = open.get(id)
            open.set(id, event._tag)
            if (event._tag === "Scheduled") expect(before).toBe(undefined)
            if (event._tag === "Opened") expect([undefined, "Scheduled"]).toContain(before)
            if (event._tag === "Cancelled") expect([undefined, "Scheduled"]).toContain(before)
            if (event._tag === "Closed") expect(before).toBe("Opened")
            if (event._tag === "Closed") closed++
            if (event._tag === "Cancelled") cancelled++
          }
          for (const tag of open.values()) expect(["Closed", "Cancelled"]).toContain(tag)
        }
      }
      expect(closed).toBeGreaterThan(100)
      expect(cancelled).toBeGreaterThan(10)
    }).pipe(Effect.provide(kit))
  )
})
