import { describe, expect, it } from "@effect/vitest"
import * as Either from "effect/Either"
import * as FastCheck from "effect/FastCheck"
import * as Sizing from "../../src/engine/sizing.js"
import type { SizingBounds, SizingInput, SizingMethod, SizingProfile } from "../../src/model/sizing.js"

const unbounded: SizingBounds = { maxPercent: undefined, minQuantity: undefined, maxQuantity: undefined }

const profile = (method: SizingMethod, bounds: Partial<SizingBounds> = {}): SizingProfile => ({
  name: "test",
  method,
  ...unbounded,
  ...bounds
})

const input: SizingInput = { balance: 10_000, entry: 50_000, stopLoss: 49_000, atr: 250 }

const amount = (value: number): SizingMethod => ({ _tag: "FixedAmount", amount: value })
const percentage = (riskPercent: number): SizingMethod => ({ _tag: "FixedPercentage", riskPercent })
const kelly = (winRate: number, payoff: number, multiplier: number): SizingMethod => ({
  _tag: "Kelly",
  winRate,
  payoff,
  multiplier
})
const atr = (riskPercent: number, multiplier: number, period = 14): SizingMethod => ({
  _tag: "Atr",
  riskPercent,
  multiplier,
  period,
  interval: undefined
})

const quantity = (of: SizingProfile, given: Partial<SizingInput> = {}): number =>
  Either.getOrThrow(Sizing.quantity(of, { ...input, ...given }))

const refusal = (of: SizingProfile, given: Partial<SizingInput> = {}) => {
  const { _tag, fault, message, sizing, value } = Either.getOrThrow(
    Either.flip(Sizing.quantity(of, { ...input, ...given }))
  )
  return { _tag, fault, message, sizing, value }
}

describe("methods", () => {
  it.each<readonly [string, SizingMethod, Partial<SizingInput>, number]>([
    // amount / entry
    ["1000 at 50000", amount(1000), {}, 0.02],
    ["1000 at 250", amount(1000), { entry: 250, stopLoss: 240 }, 4],
    ["an amount above the balance", amount(15_000), {}, 0.3],
    ["an amount does not ask for a distance", amount(1000), { stopLoss: 50_000 }, 0.02],
    // balance · risk / 100 / distance
    ["1 % of 10000 is 100, 1000 away", percentage(1), {}, 0.1],
    ["a short: 100, 2000 away", percentage(1), { stopLoss: 52_000 }, 0.05],
    ["2.5 % of 4000 is 100, 8 away", percentage(2.5), { balance: 4000, entry: 40, stopLoss: 32 }, 12.5],
    ["everything at the stop", percentage(100), {}, 10],
    // (0.6·2 − 0.4)/2 = 0.4; a quarter of it is 0.1, of 10000 is 1000
    ["Kelly 0.4, a quarter", kelly(0.6, 2, 0.25), {}, 0.02],
    ["Kelly 0.4, all of it", kelly(0.6, 2, 1), {}, 0.08],
    // (0.55·1.5 − 0.45)/1.5 = (0.825 − 0.45)/1.5 = 0.25; a half of it is 0.125, of 10000 is 1250
    ["Kelly 0.25, a half", kelly(0.55, 1.5, 0.5), {}, 0.025],
    ["Kelly of even odds: nothing", kelly(0.5, 1, 0.25), {}, 0],
    ["Kelly of bad odds: nothing, not less", kelly(0.3, 1, 0.25), {}, 0],
    // balance · risk / 100 / (atr · multiplier)
    ["100 over 2 ranges of 250", atr(1, 2), {}, 0.2],
    ["100 over 4 ranges of 250", atr(1, 4), {}, 0.1],
    ["200 over 1.25 ranges of 400", atr(2, 1.25), { atr: 400 }, 0.4],
    ["ranges do not ask for a distance", atr(1, 2), { stopLoss: 50_000 }, 0.2]
  ])("%s", (_, method, given, expected) => {
    expect(quantity(profile(method), given)).toBeCloseTo(expected, 14)
  })
})

describe("bounds", () => {
  // The method asks for 0.1, worth 5000 at its entry: 50 % of the balance.
  it.each<readonly [string, Partial<SizingBounds>, number]>([
    ["none", {}, 0.1],
    ["a share that does not bind", { maxPercent: 100 }, 0.1],
    ["a share met exactly", { maxPercent: 50 }, 0.1],
    ["a share that binds", { maxPercent: 25 }, 0.05],
    ["a minimum below", { minQuantity: 0.05 }, 0.1],
    ["a minimum above", { minQuantity: 0.2 }, 0.2],
    ["a minimum within the share", { maxPercent: 80, minQuantity: 0.15 }, 0.15],
    ["a minimum above the share is raised to the share only", { maxPercent: 80, minQuantity: 0.2 }, 0.16],
    ["a minimum above a share that binds", { maxPercent: 25, minQuantity: 0.2 }, 0.05],
    ["a maximum above", { maxQuantity: 0.5 }, 0.1],
    ["a maximum below", { maxQuantity: 0.03 }, 0.03],
    ["a maximum below the share", { maxPercent: 25, maxQuantity: 0.04 }, 0.04],
    ["a share below the maximum", { maxPercent: 25, maxQuantity: 0.06 }, 0.05],
    ["the maximum comes last: raised to the minimum, and no more", { minQuantity: 0.12, maxQuantity: 0.12 }, 0.12],
    ["all three, in order", { maxPercent: 80, minQuantity: 0.12, maxQuantity: 0.14 }, 0.12],
    ["no share and no maximum by infinity", { maxPercent: Infinity, maxQuantity: Infinity }, 0.1],
    ["no minimum by 0", { minQuantity: 0 }, 0.1]
  ])("%s", (_, bounds, expected) => {
    expect(quantity(profile(percentage(1), bounds))).toBeCloseTo(expected, 14)
  })

  it("a share above 100 % is for accounts with leverage", () => {
    expect(quantity(profile(percentage(10), { maxPercent: 300 }))).toBeCloseTo(0.6, 14)
  })

  it.each([
    [0.5, 1],
    [0.3, 1],
    // 0.4·1.5 − 0.6 is 1.1e-16 in floats
    [0.4, 1.5]
  ])("no minimum makes a trade of odds of %d at %d", (winRate, payoff) => {
    expect(quantity(profile(kelly(winRate, payoff, 0.25), { minQuantity: 0.001 }))).toBe(0)
  })
})

describe("errors of the input", () => {
  it.each<readonly [string, SizingMethod, Partial<SizingInput>, string, number, string]>([
    ["no balance", amount(1), { balance: 0 }, "balance", 0, "the balance must be a number above 0, got 0"],
    ["a lost balance", amount(1), { balance: -5 }, "balance", -5, "the balance must be a number above 0, got -5"],
    ["a balance without end", amount(1), { balance: Infinity }, "balance", Infinity, "got Infinity"],
    ["no number", amount(1), { balance: NaN }, "balance", NaN, "got NaN"],
    ["no entry", amount(1), { entry: 0 }, "entry", 0, "the entry must be a price above 0, got 0"],
    ["a negative entry", amount(1), { entry: -1 }, "entry", -1, "the entry must be a price above 0, got -1"],
    [
      "zero distance",
      percentage(1),
      { stopLoss: 50_000 },
      "distance",
      0,
      "the stop-loss must lie away from the entry 50000, got 50000; move priceStopLoss"
    ],
    ["a stop-loss that is no number", percentage(1), { stopLoss: NaN }, "distance", NaN, "got NaN"],
    [
      "no range",
      atr(1, 2),
      { atr: undefined },
      "atr",
      NaN,
      "the average true range must be a number above 0, got none; use more data or a longer period"
    ],
    ["a flat market", atr(1, 2), { atr: 0 }, "atr", 0, "must be a number above 0, got 0"],
    ["a negative range", atr(1, 2), { atr: -1 }, "atr", -1, "got -1"],
    ["a range that is not warm", atr(1, 2), { atr: NaN }, "atr", NaN, "got NaN"],
    ["a range without end", atr(1, 2), { atr: Infinity }, "atr", Infinity, "got Infinity"],
    [
      "a quantity without end",
      percentage(1),
      { entry: 1, stopLoss: 1 - Number.EPSILON / 2, balance: 1e300 },
      "bounds",
      Infinity,
      "the quantity comes out as Infinity; set maxPercent or maxQuantity"
    ]
  ])("%s", (_, method, given, fault, value, says) => {
    expect(refusal(profile(method), given)).toEqual({
      _tag: "SizingError",
      sizing: "test",
      fault,
      value,
      message: expect.stringContaining(says)
    })
  })

  it("are told in one line that names the sizing", () => {
    expect(refusal(profile(percentage(1)), { balance: 0 }).message).toBe(
      'sizing "test": the balance must be a number above 0, got 0; start with a larger one or risk less of it'
    )
  })

  it("a bound makes an endless quantity finite", () => {
    const given = { entry: 1, stopLoss: 1 - Number.EPSILON / 2, balance: 1e300 }
    expect(quantity(profile(percentage(1), { maxQuantity: 7 }), given)).toBe(7)
  })
})

const definitions: ReadonlyArray<
  readonly [string, SizingMethod, Partial<SizingBounds>, string, string, number, string]
> = [
  ["no amount", amount(0), {}, "amount", "amount", 0, "must be a number above 0, got 0"],
  ["a negative amount", amount(-10), {}, "amount", "amount", -10, "must be a number above 0, got -10"],
  ["an endless amount", amount(Infinity), {}, "amount", "amount", Infinity, "must be a number above 0, got Infinity"],
  ["no risk", percentage(0), {}, "risk", "riskPercent", 0, "must be a number above 0 and at most 100, got 0"],
  [
    "all and more",
    percentage(101),
    {},
    "risk",
    "riskPercent",
    101,
    "must be a number above 0 and at most 100, got 101"
  ],
  ["no risk per range", atr(-1, 2), {}, "risk", "riskPercent", -1, "must be a number above 0 and at most 100, got -1"],
  ["no ranges", atr(1, 0), {}, "multiplier", "multiplier", 0, "must be a number above 0, got 0"],
  [
    "never wins",
    kelly(0, 2, 1),
    {},
    "win_rate",
    "winRate",
    0,
    "must be a share between 0 and 1, as 0.55 for 55 %, got 0"
  ],
  [
    "always wins",
    kelly(1, 2, 1),
    {},
    "win_rate",
    "winRate",
    1,
    "must be a share between 0 and 1, as 0.55 for 55 %, got 1"
  ],
  [
    "a percentage of wins",
    kelly(55, 2, 1),
    {},
    "win_rate",
    "winRate",
    55,
    "must be a share between 0 and 1, as 0.55 for 55 %, got 55"
  ],
  ["no payoff", kelly(0.6, 0, 1), {}, "payoff", "payoff", 0, "must be a number above 0, got 0"],
  ["a negative payoff", kelly(0.6, -2, 1), {}, "payoff", "payoff", -2, "must be a number above 0, got -2"],
  ["nothing of Kelly", kelly(0.6, 2, 0), {}, "multiplier", "multiplier", 0, "must be a number above 0, got 0"],
  ["no share", amount(1), { maxPercent: 0 }, "bounds", "maxPercent", 0, "must be a number above 0, got 0"],
  ["no number", amount(1), { maxPercent: NaN }, "bounds", "maxPercent", NaN, "must be a number above 0, got NaN"],
  ["below 0", amount(1), { minQuantity: -1 }, "bounds", "minQuantity", -1, "must be a number of at least 0, got -1"],
  [
    "an endless minimum",
    amount(1),
    { minQuantity: Infinity },
    "bounds",
    "minQuantity",
    Infinity,
    "must be a number of at least 0, got Infinity"
  ],
  ["at most nothing", amount(1), { maxQuantity: 0 }, "bounds", "maxQuantity", 0, "must be a number above 0, got 0"],
  [
    "a minimum above the maximum",
    amount(1),
    { minQuantity: 2, maxQuantity: 1 },
    "bounds",
    "minQuantity",
    2,
    "must be at most maxQuantity, 1, got 2"
  ]
]

describe("errors of the definition", () => {
  it.each(definitions)("%s: refused at the trade", (_, method, bounds, fault, name, value, message) => {
    expect(refusal(profile(method, bounds))).toEqual({
      _tag: "SizingError",
      sizing: "test",
      fault,
      value,
      message: `sizing "test": ${name} ${message}; change it in the sizing`
    })
  })

  it.each(definitions)("%s: told before a run", (_, method, bounds, _fault, name, _value, message) => {
    expect(Sizing.problems(profile(method, bounds))).toEqual([{ path: `sizing.${name}`, message }])
  })

  it("come before those of the input", () => {
    expect(refusal(profile(amount(0)), { balance: 0 }).fault).toBe("amount")
  })

  it.each([0, 1.5, -3, NaN, Infinity])("a period of %s is no number of candles", (period) => {
    const message = `must be a whole number of at least 1, got ${period}`
    expect(Sizing.problems(profile(atr(1, 2, period)))).toEqual([{ path: "sizing.period", message }])
  })

  it("an interval that candles do not have", () => {
    const method = { _tag: "Atr", riskPercent: 1, multiplier: 2, period: 14, interval: "7m" } as const
    // @ts-expect-error: what a program without types might say
    expect(Sizing.problems(profile(method))).toEqual([
      {
        path: "sizing.interval",
        message: "must be one of 1m, 3m, 5m, 15m, 30m, 1h, 2h, 4h, 6h, 8h, 12h, 1d, got 7m"
      }
    ])
  })

  it("are told all at once", () => {
    const bounds = { maxPercent: -1, minQuantity: -2, maxQuantity: -3 }
    expect(Sizing.problems(profile(atr(0, 0, 0), bounds)).map(({ path }) => path)).toEqual([
      "sizing.riskPercent",
      "sizing.multiplier",
      "sizing.maxPercent",
      "sizing.minQuantity",
      "sizing.maxQuantity",
      "sizing.period"
    ])
    expect(Sizing.problems(profile(kelly(2, -1, 0))).map(({ path }) => path)).toEqual([
      "sizing.winRate",
      "sizing.payoff",
      "sizing.multiplier"
    ])
  })

  it("a sound definition has none", () => {
    const bounds = { maxPercent: 50, minQuantity: 0.01, maxQuantity: 0.01 }
    for (const method of [amount(1), percentage(100), kelly(0.5, 1, 2), atr(1, 2, 1)]) {
      expect(Sizing.problems(profile(method, bounds))).toEqual([])
    }
    const hourly = { _tag: "Atr", riskPercent: 1, multiplier: 2, period: 14, interval: "1h" } as const
    expect(Sizing.problems(profile(hourly))).toEqual([])
  })
})

describe("any sizing", () => {
  const number = (min: number, max: number) => FastCheck.double({ min, max, noNaN: true })
  const bound = (min: number, max: number) => FastCheck.option(number(min, max), { nil: undefined })
  const method: FastCheck.Arbitrary<SizingMethod> = FastCheck.oneof(
    number(1e-3, 1e9).map(amount),
    number(1e-3, 100).map(percentage),
    FastCheck.tuple(number(0.001, 0.999), number(0.01, 100), number(0.01, 2)).map((of) => kelly(...of)),
    FastCheck.tuple(number(1e-3, 100), number(0.01, 10)).map((of) => atr(...of))
  )
  const bounds: FastCheck.Arbitrary<SizingBounds> = FastCheck.record({
    maxPercent: bound(0.01, 500),
    minQuantity: bound(0, 10),
    maxQuantity: bound(10, 1e6)
  })
  const inputs = FastCheck.record({
    balance: number(0.01, 1e9),
    entry: number(1e-8, 1e6),
    stopLoss: number(1e-8, 1e6),
    atr: number(1e-8, 1e5)
  }).filter(({ entry, stopLoss }) => entry !== stopLoss)

  it("gives a finite quantity of at least 0, never above a cap and at least the minimum the share allows", () => {
    const property = FastCheck.property(method, bounds, inputs, (how, within, given) => {
      const result = quantity(profile(how, within), given)
      expect(Number.isFinite(result)).toBe(true)
      expect(result).toBeGreaterThanOrEqual(0)
      const { maxPercent = Infinity, maxQuantity = Infinity, minQuantity = 0 } = within
      expect(result).toBeLessThanOrEqual(maxQuantity)
      const allowed = (given.balance * maxPercent) / 100
      expect(result * given.entry).toBeLessThanOrEqual(allowed * (1 + 1e-12))
      if (result > 0 && result < minQuantity) expect(result * given.entry).toBeGreaterThanOrEqual(allowed * (1 - 1e-12))
    })
    FastCheck.assert(property, { numRuns: 1000 })
  })

  it("loses its share of the balance at the stop where nothing binds", () => {
    const property = FastCheck.property(number(1e-3, 100), inputs, (risk, given) => {
      const lost = quantity(profile(percentage(risk)), given) * Math.abs(given.entry - given.stopLoss)
      expect(Math.abs(lost / ((given.balance * risk) / 100) - 1)).toBeLessThan(1e-12)
    })
    FastCheck.assert(property, { numRuns: 500 })
  })
})
