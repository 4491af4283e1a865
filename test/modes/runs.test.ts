import * as FileSystem from "@effect/platform/FileSystem"
import { describe, expect, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/TestClock"
import { Backtest, type Listen, Exchange, Frame, Indicator, Market, Runs, Strategy } from "../../src/index.js"
import type { Candle } from "../../src/model/candle.js"
import { EventHub } from "../../src/services/EventHub.js"
import { at, candle, collect, flat, frame, kit, market, memory, minute, rule, ruled, t0, wide } from "./support.js"

class Hint extends Context.Tag("test/Hint")<Hint, { readonly at: number }>() {}

describe("the shapes of a strategy", () => {
  it.effect("give the same events", () =>
    Effect.gen(function* () {
      const run = { exchange: memory(market(3, 800, 0.05)), frame: frame(900) }
      const make = () => Strategy.make("ruled", { interval: "1m" })
      const plain = yield* collect({ ...run, strategy: make().signal(rule) })
      expect(plain.length).toBeGreaterThan(20)
      const others = [
        make().setup(Effect.succeed(rule)),
        make().signalEffect((view) => Effect.sync(() => rule(view))),
        make().signalEffect(function* (view) {
          return yield* Effect.sync(() => rule(view))
        })
      ]
      for (const strategy of others) expect(yield* collect({ ...run, strategy })).toEqual(plain)
    }).pipe(Effect.provide(kit))
  )

  it.effect("a setup that fails ends the run", () =>
    Effect.gen(function* () {
      const strategy = Strategy.make("broken").setup(Effect.fail(new Error("no key")))
      const error = yield* Effect.flip(collect({ strategy, exchange: memory(flat(5)), frame: frame(5) }))
      expect([error._tag, error.message]).toEqual(["StrategyError", 'strategy "broken" could not be set up: no key'])
      expect((yield* Runs.list).map(({ status }) => status)).toEqual(["failed"])
    }).pipe(Effect.provide(kit))
  )

  it.effect("read the run's services, its clock and the user's services", () =>
    Effect.gen(function* () {
      const seen: Array<unknown> = []
      const strategy = Strategy.make("reads").signalEffect(function* (view) {
        const { at: hint } = yield* Hint
        const here = yield* Market.Market
        const { mode, symbol } = yield* Market.ExecutionContext
        const { exchange, frame: period, strategy: name } = yield* Market.MethodContext
        if (at(view.when) !== hint) return null
        seen.push(
          yield* Clock.currentTimeMillis,
          yield* here.when,
          yield* here.price,
          (yield* here.candles("1m")).length
        )
        seen.push(mode, symbol, exchange, period, name)
        return null
      })
      const exchange = memory(flat(9, 50))
      const expected = [t0 + 4 * minute, t0 + 4 * minute, 50, 4, "backtest", "X", "memory", "frame", "reads"]
      yield* Backtest.run("X", { strategy, exchange, frame: frame(9) }).pipe(
        Stream.runDrain,
        Effect.provideService(Hint, { at: 4 })
      )
      expect(seen.splice(0)).toEqual(expected)
      const registered = Layer.provide(strategy.layer, Layer.succeed(Hint, { at: 4 }))
      yield* Stream.runDrain(Backtest.run("X", { strategy: "reads", exchange, frame: frame(9) })).pipe(
        Effect.provide(registered)
      )
      expect(seen).toEqual(expected)
    }).pipe(Effect.provide(kit))
  )
})

const served = (candles: ReadonlyArray<Candle>, limit: number, calls: Array<number> = []) =>
  Exchange.make("memory", {
    limit,
    candles: (_, __, since, count) =>
      Effect.yieldNow().pipe(
        Effect.map(() => {
          calls.push(since)
          return candles.filter(({ timestamp }) => timestamp >= since).slice(0, count)
        })
      )
  })

describe("candles by page", () => {
  it.effect("give the same events as candles in memory, whatever the page and the gaps", () =>
    Effect.gen(function* () {
      const candles = market(11, 700, 0.08)
      for (const gaps of ["skip", "fill"] as const) {
        const run = { strategy: ruled, frame: frame(700), gaps }
        const whole = yield* Backtest.report("X", { ...run, exchange: memory(candles) })
        expect(whole.trades.length).toBeGreaterThan(5)
        for (const limit of [7, 100, 1000]) {
          expect(yield* Backtest.report("X", { ...run, exchange: served(candles, limit) })).toEqual(whole)
        }
      }
      for (const exchange of [memory(candles), served(candles, 7), served(candles, 1000)]) {
        const error = yield* Effect.flip(collect({ strategy: ruled, frame: frame(700), gaps: "fail", exchange }))
        expect(error._tag).toBe("GapFound")
      }
    }).pipe(Effect.provide(kit))
  )

  it.effect("are fetched once by concurrent runs", () =>
    Effect.gen(function* () {
      const calls: Array<number> = []
      const exchange = served(market(5, 400), 100, calls)
      const run = collect({ strategy: ruled, frame: frame(400), exchange })
      const [one, two] = yield* Effect.all([run, run], { concurrency: 2 })
      expect(calls.map(at)).toEqual([-5, 100, 200, 300])
      expect(two).toEqual(one)
    }).pipe(Effect.provide(kit))
  )

  it.effect("are asked for again after a failure, and given up after the attempts", () =>
    Effect.gen(function* () {
      let calls = 0
      const failing = (times: number) =>
        Exchange.make("shaky", {
          candles: (_, __, since) =>
            Effect.suspend(() => {
              calls++
              return calls <= times
                ? Effect.fail(new Error("busy"))
                : Effect.succeed(flat(20).filter(({ timestamp }) => timestamp >= since))
            })
        })
      const strategy = Strategy.make("s").signal(({ price }) => wide(price))
      const run = (times: number) => collect({ strategy, frame: frame(20), exchange: failing(times) })
      const mended = yield* Effect.fork(run(2))
      yield* TestClock.adjust("1 minute")
      expect((yield* Fiber.join(mended)).map(({ _tag }) => _tag)).toEqual(["Opened", "Closed"])
      expect(calls).toBe(3)
      calls = 0
      const broken = yield* Effect.fork(Effect.flip(run(99)))
      yield* TestClock.adjust("1 minute")
      const error = yield* Fiber.join(broken)
      expect([error._tag, calls]).toEqual(["ExchangeError", 3])
      expect(error.message).toContain("busy")
    }).pipe(Effect.provide(kit))
  )

  it.effect("are waited for no longer than the timeout", () =>
    Effect.gen(function* () {
      const exchange = Exchange.make("slow", { candles: () => Effect.never, timeout: "5 seconds" })
      const settings = { candleAttempts: 1 }
      const fiber = yield* Effect.fork(Effect.flip(collect({ strategy: ruled, frame: frame(9), exchange, settings })))
      yield* TestClock.adjust("5 seconds")
      expect((yield* Fiber.join(fiber)).message).toContain("no answer within 5000 ms")
    }).pipe(Effect.provide(kit))
  )

  it.effect("of a symbol that is not there", () =>
    Effect.gen(function* () {
      const strategy = Strategy.make("s").signal(() => null)
      const error = yield* Effect.flip(Backtest.report("Y", { strategy, exchange: memory(flat(5)), frame: frame(5) }))
      expect(error.message).toBe('exchange "memory" has no symbol "Y"; it has: X')
    }).pipe(Effect.provide(kit))
  )
})

describe("no look-ahead", () => {
  const run = Effect.runPromise

  it("cutting the data leaves everything before the cut as it was", () =>
    FastCheck.assert(
      FastCheck.asyncProperty(FastCheck.nat(1000), FastCheck.integer({ min: 30, max: 290 }), async (seed, cut) => {
        const candles = market(seed, 300, 0.05)
        const kept = candles.slice(0, cut)
        const until = (kept.at(-1)?.timestamp ?? 0) + minute
        const told = async (data: ReadonlyArray<Candle>) => {
          const events = await run(
            Effect.provide(collect({ strategy: ruled, exchange: memory(data), frame: frame(400), events: "all" }), kit)
          )
          return events.filter((event) => event.when < until && !("reason" in event && event.reason === "frame_end"))
        }
        const full = await told(candles)
        expect(full.length).toBeGreaterThan(0)
        expect(await told(kept)).toEqual(full)
      }),
      { numRuns: 25 }
    ))

  it("a strategy sees what it would see if there were no later candles", () =>
    FastCheck.assert(
      FastCheck.asyncProperty(FastCheck.nat(1000), FastCheck.integer({ min: 130, max: 290 }), async (seed, cut) => {
        const candles = market(seed, 300, 0.05, 7)
        const sees = async (data: ReadonlyArray<Candle>) => {
          const seen: Array<unknown> = []
          const indicators = () => ({ ema: Indicator.ema(5), slow: Indicator.sma(3, { interval: "15m" }) })
          const strategy = Strategy.make("looks", { interval: "1m", indicators }).signal((view) => {
            const tracks = (["1m", "5m", "15m", "1h"] as const).map((interval) => {
              const all = view.candles(interval)
              return [all.length, all.at(-1), all.at(-2), all.at(0), all.at(all.length), all.close.at(all.length)]
            })
            const { ema, slow } = view.indicators
            seen.push([view.when, view.price, tracks, ema.value, slow.value, slow.at(-2)])
            return null
          })
          await run(Effect.provide(collect({ strategy, exchange: memory(data), frame: frame(400) }), kit))
          return seen
        }
        const cutShort = await sees(candles.slice(0, cut))
        expect(cutShort.length).toBeGreaterThan(30)
        expect((await sees(candles)).slice(0, cutShort.length)).toEqual(cutShort)
      }),
      { numRuns: 20 }
    ))

  it.effect("higher candles appear when their period has ended, the torn first one never", () =>
    Effect.gen(function* () {
      const seen: Array<readonly [number, number, number | undefined]> = []
      const strategy = Strategy.make("looks").signal((view) => {
        const all = view.candles("5m")
        seen.push([at(view.when), all.length, all.at(-1)?.high])
        return null
      })
      // the data begin at minute 3; the high of minute 8 is 109, that of 13 is 114
      const candles = Array.from({ length: 13 }, (_, i) => candle(i + 3, 101 + i + 3, 101 + i + 3, 100, 101))
      yield* collect({ strategy, exchange: memory(candles), frame: frame(30) })
      expect(seen).toEqual([
        ...[4, 5, 6, 7, 8, 9].map((when) => [when, 0, undefined]),
        ...[10, 11, 12, 13, 14].map((when) => [when, 1, 110]),
        ...[15, 16].map((when) => [when, 2, 115])
      ])
    }).pipe(Effect.provide(kit))
  )
})

describe("runs side by side", () => {
  const sized = Strategy.make("sized", { params: { minutes: Strategy.int(5, { min: 1 }) } }).signal(
    ({ params, price }) => wide(price, params.minutes)
  )

  it.effect("give what each gives alone, bit by bit, and are dumped to files of their own", () =>
    Effect.gen(function* () {
      const run = { strategy: sized, exchange: memory(market(8, 500, 0.05)), frame: frame(500) }
      const reports = [5, 30].map((minutes) => Backtest.report("X", { ...run, params: { minutes } }))
      const alone = yield* Effect.all(reports)
      const together = yield* Effect.all(reports, { concurrency: "unbounded" })
      expect(JSON.stringify(together)).toBe(JSON.stringify(alone))
      expect(alone[0]?.trades.length).not.toBe(alone[1]?.trades.length)
      const fs = yield* FileSystem.FileSystem
      const folder = yield* fs.makeTempDirectoryScoped()
      const files = yield* Effect.forEach(alone, (document) => Backtest.dump(document, folder))
      expect(new Set(files).size).toBe(2)
      // no temporary file is left
      expect((yield* fs.readDirectory(folder)).length).toBe(2)
      const [first] = alone
      if (first !== undefined) {
        expect(yield* fs.readFileString(files[0] ?? "")).toBe(yield* Backtest.markdown(first))
      }
    }).pipe(Effect.scoped, Effect.provide(kit))
  )

  it.effect("add up to the statistics of three trades worked out by hand", () =>
    Effect.gen(function* () {
      const candles = flat(20).map((each, i) =>
        i === 4 ? candle(4, 100, 110, 100, 100) : i === 8 ? candle(8, 100, 100, 95, 100) : each
      )
      const strategy = Strategy.make("three").signal((view) =>
        [2, 6, 10].includes(at(view.when))
          ? { position: "long", priceTakeProfit: 110, priceStopLoss: 95, minuteEstimatedTime: 3 }
          : null
      )
      const settings = { fee: 0, slippage: 0 }
      const { statistics, trades } = yield* Backtest.report("X", {
        strategy,
        exchange: memory(candles),
        frame: frame(20),
        settings
      })
      expect(trades.map((trade) => [trade.reason, at(trade.pendingAt), at(trade.closedAt), trade.priceClose])).toEqual([
        ["take_profit", 2, 4, 110],
        ["stop_loss", 6, 8, 95],
        ["time_expired", 10, 13, 100]
      ])
      expect([statistics.totalSignals, statistics.winCount, statistics.lossCount, statistics.winRate]).toEqual([
        3, 1, 1, 50
      ])
      expect(statistics.totalPnl).toBeCloseTo(5, 10)
      expect(statistics.avgPnl).toBeCloseTo(1.666666667, 8)
      expect(statistics.certaintyRatio).toBeCloseTo(2, 10)
      expect(statistics.avgDuration).toBeCloseTo(2.333333333, 8)
      expect([statistics.cagr, statistics.annualizedSharpeRatio]).toEqual([null, null])
    }).pipe(Effect.provide(kit))
  )

  it.effect("are listed; a handle stops one and waits for another", () =>
    Effect.gen(function* () {
      const run = { exchange: memory(flat(20)), frame: frame(20) }
      const hanging = Strategy.make("hangs").signalEffect(() => Effect.never)
      const one = yield* Backtest.fork("X", { ...run, strategy: sized })
      const two = yield* Backtest.fork("X", { ...run, strategy: hanging })
      expect(yield* two.status).toBe("running")
      expect((yield* one.await).trades.length).toBeGreaterThan(1)
      expect(yield* one.status).toBe("done")
      yield* two.stop
      expect(yield* two.status).toBe("stopped")
      const three = yield* Backtest.fork("X", { ...run, strategy: hanging })
      yield* three.stop
      expect((yield* Runs.list).map(({ id, status }) => [id === one.id, status])).toEqual([
        [true, "done"],
        [false, "stopped"],
        [false, "stopped"]
      ])
    }).pipe(Effect.scoped, Effect.provide(kit))
  )

  it.effect("tell the event hub, which a slow listener does not hold up", () =>
    Effect.gen(function* () {
      const hub = yield* EventHub
      const everything: Listen.Channel<Exclude<Listen.Message, Listen.Signal | Listen.Validation>> = {
        needs: "messages",
        select: (message) => (message._tag === "Signal" || message._tag === "Validation" ? undefined : message)
      }
      const listener = yield* hub.subscribe(everything)
      const idle = yield* hub.subscribe(everything, 1)
      for (let i = 0; i < 3; i++) yield* collect({ strategy: sized, exchange: memory(flat(20)), frame: frame(20) })
      const told = yield* Stream.runCollect(Stream.take(listener.messages, 5))
      expect([...told].map((message) => ("phase" in message ? message.phase : message._tag))).toEqual([
        "load",
        "page",
        "Progress",
        "run",
        "Done"
      ])
      const kept = yield* Stream.runCollect(Stream.take(idle.messages, 1))
      expect([...kept].map(({ _tag, runId }) => [_tag, runId])).toEqual([["Done", "run-3"]])
      expect(yield* idle.dropped).toBe(14)
    }).pipe(Effect.scoped, Effect.provide(kit))
  )
})

describe("what can't run", () => {
  it.effect("names: registered, unknown, taken, freed", () =>
    Effect.gen(function* () {
      const run = Effect.asVoid(
        Stream.runDrain(Backtest.run("X", { strategy: "ruled", exchange: memory(flat(5)), frame: frame(5) }))
      )
      yield* Effect.provide(run, ruled.layer)
      const other = Strategy.make("other").signal(() => null)
      const unknown = yield* Effect.flip(Effect.provide(run, other.layer))
      expect(unknown.message).toBe('unknown strategy "ruled" (known: other)')
      const twin = Strategy.make("ruled").signal(() => null)
      const taken = yield* Effect.flip(Effect.provide(run, Layer.merge(ruled.layer, twin.layer)))
      expect(taken._tag).toBe("DuplicateName")
      expect((yield* Effect.flip(run)).message).toBe('unknown strategy "ruled" (none is registered)')
    }).pipe(Effect.provide(kit))
  )

  it.effect("every problem at once", () =>
    Effect.gen(function* () {
      const strategy = Strategy.make("s", {
        params: { n: Strategy.int(3, { min: 1 }) },
        indicators: () => ({ slow: Indicator.sma(0) })
      }).signal(() => null)
      const options = { strategy, exchange: memory(flat(5)), settings: { fee: -1 }, seed: Number.NaN }
      const backwards = Frame.make("f", { start: t0 + minute, end: t0 })
      const paths = (params: { readonly n: number }) =>
        Effect.map(Effect.flip(Backtest.report("X", { ...options, params, frame: backwards })), (error) =>
          error._tag === "InvalidRun" ? error.problems.map(({ path }) => path).toSorted() : [error._tag]
        )
      expect(yield* paths({ n: 3 })).toEqual(["frame", "indicators.slow", "seed", "settings.fee"])
      expect(yield* paths({ n: 0.5 })).toEqual(expect.arrayContaining(["frame", "params.n", "seed", "settings.fee"]))
    }).pipe(Effect.provide(kit))
  )
})
