import * as BigDecimal from "effect/BigDecimal"
import type { Problem } from "../model/errors.js"
import type { Steps } from "../model/sizing.js"
import { apart } from "./text.js"

/**
 * Prices and quantities in the steps an exchange trades a symbol in, counted as decimals: in floats 0.3 holds 0.1 only
 * twice. A step that makes no sense (see `problems`) is taken for none, and so is whatever is no number.
 */

/** The price at the nearest step, the higher one in the middle. */
export const roundPrice = (price: number, { priceStep }: Steps): number =>
  isStep(priceStep) ? toNumber(price, nearest(price, priceStep)) : price

/** The quantity in whole steps, never more of it; a billionth of a step short of one, as floats are, is that one. */
export const floorQuantity = (quantity: number, { quantityStep }: Steps): number =>
  isStep(quantityStep) ? toNumber(quantity, floored(quantity, quantityStep)) : quantity

/** The rounded price as text with the decimals of its step; without one the shortest, never with an exponent. */
export const formatPrice = (price: number, { priceStep }: Steps): string =>
  toText(price, nearest(price, priceStep), priceStep)

/** The floored quantity as text with the decimals of its step; without one the shortest, never with an exponent. */
export const formatQuantity = (quantity: number, { quantityStep }: Steps): string =>
  toText(quantity, floored(quantity, quantityStep), quantityStep)

/** Why a floored quantity can't be traded at a price, and what to change; undefined when it can. */
export const quantityProblem = (quantity: number, price: number, steps: Steps): string | undefined => {
  const { minNotional = 0, minQuantity = 0, quantityStep } = steps
  if (!(quantity > 0)) {
    const rounding = isStep(quantityStep) ? ` in steps of ${shortest(quantityStep)}` : ""
    return `the quantity is ${shortest(quantity)}${rounding}; give the trade a larger size`
  }
  if (quantity < minQuantity) {
    const least = shortest(minQuantity)
    return `a quantity of ${shortest(quantity)} is below the exchange's least, ${least}; give the trade a larger size`
  }
  const worth = quantity * price
  if (worth < minNotional * (1 - 1e-12)) {
    const [is, least] = apart(worth, minNotional)
    return `the trade is worth ${is}, below the exchange's least, ${least}; give it a larger size`
  }
  return undefined
}

/** Everything about steps that makes no sense, by its name. */
export const problems = (steps: Steps): ReadonlyArray<Problem> => {
  const found: Array<Problem> = []
  const check = (names: ReadonlyArray<keyof Steps>, holds: (value: number) => boolean, wanted: string) => {
    for (const name of names) {
      const value = steps[name]
      if (value !== undefined && !(Number.isFinite(value) && holds(value))) {
        found.push({ path: `steps.${name}`, message: `must be ${wanted}, got ${String(value)}` })
      }
    }
  }
  check(["priceStep", "quantityStep"], (value) => value > 0, "a number above 0")
  check(["minQuantity", "minNotional"], (value) => value >= 0, "a number of at least 0")
  return found
}

type Decimal = BigDecimal.BigDecimal

const half = BigDecimal.make(5n, 1)
const billionth = BigDecimal.make(1n, 9)

const isStep = (step: number | undefined): step is number => step !== undefined && Number.isFinite(step) && step > 0

/** The value as decimals, rounded half up to a step where there is one; undefined for what is no number. */
const nearest = (value: number, step: number | undefined): Decimal | undefined => inSteps(value, step, half)

const floored = (value: number, step: number | undefined): Decimal | undefined => inSteps(value, step, billionth)

/** The greatest multiple of the step up to the value and a share of a step more. */
const inSteps = (value: number, step: number | undefined, share: Decimal): Decimal | undefined => {
  if (!Number.isFinite(value)) return undefined
  const exact = BigDecimal.unsafeFromNumber(value)
  if (!isStep(step)) return exact
  const one = BigDecimal.unsafeFromNumber(step)
  const most = BigDecimal.sum(exact, BigDecimal.multiply(one, share))
  const rest = BigDecimal.unsafeRemainder(most, one)
  const truncated = BigDecimal.subtract(most, rest)
  return BigDecimal.isNegative(rest) ? BigDecimal.subtract(truncated, one) : truncated
}

const toNumber = (value: number, decimal: Decimal | undefined): number =>
  decimal === undefined ? value : BigDecimal.unsafeToNumber(decimal)

const toText = (value: number, decimal: Decimal | undefined, step: number | undefined): string =>
  decimal === undefined ? String(value) : plain(decimal, decimalsOf(isStep(step) ? step : value))

const shortest = (value: number): string => toText(value, nearest(value, undefined), undefined)

const decimalsOf = (value: number): number =>
  Math.max(0, BigDecimal.normalize(BigDecimal.unsafeFromNumber(value)).scale)

/** With exactly so many decimals. */
const plain = (decimal: Decimal, decimals: number): string => {
  const { value } = BigDecimal.scale(BigDecimal.abs(decimal), decimals)
  const digits = value.toString().padStart(decimals + 1, "0")
  const split = digits.length - decimals
  const sign = BigDecimal.isNegative(decimal) ? "-" : ""
  return `${sign}${digits.slice(0, split)}${decimals === 0 ? "" : `.${digits.slice(split)}`}`
}
