/** What every mode does with an opened run: its events, its report, a handle on it in the background. */
import * as Effect from "effect/Effect"
import * as ExecutionStrategy from "effect/ExecutionStrategy"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import type { BacktestDocument, PortfolioDocument } from "../model/document.js"
import type { RunError } from "../model/errors.js"
import type { Event } from "../model/event.js"
import { Collector, PortfolioCollector } from "../report/collector.js"
import type { OpenRun } from "../services/Command.js"
import type { RunStatus } from "../services/Runs.js"

/** A run on a fiber of its own. */
export interface Handle<out Document = BacktestDocument> {
  readonly id: string
  readonly status: Effect.Effect<RunStatus>
  /** Interrupts the run and waits until it has let go of everything. */
  readonly stop: Effect.Effect<void>
  /** The finished run's document. */
  readonly await: Effect.Effect<Document, RunError>
}

type Opening<R, R2> = Effect.Effect<OpenRun<R>, RunError, R | R2 | Scope.Scope>

/** The events of a run, lazily. */
export const events = <R, R2>(
  opening: Opening<R, R2>
): Stream.Stream<Event, RunError, R | Exclude<R | R2, Scope.Scope>> =>
  Stream.unwrapScoped(Effect.map(opening, (run) => run.events))

/** What a run becomes once its events have been read. */
export type Gather<out Document> = <R>(run: OpenRun<R>) => Effect.Effect<Document, RunError, R>

/** Runs to the end and gathers everything. */
export const report = <R, R2, Document>(
  opening: Opening<R, R2>,
  gather: Gather<Document>
): Effect.Effect<Document, RunError, R | Exclude<R | R2, Scope.Scope>> => Effect.scoped(Effect.flatMap(opening, gather))

/** Runs on a fiber of the present scope. */
export const fork = <R, R2, Document>(
  opening: Opening<R, R2>,
  gather: Gather<Document>
): Effect.Effect<Handle<Document>, RunError, R | R2 | Scope.Scope> =>
  Effect.uninterruptibleMask((restore) =>
    Effect.gen(function* () {
      const outer = yield* Effect.scope
      // what the run holds goes with the run, not only with whoever started it
      const own = yield* Scope.fork(outer, ExecutionStrategy.sequential)
      const closing = (exit: Exit.Exit<unknown, unknown>) => Scope.close(own, exit)
      const run = yield* Effect.onError(restore(Scope.extend(opening, own)), (cause) => closing(Exit.failCause(cause)))
      const fiber = yield* Effect.forkIn(Effect.onExit(restore(gather(run)), closing), outer)
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

/** The document of a run of one slot. */
export const gatherOne: Gather<BacktestDocument> = (run) =>
  Effect.gen(function* () {
    const collector = new Collector()
    yield* observe(run, collector)
    const [outcome] = yield* run.outcomes
    return collector.document({ ...outcome, account: yield* run.account })
  })

/** The document of runs on one account. */
export const gatherAll: Gather<PortfolioDocument> = (run) =>
  Effect.gen(function* () {
    const collector = new PortfolioCollector()
    yield* observe(run, collector)
    return collector.document(yield* run.outcomes, yield* run.account)
  })

const observe = <R>(run: OpenRun<R>, collector: { readonly observe: (event: Event) => void }) =>
  Stream.runForEachChunk(run.events, (chunk) =>
    Effect.sync(() => {
      for (const event of chunk) collector.observe(event)
    })
  )
