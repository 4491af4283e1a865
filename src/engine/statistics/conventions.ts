import * as Struct from "effect/Struct"
import type { Statistics } from "../../model/document.js"

/** `ratio` and `count` are pure numbers; `min` minutes; everything else says what it is. */
export type Unit = "count" | "ratio" | "%" | "min" | "days"

export interface Convention {
  /** Short name for a table or an axis. */
  readonly label: string
  readonly unit: Unit
  /** How the number is computed and when there is none, in one sentence. */
  readonly convention: string
}

const inUnit =
  (unit: Unit) =>
  (label: string, convention: string): Convention => ({ label, unit, convention })
const count = inUnit("count")
const ratio = inUnit("ratio")
const percent = inUnit("%")

/** What each statistic means: r is the net PnL of a trade in %, x the return of a UTC day in %. */
export const conventions: Readonly<Record<keyof Statistics, Convention>> = {
  totalSignals: count("Trades", "Closed trades, all of them."),
  winCount: count("Wins", "Trades with r > 0."),
  lossCount: count("Losses", "Trades with r < 0; a trade of exactly 0 is neither."),
  winRate: percent("Win rate", "Wins / (wins + losses)."),
  avgPnl: percent("Average PnL", "Mean of r, net of slippage and fees."),
  totalPnl: percent("Total PnL", "Sum of r, not compounded."),
  stdDev: percent("Standard deviation", "Sample deviation of r (n - 1); needs 2 trades."),
  sharpeRatio: ratio("Sharpe (per trade)", "Mean r / deviation of r, risk-free rate 0 (Sharpe 1966); needs 2 trades."),
  annualizedSharpeRatio: ratio(
    "Sharpe (annualised)",
    "Sharpe per trade times the root of the trades per year (Sharpe 1994); needs 10 trades and 14 days."
  ),
  certaintyRatio: ratio("Payoff ratio", "Mean win / mean loss; needs one of each."),
  profitFactor: ratio("Profit factor", "Sum of wins / sum of losses; needs a loss."),
  expectedYearlyReturns: percent(
    "Expected yearly return",
    "Trades compounded at this pace for a year; needs 10 trades and 14 days."
  ),
  bestTrade: percent("Best trade", "Greatest r."),
  worstTrade: percent("Worst trade", "Least r."),
  winStreak: count("Win streak", "Most wins in a row."),
  lossStreak: count("Loss streak", "Most losses in a row."),
  avgDuration: inUnit("min")("Average duration", "Mean time from fill to close."),
  avgMae: percent("Average MAE", "Mean maximum adverse excursion, gross, of the fill price (Sweeney 1996)."),
  avgMfe: percent("Average MFE", "Mean maximum favourable excursion, gross, of the fill price (Sweeney 1996)."),
  exposure: percent("Exposure", "Share of the frame with an open position."),
  sqn: ratio("SQN", "System quality number: root of n times Sharpe per trade, n not capped (Van Tharp)."),
  kelly: ratio("Kelly fraction", "p - (1 - p) / payoff ratio, p the win rate (Kelly 1956); negative: no edge."),
  totalReturn: percent("Total return", "Equity at the end / at the start - 1, every trade reinvesting all."),
  cagr: percent("CAGR", "Total return compounded to a year; needs 14 days."),
  maxDrawdown: percent("Max drawdown", "Deepest fall of the equity from its peak, by closed trades, start included."),
  maxDrawdownDays: inUnit("days")(
    "Longest drawdown",
    "From a peak to the close that regains it, or to the end of the frame if none does."
  ),
  recoveryFactor: ratio("Recovery factor", "Total return / max drawdown; needs a drawdown."),
  calmar: ratio("Calmar", "CAGR / max drawdown (Young 1991); needs a drawdown and 14 days."),
  volatility: percent("Volatility (annual)", "Deviation of x times the root of the days per year; needs 14 days."),
  sharpeDaily: ratio("Sharpe (daily)", "Mean x / deviation of x, annualised (Sharpe 1994); needs 14 days."),
  sortino: ratio(
    "Sortino",
    "Mean x / root mean square of the losing days over all days, annualised, target 0 (Sortino & van der Meer 1991)."
  ),
  omega: ratio("Omega", "Sum of gaining x / sum of losing x (Keating & Shadwick 2002); needs a losing day."),
  ulcerIndex: percent("Ulcer index", "Root mean square of the drawdown at the end of each day (Martin & McCann 1989)."),
  var95: percent("VaR 95", "5 % quantile of x, a negative number where it is a loss (historical); needs 14 days."),
  cvar95: percent("CVaR 95", "Mean of the x at or below VaR 95 (Rockafellar & Uryasev 2000); needs 14 days."),
  skewness: ratio("Skewness", "Of x, sample-adjusted G1 (Joanes & Gill 1998); needs 3 days."),
  kurtosis: ratio("Excess kurtosis", "Of x, sample-adjusted G2, normal is 0 (Joanes & Gill 1998); needs 4 days."),
  tailRatio: ratio("Tail ratio", "95 % quantile of x / 5 % quantile, absolute; needs a 5 % quantile other than 0."),
  buyAndHold: percent("Buy & hold", "Last close / first open - 1, without costs."),
  ambiguous: count("Ambiguous trades", "Trades whose candles allow more than one outcome."),
  pnlInterval: percent("Total PnL interval", "Total PnL had every ambiguous trade gone its worst, or its best, way.")
}

/** A statistic that is one number: what a comparison can rank by. */
export type Metric = Exclude<keyof Statistics, "pnlInterval">

/** Every metric, in the order of the statistics. */
export const metrics: ReadonlyArray<Metric> = Struct.keys(conventions).filter((key) => key !== "pnlInterval")
