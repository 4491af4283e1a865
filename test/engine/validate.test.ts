import { describe, expect, it } from "@effect/vitest"
import { validate } from "../../src/engine/validate.js"
import { defaults } from "../../src/model/settings.js"

/** Slippage and fee 0.1 % a side. */
const costs = { slippage: 0.001, fee: 0.1, flatFee: false }
const idea = { position: "long", priceTakeProfit: 103, priceStopLoss: 98, minuteEstimatedTime: 60 } as const

const outcome = (over: Readonly<Record<string, unknown>>) => validate({ ...idea, ...over }, 100, true, defaults, costs)
const messages = (over: Readonly<Record<string, unknown>>) => {
  const found = outcome(over)
  return found._tag === "Invalid" ? found.violations.map(({ code, message }) => [code, message]) : []
}

describe("an answer's own stop rules", () => {
  it.each([
    ["none", {}],
    ["percent", { trailing: { percent: 1 } }],
    ["distance and activation", { trailing: { distance: 2, activation: 0.5 } }],
    ["breakeven", { breakeven: { after: 0.5 } }],
    ["both", { trailing: { percent: 1, activation: 0 }, breakeven: { after: 0.5 } }],
    ["switched off", { trailing: false, breakeven: false }]
  ])("are carried as given: %s", (_, own) => {
    expect(outcome(own)).toStrictEqual({ _tag: "Valid", idea: { ...idea, ...own } })
  })

  it("are values of their own, whatever the strategy does with its objects later", () => {
    const own = { trailing: { percent: 1, activation: 2, more: "left out" }, breakeven: { after: 1 } }
    const found = outcome(own)
    own.trailing.percent = 99
    own.breakeven.after = 99
    expect(found).toStrictEqual({
      _tag: "Valid",
      idea: { ...idea, trailing: { percent: 1, activation: 2 }, breakeven: { after: 1 } }
    })
  })

  it("are refused together with everything else that is wrong", () => {
    expect(
      messages({
        priceTakeProfit: 100.1,
        trailing: { percent: 0, activation: -1 },
        breakeven: { after: Number.NaN },
        note: 5
      })
    ).toEqual([
      ["take_profit_distance", "TP is 0.1 % from the entry; at least 0.5 % (minTakeProfit)"],
      ["stop_rule", "trailing.percent is 0; it must be above 0 and below 100"],
      ["stop_rule", "trailing.activation is -1; it must be a finite number of at least 0, in %"],
      ["stop_rule", "breakeven.after is NaN; it must be a finite number above 0, in %"],
      ["answer", "note is 5; it must be a text"]
    ])
  })

  const shape = "give { percent } or { distance }, with or without an activation"
  it.each([
    ["null", null, `trailing is null; ${shape}`],
    ["true", true, `trailing is true; ${shape}`],
    ["a list", [1], `trailing is a list; ${shape}`],
    ["text", "1%", `trailing is "1%"; ${shape}`],
    ["another key", { pct: 1 }, `trailing has no percent and no distance; ${shape}`],
    ["both", { percent: 1, distance: 1 }, "trailing has both a percent and a distance; give one of them"],
    [
      "a list inside",
      { distance: [1] },
      "trailing.distance is a list; it must be a finite number above 0, in quote currency"
    ],
    [
      "text inside",
      { percent: 1, activation: "2" },
      'trailing.activation is "2"; it must be a finite number of at least 0, in %'
    ]
  ])("are refused in any other shape: %s", (_, trailing, message) => {
    expect(messages({ trailing })).toEqual([["stop_rule", message]])
  })

  it("have to cover the costs of this direction", () => {
    const short = { position: "short", priceTakeProfit: 97, priceStopLoss: 102 }
    const message = "breakeven.after 0.4 % does not cover the costs of a trade, 0.400802 %; raise it"
    expect(messages({ breakeven: { after: 0.4 } })).toEqual([["stop_rule", message]])
    expect(messages({ ...short, breakeven: { after: 0.4 } })).toEqual([])
    expect(messages({ ...short, breakeven: { after: 0.39 } })).toEqual([
      ["stop_rule", "breakeven.after 0.39 % does not cover the costs of a trade, 0.399202 %; raise it"]
    ])
  })
})
