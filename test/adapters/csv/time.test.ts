import { describe, expect, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { calendar, epoch, timeOfDay, unitOf } from "../../../src/adapters/csv/time.js"

const bytes = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0))

/** Read from the middle of other bytes, as in a file. */
const read = (text: string) => {
  const surrounded = bytes(`12${text}34:56`)
  return calendar(surrounded, 2, 2 + text.length)
}

// 2022-01-31T05:06:07Z is 1643605567 (date -u -d … +%s).
const second = 1_643_605_567_000
const minute = 1_643_605_560_000
const midnight = 1_643_587_200_000

describe("calendar", () => {
  it.each([
    ["2022-01-31T05:06:07Z", second],
    ["2022-01-31T05:06:07z", second],
    ["2022-01-31t05:06:07", second],
    ["2022-01-31 05:06:07", second],
    ["2022-01-31_05:06:07", second],
    ["2022-01-31 05:06:07 UTC", second],
    ["2022-01-31 05:06:07GMT", second],
    ["2022-01-31 05:06:07.000000", second],
    ["2022-01-31 05:06:07.5", second + 500],
    ["2022-01-31T05:06:07.123Z", second + 123],
    ["2022-01-31 05:06:07.000250", second + 0.25],
    ["2022-01-31 05:06:07+00:00", second],
    ["2022-01-31 10:36:07+05:30", second],
    ["2022-01-31 00:06:07-05:00", second],
    ["2022-01-31 00:06:07 -0500", second],
    ["2022-01-30T23:06:07.25-06", second + 250],
    ["2022-01-31 05:06", minute],
    ["2022-01-31T05:06Z", minute],
    ["2022/01/31 05:06", minute],
    ["2022.01.31 05:06", minute],
    ["2022.01.31,05:06", minute],
    ["20220131 050607", second],
    ["20220131T0506", minute],
    ["20220131050607", second],
    ["20220131 05:06:07", second],
    ["2022-01-31", midnight],
    ["20220131", midnight],
    ["1970-01-01", 0],
    ["1969-12-31 23:59:59", -1000],
    ["2000-02-29", 951_782_400_000],
    ["0001-01-01", -62_135_596_800_000]
  ])("reads %s", (text, expected) => expect(read(text)).toBe(expected))

  it.each([
    "",
    "2022",
    "2022-01",
    "2022-1-31",
    "2022-13-01",
    "2022-00-10",
    "2022-02-29",
    "1900-02-29",
    "2022-01-32",
    "2022-01-00",
    "2022-01/31",
    "31-01-2022",
    "2022-01-31 24:00",
    "2022-01-31 05:60",
    "2022-01-31 05:06:60",
    "2022-01-31 05",
    "2022-01-31 5:06",
    "2022-01-31 05:06:07.",
    "2022-01-31 05:06:07 PM",
    "2022-01-31 05:06:07+5",
    "2022-01-31 05:06:07+0530x",
    "2022-01-31 05:06:07+25:00",
    "2022-01-3105:06:07",
    "2022-01-31x05:06:07",
    "2022-01-31T",
    "2022-01-31 05:06:07 CET",
    "2022-01-31 05:06:07ZZ",
    "2O22-01-31"
  ])("refuses %j", (text) => expect(read(text)).toBeNaN())

  it("agrees with Date.parse on every day", () => {
    FastCheck.assert(
      FastCheck.property(
        FastCheck.date({ min: new Date(-62_000_000_000_000), max: new Date(250_000_000_000_000), noInvalidDate: true }),
        (date) => {
          expect(read(date.toISOString())).toBe(date.getTime())
        }
      ),
      { numRuns: 2000 }
    )
  })
})

it("timeOfDay reads the second of two columns", () => {
  expect(timeOfDay(bytes("05:06"), 0, 5)).toBe(18_360_000)
  expect(timeOfDay(bytes("050607"), 0, 6)).toBe(18_367_000)
  expect(timeOfDay(bytes("46319.0"), 0, 7)).toBeNaN()
})

describe("epoch", () => {
  it.each([
    ["1643605567", second],
    ["1643605567000", second],
    ["1643605567000000", second],
    ["1643605567000000000", second],
    ["1643605567.0", second],
    ["1643605567000.0", second],
    ["1.643605567e12", second],
    ["1643605567000250", second + 0.25],
    ["1643605567000250000", second + 0.25],
    ["0", 0],
    ["-86400", -86_400_000]
  ])("tells the unit of %s by its size", (text, expected) => expect(epoch(text, undefined)).toBe(expected))

  it("keeps to a unit that was asked for", () => {
    expect(epoch("1643605567", "ms")).toBe(1_643_605_567)
    expect(epoch("1643605567000", "s")).toBe(1_643_605_567_000_000)
    expect(epoch("1643605567000", "us")).toBe(1_643_605_567)
    expect(epoch("1643605567000", "ns")).toBe(1_643_605.567)
  })

  it.each(["", "abc", "12a", "0x10", "1 000", "NaN", "1_000"])("refuses %j", (text) =>
    expect(epoch(text, undefined)).toBeNaN()
  )

  it("has its bounds between the units", () => {
    expect([99_999_999_999, 1e11, 99_999_999_999_999, 1e14, 1e17 - 16, 1e17].map(unitOf)).toEqual([
      "s",
      "ms",
      "ms",
      "us",
      "us",
      "ns"
    ])
  })
})
