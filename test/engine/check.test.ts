import { describe, expect, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { firstProblem, problems } from "../../src/engine/check.js"
import { fromCandles, slice } from "../../src/engine/columns.js"
import type { Candle, Columns } from "../../src/model/candle.js"

const minute = 60_000
const start = Date.UTC(2022, 0, 1)
const options = { interval: minute, anomalyFactor: 1000 }

/** Flat candles at the prices given, a minute apart. */
const flat = (prices: ReadonlyArray<number>): Array<Candle> =>
  prices.map((p, i) => ({ timestamp: start + i * minute, open: p, high: p, low: p, close: p, volume: 1 }))

const good = (count: number): Array<Candle> => flat(Array.from({ length: count }, () => 100))

/** Candles of which one is changed. */
const withCandle = (count: number, index: number, change: Partial<Candle>): Columns =>
  fromCandles(good(count).map((candle, i) => (i === index ? { ...candle, ...change } : candle)))

describe("firstProblem", () => {
  it("finds nothing in sound candles, whatever their number", () => {
    for (const count of [0, 1, 2, 99, 255, 256, 257, 1000]) {
      expect(firstProblem(fromCandles(good(count)), options)).toBeUndefined()
    }
  })

  it.each([
    ["open", { open: Number.NaN }, "not_finite", Number.NaN],
    ["high", { high: Number.POSITIVE_INFINITY }, "not_finite", Number.POSITIVE_INFINITY],
    ["low", { low: Number.NEGATIVE_INFINITY }, "not_finite", Number.NEGATIVE_INFINITY],
    ["close", { close: Number.NaN }, "not_finite", Number.NaN],
    ["volume", { volume: Number.NaN }, "not_finite", Number.NaN],
    ["volume", { volume: Number.POSITIVE_INFINITY }, "not_finite", Number.POSITIVE_INFINITY],
    ["timestamp", { timestamp: Number.NaN }, "not_finite", Number.NaN],
    ["open", { open: 0 }, "not_positive", 0],
    ["low", { low: -1 }, "not_positive", -1],
    ["volume", { volume: -0.5 }, "negative_volume", -0.5],
    ["low", { low: 100.5, high: 101 }, "inconsistent", 100.5],
    ["low", { low: 99.5, close: 99, high: 101 }, "inconsistent", 99.5],
    ["high", { low: 98, high: 99 }, "inconsistent", 99],
    ["high", { high: 100.5, close: 101 }, "inconsistent", 100.5],
    ["timestamp", { timestamp: start + minute }, "duplicate", start + minute],
    ["timestamp", { timestamp: start }, "unordered", start],
    ["timestamp", { timestamp: start + 2 * minute + 1 }, "off_grid", start + 2 * minute + 1],
    ["timestamp", { timestamp: start + 2 * minute + 0.5 }, "off_grid", start + 2 * minute + 0.5],
    ["low", { low: 0.09 }, "anomalous", 0.09]
  ] as const)("names the field: %s %j", (field, change, fault, value) => {
    // In the first, second and third block the check works in.
    for (const [count, index] of [
      [4, 2],
      [400, 300],
      [700, 600]
    ] as const) {
      const shift = "timestamp" in change ? (index - 2) * minute : 0
      const moved = "timestamp" in change ? { timestamp: change.timestamp + shift } : change
      const found = firstProblem(withCandle(count, index, moved), options)
      expect(found).toMatchObject({ index, fault, field, value: value + shift })
      expect(found?.reason).toMatch(/^[^\n]+$/)
    }
  })

  it("says what to change", () => {
    const reason = (index: number, change: Partial<Candle>) =>
      firstProblem(withCandle(4, index, change), options)?.reason
    expect(reason(2, { timestamp: start })).toBe(
      "2022-01-01T00:00:00.000Z comes after 2022-01-01T00:01:00.000Z; sort the data by time, oldest first"
    )
    expect(reason(0, { timestamp: start + 1000 })).toBe(
      "2022-01-01T00:00:01.000Z is not the open time of a 1m candle (UTC); mend it, or give another interval"
    )
    expect(reason(2, { low: 0.01 })).toBe(
      "low 0.01 is below 1/1000 of 100, the mean of the prices before it; mend or remove this candle, or raise anomalyFactor if the price is true"
    )
    expect(reason(1, { low: 101, high: 102 })).toBe(
      "low 101 is above the open 100; check the order of the columns, or mend this candle"
    )
  })

  it("reports a candle's first fault only, in the order of the checks", () => {
    const all = { timestamp: start, open: Number.NaN, high: 1, low: -5, close: 0, volume: -1 }
    const faultOf = (change: Partial<Candle>) => firstProblem(withCandle(4, 2, change), options)?.fault
    expect(faultOf(all)).toBe("not_finite")
    expect(faultOf({ ...all, open: 3 })).toBe("not_positive")
    expect(faultOf({ ...all, open: 3, low: 2, close: 3 })).toBe("negative_volume")
    expect(faultOf({ ...all, open: 3, low: 2, close: 3, volume: 0 })).toBe("inconsistent")
    expect(faultOf({ ...all, open: 0.03, low: 0.02, close: 0.03, volume: 0 })).toBe("unordered")
    expect(faultOf({ timestamp: start + 3 * minute, open: 0.03, low: 0.02, close: 0.03, volume: 0 })).toBe("anomalous")
  })

  it("lets gaps pass, and takes every candle's time against the grid of the interval", () => {
    const apart = fromCandles(good(5).map((candle, i) => ({ ...candle, timestamp: start + i * 7 * minute })))
    expect(firstProblem(apart, options)).toBeUndefined()
    expect(firstProblem(apart, { ...options, interval: 5 * minute })).toMatchObject({ index: 1, fault: "off_grid" })
  })

  it("never calls the first candle anomalous, and judges by the mean while fewer than 5 came before", () => {
    expect(firstProblem(fromCandles(flat([1e-9, 100])), options)).toBeUndefined()
    // Mean (1 + 1 + 1 + 9997) / 4 = 2500; 1/1000 of it is 2.5. The median would be 1.
    expect(firstProblem(fromCandles(flat([1, 1, 1, 9997, 2.5])), options)).toBeUndefined()
    expect(firstProblem(fromCandles(flat([1, 1, 1, 9997, 2.4])), options)).toMatchObject({
      index: 4,
      fault: "anomalous"
    })
    // One more candle and it is the median: 1.
    expect(firstProblem(fromCandles(flat([1, 1, 1, 9997, 4000, 0.002])), options)).toBeUndefined()
    expect(firstProblem(fromCandles(flat([1, 1, 1, 9997, 4000, 0.0009])), options)).toMatchObject({ index: 5 })
  })

  it("takes the mean of the two middle values of an even number", () => {
    // Six candles: values 1, 1, 1, 3, 3, 3 (four of each): median 2, so 0.002 is the least price allowed.
    expect(firstProblem(fromCandles(flat([1, 1, 1, 3, 3, 3, 0.002])), options)).toBeUndefined()
    expect(firstProblem(fromCandles(flat([1, 1, 1, 3, 3, 3, 0.0019])), options)).toMatchObject({ index: 6 })
  })

  it("takes the median of the 100 candles before, no more", () => {
    const prices = (high: number, low: number) => [
      ...Array.from({ length: 300 }, () => 5000),
      ...Array.from({ length: high }, () => 5000),
      ...Array.from({ length: low }, () => 6),
      4.9
    ]
    // 51 of 100 at 5000: median 5000, and 4.9 < 5. The step to 6 itself is above 5.
    expect(firstProblem(fromCandles(flat(prices(0, 49))), options)).toMatchObject({ index: 349, fault: "anomalous" })
    expect(firstProblem(fromCandles(flat(prices(0, 50))), options)).toBeUndefined()
    expect(firstProblem(fromCandles(flat(prices(0, 51))), options)).toBeUndefined()
    // 50 of 100: median (6 + 5000) / 2 = 2503, so that 2.5 is too low and 2.51 is not.
    const last = (price: number) => fromCandles(flat([...prices(0, 50).slice(0, -1), price]))
    expect(firstProblem(last(2.5), options)).toMatchObject({ index: 350, fault: "anomalous" })
    expect(firstProblem(last(2.51), options)).toBeUndefined()
  })

  it("takes the factor from the options", () => {
    const columns = fromCandles(flat([100, 100, 100, 100, 100, 100, 9]))
    expect(firstProblem(columns, { ...options, anomalyFactor: 10 })).toMatchObject({ index: 6, value: 9 })
    expect(firstProblem(columns, { ...options, anomalyFactor: 12 })).toBeUndefined()
    const off = { ...options, anomalyFactor: Number.POSITIVE_INFINITY }
    expect(firstProblem(fromCandles(flat([100, 1e-300])), off)).toBeUndefined()
    expect(firstProblem(withCandle(4, 2, { low: 0 }), off)).toMatchObject({ index: 2, fault: "not_positive" })
  })

  it("looks at [from, to) only, with the candles before as context", () => {
    const columns = withCandle(300, 150, { low: 0.05 })
    expect(firstProblem(columns, { ...options, from: 0, to: 150 })).toBeUndefined()
    expect(firstProblem(columns, { ...options, from: 150, to: 151 })).toMatchObject({ index: 150, fault: "anomalous" })
    expect(firstProblem(columns, { ...options, from: 151 })).toBeUndefined()
    expect(firstProblem(columns, { ...options, from: 300, to: 900 })).toBeUndefined()
  })

  it("finds candles of nothing but infinities", () => {
    const columns = fromCandles(flat([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]))
    expect(firstProblem(columns, options)).toMatchObject({ index: 0, fault: "not_finite", field: "open" })
  })

  it("ignores the room behind the last candle", () => {
    const columns = withCandle(10, 8, { close: Number.NaN })
    expect(firstProblem({ ...columns, length: 8 }, options)).toBeUndefined()
  })
})

/** The rule written down naively, candle by candle. */
const naive = (candles: ReadonlyArray<Candle>, factor: number): number =>
  candles.findIndex((candle, i) => {
    const { close, high, low, open, timestamp, volume } = candle
    if (![timestamp, open, high, low, close, volume].every(Number.isFinite)) return true
    if (Math.min(open, high, low, close) <= 0 || volume < 0) return true
    if (low > Math.min(open, close) || high < Math.max(open, close)) return true
    if ((i > 0 && timestamp <= candles[i - 1].timestamp) || timestamp % minute !== 0) return true
    const values = candles.slice(Math.max(0, i - 100), i).flatMap((c) => [c.open, c.high, c.low, c.close])
    if (values.length === 0) return false
    const sorted = values.toSorted((a, b) => a - b)
    const half = sorted.length / 2
    const mean = values.reduce((a, b) => a + b) / values.length
    return low < (i < 5 ? mean : (sorted[half - 1] + sorted[half]) / 2) / factor
  })

describe("properties", () => {
  const candles = FastCheck.array(
    FastCheck.record({
      price: FastCheck.oneof(
        { weight: 30, arbitrary: FastCheck.constantFrom(90, 100, 110) },
        { weight: 2, arbitrary: FastCheck.constantFrom(8, 11, 0.5, 5000, 60_000) }
      ),
      bad: FastCheck.oneof(
        { weight: 150, arbitrary: FastCheck.constant({}) },
        {
          weight: 1,
          arbitrary: FastCheck.constantFrom(
            { close: Number.NaN },
            { low: 0 },
            { volume: -1 },
            { high: 1 },
            { timestamp: start }
          )
        }
      ),
      gap: FastCheck.oneof(
        { weight: 60, arbitrary: FastCheck.constant(1) },
        { weight: 1, arbitrary: FastCheck.constantFrom(2, 500) }
      )
    }),
    { minLength: 0, maxLength: 700, size: "max" }
  ).map((rows) => {
    let timestamp = start
    return rows.map(({ bad, gap, price }) => {
      timestamp += gap * minute
      return { timestamp, open: price, high: price * 1.01, low: price * 0.99, close: price, volume: 1, ...bad }
    })
  })

  it("finds what the naive rule finds", () => {
    FastCheck.assert(
      FastCheck.property(candles, FastCheck.constantFrom(5, 10, 1000), (rows, anomalyFactor) => {
        const expected = naive(rows, anomalyFactor)
        const found = firstProblem(fromCandles(rows), { interval: minute, anomalyFactor })
        expect(found?.index ?? -1).toBe(expected)
      }),
      { numRuns: 150 }
    )
  })

  it("finds the same page by page", () => {
    FastCheck.assert(
      FastCheck.property(candles, FastCheck.integer({ min: 1, max: 300 }), (rows, page) => {
        const columns = fromCandles(rows)
        const settings = { interval: minute, anomalyFactor: 10 }
        let found
        for (let from = 0; from < rows.length && found === undefined; from += page) {
          found = firstProblem(columns, { ...settings, from, to: from + page })
        }
        expect(found).toEqual(firstProblem(columns, settings))
      }),
      { numRuns: 100 }
    )
  })
})

describe("problems", () => {
  it("counts all and lists the first", () => {
    const candles = good(600).map((candle, i) => (i % 100 === 99 ? { ...candle, volume: -i } : candle))
    const found = problems(fromCandles(candles), { ...options, limit: 2 })
    expect(found.count).toBe(6)
    expect(found.list.map(({ fault, index, value }) => [index, fault, value])).toEqual([
      [99, "negative_volume", -99],
      [199, "negative_volume", -199]
    ])
  })

  it("reports a step back in time once, and goes on from there", () => {
    const candles = good(10)
    const found = problems(fromCandles([...candles.slice(5), ...candles.slice(0, 5)]), options)
    expect(found).toMatchObject({ count: 1, list: [{ index: 5, fault: "unordered" }] })
  })

  it("judges the candles after a broken one by what is left of the others", () => {
    const candles = flat([100, 100, 100, 100, 100, 100, 100]).map((candle, i) =>
      i === 3 ? { ...candle, high: Number.NaN, close: Number.POSITIVE_INFINITY } : candle
    )
    candles[6] = { ...candles[6], low: 0.01 }
    expect(problems(fromCandles(candles), options).list.map(({ fault, index }) => [index, fault])).toEqual([
      [3, "not_finite"],
      [6, "anomalous"]
    ])
    expect(problems(slice(fromCandles(candles), 0, 3), options).count).toBe(0)
  })
})
