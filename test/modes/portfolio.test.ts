import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as fc from "effect/FastCheck"
import * as Stream from "effect/Stream"
import { Backtest, Event, Exchange, Portfolio, Risk, Signal, Sizing, Strategy } from "../../src/index.js"
import type { Candle } from "../../src/model/candle.js"
import { at, candle, collect, flat, frame, kit, market, minute, rule, t0, tags } from "./support.js"

const ruled = Strategy.make("ruled", { interval: "1m" }).signal(rule)
const ruledEffect = Strategy.make("ruled", { interval: "1m" }).signalEffect((view) => Effect.succeed(rule(view)))
/** Another rhythm: market entries at every fifth minute's tick. */
const often = Strategy.make("often", { interval: "5m" }).signal(({ price }) =>
  Signal.long({ priceTakeProfit: price * 1.01, priceStopLoss: price * 0.992, minuteEstimatedTime: 30 })
)

const markets = (seed: number, count: number, gaps = 0): Readonly<Record<string, ReadonlyArray<Candle>>> => ({
  A: market(seed, count, gaps),
  B: market(seed + 1000, count, gaps),
  C: market(seed + 2000, count, gaps)
})

const exchangeOf = (candles: Readonly<Record<string, ReadonlyArray<Candle>>>) =>
  Exchange.memory("memory", candles, { interval: "1m" })

const read = <R>(entries: ReadonlyArray<Portfolio.Entry<R>>, options: Portfolio.Options<R>) =>
  Effect.map(Stream.runCollect(Portfolio.run(entries, options)), (chunk): ReadonlyArray<Event.Event> => [...chunk])

const slotOf = (event: Event.Event): string =>
  "signal" in event ? `${event.signal.symbol} ${event.signal.strategy}` : `${event.symbol} ${event.strategy}`

/** Without what an account adds to a closing. */
const bare = (event: Event.Event): Event.Event => {
  if (event._tag !== "Closed") return event
  const { equityPercent: _, ...rest } = event
  return rest
}

const symbols = ["A", "B", "C"]
const strategies = [ruled, often]
const entries = Portfolio.cross(symbols, strategies)

const one = (symbol: string, options: Backtest.Options<unknown, never>) =>
  Effect.map(Stream.runCollect(Backtest.run(symbol, options)), (chunk): ReadonlyArray<Event.Event> => [...chunk])

describe("a portfolio without limits", () => {
  it.effect("does on each slot what a run of its own does", () =>
    Effect.gen(function* () {
      for (const [seed, gaps, fill] of [
        [1, 0, "realistic"],
        [2, 0.1, "touch"],
        [3, 0.05, "path"]
      ] as const) {
        const options = { exchange: exchangeOf(markets(seed, 400, gaps)), frame: frame(400), fill }
        const together = yield* read(entries, options)
        for (const symbol of symbols) {
          for (const strategy of strategies) {
            const alone = yield* one(symbol, { ...options, strategy })
            expect(alone.length).toBeGreaterThan(5)
            const own = together.filter(Event.isOf({ symbol, strategy: strategy.name }))
            expect(own.map(bare)).toEqual(alone)
          }
        }
      }
    }).pipe(Effect.provide(kit))
  )

  it.effect("tells everything in the order of time, partial levels and ticks included", () =>
    Effect.gen(function* () {
      for (const events of ["signals", "progress", "all"] as const) {
        const options = { exchange: exchangeOf(markets(5, 300, 0.1)), frame: frame(300), events }
        const told = yield* read(entries, options)
        expect(told.length).toBeGreaterThan(50)
        // told late, for it takes the next candle to know them: that a limit entry rests, that no candle is left
        const times = told.filter(({ _tag }) => _tag !== "Rejected" && _tag !== "Scheduled").map(({ when }) => when)
        expect(times).toEqual(times.toSorted((a, b) => a - b))
      }
    }).pipe(Effect.provide(kit))
  )

  it.effect("divides an unsized account evenly among its slots", () =>
    Effect.gen(function* () {
      const document = yield* Portfolio.report(entries, { exchange: exchangeOf(markets(7, 400)), frame: frame(400) })
      const multiples = document.runs.map(({ trades }) =>
        trades.reduce((equity, { pnlPercent }) => equity * (1 + pnlPercent / 100), 1)
      )
      const mean = multiples.reduce((sum, each) => sum + each, 0) / multiples.length
      expect(document.statistics.totalReturn).toBeCloseTo(100 * (mean - 1), 9)
      expect(document.statistics.totalSignals).toBe(document.runs.reduce((n, { trades }) => n + trades.length, 0))
      expect(document.account).toBeUndefined()
    }).pipe(Effect.provide(kit))
  )
})

const limited = {
  balance: 10_000,
  sizing: Sizing.fixedPercentage("risk", { riskPercent: 1, maxPercent: 60 }),
  risk: Risk.make("desk", { validations: [Risk.maxPositions(3), Risk.maxPositionsPerSymbol(1)] })
}

describe("a portfolio on one account", () => {
  it.effect.prop(
    "gives the same, whatever order its symbols and strategies come in",
    [fc.integer({ min: 0, max: 10_000 }), fc.shuffledSubarray([...entries], { minLength: 6, maxLength: 6 })],
    ([seed, shuffled]) =>
      Effect.gen(function* () {
        const options = { ...limited, exchange: exchangeOf(markets(seed, 250, 0.02)), frame: frame(250) }
        const document = yield* Portfolio.report(entries, options)
        expect(yield* Portfolio.report(shuffled, options)).toEqual(document)
        expect(yield* read(shuffled, options)).toEqual(yield* read(entries, options))
      }).pipe(Effect.provide(kit)),
    { fastCheck: { numRuns: 20 } }
  )

  it.effect.prop(
    "never holds more than its limits, and gives everything back",
    [
      fc.integer({ min: 0, max: 10_000 }),
      fc.constantFrom("realistic" as const, "touch" as const, "path" as const),
      fc.integer({ min: 1, max: 4 })
    ],
    ([seed, fill, most]) =>
      Effect.gen(function* () {
        const options = {
          exchange: exchangeOf(markets(seed, 250, 0.02)),
          frame: frame(250),
          fill,
          balance: 10_000,
          sizing: Sizing.fixedAmount("amount", { amount: 4000 }),
          risk: Risk.make("desk", { validations: [Risk.maxPositions(most)] })
        }
        let held = 0
        let refused = 0
        const taken = new Set<string>()
        for (const event of yield* read(entries, options)) {
          const slot = slotOf(event)
          if (event._tag === "Scheduled" || event._tag === "Opened") taken.add(slot)
          if (event._tag === "Closed" || event._tag === "Cancelled") taken.delete(slot)
          if (event._tag === "Rejected" && event.violations.some(({ code }) => code === "risk" || code === "cash"))
            refused++
          held = Math.max(held, taken.size)
        }
        // 4,000 each of 10,000: the cash is for two
        expect(held).toBe(Math.min(most, 2))
        expect(refused).toBeGreaterThan(0)
        expect(taken.size).toBe(0)
      }).pipe(Effect.provide(kit)),
    { fastCheck: { numRuns: 20 } }
  )

  it.effect.prop(
    "its balance is the initial one plus the result of every trade",
    [fc.integer({ min: 0, max: 10_000 }), fc.constantFrom("realistic" as const, "touch" as const, "path" as const)],
    ([seed, fill]) =>
      Effect.gen(function* () {
        const options = { ...limited, exchange: exchangeOf(markets(seed, 300)), frame: frame(300), fill }
        const document = yield* Portfolio.report(entries, options)
        const trades = document.runs.flatMap(({ trades }) => trades).toSorted((a, b) => a.closedAt - b.closedAt)
        const sum = trades.reduce((total, { money }) => total + (money?.result ?? Number.NaN), 0)
        expect(document.account?.final).toBeCloseTo(10_000 + sum, 6)
        expect(document.statistics.totalReturn).toBeCloseTo(sum / 100, 6)
        expect(trades.map(({ money }) => (money?.notional ?? 0) > 0)).not.toContain(false)
        for (const { money, pnlPercent } of trades) {
          expect(money?.result).toBeCloseTo(((money?.notional ?? 0) * pnlPercent) / 100, 8)
        }
      }).pipe(Effect.provide(kit)),
    { fastCheck: { numRuns: 15 } }
  )

  it.effect("decides the same by Effects as by plain functions", () =>
    Effect.gen(function* () {
      const options = { ...limited, exchange: exchangeOf(markets(11, 300)), frame: frame(300) }
      const plain = yield* read(entries, options)
      const byEffect = yield* read(Portfolio.cross(symbols, [ruledEffect, often]), {
        ...options,
        risk: Risk.make("desk", {
          validations: [
            Risk.maxPositions(3),
            Risk.checkEffect("slow", () => Effect.as(Effect.yieldNow(), true)),
            Risk.maxPositionsPerSymbol(1)
          ]
        })
      })
      expect(byEffect).toEqual(plain)
    }).pipe(Effect.provide(kit))
  )

  it.effect("asks an Effect-valued strategy no more than its consumer needs", () =>
    Effect.gen(function* () {
      let asked = 0
      const counted = Strategy.make("counted", { interval: "1m" }).signalEffect(({ price }) => {
        asked++
        return Effect.succeed(
          Signal.long({ priceTakeProfit: price * 1.01, priceStopLoss: price * 0.99, minuteEstimatedTime: 60 })
        )
      })
      const options = { exchange: exchangeOf({ A: flat(100), B: flat(100) }), frame: frame(100) }
      const first = yield* Stream.runHead(Portfolio.run(Portfolio.cross(["A", "B"], [counted]), options))
      expect(first._tag).toBe("Some")
      expect(asked).toBe(2)
    }).pipe(Effect.provide(kit))
  )
})

/** Answers once, at minute `m` after `t0`. */
const atMinute = (name: string, m: number, idea: (price: number) => Signal.Idea) =>
  Strategy.make(name, { interval: "1m" }).signal(({ price, when }) => (when === t0 + m * minute ? idea(price) : null))

const long = (lifetime: number) => (price: number) =>
  Signal.long({ priceTakeProfit: price * 1.1, priceStopLoss: price * 0.9, minuteEstimatedTime: lifetime })

describe("the order of things at one instant", () => {
  const only = Risk.make("one", { validations: [Risk.maxPositions(1)] })
  const options = { exchange: exchangeOf({ A: flat(30), B: flat(30) }), frame: frame(30), risk: only }

  it.effect("a position counts until the candle that closes it is over", () =>
    Effect.gen(function* () {
      // A is open from minute 2 and expires at minute 12: B is refused at 12, and would be allowed at 13
      const told = (b: number) =>
        read(
          [
            { symbol: "A", strategy: atMinute("first", 2, long(10)) },
            { symbol: "B", strategy: atMinute("second", b, long(5)) }
          ],
          options
        )
      expect(tags(yield* told(12))).toEqual(["Opened", "Rejected", "Closed"])
      expect(tags(yield* told(13))).toEqual(["Opened", "Closed", "Opened", "Closed"])
    }).pipe(Effect.provide(kit))
  )

  it.effect("of two asks at one tick the earlier name goes first", () =>
    Effect.gen(function* () {
      const [b, a] = [
        { symbol: "B", strategy: atMinute("s", 5, long(5)) },
        { symbol: "A", strategy: atMinute("s", 5, long(5)) }
      ]
      for (const entries of [
        [a, b],
        [b, a]
      ]) {
        const events = yield* read(entries, options)
        expect(events.map((event) => `${event._tag} ${slotOf(event)}`)).toEqual([
          "Rejected B s",
          "Opened A s",
          "Closed A s"
        ])
      }
    }).pipe(Effect.provide(kit))
  )

  it.effect("a resting entry is checked again when it fills, and cancelled where it no longer fits", () =>
    Effect.gen(function* () {
      const dip = (i: number) => candle(i, 100, 100, i === 10 ? 98 : 100, 100)
      const candles = { A: Array.from({ length: 30 }, (_, i) => dip(i)), B: flat(30) }
      const rests = atMinute("rests", 3, (price) =>
        Signal.long({ priceOpen: 99, priceTakeProfit: price * 1.1, priceStopLoss: 90, minuteEstimatedTime: 10 })
      )
      const stages: Array<string> = []
      const recorded = Risk.make("recorded", {
        validations: [
          Risk.check("no fill", ({ positions, price, stage, when }) => {
            stages.push(`${stage} ${price} ${at(when)} ${positions.length}`)
            return stage === "signal"
          })
        ]
      })
      const events = yield* read([{ symbol: "A", strategy: rests }], {
        exchange: exchangeOf(candles),
        frame: frame(30),
        risk: recorded
      })
      expect(stages).toEqual(["signal 99 3 0", "fill 99 10 0"])
      expect(tags(events)).toEqual(["Scheduled", "Cancelled"])
      expect(events[1]).toMatchObject({
        reason: "risk",
        when: t0 + 10 * minute,
        violations: [{ code: "risk", profile: "recorded" }]
      })
    }).pipe(Effect.provide(kit))
  )
})

describe("a single run on an account", () => {
  it.effect("trades as it does without one", () =>
    Effect.gen(function* () {
      for (const fill of ["realistic", "touch", "path"] as const) {
        const options = {
          exchange: Exchange.memory("memory", { X: market(3, 500, 0.05) }, { interval: "1m" }),
          frame: frame(500),
          fill
        }
        const plain = yield* collect({ ...options, strategy: ruled })
        const sized = yield* collect({
          ...options,
          strategy: ruled,
          sizing: Sizing.fixedAmount("amount", { amount: 100 }),
          risk: Risk.make("none", { validations: [] })
        })
        const money = (event: Event.Event): Event.Event => {
          if (!("signal" in event)) return event
          const { quantity: _, ...signal } = event.signal
          const { money: __, ...rest } = { money: undefined, ...bare({ ...event, signal }) }
          return rest
        }
        expect(sized.map(money)).toEqual(plain)
      }
    }).pipe(Effect.provide(kit))
  )

  it.effect("takes the exit a strategy asks for", () =>
    Effect.gen(function* () {
      const strategy = Strategy.make("exits", { interval: "1m", exit: ({ when }) => at(when) % 9 === 0 }).signal(rule)
      const options = {
        exchange: Exchange.memory("memory", { X: market(9, 500, 0.05) }, { interval: "1m" }),
        frame: frame(500),
        strategy
      }
      const plain = yield* collect(options)
      expect(plain.some((event) => event._tag === "Closed" && event.reason === "exit")).toBe(true)
      expect(yield* collect({ ...options, risk: Risk.make("none", { validations: [] }) })).toEqual(plain)
    }).pipe(Effect.provide(kit))
  )
})
