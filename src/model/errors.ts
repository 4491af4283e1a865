import * as Schema from "effect/Schema"

/**
 * Errors a person can act on. Every message is one line that names the thing and ends in what to change.
 */

/** A problem with one named part of a run's options. */
export const Problem = Schema.Struct({
  /** What is wrong: `settings.fee`, `params.fast`, `frame.start` … */
  path: Schema.String,
  message: Schema.String
})
export interface Problem extends Schema.Schema.Type<typeof Problem> {}

/** The options of a run do not make sense; all problems at once. */
export class InvalidRun extends Schema.TaggedError<InvalidRun>()("InvalidRun", {
  problems: Schema.Array(Problem)
}) {
  override get message(): string {
    return this.problems.map((p) => `${p.path}: ${p.message}`).join("; ")
  }
}

/** A name that nothing is registered under. */
export class UnknownName extends Schema.TaggedError<UnknownName>()("UnknownName", {
  kind: Schema.String,
  name: Schema.String,
  known: Schema.Array(Schema.String)
}) {
  override get message(): string {
    const known = this.known.length === 0 ? "none is registered" : `known: ${this.known.join(", ")}`
    return `unknown ${this.kind} "${this.name}" (${known})`
  }
}

/** A name that is taken already. */
export class DuplicateName extends Schema.TaggedError<DuplicateName>()("DuplicateName", {
  kind: Schema.String,
  name: Schema.String
}) {
  override get message(): string {
    return `a ${this.kind} named "${this.name}" is registered already; give one of them another name`
  }
}

/** A symbol the exchange does not have. */
export class UnknownSymbol extends Schema.TaggedError<UnknownSymbol>()("UnknownSymbol", {
  exchange: Schema.String,
  symbol: Schema.String,
  known: Schema.Array(Schema.String)
}) {
  override get message(): string {
    const known = this.known.length === 0 ? "" : `; it has: ${this.known.join(", ")}`
    return `exchange "${this.exchange}" has no symbol "${this.symbol}"${known}`
  }
}

/** A source of candles could not be reached or read. */
export class ExchangeError extends Schema.TaggedError<ExchangeError>()("ExchangeError", {
  exchange: Schema.String,
  symbol: Schema.String,
  reason: Schema.String,
  cause: Schema.optional(Schema.Defect)
}) {
  override get message(): string {
    return `exchange "${this.exchange}", ${this.symbol}: ${this.reason}`
  }
}

/** A file that could not be used as it is: which, where in it, why, and what to change. */
export class FileError extends Schema.TaggedError<FileError>()("FileError", {
  file: Schema.String,
  /** 1-based line in the file, where one is to blame. */
  row: Schema.optional(Schema.Number),
  reason: Schema.String
}) {
  override get message(): string {
    return `${this.file}${this.row === undefined ? "" : `:${this.row}`}: ${this.reason}`
  }
}

/** What can be wrong with a candle. */
export const CandleFault = Schema.Literal(
  "not_finite",
  "not_positive",
  "negative_volume",
  "inconsistent",
  "unordered",
  "duplicate",
  "off_grid",
  "anomalous"
)
export type CandleFault = typeof CandleFault.Type

/** A candle that cannot be true. */
export class InvalidCandle extends Schema.TaggedError<InvalidCandle>()("InvalidCandle", {
  symbol: Schema.String,
  fault: CandleFault,
  /** 0-based position in the data, and the line of the file where there is one. */
  index: Schema.Number,
  timestamp: Schema.Number,
  field: Schema.optional(Schema.String),
  value: Schema.optional(Schema.Number),
  file: Schema.optional(Schema.String),
  row: Schema.optional(Schema.Number),
  reason: Schema.String
}) {
  override get message(): string {
    const where =
      this.file === undefined
        ? `${this.symbol}, candle ${this.index}`
        : `${this.file}${this.row === undefined ? "" : `:${this.row}`}`
    return `${where}: ${this.reason}`
  }
}

/** Candles are missing and the gap policy is `fail`. */
export class GapFound extends Schema.TaggedError<GapFound>()("GapFound", {
  symbol: Schema.String,
  /** First missing open time and the number of missing candles. */
  from: Schema.Number,
  missing: Schema.Number
}) {
  override get message(): string {
    return `${this.symbol}: ${this.missing} candles are missing from ${new Date(this.from).toISOString()}; use gaps "skip" or "fill", or mend the data`
  }
}

/** The source has no candle in the frame. */
export class NoCandles extends Schema.TaggedError<NoCandles>()("NoCandles", {
  symbol: Schema.String,
  start: Schema.Number,
  end: Schema.Number,
  /** First and last candle the source has, where known. */
  first: Schema.optional(Schema.Number),
  last: Schema.optional(Schema.Number)
}) {
  override get message(): string {
    const iso = (t: number) => new Date(t).toISOString()
    const has =
      this.first === undefined || this.last === undefined
        ? "the source is empty"
        : `the data cover ${iso(this.first)} to ${iso(this.last)}`
    const period =
      this.start < this.end ? `between ${iso(this.start)} and ${iso(this.end)}` : `from ${iso(this.start)} on`
    return `${this.symbol}: no candle ${period}; ${has}`
  }
}

/** The data ended before the strategy's indicators had enough of them. */
export class NotWarm extends Schema.TaggedError<NotWarm>()("NotWarm", {
  strategy: Schema.String,
  symbol: Schema.String,
  indicator: Schema.String,
  needs: Schema.Number,
  has: Schema.Number,
  interval: Schema.String
}) {
  override get message(): string {
    return `strategy "${this.strategy}": ${this.indicator} needs ${this.needs} closed ${this.interval} candles and ${this.symbol} has ${this.has}; use more data or a shorter period`
  }
}

/** A strategy's setup failed: the run could not start. */
export class StrategyError extends Schema.TaggedError<StrategyError>()("StrategyError", {
  strategy: Schema.String,
  reason: Schema.String,
  cause: Schema.Defect
}) {
  override get message(): string {
    return `strategy "${this.strategy}" could not be set up: ${this.reason}`
  }
}

/** Why no quantity could be computed. */
export const SizingFault = Schema.Literal(
  "balance",
  "entry",
  "distance",
  "amount",
  "risk",
  "win_rate",
  "payoff",
  "multiplier",
  "atr",
  "bounds"
)
export type SizingFault = typeof SizingFault.Type

/** A sizing could not give a quantity. */
export class SizingError extends Schema.TaggedError<SizingError>()("SizingError", {
  sizing: Schema.String,
  fault: SizingFault,
  /** The number that makes no sense. */
  value: Schema.Number,
  reason: Schema.String
}) {
  override get message(): string {
    return `sizing "${this.sizing}": ${this.reason}`
  }
}

/** What can end a run before its time. */
export type RunError =
  | InvalidRun
  | UnknownName
  | UnknownSymbol
  | ExchangeError
  | FileError
  | InvalidCandle
  | GapFound
  | NoCandles
  | NotWarm
  | StrategyError
