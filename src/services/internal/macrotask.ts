import * as Effect from "effect/Effect"

/** A turn of the event loop: timers, sockets and Ctrl-C get theirs. */
export const macrotask: Effect.Effect<void> = Effect.async<void>((resume) => {
  const immediate = setImmediate(() => resume(Effect.void))
  return Effect.sync(() => clearImmediate(immediate))
})
