import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { Backtest, type Event, Portfolio, Exchange, Report, Risk, Signal, Sizing, Strategy } from "../src/index.js"
import { frame, kit, market, memory, minute, rule } from "./modes/support.js"

const ruled = Strategy.make("ruled", { interval: "1m", breakeven: { after: 0.6 } }).signal((view) => {
  if ((view.when / minute) % 97 === 0) throw new Error("now and then")
  return rule(view)
})
const often = Strategy.make("often", { interval: "5m" }).signal(({ price }) =>
  Signal.long({ priceTakeProfit: price * 1.01, priceStopLoss: price * 0.992, minuteEstimatedTime: 30, note: "5 | 5" })
)

const isRecorded = ({ _tag }: Event.Event) => _tag !== "Idle" && _tag !== "Active"

/**
 * Without what documents do not tell: a signal's stop rules and, of one that never opened, its quantity; what exactly was
 * answered; the cause of a failure.
 */
const told = (event: Event.Event): unknown => {
  if (event._tag === "Rejected") {
    const { answer: _, ...rest } = event
    return rest
  }
  if (event._tag === "Failed") {
    const { cause: _, ...rest } = event
    return rest
  }
  if (!("signal" in event)) return event
  const { breakeven: _, quantity: __, trailing: ___, ...signal } = event.signal
  return { ...event, signal }
}

const gather = (events: Iterable<Event.Event>) => ({
  schedule: Report.reduce(Report.schedule.reducer(), events),
  heat: Report.reduce(Report.heat.reducer(), events),
  partial: Report.reduce(Report.partial.reducer(), events),
  risk: Report.reduce(Report.risk.reducer(), events)
})

describe("reports of a run", () => {
  const options = {
    strategy: ruled,
    exchange: memory(market(7, 3000, 0.02)),
    frame: frame(3000),
    events: "all",
    balance: 10_000,
    sizing: Sizing.fixedPercentage("one", { riskPercent: 1 })
  } as const

  it.effect("are the same while it runs and from its record", () =>
    Effect.gen(function* () {
      const live = [...(yield* Stream.runCollect(Backtest.run("X", options)))]
      const record = yield* Backtest.report("X", options)
      const rebuilt = [...Report.eventsOf(record)]
      expect(rebuilt.map(told)).toEqual(live.filter(isRecorded).map(told))
      const tags = new Set(rebuilt.map(({ _tag }) => _tag))
      for (const tag of ["Scheduled", "Cancelled", "Rejected", "Failed", "PartialLoss", "StopMoved"] as const) {
        expect(tags, tag).toContain(tag)
      }
      const data = gather(live)
      expect(data).toEqual(gather(rebuilt))
      expect(data.heat.portfolio.trades).toBeGreaterThan(20)
      expect(data.heat.portfolio.totalPnl).toBeCloseTo(record.statistics.totalPnl ?? Number.NaN, 9)
      expect(data.heat.portfolio.maxDrawdown).toBeCloseTo(record.statistics.maxDrawdown ?? Number.NaN, 9)
      expect(data.schedule.opened).toBeGreaterThan(0)
      expect(data.partial.rows.length).toBeGreaterThan(20)
    }).pipe(Effect.provide(kit))
  )

  it.effect("run at the end of a Stream, as often as there is one", () =>
    Effect.gen(function* () {
      const sink = Report.heat.sink()
      const first = yield* Stream.run(Backtest.run("X", options), sink)
      const second = yield* Stream.run(Backtest.run("X", options), sink)
      expect(first.portfolio.trades).toBeGreaterThan(20)
      expect(second).toEqual(first)
    }).pipe(Effect.provide(kit))
  )
})

describe("reports of a portfolio", () => {
  const candles = { A: market(1, 1500, 0.02), B: market(2, 1500), C: market(3, 1500) }
  const entries = Portfolio.cross(["A", "B", "C"], [ruled, often])
  const options = {
    exchange: Exchange.memory("memory", candles, { interval: "1m" }),
    frame: frame(1500),
    events: "all",
    balance: 10_000,
    sizing: Sizing.fixedAmount("amount", { amount: 2000 }),
    risk: Risk.make("desk", { validations: [Risk.maxPositions(4)] })
  } as const

  /** Events of several runs at one instant may come in another order. */
  const sorted = <Row extends { readonly at: number; readonly symbol: string; readonly strategy: string }>(
    rows: ReadonlyArray<Row>
  ) => {
    const key = ({ at, strategy, symbol }: Row) => `${at} ${symbol} ${strategy}`
    return rows.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
  }
  const settled = ({ heat, partial, risk, schedule }: ReturnType<typeof gather>) => ({
    heat,
    partial: { ...partial, rows: sorted(partial.rows) },
    risk: { ...risk, rows: sorted(risk.rows) },
    schedule: { ...schedule, rows: sorted(schedule.rows) }
  })

  it.effect("are the same while it runs and from its record", () =>
    Effect.gen(function* () {
      const live = [...(yield* Stream.runCollect(Portfolio.run(entries, options)))]
      const record = yield* Portfolio.report(entries, options)
      const data = gather(live)
      expect(settled(gather(Report.eventsOf(record)))).toEqual(settled(data))
      expect(data.risk.byProfile).toEqual([{ name: "desk", count: expect.any(Number) }])
      expect(data.heat.cells).toHaveLength(6)
      for (const { maxDrawdown, strategy, symbol, totalPnl, trades } of data.heat.cells) {
        const run = record.runs.find((one) => one.run.symbol === symbol && one.run.strategy === strategy)
        expect(trades).toBe(run?.statistics.totalSignals)
        expect(totalPnl).toBeCloseTo(run?.statistics.totalPnl ?? Number.NaN, 9)
        expect(maxDrawdown).toBeCloseTo(run?.statistics.maxDrawdown ?? Number.NaN, 9)
      }
      expect(data.heat.portfolio.maxDrawdown).toBeCloseTo(record.statistics.maxDrawdown ?? Number.NaN, 9)
    }).pipe(Effect.provide(kit))
  )

  it.effect("agree with the statistics of each run where nothing is sized", () =>
    Effect.gen(function* () {
      const { balance: _, sizing: __, ...unsized } = options
      const record = yield* Portfolio.report(entries, unsized)
      const heat = Report.heat.ofRecord(record)
      for (const { maxDrawdown, strategy, symbol } of heat.cells) {
        const run = record.runs.find((one) => one.run.symbol === symbol && one.run.strategy === strategy)
        expect(maxDrawdown).toBeCloseTo(run?.statistics.maxDrawdown ?? Number.NaN, 9)
      }
      expect(heat.portfolio.maxDrawdown).toBeCloseTo(record.statistics.maxDrawdown ?? Number.NaN, 9)
    }).pipe(Effect.provide(kit))
  )

  it.effect("of a record know decimals and slots that events do not tell of", () =>
    Effect.gen(function* () {
      const idle = Strategy.make("idle", { interval: "5m" }).signal(() => null)
      const record = yield* Portfolio.report(Portfolio.cross(["A", "B"], [often, idle]), {
        exchange: options.exchange,
        frame: options.frame
      })
      expect(Report.heat.ofRecord(record).cells.map(({ strategy, symbol }) => `${symbol} ${strategy}`)).toEqual([
        "A idle",
        "A often",
        "B idle",
        "B often"
      ])
      expect(Object.keys(Report.schedule.ofRecord(record).decimals)).toEqual(["A", "B"])
    }).pipe(Effect.provide(kit))
  )

  it.effect("read as the Backtest report of a portfolio", () =>
    Effect.gen(function* () {
      const record = yield* Portfolio.report(entries, options)
      expect(Report.backtest.markdown(record)).toMatch(/^# Portfolio: 3 symbols, 2 strategies\n/)
      const [run] = record.runs
      if (run === undefined) throw new Error("no run")
      expect(Report.backtest.markdown(run, { columns: ["signalId"] })).toMatch(/^# Backtest: `A`, `often`\n/)
    }).pipe(Effect.provide(kit))
  )
})
