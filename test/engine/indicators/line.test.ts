import { describe, expect, it } from "@effect/vitest"
import { type Cursor, Line, write } from "../../../src/engine/indicators/line.js"

const lineOf = (cursor: Cursor, ...values: ReadonlyArray<number>): Line => {
  const line = new Line(cursor)
  write(line, values.length).set(values)
  return line
}

describe("Line", () => {
  it("is read relative to the cursor", () => {
    const cursor = { index: 2 }
    const line = lineOf(cursor, 10, 11, 12, 13, 14)
    expect([line.value, line.at(-1), line.at(-2), line.at(-3)]).toEqual([12, 12, 11, 10])
    cursor.index = 3
    expect([line.value, line.at(-4)]).toEqual([13, 10])
  })

  it("has nothing before the first candle, before its beginning, or that is not a number of candles back", () => {
    const cursor = { index: 1 }
    const line = lineOf(cursor, 10, 11, 12)
    expect([line.at(-3), line.at(-1.5), line.at(Number.NaN), line.at(Number.NEGATIVE_INFINITY)]).toEqual([
      NaN,
      NaN,
      NaN,
      NaN
    ])
    cursor.index = -1
    expect([line.value, line.at(-1), line.at(-2)]).toEqual([NaN, NaN, NaN])
  })

  it("never shows what lies after the cursor", () => {
    const line = lineOf({ index: 1 }, 10, 11, 12, 13)
    expect([line.at(0), line.at(1), line.at(2)]).toEqual([NaN, NaN, NaN])
    expect(Object.keys(line)).toEqual([])
    expect(JSON.stringify(line)).toBe("{}")
  })

  it("is NaN where nothing was written, also after it grew", () => {
    const cursor = { index: 70 }
    const line = lineOf(cursor, 10, 11)
    expect(line.value).toBeNaN()
    write(line, 1000)
    expect(line.value).toBeNaN()
    cursor.index = 5000
    expect(line.value).toBeNaN()
    cursor.index = 1
    expect([line.value, line.at(-2)]).toEqual([11, 10])
  })

  // [before, now] of one line and of the other, then crossed above, crossed below
  it.each([
    [[1, 3], [2, 2], true, false],
    [[2, 3], [2, 2], true, false],
    [[3, 4], [2, 2], false, false],
    [[1, 2], [2, 2], false, false],
    [[3, 1], [2, 2], false, true],
    [[2, 1], [2, 2], false, true],
    [[1, 0], [2, 2], false, false],
    [[3, 2], [2, 2], false, false],
    [[2, 2], [2, 2], false, false],
    [[1, 1], [2, 0], true, false],
    [[1, 1], [0, 2], false, true],
    [[NaN, 3], [2, 2], false, false],
    [[1, NaN], [2, 2], false, false],
    [[1, 3], [NaN, 2], false, false],
    [[3, 1], [2, NaN], false, false]
  ])("crosses by the last two closed values: %j against %j", (one, other, above, below) => {
    const cursor = { index: 1 }
    const line = lineOf(cursor, ...one)
    const against = lineOf(cursor, ...other)
    expect([line.crossedAbove(against), line.crossedBelow(against)]).toEqual([above, below])
  })

  it.each([
    [[1, 3], 2, true, false],
    [[2, 3], 2, true, false],
    [[3, 2], 2, false, false],
    [[2, 1], 2, false, true],
    [[3, 1], 2, false, true],
    [[2, 2], 2, false, false],
    [[1, 3], NaN, false, false]
  ])("crosses a level: %j against %d", (one, level, above, below) => {
    const line = lineOf({ index: 1 }, ...one)
    expect([line.crossedAbove(level), line.crossedBelow(level)]).toEqual([above, below])
  })

  it("crosses a line of another interval by that line's own last two values", () => {
    const line = lineOf({ index: 3 }, 0, 0, 5, 7)
    const hourly = lineOf({ index: 1 }, 5, 6, 99, 99)
    expect(line.crossedAbove(hourly)).toBe(true)
  })

  it("has not crossed anything on its first value", () => {
    const line = lineOf({ index: 0 }, 5, 7)
    expect([line.crossedAbove(1), line.crossedBelow(9)]).toEqual([false, false])
  })
})
