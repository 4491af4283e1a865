/**
 * Sizings: how much a trade buys or sells. With one, a run works on an account of money: its events tell quantity,
 * notional, fees and balance. A sizing is an immutable value with a name; give it to a strategy or to a run, or
 * register it with its `layer` and name it.
 *
 * Every method can be bounded, in this order: capped by `maxPercent` of the balance, raised to `minQuantity` (never above
 * that cap), capped by `maxQuantity`. Where a method asks for nothing, nothing is traded, whatever the minimum.
 *
 * @example
 * ```ts
 * import { Sizing, Strategy } from "effect-backtest"
 *
 * const Careful = Sizing.fixedPercentage("careful", { riskPercent: 1, maxPercent: 25 })
 * const Calm = Sizing.atr("calm", { riskPercent: 0.5, period: 20, interval: "1h", minQuantity: 0.001 })
 *
 * const Idle = Strategy.make("idle", { interval: "5m", sizing: Careful }).signal(() => null)
 * const names = [Careful.name, Calm.name, Idle.name]
 * ```
 */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Engine from "./engine/sizing.js"
import type { DuplicateName, SizingError } from "./model/errors.js"
import type { CandleInterval } from "./model/interval.js"
import type { SizingInput, SizingMethod, SizingProfile } from "./model/sizing.js"
import { SchemaRegistry } from "./services/SchemaRegistry.js"

export type { SizingInput, SizingMethod, SizingProfile } from "./model/sizing.js"

/** The definition of a sizing, and the Layer that registers it by its name. */
export interface Sizing extends SizingProfile {
  readonly layer: Layer.Layer<never, DuplicateName, SchemaRegistry>
}

/** Bounds of a quantity, in the order in which they are applied; without one there is no such bound. */
export interface Bounds {
  /** Most of the balance one position may be worth at its entry, %; above 100 only an account with leverage bears it. */
  readonly maxPercent?: number
  /** Least quantity in base currency; never raised above what `maxPercent` allows. */
  readonly minQuantity?: number
  /** Greatest quantity in base currency. */
  readonly maxQuantity?: number
}

/** The same amount of quote currency in every trade: `amount / entry`. */
export const fixedAmount = (name: string, options: Bounds & { readonly amount: number }): Sizing =>
  define(name, { _tag: "FixedAmount", amount: options.amount }, options)

/**
 * The same share of the balance lost when the stop-loss is hit, before costs: `balance · riskPercent / 100 / |entry −
 * stop-loss|`.
 */
export const fixedPercentage = (name: string, options: Bounds & { readonly riskPercent: number }): Sizing =>
  define(name, { _tag: "FixedPercentage", riskPercent: options.riskPercent }, options)

/**
 * A part of Kelly's fraction (Kelly 1956): `max(0, (W·R − (1 − W)) / R) · multiplier · balance / entry`. Nothing is
 * traded where the fraction is 0: such odds lose money.
 */
export const kelly = (
  name: string,
  options: Bounds & {
    /** W, the share of trades that win, between 0 and 1. */
    readonly winRate: number
    /** R, mean win / mean loss. */
    readonly payoff: number
    /** The part of the fraction that is used; default 0.25. */
    readonly multiplier?: number
  }
): Sizing => {
  const { multiplier = 0.25, payoff, winRate } = options
  return define(name, { _tag: "Kelly", winRate, payoff, multiplier }, options)
}

/**
 * The same share of the balance per so many average true ranges (Wilder 1978): `balance · riskPercent / 100 / (atr ·
 * multiplier)`. A strategy is not asked before the average is warm, as with its own indicators.
 */
export const atr = (
  name: string,
  options: Bounds & {
    readonly riskPercent: number
    /** How many average true ranges lose that share; default 2. */
    readonly multiplier?: number
    /** Candles of the average; default 14. */
    readonly period?: number
    /** Their interval; default the strategy's own. */
    readonly interval?: CandleInterval
  }
): Sizing => {
  const { interval, multiplier = 2, period = 14, riskPercent } = options
  return define(name, { _tag: "Atr", riskPercent, multiplier, period, interval }, options)
}

/**
 * The quantity a sizing gives, in base currency and not yet in the exchange's steps. Fails with a `SizingError` that
 * names the number that makes no sense.
 */
export const quantity = (profile: SizingProfile, input: SizingInput): Effect.Effect<number, SizingError> =>
  Effect.suspend(() => Engine.quantity(profile, input))

const define = (name: string, method: SizingMethod, { maxPercent, maxQuantity, minQuantity }: Bounds): Sizing => {
  const profile: SizingProfile = { name, method, maxPercent, minQuantity, maxQuantity }
  return {
    ...profile,
    layer: Layer.scopedDiscard(Effect.flatMap(SchemaRegistry, (registry) => registry.sizing.register(profile)))
  }
}
