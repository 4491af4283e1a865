import { describe, expect, it } from "@effect/vitest"
import { median, peakMemory, runNode, timeTogether } from "./harness.js"
import { atLeast, below, isMet, table } from "./table.js"

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

describe("measuring", () => {
  it("takes the middle value", () => {
    expect(median([5, 1, 3])).toBe(3)
    expect(median([4, 1, 2, 10])).toBe(3)
  })

  it("calls the works in turns and counts what comes after the warm-up", async () => {
    const calls: Array<string> = []
    const works = ["a", "b"].map((name, i) => async () => {
      calls.push(name)
      await sleep(calls.length <= 4 ? 120 : 10 * (i + 1))
    })
    const [a, b] = await timeTogether(works, { warmup: { rounds: 2, seconds: 0 }, repeats: 3 })
    expect(calls.join("")).toBe("ababababab")
    expect(a.first).toBeGreaterThan(0.1)
    expect(a.max).toBeLessThan(0.1)
    expect(b.min).toBeGreaterThan(0.015)
    expect(b.repeats).toBe(3)
  })

  it("warms up for as long as it is told to", async () => {
    let calls = 0
    const work = () => {
      calls++
      return sleep(10)
    }
    await timeTogether([work], { warmup: { rounds: 1, seconds: 0.1 }, repeats: 1 })
    expect(calls).toBeGreaterThan(5)
    expect(calls).toBeLessThan(15)
  })
})

describe("another process", () => {
  it("tells what it printed and the most memory it held", async () => {
    const small = await runNode(["-e", "console.log(1)"], true)
    const large = await runNode(["-e", "Buffer.alloc(1e8, 1); console.log(2)"], true)
    expect(small.output).toBe("1\n")
    expect((large.peak ?? 0) - (small.peak ?? 0)).toBeGreaterThan(90)
    expect((large.peak ?? 0) - (small.peak ?? 0)).toBeLessThan(120)
    expect((await runNode(["-e", ""])).peak).toBeNull()
    expect(peakMemory()).toBeGreaterThan(20)
  })

  it("is an error with its words when it fails", async () => {
    await expect(runNode(["-e", "console.error('no'); process.exit(3)"])).rejects.toThrow(/ended with 3\nno/)
  })
})

describe("the table", () => {
  it("says which targets are met", () => {
    expect([isMet(15, atLeast(15)), isMet(14.9, atLeast(15)), isMet(0.89, below(0.9)), isMet(0.9, below(0.9))]).toEqual(
      [true, false, true, false]
    )
  })

  it("has a line per figure, aligned, and one for what could not be measured", () => {
    const timing = { first: 0.02, median: 0.0123, min: 0.01, max: 0.1234, repeats: 3 }
    const lines = table([
      {
        name: "a",
        title: "first",
        figures: [
          { value: 14.94, unit: "M candles/s", target: atLeast(15) },
          { value: 150, unit: "MB", target: below(200) }
        ],
        timing,
        peak: 99.6,
        ratio: 0.1234,
        note: "7 trades"
      },
      { name: "b", title: "b", error: "no\nmore" }
    ]).split("\n")
    expect(lines).toEqual([
      "workload            figure  ms: median [min–max]  first ms  of kernel  peak MB  target                  note",
      "first     14.9 M candles/s       12.3 [10.0–123]      20.0     12.3 %      100  ≥ 15 M candles/s  MISS  7 trades",
      "                    150 MB                                                      < 200 MB          pass",
      "b                   failed                                                                        FAIL  no"
    ])
  })
})
