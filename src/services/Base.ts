/**
 * Base category: the defaults of every run's settings, and logs that say which run they belong to.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { defaults, type Settings } from "../model/settings.js"

/** What a log line of a run is annotated with. */
export interface RunLabel {
  readonly runId: string
  readonly symbol: string
  readonly strategy: string
}

export class Base extends Context.Tag("effect-backtest/Base")<
  Base,
  {
    /** Settings of runs that do not say otherwise. */
    readonly settings: Settings
    /** Annotates the logs of an effect with the run they come from. */
    readonly labelled: (label: RunLabel) => <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>
  }
>() {}

/** Other defaults for the settings named. */
export const layerSettings = (settings: Partial<Settings>): Layer.Layer<Base> =>
  Layer.succeed(Base, {
    settings: { ...defaults, ...settings },
    labelled: ({ runId, strategy, symbol }) => Effect.annotateLogs({ run: runId, strategy, symbol })
  })

export const layer: Layer.Layer<Base> = layerSettings({})
