/**
 * Command category: validates, then executes. Where the work is done is this Layer's choice; here, in process.
 */
import * as Cause from "effect/Cause"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import type { RunError } from "../model/errors.js"
import { EventHub } from "./EventHub.js"
import { Logic, type Session } from "./Logic.js"
import { Runs, type RunStatus } from "./Runs.js"
import { type BacktestOptions, type ReplayOptions, type ResolvedRun, Validation } from "./Validation.js"

/** A run opened by a command. */
export interface OpenRun<R> extends Session<R> {
  readonly id: string
}

export class Command extends Context.Tag("effect-backtest/Command")<
  Command,
  {
    /** Puts a backtest together; it begins when its events are read, and its scope holds what it uses. */
    readonly backtest: <Params, R>(
      symbol: string,
      options: BacktestOptions<Params, R>
    ) => Effect.Effect<OpenRun<R>, RunError, R | Scope.Scope>
    /** The same for recorded signals. */
    readonly replay: <R>(
      symbol: string,
      options: ReplayOptions<R>
    ) => Effect.Effect<OpenRun<R>, RunError, R | Scope.Scope>
  }
>() {}

export const layer: Layer.Layer<Command, never, Validation | Logic | Runs | EventHub> = Layer.effect(
  Command,
  Effect.gen(function* () {
    const validation = yield* Validation
    const logic = yield* Logic
    const runs = yield* Runs
    const hub = yield* EventHub

    const execute = Effect.fnUntraced(function* <R>(mode: "backtest" | "replay", run: ResolvedRun<R>) {
      const { exchange, frame, strategy, symbol } = run
      const entry = yield* runs.begin({ mode, symbol, strategy, exchange: exchange.name, frame: frame.name })
      yield* Effect.addFinalizer((exit) => entry.end(statusOf(exit)))
      const session = yield* logic.open(run, entry.id)
      const ended = (exit: Exit.Exit<unknown, unknown>) =>
        Effect.sync(() => {
          if (Exit.isSuccess(exit)) hub.publish({ _tag: "Done", runId: entry.id })
          else hub.publish({ _tag: "RunFailed", runId: entry.id, cause: exit.cause })
        }).pipe(Effect.zipRight(entry.end(statusOf(exit))))
      return { ...session, id: entry.id, events: Stream.ensuringWith(session.events, ended) }
    })

    return {
      backtest: (symbol, options) =>
        Effect.flatMap(validation.backtest(symbol, options), (run) => execute("backtest", run)),
      replay: (symbol, options) => Effect.flatMap(validation.replay(symbol, options), (run) => execute("replay", run))
    }
  })
)

const statusOf = (exit: Exit.Exit<unknown, unknown>): Exclude<RunStatus, "running"> =>
  Exit.isSuccess(exit) ? "done" : Cause.isInterruptedOnly(exit.cause) ? "stopped" : "failed"
