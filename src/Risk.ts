/**
 * Risk profiles: rules that every signal has to pass before it may trade, across all strategies and symbols that share
 * the profile and the account. They are checked in order when a signal is made, and again when a resting entry fills;
 * the first that refuses ends it, and its reason is in the `Rejected` or `Cancelled` event.
 *
 * @example
 * ```ts
 * import { Risk } from "effect-backtest"
 *
 * const Careful = Risk.make("careful", {
 *   validations: [
 *     Risk.maxPositions(3),
 *     Risk.minRewardRisk(1.5),
 *     Risk.cooldownAfterStop("2 hours"),
 *     Risk.check("no shorts", ({ signal }) => signal.position === "long" || `${signal.symbol} is asked short`)
 *   ]
 * })
 * ```
 */
import type * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { mapRisk, type Risk as Spec, type RiskCallbacks, type Validation, verdictOf } from "./clients/risk.js"
import type { DuplicateName } from "./model/errors.js"
import type { RiskPayload } from "./model/risk.js"
import { SchemaRegistry } from "./services/SchemaRegistry.js"

export type { RiskCallbacks, Validation } from "./clients/risk.js"
export {
  type CooldownPer,
  cooldownAfterStop,
  type Correlated,
  dailyLossLimit,
  drawdownHalt,
  maxCorrelatedExposure,
  maxExposure,
  maxPositions,
  maxPositionsPerStrategy,
  maxPositionsPerSymbol,
  minRewardRisk
} from "./clients/riskRules.js"
export { tradingHours, type TradingHours, type Weekday } from "./clients/tradingHours.js"
export type { Of, RiskAccount, RiskPayload, RiskPosition } from "./model/risk.js"

/** A risk profile, and the Layer that registers it by its name, with the services it needs captured. */
export interface Risk<out R> extends Spec<R> {
  readonly layer: Layer.Layer<never, DuplicateName, SchemaRegistry | R>
}

/** What the Effects of a validation need. */
export type RequirementsOf<V> = V extends {
  readonly _tag: "Effect"
  readonly check: (payload: RiskPayload) => Effect.Effect<unknown, unknown, infer R>
}
  ? R
  : never

/**
 * The definition of a risk profile: validations in the order in which they are asked, and Effects to run when it has
 * decided. Pass it to a run or a strategy directly, or register it with its `layer` and name it.
 */
export function make<V extends Validation<unknown>, R = never>(
  name: string,
  options: { readonly validations: ReadonlyArray<V>; readonly callbacks?: RiskCallbacks<R> }
): Risk<RequirementsOf<V> | R>
export function make<R>(
  name: string,
  options: { readonly validations: ReadonlyArray<Validation<R>>; readonly callbacks?: RiskCallbacks<R> }
): Risk<R> {
  const risk: Risk<R> = {
    name,
    validations: options.validations,
    callbacks: options.callbacks,
    layer: Layer.scopedDiscard(
      Effect.gen(function* () {
        const registry = yield* SchemaRegistry
        const captured = yield* Effect.context<R>()
        const provide = <A, E>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E> =>
          Effect.mapInputContext(effect, (_none: Context.Context<never>) => captured)
        yield* registry.risk.register(mapRisk(risk, provide))
      })
    )
  }
  return risk
}

/**
 * A validation by a plain function: `true` or `undefined` passes; `false` refuses, and text refuses and is the reason.
 * One that throws refuses and says so.
 */
export const check = (
  name: string,
  check: (payload: RiskPayload) => boolean | string | undefined
): Validation<never> => ({ _tag: "Plain", name, check: (payload) => verdictOf(check(payload)) })

/**
 * A validation by an Effect: it refuses by failing (the error's message is the reason) or by giving `false` or text;
 * with `true` or nothing it passes. One that dies refuses and says so.
 */
export const checkEffect = <E, R = never>(
  name: string,
  check: (payload: RiskPayload) => Effect.Effect<boolean | string | undefined | void, E, R>
): Validation<R> => ({
  _tag: "Effect",
  name,
  check: (payload) => Effect.map(check(payload), verdictOf)
})
