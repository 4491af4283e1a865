import * as Schema from "effect/Schema"
import { AccountInfo, Money } from "./account.js"
import { FillPolicy } from "./fill.js"
import { Settings } from "./settings.js"
import { Lifetime, Position } from "./signal.js"

/**
 * A finished run as one value: what `Backtest.report` returns and `--json` prints. Times are epoch milliseconds.
 */

/** A partial level reached: `level` % of the way to the target (`profit`) or the stop (`loss`), by the close `price`. */
export const PartialLevel = Schema.Struct({
  at: Schema.Number,
  side: Schema.Literal("profit", "loss"),
  level: Schema.Number,
  price: Schema.Number
})
export interface PartialLevel extends Schema.Schema.Type<typeof PartialLevel> {}

/** A stop moved by a rule: from the next candle on it is at `price`. */
export const StopMove = Schema.Struct({
  at: Schema.Number,
  rule: Schema.Literal("trailing", "breakeven"),
  price: Schema.Number
})
export interface StopMove extends Schema.Schema.Type<typeof StopMove> {}

export const Trade = Schema.Struct({
  id: Schema.String,
  position: Position,
  scheduledAt: Schema.Number,
  pendingAt: Schema.Number,
  closedAt: Schema.Number,
  /** Fill and exit prices, gross: before slippage and fees. */
  priceOpen: Schema.Number,
  priceClose: Schema.Number,
  /** Limit price as asked; absent for an entry at market. */
  priceLimit: Schema.optional(Schema.Number),
  priceTakeProfit: Schema.Number,
  /** The stop as asked, and where a stop rule had moved it by the end. */
  priceStopLoss: Schema.Number,
  priceStopMoved: Schema.optional(Schema.Number),
  minuteEstimatedTime: Lifetime,
  reason: Schema.Literal("take_profit", "stop_loss", "time_expired", "exit", "frame_end", "closed"),
  /** Net of slippage and fees, %. */
  pnlPercent: Schema.Number,
  mae: Schema.Number,
  mfe: Schema.Number,
  ambiguous: Schema.Boolean,
  pnlInterval: Schema.Tuple(Schema.Number, Schema.Number),
  /**
   * What the trade did to the equity of the whole account, % of the equity before it. Absent where it is `pnlPercent`
   * itself: in an unsized run of one strategy on one symbol.
   */
  equityPercent: Schema.optional(Schema.Number),
  money: Schema.optional(Money),
  /** Only where the run was asked to record them. */
  partials: Schema.optional(Schema.Array(PartialLevel)),
  stops: Schema.optional(Schema.Array(StopMove)),
  note: Schema.optional(Schema.String)
})
export interface Trade extends Schema.Schema.Type<typeof Trade> {}

/** A limit entry that began to rest. What became of it is among the trades or the cancelled, by its id. */
export const ScheduledSignal = Schema.Struct({
  id: Schema.String,
  position: Position,
  at: Schema.Number,
  /** Average price then. */
  price: Schema.Number,
  priceLimit: Schema.Number,
  priceTakeProfit: Schema.Number,
  priceStopLoss: Schema.Number,
  minuteEstimatedTime: Lifetime,
  note: Schema.optional(Schema.String)
})
export interface ScheduledSignal extends Schema.Schema.Type<typeof ScheduledSignal> {}

/** Why something was refused. */
export const RefusalReason = Schema.Struct({
  code: Schema.String,
  message: Schema.String,
  /** The risk profile that refused. */
  profile: Schema.optional(Schema.String)
})
export interface RefusalReason extends Schema.Schema.Type<typeof RefusalReason> {}

/** A refusal in one line. */
export const reasonText = ({ code, message, profile }: RefusalReason): string =>
  profile === undefined ? `${code}: ${message}` : `${code} ${profile}: ${message}`

export const CancelledSignal = Schema.Struct({
  id: Schema.String,
  position: Position,
  scheduledAt: Schema.Number,
  at: Schema.Number,
  reason: Schema.Literal("timeout", "stopped", "risk", "frame_end", "stop_loss"),
  /** Why risk refused the fill. */
  violations: Schema.optional(Schema.Array(RefusalReason))
})
export interface CancelledSignal extends Schema.Schema.Type<typeof CancelledSignal> {}

export const RejectedAnswer = Schema.Struct({
  at: Schema.Number,
  violations: Schema.Array(RefusalReason),
  /** Of the answer, where it has them. */
  position: Schema.optional(Position),
  priceLimit: Schema.optional(Schema.Number),
  /** Average price at the tick, where there was one. */
  price: Schema.optional(Schema.Number)
})
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
  dataHash: Schema.String,
  /** The risk profiles every signal had to pass: their validations by name, with what each allows where it tells. */
  risk: Schema.optional(Schema.Array(Schema.Struct({ name: Schema.String, validations: Schema.Array(Schema.String) }))),
  /** How signals were sized. */
  sizing: Schema.optional(
    Schema.Struct({
      name: Schema.String,
      method: Schema.String,
      parameters: Schema.Record({ key: Schema.String, value: Schema.Union(Schema.Number, Schema.String) })
    })
  ),
  /** The file the candles were read from, as it was named. */
  file: Schema.optional(Schema.String)
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

/** Version of the documents below; a reader refuses those it does not know. */
export const version = 1

export const BacktestDocument = Schema.Struct({
  version: Schema.Literal(version),
  kind: Schema.Literal("backtest"),
  run: RunInfo,
  statistics: Statistics,
  /** Absent where nothing is sized. */
  account: Schema.optional(AccountInfo),
  trades: Schema.Array(Trade),
  scheduled: Schema.Array(ScheduledSignal),
  cancelled: Schema.Array(CancelledSignal),
  rejected: Schema.Array(RejectedAnswer),
  failed: Schema.Array(FailedAsk),
  /** Replay only: recorded signals passed over, and moved to the next tick. */
  skipped: Schema.Number,
  shifted: Schema.Number
})
export interface BacktestDocument extends Schema.Schema.Type<typeof BacktestDocument> {}

/** Several runs over one account: each with what it did, and the account as a whole. */
export const PortfolioDocument = Schema.Struct({
  version: Schema.Literal(version),
  kind: Schema.Literal("portfolio"),
  /** Over all trades of all runs in close order, with the equity of the account. */
  statistics: Statistics,
  account: Schema.optional(AccountInfo),
  /** In the order of their symbols, then strategies. */
  runs: Schema.Array(BacktestDocument)
})
export interface PortfolioDocument extends Schema.Schema.Type<typeof PortfolioDocument> {}

/** The record of a finished run, whatever was run: what `--json` prints, files hold and reports are made from. */
export const RunRecord = Schema.Union(BacktestDocument, PortfolioDocument)
export type RunRecord = typeof RunRecord.Type

/** The runs of a record: one, or those of a portfolio. */
export const runsOf = (record: RunRecord): ReadonlyArray<BacktestDocument> =>
  record.kind === "portfolio" ? record.runs : [record]

/** A trade with where it was made. */
export interface TradeOf {
  readonly symbol: string
  readonly strategy: string
  readonly trade: Trade
}

/** All trades of a record in close order; of two at one instant, that of the earlier run first. */
export const tradesOf = (record: RunRecord): ReadonlyArray<TradeOf> => {
  const all = runsOf(record).flatMap(({ run: { strategy, symbol }, trades }) =>
    trades.map((trade): TradeOf => ({ symbol, strategy, trade }))
  )
  return record.kind === "portfolio" ? all.toSorted((a, b) => a.trade.closedAt - b.trade.closedAt) : all
}

/** First and last instant of a record's frames. */
export const spanOf = (record: RunRecord): readonly [start: number, end: number] => {
  const frames = runsOf(record).map(({ run }) => run.frame)
  return [
    frames.reduce((start, frame) => Math.min(start, frame.start), Number.POSITIVE_INFINITY),
    frames.reduce((end, frame) => Math.max(end, frame.end), Number.NEGATIVE_INFINITY)
  ]
}
