import { describe, expect, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import * as Steps from "../../src/engine/steps.js"
import type { Steps as SymbolSteps } from "../../src/model/sizing.js"

describe("roundPrice", () => {
  it.each<readonly [number, number | undefined, number]>([
    [42_000.126, 0.01, 42_000.13],
    [42_000.124, 0.01, 42_000.12],
    // the middle goes up, also where the float lies a little below it
    [42_000.125, 0.01, 42_000.13],
    [1.005, 0.01, 1.01],
    [100.24, 0.5, 100],
    [100.25, 0.5, 100.5],
    [0.1 + 0.2, 0.1, 0.3],
    [0.7, 0.1, 0.7],
    [1234, 100, 1200],
    [1250, 100, 1300],
    [0.000_012_34, 1e-7, 0.000_012_3],
    [0.004, 0.01, 0],
    [123_456_789_012.345, 0.05, 123_456_789_012.35],
    [-1.26, 0.1, -1.3],
    [-1.25, 0.1, -1.2],
    [1.005, undefined, 1.005],
    [NaN, 0.01, NaN],
    [Infinity, 0.01, Infinity],
    // no step at all
    [1.005, 0, 1.005],
    [1.005, NaN, 1.005],
    [1.005, -1, 1.005]
  ])("%d at %d is %d", (price, priceStep, expected) => {
    expect(Steps.roundPrice(price, { priceStep })).toBe(expected)
  })
})

describe("floorQuantity", () => {
  it.each<readonly [number, number | undefined, number]>([
    [0.3, 0.1, 0.3],
    [0.7, 0.1, 0.7],
    [1.1, 0.1, 1.1],
    [0.123_456_789, 0.001, 0.123],
    [0.123_999_999, 0.001, 0.123],
    [4.99, 5, 0],
    [5, 5, 5],
    [9.99, 5, 5],
    [0.75, 0.25, 0.75],
    [0.74, 0.25, 0.5],
    [1e-8, 1e-8, 1e-8],
    [1.9e-8, 1e-8, 1e-8],
    // computed values a float's rounding short of a step: 0.3 − 0.1, and 100 over a distance of 0.5000000000000142
    [0.199_999_999_999_999_98, 0.1, 0.2],
    [199.999_999_999_994_3, 1, 200],
    // and not more than that
    [199.999_999_99, 1, 199],
    [0, 0.1, 0],
    [0.123_456_789, undefined, 0.123_456_789],
    [NaN, 0.1, NaN],
    [0.3, 0, 0.3]
  ])("%d at %d is %d", (quantity, quantityStep, expected) => {
    expect(Steps.floorQuantity(quantity, { quantityStep })).toBe(expected)
  })
})

describe("texts", () => {
  it.each<readonly [number, number | undefined, string]>([
    [42_000, 0.01, "42000.00"],
    [42_000.125, 0.01, "42000.13"],
    [42_000.1, 0.5, "42000.0"],
    [1.1, 0.25, "1.00"],
    [1250, 100, "1300"],
    [0.004, 0.01, "0.00"],
    [0.000_012_34, 1e-7, "0.0000123"],
    [1e-7, undefined, "0.0000001"],
    [1.5e-20, undefined, "0.000000000000000000015"],
    [0.1 + 0.2, undefined, "0.30000000000000004"],
    [42_000.5, undefined, "42000.5"],
    [42_000, undefined, "42000"],
    [1e21, undefined, "1000000000000000000000"],
    [1e22, 0.01, "10000000000000000000000.00"],
    [0.1, 1.0, "0"],
    [-1.26, 0.1, "-1.3"],
    [0, undefined, "0"],
    [NaN, 0.01, "NaN"],
    [Infinity, undefined, "Infinity"],
    [1.5, 0, "1.5"]
  ])("price %d at %d is %s", (price, priceStep, expected) => {
    expect(Steps.formatPrice(price, { priceStep })).toBe(expected)
  })

  it.each<readonly [number, number | undefined, string]>([
    [0.3, 0.1, "0.3"],
    [0.129, 0.01, "0.12"],
    [2, 0.001, "2.000"],
    [1.999, 1, "1"],
    [0.000_000_05, undefined, "0.00000005"],
    [NaN, 0.1, "NaN"]
  ])("quantity %d at %d is %s", (quantity, quantityStep, expected) => {
    expect(Steps.formatQuantity(quantity, { quantityStep })).toBe(expected)
  })

  it("a price step does not touch quantities, nor the other way round", () => {
    expect(Steps.formatQuantity(0.129, { priceStep: 0.1 })).toBe("0.129")
    expect(Steps.formatPrice(0.129, { quantityStep: 0.1 })).toBe("0.129")
    expect(Steps.roundPrice(0.129, { quantityStep: 0.1 })).toBe(0.129)
    expect(Steps.floorQuantity(0.129, { priceStep: 0.1 })).toBe(0.129)
  })
})

describe("any value in any step", () => {
  const value = FastCheck.double({ min: 0, max: 1e9, noNaN: true })
  const step = FastCheck.oneof(
    FastCheck.constantFrom(1e-8, 1e-6, 0.0001, 0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 100),
    FastCheck.integer({ min: 1, max: 9999 }).map((n) => n / 10_000)
  )
  const check = (property: FastCheck.IProperty<[number, number]>) => FastCheck.assert(property, { numRuns: 1000 })

  it("a quantity goes down by less than a step, and stays where it is then", () => {
    check(
      FastCheck.property(value, step, (quantity, quantityStep) => {
        const floored = Steps.floorQuantity(quantity, { quantityStep })
        expect(floored).toBeGreaterThanOrEqual(0)
        // a billionth of a step is a float's rounding, not an amount
        expect(floored - quantity).toBeLessThanOrEqual(quantityStep * 1e-9 + quantity * 1e-15)
        expect(quantity - floored).toBeLessThan(quantityStep * (1 + 1e-9) + quantity * 1e-15)
        expect(Steps.floorQuantity(floored, { quantityStep })).toBe(floored)
      })
    )
  })

  it("a price moves by half a step at most, and stays where it is then", () => {
    check(
      FastCheck.property(value, step, (price, priceStep) => {
        const rounded = Steps.roundPrice(price, { priceStep })
        expect(Math.abs(rounded - price)).toBeLessThanOrEqual(priceStep * (0.5 + 1e-9) + price * 1e-15)
        expect(Steps.roundPrice(rounded, { priceStep })).toBe(rounded)
      })
    )
  })

  it("a multiple of the step stays the decimal it is", () => {
    check(
      FastCheck.property(
        FastCheck.integer({ min: 0, max: 1e9 }),
        FastCheck.integer({ min: 0, max: 8 }),
        (n, digits) => {
          const text = `${n}e-${digits}`
          const one = Number(`1e-${digits}`)
          expect(Steps.floorQuantity(Number(text), { quantityStep: one })).toBe(Number(text))
          expect(Steps.roundPrice(Number(text), { priceStep: one })).toBe(Number(text))
        }
      )
    )
  })

  it("its text has the step's decimals and reads back as the rounded number", () => {
    check(
      FastCheck.property(value, step, (number, of) => {
        const price = Steps.formatPrice(number, { priceStep: of })
        const quantity = Steps.formatQuantity(number, { quantityStep: of })
        expect(Number(price)).toBe(Steps.roundPrice(number, { priceStep: of }))
        expect(Number(quantity)).toBe(Steps.floorQuantity(number, { quantityStep: of }))
        expect([price, quantity].filter((text) => !/^\d+(\.\d+)?$/.test(text))).toEqual([])
        expect(price.split(".")[1]?.length).toBe(quantity.split(".")[1]?.length)
      })
    )
  })

  it("without a step its text reads back as the very number", () => {
    FastCheck.assert(
      FastCheck.property(FastCheck.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        const text = Steps.formatPrice(number, {})
        expect(Number(text) === number).toBe(true)
        expect(text).toMatch(/^-?\d+(\.\d+)?$/)
      })
    )
  })
})

describe("quantityProblem", () => {
  const steps = { quantityStep: 0.001, minQuantity: 0.01, minNotional: 10 }

  it.each<readonly [string, number, number, SymbolSteps, string | undefined]>([
    ["enough", 0.1, 100, steps, undefined],
    ["the least quantity", 0.01, 5000, steps, undefined],
    // 4.35·100 is 434.99999999999994 in floats
    ["the least worth", 4.35, 100, { minNotional: 435 }, undefined],
    ["no rules", 1e-12, 1e-9, {}, undefined],
    ["nothing left", 0, 100, steps, "the quantity is 0 in steps of 0.001; give the trade a larger size"],
    ["nothing asked", 0, 100, {}, "the quantity is 0; give the trade a larger size"],
    ["no number", NaN, 100, {}, "the quantity is NaN; give the trade a larger size"],
    [
      "too little",
      0.009,
      50_000,
      steps,
      "a quantity of 0.009 is below the exchange's least, 0.01; give the trade a larger size"
    ],
    [
      "worth too little",
      0.05,
      100,
      steps,
      "the trade is worth 5.00, below the exchange's least, 10.00; give it a larger size"
    ],
    [
      "worth nearly enough",
      0.099_999,
      100,
      { minNotional: 10 },
      "the trade is worth 9.9999, below the exchange's least, 10.0000; give it a larger size"
    ]
  ])("%s", (_, quantity, price, of, expected) => {
    expect(Steps.quantityProblem(quantity, price, of)).toBe(expected)
  })
})

describe("problems", () => {
  it("names all that makes no sense", () => {
    const steps = { priceStep: 0, quantityStep: -1, minQuantity: -0.1, minNotional: NaN }
    expect(Steps.problems(steps)).toEqual([
      { path: "steps.priceStep", message: "must be a number above 0, got 0" },
      { path: "steps.quantityStep", message: "must be a number above 0, got -1" },
      { path: "steps.minQuantity", message: "must be a number of at least 0, got -0.1" },
      { path: "steps.minNotional", message: "must be a number of at least 0, got NaN" }
    ])
    expect(Steps.problems({ priceStep: Infinity })).toHaveLength(1)
  })

  it("finds none in sound ones", () => {
    expect(Steps.problems({})).toEqual([])
    expect(Steps.problems({ priceStep: 0.01, quantityStep: 1e-8, minQuantity: 0, minNotional: 5 })).toEqual([])
    expect(Steps.problems({ priceStep: undefined, minNotional: undefined })).toEqual([])
  })
})
