/**
 * Global category: what handlers and users can ask of running runs. For now the partial levels of open positions;
 * risk, sizing and the optimizer join with their features.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { PositionView } from "../engine/state.js"

/** Highest partial levels (10, 20 … 100 %) a run's open position has reached, 0 for none. */
export interface PartialLevels {
  readonly signalId: string
  readonly profit: number
  readonly loss: number
}

export class Global extends Context.Tag("effect-backtest/Global")<
  Global,
  {
    readonly partial: {
      /** Levels of a run's open position; null when it is flat or over. */
      readonly levels: (runId: string) => Effect.Effect<PartialLevels | null>
      /** From now on the run's position is known. */
      readonly follow: (runId: string, position: () => PositionView | null) => Effect.Effect<void>
      /** The run is over. */
      readonly forget: (runId: string) => Effect.Effect<void>
    }
  }
>() {}

export const layer: Layer.Layer<Global> = Layer.sync(Global, () => {
  const positions = new Map<string, () => PositionView | null>()
  return {
    partial: {
      levels: (runId) =>
        Effect.sync(() => {
          const position = positions.get(runId)?.()
          if (position === null || position === undefined) return null
          return { signalId: position.signal.id, profit: position.profitLevel, loss: position.lossLevel }
        }),
      follow: (runId, position) => Effect.sync(() => void positions.set(runId, position)),
      forget: (runId) => Effect.sync(() => void positions.delete(runId))
    }
  }
})
