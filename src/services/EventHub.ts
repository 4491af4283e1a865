/**
 * What runs tell besides their own stream: signals, progress, performance, refusals, endings. Every listener has a
 * mailbox of its own; a slow one loses its oldest messages and never holds up a run. `Listen` is the easy way in.
 */
import type * as Cause from "effect/Cause"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Mailbox from "effect/Mailbox"
import * as Option from "effect/Option"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import type { InvalidRun, UnknownName } from "../model/errors.js"
import type { Event } from "../model/event.js"
import type { Mode } from "./Context.js"

/** Which run a message is about. Several symbols or strategies stand in one line, with commas. */
export interface About {
  readonly runId: string
  readonly mode: Mode
  readonly symbol: string
  readonly strategy: string
}

/** Something happened in a run. */
export interface Signal<out E extends Event = Event> {
  readonly _tag: "Signal"
  readonly runId: string
  readonly mode: Mode
  readonly event: E
}

/** How far a run has come. */
export interface Progress extends About {
  readonly _tag: "Progress"
  /** The run's instant and the frame's bounds, epoch milliseconds. */
  readonly when: number
  readonly start: number
  readonly end: number
  /** Candles done in the frame. */
  readonly candles: number
}

/** How long a phase of a run took: `load` to put it together, each `page` of candles, the whole `run`. */
export interface Performance extends About {
  readonly _tag: "Performance"
  readonly phase: "load" | "page" | "run"
  readonly millis: number
}

/** A run came to its end. */
export interface Done extends About {
  readonly _tag: "Done"
}

/** A run ended before its time: it failed, or it was stopped and its cause is an interruption. */
export interface RunFailed extends About {
  readonly _tag: "RunFailed"
  readonly cause: Cause.Cause<unknown>
}

/** A run was refused before it began, so it has no id. */
export interface Validation {
  readonly _tag: "Validation"
  readonly mode: Mode
  readonly error: InvalidRun | UnknownName
}

export type Message = Signal | Progress | Performance | Done | RunFailed | Validation

/** A choice among messages. */
export interface Channel<out A> {
  /**
   * What runs have to do for it. `signals`: tell their events. `partials`: look for partial levels, too; that is decided
   * when a run begins. `messages`: nothing that they do not do anyway.
   */
  readonly needs: "messages" | "signals" | "partials"
  /**
   * What the channel gives for a message; undefined: nothing. Called while a run waits, so it is quick and pure. One that
   * throws ends its own listener, and no other.
   */
  readonly select: (message: Message) => A | undefined
}

/** What a listener has of a channel, from the subscription on. */
export interface Subscription<out A> {
  /** Ends, after what is waiting, when the subscription is closed. To be read once: its end closes the subscription. */
  readonly messages: Stream.Stream<A>
  /** Messages lost so far, because the listener was slower than the runs. */
  readonly dropped: Effect.Effect<number>
}

/** A subscription that is closed by hand. */
export interface OpenSubscription<out A> extends Subscription<A> {
  /** Takes no more messages; those that are waiting can still be read. */
  readonly close: Effect.Effect<void>
}

export class EventHub extends Context.Tag("effect-backtest/EventHub")<
  EventHub,
  {
    readonly publish: (message: Message) => void
    /** The same for several: each listener is handed its share at once. */
    readonly publishAll: (messages: ReadonlyArray<Message>) => void
    /** Whether anybody listens at all, to events, to partial levels; a run skips that work where nobody does. */
    readonly wants: (what: Channel<unknown>["needs"]) => boolean
    /** Open when the effect returns; the latest `capacity` messages wait (default 16,384; `Infinity`: all). */
    readonly open: <A>(channel: Channel<A>, capacity?: number) => Effect.Effect<OpenSubscription<A>>
    /** The same until the scope closes. */
    readonly subscribe: <A>(
      channel: Channel<A>,
      capacity?: number
    ) => Effect.Effect<Subscription<A>, never, Scope.Scope>
  }
>() {}

/** What publishing knows of a listener. */
interface Listener {
  readonly needs: Channel<unknown>["needs"]
  readonly offer: (messages: ReadonlyArray<Message>) => void
}

const defaultCapacity = 16_384

export const layer: Layer.Layer<EventHub> = Layer.sync(EventHub, () => {
  const listeners = new Set<Listener>()
  const publishAll = (messages: ReadonlyArray<Message>) => {
    for (const listener of listeners) listener.offer(messages)
  }

  const open = Effect.fnUntraced(function* <A>(channel: Channel<A>, capacity = defaultCapacity) {
    const room = capacity >= 1 ? Math.floor(capacity) : 1
    const mailbox = yield* Mailbox.make<A>({ capacity: room, strategy: "sliding" })
    let dropped = 0
    const put = (given: ReadonlyArray<A>) => {
      if (given.length === 0) return
      const waiting = Option.getOrElse(mailbox.unsafeSize(), () => 0)
      dropped += Math.max(0, waiting + given.length - room)
      // never `unsafeOffer` besides: a sliding mailbox gives twice what was offered singly before several
      mailbox.unsafeOfferAll(given)
    }
    const listener: Listener = {
      needs: channel.needs,
      offer: (messages) => {
        const given: Array<A> = []
        try {
          for (const message of messages) {
            const selected = channel.select(message)
            if (selected !== undefined) given.push(selected)
          }
          put(given)
        } catch (error) {
          listeners.delete(listener)
          put(given)
          mailbox.unsafeDone(Exit.die(error))
        }
      }
    }
    const close = Effect.sync(() => {
      listeners.delete(listener)
      mailbox.unsafeDone(Exit.void)
    })
    listeners.add(listener)
    return { messages: Stream.ensuring(Mailbox.toStream(mailbox), close), dropped: Effect.sync(() => dropped), close }
  })

  return {
    publish: (message) => {
      if (listeners.size > 0) publishAll([message])
    },
    publishAll,
    wants: (what) => {
      if (what === "messages") return listeners.size > 0
      for (const { needs } of listeners) if (needs === what || needs === "partials") return true
      return false
    },
    open,
    subscribe: (channel, capacity) => Effect.acquireRelease(open(channel, capacity), ({ close }) => close)
  }
})
