/**
 * Context category: what a run is and where it stands, put into the run once.
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"

/** How strategies are being run. */
export type Mode = "backtest" | "replay" | "live"

/** The run as it executes. */
export class ExecutionContext extends Context.Tag("effect-backtest/ExecutionContext")<
  ExecutionContext,
  {
    readonly mode: Mode
    readonly runId: string
    readonly symbol: string
    /** The run's instant, epoch milliseconds. */
    readonly now: Effect.Effect<number>
  }
>() {}

/** The names a run was started with. */
export class MethodContext extends Context.Tag("effect-backtest/MethodContext")<
  MethodContext,
  {
    readonly strategy: string
    readonly exchange: string
    readonly frame: string
  }
>() {}
