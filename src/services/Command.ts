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
import type { InvalidRun, RunError, UnknownName } from "../model/errors.js"
import type { Mode } from "./Context.js"
import { EventHub } from "./EventHub.js"
import { Logic, type Session } from "./Logic.js"
import { Runs, type RunStatus } from "./Runs.js"
import {
  type BacktestOptions,
  type PortfolioEntry,
  type ReplayOptions,
  type ResolvedRun,
  type RunOptions,
  Validation
} from "./Validation.js"

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
    /** The same for several strategies and symbols on one account. */
    readonly portfolio: <R>(
      entries: ReadonlyArray<PortfolioEntry<R>>,
      options: RunOptions<R>
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

    /** A run that does not make sense is told of, too. */
    const validated = <A>(mode: Mode, run: Effect.Effect<A, InvalidRun | UnknownName>) =>
      Effect.tapError(run, (error) => Effect.sync(() => hub.publish({ _tag: "Validation", mode, error })))

    const execute = Effect.fnUntraced(function* <R>(
      mode: Mode,
      slots: ReadonlyArray<ResolvedRun<R>>,
      open: (id: string) => Effect.Effect<Session<R>, RunError, R | Scope.Scope>
    ) {
      const names = (pick: (run: ResolvedRun<R>) => string) => [...new Set(slots.map(pick))].join(", ")
      const label = { mode, symbol: names((run) => run.symbol), strategy: names((run) => run.strategy) }
      const entry = yield* runs.begin({
        ...label,
        exchange: names((run) => run.exchange.name),
        frame: names((run) => run.frame.name)
      })
      let over = false
      // with its events, else (nobody read them, or there are none) with its scope
      const end = (exit: Exit.Exit<unknown, unknown>) =>
        Effect.suspend(() => {
          if (over) return Effect.void
          over = true
          const about = { runId: entry.id, ...label }
          if (Exit.isSuccess(exit)) hub.publish({ _tag: "Done", ...about })
          else hub.publish({ _tag: "RunFailed", ...about, cause: exit.cause })
          return entry.end(statusOf(exit))
        })
      yield* Effect.addFinalizer(end)
      const session = yield* open(entry.id)
      return { ...session, id: entry.id, events: Stream.ensuringWith(session.events, end) }
    })

    return {
      backtest: (symbol, options) =>
        Effect.flatMap(validated("backtest", validation.backtest(symbol, options)), (run) =>
          execute("backtest", [run], (id) => logic.open(run, id))
        ),
      portfolio: (entries, options) =>
        Effect.flatMap(validated("backtest", validation.portfolio(entries, options)), (portfolio) =>
          execute("backtest", portfolio.runs, (id) => logic.openPortfolio(portfolio, id))
        ),
      replay: (symbol, options) =>
        Effect.flatMap(validated("replay", validation.replay(symbol, options)), (run) =>
          execute("replay", [run], (id) => logic.open(run, id))
        )
    }
  })
)

const statusOf = (exit: Exit.Exit<unknown, unknown>): Exclude<RunStatus, "running"> =>
  Exit.isSuccess(exit) ? "done" : Cause.isInterruptedOnly(exit.cause) ? "stopped" : "failed"
