/**
 * The runs of this process: which there are, which there were.
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Mode } from "./Context.js"

export type RunStatus = "running" | "done" | "failed" | "stopped"

/** What is known of a run from outside. Times are epoch milliseconds. */
export interface RunSummary {
  readonly id: string
  readonly mode: Mode
  readonly symbol: string
  readonly strategy: string
  readonly exchange: string
  readonly frame: string
  readonly status: RunStatus
  readonly startedAt: number
  readonly endedAt: number | undefined
}

export class Runs extends Context.Tag("effect-backtest/Runs")<
  Runs,
  {
    /** All runs under way, and the latest thousand that ended. */
    readonly list: Effect.Effect<ReadonlyArray<RunSummary>>
    readonly begin: (run: Pick<RunSummary, "mode" | "symbol" | "strategy" | "exchange" | "frame">) => Effect.Effect<{
      readonly id: string
      readonly end: (status: Exclude<RunStatus, "running">) => Effect.Effect<void>
    }>
  }
>() {}

const capacity = 1000

export const layer: Layer.Layer<Runs> = Layer.sync(Runs, () => {
  const running = new Map<string, RunSummary>()
  const ended: Array<RunSummary> = []
  let count = 0

  const end = (id: string, status: RunStatus) =>
    Effect.map(Clock.currentTimeMillis, (endedAt) => {
      const run = running.get(id)
      // the first ending counts
      if (run === undefined) return
      running.delete(id)
      ended.push({ ...run, status, endedAt })
      if (ended.length > capacity) ended.shift()
    })

  return {
    list: Effect.sync(() => [...ended, ...running.values()]),
    begin: (run) =>
      Effect.map(Clock.currentTimeMillis, (startedAt) => {
        count++
        const id = `run-${count}`
        running.set(id, { ...run, id, status: "running", startedAt, endedAt: undefined })
        return { id, end: (status) => end(id, status) }
      })
  }
})
