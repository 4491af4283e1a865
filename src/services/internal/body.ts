/** What the page loop of a run drives, whatever kind of run it is. */
import type * as Effect from "effect/Effect"
import type { RunError } from "../../model/errors.js"
import type { Event } from "../../model/event.js"

export interface Body<out R> {
  /** Walks on for a page at most, and gives what happened; after the last page it is over. */
  readonly page: Effect.Effect<Array<Event>, RunError, R>
  readonly isOver: () => boolean
}

/** Candles a page holds at the most: how far a plain strategy may run ahead of its consumer. */
export const pageLength = 4096
/** The longest a page keeps the event loop waiting, ms. */
export const pageMillis = 10
