/**
 * Global category: what handlers and users can ask of running runs: the partial levels of open positions, and the
 * accounts behind them with everything they have taken on, and what a sizing would make of a trade on them. The
 * optimizer joins with its feature.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Desk } from "../clients/risk.js"
import type { PositionView } from "../engine/state.js"
import * as Sizing from "../engine/sizing.js"
import type { SizingError } from "../model/errors.js"
import type { RiskAccount, RiskPosition } from "../model/risk.js"
import type { SizingInput, SizingProfile } from "../model/sizing.js"

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
    readonly sizing: {
      /** The quantity a sizing gives for a trade at an account's present balance; null when the account is not known. */
      readonly quantity: (
        account: string,
        profile: SizingProfile,
        trade: Omit<SizingInput, "balance">
      ) => Effect.Effect<number | null, SizingError>
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
    },
    sizing: {
      quantity: (account, profile, trade) =>
        Effect.suspend(() => {
          const balance = desks.get(account)?.account.balance
          return balance === undefined ? Effect.succeed(null) : Sizing.quantity(profile, { ...trade, balance })
        })
    }
  }
})
