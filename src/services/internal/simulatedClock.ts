/**
 * The clock of strategy code in a backtest: the present is the run's instant. Sleeping and nanoseconds stay real, so
 * that spans measure and waits end.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"

export const make = (real: Clock.Clock, now: () => number): Clock.Clock => ({
  [Clock.ClockTypeId]: Clock.ClockTypeId,
  unsafeCurrentTimeMillis: now,
  currentTimeMillis: Effect.sync(now),
  unsafeCurrentTimeNanos: () => real.unsafeCurrentTimeNanos(),
  currentTimeNanos: real.currentTimeNanos,
  sleep: (duration) => real.sleep(duration)
})
