import { describe, expect, it } from "@effect/vitest"
import * as Partial from "../../src/report/partial.js"
import { cells, over, partial, signal } from "./events.fixtures.js"

const a = signal()
const b = signal({ id: "b`1", symbol: "SHIB", position: "short" })
const events = [
  partial("PartialProfit", a, "2024-01-01 00:05", 10, 100.25),
  partial("PartialProfit", b, "2024-01-01 00:07", 10, 0.00002854),
  partial("PartialProfit", b, "2024-01-01 00:07", 20, 0.00002854),
  partial("PartialLoss", a, "2024-01-01 00:09", 30, 99.5)
]

describe("make", () => {
  it("counts levels per side", () => {
    expect(over(Partial.make(), events)).toMatchObject({
      profit: 3,
      loss: 1,
      levels: [
        { level: 10, profit: 2, loss: 0 },
        { level: 20, profit: 1, loss: 0 },
        { level: 30, profit: 0, loss: 1 }
      ]
    })
  })
})

describe("markdown", () => {
  it("has the counts on top and each level below, newest first", () => {
    expect(Partial.markdown(over(Partial.make({ mode: "live" }), events))).toBe(
      `# Partial: 2 symbols, 1 strategy

- Profit levels reached: 3
- Loss levels reached: 1

## Levels

| Level % | Profit | Loss |
| ------: | -----: | ---: |
|      10 |      2 |    0 |
|      20 |      1 |    0 |
|      30 |      0 |    1 |

## Reached (4)

| Action | Symbol | Strategy | Signal ID | Position | Level % |      Price | Time             | Mode |
| :----- | :----- | :------- | :-------- | :------- | ------: | ---------: | :--------------- | :--- |
| loss   | X      | ruled    | s1        | long     |      30 |      99.50 | 2024-01-01 00:09 | live |
| profit | SHIB   | ruled    | b\\\`1      | short    |      20 | 0.00002854 | 2024-01-01 00:07 | live |
| profit | SHIB   | ruled    | b\\\`1      | short    |      10 | 0.00002854 | 2024-01-01 00:07 | live |
| profit | X      | ruled    | s1        | long     |      10 |     100.25 | 2024-01-01 00:05 | live |
`
    )
  })

  it("has the columns that are asked for", () => {
    const text = Partial.markdown(over(Partial.make(), events.slice(0, 1)), { columns: ["mode", "level"] })
    expect(cells(text.split("\n")).slice(3)).toEqual([
      ["Mode", "Level %"],
      [":-------", "------:"],
      ["backtest", "10"]
    ])
  })

  it("says so when no level was reached", () => {
    expect(Partial.markdown(over(Partial.make(), []))).toBe("# Partial\n\nNo partial level was reached.\n")
  })
})
