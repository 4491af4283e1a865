import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { Backtest, type Event, Exchange, Replay, Signal, Strategy } from "../../src/index.js"
import { at, candle, collect, frame, kit, memory, t0, minute } from "./support.js"

/** Up to 103 in the second minute, and back down to 96. */
const hillCandles = [
  candle(0, 100, 100, 100, 100),
  candle(1, 100, 101, 99.5, 100.5),
  candle(2, 100.5, 103, 100.25, 102.5),
  candle(3, 102.5, 102.75, 101, 101.25),
  candle(4, 101.25, 101.5, 99, 99.5),
  candle(5, 99.5, 99.75, 96, 96.5),
  candle(6, 96.5, 97, 96, 96.5)
]
const hill = memory(hillCandles)
const costless = { slippage: 0, fee: 0 }
const run = { exchange: hill, frame: frame(7), settings: costless }

/** One signal at the first tick. */
const once = (own: Pick<Signal.Idea, "trailing" | "breakeven"> = {}) => {
  const idea = Signal.long({ priceTakeProfit: 110, priceStopLoss: 97, minuteEstimatedTime: 60, ...own })
  return (view: Strategy.View<unknown, unknown>) => (at(view.when) === 1 ? idea : null)
}

const closing = (events: ReadonlyArray<Event.Event>) =>
  events.flatMap((event) =>
    event._tag === "Closed"
      ? [
          [
            event.reason,
            at(event.when),
            event.priceClose,
            event.priceStopMoved,
            event.signal.trailing,
            event.signal.breakeven
          ]
        ]
      : []
  )

const problems = <P>(options: Backtest.Options<P, never>) =>
  Stream.runDrain(Backtest.run("X", options)).pipe(
    Effect.flip,
    Effect.map((error) => (error._tag === "InvalidRun" ? error.problems : []))
  )

describe("where prices are quoted in steps", () => {
  it.effect("stops move to the nearest one", () =>
    Effect.gen(function* () {
      const steps = () => ({ priceStep: 0.4 })
      const exchange = Exchange.memory("memory", { X: hillCandles }, { interval: "1m", steps })
      const strategy = Strategy.make("s", { interval: "1m", trailing: { percent: 2 } }).signal(once())
      const events = yield* collect({ ...run, exchange, strategy, events: "progress" })
      // best 101, 103: 98.98 and 100.94, of which the nearest multiples of 0.4 are 98.8 and 100.8
      expect(events.flatMap((event) => (event._tag === "StopMoved" ? [event.priceStopLoss] : []))).toEqual([
        98.8, 100.8
      ])
      expect(closing(events)).toEqual([["stop_loss", 4, 100.8, 100.8, { percent: 2 }, undefined]])
    }).pipe(Effect.provide(kit))
  )
})

describe("stop rules of a strategy", () => {
  it.effect("hold for its signals, and are told of", () =>
    Effect.gen(function* () {
      const trailing = { percent: 1 }
      const strategy = Strategy.make("trails", { trailing }).signal(once())
      const events = yield* collect({ ...run, strategy, events: "all" })
      // best 101 → 99.99, best 103 → 101.97, stopped there by the low of 101
      expect(closing(events)).toEqual([["stop_loss", 3, 101.97, 101.97, trailing, undefined]])
      const moved = events.flatMap((event) =>
        event._tag === "StopMoved" ? [[at(event.when), event.rule, event.priceStopLoss]] : []
      )
      expect(moved).toEqual([
        [2, "trailing", 99.99],
        [3, "trailing", 101.97]
      ])
      const quiet = yield* collect({ ...run, strategy })
      expect(quiet.map(({ _tag }) => _tag)).toEqual(["Opened", "Closed"])
      expect(closing(quiet)).toEqual(closing(events))
    }).pipe(Effect.provide(kit))
  )

  it.effect("give way to a signal's own, each by itself, and false is none", () =>
    Effect.gen(function* () {
      const rules = { trailing: { percent: 1 }, breakeven: { after: 2 } }
      const outcome = (own: Pick<Signal.Idea, "trailing" | "breakeven">) =>
        Effect.map(collect({ ...run, strategy: Strategy.make("s", rules).signal(once(own)) }), closing)
      const { breakeven, trailing } = rules
      const wider = { distance: 2, activation: 1 }
      expect(yield* outcome({})).toEqual([["stop_loss", 3, 101.97, 101.97, trailing, breakeven]])
      expect(yield* outcome({ trailing: wider })).toEqual([["stop_loss", 3, 101, 101, wider, breakeven]])
      expect(yield* outcome({ trailing: false })).toEqual([["stop_loss", 4, 100, 100, undefined, breakeven]])
      expect(yield* outcome({ trailing: false, breakeven: false })).toEqual([
        ["stop_loss", 5, 97, undefined, undefined, undefined]
      ])
    }).pipe(Effect.provide(kit))
  )

  it.effect("come with a signal, and with a recorded one, where the strategy has none", () =>
    Effect.gen(function* () {
      const own = { breakeven: { after: 3 } }
      const events = yield* collect({ ...run, strategy: Strategy.make("plain").signal(once(own)) })
      expect(closing(events)).toEqual([["stop_loss", 4, 100, 100, undefined, own.breakeven]])
      const signals = [
        {
          time: t0 + minute,
          ...Signal.long({ priceTakeProfit: 110, priceStopLoss: 97, minuteEstimatedTime: 60, ...own })
        }
      ]
      const replayed = yield* Stream.runCollect(Replay.run("X", { ...run, signals }))
      expect(closing([...replayed])).toEqual(closing(events))
    }).pipe(Effect.provide(kit))
  )

  it.effect("show a strategy's exit the stop in force", () =>
    Effect.gen(function* () {
      const stops: Array<number> = []
      const strategy = Strategy.make("looks", {
        trailing: { percent: 1 },
        exit: (_, position) => {
          stops.push(position.stopLoss)
          return false
        }
      }).signal(once())
      yield* collect({ ...run, strategy })
      expect(stops).toEqual([99.99, 101.97])
    }).pipe(Effect.provide(kit))
  )
})

describe("stop rules that make no sense", () => {
  it.effect("are reported by name before the run, all of them", () =>
    Effect.gen(function* () {
      const strategy = Strategy.make("wrong", {
        trailing: { percent: 100, activation: -1 },
        breakeven: { after: 0.3 }
      }).signal(once())
      expect(yield* problems({ strategy, exchange: hill, frame: frame(7) })).toEqual([
        { path: "strategy.trailing", message: "trailing.percent is 100; it must be above 0 and below 100" },
        {
          path: "strategy.trailing",
          message: "trailing.activation is -1; it must be a finite number of at least 0, in %"
        },
        {
          path: "strategy.breakeven",
          message: "breakeven.after 0.3 % does not cover the costs of a trade, 0.400802 %; raise it"
        }
      ])
    }).pipe(Effect.provide(kit))
  )

  it.effect("depend on the costs of the run", () =>
    Effect.gen(function* () {
      const strategy = Strategy.make("narrow", { breakeven: { after: 0.4007 } }).signal(once())
      const given = { strategy, exchange: hill, frame: frame(7) }
      expect((yield* problems({ ...given, fill: "realistic" })).map(({ path }) => path)).toEqual(["strategy.breakeven"])
      // flat fees: 0.400601 % is enough
      expect((yield* collect({ ...given, fill: "touch" })).map(({ _tag }) => _tag)).toEqual(["Opened", "Closed"])
      expect((yield* collect({ ...given, settings: costless })).map(({ _tag }) => _tag)).toEqual(["Opened", "Closed"])
    }).pipe(Effect.provide(kit))
  )

  it.effect("refuse a signal that brings them", () =>
    Effect.gen(function* () {
      const strategy = Strategy.make("s").signal(once({ trailing: { distance: 0 }, breakeven: { after: -1 } }))
      const [event] = yield* collect({ ...run, strategy })
      expect(event?._tag === "Rejected" && event.violations.map(({ code }) => code)).toEqual(["stop_rule", "stop_rule"])
    }).pipe(Effect.provide(kit))
  )
})
