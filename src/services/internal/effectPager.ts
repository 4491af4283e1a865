/**
 * Effect-valued strategies: one Effect loop per page, which ends at its first event, so that a consumer who takes no
 * more causes no other ask. One watchdog per run interrupts an ask that overruns its timeout.
 */
import type * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as FiberId from "effect/FiberId"
import type * as Scope from "effect/Scope"
import type { Driver } from "../../clients/strategy.js"
import { failed, overrun, type PageContext, type Pager } from "./pager.js"
import * as SimulatedClock from "./simulatedClock.js"
import { type Watched, watchdog } from "./watchdog.js"

export const effectPager = <R>(
  context: PageContext<R>,
  asks: (driver: Driver) => Effect.Effect<void, unknown, R>
): Effect.Effect<Pager<R>, never, Scope.Scope> =>
  Effect.gen(function* () {
    const { clock, core, run } = context
    const turn = new Turn(context)
    const loop = Effect.withClock(
      asks(turn),
      SimulatedClock.make(clock, () => core.market.when)
    )
    const guarded = Effect.catchAllCause(loop, (cause) => Effect.sync(() => turn.fail(failed(run, core, cause))))
    yield* Effect.forkScoped(watchdog(clock, turn))

    return {
      // on a fiber of its own, which the watchdog can interrupt without ending the run
      page: (bound) =>
        Effect.flatMap(Effect.fork(guarded), (fiber) => {
          turn.begin(bound, () => fiber.unsafeInterruptAsFork(FiberId.none))
          return Effect.onInterrupt(Fiber.await(fiber), () => Fiber.interrupt(fiber))
        }).pipe(Effect.zipRight(Effect.sync(() => turn.end()))),
      isPending: () => turn.isPending
    }
  })

/** The asks of a page, one after the other. */
class Turn<R> implements Driver, Watched {
  readonly timeout: number
  readonly #context: PageContext<R>
  #asking: "signal" | "exit" | null = null
  /** Due, and put off until the events before it have been taken. */
  #pending: "signal" | "exit" | null = null
  #since = 0
  #bound = 0
  #deadline = 0
  #overran: Cause.Cause<unknown> | null = null
  #interrupt: () => void = () => {}

  constructor(context: PageContext<R>) {
    this.#context = context
    this.timeout = context.run.settings.signalTimeout * 1000
  }

  get isPending(): boolean {
    return this.#pending !== null
  }

  begin(bound: number, interrupt: () => void): void {
    this.#since = this.#context.clock.unsafeCurrentTimeMillis()
    this.#deadline = this.#since + this.#context.pageMillis
    this.#bound = bound
    this.#interrupt = interrupt
  }

  /** The page is over; an ask that was interrupted is told of now that it has ended. */
  end(): void {
    const cause = this.#overran
    if (cause === null) return
    this.#overran = null
    this.fail(failed(this.#context.run, this.#context.core, cause))
  }

  advance(): "signal" | "exit" | "stop" {
    const { core, warmth } = this.#context
    const { walk } = core
    while (walk.events.length === 0 && this.#since < this.#deadline && this.#overran === null) {
      const next = this.#pending ?? walk.next(this.#bound)
      this.#pending = null
      if (next !== "signal" && next !== "exit") return "stop"
      if (warmth.isWarm) {
        // whoever takes no event after these causes no ask either
        if (walk.events.length > 0) {
          this.#pending = next
          return "stop"
        }
        this.#asking = next
        return next
      }
      walk.moveOn()
    }
    return "stop"
  }

  answer(answer: unknown): void {
    this.#settle((walk) => walk.answer(answer))
  }

  answerExit(exit: boolean): void {
    this.#settle((walk) => walk.answerExit(exit))
  }

  fail(event: ReturnType<typeof failed>): void {
    const kind = this.#asking
    this.#asking = null
    if (this.#overran === null) this.#context.core.walk.fail(event, kind ?? "signal")
  }

  /** How long the present ask may still take, ms; undefined when there is none. */
  left(): number | undefined {
    const now = this.#context.clock.unsafeCurrentTimeMillis()
    return this.#asking === null ? undefined : this.#since + this.timeout - now
  }

  /** Ends the present ask: what it may still answer is dropped. */
  overrun(): void {
    const now = this.#context.clock.unsafeCurrentTimeMillis()
    this.#overran = overrun(now - this.#since, this.timeout)
    this.#interrupt()
  }

  #settle(take: (walk: PageContext<R>["core"]["walk"]) => void): void {
    if (this.#overran !== null) return
    const { clock, core, run } = this.#context
    const kind = this.#asking ?? "signal"
    const now = clock.unsafeCurrentTimeMillis()
    const took = now - this.#since
    this.#since = now
    this.#asking = null
    if (took > this.timeout) core.walk.fail(failed(run, core, overrun(took, this.timeout)), kind)
    else take(core.walk)
  }
}
