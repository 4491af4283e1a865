import { describe, expect, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import * as Money from "../../src/engine/money.js"
import * as Pnl from "../../src/engine/pnl.js"

const flat: Pnl.Costs = { slippage: 0.001, fee: 0.1, flatFee: true }
const both: Pnl.Costs = { slippage: 0.001, fee: 0.1, flatFee: false }
const free: Pnl.Costs = { slippage: 0, fee: 0, flatFee: false }

const near = (value: number) => expect.closeTo(value, 8)

describe("closed", () => {
  it.each<readonly [string, number, number, number, 1 | -1, Pnl.Costs, number, number, number]>([
    // o′ = 42042, c′ = 42957: twice 915 before fees; each side 0.1 % of 84084. 1661.832/84084 = 1.9763950 %
    ["long 42000 to 43000, flat fees", 2, 42_000, 43_000, 1, flat, 84_084, 168.168, 1661.832],
    // o′ = 51118.32580642811·0.999 = 51067.20748062168189, c′ = 51629.50906449239·1.001 = 51681.13857355688239:
    // 613.9310929352005 lost and 102.13441496124336 paid. 716.06550789644386/51067.20748062168189 = 1.4022022 %
    [
      "short 51118.33 to 51629.51, flat fees",
      1,
      51_118.32580642811,
      51_629.50906449239,
      -1,
      flat,
      51_067.2074806217,
      102.134414961243,
      -716.065507896444
    ],
    // the exit pays 0.1 % of 2·42957 = 85914
    ["long 42000 to 43000, fees of each side", 2, 42_000, 43_000, 1, both, 84_084, 169.998, 1660.002],
    // o′ = 99.9, c′ = 98.098: ten times 1.802 before fees of 0.999 and 0.98098
    ["short 100 to 98, fees of each side", 10, 100, 98, -1, both, 999, 1.97998, 16.04002],
    // o′ = 100.1, c′ = 99.9
    ["long to where it came from: costs only", 1, 100, 100, 1, both, 100.1, 0.2, -0.4],
    ["long 100 to 90 for nothing", 0.5, 100, 90, 1, free, 50, 0, -5],
    ["nothing traded", 0, 100, 90, 1, both, 0, 0, 0]
  ])("%s", (_, quantity, open, close, d, costs, notional, fees, result) => {
    const traded = Money.closed(quantity, open, close, d, costs)
    expect(traded).toEqual({ notional: near(notional), fees: near(fees), result: near(result) })
  })

  const price = FastCheck.double({ min: 1e-6, max: 1e6, noNaN: true })
  const costs: FastCheck.Arbitrary<Pnl.Costs> = FastCheck.record({
    slippage: FastCheck.double({ min: 0, max: 0.05, noNaN: true }),
    fee: FastCheck.double({ min: 0, max: 2, noNaN: true }),
    flatFee: FastCheck.boolean()
  })

  it("is the PnL in % of the notional", () => {
    const property = FastCheck.property(
      FastCheck.double({ min: 1e-6, max: 1e6, noNaN: true }),
      price,
      FastCheck.double({ min: 0.2, max: 5, noNaN: true }),
      FastCheck.constantFrom(1, -1),
      costs,
      (quantity, open, ratio, d, of) => {
        const { notional, result } = Money.closed(quantity, open, open * ratio, d, of)
        const percent = Pnl.percent(d, open, open * ratio, of)
        expect(Math.abs(result - (notional * percent) / 100)).toBeLessThanOrEqual(1e-12 * notional * (1 + ratio))
      }
    )
    FastCheck.assert(property, { numRuns: 1000 })
  })

  it("has the notional of its entry, and its fee among the fees", () => {
    const property = FastCheck.property(price, price, FastCheck.constantFrom(1, -1), costs, (open, close, d, of) => {
      const traded = Money.closed(3, open, close, d, of)
      const { fee, notional } = Money.entered(3, open, d, of)
      expect(traded.notional).toBe(notional)
      expect(traded.fees).toBeGreaterThanOrEqual(fee)
      if (of.flatFee) expect(traded.fees).toBe(2 * fee)
    })
    FastCheck.assert(property)
  })
})

describe("entered", () => {
  it.each<readonly [string, number, number, 1 | -1, Pnl.Costs, number, number]>([
    ["a long pays more than the price", 2, 42_000, 1, both, 84_084, 84.084],
    ["a short gets less", 10, 100, -1, both, 999, 0.999],
    ["flat fees are the same at the entry", 2, 42_000, 1, flat, 84_084, 84.084],
    ["for nothing", 0.5, 100, 1, free, 50, 0]
  ])("%s", (_, quantity, open, d, costs, notional, fee) => {
    expect(Money.entered(quantity, open, d, costs)).toEqual({ notional: near(notional), fee: near(fee) })
  })
})
