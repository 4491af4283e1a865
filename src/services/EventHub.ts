/**
 * What runs tell besides their own stream: progress, performance, endings. Every listener has a mailbox of its own; a
 * slow one loses its oldest messages and never holds up a run.
 */
import type * as Cause from "effect/Cause"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Mailbox from "effect/Mailbox"
import type * as Scope from "effect/Scope"
import type * as Stream from "effect/Stream"

/** How far a run has come. */
export interface Progress {
  readonly _tag: "Progress"
  readonly runId: string
  readonly symbol: string
  readonly strategy: string
  /** The run's instant and the frame's bounds, epoch milliseconds. */
  readonly when: number
  readonly start: number
  readonly end: number
  /** Candles done in the frame. */
  readonly candles: number
}

/** How long a phase of a run took. */
export interface Performance {
  readonly _tag: "Performance"
  readonly runId: string
  readonly phase: "load" | "run"
  readonly millis: number
}

/** A run came to its end. */
export interface Done {
  readonly _tag: "Done"
  readonly runId: string
}

/** A run ended before its time. */
export interface RunFailed {
  readonly _tag: "RunFailed"
  readonly runId: string
  readonly cause: Cause.Cause<unknown>
}

export type Message = Progress | Performance | Done | RunFailed

export class EventHub extends Context.Tag("effect-backtest/EventHub")<
  EventHub,
  {
    readonly publish: (message: Message) => void
    /** Subscribed when the effect returns; holds the latest `capacity` messages (default 4096). */
    readonly subscribe: (capacity?: number) => Effect.Effect<Stream.Stream<Message>, never, Scope.Scope>
  }
>() {}

export const layer: Layer.Layer<EventHub> = Layer.sync(EventHub, () => {
  const listeners = new Set<Mailbox.Mailbox<Message>>()
  return {
    publish: (message) => {
      for (const listener of listeners) listener.unsafeOffer(message)
    },
    subscribe: (capacity = 4096) =>
      Effect.acquireRelease(
        Effect.tap(Mailbox.make<Message>({ capacity, strategy: "sliding" }), (mailbox) =>
          Effect.sync(() => listeners.add(mailbox))
        ),
        (mailbox) =>
          Effect.zipRight(
            Effect.sync(() => listeners.delete(mailbox)),
            mailbox.end
          )
      ).pipe(Effect.map(Mailbox.toStream))
  }
})
