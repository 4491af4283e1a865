import { describe, expect, it } from "@effect/vitest"
import * as Cause from "effect/Cause"
import * as Chunk from "effect/Chunk"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Logger from "effect/Logger"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/TestClock"
import { Backtest, type Event, Exchange, Listen, Replay, Risk, Signal, Strategy } from "../src/index.js"
import type { Command } from "../src/services/Command.js"
import { EventHub } from "../src/services/EventHub.js"
import { collect, flat, frame, kit, market, memory, ruled, wide } from "./modes/support.js"

const options = { strategy: ruled, exchange: memory(market(4, 400)), frame: frame(400) }

/** Everything a channel hears while `run` runs. */
const heard = <A, B, E, R>(channel: Listen.Channel<A>, run: Effect.Effect<B, E, R>) =>
  Effect.gen(function* () {
    const messages: Array<A> = []
    const result = yield* Effect.scoped(
      Effect.zipRight(
        Listen.run(channel, (message) => Effect.sync(() => void messages.push(message))),
        run
      )
    )
    return { messages, result }
  })

const events = (messages: ReadonlyArray<Listen.Signal>): ReadonlyArray<Event.Event> =>
  messages.map(({ event }) => event)

describe("channels", () => {
  it.effect("signals: what the run's own stream tells, in its order", () =>
    Effect.gen(function* () {
      const { messages, result } = yield* heard(Listen.signals, collect(options))
      expect(result.length).toBeGreaterThan(20)
      expect(events(messages)).toEqual(result)
      expect(new Set(messages.map(({ mode }) => mode))).toEqual(new Set(["backtest"]))
    }).pipe(Effect.provide(kit))
  )

  it.effect("signals by mode", () =>
    Effect.gen(function* () {
      const signals = [{ ...wide(100, 5), time: frame(10).start as number }]
      const replay = Stream.runDrain(Replay.run("X", { signals, exchange: memory(flat(10)), frame: frame(10) }))
      const both = Effect.zip(collect({ ...options, frame: frame(50) }), replay)
      const all = yield* heard(Listen.signals, both)
      const backtest = yield* heard(Listen.signalsBacktest, both)
      const replays = yield* heard(Listen.signalsReplay, both)
      const live = yield* heard(Listen.signalsLive, both)
      expect(backtest.messages.length).toBeGreaterThan(0)
      expect(replays.messages.length).toBeGreaterThan(0)
      expect(live.messages).toEqual([])
      expect(all.messages).toHaveLength(backtest.messages.length + replays.messages.length)
    }).pipe(Effect.provide(kit))
  )

  it.effect("partial levels are made for whoever listens, and stay out of the run's stream", () =>
    Effect.gen(function* () {
      const plain = yield* collect(options)
      const progress = yield* collect({ ...options, events: "progress" })
      const profit = yield* heard(Listen.partialProfit, collect(options))
      const loss = yield* heard(Listen.partialLoss, collect(options))
      expect(profit.result).toEqual(plain)
      expect(events(profit.messages)).toEqual(progress.filter(({ _tag }) => _tag === "PartialProfit"))
      expect(events(loss.messages)).toEqual(progress.filter(({ _tag }) => _tag === "PartialLoss"))
      expect(profit.messages.length).toBeGreaterThan(10)
    }).pipe(Effect.provide(kit))
  )

  it.effect("refusals, failures, endings and refused runs", () =>
    Effect.gen(function* () {
      const none = Risk.make("none", { validations: [Risk.check("never", () => false)] })
      const refused = yield* heard(Listen.risk, collect({ ...options, risk: none }))
      expect(refused.messages.length).toBeGreaterThan(10)
      expect(events(refused.messages).every(({ _tag }) => _tag === "Rejected")).toBe(true)
      const throwing = Strategy.make("throwing").signal(() => {
        throw new Error("no")
      })
      const failed = yield* heard(Listen.errors, collect({ ...options, strategy: throwing, frame: frame(5) }))
      expect(failed.messages.map((message) => message._tag)).toEqual(["Signal", "Signal", "Signal", "Signal"])
      const bad = Effect.flip(collect({ ...options, settings: { fee: -1 } }))
      expect((yield* heard(Listen.validation, bad)).messages).toMatchObject([
        { _tag: "Validation", mode: "backtest", error: { _tag: "InvalidRun", problems: [{ path: "settings.fee" }] } }
      ])
      const unknown = Effect.flip(Stream.runDrain(Backtest.run("X", { ...options, strategy: "nobody" })))
      expect((yield* heard(Listen.validation, unknown)).messages).toMatchObject([
        { error: { _tag: "UnknownName", name: "nobody" } }
      ])
    }).pipe(Effect.provide(kit))
  )

  it.effect("signals are the same, whatever else a run tells or others listen to", () =>
    Effect.gen(function* () {
      const plain = yield* collect(options)
      const verbose = yield* heard(Listen.signals, collect({ ...options, events: "all" }))
      expect(verbose.result.length).toBeGreaterThan(plain.length)
      expect(events(verbose.messages)).toEqual(plain)
      const beside = yield* heard(Listen.signals, heard(Listen.partialProfit, collect(options)))
      expect(beside.result.messages.length).toBeGreaterThan(0)
      expect(events(beside.messages)).toEqual(plain)
    }).pipe(Effect.provide(kit))
  )

  it.effect("a run ends on exactly one channel", () =>
    Effect.gen(function* () {
      const hanging = Strategy.make("hanging").signalEffect(() => Effect.never)
      const stop = Effect.flatMap(Backtest.fork("X", { ...options, strategy: hanging }), ({ stop }) => stop)
      const down = Exchange.make("down", {
        interval: "1m",
        candles: () => Effect.fail("no route")
      })
      const about = { mode: "backtest", symbol: "X" }
      const ended = (run: Effect.Effect<unknown, unknown, Command>, wanted: object) => ({
        run: Effect.exit(run),
        wanted
      })
      const failed = { exit: [{ _tag: "RunFailed", ...about }], errors: [{ _tag: "RunFailed", runId: "run-1" }] }
      const table = [
        ended(collect(options), { done: [{ _tag: "Done", ...about, strategy: "ruled" }] }),
        ended(Stream.runDrain(Stream.take(Backtest.run("X", options), 1)), { done: [{ _tag: "Done", ...about }] }),
        // while it is put together
        ended(collect({ ...options, frame: frame(5, 10_000) }), failed),
        ended(collect({ ...options, exchange: down, settings: { candleAttempts: 1 } }), failed),
        ended(Effect.scoped(stop), { stopped: [{ _tag: "RunFailed", ...about, strategy: "hanging" }] })
      ]
      for (const { run, wanted } of table) {
        const { done, errors, exit, stopped } = Listen
        const each = heard(stopped, heard(exit, heard(errors, heard(done, run))))
        const { messages, result } = yield* Effect.provide(each, kit)
        const told = {
          stopped: messages,
          exit: result.messages,
          errors: result.result.messages,
          done: result.result.result.messages
        }
        expect(told).toMatchObject({ stopped: [], exit: [], errors: [], done: [], ...wanted })
      }
    })
  )
})

const message = (n: number): Listen.Done => ({
  _tag: "Done",
  runId: String(n),
  mode: "backtest",
  symbol: "X",
  strategy: "s"
})

describe("listeners", () => {
  it.effect("lose nothing while they keep up, and handle what was told before their scope closed", () =>
    Effect.gen(function* () {
      const { messages } = yield* heard(
        Listen.done,
        Effect.gen(function* () {
          const hub = yield* EventHub
          for (let page = 0; page < 50; page++) {
            hub.publishAll(Array.from({ length: 1000 }, (_, i) => message(page * 1000 + i)))
            yield* Effect.yieldNow()
          }
        })
      )
      expect(messages.map(({ runId }) => Number(runId))).toEqual(Array.from({ length: 50_000 }, (_, i) => i))
    }).pipe(Effect.provide(kit))
  )

  it.effect("that are slow lose the oldest, counted, and hold nothing up", () =>
    Effect.gen(function* () {
      const hub = yield* EventHub
      const seen: Array<string> = []
      const dropped = yield* Effect.scoped(
        Effect.gen(function* () {
          const slow = yield* Listen.run(Listen.done, ({ runId }) => Effect.sync(() => void seen.push(runId)), {
            capacity: 3
          })
          hub.publishAll(Array.from({ length: 10 }, (_, i) => message(i)))
          return yield* slow.dropped
        })
      )
      expect(dropped).toBe(7)
      expect(seen).toEqual(["7", "8", "9"])
    }).pipe(Effect.provide(kit))
  )

  it.effect("that fail or die go on with the next", () =>
    Effect.gen(function* () {
      const seen: Array<string> = []
      yield* Effect.scoped(
        Effect.gen(function* () {
          const hub = yield* EventHub
          yield* Listen.run(Listen.done, ({ runId }) => {
            seen.push(runId)
            if (runId === "0") throw new Error("dies")
            return runId === "1" ? Effect.fail("fails") : Effect.void
          })
          hub.publishAll([message(0), message(1), message(2)])
        })
      )
      expect(seen).toEqual(["0", "1", "2"])
    }).pipe(Effect.provide(kit))
  )

  it.effect("that never return are interrupted when their patience is over", () =>
    Effect.gen(function* () {
      let interrupted = false
      const scoped = Effect.scoped(
        Effect.gen(function* () {
          const hub = yield* EventHub
          yield* Listen.run(
            Listen.done,
            () => Effect.onInterrupt(Effect.never, () => Effect.sync(() => (interrupted = true))),
            {
              patience: "10 seconds"
            }
          )
          hub.publish(message(0))
          yield* Effect.yieldNow()
        })
      )
      const fiber = yield* Effect.fork(scoped)
      yield* TestClock.adjust("9 seconds")
      expect(interrupted).toBe(false)
      yield* TestClock.adjust("2 seconds")
      yield* Fiber.join(fiber)
      expect(interrupted).toBe(true)
    }).pipe(Effect.provide(kit))
  )

  it.effect("that can't be interrupted hold a closing scope up for twice their patience", () =>
    Effect.gen(function* () {
      const hub = yield* EventHub
      const stuck = Listen.run(Listen.done, () => Effect.uninterruptible(Effect.never), { patience: "10 seconds" })
      const publish = Effect.zipRight(
        Effect.sync(() => hub.publish(message(0))),
        Effect.yieldNow()
      )
      const fiber = yield* Effect.fork(Effect.scoped(Effect.zipRight(stuck, publish)))
      yield* TestClock.adjust("19 seconds")
      expect((yield* Fiber.poll(fiber))._tag).toBe("None")
      yield* TestClock.adjust("2 seconds")
      expect((yield* Fiber.poll(fiber))._tag).toBe("Some")
    }).pipe(Effect.provide(kit))
  )

  it.effect("are logged when they fail, and when they are given up", () =>
    Effect.gen(function* () {
      const lines: Array<string> = []
      const logger = Logger.make<unknown, void>(({ cause, message }) => {
        lines.push(`${String(message)} ${Cause.isEmpty(cause) ? "" : Cause.pretty(cause)}`.split("\n", 1)[0] ?? "")
      })
      const hub = yield* EventHub
      yield* Effect.gen(function* () {
        yield* Listen.run(Listen.done, ({ runId }) => (runId === "0" ? Effect.fail("handler's fault") : Effect.never), {
          patience: 0
        })
        hub.publishAll([message(0), message(1)])
        yield* Effect.yieldNow()
      }).pipe(Effect.scoped, Effect.provide(Logger.add(logger)))
      expect(lines).toEqual([
        "a listener failed; it is given the next message Error: handler's fault",
        "a listener was still at work when its scope closed; it is interrupted "
      ])
    }).pipe(Effect.provide(kit))
  )

  it.effect("call their handler with what it needs, one message after the other", () =>
    Effect.gen(function* () {
      class Name extends Context.Tag("test/Name")<Name, string>() {}
      const seen: Array<string> = []
      const handler = ({ runId }: Listen.Done) =>
        Effect.gen(function* () {
          const name = yield* Name
          seen.push(`${name} ${runId} begins`)
          yield* Effect.sleep("1 second")
          seen.push(`${name} ${runId} ends`)
        })
      const hub = yield* EventHub
      const listened = Effect.map(Listen.run(Listen.done, handler), () => hub.publishAll([message(1), message(2)]))
      const fiber = yield* Effect.fork(Effect.provideService(Effect.scoped(listened), Name, "a"))
      yield* TestClock.adjust("2 seconds")
      yield* Fiber.join(fiber)
      expect(seen).toEqual(["a 1 begins", "a 1 ends", "a 2 begins", "a 2 ends"])
    }).pipe(Effect.provide(kit))
  )

  it.effect("once: the first that fits, from the moment it is set up", () =>
    Effect.gen(function* () {
      const hub = yield* EventHub
      const third = yield* Listen.once(Listen.done, ({ runId }) => Number(runId) >= 2)
      hub.publishAll([message(0), message(1), message(2), message(3)])
      expect((yield* third).runId).toBe("2")
      // it is over, and the next one hears only what comes later
      const next = yield* Effect.fork(yield* Listen.once(Listen.done))
      yield* Effect.yieldNow()
      expect((yield* Fiber.poll(next))._tag).toBe("None")
      hub.publishAll([message(4), message(5)])
      expect((yield* Fiber.join(next)).runId).toBe("4")
    }).pipe(Effect.scoped, Effect.provide(kit))
  )

  it.effect("once: in a run; none in time; a filter that throws", () =>
    Effect.gen(function* () {
      const isStop = ({ event }: Listen.Signal<Event.Closed>) => event.reason === "stop_loss"
      const stop = yield* Listen.once(Listen.closed, isStop)
      const broken = yield* Listen.once(Listen.closed, () => {
        throw new Error("filter's fault")
      })
      const run = yield* collect(options)
      const stops = run.filter((event) => event._tag === "Closed" && event.reason === "stop_loss")
      expect(stops.length).toBeGreaterThan(1)
      expect((yield* stop).event).toEqual(stops[0])
      const exit = yield* Effect.exit(broken)
      expect(Exit.isFailure(exit) && Cause.pretty(exit.cause)).toContain("filter's fault")
      const never = yield* Effect.scoped(Listen.once(Listen.exit))
      expect(Exit.isInterrupted(yield* Effect.exit(never))).toBe(true)
    }).pipe(Effect.scoped, Effect.provide(kit))
  )

  it.effect("a stream listens from its first pull and ends with its consumer", () =>
    Effect.gen(function* () {
      const hub = yield* EventHub
      const closed = Listen.stream(Listen.closed)
      yield* collect(options)
      const first = yield* Effect.fork(Stream.runCollect(Stream.take(closed, 2)))
      yield* Effect.repeat(Effect.yieldNow(), { until: () => hub.wants("signals") })
      const run = yield* collect({ ...options, seed: 7 })
      const trades = run.filter(({ _tag }) => _tag === "Closed")
      expect(trades.length).toBeGreaterThan(2)
      expect((yield* Fiber.join(first)).pipe(Chunk.toReadonlyArray, events)).toEqual(trades.slice(0, 2))
      expect(hub.wants("signals")).toBe(false)
    }).pipe(Effect.provide(kit))
  )

  it.effect("change nothing in a run, however many there are", () =>
    Effect.gen(function* () {
      const alone = yield* collect(options)
      for (const count of [1, 10]) {
        const listened = Effect.scoped(
          Effect.gen(function* () {
            for (let i = 0; i < count; i++) {
              yield* Listen.run(Listen.signals, () => (i % 2 === 0 ? Effect.void : Effect.die("broken")), {
                capacity: 2
              })
              yield* Listen.run(Listen.partialLoss, () => Effect.never, { patience: 0 })
            }
            return yield* collect(options)
          })
        )
        const fiber = yield* Effect.fork(listened)
        yield* TestClock.adjust("1 minute")
        expect(yield* Fiber.join(fiber)).toEqual(alone)
      }
    }).pipe(Effect.provide(kit))
  )

  it.effect("two runs at once are told apart", () =>
    Effect.gen(function* () {
      const other = Strategy.make("other", { interval: "1m" }).signal(({ price }) =>
        Signal.short({ priceTakeProfit: price * 0.98, priceStopLoss: price * 1.01, minuteEstimatedTime: 20 })
      )
      const drain = (strategy: Strategy.Strategy<unknown, never>) =>
        Stream.runDrain(Backtest.run("X", { ...options, strategy }))
      const { messages } = yield* heard(Listen.closed, Effect.all([drain(ruled), drain(other)], { concurrency: 2 }))
      const byRun = new Map(messages.map(({ event, runId }) => [runId, event.signal.strategy]))
      expect([...byRun.values()].toSorted()).toEqual(["other", "ruled"])
      for (const { event, runId } of messages) expect(event.signal.strategy).toBe(byRun.get(runId))
    }).pipe(Effect.provide(kit))
  )
})
