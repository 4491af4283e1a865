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

/**
 * What each statistic means. PnL is a trade's own result in %, net of slippage and fees, whatever share of the account
 * it had. Equity starts at 1 and moves at each close: by what the trade did to the account's money where positions are
 * sized, else by its PnL. Daily returns are those of the equity in %, one for every UTC day of the frame.
 */
export const conventions: Readonly<Record<keyof Statistics, Convention>> = {
  totalSignals: count("Trades", "Closed trades, all of them."),
  winCount: count("Wins", "Trades with a net PnL above 0."),
  lossCount: count("Losses", "Trades with a net PnL below 0; a trade of exactly 0 is neither."),
  winRate: percent("Win rate", "Wins / (wins + losses)."),
  avgPnl: percent("Average PnL", "Mean PnL of a trade, net of slippage and fees, of its own price."),
  totalPnl: percent("Total PnL", "Sum of the net PnL of the trades, not compounded."),
  stdDev: percent("Standard deviation", "Sample deviation of the trades' PnL (n - 1); needs 2 trades."),
  sharpeRatio: ratio(
    "Sharpe (per trade)",
    "Mean / sample deviation of the trades' PnL, risk-free rate 0 (Sharpe 1966); needs 2 trades."
  ),
  annualizedSharpeRatio: ratio(
    "Sharpe (annualised)",
    "Sharpe per trade times the root of the trades per year (Sharpe 1994); needs 10 trades and 14 days."
  ),
  certaintyRatio: ratio("Payoff ratio", "Mean win / mean loss; needs one of each."),
  profitFactor: ratio("Profit factor", "Sum of wins / sum of losses; needs a loss."),
  expectedYearlyReturns: percent(
    "Expected yearly return",
    "The trades' PnL compounded at this pace for a year, each with everything; needs 10 trades and 14 days."
  ),
  bestTrade: percent("Best trade", "Greatest net PnL of a trade."),
  worstTrade: percent("Worst trade", "Least net PnL of a trade."),
  winStreak: count("Win streak", "Most wins in a row by close; a trade of exactly 0 ends it."),
  lossStreak: count("Loss streak", "Most losses in a row by close; a trade of exactly 0 ends it."),
  avgDuration: inUnit("min")("Average duration", "Mean time from fill to close."),
  avgMae: percent("Average MAE", "Mean maximum adverse excursion, gross, of the fill price (Sweeney 1996)."),
  avgMfe: percent("Average MFE", "Mean maximum favourable excursion, gross, of the fill price (Sweeney 1996)."),
  exposure: percent("Exposure", "Share of the frame with an open position; positions at one time count once."),
  sqn: ratio("SQN", "System quality number: root of n times Sharpe per trade, n not capped (Van Tharp)."),
  kelly: ratio("Kelly fraction", "p - (1 - p) / payoff ratio, p the win rate (Kelly 1956); negative: no edge."),
  totalReturn: percent(
    "Total return",
    "Equity at the end / at the start - 1: of the account's money when sized, else every trade reinvesting all."
  ),
  cagr: percent("CAGR", "Total return compounded to a year; needs 14 days."),
  maxDrawdown: percent(
    "Max drawdown",
    "Deepest fall of the equity (money when sized) from its peak, by closed trades, start included."
  ),
  maxDrawdownDays: inUnit("days")(
    "Longest drawdown",
    "From a peak of the equity to the close that regains it, or to the end of the frame if none does."
  ),
  recoveryFactor: ratio("Recovery factor", "Total return / max drawdown; needs a drawdown."),
  calmar: ratio("Calmar", "CAGR / max drawdown, over the whole frame (Young 1991); needs a drawdown and 14 days."),
  volatility: percent(
    "Volatility (annual)",
    "Sample deviation of the daily returns (n - 1) times the root of the days per year; needs 14 days."
  ),
  sharpeDaily: ratio(
    "Sharpe (daily)",
    "Mean / sample deviation of the daily returns, annualised, risk-free rate 0 (Sharpe 1994); needs 14 days."
  ),
  sortino: ratio(
    "Sortino",
    "Mean daily return / root mean square of the losing days over all days, annualised, target 0 (Sortino & van der Meer 1991)."
  ),
  omega: ratio(
    "Omega",
    "Sum of gaining / sum of losing daily returns, threshold 0 (Keating & Shadwick 2002); needs a losing day."
  ),
  ulcerIndex: percent(
    "Ulcer index",
    "Root mean square of the equity's drawdown at the end of each day (Martin & McCann 1989)."
  ),
  var95: percent(
    "VaR 95",
    "5 % quantile of the daily returns (historical, linear), negative where it is a loss; needs 14 days."
  ),
  cvar95: percent(
    "CVaR 95",
    "Mean of the daily returns at or below VaR 95 (Rockafellar & Uryasev 2000); needs 14 days."
  ),
  skewness: ratio("Skewness", "Of the daily returns, sample-adjusted G1 (Joanes & Gill 1998); needs 3 days."),
  kurtosis: ratio(
    "Excess kurtosis",
    "Of the daily returns, sample-adjusted G2, normal is 0 (Joanes & Gill 1998); needs 4 days."
  ),
  tailRatio: ratio(
    "Tail ratio",
    "95 % / 5 % quantile of the daily returns, absolute; needs a 5 % quantile other than 0."
  ),
  buyAndHold: percent("Buy & hold", "Last close / first open - 1, without costs; of several symbols the mean."),
  ambiguous: count("Ambiguous trades", "Trades whose candles allow more than one outcome."),
  pnlInterval: percent("Total PnL interval", "Total PnL had every ambiguous trade gone its worst, or its best, way.")
}

/** A statistic that is one number: what a comparison can rank by. */
export type Metric = Exclude<keyof Statistics, "pnlInterval">

/** Every metric, in the order of the statistics. */
export const metrics: ReadonlyArray<Metric> = Struct.keys(conventions).filter((key) => key !== "pnlInterval")
