import { describe, expect, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { createHash } from "node:crypto"
import { generate, generator, type SyntheticOptions } from "../../src/adapters/synthetic.js"
import { advance, factorOf } from "../../src/adapters/synthetic/factor.js"
import { keyOf } from "../../src/adapters/synthetic/random.js"
import { firstProblem } from "../../src/engine/check.js"
import { at, slice, toCandles } from "../../src/engine/columns.js"
import { resample } from "../../src/engine/resample.js"
import type { Columns } from "../../src/model/candle.js"

const start = Date.UTC(2022, 0, 1)
const base: SyntheticOptions = { seed: 1, symbol: "BTCUSDT", interval: "1m", start, count: 50_000, price: 42_000 }
const fields = ["timestamp", "open", "high", "low", "close", "volume"] as const

const checksum = (columns: Columns): string => {
  const hash = createHash("sha256")
  for (const field of fields) {
    const { buffer, byteLength, byteOffset } = columns[field]
    hash.update(new Uint8Array(buffer, byteOffset, byteLength))
  }
  return hash.digest("hex")
}

// A year of each of three worlds, made once.
const years = [1, 2, "third"].map((seed) => generate({ ...base, seed, count: 525_600 }))

const mean = (values: Float64Array): number => values.reduce((sum, x) => sum + x, 0) / values.length

const returnsOf = (columns: Columns, every = 1): Float64Array =>
  Float64Array.from({ length: Math.floor((columns.length - 1) / every) }, (_, i) =>
    Math.log(columns.close[(i + 1) * every] / columns.close[i * every])
  )

/** Correlation of x[i] with y[i − lag]. */
const correlation = (x: Float64Array, y: Float64Array, lag = 0): number => {
  const [mx, my] = [mean(x), mean(y)]
  let [xy, xx, yy] = [0, 0, 0]
  for (let i = lag; i < x.length; i++) {
    const [dx, dy] = [x[i] - mx, y[i - lag] - my]
    xy += dx * dy
    xx += dx * dx
    yy += dy * dy
  }
  return xy / Math.sqrt(xx * yy)
}

const kurtosis = (values: Float64Array): number => {
  const m = mean(values)
  const squares = values.map((x) => (x - m) ** 2)
  return mean(squares.map((x) => x * x)) / mean(squares) ** 2
}

describe("the same options", () => {
  // The figures of this block come from a second implementation, in Python, not from the code under test.
  it("give the same first candles everywhere", () => {
    expect(toCandles(slice(generate(base), 0, 3))).toEqual([
      { timestamp: 1640995200000, open: 42000, high: 42004.3, low: 41980.9, close: 42003.2, volume: 10.2933 },
      { timestamp: 1640995260000, open: 42008.2, high: 42014.5, low: 41994.5, close: 41994.6, volume: 5.4762 },
      { timestamp: 1640995320000, open: 41994.6, high: 41999.6, low: 41982.3, close: 41984.3, volume: 3.4803 }
    ])
  })

  it("give the same 50,000 candles everywhere, bit for bit", () => {
    expect(checksum(generate(base))).toBe("8272c6bd98284b4dd590f7ad6b5aaeb41f9525f9455427ee6545da85bb5db1c6")
  })

  it("give the same whether the seed is a number or its digits, and whatever was made before", () => {
    generate({ ...base, seed: 99, count: 10 })
    expect(checksum(generate({ ...base, seed: "1" }))).toBe(checksum(generate(base)))
  })
})

describe("a market", () => {
  it("begins with every shorter one", () => {
    const whole = generate(base)
    for (const count of [0, 1, 2, 1439, 1440, 10_081]) {
      expect(checksum(generate({ ...base, count }))).toBe(checksum(slice(whole, 0, count)))
    }
  })

  it("is the same seen at a higher interval", () => {
    const minutes = generate({ ...base, count: 3 * 1440 })
    for (const [interval, millis] of [
      ["5m", 300_000],
      ["1h", 3_600_000],
      ["1d", 86_400_000]
    ] as const) {
      const higher = generate({ ...base, interval, count: (3 * 86_400_000) / millis })
      expect(higher.length).toBeGreaterThan(0)
      expect(toCandles(higher)).toEqual(toCandles(resample(minutes, 60_000, millis)))
    }
  })

  it("stands on the interval's grid", () => {
    const columns = generate({ ...base, interval: "1h", start: start + 1, count: 2 })
    expect([...columns.timestamp]).toEqual([start + 3_600_000, start + 7_200_000])
    expect([...generate({ ...base, interval: "1d", start: -1, count: 2 }).timestamp].map(Math.abs)).toEqual([
      0, 86_400_000
    ])
  })

  it("differs from those of other seeds and other symbols", () => {
    const sums = [base, { ...base, seed: 2 }, { ...base, symbol: "ETHUSDT" }, { ...base, volatility: 61 }].map(
      (options) => checksum(generate(options))
    )
    expect(new Set(sums).size).toBe(4)
  })

  it("moves partly with the other symbols of its seed, and not with other worlds", () => {
    const other = (options: Partial<SyntheticOptions>) => returnsOf(generate({ ...base, count: 525_600, ...options }))
    const own = returnsOf(years[0])
    const sister = correlation(own, other({ symbol: "ETHUSDT", price: 2500 }))
    expect(sister).toBeGreaterThan(0.5)
    expect(sister).toBeLessThan(0.8)
    expect(Math.abs(correlation(own, returnsOf(years[1])))).toBeLessThan(0.01)
  })

  it("has candles that can be true, whatever the options", () => {
    for (const year of years) expect(firstProblem(year, { interval: 60_000, anomalyFactor: 1000 })).toBeUndefined()
    const property = FastCheck.property(
      FastCheck.record({
        seed: FastCheck.integer(),
        symbol: FastCheck.string(),
        interval: FastCheck.constantFrom(...(["1m", "15m", "1h"] as const)),
        price: FastCheck.double({ min: 1e-8, max: 1e8, noNaN: true }),
        volatility: FastCheck.double({ min: 0.1, max: 1e6, noNaN: true })
      }),
      (options) => {
        const columns = generate({ ...options, start, count: 300 })
        const interval = columns.timestamp[1] - columns.timestamp[0]
        expect(firstProblem(columns, { interval, anomalyFactor: 1000 })).toBeUndefined()
      }
    )
    FastCheck.assert(property, { numRuns: 200, seed: 7 })
  })

  it("takes odd options for the nearest sensible ones", () => {
    expect(generate({ ...base, count: -1 }).length).toBe(0)
    expect(generate({ ...base, count: Number.NaN }).length).toBe(0)
    expect(generate({ ...base, count: 2.9 }).length).toBe(2)
    for (const price of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(at(generate({ ...base, price, count: 1 }), 0)?.open).toBe(100)
    }
  })
})

describe("a year of minutes", () => {
  it.each([0, 1, 2])("is volatile as asked for (%i)", (i) => {
    const r = returnsOf(years[i])
    const annual = Math.sqrt(mean(r.map((x) => x * x)) * 525_600)
    expect(annual).toBeGreaterThan(0.45)
    expect(annual).toBeLessThan(0.75)
    const days = returnsOf(years[i], 1440)
    expect(Math.sqrt(mean(days.map((x) => x * x)) * 365)).toBeGreaterThan(0.2)
    expect(Math.sqrt(mean(days.map((x) => x * x)) * 365)).toBeLessThan(1.2)
  })

  it.each([0, 1, 2])("has returns that cannot be foretold and sizes that can (%i)", (i) => {
    const r = returnsOf(years[i])
    const sizes = r.map(Math.abs)
    for (const lag of [1, 2, 5, 60]) expect(Math.abs(correlation(r, r, lag))).toBeLessThan(0.015)
    expect(correlation(sizes, sizes, 1)).toBeGreaterThan(0.15)
    expect(correlation(sizes, sizes, 60)).toBeGreaterThan(0.08)
    expect(correlation(sizes, sizes, 1440)).toBeGreaterThan(0.02)
  })

  it.each([0, 1, 2])("has fat tails, thinner by the day (%i)", (i) => {
    expect(kurtosis(returnsOf(years[i]))).toBeGreaterThan(8)
    expect(kurtosis(returnsOf(years[i], 1440))).toBeLessThan(8)
  })

  it.each([0, 1, 2])("has volume that comes with movement, and no minute without (%i)", (i) => {
    const sizes = returnsOf(years[i]).map(Math.abs)
    expect(correlation(sizes, years[i].volume.subarray(1))).toBeGreaterThan(0.4)
    expect(years[i].volume.every((v) => v > 0)).toBe(true)
  })

  it("is busiest when America opens and calm at weekends", () => {
    const size = (keep: (date: Date) => boolean) => {
      const r = returnsOf(years[0])
      return Math.sqrt(mean(r.filter((_, i) => keep(new Date(years[0].timestamp[i + 1]))).map((x) => x * x)))
    }
    expect(size((d) => d.getUTCHours() === 15)).toBeGreaterThan(1.5 * size((d) => d.getUTCHours() === 4))
    expect(size((d) => d.getUTCDay() % 6 !== 0)).toBeGreaterThan(1.2 * size((d) => d.getUTCDay() % 6 === 0))
  })

  it("opens at the last close nine times in ten, and near it otherwise", () => {
    const { close, open } = years[0]
    let elsewhere = 0
    let farthest = 0
    for (let i = 1; i < open.length; i++) {
      if (open[i] !== close[i - 1]) elsewhere++
      farthest = Math.max(farthest, Math.abs(open[i] / close[i - 1] - 1))
    }
    expect(elsewhere / open.length).toBeGreaterThan(0.05)
    expect(elsewhere / open.length).toBeLessThan(0.1)
    expect(farthest).toBeLessThan(0.001)
  })

  it("has wicks: candles whose body is about half of their range, some without one on a side", () => {
    const { close, high, low, open } = years[0]
    let [body, range, bare] = [0, 0, 0]
    for (let i = 0; i < open.length; i++) {
      body += Math.abs(close[i] - open[i])
      range += high[i] - low[i]
      if (high[i] === Math.max(open[i], close[i])) bare++
    }
    expect(body / range).toBeGreaterThan(0.4)
    expect(body / range).toBeLessThan(0.65)
    expect(bare / open.length).toBeGreaterThan(0.05)
    expect(bare / open.length).toBeLessThan(0.3)
  })

  it("trades on ticks suited to the price", () => {
    const tickOf = (price: number) => {
      const { close } = generate({ ...base, price, count: 5000 })
      let tick = 1
      while (!close.every((x) => Math.abs(x / tick - Math.round(x / tick)) < 1e-6)) tick /= 10
      return tick
    }
    expect(tickOf(42_000)).toBeCloseTo(0.1, 12)
    expect(tickOf(100)).toBeCloseTo(0.001, 12)
    expect(tickOf(0.5)).toBeCloseTo(0.000001, 12)
    expect(tickOf(250_000)).toBe(1)
  })
})

describe("a factor", () => {
  const factor = factorOf(keyOf("test"))
  const minutes = 4_000_000
  const stays: Array<Array<number>> = [[], [], []]
  const drifts = [0, 0, 0]
  const squares = [0, 0, 0]
  let stay = 0
  for (let i = 0; i < minutes; i++) {
    const [regime, level] = [factor.regime, factor.level]
    advance(factor, i)
    stay++
    if (factor.regime !== regime) {
      stays[regime].push(stay)
      stay = 0
    }
    const move = factor.level - level
    drifts[factor.regime] += move
    squares[factor.regime] += move * move
  }
  const spent = stays.map((list) => list.reduce((sum, x) => sum + x, 0))
  const averages = spent.map((sum, regime) => sum / stays[regime].length)

  it("ranges for 20 hours on average, and trends for 12", () => {
    expect(Math.abs(averages[0] - 1200)).toBeLessThan(120)
    expect(Math.abs(averages[1] - 720)).toBeLessThan(72)
    expect(Math.abs(averages[2] - 720)).toBeLessThan(72)
  })

  it("rises in one trend, falls in the other, and goes nowhere in a range", () => {
    const [range, up, down] = drifts.map((sum, regime) => sum / spent[regime])
    expect(Math.abs(range)).toBeLessThan(0.004)
    expect(Math.abs(up - 0.022)).toBeLessThan(0.005)
    expect(Math.abs(down + 0.022)).toBeLessThan(0.005)
  })

  it("is calmest in a range and wildest in a fall, with a variance of 1 over all", () => {
    const [range, up, down] = squares.map((sum, regime) => sum / spent[regime])
    expect(range).toBeLessThan(0.7 * up)
    expect(up).toBeLessThan(0.7 * down)
    const variance = squares.reduce((sum, x) => sum + x, 0) / minutes
    expect(variance).toBeGreaterThan(0.85)
    expect(variance).toBeLessThan(1.15)
  })
})

describe("a market made by and by", () => {
  it("is the market made at once", () => {
    const options = { seed: 5, interval: "3m", start: 0, count: 1000 } as const
    const { columns, extend } = generator(options)
    for (const to of [1, 10, 10, 500, 400, 2000]) extend(to)
    expect(columns).toEqual(generate(options))
  })
})
