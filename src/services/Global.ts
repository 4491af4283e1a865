/**
 * Global category: what handlers and users can ask of running runs: the partial levels of open positions, and the
 * accounts behind them with everything they have taken on. Sizing and the optimizer join with their features.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Desk } from "../clients/risk.js"
import type { PositionView } from "../engine/state.js"
import type { RiskAccount, RiskPosition } from "../model/risk.js"

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
    readonly risk: {
      /** Everything an account has reserved or open, in the order it was taken on; empty when it is not known. */
      readonly positions: (account: string) => Effect.Effect<ReadonlyArray<RiskPosition>>
      /** An account in numbers; null when it is not known. Its day is the one it was last used in. */
      readonly account: (account: string) => Effect.Effect<RiskAccount | null>
      /** From now on the account behind the desk is known by this name. */
      readonly follow: (account: string, desk: Desk) => Effect.Effect<void>
      /** The account is no longer in use. */
      readonly forget: (account: string) => Effect.Effect<void>
    }
  }
>() {}

export const layer: Layer.Layer<Global> = Layer.sync(Global, () => {
  const positions = new Map<string, () => PositionView | null>()
  const desks = new Map<string, Desk>()
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
    },
    risk: {
      positions: (account) => Effect.sync(() => desks.get(account)?.account.positions ?? []),
      account: (account) => Effect.sync(() => desks.get(account)?.account.state ?? null),
      follow: (account, desk) => Effect.sync(() => void desks.set(account, desk)),
      forget: (account) => Effect.sync(() => void desks.delete(account))
    }
  }
})
