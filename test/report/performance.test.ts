import { describe, expect, it } from "@effect/vitest"
import * as Performance from "../../src/report/performance.js"
import { cells } from "./events.fixtures.js"

const of = (samples: ReadonlyArray<Performance.PerformanceSample>) => {
  const reducer = Performance.make()
  for (const sample of samples) reducer.observe(sample)
  return reducer.data()
}

const times = (phase: string, ...millis: ReadonlyArray<number>) => millis.map((millis) => ({ phase, millis }))

describe("make", () => {
  it("knows every phase", () => {
    // 2, 4, 4, 4, 5, 5, 7, 9: mean 5, squares 9+1+1+1+0+0+4+16 = 32, 32/7
    const { phases } = of([...times("run", 9, 4, 2, 7, 4, 5, 4, 5), ...times("load", 100)])
    expect(phases).toEqual([
      {
        phase: "load",
        count: 1,
        total: 100,
        average: 100,
        min: 100,
        max: 100,
        std: null,
        median: 100,
        p95: 100,
        p99: 100
      },
      {
        phase: "run",
        count: 8,
        total: 40,
        average: 5,
        min: 2,
        max: 9,
        std: expect.closeTo(2.1380899352994, 12),
        // positions 3.5, 6.65 and 6.93 of 0 to 7
        median: 4.5,
        p95: expect.closeTo(8.3, 12),
        p99: expect.closeTo(8.86, 12)
      }
    ])
  })

  it("takes quantiles over all of very many", () => {
    const reducer = Performance.make()
    // 0 to 100,000 in an order that is none
    for (let i = 0; i <= 100_000; i++) reducer.observe({ phase: "tick", millis: (i * 7919) % 100_001 })
    const [tick] = reducer.data().phases
    expect(tick).toMatchObject({ count: 100_001, min: 0, max: 100_000, median: 50_000, p95: 95_000, p99: 99_000 })
    expect(tick?.total).toBe(5_000_050_000)
  })

  it("leaves out what is no measurement, and keeps what it gave", () => {
    const reducer = Performance.make()
    for (const millis of [1, Number.NaN, Number.POSITIVE_INFINITY]) reducer.observe({ phase: "run", millis })
    const before = reducer.data()
    reducer.observe({ phase: "run", millis: 3 })
    expect(before.phases[0]?.count).toBe(1)
    expect(reducer.data().phases[0]).toMatchObject({ count: 2, total: 4 })
  })
})

describe("markdown", () => {
  it("is a table of the phases in milliseconds", () => {
    const data = of([...times("load", 1200.5), ...times("run|x", 2, 4)])
    expect(Performance.markdown(data)).toBe(
      `# Performance

- Measured: 3 times in 2 phases
- Longest: 1,200.50 ms in \`load\`

## Phases (milliseconds)

| Phase  | Count |    Total |  Average |      Min |      Max |  Std |   Median |      P95 |      P99 |
| :----- | ----: | -------: | -------: | -------: | -------: | ---: | -------: | -------: | -------: |
| load   |     1 | 1,200.50 | 1,200.50 | 1,200.50 | 1,200.50 |  N/A | 1,200.50 | 1,200.50 | 1,200.50 |
| run\\|x |     2 |     6.00 |     3.00 |     2.00 |     4.00 | 1.41 |     3.00 |     3.90 |     3.98 |
`
    )
  })

  it("has the columns that are asked for", () => {
    const rows = cells(Performance.markdown(of(times("run", 1)), { columns: ["p99", "phase"] }).split("\n"))
    expect(rows).toEqual([
      ["P99", "Phase"],
      ["---:", ":----"],
      ["1.00", "run"]
    ])
  })

  it("says so when nothing was measured", () => {
    expect(Performance.markdown(of([]))).toBe("# Performance\n\nNothing was measured.\n")
  })
})
