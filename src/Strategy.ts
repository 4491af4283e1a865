/**
 * Strategies: an immutable definition in two steps, options first and behaviour second, so that types infer.
 *
 * @example
 * ```ts
 * import { Indicator, Signal, Strategy } from "effect-backtest"
 *
 * const SmaCross = Strategy.make("sma-cross", {
 *   interval: "5m",
 *   params: { fast: Strategy.int(20), slow: Strategy.int(50) },
 *   indicators: (params) => ({ fast: Indicator.sma(params.fast), slow: Indicator.sma(params.slow) })
 * }).signal(({ price, indicators: { fast, slow } }) =>
 *   fast.crossedAbove(slow)
 *     ? Signal.long({ priceTakeProfit: price * 1.01, priceStopLoss: price * 0.99, minuteEstimatedTime: 240 })
 *     : null
 * )
 * ```
 */
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Layer from "effect/Layer"
import type { YieldWrap } from "effect/Utils"
import {
  askLoop,
  type Behaviour,
  type Binding,
  type Callbacks,
  type HandlesOf,
  type Indicators,
  mapCallbacks,
  type Prepared,
  RunView,
  startIndicators,
  type Strategy as Spec,
  type View
} from "./clients/strategy.js"
import * as Params from "./clients/params.js"
import { listOf, mapRisk, type Risk } from "./clients/risk.js"
import type { PositionView } from "./engine/state.js"
import type { DuplicateName, Problem } from "./model/errors.js"
import type { StrategyInterval } from "./model/interval.js"
import type { Answer, Breakeven, StopRules, Trailing } from "./model/signal.js"
import type { SizingProfile } from "./model/sizing.js"
import type { RunServices } from "./services/Context.js"
import { SchemaRegistry } from "./services/SchemaRegistry.js"

export { boolean, int, literal, number, param } from "./clients/params.js"
export type { Param } from "./clients/params.js"
export type { Callbacks, View } from "./clients/strategy.js"
export type { PositionView } from "./engine/state.js"

/** A strategy, and the Layer that registers it by its name, with the services it needs captured. */
export interface Strategy<out P, out R> extends Spec<P, R | RunServices> {
  readonly layer: Layer.Layer<never, DuplicateName, SchemaRegistry | R>
}

/** The options of a strategy. */
export interface Options<F extends Params.Fields, I extends Indicators, R> {
  /** How often it is asked; without one, at every candle of the exchange's finest interval. */
  readonly interval?: StrategyInterval
  /**
   * How far back `candles(…)` should reach at the frame's start where an exchange serves candles by page. What the
   * indicators need is read anyway; files and memory show everything they have.
   */
  readonly history?: Duration.DurationInput
  /** Risk profiles that all have to pass each of its signals: definitions, or names of registered ones. */
  readonly risk?: Risk<R> | string | ReadonlyArray<Risk<R> | string>
  /** How its signals are sized where the run does not say otherwise; makes the run report money. */
  readonly sizing?: SizingProfile | string
  /** Its parameters; each is a Schema with a default. */
  readonly params?: F
  /** Its indicators, from its parameters. It is not asked before all of them have a value. */
  readonly indicators?: (params: Params.TypeOf<F>) => I
  /**
   * A trailing stop for each of its signals that does not bring its own (`trailing: false` for none): `{ percent }` of
   * the best price since the entry or `{ distance }` in quote currency, from the start or once `activation` % ahead.
   * It moves at a candle's close, only ever tightens, and acts from the next candle on.
   */
  readonly trailing?: Trailing
  /**
   * A breakeven stop, likewise: once the best price is `after` % (gross) ahead of the fill, the stop moves to where the
   * trade comes out at nothing. `after` has to cover the costs of a trade: just over 0.4 % with the default ones.
   */
  readonly breakeven?: Breakeven
  /** Asked at due instants while the position is open; true closes it at the next open. */
  readonly exit?: (view: View<Params.TypeOf<F>, HandlesOf<I>>, position: PositionView) => boolean
  /** Effects to run when something happens to its signals. */
  readonly callbacks?: Callbacks<R>
}

/** The second step: what the strategy does when it is asked. */
export interface Builder<P, Handles, R0> {
  /** A plain function: no Effect per ask, the fastest shape. */
  readonly signal: (signal: (view: View<P, Handles>) => Answer) => Strategy<P, R0>
  /** An Effect, run once when a run begins, that reads its services and gives a plain function. */
  readonly setup: <E, R = never>(
    setup: Effect.Effect<(view: View<P, Handles>) => Answer, E, R | RunServices>
  ) => Strategy<P, R0 | R>
  /** Effects per ask (I/O, a model): a function that gives an Effect, or a generator function. */
  readonly signalEffect: {
    <Eff extends YieldWrap<Effect.Effect<unknown, unknown, unknown>>>(
      signal: (view: View<P, Handles>) => Generator<Eff, Answer, never>
    ): Strategy<P, R0 | Exclude<RequirementsOf<Eff>, RunServices>>
    <E, R = never>(signal: (view: View<P, Handles>) => Effect.Effect<Answer, E, R | RunServices>): Strategy<P, R0 | R>
  }
}

type RequirementsOf<Eff> = Eff extends YieldWrap<Effect.Effect<infer _A, infer _E, infer R>> ? R : never

type None = Readonly<Record<never, never>>

/**
 * The definition of a strategy: a name, options, and then one of `signal`, `setup` and `signalEffect`. Pass it to a
 * run directly, or register it with its `layer` and run it by name.
 */
export const make = <F extends Params.Fields = None, I extends Indicators = None, R = never>(
  name: string,
  options: Options<F, I, R> = {}
): Builder<Params.TypeOf<F>, HandlesOf<I>, R> => {
  type P = Params.TypeOf<F>
  type Asked = View<P, HandlesOf<I>>

  const define = <R1>(
    behave: (view: Asked, exit: (() => boolean) | undefined) => Behaviour<R1 | RunServices>
  ): Strategy<P, R | R1> => {
    const spec: Spec<P, R | R1 | RunServices> = {
      name,
      interval: options.interval,
      history: Duration.toMillis(options.history ?? 0),
      risk: listOf(options.risk),
      sizing: options.sizing,
      prepare: (input) =>
        Either.flatMap(Params.decode(options.params, input), (params) =>
          Either.map(indicatorsFor(options, params), (indicators): Prepared<R | R1 | RunServices> => ({
            params,
            indicators: indicators ?? {},
            asksExit: options.exit !== undefined,
            stops: stopsOf(options),
            callbacks: options.callbacks,
            bind: (binding, interval) => {
              const { feeds, handles } = startIndicators(indicators, binding.market, interval)
              const view = new RunView(binding, params, handles)
              return { feeds, behaviour: behave(view, exitOf(options.exit, view, binding)) }
            }
          }))
        )
    }
    return { ...spec, layer: registration(spec) }
  }

  return {
    signal: (signal) => define<never>((view, exit) => ({ _tag: "Plain", asker: { signal: () => signal(view), exit } })),
    setup: <E, R1 = never>(setup: Effect.Effect<(view: Asked) => Answer, E, R1 | RunServices>) =>
      define<R1>((view, exit) => ({
        _tag: "Setup",
        setup: Effect.map(setup, (signal) => ({ signal: () => signal(view), exit }))
      })),
    signalEffect: <E, R1 = never>(
      signal: (
        view: Asked
      ) =>
        | Generator<YieldWrap<Effect.Effect<unknown, E, R1 | RunServices>>, Answer, never>
        | Effect.Effect<Answer, E, R1 | RunServices>
    ) => define<R1>((view, exit) => ({ _tag: "Effect", asks: askLoop(askOf(signal, view), exit) }))
  }
}

/** The indicators a strategy declares for its parameters; a declaration that throws is a problem to report. */
const indicatorsFor = <F extends Params.Fields, I extends Indicators, R>(
  options: Options<F, I, R>,
  params: Params.TypeOf<F>
): Either.Either<I | undefined, ReadonlyArray<Problem>> =>
  Either.try({
    try: () => options.indicators?.(params),
    catch: (error) => [{ path: "indicators", message: error instanceof Error ? error.message : String(error) }]
  })

const stopsOf = ({ breakeven, trailing }: StopRules): StopRules => ({
  ...(trailing === undefined ? {} : { trailing }),
  ...(breakeven === undefined ? {} : { breakeven })
})

const exitOf = <V>(
  exit: ((view: V, position: PositionView) => boolean) | undefined,
  view: V,
  { position }: Binding
): (() => boolean) | undefined =>
  exit === undefined
    ? undefined
    : () => {
        const present = position()
        return present !== null && exit(view, present)
      }

/**
 * One Effect that asks at whatever instant it is run. A generator function is wrapped once, not per ask: what V8 does
 * for a new one costs more than the ask.
 */
const askOf = <V, E, R>(
  signal: (view: V) => Generator<YieldWrap<Effect.Effect<unknown, E, R>>, Answer, never> | Effect.Effect<Answer, E, R>,
  view: V
): Effect.Effect<Answer, E, R> =>
  Effect.suspend(() => {
    const asked = signal(view)
    return Effect.isEffect(asked) ? asked : Effect.gen(() => asked)
  })

/** Registers a definition with the services it needs, captured when the Layer is built. */
const registration = <P, R>(spec: Spec<P, R | RunServices>): Layer.Layer<never, DuplicateName, SchemaRegistry | R> =>
  Layer.scopedDiscard(
    Effect.gen(function* () {
      const registry = yield* SchemaRegistry
      const captured = yield* Effect.context<R>()
      yield* registry.strategy.register(provided(spec, captured))
    })
  )

/** The same strategy with what it needs besides the run's own services provided. */
const provided = <P, R>(spec: Spec<P, R | RunServices>, captured: Context.Context<R>): Spec<P, RunServices> => {
  const provide = <A, E>(effect: Effect.Effect<A, E, R | RunServices>): Effect.Effect<A, E, RunServices> =>
    Effect.mapInputContext(effect, (run: Context.Context<RunServices>) => Context.merge(captured, run))
  return {
    name: spec.name,
    interval: spec.interval,
    history: spec.history,
    risk: spec.risk.map((risk) => (typeof risk === "string" ? risk : mapRisk(risk, provide))),
    sizing: spec.sizing,
    prepare: (input) =>
      Either.map(spec.prepare(input), (prepared) => ({
        ...prepared,
        callbacks: prepared.callbacks && mapCallbacks(prepared.callbacks, provide),
        bind: (binding, interval) => {
          const { behaviour, feeds } = prepared.bind(binding, interval)
          return { feeds, behaviour: mapBehaviour(behaviour, provide) }
        }
      }))
  }
}

type Provide<R, R2> = <A, E>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R2>

const mapBehaviour = <R, R2>(behaviour: Behaviour<R>, provide: Provide<R, R2>): Behaviour<R2> => {
  switch (behaviour._tag) {
    case "Plain":
      return behaviour
    case "Setup":
      return { _tag: "Setup", setup: provide(behaviour.setup) }
    case "Effect":
      return { _tag: "Effect", asks: (driver) => provide(behaviour.asks(driver)) }
  }
}
