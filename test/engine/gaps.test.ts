import { describe, expect, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { fromCandles, make, toCandles } from "../../src/engine/columns.js"
import { count, fill, first, list } from "../../src/engine/gaps.js"
import type { Columns } from "../../src/model/candle.js"

/** Candles at the minutes given; the candle of minute m opens at 10 m and closes at 10 m + 5. */
const at = (...minutes: ReadonlyArray<number>): Columns =>
  fromCandles(
    minutes.map((m) => ({
      timestamp: m * 60_000,
      open: 10 * m,
      high: 10 * m + 6,
      low: 10 * m - 1,
      close: 10 * m + 5,
      volume: m
    }))
  )

const holed = at(1, 2, 4, 5, 6, 10, 11)

describe("count", () => {
  it("counts gaps and the candles missing in them", () => {
    expect(count(holed, 60_000)).toEqual({ gaps: 2, missing: 4 })
    expect(count(at(1, 2, 3), 60_000)).toEqual({ gaps: 0, missing: 0 })
    expect(count(at(7), 60_000)).toEqual({ gaps: 0, missing: 0 })
    expect(count(make(8), 60_000)).toEqual({ gaps: 0, missing: 0 })
    expect(count(at(0, 5, 15), 300_000)).toEqual({ gaps: 1, missing: 1 })
  })

  it("takes less than one and a half intervals for no gap, and a step back for none", () => {
    expect(count(at(1, 2.25, 3, 2, 4), 60_000)).toEqual({ gaps: 1, missing: 1 })
    expect(first(at(1, 2.25, 3, 2, 4), 60_000)).toMatchObject({ index: 4 })
    expect(first(at(1, 2.25, 3, 2), 60_000)).toBeUndefined()
  })

  it("counts between the candles of a range only", () => {
    expect(count(holed, 60_000, 0, 2)).toEqual({ gaps: 0, missing: 0 })
    expect(count(holed, 60_000, 0, 3)).toEqual({ gaps: 1, missing: 1 })
    expect(count(holed, 60_000, 2, 7)).toEqual({ gaps: 1, missing: 3 })
    expect(count(holed, 60_000, 5, 7)).toEqual({ gaps: 0, missing: 0 })
  })
})

describe("list and first", () => {
  const one = { from: 3 * 60_000, to: 4 * 60_000, missing: 1, index: 2 }
  const two = { from: 7 * 60_000, to: 10 * 60_000, missing: 3, index: 5 }

  it("lists gaps, oldest first, up to a limit", () => {
    expect(list(holed, 60_000)).toEqual([one, two])
    expect(list(holed, 60_000, 1)).toEqual([one])
    expect(list(holed, 60_000, 0)).toEqual([])
    expect(list(at(1, 2), 60_000)).toEqual([])
  })

  it("finds the first in a range", () => {
    expect(first(holed, 60_000)).toEqual(one)
    expect(first(holed, 60_000, 2)).toEqual(two)
    expect(first(holed, 60_000, 2, 5)).toBeUndefined()
    expect(first(holed, 60_000, 5)).toBeUndefined()
  })
})

describe("fill", () => {
  it("fills holes by flat candles at the last close, without volume", () => {
    const flat = (minute: number, price: number) => ({
      timestamp: minute * 60_000,
      open: price,
      high: price,
      low: price,
      close: price,
      volume: 0
    })
    const real = toCandles(holed)
    expect(toCandles(fill(holed, 60_000))).toEqual([
      ...real.slice(0, 2),
      flat(3, 25),
      ...real.slice(2, 5),
      flat(7, 65),
      flat(8, 65),
      flat(9, 65),
      ...real.slice(5)
    ])
  })

  it("returns the same object when there is no hole", () => {
    const columns = at(1, 2, 3)
    expect(fill(columns, 60_000)).toBe(columns)
  })

  it("leaves no gap and every real candle in its place", () => {
    const minutes = FastCheck.uniqueArray(FastCheck.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 60 })
    FastCheck.assert(
      FastCheck.property(minutes, (values) => {
        const sorted = values.toSorted((a, b) => a - b)
        const columns = at(...sorted)
        const filled = fill(columns, 60_000)
        expect(filled.length).toBe(sorted.at(-1)! - sorted[0] + 1)
        expect(toCandles(filled).filter((candle) => candle.volume > 0)).toEqual(toCandles(columns))
        expect(count(filled, 60_000).gaps).toBe(0)
      })
    )
  })
})
