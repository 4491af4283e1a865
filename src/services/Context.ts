/**
 * Context category: what a run is, where it stands and what it can see, put into the run once.
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { Candles } from "../engine/cursor.js"
import type { PositionView } from "../engine/state.js"
import type { CandleInterval } from "../model/interval.js"

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

/** The market as an Effect-valued strategy sees it: closed candles only, at the run's instant. */
export class Market extends Context.Tag("effect-backtest/Market")<
  Market,
  {
    /** The run's instant, epoch milliseconds. */
    readonly when: Effect.Effect<number>
    /** Average price (VWAP) of the last closed base candles. */
    readonly price: Effect.Effect<number>
    /** Milliseconds since the newest candle closed. */
    readonly priceAge: Effect.Effect<number>
    /** Closed candles of an interval. */
    readonly candles: (interval: CandleInterval) => Effect.Effect<Candles>
    /** The open position, if any. */
    readonly position: Effect.Effect<PositionView | null>
  }
>() {}

/** What a run provides to its strategy: never asked of the user. */
export type RunServices = ExecutionContext | MethodContext | Market
