import { describe, expect, it } from "@effect/vitest"
import * as fc from "effect/FastCheck"
import * as Columns from "../../src/engine/columns.js"
import * as Pnl from "../../src/engine/pnl.js"
import { type Detail, rules } from "../../src/engine/rules.js"
import { scan } from "../../src/engine/scan.js"
import { type Open, opened, type State } from "../../src/engine/state.js"
import { step } from "../../src/engine/step.js"
import * as Stops from "../../src/engine/stops.js"
import type { StepEvent } from "../../src/model/event.js"
import { FillPolicy } from "../../src/model/fill.js"
import { defaults } from "../../src/model/settings.js"
import type { Signal } from "../../src/model/signal.js"
import { backtest } from "../oracle/engine.js"
import { type BacktestCase, backtestCase, toInput } from "../oracle/market.js"
import type { OracleEvent, OracleInput } from "../oracle/types.js"

const minute = 60_000
const free: Pnl.Costs = { slippage: 0, fee: 0, flatFee: false }
/** Slippage and fee 0.1 % a side. */
const usual: Pnl.Costs = { slippage: 0.001, fee: 0.1, flatFee: false }
const flat: Pnl.Costs = { ...usual, flatFee: true }

const signal = (over: Partial<Signal>): Signal => ({
  id: "1",
  symbol: "S",
  strategy: "s",
  exchange: "e",
  frame: "f",
  position: "long",
  priceTakeProfit: 110,
  priceStopLoss: 97,
  minuteEstimatedTime: 60,
  scheduledAt: 0,
  ...over
})

const buy = (over: Partial<Signal>, best: number, priceOpen = 100): Open => ({
  ...opened(signal(over), priceOpen, 0),
  highest: best
})
const sell = (over: Partial<Signal>, best: number, priceOpen = 100): Open => ({
  ...opened(signal({ position: "short", priceTakeProfit: 90, priceStopLoss: 103, ...over }), priceOpen, 0),
  lowest: best
})

describe("the breakeven price", () => {
  // c = o·(1 + d·slip)·x/(1 − d·slip), x = (1 + d·f)/(1 − d·f), flat x = 1 + 2·d·f
  it.each([
    ["long", 1, usual, 100.400801201602],
    ["short", -1, usual, 99.600798801598],
    ["long, flat fees", 1, flat, 100.4006006006006],
    ["short, flat fees", -1, flat, 99.6005994005994],
    ["long, no costs", 1, free, 100],
    ["short, no costs", -1, free, 100],
    // 100·1.01·1/0.99
    ["long, slippage alone", 1, { slippage: 0.01, fee: 0, flatFee: false }, 102.020202020202],
    // 100·(100 − 1)/(100 + 1)
    ["short, fee alone", -1, { slippage: 0, fee: 1, flatFee: false }, 98.019801980198]
  ] as const)("%s", (_, d, costs, expected) => {
    expect(Stops.breakevenPrice(d, 100, costs)).toBeCloseTo(expected, 10)
  })

  it("is where the trade comes out at nothing", () => {
    const costs = fc.record({
      slippage: fc.double({ min: 0, max: 0.05, noNaN: true }),
      fee: fc.double({ min: 0, max: 5, noNaN: true }),
      flatFee: fc.boolean()
    })
    const price = fc.double({ min: 1e-6, max: 1e6, noNaN: true })
    fc.assert(
      fc.property(fc.constantFrom(1, -1), price, costs, (d, priceOpen, given) => {
        const even = Stops.breakevenPrice(d, priceOpen, given)
        expect(Math.abs(Pnl.percent(d, priceOpen, even, given))).toBeLessThan(1e-9)
      })
    )
  })
})

describe("where the rules put the stop", () => {
  it.each<readonly [string, Open, Pnl.Costs, Stops.Move | null]>([
    ["no rule", buy({}, 109), free, null],
    ["percent of the best price", buy({ trailing: { percent: 2 } }, 105), free, { rule: "trailing", price: 102.9 }],
    ["percent, short", sell({ trailing: { percent: 2 } }, 95), free, { rule: "trailing", price: 96.9 }],
    ["distance", buy({ trailing: { distance: 2 } }, 105), free, { rule: "trailing", price: 103 }],
    ["distance, short", sell({ trailing: { distance: 2 } }, 95), free, { rule: "trailing", price: 97 }],
    ["at the fill", buy({ trailing: { distance: 2 } }, 100), free, { rule: "trailing", price: 98 }],
    ["looser than the stop", buy({ trailing: { distance: 4 } }, 100), free, null],
    ["at the stop", buy({ trailing: { percent: 3 } }, 100), free, null],
    // 100·(1 + 0.7/100) is 100.69999999999999
    ["at the stop, whatever the rounding", sell({ priceStopLoss: 100.7, trailing: { percent: 0.7 } }, 100), free, null],
    ["short of the activation", buy({ trailing: { distance: 1, activation: 3 } }, 102.9999), free, null],
    // 3·(1 + 0.1) is 3.3000000000000003
    [
      "the activation exactly, whatever the rounding",
      buy({ priceStopLoss: 2, trailing: { distance: 1, activation: 10 } }, 3.3, 3),
      free,
      { rule: "trailing", price: 2.3 }
    ],
    ["short of breakeven", buy({ breakeven: { after: 1 } }, 100.9999), usual, null],
    ["breakeven", buy({ breakeven: { after: 1 } }, 101), usual, { rule: "breakeven", price: 100.400801201602 }],
    ["breakeven, short", sell({ breakeven: { after: 1 } }, 99), flat, { rule: "breakeven", price: 99.6005994005994 }],
    [
      "both, breakeven tighter",
      buy({ trailing: { distance: 2 }, breakeven: { after: 1 } }, 101),
      free,
      { rule: "breakeven", price: 100 }
    ],
    [
      "both, trailing tighter",
      buy({ trailing: { distance: 2 }, breakeven: { after: 1 } }, 103),
      free,
      { rule: "trailing", price: 101 }
    ],
    [
      "both at one price: trailing",
      buy({ trailing: { distance: 2 }, breakeven: { after: 1 } }, 102),
      free,
      { rule: "trailing", price: 100 }
    ],
    ["never back", { ...buy({ trailing: { distance: 2 } }, 105), stopLoss: 103.5 }, free, null]
  ])("%s", (_, state, costs, expected) => {
    const moved = Stops.move(state, Stops.bestOf(state), { costs, priceStep: undefined })
    expect(moved?.rule).toBe(expected?.rule)
    if (expected !== null) expect(moved?.price).toBeCloseTo(expected.price, 10)
  })
})

describe("the price that moves the stop next", () => {
  it.each<readonly [string, Open, Pnl.Costs, number]>([
    ["no rule", buy({}, 100), free, Number.POSITIVE_INFINITY],
    ["no rule, short", sell({}, 100), free, Number.NEGATIVE_INFINITY],
    // 98.49/0.98
    ["trailing", { ...buy({ trailing: { percent: 2 } }, 100), stopLoss: 98.49 }, free, 100.5],
    ["trailing, short: 101.5 − 2", { ...sell({ trailing: { distance: 2 } }, 100), stopLoss: 101.5 }, free, 99.5],
    ["trailing, the activation", buy({ trailing: { percent: 2, activation: 3 } }, 100), free, 103],
    ["breakeven", sell({ breakeven: { after: 1 } }, 100), usual, 99],
    ["due at once", buy({ trailing: { percent: 2 } }, 100), free, Number.NEGATIVE_INFINITY],
    ["due at once, short", sell({ breakeven: { after: 1 } }, 99), free, Number.POSITIVE_INFINITY],
    [
      "breakeven behind the stop",
      { ...buy({ breakeven: { after: 1 } }, 100), stopLoss: 101 },
      free,
      Number.POSITIVE_INFINITY
    ],
    ["both: the nearer", buy({ trailing: { percent: 2, activation: 3 }, breakeven: { after: 1 } }, 100), free, 101]
  ])("%s", (_, state, costs, expected) => {
    const price = Stops.trigger(state, { costs, priceStep: undefined })
    if (Number.isFinite(expected)) expect(Math.abs(price / expected - 1)).toBeLessThan(2e-9)
    else expect(price).toBe(expected)
  })
})

describe("whose rules a signal lives under", () => {
  const own = { trailing: { percent: 1 }, breakeven: { after: 2 } }
  const strategy = { trailing: { distance: 5 }, breakeven: { after: 3 } }
  it("its own, else the strategy's, and none where it says false", () => {
    expect(Stops.resolve(own, strategy)).toEqual(own)
    expect(Stops.resolve({}, strategy)).toEqual(strategy)
    expect(Stops.resolve({}, {})).toEqual({})
    expect(Stops.resolve({ trailing: false }, strategy)).toEqual({ breakeven: { after: 3 } })
    expect(Stops.resolve({ trailing: false, breakeven: false }, strategy)).toEqual({})
    // a key that is there without a value is not there
    const spread = { percent: undefined, distance: 5, activation: undefined }
    expect(Stops.problems({ trailing: spread }, free)).toEqual([])
    expect(Stops.trailingOf(spread)).toStrictEqual({ distance: 5 })
    expect(Stops.resolve({ breakeven: { after: 1 } }, strategy)).toEqual({
      trailing: { distance: 5 },
      breakeven: { after: 1 }
    })
  })
})

describe("what is wrong with rules", () => {
  const shape = "give { percent } or { distance }, with or without an activation"
  it.each<readonly [string, unknown, ReadonlyArray<string>]>([
    ["percent", { percent: 99.9 }, []],
    ["distance", { distance: 1e-9, activation: 0 }, []],
    ["activation", { percent: 1, activation: 250 }, []],
    ["a number", 5, [`trailing is 5; ${shape}`]],
    ["null", null, [`trailing is null; ${shape}`]],
    ["empty", {}, [`trailing has no percent and no distance; ${shape}`]],
    ["both", { percent: 1, distance: 1 }, ["trailing has both a percent and a distance; give one of them"]],
    ["0 %", { percent: 0 }, ["trailing.percent is 0; it must be above 0 and below 100"]],
    ["100 %", { percent: 100 }, ["trailing.percent is 100; it must be above 0 and below 100"]],
    ["text", { percent: "1" }, ['trailing.percent is "1"; it must be above 0 and below 100']],
    [
      "everything at once",
      { distance: Number.POSITIVE_INFINITY, activation: -1 },
      [
        "trailing.distance is Infinity; it must be a finite number above 0, in quote currency",
        "trailing.activation is -1; it must be a finite number of at least 0, in %"
      ]
    ],
    [
      "no number",
      { percent: 1, activation: Number.NaN },
      ["trailing.activation is NaN; it must be a finite number of at least 0, in %"]
    ]
  ])("trailing: %s", (_, trailing, expected) => {
    expect(Stops.problems({ trailing }, usual)).toEqual(expected.map((message) => ({ rule: "trailing", message })))
  })

  const short = (after: number, least: number) =>
    `breakeven.after ${after} % does not cover the costs of a trade, ${least} %; raise it`
  it.each<readonly [string, unknown, Pnl.Costs, ReadonlyArray<1 | -1> | undefined, ReadonlyArray<string>]>([
    ["what is shown as enough is", { after: 0.400802 }, usual, undefined, []],
    ["either direction", { after: 0.4008 }, usual, undefined, [short(0.4008, 0.400802)]],
    ["long", { after: 0.4 }, usual, [1], [short(0.4, 0.400802)]],
    // 100·(1 − 99.8001/100.2001) = 0.39920…
    ["short", { after: 0.4 }, usual, [-1], []],
    ["short of it", { after: 0.399 }, usual, [-1], [short(0.399, 0.399202)]],
    ["flat fees", { after: 0.4006 }, flat, [1], [short(0.4006, 0.400601)]],
    ["no costs", { after: 1e-6 }, free, undefined, []],
    ["exactly, whatever the rounding", { after: 2 }, { slippage: 0, fee: 1, flatFee: true }, undefined, []],
    ["nothing", { after: 0 }, free, undefined, ["breakeven.after is 0; it must be a finite number above 0, in %"]],
    ["no gain", {}, free, undefined, ["breakeven.after is missing; it must be a finite number above 0, in %"]],
    ["true", true, free, undefined, ["breakeven is true; give { after }, in % from the fill"]],
    [
      "costs that eat up any gain",
      { after: 50 },
      { slippage: 0, fee: 100, flatFee: false },
      [1],
      [short(50, Number.POSITIVE_INFINITY)]
    ]
  ])("breakeven: %s", (_, breakeven, costs, directions, expected) => {
    const found = Stops.problems({ breakeven }, costs, directions)
    expect(found).toEqual(expected.map((message) => ({ rule: "breakeven", message })))
  })

  it("names both rules", () => {
    const found = Stops.problems({ trailing: { percent: -1 }, breakeven: "x" }, free)
    expect(found.map(({ rule }) => rule)).toEqual(["trailing", "breakeven"])
    expect(Stops.problems({}, free)).toEqual([])
  })
})

/** The ideas of a case without their stop rules, or with others. */
const withRules = (input: OracleInput, own: Pick<Signal, "trailing" | "breakeven">): OracleInput => ({
  ...input,
  ask: (when, closed, price) => {
    const answer = input.ask(when, closed, price)
    if (answer === null || answer === undefined) return answer
    const { breakeven: _, trailing: __, ...idea } = answer
    return { ...idea, ...own }
  }
})

const told = (input: OracleInput, detail: Detail, page = 4096) => backtest(input, { page, detail })

describe("whatever the market", () => {
  it("a stop only ever tightens, and a close tells where it was in the end", () => {
    fc.assert(
      fc.property(backtestCase, (drawn) => {
        let stops: Array<number> = []
        for (const event of told(toInput(drawn), "progress")) {
          if (event.type === "Opened") stops = []
          if (event.type === "StopMoved") stops.push(event.priceStopLoss)
          if (event.type !== "Closed") continue
          expect(event.priceStopMoved).toBe(stops.at(-1))
          const rising = stops.every((stop, i) => i === 0 || stop > stops[i - 1]!)
          const falling = stops.every((stop, i) => i === 0 || stop < stops[i - 1]!)
          expect(rising || falling).toBe(true)
        }
      }),
      { numRuns: 1000 }
    )
  })

  it("rules that never act change nothing, to the last bit", () => {
    const out = { trailing: { distance: 1e9 }, breakeven: { after: 1e6 } }
    const far = { trailing: { percent: 1, activation: 1e6 } }
    fc.assert(
      fc.property(backtestCase, fc.integer({ min: 1, max: 20 }), (drawn, page) => {
        const input = toInput(drawn)
        for (const detail of ["none", "progress", "all"] as const) {
          const plain: ReadonlyArray<OracleEvent> = told(withRules(input, {}), detail, page)
          expect(told(withRules(input, out), detail, page)).toStrictEqual(plain)
          expect(told(withRules(input, far), detail, page)).toStrictEqual(plain)
        }
      }),
      { numRuns: 500 }
    )
  })
})

interface Walked {
  readonly state: State
  readonly events: ReadonlyArray<StepEvent>
  /** Candles stepped, and the stop in force after each candle that was. */
  readonly stepped: number
  readonly stops: ReadonlyArray<number>
}

/** One position from its fill on: every candle stepped, or only those that a scan stops at. */
const held = (
  start: Open,
  { setting }: BacktestCase,
  detail: Detail,
  scanning: boolean,
  priceStep?: number
): Walked => {
  const candles = Columns.fromCandles(setting.candles)
  const given = rules(setting.settings, setting.policy, minute, detail, priceStep)
  const events: Array<StepEvent> = []
  const stops: Array<number> = []
  let state: State = start
  let stepped = 0
  for (let i = 1; i < candles.length && state._tag !== "Ended"; i++) {
    if (scanning) {
      const scanned = scan(state, candles, i, candles.length, given)
      state = scanned.state
      i = scanned.index
      if (i === candles.length) break
    }
    stepped++
    const next = step(state, candles, i, given)
    if (next !== null) {
      state = next.state
      events.push(...next.events)
    }
    if (state._tag === "Open") stops.push(state.stopLoss)
  }
  return { state, events, stepped, stops }
}

/** A position filled at the second candle's open. */
const positionIn = ({ setting }: BacktestCase, d: 1 | -1, own: Pick<Signal, "trailing" | "breakeven">): Open => {
  const candle = setting.candles[1]!
  const entry = candle.open
  const levels = { priceTakeProfit: entry + d * 6, priceStopLoss: entry - d * 4.5 }
  const given = signal({ position: d > 0 ? "long" : "short", ...levels, minuteEstimatedTime: 600, ...own })
  return opened(given, entry, candle.timestamp)
}

const ownRules = fc.record(
  {
    trailing: fc.constantFrom<Array<NonNullable<Signal["trailing"]>>>(
      { percent: 0.7 },
      { percent: 1.3, activation: 0.5 },
      { percent: 6 },
      { distance: 0.75 },
      { distance: 1.5, activation: 1 },
      { distance: 3 }
    ),
    breakeven: fc.constantFrom({ after: 0.5 }, { after: 1 }, { after: 2 })
  },
  { requiredKeys: [] }
)

const steps = fc.constantFrom(undefined, undefined, 0.01, 0.1, 0.25, 1)

describe("scanning over quiet candles", () => {
  it("gives the states, events and stops of stepping through every candle", () => {
    const moves = { scanned: 0, stepped: 0, moved: 0 }
    fc.assert(
      fc.property(backtestCase, fc.constantFrom<Array<1 | -1>>(1, -1), ownRules, steps, (drawn, d, own, step) => {
        const start = positionIn(drawn, d, own)
        for (const detail of ["none", "progress"] as const) {
          const every = held(start, drawn, detail, false, step)
          const quiet = held(start, drawn, detail, true, step)
          expect(quiet.state).toStrictEqual(every.state)
          expect(quiet.events).toStrictEqual(every.events)
          for (const { stops } of [every, quiet]) {
            expect(stops.every((stop, i) => d * (stop - (stops[i - 1] ?? start.stopLoss)) >= 0)).toBe(true)
          }
          moves.scanned += quiet.stepped
          moves.stepped += every.stepped
          if (quiet.events.some(({ _tag }) => _tag === "StopMoved")) moves.moved++
        }
      }),
      { numRuns: 1000, seed: 3 }
    )
    // the comparison means something: stops did move, and candles were passed over
    expect(moves.moved).toBeGreaterThan(300)
    expect(moves.scanned).toBeLessThan(0.9 * moves.stepped)
  })

  it("stops at the first candle where the fill itself moves the stop, though no better price trades", () => {
    const start = buy({ trailing: { percent: 2 } }, 100)
    const candles = Columns.fromCandles([{ timestamp: 0, open: 99.8, high: 99.9, low: 99.7, close: 99.8, volume: 1 }])
    const given = rules(defaults, "touch", minute, "progress")
    expect(scan(start, candles, 0, 1, given).index).toBe(0)
    expect(step(start, candles, 0, given)?.events).toMatchObject([
      { _tag: "StopMoved", when: minute, rule: "trailing", priceStopLoss: 98 }
    ])
  })

  it("passes over every candle that neither moves the stop nor reaches a level", () => {
    const start = buy({ trailing: { percent: 2 }, minuteEstimatedTime: 1440 }, 100)
    const k = (i: number, high: number, low: number) => ({
      timestamp: i * minute,
      open: low,
      high,
      low,
      close: low,
      volume: 1
    })
    // best 100: stop 98. Then 500 quiet candles, one of them at the same best price, and a better one
    const quiet = Array.from({ length: 500 }, (_, i) => k(i + 1, i === 250 ? 100 : 99.9, 99.8))
    const candles = Columns.fromCandles([k(0, 100, 99.8), ...quiet, k(501, 100.5, 99.8)])
    for (const fill of FillPolicy.literals) {
      const given = rules(defaults, fill, minute, "progress")
      const first = step(start, candles, 0, given)
      expect(first?.events.map(({ _tag }) => _tag)).toEqual(["StopMoved"])
      if (first?.state._tag !== "Open") throw new Error("not open")
      expect(scan(first.state, candles, 1, candles.length, given).index).toBe(501)
    }
  })
})
