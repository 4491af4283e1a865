/** How far a run has come, on a terminal's last line, and how long its phases took. */
import * as Effect from "effect/Effect"
import * as Listen from "../Listen.js"
import * as Performance from "../report/performance.js"
import { err } from "./output.js"

const columns = 24

const bar = (message: Listen.Progress): string => {
  const { candles, end, start, strategy, symbol, when } = message
  const share = end > start ? Math.min(1, Math.max(0, (when - start) / (end - start))) : 0
  const full = Math.round(share * columns)
  const drawn = "█".repeat(full) + "░".repeat(columns - full)
  // what matters first: a narrow terminal cuts the rest
  return `${drawn} ${String(Math.floor(share * 100)).padStart(3)} %  ${candles} candles  ${symbol} · ${strategy}`
}

/** Shows how far a run has come while it runs, and clears that line at the end. */
export const withProgress = <A, E, R>(run: Effect.Effect<A, E, R>) =>
  Effect.scoped(
    Effect.gen(function* () {
      if (process.stderr.isTTY !== true) return yield* run
      yield* Effect.addFinalizer(() => err("\r\u001b[K"))
      const draw = (message: Listen.Progress) =>
        err(`\r\u001b[K${bar(message).slice(0, (process.stderr.columns ?? 80) - 1)}`)
      yield* Listen.run(Listen.progress, draw, { capacity: 1 })
      return yield* run
    })
  )

/** What a run came to, and how long its phases took. */
export const measured = <A, E, R>(run: Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    const reducer = Performance.make()
    const listening = Effect.gen(function* () {
      yield* Listen.run(Listen.performance, (message) => Effect.sync(() => reducer.observe(message)))
      return yield* run
    })
    // the listener has had everything when its scope is closed
    const result = yield* Effect.scoped(listening)
    return { result, performance: reducer.data() }
  })
