/**
 * How one page of a run is walked, by the shape of what asks: plain functions in a synchronous loop, recorded signals
 * by their times, Effects in one Effect loop under a watchdog (see effectPager).
 */
import * as Cause from "effect/Cause"
import type * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type { Asker } from "../../clients/strategy.js"
import type { Recorded } from "../../engine/recorded.js"
import type { Ask } from "../../engine/walk.js"
import type { Failed } from "../../model/event.js"
import type { RunServices } from "../Context.js"
import type { RunCore } from "../Core.js"
import type { ResolvedRun } from "../Validation.js"

export interface Pager<out R> {
  /** Walks on to candle `bound` at most; may stop earlier. */
  readonly page: (bound: number) => Effect.Effect<void, never, R>
  /** An ask is due that the events before it put off, maybe at the very last candle. */
  readonly isPending?: () => boolean
}

/** What every pager works with. */
export interface PageContext<R> {
  readonly run: ResolvedRun<R>
  readonly core: RunCore<R>
  /** The real clock, whatever strategies are told. */
  readonly clock: Clock.Clock
  /** The longest a page keeps the event loop waiting, ms. */
  readonly pageMillis: number
  readonly warmth: Warmth
  /** Logs of the strategy's code say which run they come from. */
  readonly labelled: <A, E, R2>(effect: Effect.Effect<A, E, R2>) => Effect.Effect<A, E, R2>
}

/** The effect with the run's own services; what it needs besides is the user's. */
export const withServices = <A, E, R>(
  effect: Effect.Effect<A, E, R | RunServices>,
  services: Context.Context<RunServices>
): Effect.Effect<A, E, R> => Effect.mapInputContext(effect, (user: Context.Context<R>) => Context.merge(user, services))

/** Whether every indicator has a value; once they all do, they go on having one. */
export class Warmth {
  #warm: boolean
  readonly #feeds: RunCore<never>["feeds"]

  constructor(feeds: RunCore<never>["feeds"]) {
    this.#feeds = feeds
    this.#warm = feeds.length === 0
  }

  get isWarm(): boolean {
    if (!this.#warm) this.#warm = this.#feeds.every(({ feed }) => feed.isWarm())
    return this.#warm
  }

  /** An indicator that never got warm, so that the strategy was never asked. */
  get cold():
    | { readonly name: string; readonly warmup: number; readonly has: number; readonly interval: number }
    | undefined {
    const found = this.isWarm ? undefined : this.#feeds.find(({ feed }) => !feed.isWarm())
    return (
      found && {
        name: found.feed.name,
        warmup: found.feed.warmup,
        has: found.cursor.index + 1,
        interval: found.interval
      }
    )
  }
}

/** From this timeout on, fast asks need not be timed one by one, ms. */
export const coarseTimeout = 1000
/** Most asks between two looks at the clock. */
export const longestStride = 16

/**
 * Plain functions, asked in one synchronous loop. A look at the clock costs more than most asks, so while asks are
 * fast and answer nothing, it is taken every few of them; an overrun is then told at the last of those.
 */
export const plainPager = <R>({ clock, core, pageMillis, run, warmth }: PageContext<R>, asker: Asker): Pager<never> => {
  const { walk } = core
  const timeout = run.settings.signalTimeout * 1000
  const mostUntimed = timeout < coarseTimeout ? 1 : longestStride
  let stride = 1

  const walkPage = (bound: number): void => {
    let last = clock.unsafeCurrentTimeMillis()
    const deadline = last + pageMillis
    let untimed = 0
    let warm = warmth.isWarm
    while (true) {
      const next = walk.next(bound)
      if (next !== "signal" && next !== "exit") return
      if (!warm) {
        warm = warmth.isWarm
        if (!warm) {
          walk.moveOn()
          continue
        }
      }
      const answer = ask(asker, next)
      untimed++
      if (untimed < stride && (answer === null || answer === undefined) && next === "signal") {
        walk.answer(null)
        continue
      }
      const now = clock.unsafeCurrentTimeMillis()
      const took = now - last
      if (answer instanceof Thrown) walk.fail(failed(run, core, Cause.die(answer.error)), next)
      else if (took > timeout) walk.fail(failed(run, core, overrun(took, timeout)), next)
      else if (next === "exit") walk.answerExit(answer === true)
      else walk.answer(answer)
      if (now >= deadline) return
      stride = took < 1 ? Math.min(stride * 2, mostUntimed) : 1
      untimed = 0
      last = now
    }
  }

  return { page: (bound) => Effect.sync(() => walkPage(bound)) }
}

/** What a plain function threw, told apart from anything it could answer. */
export class Thrown {
  readonly error: unknown
  constructor(error: unknown) {
    this.error = error
  }
}

export const ask = (asker: Asker, next: Ask): unknown => {
  try {
    return next === "signal" ? asker.signal() : asker.exit?.()
  } catch (error) {
    return new Thrown(error)
  }
}

/** Recorded signals, each offered at the tick it belongs to. */
export const recordedPager = <R>({ core }: Pick<PageContext<R>, "core">, recorded: Recorded): Pager<never> => {
  const { market, tape, walk } = core
  let begun = false

  const walkPage = (bound: number): void => {
    if (!begun) recorded.begin(walk, tape.columns().timestamp[0])
    begun = true
    while (true) {
      walk.due = recorded.due
      if (walk.next(bound) === "page") return
      while (recorded.offer(walk, market.when));
      walk.moveOn()
    }
  }

  return { page: (bound) => Effect.sync(() => walkPage(bound)) }
}

/** A failed ask at the present tick. */
export const failed = <R>(run: ResolvedRun<R>, { market }: RunCore<R>, cause: Cause.Cause<unknown>): Failed => ({
  _tag: "Failed",
  when: market.when,
  symbol: run.symbol,
  strategy: run.strategy,
  message: messageOf(cause),
  cause
})

/** Why an ask that took too long failed. */
export const overrun = (took: number, timeout: number): Cause.Cause<unknown> =>
  Cause.fail(new Error(`the ask took ${took} ms, longer than its ${timeout} ms (setting signalTimeout)`))

/** One line about what went wrong. */
export const messageOf = (cause: Cause.Cause<unknown>): string => {
  const error = Cause.squash(cause)
  const text =
    error instanceof Error ? error.message || error.name : typeof error === "string" ? error : Cause.pretty(cause)
  return text.split("\n", 1)[0]
}
