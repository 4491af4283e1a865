/** One fiber per run that ends what overruns its timeout: a timeout of its own for every ask would cost more than most asks. */
import type * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"

export interface Watched {
  /** The longest an ask may take, ms. */
  readonly timeout: number
  /** How long the present ask may still take, ms; undefined when there is none. */
  readonly left: () => number | undefined
  /** Ends the present ask. */
  readonly overrun: () => void
}

/** Longest delay a timer takes; signalTimeout may be Infinity. */
const maxDelay = 2 ** 31 - 1

export const watchdog = (clock: Clock.Clock, watched: Watched): Effect.Effect<never> =>
  Effect.forever(
    Effect.suspend(() => {
      const left = watched.left() ?? watched.timeout
      if (left > 0) return clock.sleep(Duration.millis(Math.min(left, maxDelay)))
      watched.overrun()
      return clock.sleep(Duration.millis(Math.min(watched.timeout, maxDelay)))
    })
  )
