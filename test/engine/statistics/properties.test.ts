import { describe, expect, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import type { ClosedTrade, StatisticsInput } from "../../../src/engine/statistics.js"
import { compute } from "../../../src/engine/statistics.js"
import type { Statistics } from "../../../src/model/document.js"

const minute = 60_000
const day = 1440 * minute
const start = Date.UTC(2022, 0, 1)

/** Returns of every size: ordinary ones, none, total losses, and far beyond what a market does. */
const pnl = FastCheck.oneof(
  FastCheck.double({ min: -5, max: 5, noNaN: true }),
  FastCheck.constantFrom(0, -100, -100.4, 1e-300, -1e-13, 1e9),
  FastCheck.double({ min: -1e6, max: 1e6, noNaN: true })
)
const away = FastCheck.double({ min: 0, max: 10, noNaN: true })

const step = FastCheck.record({
  wait: FastCheck.nat(3000),
  length: FastCheck.nat(3000),
  pnl,
  below: away,
  above: away,
  ambiguous: FastCheck.boolean(),
  /** Share of the account it had; none: all of it, unsized. */
  share: FastCheck.option(FastCheck.double({ min: 0.01, max: 2, noNaN: true }))
})

/** Trades one after the other, in a frame that ends some time after the last close. */
const inputs = FastCheck.record({
  steps: FastCheck.array(step, { maxLength: 30 }),
  offset: FastCheck.nat(1440),
  rest: FastCheck.integer({ min: 1, max: 30_000 })
}).map(({ offset, rest, steps }): StatisticsInput => {
  const first = start + offset * minute
  let now = first
  const trades = steps.map(({ above, ambiguous, below, length, pnl, share, wait }): ClosedTrade => {
    const pendingAt = now + wait * minute
    now = pendingAt + length * minute
    return {
      pendingAt,
      closedAt: now,
      pnlPercent: pnl,
      ...(share === null ? {} : { equityPercent: pnl * share }),
      mae: -below,
      mfe: above,
      ambiguous,
      pnlInterval: ambiguous ? [pnl - below, pnl + above] : [pnl, pnl]
    }
  })
  return { trades, start: first, end: now + rest * minute, firstOpen: 100, lastClose: 90, periodsPerYear: 365 }
})

const check = (name: string, verify: (statistics: Statistics, input: StatisticsInput) => void) =>
  it(name, () =>
    FastCheck.assert(
      FastCheck.property(inputs, (input) => verify(compute(input), input)),
      { numRuns: 400 }
    )
  )

describe("statistics of any list of trades", () => {
  check("are finite or null", (statistics) => {
    for (const [key, value] of Object.entries(statistics)) {
      for (const number of [value].flat()) {
        if (number !== null) expect(Number.isFinite(number), `${key} is ${number}`).toBe(true)
      }
    }
  })

  check("keep their ranges", (s, input) => {
    const span = (input.end - input.start) / day
    const within = (value: number | null, low: number, high: number) => {
      if (value !== null) {
        // a mean may end a rounding error beyond the numbers it is made of
        expect(value).toBeGreaterThanOrEqual(low - 1e-9 * Math.max(1, Math.abs(low)))
        expect(value).toBeLessThanOrEqual(high + 1e-9 * Math.max(1, Math.abs(high)))
      }
    }
    within(s.winRate, 0, 100)
    within(s.exposure, 0, 100)
    within(s.maxDrawdown, 0, 100)
    within(s.maxDrawdownDays, 0, span)
    within(s.ulcerIndex, 0, s.maxDrawdown ?? 0)
    within(s.totalReturn, -100, Infinity)
    within(s.cagr, -100, Infinity)
    within(s.kelly, -Infinity, 1)
    within(s.cvar95, -100, s.var95 ?? Number.NaN)
    within(s.avgPnl, s.worstTrade ?? Number.NaN, s.bestTrade ?? Number.NaN)
    expect(s.winCount + s.lossCount).toBeLessThanOrEqual(s.totalSignals)
  })

  check("have the total inside its interval", (s) => {
    const [low, high] = s.pnlInterval
    expect(low).toBeLessThanOrEqual(s.totalPnl ?? 0)
    expect(high).toBeGreaterThanOrEqual(s.totalPnl ?? 0)
  })

  check("have no fall without a loss, and a fall with one", (s) => {
    if (s.lossCount === 0) expect(s).toMatchObject({ maxDrawdown: 0, maxDrawdownDays: 0, recoveryFactor: null })
    if (s.worstTrade !== null && s.worstTrade < -1e-9) expect(s.maxDrawdown).toBeGreaterThan(0)
  })

  it("do not depend on the order of the trades of a day, as far as days are counted", () => {
    const ordinary = FastCheck.array(FastCheck.double({ min: -5, max: 5, noNaN: true }), {
      minLength: 1,
      maxLength: 20
    })
    const days = FastCheck.array(ordinary, { minLength: 14, maxLength: 20 })
    const input = (lists: ReadonlyArray<ReadonlyArray<number>>): StatisticsInput => ({
      trades: lists.flatMap((returns, i) =>
        returns.map((r, k): ClosedTrade => {
          const pendingAt = start + i * day + k * 60 * minute
          const closedAt = pendingAt + 30 * minute
          return { pendingAt, closedAt, pnlPercent: r, mae: 0, mfe: 0, ambiguous: false, pnlInterval: [r, r] }
        })
      ),
      start,
      end: start + lists.length * day,
      firstOpen: 1,
      lastClose: 1,
      periodsPerYear: 365
    })
    const keys = ["totalReturn", "totalPnl", "var95", "cvar95", "ulcerIndex", "volatility", "stdDev"] as const
    FastCheck.assert(
      FastCheck.property(days, (lists) => {
        const one = compute(input(lists))
        const other = compute(input(lists.map((returns) => returns.toReversed())))
        for (const key of keys) {
          const [a, b] = [one[key] ?? 0, other[key] ?? 0]
          expect(Math.abs(a - b), key).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(a)))
        }
        expect(other.winCount).toBe(one.winCount)
      })
    )
  })
})
