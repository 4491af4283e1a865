/**
 * The runs of this process.
 */
import * as Effect from "effect/Effect"
import { Runs, type RunSummary } from "./services/Runs.js"

export type { RunStatus, RunSummary } from "./services/Runs.js"

/** All runs under way, and the latest thousand that ended. */
export const list: Effect.Effect<ReadonlyArray<RunSummary>, never, Runs> = Effect.flatMap(Runs, (runs) => runs.list)
