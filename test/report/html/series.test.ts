import { describe, expect, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import type { Trade } from "../../../src/model/document.js"
import { accountCurve, exposure, falls, histogram, monthlyReturns, runCurve } from "../../../src/report/html/series.js"
import { at, trade } from "../fixtures.js"

const money = (result: number, balance: number) => ({ quantity: 1, notional: 1000, fees: 1, result, balance })

describe("curves", () => {
  it("compound the trades of a run that is not sized", () => {
    const trades = [trade({ pnlPercent: 10 }), trade({ pnlPercent: -50 }), trade({ pnlPercent: 100 })]
    const { drawdown, equity, start } = accountCurve(trades, undefined)
    expect(start).toBe(1)
    expect(equity).toEqual([1.1, 0.55, 1.1])
    // 1.1 is the peak throughout: half of it is left, then all of it
    expect(drawdown).toEqual([0, -50, 0])
  })

  it("go by what a trade did to the account where that is known", () => {
    const { drawdown, equity } = accountCurve([trade({ pnlPercent: -80, equityPercent: -20 })], undefined)
    expect(equity).toEqual([0.8])
    expect(drawdown[0]).toBeCloseTo(-20, 12)
  })

  it("stay at nothing after a total loss", () => {
    const trades = [trade({ pnlPercent: -150 }), trade({ pnlPercent: 10 })]
    expect(accountCurve(trades, undefined).equity).toEqual([0, 0])
    expect(accountCurve(trades, undefined).drawdown).toEqual([-100, -100])
  })

  it("are the balances of a sized account, and of one of its runs what its trades alone would leave", () => {
    const mine = [
      trade({ pnlPercent: 5, equityPercent: 1, money: money(100, 10_100) }),
      trade({ pnlPercent: -5, equityPercent: -1, money: money(-50, 10_250) })
    ]
    const curve = accountCurve(mine, 10_000)
    expect(curve.start).toBe(10_000)
    // another run won 200 between the two
    expect(curve.equity).toEqual([10_100, 10_250])
    // 1 % up, then 1 % down
    expect(runCurve(mine, 10_000).equity).toEqual([10_100, 9999])
  })
})

describe("falls of the equity", () => {
  const closing = (closedAt: number, pnlPercent: number) => trade({ closedAt, pnlPercent })

  it("go from a peak to the close that regains it", () => {
    const trades = [closing(10, 10), closing(20, -10), closing(30, -50), closing(40, 300), closing(50, -5)]
    // 1.1, 0.99, 0.495, 1.98, 1.881
    expect(falls(trades, 0).map(({ depth, ...rest }) => ({ ...rest, depth: depth.toFixed(6) }))).toEqual([
      { from: 10, lowest: 30, until: 40, depth: "-55.000000" },
      { from: 40, lowest: 50, until: null, depth: "-5.000000" }
    ])
  })

  it("may begin with the first trade, and may be none", () => {
    expect(falls([closing(10, -1)], 5)[0]).toMatchObject({ from: 5, lowest: 10, until: null })
    expect(falls([closing(10, 1)], 5)).toEqual([])
  })
})

describe("monthly returns", () => {
  const closing = (time: string, pnlPercent: number) => trade({ closedAt: at(time), pnlPercent })

  it("compound the closes of a month and of a year", () => {
    const trades = [
      closing("2024-01-20 10:00", 10),
      closing("2024-01-25 10:00", -10),
      closing("2024-03-05 10:00", 5),
      closing("2025-01-01 00:00", 20)
    ]
    const [first, second] = monthlyReturns(trades, [at("2024-01-15 00:00"), at("2025-01-02 00:00")])
    expect(first?.year).toBe("2024")
    expect(first?.months[0]).toBeCloseTo(-1, 12) // 1.1 · 0.9
    expect(first?.months[1]).toBe(0)
    expect(first?.months[2]).toBeCloseTo(5, 12)
    expect(first?.total).toBeCloseTo(3.95, 12) // 0.99 · 1.05
    expect(second?.year).toBe("2025")
    expect(second?.months[0]).toBeCloseTo(20, 12)
    expect(second?.months.slice(1)).toEqual(Array.from({ length: 11 }, () => null))
  })

  it("has no month outside the frame, and puts a close at its end into the last", () => {
    const end = at("2024-03-01 00:00")
    const [year] = monthlyReturns([closing("2024-03-01 00:00", 2)], [at("2024-02-10 00:00"), end])
    expect(year?.months.map((month) => month !== null)).toEqual([
      false,
      true,
      ...Array.from({ length: 10 }, () => false)
    ])
    expect(year?.months[1]).toBeCloseTo(2, 12)
  })

  it("of no frame are none", () => {
    expect(monthlyReturns([], [5, 5])).toEqual([])
  })
})

describe("histogram", () => {
  it("counts into rounded bins with an edge at 0", () => {
    // range 3 in no fewer than some 24 bins: 0.125, rounded up to 0.2; −1 is the edge −5, 2 the edge 10
    const { counts, from, width } = histogram([-1, -1, 2, 2])
    expect(width).toBe(0.2)
    expect(from).toBe(-1)
    expect(counts).toEqual([2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2])
  })

  it("of one value is one bin, of none is none", () => {
    expect(histogram([0.598])).toEqual({ from: 0.4, width: 0.2, counts: [1] })
    expect(histogram([0, 0])).toEqual({ from: 0, width: 0.1, counts: [2] })
    expect(histogram([]).counts).toEqual([])
  })

  it("holds every value in its bin, and is not too long to draw", () => {
    const values = FastCheck.array(FastCheck.double({ min: -100, max: 1000, noNaN: true }), { minLength: 1 })
    FastCheck.assert(
      FastCheck.property(values, (values) => {
        const { counts, from, width } = histogram(values)
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(values.length)
        expect(counts.length).toBeLessThanOrEqual(60)
        expect(from).toBeLessThanOrEqual(Math.min(...values) + width * 1e-9)
        expect(from + counts.length * width).toBeGreaterThanOrEqual(Math.max(...values) * (1 - 1e-9))
      })
    )
  })
})

describe("exposure", () => {
  const hour = 3_600_000
  const held = (from: number, to: number): Pick<Trade, "closedAt" | "pendingAt"> => ({
    pendingAt: from * hour,
    closedAt: to * hour
  })

  it("is the mean of open positions over time, and the most at once", () => {
    const trades = [held(0.5, 1.5), held(1.25, 3), held(3, 3), held(3, 4)]
    const { mean, most, slice, start } = exposure(trades, [0, 240 * hour])
    expect(start).toBe(0)
    expect(slice).toBe(hour)
    expect(mean.slice(0, 6)).toEqual([0.5, 0.5 + 0.75, 1, 1, 0, 0])
    // at 3 h one closes as another opens: never two
    expect(most.slice(0, 6)).toEqual([1, 2, 1, 1, 0, 0])
    expect(mean).toHaveLength(240)
  })

  it("knows that the last slice may be short", () => {
    const { mean, slice } = exposure([held(0, 241)], [0, 241 * hour])
    expect(slice).toBe(2 * hour)
    expect(mean.at(-1)).toBe(1)
  })

  it("of no frame is nothing", () => {
    expect(exposure([], [0, 0]).mean).toEqual([])
  })

  it("never exceeds the most at once, which no more trades than there are can make", () => {
    const trades = FastCheck.array(
      FastCheck.tuple(FastCheck.nat(500), FastCheck.nat(50)).map(([from, length]) =>
        held(from / 2, (from + length) / 2)
      )
    )
    FastCheck.assert(
      FastCheck.property(trades, (trades) => {
        const { mean, most } = exposure(trades, [0, 300 * hour])
        mean.forEach((value, i) => expect(value).toBeLessThanOrEqual((most[i] ?? 0) + 1e-9))
        expect(Math.max(0, ...most)).toBeLessThanOrEqual(trades.length)
        const inside = trades.reduce(
          (sum, { closedAt, pendingAt }) => sum + Math.min(closedAt, 300 * hour) - pendingAt,
          0
        )
        const total = mean.reduce((sum, value) => sum + value * 2 * hour, 0)
        expect(total).toBeCloseTo(inside, -2)
      })
    )
  })
})
