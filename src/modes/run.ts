/** What every mode does with an opened run: its events, its report, a handle on it in the background. */
import * as Effect from "effect/Effect"
import * as ExecutionStrategy from "effect/ExecutionStrategy"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import type { BacktestDocument } from "../model/document.js"
import type { RunError } from "../model/errors.js"
import type { Event } from "../model/event.js"
import type { OpenRun } from "../services/Command.js"
import { Markdown } from "../services/Markdown.js"
import type { RunStatus } from "../services/Runs.js"

/** A run on a fiber of its own. */
export interface Handle {
  readonly id: string
  readonly status: Effect.Effect<RunStatus>
  /** Interrupts the run and waits until it has let go of everything. */
  readonly stop: Effect.Effect<void>
  /** The finished run's document. */
  readonly await: Effect.Effect<BacktestDocument, RunError>
}

type Opening<R, R2> = Effect.Effect<OpenRun<R>, RunError, R | R2 | Scope.Scope>

/** The events of a run, lazily. */
export const events = <R, R2>(
  opening: Opening<R, R2>
): Stream.Stream<Event, RunError, R | Exclude<R | R2, Scope.Scope>> =>
  Stream.unwrapScoped(Effect.map(opening, (run) => run.events))

/** Runs to the end and gathers everything. */
export const report = <R, R2>(opening: Opening<R, R2>) => Effect.scoped(Effect.flatMap(opening, collect))

/** Runs on a fiber of the present scope. */
export const fork = <R, R2>(
  opening: Opening<R, R2>
): Effect.Effect<Handle, RunError, R | R2 | Markdown | Scope.Scope> =>
  Effect.uninterruptibleMask((restore) =>
    Effect.gen(function* () {
      const outer = yield* Effect.scope
      // what the run holds goes with the run, not only with whoever started it
      const own = yield* Scope.fork(outer, ExecutionStrategy.sequential)
      const closing = (exit: Exit.Exit<unknown, unknown>) => Scope.close(own, exit)
      const run = yield* Effect.onError(restore(Scope.extend(opening, own)), (cause) => closing(Exit.failCause(cause)))
      const fiber = yield* Effect.forkIn(Effect.onExit(restore(collect(run)), closing), outer)
      return {
        id: run.id,
        status: Effect.map(Fiber.poll(fiber), (exit) =>
          exit._tag === "None"
            ? "running"
            : Exit.isSuccess(exit.value)
              ? "done"
              : Exit.isInterrupted(exit.value)
                ? "stopped"
                : "failed"
        ),
        stop: Effect.asVoid(Fiber.interrupt(fiber)),
        await: Fiber.join(fiber)
      }
    })
  )

const collect = <R>(run: OpenRun<R>): Effect.Effect<BacktestDocument, RunError, R | Markdown> =>
  Effect.gen(function* () {
    const markdown = yield* Markdown
    const collector = markdown.backtest.data()
    yield* Stream.runForEachChunk(run.events, (chunk) =>
      Effect.sync(() => {
        for (const event of chunk) collector.observe(event)
      })
    )
    return collector.document({ run: yield* run.info, ...(yield* run.replayed) })
  })
