import { describe, expect, it } from "@effect/vitest"
import { instants, sparkline } from "../../src/report/sparkline.js"

describe("sparkline", () => {
  it("has one block per value", () => {
    expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7])).toEqual(["▁▂▃▄▅▆▇█"])
    expect(sparkline([7, 0, -7])).toEqual(["█▅▁"]) // the middle is 4.5 eighths, rounded up
  })

  it("fills several lines from the bottom", () => {
    expect(sparkline([0, 7, 8, 15], 2)).toEqual(["  ▁█", "▁███"])
  })

  it("draws a low line for equal values, nothing for none", () => {
    expect(sparkline([2, 2, 2])).toEqual(["▁▁▁"])
    expect(sparkline([])).toEqual([])
    expect(sparkline([1, Number.POSITIVE_INFINITY])).toEqual([])
  })
})

describe("instants", () => {
  it("are spread evenly, both ends among them", () => {
    expect(instants(100, 200, 5)).toEqual([100, 125, 150, 175, 200])
  })
})
