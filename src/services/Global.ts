/**
 * Global category: what handlers and users can ask of running runs. For now the partial levels of open positions;
 * risk, sizing and the optimizer join with their features.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Event } from "../model/event.js"

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
      /** Levels of a run's open position; null when it is flat. */
      readonly levels: (runId: string) => Effect.Effect<PartialLevels | null>
      /** Takes in a run's events. */
      readonly observe: (runId: string, events: ReadonlyArray<Event>) => void
      /** The run is over. */
      readonly forget: (runId: string) => void
    }
  }
>() {}

export const layer: Layer.Layer<Global> = Layer.sync(Global, () => {
  const open = new Map<string, PartialLevels>()

  const take = (runId: string, event: Event): void => {
    switch (event._tag) {
      case "Opened":
        open.set(runId, { signalId: event.signal.id, profit: 0, loss: 0 })
        return
      case "PartialProfit":
        open.set(runId, { loss: 0, ...open.get(runId), signalId: event.signal.id, profit: event.level })
        return
      case "PartialLoss":
        open.set(runId, { profit: 0, ...open.get(runId), signalId: event.signal.id, loss: event.level })
        return
      case "Closed":
        open.delete(runId)
        return
      default:
        return
    }
  }

  return {
    partial: {
      levels: (runId) => Effect.sync(() => open.get(runId) ?? null),
      observe: (runId, events) => {
        for (const event of events) take(runId, event)
      },
      forget: (runId) => {
        open.delete(runId)
      }
    }
  }
})
