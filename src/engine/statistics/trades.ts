import type { Statistics } from "../../model/document.js"
import { minute } from "../../model/interval.js"
import { finalEquity, yearly } from "./equity.js"
import type { ClosedTrade, StatisticsInput } from "./input.js"
import { finite, minSpanDays, minTrades, spanDays } from "./input.js"

/** Below this a spread of trade returns (in %) is rounding, and a ratio over it would mean nothing. */
const minDeviation = 1e-9

/** Counts and sums of one pass over the trades. */
interface Tally {
  wins: number
  losses: number
  gained: number
  lost: number
  sum: number
  best: number
  worst: number
  winStreak: number
  lossStreak: number
  duration: number
  mae: number
  mfe: number
}

/** A trade of exactly 0 is neither a win nor a loss and ends a streak of either. */
const tally = (trades: ReadonlyArray<ClosedTrade>): Tally => {
  const t: Tally = {
    wins: 0,
    losses: 0,
    gained: 0,
    lost: 0,
    sum: 0,
    best: -Infinity,
    worst: Infinity,
    winStreak: 0,
    lossStreak: 0,
    duration: 0,
    mae: 0,
    mfe: 0
  }
  let winning = 0
  let losing = 0
  for (const trade of trades) {
    const r = trade.pnlPercent
    winning = r > 0 ? winning + 1 : 0
    losing = r < 0 ? losing + 1 : 0
    if (r > 0) {
      t.wins++
      t.gained += r
    } else if (r < 0) {
      t.losses++
      t.lost -= r
    }
    t.sum += r
    if (r > t.best) t.best = r
    if (r < t.worst) t.worst = r
    if (winning > t.winStreak) t.winStreak = winning
    if (losing > t.lossStreak) t.lossStreak = losing
    t.duration += trade.closedAt - trade.pendingAt
    t.mae += trade.mae
    t.mfe += trade.mfe
  }
  return t
}

const sampleDeviation = (trades: ReadonlyArray<ClosedTrade>, average: number): number => {
  let squares = 0
  for (const trade of trades) squares += (trade.pnlPercent - average) ** 2
  return Math.sqrt(squares / (trades.length - 1))
}

/** The trades compounded one after the other, each with everything, whatever share of the account it had. */
const compounded = (trades: ReadonlyArray<ClosedTrade>): number =>
  finalEquity(trades.map(({ pnlPercent }) => ({ pnlPercent })))

/**
 * Share of the frame with a position, %, overlapping trades (several symbols in one list) counted once. The walk goes
 * back from the last close. `from` is the earliest instant held so far; the trade that was opened then closed no
 * sooner than any trade still to come, so that of those only the part before `from` is new.
 */
const exposure = ({ end, start, trades }: StatisticsInput): number => {
  let held = 0
  let from = end
  for (let i = trades.length - 1; i >= 0; i--) {
    const opened = Math.max(start, trades[i]!.pendingAt)
    held += Math.max(0, Math.min(from, trades[i]!.closedAt) - opened)
    from = Math.min(from, opened)
  }
  return (100 * held) / (end - start)
}

/** The metrics over the list of trades: those of section "per trade" of the statistics. */
export const tradeMetrics = (input: StatisticsInput) => {
  const n = input.trades.length
  const span = spanDays(input)
  const t = tally(input.trades)
  const average = t.sum / n
  const some = (value: number): number | null => (n === 0 ? null : finite(value))

  const sd = n < 2 ? null : finite(sampleDeviation(input.trades, average))
  const sharpe = sd === null || sd < minDeviation ? null : finite(average / sd)
  const annualised = n >= minTrades && span >= minSpanDays
  const tradesPerYear = (n / span) * input.periodsPerYear
  const payoff = t.wins === 0 || t.losses === 0 ? null : finite(t.gained / t.wins / (t.lost / t.losses))
  const won = t.wins / (t.wins + t.losses)

  return {
    totalSignals: n,
    winCount: t.wins,
    lossCount: t.losses,
    winRate: finite(100 * won),
    avgPnl: some(average),
    totalPnl: some(t.sum),
    stdDev: sd,
    sharpeRatio: sharpe,
    annualizedSharpeRatio: annualised && sharpe !== null ? finite(sharpe * Math.sqrt(tradesPerYear)) : null,
    certaintyRatio: payoff,
    profitFactor: t.losses === 0 ? null : finite(t.gained / t.lost),
    expectedYearlyReturns: annualised ? yearly(compounded(input.trades), input) : null,
    bestTrade: some(t.best),
    worstTrade: some(t.worst),
    winStreak: some(t.winStreak),
    lossStreak: some(t.lossStreak),
    avgDuration: some(t.duration / n / minute),
    avgMae: some(t.mae / n),
    avgMfe: some(t.mfe / n),
    exposure: some(exposure(input)),
    sqn: sharpe === null ? null : finite(Math.sqrt(n) * sharpe),
    kelly: payoff === null ? null : finite(won - (1 - won) / payoff)
  } satisfies Partial<Statistics>
}

/** How many trades the candles leave open to doubt, and how far that moves the total PnL (%) either way. */
export const ambiguity = (trades: ReadonlyArray<ClosedTrade>) => {
  let ambiguous = 0
  let total = 0
  let below = 0
  let above = 0
  for (const {
    ambiguous: doubtful,
    pnlInterval: [low, high],
    pnlPercent
  } of trades) {
    if (doubtful) ambiguous++
    total += pnlPercent
    below += low - pnlPercent
    above += high - pnlPercent
  }
  return { ambiguous, pnlInterval: [total + below, total + above] } as const
}
