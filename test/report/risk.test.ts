import { describe, expect, it } from "@effect/vitest"
import * as Risk from "../../src/report/risk.js"
import { cancelled, cells, over, rejected, signal } from "./events.fixtures.js"

const events = [
  rejected("2024-01-01 00:00", {
    violations: [
      { code: "risk", message: "3 positions are open | 2 allowed", profile: "desk" },
      { code: "risk", message: "stop\nhit 5 min ago", profile: "cool`down" }
    ],
    answer: { position: "long", priceOpen: 100.5 }
  }),
  // not a matter of risk
  rejected("2024-01-01 01:00", { violations: [{ code: "lifetime", message: "too long" }] }),
  rejected("2024-01-01 02:00", {
    symbol: "Y",
    strategy: "other",
    violations: [
      { code: "price", message: "no number" },
      { code: "cash", message: "needs 10, 5 is free" }
    ],
    answer: { position: "short" }
  }),
  cancelled(signal(), "2024-01-01 03:00", {
    reason: "risk",
    violations: [{ code: "risk", message: "4 positions are open | 2 allowed", profile: "desk" }]
  }),
  cancelled(signal(), "2024-01-01 04:00")
]

describe("make", () => {
  it("counts refused trades by symbol and strategy, and reasons by profile", () => {
    expect(over(Risk.make(), events)).toMatchObject({
      refused: 3,
      byProfile: [
        { name: "desk", count: 2 },
        { name: "cool`down", count: 1 }
      ],
      bySymbol: [
        { name: "X", count: 2 },
        { name: "Y", count: 1 }
      ],
      byStrategy: [
        { name: "ruled", count: 2 },
        { name: "other", count: 1 }
      ]
    })
  })

  it("has a reason for a cancellation that gives none", () => {
    const [row] = over(Risk.make(), [cancelled(signal(), "2024-01-01 03:00", { reason: "risk" })]).rows
    expect(row).toMatchObject({ stage: "fill", code: "risk", message: "no reason given", profile: null, price: 100 })
  })
})

describe("markdown", () => {
  it("says what was refused, when and why", () => {
    expect(Risk.markdown(over(Risk.make(), events))).toBe(
      `# Risk: 2 symbols, 2 strategies

- Refused: 3 trades, for 4 reasons
- By profile: \`desk\` 2, \`cool'down\` 1
- By symbol: \`X\` 2, \`Y\` 1
- By strategy: \`ruled\` 2, \`other\` 1

## Reasons

| Count | Reason                                  |
| ----: | :-------------------------------------- |
|     2 | risk: n positions are open \\| n allowed |
|     1 | cash: needs 10, 5 is free               |
|     1 | risk: stop<br>hit 5 min ago             |

## Refusals (4)

| Time             | Symbol | Strategy | Profile    | Stage  | Position |  Price | Reason                                  |
| :--------------- | :----- | :------- | :--------- | :----- | :------- | -----: | :-------------------------------------- |
| 2024-01-01 03:00 | X      | ruled    | desk       | fill   | long     | 100.00 | risk: 4 positions are open \\| 2 allowed |
| 2024-01-01 02:00 | Y      | other    |            | signal | short    |    N/A | cash: needs 10, 5 is free               |
| 2024-01-01 00:00 | X      | ruled    | desk       | signal | long     | 100.50 | risk: 3 positions are open \\| 2 allowed |
| 2024-01-01 00:00 | X      | ruled    | cool\\\`down | signal | long     | 100.50 | risk: stop<br>hit 5 min ago             |
`
    )
  })

  it("has the columns that are asked for", () => {
    const text = Risk.markdown(over(Risk.make(), events.slice(2, 3)), { columns: ["code", "symbol"] })
    expect(cells(text.split("\n")).slice(-3)).toEqual([
      ["Code", "Symbol"],
      [":---", ":-----"],
      ["cash", "Y"]
    ])
  })

  it("says so when nothing was refused", () => {
    expect(Risk.markdown(over(Risk.make(), events.slice(1, 2)))).toBe(
      "# Risk\n\nNo trade was refused by risk, cash or sizing.\n"
    )
  })
})
