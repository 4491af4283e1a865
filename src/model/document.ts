import * as Schema from "effect/Schema"
import { FillPolicy } from "./fill.js"
import { Settings } from "./settings.js"
import { Position } from "./signal.js"

/**
 * A finished run as one value: what `Backtest.report` returns and `--json` prints. Times are epoch milliseconds.
 */

export const Trade = Schema.Struct({
  id: Schema.String,
  position: Position,
  scheduledAt: Schema.Number,
  pendingAt: Schema.Number,
  closedAt: Schema.Number,
  /** Fill and exit prices, gross: before slippage and fees. */
  priceOpen: Schema.Number,
  priceClose: Schema.Number,
  priceTakeProfit: Schema.Number,
  priceStopLoss: Schema.Number,
  reason: Schema.Literal("take_profit", "stop_loss", "time_expired", "exit", "frame_end", "closed"),
  /** Net of slippage and fees, %. */
  pnlPercent: Schema.Number,
  mae: Schema.Number,
  mfe: Schema.Number,
  ambiguous: Schema.Boolean,
  pnlInterval: Schema.Tuple(Schema.Number, Schema.Number),
  note: Schema.optional(Schema.String)
})
export interface Trade extends Schema.Schema.Type<typeof Trade> {}

export const CancelledSignal = Schema.Struct({
  id: Schema.String,
  position: Position,
  scheduledAt: Schema.Number,
  at: Schema.Number,
  reason: Schema.Literal("timeout", "stopped", "risk", "frame_end", "stop_loss")
})
export interface CancelledSignal extends Schema.Schema.Type<typeof CancelledSignal> {}

export const RejectedAnswer = Schema.Struct({ at: Schema.Number, reasons: Schema.Array(Schema.String) })
export interface RejectedAnswer extends Schema.Schema.Type<typeof RejectedAnswer> {}

export const FailedAsk = Schema.Struct({ at: Schema.Number, error: Schema.String })
export interface FailedAsk extends Schema.Schema.Type<typeof FailedAsk> {}

export const RunInfo = Schema.Struct({
  symbol: Schema.String,
  strategy: Schema.String,
  params: Schema.Record({ key: Schema.String, value: Schema.Unknown }),
  exchange: Schema.String,
  frame: Schema.Struct({
    name: Schema.String,
    interval: Schema.String,
    start: Schema.Number,
    end: Schema.Number
  }),
  fill: FillPolicy,
  settings: Settings,
  seed: Schema.Number,
  /** Candles in the frame, gaps between them, and the candles missing in those gaps. */
  candles: Schema.Number,
  gaps: Schema.Number,
  missing: Schema.Number,
  /** The data stop before the frame's end. */
  truncated: Schema.Boolean,
  /** Open of the first and close of the last candle in the frame. */
  firstOpen: Schema.Number,
  lastClose: Schema.Number,
  dataHash: Schema.String
})
export interface RunInfo extends Schema.Schema.Type<typeof RunInfo> {}

const Metric = Schema.NullOr(Schema.Number)

/** BEHAVIOUR's statistics; `null` wherever the sample cannot bear the number. */
export const Statistics = Schema.Struct({
  totalSignals: Schema.Number,
  winCount: Schema.Number,
  lossCount: Schema.Number,
  winRate: Metric,
  avgPnl: Metric,
  totalPnl: Metric,
  stdDev: Metric,
  sharpeRatio: Metric,
  annualizedSharpeRatio: Metric,
  certaintyRatio: Metric,
  profitFactor: Metric,
  expectedYearlyReturns: Metric,
  bestTrade: Metric,
  worstTrade: Metric,
  winStreak: Metric,
  lossStreak: Metric,
  avgDuration: Metric,
  avgMae: Metric,
  avgMfe: Metric,
  exposure: Metric,
  sqn: Metric,
  kelly: Metric,
  totalReturn: Metric,
  cagr: Metric,
  maxDrawdown: Metric,
  maxDrawdownDays: Metric,
  recoveryFactor: Metric,
  calmar: Metric,
  volatility: Metric,
  sharpeDaily: Metric,
  sortino: Metric,
  omega: Metric,
  ulcerIndex: Metric,
  var95: Metric,
  cvar95: Metric,
  skewness: Metric,
  kurtosis: Metric,
  tailRatio: Metric,
  buyAndHold: Metric,
  /** Ambiguous trades, and the interval around the total PnL. */
  ambiguous: Schema.Number,
  pnlInterval: Schema.Tuple(Schema.Number, Schema.Number)
})
export interface Statistics extends Schema.Schema.Type<typeof Statistics> {}

export const BacktestDocument = Schema.Struct({
  run: RunInfo,
  statistics: Statistics,
  trades: Schema.Array(Trade),
  cancelled: Schema.Array(CancelledSignal),
  rejected: Schema.Array(RejectedAnswer),
  failed: Schema.Array(FailedAsk),
  /** Replay only: recorded signals passed over, and moved to the next tick. */
  skipped: Schema.Number,
  shifted: Schema.Number
})
export interface BacktestDocument extends Schema.Schema.Type<typeof BacktestDocument> {}
