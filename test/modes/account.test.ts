import { describe, expect, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/TestClock"
import { Backtest, type Event, Exchange, Portfolio, Replay, Risk, Signal, Sizing, Strategy } from "../../src/index.js"
import { Global } from "../../src/services/Global.js"
import { at, candle, collect, flat, frame, kit, memory, minute, t0, tags } from "./support.js"

const long = (price: number, more: Partial<Signal.Idea> = {}) =>
  Signal.long({ priceTakeProfit: price * 1.1, priceStopLoss: price * 0.95, minuteEstimatedTime: 5, ...more })

/** A long at the minutes given. */
const at2 = (name: string, minutes: ReadonlyArray<number>, options: Strategy.Options<{}, {}, never> = {}) =>
  Strategy.make(name, { interval: "1m", ...options }).signal(({ price, when }) =>
    minutes.includes(at(when)) ? long(price) : null
  )

const base = { exchange: memory(flat(40)), frame: frame(40) }

const violationsOf = (events: ReadonlyArray<Event.Event>) =>
  events.flatMap((event) => (event._tag === "Rejected" ? event.violations : []))

describe("risk profiles of a strategy and of the run", () => {
  const refusing = (name: string) => Risk.make(name, { validations: [Risk.check("no", () => `${name} says no`)] })
  const passing = Risk.make("passing", { validations: [Risk.maxPositions(5)] })

  it.effect("all have to pass, the run's first", () =>
    Effect.gen(function* () {
      const strategy = at2("s", [2], { risk: [passing, refusing("own")] })
      expect(violationsOf(yield* collect({ ...base, strategy }))).toEqual([
        { code: "risk", profile: "own", message: "no: own says no" }
      ])
      expect(violationsOf(yield* collect({ ...base, strategy, risk: refusing("run") }))).toMatchObject([
        { profile: "run" }
      ])
      const free = at2("s", [2], { risk: passing })
      expect(tags(yield* collect({ ...base, strategy: free, risk: passing }))).toEqual(["Opened", "Closed"])
    }).pipe(Effect.provide(kit))
  )

  it.effect("are told in the record, with what each allows", () =>
    Effect.gen(function* () {
      const desk = Risk.make("desk", {
        validations: [
          Risk.maxPositions(3),
          Risk.maxExposure(150),
          Risk.minRewardRisk(1.5),
          Risk.cooldownAfterStop("2 hours"),
          Risk.tradingHours({ from: "08:00", to: "17:30", days: ["mon", "fri"] }),
          Risk.check("mine", () => true)
        ]
      })
      const document = yield* Backtest.report("X", { ...base, strategy: at2("s", [2]), risk: desk })
      expect(document.run.risk).toEqual([
        {
          name: "desk",
          validations: [
            "max positions 3",
            "max exposure 150 %",
            "min reward/risk 1.5",
            "cooldown after a stop 2h per symbol",
            "trading hours 08:00 to 17:30 UTC on mon, fri",
            "mine"
          ]
        }
      ])
    }).pipe(Effect.provide(kit))
  )

  it.effect("are found by name, with the services they were registered with", () =>
    Effect.gen(function* () {
      class Limit extends Context.Tag("Limit")<Limit, number>() {}
      const registered = Risk.make("registered", {
        validations: [
          Risk.checkEffect("limit", ({ positions }) => Effect.map(Limit, (limit) => positions.length < limit))
        ]
      })
      const sizing = Sizing.fixedAmount("hundred", { amount: 100 })
      const run = (limit: number) =>
        Effect.provide(
          collect({ ...base, strategy: at2("s", [2], { risk: "registered", sizing: "hundred" }) }),
          Layer.merge(Layer.provide(registered.layer, Layer.succeed(Limit, limit)), sizing.layer)
        )
      expect(tags(yield* run(0))).toEqual(["Rejected"])
      const [opened] = yield* run(1)
      expect(opened).toMatchObject({ _tag: "Opened", money: { quantity: 1, balance: 10_000 } })
      const unknown = yield* Effect.flip(collect({ ...base, strategy: at2("s", [2], { risk: "nobody" }) }))
      expect(unknown.message).toBe('unknown risk "nobody" (none is registered)')
    }).pipe(Effect.provide(kit))
  )

  it.effect("tell everything that is wrong with them before the run", () =>
    Effect.gen(function* () {
      const problems = yield* Effect.flip(
        collect({
          ...base,
          strategy: at2("s", [2]),
          risk: Risk.make("bad", { validations: [Risk.maxPositions(-1), Risk.dailyLossLimit(Number.NaN)] }),
          sizing: Sizing.kelly("k", { winRate: 2, payoff: 0 }),
          balance: -5,
          leverage: 0.5
        })
      )
      expect(problems._tag === "InvalidRun" && problems.problems.map(({ path }) => path)).toEqual([
        "risk.bad",
        "risk.bad",
        "sizing.winRate",
        "sizing.payoff",
        "balance",
        "leverage"
      ])
      const unsized = yield* Effect.flip(collect({ ...base, strategy: at2("s", [2]), balance: 100 }))
      expect(unsized.message).toMatch(/^balance: needs a sizing/)
    }).pipe(Effect.provide(kit))
  )
})

describe("validations by Effect", () => {
  it.effect("have the run's instant for a clock", () =>
    Effect.gen(function* () {
      const times: Array<number> = []
      const clocked = Risk.make("clocked", {
        validations: [
          Risk.checkEffect("now", ({ when }) =>
            Effect.map(Clock.currentTimeMillis, (now) => {
              times.push(now - when)
            })
          )
        ]
      })
      yield* collect({ ...base, strategy: at2("s", [2, 20]), risk: clocked })
      expect(times).toEqual([0, 0])
    }).pipe(Effect.provide(kit))
  )

  it.effect("that never answer refuse after the time an ask has, and hold nothing", () =>
    Effect.gen(function* () {
      const asked: Array<number> = []
      const stuck = Risk.make("stuck", {
        validations: [
          Risk.checkEffect("first never", ({ account, when }) => {
            asked.push(account.margin)
            return at(when) === 2 ? Effect.never : Effect.succeed(true)
          })
        ]
      })
      const run = collect({ ...base, strategy: at2("s", [2, 20]), risk: stuck, settings: { signalTimeout: 3 } })
      const fiber = yield* Effect.fork(run)
      // pages yield to the event loop for real, which a test clock does not wait for
      for (let i = 0; i < 50; i++) {
        yield* TestClock.adjust("1 second")
        yield* Effect.promise(() => new Promise((resolve) => setImmediate(resolve)))
      }
      const events = yield* Fiber.join(fiber)
      expect(violationsOf(events)).toEqual([
        { code: "risk", message: "the checks took longer than 3000 ms (setting signalTimeout)" }
      ])
      expect(tags(events)).toEqual(["Rejected", "Opened", "Closed"])
      expect(asked).toEqual([0, 0])
    }).pipe(Effect.provide(kit))
  )
})

describe("money", () => {
  // decided at 100; filled at the open of minute 3, 102; target 110 reached in minute 5
  const candles = [
    ...flat(3),
    candle(3, 102, 103, 101, 102),
    candle(4, 102, 103, 101, 102),
    candle(5, 102, 111, 101, 110),
    candle(6, 110, 110, 110, 110)
  ]
  const sized = {
    exchange: memory(candles),
    frame: frame(7),
    strategy: at2("s", [3]),
    settings: { slippage: 0, fee: 0.1 },
    balance: 1000
  }

  it.effect("is the quantity times the prices, less fees: by hand", () =>
    Effect.gen(function* () {
      // 1 % of 1000 at risk over 100 − 95: 2 units. Notional 204; fees 0.204 and 0.22; result 2·8 − 0.424 = 15.576
      const document = yield* Backtest.report("X", {
        ...sized,
        sizing: Sizing.fixedPercentage("risk", { riskPercent: 1 })
      })
      expect(document.trades.map(({ money }) => money)).toEqual([
        {
          quantity: 2,
          notional: 204,
          fees: expect.closeTo(0.424, 12),
          result: expect.closeTo(15.576, 12),
          balance: expect.closeTo(1015.576, 10)
        }
      ])
      expect(document.trades[0]?.equityPercent).toBeCloseTo(1.5576, 10)
      expect(document.statistics.totalReturn).toBeCloseTo(1.5576, 10)
      expect(document.account).toEqual({
        initial: 1000,
        final: expect.closeTo(1015.576, 10),
        leverage: 1,
        peakMargin: 200
      })
      expect(document.run.sizing).toEqual({ name: "risk", method: "FixedPercentage", parameters: { riskPercent: 1 } })
    }).pipe(Effect.provide(kit))
  )

  it.effect("rounds to the exchange's steps, and refuses what is too small for them", () =>
    Effect.gen(function* () {
      const steps = { quantityStep: 0.3, priceStep: 0.4, minNotional: 150 }
      const exchange = Exchange.memory("memory", { X: candles }, { interval: "1m", steps: () => steps })
      const sizing = Sizing.fixedPercentage("risk", { riskPercent: 1 })
      // the stop at 95 is quoted at 95.2: 10 / 4.8 = 2.0833, in steps of 0.3: 1.8
      const [opened, closed] = yield* collect({ ...sized, exchange, sizing })
      expect(opened).toMatchObject({ signal: { priceStopLoss: 95.2, priceTakeProfit: 110, quantity: 1.8 } })
      expect(closed).toMatchObject({ priceClose: 110, money: { quantity: 1.8 } })
      const small = Sizing.fixedAmount("small", { amount: 149 })
      expect(violationsOf(yield* collect({ ...sized, exchange, sizing: small }))).toMatchObject([{ code: "sizing" }])
    }).pipe(Effect.provide(kit))
  )

  it.effect("does not reach beyond the cash, but as far as the leverage", () =>
    Effect.gen(function* () {
      const twice = { ...sized, sizing: Sizing.fixedAmount("twice", { amount: 2000 }) }
      expect(violationsOf(yield* collect(twice))).toMatchObject([{ code: "cash" }])
      const [opened] = yield* collect({ ...twice, leverage: 2 })
      expect(opened).toMatchObject({ money: { quantity: 20, notional: 2040 } })
      // all of it is allowed: margin counts at the decision
      expect(tags(yield* collect({ ...sized, sizing: Sizing.fixedAmount("all", { amount: 1000 }) }))).toEqual([
        "Opened",
        "Closed"
      ])
      // 5 % to the stop, at which a leverage of 25 has used up its margin
      expect(violationsOf(yield* collect({ ...twice, leverage: 25 }))).toMatchObject([{ code: "cash" }])
    }).pipe(Effect.provide(kit))
  )

  it.effect("by average true range: not asked before the range is known", () =>
    Effect.gen(function* () {
      const asked: Array<number> = []
      const strategy = Strategy.make("s", { interval: "1m" }).signal(({ when }) => {
        asked.push(at(when))
        return null
      })
      const sizing = Sizing.atr("atr", { riskPercent: 1, period: 10 })
      yield* collect({ ...base, strategy, sizing })
      expect(asked[0]).toBe(10)
      const short = yield* Effect.flip(collect({ ...base, strategy, sizing, frame: frame(5) }))
      expect(short.message).toMatch(/^strategy "s": atr\(10\)/)
    }).pipe(Effect.provide(kit))
  )

  it.effect("of replayed signals", () =>
    Effect.gen(function* () {
      const signals = [3, 20, 25].map((m) => ({ ...long(100), time: t0 + m * minute }))
      const document = yield* Replay.report("X", {
        ...base,
        signals,
        sizing: Sizing.fixedAmount("amount", { amount: 500 }),
        risk: Risk.make("hours", { validations: [Risk.check("not at 20", ({ when }) => at(when) !== 20)] })
      })
      expect(document.trades.map(({ money, scheduledAt }) => [at(scheduledAt), money?.quantity])).toEqual([
        [3, 5],
        [25, 5]
      ])
      expect(document.rejected.map(({ at: when }) => at(when))).toEqual([20])
      expect([document.skipped, document.shifted]).toEqual([0, 0])
    }).pipe(Effect.provide(kit))
  )

  it.effect("of ever so many signals at one tick, all refused", () =>
    Effect.gen(function* () {
      const signals = Array.from({ length: 20_000 }, () => ({ ...long(100), time: t0 + 3 * minute }))
      for (const no of [Risk.check("no", () => false), Risk.checkEffect("no", () => Effect.succeed(false))]) {
        const risk = Risk.make("refusing", { validations: [no] })
        const document = yield* Replay.report("X", { ...base, signals, risk })
        expect([document.trades.length, document.rejected.length]).toEqual([0, 20_000])
      }
    }).pipe(Effect.provide(kit))
  )
})

describe("from outside", () => {
  it.effect("the account of a run can be looked at while it runs, and is gone afterwards", () =>
    Effect.gen(function* () {
      const global = yield* Global
      const seen: Array<unknown> = []
      const look = Effect.gen(function* () {
        const [position] = yield* global.risk.positions("run-1")
        const account = yield* global.risk.account("run-1")
        seen.push([position?.symbol, position?.status, account?.margin, account?.balance])
      })
      // with Effects a page ends at its first event, so that the callback comes before what happens next
      const strategy = Strategy.make("s", { interval: "1m", callbacks: { onOpened: () => look } }).signalEffect(
        ({ price, when }) => Effect.succeed(at(when) === 2 ? long(price) : null)
      )
      yield* collect({ ...base, strategy, sizing: Sizing.fixedAmount("amount", { amount: 500 }) })
      expect(seen).toEqual([["X", "open", 500, 10_000]])
      expect(yield* global.risk.account("run-1")).toBeNull()
    }).pipe(Effect.provide(kit))
  )

  it.effect("two portfolios at once share nothing", () =>
    Effect.gen(function* () {
      const options = {
        exchange: Exchange.memory("memory", { A: flat(40), B: flat(40) }, { interval: "1m" }),
        frame: frame(40),
        risk: Risk.make("one", { validations: [Risk.maxPositions(1)] })
      }
      const entries = Portfolio.cross(["A", "B"], [at2("s", [2, 12])])
      const alone = yield* Portfolio.report(entries, options)
      const both = yield* Effect.all([Portfolio.report(entries, options), Portfolio.report(entries, options)], {
        concurrency: 2
      })
      expect(both).toEqual([alone, alone])
      expect(alone.runs.map(({ trades }) => trades.length)).toEqual([2, 0])
    }).pipe(Effect.provide(kit))
  )
})
