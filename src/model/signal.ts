import * as Schema from "effect/Schema"

/** Direction of a trade. */
export const Position = Schema.Literal("long", "short")
export type Position = typeof Position.Type

/** +1 for long, −1 for short: the `d` of every formula. */
export const direction = (position: Position): 1 | -1 => (position === "long" ? 1 : -1)

/**
 * A trailing stop: follows the best price since the entry at a distance, in % of that price or in quote currency. With
 * an activation, it begins once the best price is that many % (gross, of the fill price) ahead of the entry.
 */
export const Trailing = Schema.Union(
  Schema.Struct({ percent: Schema.Number, activation: Schema.optional(Schema.Number) }),
  Schema.Struct({ distance: Schema.Number, activation: Schema.optional(Schema.Number) })
)
export type Trailing = typeof Trailing.Type

/**
 * A breakeven stop: once the best price since the entry is `after` % (gross, of the fill price) ahead of it, the stop
 * moves to the price at which the trade comes out at nothing, its costs covered.
 */
export const Breakeven = Schema.Struct({ after: Schema.Number })
export type Breakeven = typeof Breakeven.Type

/** Rules that move a stop while a position is open. They only ever tighten it. */
export interface StopRules {
  readonly trailing?: Trailing | undefined
  readonly breakeven?: Breakeven | undefined
}

/** What a strategy answers when it wants a trade. Prices in quote currency. */
export interface Idea {
  readonly id?: string | undefined
  readonly position: Position
  /** Limit price of the entry; without it the entry is at market. */
  readonly priceOpen?: number | undefined
  readonly priceTakeProfit: number
  readonly priceStopLoss: number
  /** Lifetime in whole minutes from the fill; `Infinity` where the settings allow it. */
  readonly minuteEstimatedTime: number
  readonly note?: string | undefined
  /** Stop rules of this signal in place of the strategy's; `false` for none. */
  readonly trailing?: Trailing | false | undefined
  readonly breakeven?: Breakeven | false | undefined
}

/** What a strategy may answer: an idea, or nothing. */
export type Answer = Idea | null | undefined

/** Lifetime as stored: JSON has no Infinity. */
export const Lifetime = Schema.Union(Schema.Number, Schema.Literal("infinite"))

/** A signal: an accepted idea with its identity and times (epoch milliseconds). */
export const Signal = Schema.Struct({
  id: Schema.String,
  symbol: Schema.String,
  strategy: Schema.String,
  exchange: Schema.String,
  frame: Schema.String,
  position: Position,
  /** Limit price as asked; absent for a market entry. */
  priceOpen: Schema.optional(Schema.Number),
  priceTakeProfit: Schema.Number,
  priceStopLoss: Schema.Number,
  minuteEstimatedTime: Lifetime,
  note: Schema.optional(Schema.String),
  /** The stop rules it lives under: its own, else the strategy's. */
  trailing: Schema.optional(Trailing),
  breakeven: Schema.optional(Breakeven),
  /** What is traded, in base currency; absent where nothing is sized. */
  quantity: Schema.optional(Schema.Number),
  /** The tick at which the strategy answered. */
  scheduledAt: Schema.Number,
  /** The fill; absent while it rests. */
  pendingAt: Schema.optional(Schema.Number)
})
export interface Signal extends Schema.Schema.Type<typeof Signal> {}

/** Lifetime in minutes as a number. */
export const lifetimeMinutes = (signal: { readonly minuteEstimatedTime: number | "infinite" }): number =>
  signal.minuteEstimatedTime === "infinite" ? Number.POSITIVE_INFINITY : signal.minuteEstimatedTime

/** A signal recorded elsewhere, to be replayed. */
export interface RecordedSignal extends Idea {
  /** The tick at which the strategy would have answered, epoch milliseconds. */
  readonly time: number
}
