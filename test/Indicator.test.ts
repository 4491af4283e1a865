import { describe, expect, expectTypeOf, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import * as Columns from "../src/engine/columns.js"
import * as Indicator from "../src/Indicator.js"
import { candles, flat, linesOf, table } from "./engine/indicators/harness.js"

/** Every indicator, from periods a, b and c. */
const kinds: Readonly<Record<string, (a: number, b: number, c: number) => Indicator.Indicator<object>>> = {
  sma: (a) => Indicator.sma(a),
  smaOfMean: (a) => Indicator.sma(a, { source: "hlc3" }),
  ema: (a) => Indicator.ema(a),
  wma: (a) => Indicator.wma(a, { source: "ohlc4" }),
  rsi: (a) => Indicator.rsi(a),
  rateOfChange: (a) => Indicator.rateOfChange(a),
  highest: (a) => Indicator.highest(a),
  lowest: (a) => Indicator.lowest(a, { source: "hl2" }),
  macd: (a, b, c) => Indicator.macd(a, b, c),
  stochastic: (a, b, c) => Indicator.stochastic(a, b, c),
  adx: (a) => Indicator.adx(a),
  bollinger: (a) => Indicator.bollinger(a, 2),
  donchian: (a) => Indicator.donchian(a),
  atr: (a) => Indicator.atr(a),
  vwap: (a) => Indicator.vwap(a),
  obv: () => Indicator.obv(),
  fromUpdate: () =>
    Indicator.fromUpdate("sum", { warmup: 1 }, () => {
      let sum = 0
      return { update: ({ close }) => (sum += close) }
    }),
  fromUpdateValue: () =>
    Indicator.fromUpdateValue("sum", { warmup: 1, source: "hl2" }, () => {
      let sum = 0
      return { update: (price) => (sum += price) }
    }),
  custom: () =>
    Indicator.custom("sums", { warmup: 1, lines: ["sum", "last"] }, () => {
      let sum = 0
      return { update: ({ close }) => ({ sum: (sum += close), last: close }) }
    })
}

const period = FastCheck.integer({ min: 1, max: 9 })

describe.each(Object.entries(kinds))("%s", (_, make) => {
  it("has the same bits in any chunks as at once", () => {
    const property = FastCheck.property(
      candles({ maxLength: 70 }),
      FastCheck.array(FastCheck.integer({ min: 0, max: 80 }), { maxLength: 12 }),
      period,
      period,
      period,
      (market, stops, a, b, c) => {
        const whole = table(make(a, b, c), market)
        const steps = Array.from({ length: market.length }, (_, i) => i + 1)
        expect(table(make(a, b, c), market, stops)).toEqual(whole)
        expect(table(make(a, b, c), market, steps)).toEqual(whole)
      }
    )
    FastCheck.assert(property)
  })

  it("does not depend on later candles", () => {
    const property = FastCheck.property(
      candles({ maxLength: 40 }),
      candles({ maxLength: 40 }),
      candles({ maxLength: 40 }),
      period,
      period,
      period,
      (past, one, other, a, b, c) => {
        const [known, first, second] = [[], one, other].map((future) => {
          const market = Columns.make()
          Columns.append(market, past)
          if (!Array.isArray(future)) Columns.append(market, future)
          return Object.values(table(make(a, b, c), market)).map((line) => line.slice(0, past.length))
        })
        expect(first).toEqual(known)
        expect(second).toEqual(known)
      }
    )
    FastCheck.assert(property)
  })

  it("is warm from exactly its warmup on", () => {
    const property = FastCheck.property(candles({ maxLength: 60 }), period, period, period, (market, a, b, c) => {
      const cursor = { index: -1 }
      const indicator = make(a, b, c)
      const { feed, handle } = indicator.start(cursor)
      expect([indicator.problem, feed.warmup, feed.name]).toEqual([undefined, indicator.warmup, indicator.name])
      feed.extend(market, market.length)
      for (; cursor.index < market.length; cursor.index++) {
        const closed = cursor.index + 1
        expect(feed.isWarm()).toBe(closed >= indicator.warmup && closed <= market.length)
        for (const [, line] of linesOf(handle)) expect(line.at(0)).toBeNaN()
      }
    })
    FastCheck.assert(property)
  })

  it("keeps two runs of one definition apart", () => {
    const indicator = make(2, 3, 2)
    const [rising, falling] = [flat(1, 2, 3, 4, 5, 6, 7, 8), flat(8, 7, 6, 5, 4, 3, 2, 1)]
    const alone = table(indicator, rising)
    const runs = [rising, falling].map((market) => ({ market, cursor: { index: -1 } }))
    const started = runs.map(({ cursor, market }) => ({ cursor, market, ...indicator.start(cursor) }))
    for (let to = 1; to <= 8; to++) {
      for (const { cursor, feed, market } of started) {
        feed.extend(market, to)
        cursor.index = to - 1
      }
    }
    const last = linesOf(started[0]?.handle ?? {}).map(([name, line]) => [name, line.value])
    expect(last).toEqual(Object.entries(alone).map(([name, line]) => [name, line[7]]))
  })
})

describe("warmup", () => {
  it.each([
    [Indicator.sma(20), 20],
    [Indicator.ema(20), 20],
    [Indicator.wma(20), 20],
    [Indicator.rsi(), 15],
    [Indicator.rateOfChange(10), 11],
    [Indicator.highest(7), 7],
    [Indicator.lowest(7), 7],
    [Indicator.macd(), 34],
    [Indicator.macd(26, 12, 9), 34],
    [Indicator.stochastic(), 18],
    [Indicator.adx(), 28],
    [Indicator.bollinger(), 20],
    [Indicator.donchian(), 20],
    [Indicator.atr(), 14],
    [Indicator.vwap(5), 5],
    [Indicator.obv(), 1],
    [Indicator.fromUpdate("mine", { warmup: 12 }, () => ({ update: () => 1 })), 12]
  ])("of %o is %d", (indicator, warmup) => {
    expect(indicator.warmup).toBe(warmup)
  })
})

describe("name", () => {
  it.each([
    [Indicator.sma(20), "sma(20)"],
    [Indicator.ema(20, { source: "hlc3" }), "ema(20, hlc3)"],
    [Indicator.macd(), "macd(12, 26, 9)"],
    [Indicator.bollinger(20, 2.5), "bollinger(20, 2.5)"],
    [Indicator.stochastic(), "stochastic(14, 3, 3)"],
    [Indicator.obv(), "obv()"],
    [Indicator.fromUpdate("mine", { warmup: 12 }, () => ({ update: () => 1 })), "mine"]
  ])("%o", (indicator, name) => {
    expect(indicator.name).toBe(name)
  })
})

describe("interval", () => {
  it("is the strategy's own unless given", () => {
    expect(Indicator.sma(20).interval).toBeUndefined()
    expect(Indicator.sma(20, { interval: "1h" }).interval).toBe("1h")
    expect(Indicator.atr(14, { interval: "4h" }).interval).toBe("4h")
    expect(Indicator.macd(12, 26, 9, { interval: "15m" }).interval).toBe("15m")
    const mine = Indicator.fromUpdate("mine", { warmup: 1, interval: "1d" }, () => ({ update: () => 1 }))
    expect(mine.interval).toBe("1d")
  })
})

describe("problem", () => {
  it("says which parameter is wrong, and why", () => {
    expect(Indicator.sma(0).problem).toBe("sma: period must be a whole number of at least 1, got 0")
    expect(Indicator.rsi(-3).problem).toBe("rsi: period must be a whole number of at least 1, got -3")
    expect(Indicator.atr(1.5).problem).toBe("atr: period must be a whole number of at least 1, got 1.5")
    expect(Indicator.vwap(Number.NaN).problem).toBe("vwap: period must be a whole number of at least 1, got NaN")
    expect(Indicator.highest(Infinity).problem).toBe(
      "highest: period must be a whole number of at least 1, got Infinity"
    )
    expect(Indicator.bollinger(20, -2).problem).toBe("bollinger: deviations must be a finite number above 0, got -2")
    expect(Indicator.fromUpdate("mine", { warmup: 0 }, () => ({ update: () => 1 })).problem).toBe(
      "mine: warmup must be a whole number of at least 1, got 0"
    )
  })

  it("collects every one", () => {
    expect(Indicator.macd(0, 26, 0.5).problem).toBe(
      "macd: fast must be a whole number of at least 1, got 0; macd: signal must be a whole number of at least 1, got 0.5"
    )
    expect(Indicator.bollinger(0, Number.NaN).problem).toBe(
      "bollinger: period must be a whole number of at least 1, got 0; " +
        "bollinger: deviations must be a finite number above 0, got NaN"
    )
  })

  it.each(Object.entries(kinds).filter(([, make]) => make(0, 0, 0).problem !== undefined))(
    "leaves %s idle: started all the same, it neither throws nor gets warm",
    (_, make) => {
      for (const wrong of [0, -1, 2.5, Number.NaN, Infinity]) {
        const cursor = { index: 3 }
        const indicator = make(wrong, wrong, wrong)
        const { feed, handle } = indicator.start(cursor)
        feed.extend(flat(1, 2, 3, 4), 4)
        expect([indicator.warmup, feed.isWarm()]).toEqual([0, false])
        for (const [, line] of linesOf(handle)) expect(line.value).toBeNaN()
      }
    }
  )

  it("is not a period that the data will never fill, nor does that reserve any room", () => {
    for (const make of Object.values(kinds)) {
      const cursor = { index: 3 }
      const indicator = make(Number.MAX_SAFE_INTEGER, 1, 1)
      expect(indicator.problem).toBeUndefined()
      const { feed } = indicator.start(cursor)
      feed.extend(flat(1, 2, 3, 4), 4)
      expect(feed.isWarm()).toBe(indicator.warmup === 1)
    }
  })
})

describe("HandleOf", () => {
  it("is what a strategy reads", () => {
    const moving = Indicator.sma(3)
    const bands = Indicator.bollinger()
    const mine = Indicator.custom("mine", { warmup: 1, lines: ["a", "b"] }, () => ({ update: () => ({ a: 1, b: 2 }) }))
    expectTypeOf<Indicator.HandleOf<typeof moving>>().toEqualTypeOf<Indicator.Line>()
    expectTypeOf<Indicator.HandleOf<typeof bands>>().toEqualTypeOf<Indicator.BandLines>()
    expectTypeOf<Indicator.HandleOf<typeof mine>>().toEqualTypeOf<{
      readonly a: Indicator.Line
      readonly b: Indicator.Line
    }>()
  })
})
