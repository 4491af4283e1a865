import { describe, expect, it } from "@effect/vitest"
import { Statistics as Schema } from "../src/model/document.js"
import * as Statistics from "../src/Statistics.js"

describe("Statistics", () => {
  it("has a convention for every statistic, in the document's order", () => {
    expect(Object.keys(Statistics.conventions)).toEqual(Object.keys(Schema.fields))
  })

  it("tells them apart by their labels, and each in one sentence", () => {
    const all = Object.values(Statistics.conventions)
    expect(new Set(all.map(({ label }) => label)).size).toBe(41)
    for (const { convention } of all) expect(convention).toMatch(/^[A-Za-z0-9].{4,}\.$/)
  })

  it("lists every single-number metric", () => {
    expect(Statistics.metrics).toHaveLength(40)
    expect(Statistics.metrics).not.toContain("pnlInterval")
    expect(Statistics.metrics[0]).toBe("totalSignals")
  })
})
