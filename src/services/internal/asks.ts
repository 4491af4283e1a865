/**
 * Single asks of an Effect-valued strategy, for runs that take turns with others: each on a fiber of its own, which the
 * strategy's watchdog interrupts when it overruns its timeout.
 */
import type * as Cause from "effect/Cause"
import type * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as FiberId from "effect/FiberId"
import type * as Scope from "effect/Scope"
import type { Driver } from "../../clients/strategy.js"
import type { Ask } from "../../engine/walk.js"
import { overrun } from "./pager.js"
import * as SimulatedClock from "./simulatedClock.js"
import { type Watched, watchdog } from "./watchdog.js"

/** What came of an ask. */
export type Answered = Exit.Exit<unknown, unknown>

export const makeAsks = <R>(
  asks: (driver: Driver) => Effect.Effect<void, unknown, R>,
  options: { readonly clock: Clock.Clock; readonly timeout: number; readonly now: () => number }
): Effect.Effect<(ask: Ask) => Effect.Effect<Answered, never, R>, never, Scope.Scope> =>
  Effect.gen(function* () {
    const { clock, now, timeout } = options
    const turn = new Turn(clock, timeout)
    const simulated = SimulatedClock.make(clock, now)
    yield* Effect.forkScoped(watchdog(clock, turn))
    const loop = Effect.withClock(asks(turn), simulated)
    return (ask) =>
      Effect.flatMap(Effect.fork(loop), (fiber) => {
        turn.begin(ask, () => fiber.unsafeInterruptAsFork(FiberId.none))
        return Effect.onInterrupt(Fiber.await(fiber), () => Fiber.interrupt(fiber))
      }).pipe(Effect.map((exit) => turn.end(exit)))
  })

/** One ask, and then no more. */
class Turn implements Driver, Watched {
  readonly timeout: number
  readonly #clock: Clock.Clock
  #ask: Ask | null = null
  #isAsking = false
  #since = 0
  #answer: unknown = undefined
  #interrupt: () => void = () => {}
  #overran: Cause.Cause<unknown> | null = null

  constructor(clock: Clock.Clock, timeout: number) {
    this.#clock = clock
    this.timeout = timeout
  }

  begin(ask: Ask, interrupt: () => void): void {
    this.#ask = ask
    this.#isAsking = true
    this.#since = this.#clock.unsafeCurrentTimeMillis()
    this.#answer = undefined
    this.#overran = null
    this.#interrupt = interrupt
  }

  advance(): Ask | "stop" {
    const ask = this.#ask
    this.#ask = null
    return ask ?? "stop"
  }

  answer(answer: unknown): void {
    this.#answer = answer
  }

  answerExit(exit: boolean): void {
    this.#answer = exit
  }

  end(exit: Exit.Exit<void, unknown>): Answered {
    this.#isAsking = false
    if (this.#overran !== null) return Exit.failCause(this.#overran)
    const took = this.#clock.unsafeCurrentTimeMillis() - this.#since
    if (took > this.timeout) return Exit.failCause(overrun(took, this.timeout))
    return Exit.isSuccess(exit) ? Exit.succeed(this.#answer) : exit
  }

  left(): number | undefined {
    return this.#isAsking ? this.#since + this.timeout - this.#clock.unsafeCurrentTimeMillis() : undefined
  }

  overrun(): void {
    this.#overran = overrun(this.#clock.unsafeCurrentTimeMillis() - this.#since, this.timeout)
    this.#interrupt()
  }
}
