/**
 * Validation category: names and options in, a resolved run out. Every problem is collected before anything starts,
 * and nothing downstream can be missing.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Layer from "effect/Layer"
import type { Exchange } from "../clients/exchange.js"
import * as FrameClient from "../clients/frame.js"
import type { Prepared, Strategy } from "../clients/strategy.js"
import { settingsProblems } from "../engine/settings.js"
import { InvalidRun, type Problem, type UnknownName } from "../model/errors.js"
import { FillPolicy, GapPolicy } from "../model/fill.js"
import type { StrategyInterval } from "../model/interval.js"
import type { Settings } from "../model/settings.js"
import type { RecordedSignal } from "../model/signal.js"
import { Base } from "./Base.js"
import type { RunServices } from "./Context.js"
import { SchemaRegistry } from "./SchemaRegistry.js"

/** How a run is to be done, whatever it runs. */
export interface RunOptions<out R> {
  readonly exchange: Exchange<R> | string
  readonly frame: FrameClient.Frame | string
  readonly settings?: Partial<Settings> | undefined
  /** Fill policy, default `realistic`. */
  readonly fill?: FillPolicy | undefined
  /** What to do about missing candles, default `skip`. */
  readonly gaps?: GapPolicy | undefined
  /** Seed of everything generated, as signal ids; default 0. */
  readonly seed?: number | undefined
  /** `signals` (default): what happens to signals. `all`: every tick, candle and partial level too. */
  readonly events?: "signals" | "all" | undefined
}

/** What `Backtest.run` takes. */
export interface BacktestOptions<out Params, out R> extends RunOptions<R> {
  readonly strategy: Strategy<Params, R | RunServices> | string
  readonly params?: Partial<Params> | undefined
}

/** What `Replay.run` takes. */
export interface ReplayOptions<out R> extends RunOptions<R> {
  readonly signals: ReadonlyArray<RecordedSignal>
  /** Name of the signals' origin in reports; default `replay`. */
  readonly name?: string | undefined
}

/** What asks for trades in a run: a strategy, or recorded signals. */
export type Asking<R> =
  | {
      readonly _tag: "Strategy"
      readonly prepared: Prepared<R>
      readonly interval: StrategyInterval | undefined
      readonly history: number
    }
  | { readonly _tag: "Recorded"; readonly signals: ReadonlyArray<RecordedSignal> }

/** A run of which every part is known to be there and to make sense. */
export interface ResolvedRun<R> {
  readonly symbol: string
  readonly strategy: string
  readonly asking: Asking<R | RunServices>
  readonly exchange: Exchange<R>
  readonly frame: FrameClient.FrameClient
  readonly settings: Settings
  readonly fill: FillPolicy
  readonly gaps: GapPolicy
  readonly seed: number
  readonly all: boolean
}

export class Validation extends Context.Tag("effect-backtest/Validation")<
  Validation,
  {
    readonly backtest: <Params, R>(
      symbol: string,
      options: BacktestOptions<Params, R>
    ) => Effect.Effect<ResolvedRun<R>, InvalidRun | UnknownName>
    readonly replay: <R>(
      symbol: string,
      options: ReplayOptions<R>
    ) => Effect.Effect<ResolvedRun<R>, InvalidRun | UnknownName>
  }
>() {}

export const layer: Layer.Layer<Validation, never, Base | SchemaRegistry> = Layer.effect(
  Validation,
  Effect.gen(function* () {
    const base = yield* Base
    const registry = yield* SchemaRegistry

    const common = Effect.fnUntraced(function* <R>(symbol: string, options: RunOptions<R>) {
      const problems: Array<Problem> = []
      const exchange: Exchange<R> =
        typeof options.exchange === "string" ? yield* registry.exchange.get(options.exchange) : options.exchange
      const definition = typeof options.frame === "string" ? yield* registry.frame.get(options.frame) : options.frame
      const frame = FrameClient.make(definition)
      if (Either.isLeft(frame)) problems.push(...frame.left)
      const settings: Settings = { ...base.settings, ...options.settings }
      problems.push(...settingsProblems(settings))
      const { fill = "realistic", gaps = "skip", seed = 0 } = options
      const fills: ReadonlyArray<string> = FillPolicy.literals
      if (!fills.includes(fill)) {
        problems.push({ path: "fill", message: `"${fill}" is not one of ${FillPolicy.literals.join(", ")}` })
      }
      const gapPolicies: ReadonlyArray<string> = GapPolicy.literals
      if (!gapPolicies.includes(gaps)) {
        problems.push({ path: "gaps", message: `"${gaps}" is not one of ${GapPolicy.literals.join(", ")}` })
      }
      if (!Number.isFinite(seed)) problems.push({ path: "seed", message: `${seed} is not a finite number` })
      if (symbol === "") problems.push({ path: "symbol", message: "is empty; name one" })
      const parts = { symbol, exchange, settings, fill, gaps, seed, all: options.events === "all" }
      return { problems, frame, parts }
    })

    return {
      backtest: Effect.fnUntraced(function* (symbol, options) {
        const { frame, parts, problems } = yield* common(symbol, options)
        const strategy =
          typeof options.strategy === "string" ? yield* registry.strategy.get(options.strategy) : options.strategy
        const prepared = strategy.prepare({ ...options.params })
        if (Either.isLeft(prepared)) problems.push(...prepared.left)
        else problems.push(...indicatorProblems(prepared.right))
        if (problems.length > 0 || Either.isLeft(frame) || Either.isLeft(prepared)) {
          return yield* new InvalidRun({ problems })
        }
        return {
          ...parts,
          strategy: strategy.name,
          asking: {
            _tag: "Strategy",
            prepared: prepared.right,
            interval: strategy.interval,
            history: strategy.history
          },
          frame: frame.right
        }
      }),
      replay: Effect.fnUntraced(function* (symbol, options) {
        const { frame, parts, problems } = yield* common(symbol, options)
        problems.push(...timeProblems(options.signals))
        if (problems.length > 0 || Either.isLeft(frame)) return yield* new InvalidRun({ problems })
        return {
          ...parts,
          strategy: options.name ?? "replay",
          asking: { _tag: "Recorded", signals: options.signals },
          frame: frame.right
        }
      })
    }
  })
)

/** A time that is no number belongs to no tick: the replay would wait for it for ever. */
const timeProblems = (signals: ReadonlyArray<RecordedSignal>): ReadonlyArray<Problem> =>
  signals.flatMap(({ time }, i) =>
    Number.isFinite(time)
      ? []
      : [{ path: `signals[${i}].time`, message: `${String(time)} is not a time; give epoch milliseconds` }]
  )

const indicatorProblems = <R>(prepared: Prepared<R>): ReadonlyArray<Problem> =>
  Object.entries(prepared.indicators).flatMap(([name, { problem }]) =>
    problem === undefined ? [] : [{ path: `indicators.${name}`, message: problem }]
  )
