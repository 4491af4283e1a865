/**
 * Listening to runs from outside: what they tell besides their own streams, on channels of typed messages. A slow or
 * failing listener never stops or skews a run: a slow one loses its oldest messages, counted; one that fails is logged
 * and given the next. The record of a run that loses nothing is its own stream.
 *
 * @example
 * ```ts
 * import { Backtest, Exchange, Frame, Kit, Listen, Strategy } from "effect-backtest"
 * import { Console, Effect, Stream } from "effect"
 *
 * const program = Effect.gen(function* () {
 *   yield* Listen.run(Listen.progress, ({ candles, symbol }) => Console.log(symbol, candles))
 *   yield* Listen.run(Listen.errors, (error) => Console.error(error))
 *   const firstLoss = yield* Listen.once(Listen.closed, ({ event }) => event.pnlPercent < 0)
 *   yield* Backtest.run("DEMO", {
 *     strategy: Strategy.make("never", {}).signal(() => null),
 *     exchange: Exchange.synthetic("demo"),
 *     frame: Frame.make("january", { interval: "1m", start: "2024-01-01", end: "2024-02-01" })
 *   }).pipe(Stream.runDrain)
 *   yield* Effect.timeoutOption(firstLoss, "1 second")
 * }).pipe(Effect.scoped, Effect.provide(Kit.layerNode))
 * ```
 */
import * as Cause from "effect/Cause"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import {
  type Cancelled,
  type Closed,
  type Event,
  type Failed,
  isPrimary,
  type PartialLoss,
  type PartialProfit,
  type Rejected
} from "./model/event.js"
import type { Mode } from "./services/Context.js"
import {
  type Channel,
  type Done,
  EventHub,
  type Message,
  type Performance,
  type Progress,
  type RunFailed,
  type Signal,
  type Validation
} from "./services/EventHub.js"

export type {
  About,
  Channel,
  Done,
  Message,
  Performance,
  Progress,
  RunFailed,
  Signal,
  Validation
} from "./services/EventHub.js"

/** The messages that fit. */
const those = <A extends Message>(
  needs: Channel<A>["needs"],
  fits: (message: Message) => message is A
): Channel<A> => ({ needs, select: (message) => (fits(message) ? message : undefined) })

const isTold = (message: Message): message is Signal => message._tag === "Signal" && isPrimary(message.event)

const isToldIn =
  (mode: Mode) =>
  (message: Message): message is Signal =>
    isTold(message) && message.mode === mode

/**
 * What happens to signals, in every mode: the events a run's stream has by default. Ticks, candles and partial levels
 * are not among them, whatever the run was asked to tell.
 */
export const signals: Channel<Signal> = those("signals", isTold)

/** The same of backtests only. */
export const signalsBacktest: Channel<Signal> = those("signals", isToldIn("backtest"))

/** The same of replays only. */
export const signalsReplay: Channel<Signal> = those("signals", isToldIn("replay"))

/** The same of live runs only. */
export const signalsLive: Channel<Signal> = those("signals", isToldIn("live"))

const isClosed = (message: Message): message is Signal<Closed> =>
  message._tag === "Signal" && message.event._tag === "Closed"

/** Closed trades. */
export const closed: Channel<Signal<Closed>> = those("signals", isClosed)

const isPartialProfit = (message: Message): message is Signal<PartialProfit> =>
  message._tag === "Signal" && message.event._tag === "PartialProfit"

const isPartialLoss = (message: Message): message is Signal<PartialLoss> =>
  message._tag === "Signal" && message.event._tag === "PartialLoss"

/** Levels on the way to the target. Runs that begin while somebody listens tell of them; their own streams stay as is. */
export const partialProfit: Channel<Signal<PartialProfit>> = those("partials", isPartialProfit)

/** Levels on the way to the stop; the same holds. */
export const partialLoss: Channel<Signal<PartialLoss>> = those("partials", isPartialLoss)

const refusals: ReadonlySet<string> = new Set(["risk", "cash", "sizing"])

const isRefusal = (event: Event): boolean =>
  (event._tag === "Rejected" && event.violations.some(({ code }) => refusals.has(code))) ||
  (event._tag === "Cancelled" && event.reason === "risk")

const isRefused = (message: Message): message is Signal<Rejected | Cancelled> =>
  message._tag === "Signal" && isRefusal(message.event)

/** What risk profiles, the account and the sizing refused: answers, and resting entries about to be filled. */
export const risk: Channel<Signal<Rejected | Cancelled>> = those("signals", isRefused)

const isStopped = (message: Message): message is RunFailed =>
  message._tag === "RunFailed" && Cause.isInterruptedOnly(message.cause)

const isFatal = (message: Message): message is RunFailed => message._tag === "RunFailed" && !isStopped(message)

const isError = (message: Message): message is Signal<Failed> | RunFailed =>
  isFatal(message) || (message._tag === "Signal" && message.event._tag === "Failed")

/** Everything that went wrong: asks that failed, after which a run goes on, and runs that failed. */
export const errors: Channel<Signal<Failed> | RunFailed> = those("signals", isError)

/** Runs that failed. A run ends on exactly one of `done`, `exit` and `stopped`. */
export const exit: Channel<RunFailed> = those("messages", isFatal)

/** Runs that were interrupted. */
export const stopped: Channel<RunFailed> = those("messages", isStopped)

/** Runs that came to their end, or as far as somebody read. */
export const done: Channel<Done> = those("messages", (message) => message._tag === "Done")

/** How far runs have come. */
export const progress: Channel<Progress> = those("messages", (message) => message._tag === "Progress")

/** How long the phases of runs took. */
export const performance: Channel<Performance> = those("messages", (message) => message._tag === "Performance")

/** Runs that were refused before they began. */
export const validation: Channel<Validation> = those("messages", (message) => message._tag === "Validation")

export interface Options {
  /**
   * Messages that wait for a listener slower than the runs; of more, the oldest are lost. Default 16,384; `Infinity`
   * loses nothing and holds whatever there is.
   */
  readonly capacity?: number
}

/** How a handler is called. */
export interface RunOptions extends Options {
  /** How long a closing scope waits for the handler to be through with what was told before; default 5 seconds. */
  readonly patience?: Duration.DurationInput
}

/** A listener at work. */
export interface Listener {
  /** How many messages it has lost because it was too slow. */
  readonly dropped: Effect.Effect<number>
}

/** Everything on a channel from the moment the stream is first pulled. It ends with its consumer. */
export const stream = <A>(channel: Channel<A>, options: Options = {}): Stream.Stream<A, never, EventHub> =>
  Stream.unwrapScoped(
    Effect.map(
      Effect.flatMap(EventHub, (hub) => hub.subscribe(channel, options.capacity)),
      ({ messages }) => messages
    )
  )

/**
 * Calls a handler with everything on a channel, one after the other, from now on until the scope closes. One that
 * fails or dies is logged, and called with the next. A closing scope waits until what was told before has been
 * handled, but not for ever: once `patience` is over, the handler is interrupted, the rest is let go, and that is
 * logged.
 */
export const run = <A, E, R>(
  channel: Channel<A>,
  handler: (message: A) => Effect.Effect<unknown, E, R>,
  { capacity, patience = "5 seconds" }: RunOptions = {}
): Effect.Effect<Listener, never, EventHub | Scope.Scope | R> =>
  Effect.acquireRelease(
    Effect.gen(function* () {
      const hub = yield* EventHub
      const { close, dropped, messages } = yield* hub.open(channel, capacity)
      const handled = (message: A) =>
        Effect.catchAllCause(
          Effect.suspend(() => handler(message)),
          (cause) => Effect.logError("a listener failed; it is given the next message", cause)
        )
      const handling = Effect.tapErrorCause(Stream.runForEach(messages, handled), (cause) =>
        Effect.logError("a listener's channel failed; it hears nothing more", cause)
      )
      // in no scope but this one's: whoever opened it may be gone before it is closed
      const fiber = yield* Effect.forkDaemon(Effect.interruptible(handling))
      return { close, dropped, fiber }
    }),
    ({ close, fiber }) => Effect.zipRight(close, settled(fiber, patience))
  ).pipe(Effect.map(({ dropped }) => ({ dropped })))

/** Waits for a listener, then for its interruption; for neither longer than its patience. */
const settled = (fiber: Fiber.Fiber<unknown>, patience: Duration.DurationInput): Effect.Effect<void> => {
  const wait = Effect.timeoutOption(Effect.interruptible(Fiber.await(fiber)), patience)
  return Effect.flatMap(wait, (exit) =>
    Option.isSome(exit)
      ? Effect.void
      : Effect.logWarning("a listener was still at work when its scope closed; it is interrupted").pipe(
          Effect.zipRight(Fiber.interruptFork(fiber)),
          Effect.zipRight(wait),
          Effect.asVoid
        )
  )
}

/**
 * The first message on a channel that fits. Listening begins when this Effect is done, so that nothing told from then on
 * is missed; the Effect it gives waits for the message, and is interrupted when the scope closes before there is one.
 * `Effect.flatten` waits at once.
 */
export const once = <A>(
  channel: Channel<A>,
  fits: (message: A) => boolean = () => true
): Effect.Effect<Effect.Effect<A>, never, EventHub | Scope.Scope> =>
  EventHub.pipe(
    Effect.flatMap((hub) => hub.subscribe(firstOf(channel, fits), 1)),
    Effect.flatMap(({ messages }) => Effect.forkScoped(Stream.runHead(messages))),
    Effect.map((fiber) =>
      Effect.flatMap(Fiber.join(fiber), Option.match({ onNone: () => Effect.interrupt, onSome: Effect.succeed }))
    )
  )

/** Only the first that fits ever gets into a mailbox, so that none can push it out. */
const firstOf = <A>({ needs, select }: Channel<A>, fits: (message: A) => boolean): Channel<A> => {
  let found = false
  return {
    needs,
    select: (message) => {
      const selected = found ? undefined : select(message)
      if (selected === undefined || !fits(selected)) return undefined
      found = true
      return selected
    }
  }
}
