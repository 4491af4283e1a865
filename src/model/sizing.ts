import type { CandleInterval } from "./interval.js"

/** How a quantity is found. Amounts in quote currency, percentages as numbers (1 is 1 %). */
export type SizingMethod =
  /** The same amount of quote currency in every trade: `amount / entry`. */
  | { readonly _tag: "FixedAmount"; readonly amount: number }
  /** The same share of the balance lost at the stop: `balance · risk% / 100 / |entry − SL|`. */
  | { readonly _tag: "FixedPercentage"; readonly riskPercent: number }
  /** Kelly's fraction, scaled: `max(0, (W·R − (1 − W)) / R) · multiplier · balance / entry`. */
  | {
      readonly _tag: "Kelly"
      /** W, a share in (0, 1). */
      readonly winRate: number
      /** R, mean win / mean loss, above 0. */
      readonly payoff: number
      readonly multiplier: number
    }
  /** The same share of the balance per `multiplier` average true ranges: `balance · risk% / 100 / (atr · multiplier)`. */
  | {
      readonly _tag: "Atr"
      readonly riskPercent: number
      readonly multiplier: number
      /** Candles of the average true range, and their interval; without one, the strategy's own. */
      readonly period: number
      readonly interval: CandleInterval | undefined
    }

/** Bounds of a quantity, applied in this order: capped by the share, raised to the minimum, capped by the maximum. */
export interface SizingBounds {
  /** Most of the balance one position may be worth at its entry, %. */
  readonly maxPercent: number | undefined
  /** In base currency. */
  readonly minQuantity: number | undefined
  readonly maxQuantity: number | undefined
}

/** The definition of a sizing: an immutable value with a name. */
export interface SizingProfile extends SizingBounds {
  readonly name: string
  readonly method: SizingMethod
}

/** What a quantity is computed from. */
export interface SizingInput {
  /** The account's balance: closed trades only. */
  readonly balance: number
  /** Limit price, else average price, at the decision. */
  readonly entry: number
  readonly stopLoss: number
  /** Average true range; only the method by it asks for one. */
  readonly atr?: number | undefined
}

/** The steps an exchange trades a symbol in. Without one, any price or quantity goes. */
export interface Steps {
  /** Smallest difference between two prices, quote currency. */
  readonly priceStep?: number | undefined
  /** Smallest difference between two quantities, base currency. */
  readonly quantityStep?: number | undefined
  /** Least quantity, base currency, and least worth of an order, quote currency. */
  readonly minQuantity?: number | undefined
  readonly minNotional?: number | undefined
}
