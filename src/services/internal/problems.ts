/** What can be wrong with a run besides its settings, each by its name. */
import type { Prepared } from "../../clients/strategy.js"
import { costs } from "../../engine/pnl.js"
import * as Stops from "../../engine/stops.js"
import type { Problem } from "../../model/errors.js"
import type { FillPolicy } from "../../model/fill.js"
import type { Settings } from "../../model/settings.js"
import type { RecordedSignal } from "../../model/signal.js"
import type { SizingProfile } from "../../model/sizing.js"

/** An account of money needs something that trades in money, and numbers that make sense. */
export const moneyProblems = (
  { balance, leverage }: { readonly balance?: number | undefined; readonly leverage?: number | undefined },
  isSized: boolean
): ReadonlyArray<Problem> => {
  const problems: Array<Problem> = []
  if (!isSized && (balance !== undefined || leverage !== undefined)) {
    const path = balance === undefined ? "leverage" : "balance"
    problems.push({ path, message: "needs a sizing, as Sizing.fixedPercentage; nothing is traded in money without" })
  }
  if (balance !== undefined && !(balance > 0 && Number.isFinite(balance))) {
    problems.push({ path: "balance", message: `must be a number above 0, got ${balance}` })
  }
  if (leverage !== undefined && !(leverage >= 1 && Number.isFinite(leverage))) {
    problems.push({ path: "leverage", message: `must be a number of at least 1, got ${leverage}` })
  }
  return problems
}

/** Slots that could not be told apart, and an account that would be money for some and not for others. */
export const portfolioProblems = (
  runs: ReadonlyArray<{
    readonly symbol: string
    readonly strategy: string
    readonly sizing: SizingProfile | undefined
  }>
): ReadonlyArray<Problem> => {
  const problems: Array<Problem> = []
  const seen = new Set<string>()
  for (const { strategy, symbol } of runs) {
    const slot = JSON.stringify([symbol, strategy])
    const message = `strategy "${strategy}" is there twice for ${symbol}; give one of the entries another name`
    if (seen.has(slot)) problems.push({ path: "entries", message })
    seen.add(slot)
  }
  const unsized = runs.find(({ sizing }) => sizing === undefined)
  if (unsized !== undefined && runs.some(({ sizing }) => sizing !== undefined)) {
    const message = `"${unsized.strategy}" on ${unsized.symbol} has no sizing while others have; size all of them or none`
    problems.push({ path: "sizing", message })
  }
  return problems
}

/** Each problem once: those of shared options are found by every run. */
export const distinct = (problems: ReadonlyArray<Problem>): ReadonlyArray<Problem> => [
  ...new Map(problems.map((problem) => [`${problem.path}\n${problem.message}`, problem])).values()
]

/** A time that is no number belongs to no tick: the replay would wait for it for ever. */
export const timeProblems = (signals: ReadonlyArray<RecordedSignal>): ReadonlyArray<Problem> =>
  signals.flatMap(({ time }, i) =>
    Number.isFinite(time)
      ? []
      : [{ path: `signals[${i}].time`, message: `${String(time)} is not a time; give epoch milliseconds` }]
  )

export const indicatorProblems = <R>(prepared: Prepared<R>): ReadonlyArray<Problem> =>
  Object.entries(prepared.indicators).flatMap(([name, { problem }]) =>
    problem === undefined ? [] : [{ path: `indicators.${name}`, message: problem }]
  )

export const stopProblems = <R>(
  { stops }: Prepared<R>,
  { fill, settings }: { readonly fill: FillPolicy; readonly settings: Settings }
): ReadonlyArray<Problem> =>
  Stops.problems(stops, costs(settings, fill)).map(({ message, rule }) => ({ path: `strategy.${rule}`, message }))
