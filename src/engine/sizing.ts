import * as Either from "effect/Either"
import { type Problem, SizingError, type SizingFault } from "../model/errors.js"
import { candleIntervals } from "../model/interval.js"
import type { SizingBounds, SizingInput, SizingMethod, SizingProfile } from "../model/sizing.js"

/**
 * The quantity of a trade in base currency: what the method asks for, capped by the share of the balance, raised to the
 * minimum (never above that cap), capped by the maximum. A method that asks for nothing (a Kelly fraction of 0) gives 0,
 * whatever the minimum. The first number that makes no sense is the error, the definition's before the input's.
 */
export const quantity = (profile: SizingProfile, input: SizingInput): Either.Either<number, SizingError> => {
  const fault = definitionFaults(profile)[0] ?? inputFault(profile.method, input)
  if (fault !== undefined) return fail(profile, fault)
  const result = bounded(asked(profile.method, input), profile, input)
  if (Number.isFinite(result)) return Either.right(result)
  return fail(profile, {
    fault: "bounds",
    value: result,
    reason: `the quantity comes out as ${result}; set maxPercent or maxQuantity, or a stop-loss that is further away`
  })
}

/** Everything about a definition that makes no sense, by its name. */
export const problems = (profile: SizingProfile): ReadonlyArray<Problem> => [
  ...broken(profile).map(({ name, value, wanted }) => problem(name, wanted, value)),
  ...candleProblems(profile.method)
]

/** A number of a definition that has to be something. */
interface Rule {
  readonly fault: SizingFault
  readonly name: string
  readonly value: number
  readonly holds: boolean
  readonly wanted: string
}

interface Fault {
  readonly fault: SizingFault
  readonly value: number
  readonly reason: string
}

const definitionFaults = (profile: SizingProfile): ReadonlyArray<Fault> =>
  broken(profile).map(({ fault, name, value, wanted }) => ({
    fault,
    value,
    reason: `${name} must be ${wanted}, got ${value}; change it in the sizing`
  }))

const broken = (profile: SizingProfile): ReadonlyArray<Rule> =>
  [...methodRules(profile.method), ...boundRules(profile)].filter(({ holds }) => !holds)

const methodRules = (method: SizingMethod): ReadonlyArray<Rule> => {
  switch (method._tag) {
    case "FixedAmount":
      return [positive("amount", "amount", method.amount)]
    case "FixedPercentage":
      return [risk(method.riskPercent)]
    case "Kelly": {
      const { multiplier, payoff, winRate } = method
      const holds = winRate > 0 && winRate < 1
      const wanted = "a share between 0 and 1, as 0.55 for 55 %"
      return [
        { fault: "win_rate", name: "winRate", value: winRate, holds, wanted },
        positive("payoff", "payoff", payoff),
        positive("multiplier", "multiplier", multiplier)
      ]
    }
    case "Atr":
      return [risk(method.riskPercent), positive("multiplier", "multiplier", method.multiplier)]
  }
}

const boundRules = ({ maxPercent, maxQuantity, minQuantity }: SizingBounds): ReadonlyArray<Rule> => {
  const rules: Array<Rule> = []
  const add = (name: string, value: number | undefined, holds: (value: number) => boolean, wanted: string) => {
    if (value !== undefined) rules.push({ fault: "bounds", name, value, holds: holds(value), wanted })
  }
  add("maxPercent", maxPercent, (value) => value > 0, "a number above 0")
  add("minQuantity", minQuantity, (value) => Number.isFinite(value) && value >= 0, "a number of at least 0")
  add("maxQuantity", maxQuantity, (value) => value > 0, "a number above 0")
  if (maxQuantity !== undefined && maxQuantity > 0) {
    add("minQuantity", minQuantity, (value) => !(value > maxQuantity), `at most maxQuantity, ${maxQuantity}`)
  }
  return rules
}

const isPositive = (value: number): boolean => Number.isFinite(value) && value > 0

const positive = (fault: SizingFault, name: string, value: number): Rule => ({
  fault,
  name,
  value,
  holds: isPositive(value),
  wanted: "a number above 0"
})

const risk = (value: number): Rule => ({
  fault: "risk",
  name: "riskPercent",
  value,
  holds: value > 0 && value <= 100,
  wanted: "a number above 0 and at most 100"
})

/** What only a run needs to know: the candles of the average true range. */
const candleProblems = (method: SizingMethod): ReadonlyArray<Problem> => {
  if (method._tag !== "Atr") return []
  const { interval, period } = method
  return [
    ...(Number.isSafeInteger(period) && period >= 1 ? [] : [problem("period", "a whole number of at least 1", period)]),
    ...(interval === undefined || candleIntervals.includes(interval)
      ? []
      : [problem("interval", `one of ${candleIntervals.join(", ")}`, interval)])
  ]
}

const problem = (name: string, wanted: string, value: unknown): Problem => ({
  path: `sizing.${name}`,
  message: `must be ${wanted}, got ${String(value)}`
})

const inputFault = (method: SizingMethod, input: SizingInput): Fault | undefined => {
  const { atr = Number.NaN, balance, entry, stopLoss } = input
  if (!isPositive(balance)) {
    const reason = `the balance must be a number above 0, got ${balance}; start with a larger one or risk less of it`
    return { fault: "balance", value: balance, reason }
  }
  if (!isPositive(entry)) {
    const reason = `the entry must be a price above 0, got ${entry}; give the signal a price that can be traded at`
    return { fault: "entry", value: entry, reason }
  }
  const distance = Math.abs(entry - stopLoss)
  if (method._tag === "FixedPercentage" && !isPositive(distance)) {
    const reason = `the stop-loss must lie away from the entry ${entry}, got ${stopLoss}; move priceStopLoss`
    return { fault: "distance", value: distance, reason }
  }
  if (method._tag === "Atr" && !isPositive(atr)) {
    const got = input.atr === undefined ? "none" : String(atr)
    const reason = `the average true range must be a number above 0, got ${got}; use more data or a longer period`
    return { fault: "atr", value: atr, reason }
  }
  return undefined
}

const asked = (method: SizingMethod, { atr = Number.NaN, balance, entry, stopLoss }: SizingInput): number => {
  switch (method._tag) {
    case "FixedAmount":
      return method.amount / entry
    case "FixedPercentage":
      return (balance * method.riskPercent) / 100 / Math.abs(entry - stopLoss)
    case "Kelly": {
      const { multiplier, payoff, winRate } = method
      const edge = winRate * payoff - (1 - winRate)
      // odds that break even, as 0.4 at 1.5, come out a float's rounding above 0
      return edge > 1e-12 ? ((edge / payoff) * multiplier * balance) / entry : 0
    }
    case "Atr":
      return (balance * method.riskPercent) / 100 / (atr * method.multiplier)
  }
}

const bounded = (quantity: number, bounds: SizingBounds, { balance, entry }: SizingInput): number => {
  // no trade: a minimum does not make one of it
  if (quantity === 0) return 0
  const { maxPercent = Infinity, maxQuantity = Infinity, minQuantity = 0 } = bounds
  const share = (balance * maxPercent) / 100 / entry
  return Math.min(Math.max(Math.min(quantity, share), Math.min(minQuantity, share)), maxQuantity)
}

// callers without types may hand over anything; the error's own Schema takes numbers only
const fail = ({ name }: SizingProfile, { fault, reason, value }: Fault): Either.Either<never, SizingError> =>
  Either.left(new SizingError({ sizing: name, fault, value: Number(value), reason }))
