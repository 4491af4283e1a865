import * as Schema from "effect/Schema"

/** The settings of a run: a value, never global state. Percentages are numbers (0.1 is 0.1 %). */
export const Settings = Schema.Struct({
  /** Minutes a limit entry rests before it is cancelled. */
  awaitMinutes: Schema.Number,
  /** Closed base candles in the average price. */
  vwapCandles: Schema.Number,
  /** Slippage, % per side. */
  slippage: Schema.Number,
  /** Fee, % per side. */
  fee: Schema.Number,
  /** Least distance of the take-profit from the entry, %; 0 switches the check off. */
  minTakeProfit: Schema.Number,
  /** Least distance of the stop-loss from the entry, %; 0 switches the check off. */
  minStopLoss: Schema.Number,
  /** Greatest distance of the stop-loss from the entry, %; 0 switches the check off. */
  maxStopLoss: Schema.Number,
  /** Longest lifetime of a signal in minutes; `Infinity` or 0 allow any. */
  maxLifetime: Schema.Number,
  /** Seconds one ask of a strategy may take. */
  signalTimeout: Schema.Number,
  /** Attempts per fetch of candles. */
  candleAttempts: Schema.Number,
  /** Milliseconds before the second attempt; later ones back off exponentially, jittered. */
  candleDelay: Schema.Number,
  /** A price below 1/factor of the recent median is anomalous. */
  anomalyFactor: Schema.Number,
  /** Whether reports have a note column. */
  showNotes: Schema.Boolean,
  /** Days per year, for everything annualised. */
  periodsPerYear: Schema.Number
})
export interface Settings extends Schema.Schema.Type<typeof Settings> {}

export const defaults: Settings = {
  awaitMinutes: 120,
  vwapCandles: 5,
  slippage: 0.1,
  fee: 0.1,
  minTakeProfit: 0.5,
  minStopLoss: 0.5,
  maxStopLoss: 20,
  maxLifetime: 1440,
  signalTimeout: 180,
  candleAttempts: 3,
  candleDelay: 5000,
  anomalyFactor: 1000,
  showNotes: false,
  periodsPerYear: 365
}
