import type { RunInfo, Statistics } from "../../model/document.js"
import { compute } from "../statistics.js"
import type { ClosedTrade } from "./input.js"

/**
 * Last close / first open of each symbol: of the run that starts first and of the run that ends last, where several
 * run on one symbol.
 */
const growths = (runs: ReadonlyArray<RunInfo>): ReadonlyArray<number> => {
  const bySymbol = new Map<string, { first: RunInfo; last: RunInfo }>()
  for (const run of runs) {
    const known = bySymbol.get(run.symbol)
    if (known === undefined) bySymbol.set(run.symbol, { first: run, last: run })
    else {
      if (run.frame.start < known.first.frame.start) known.first = run
      if (run.frame.end > known.last.frame.end) known.last = run
    }
  }
  return Array.from(bySymbol.values(), ({ first, last }) => last.lastClose / first.firstOpen)
}

/**
 * The statistics of several runs over one account, as if they were one: over all their trades, from the earliest start
 * to the latest end of their frames. `trades` are those of all runs in close order, each with the `equityPercent` that
 * says what it did to the account. Exposure is the share of that span with a position of any run, buy & hold an equal
 * share of each symbol (held once, however many strategies trade it), and a year has the most days of any run's.
 */
export const pooled = (
  runs: ReadonlyArray<{ readonly run: RunInfo }>,
  trades: ReadonlyArray<ClosedTrade>
): Statistics => {
  const infos = runs.map(({ run }) => run)
  const held = growths(infos)
  return compute({
    trades,
    start: infos.reduce((start, { frame }) => Math.min(start, frame.start), Number.POSITIVE_INFINITY),
    end: infos.reduce((end, { frame }) => Math.max(end, frame.end), Number.NEGATIVE_INFINITY),
    firstOpen: 1,
    lastClose: held.reduce((sum, growth) => sum + growth, 0) / held.length,
    periodsPerYear: infos.reduce((days, { settings }) => Math.max(days, settings.periodsPerYear), 0)
  })
}
