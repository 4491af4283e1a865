import type { Problem } from "../model/errors.js"
import { defaults, type Settings } from "../model/settings.js"

const atLeastZero: ReadonlyArray<keyof Settings> = [
  "slippage",
  "fee",
  "minTakeProfit",
  "minStopLoss",
  "maxStopLoss",
  "candleDelay"
]
const aboveZero: ReadonlyArray<keyof Settings> = ["awaitMinutes", "signalTimeout", "anomalyFactor", "periodsPerYear"]
const wholeAboveZero: ReadonlyArray<keyof Settings> = ["vwapCandles", "candleAttempts"]

/** Everything that is wrong with a run's settings, each by its name. */
export const settingsProblems = (settings: Settings): ReadonlyArray<Problem> => {
  const problems: Array<Problem> = []
  const report = (name: string, message: string) => problems.push({ path: `settings.${name}`, message })
  for (const name of Object.keys(settings)) {
    if (!Object.hasOwn(defaults, name))
      report(name, `there is no such setting; there are: ${Object.keys(defaults).join(", ")}`)
  }
  const check = (names: ReadonlyArray<keyof Settings>, holds: (value: number) => boolean, wanted: string) => {
    for (const name of names) {
      const value = settings[name]
      if (typeof value !== "number" || !holds(value)) report(name, `must be ${wanted}, got ${String(value)}`)
    }
  }
  check(atLeastZero, (value) => Number.isFinite(value) && value >= 0, "a number of at least 0")
  check(aboveZero, (value) => value > 0, "a number above 0")
  check(wholeAboveZero, (value) => Number.isInteger(value) && value >= 1, "a whole number of at least 1")
  check(["maxLifetime"], (value) => value >= 0, "a number of minutes of at least 0, or Infinity")
  if (typeof settings.showNotes !== "boolean") report("showNotes", `must be true or false, got ${settings.showNotes}`)
  return problems.length > 0 ? problems : relations(settings)
}

/** Checks between settings that each make sense. */
const relations = (settings: Settings): ReadonlyArray<Problem> => {
  const { fee, maxStopLoss, minStopLoss, minTakeProfit, slippage } = settings
  const problems: Array<Problem> = []
  const costs = 2 * slippage + 2 * fee
  if (minTakeProfit > 0 && minTakeProfit < costs * (1 - 1e-9)) {
    problems.push({
      path: "settings.minTakeProfit",
      message: `${minTakeProfit} % does not cover the costs of a trade, 2·slippage + 2·fee = ${Number(costs.toFixed(6))} %; raise it, or set it to 0 to switch the check off`
    })
  }
  if (maxStopLoss > 0 && maxStopLoss <= minStopLoss) {
    problems.push({
      path: "settings.maxStopLoss",
      message: `${maxStopLoss} % must be above minStopLoss, ${minStopLoss} %; raise it, or set it to 0 to switch the check off`
    })
  }
  return problems
}
