/** Everything a finished run leaves in a folder: its record, its reports, its exports. */
import type * as FileSystem from "@effect/platform/FileSystem"
import * as Path from "@effect/platform/Path"
import * as Effect from "effect/Effect"
import type { Columns } from "../model/candle.js"
import { type RunRecord, runsOf } from "../model/document.js"
import type { FileError } from "../model/errors.js"
import * as AtomicFile from "../persistence/atomicFile.js"
import { equityCsv, tradesCsv } from "../report/exports.js"
import type { PerformanceData } from "../report/performance.js"
import { encode } from "../report/record.js"
import * as Report from "../Report.js"
import { Html } from "../services/Html.js"
import { macrotask } from "../services/internal/macrotask.js"
import { fileName, Markdown, unwritable } from "../services/Markdown.js"

export interface Written {
  readonly folder: string
  /** By symbol; those that are there are drawn. */
  readonly candles: ReadonlyMap<string, Columns>
  /** How long the run's phases took, where it was just run. */
  readonly performance: PerformanceData | undefined
}

type Needs = Html | Markdown | FileSystem.FileSystem | Path.Path

/** Writes every file and gives their paths, the one to open first. */
export const write = (
  record: RunRecord,
  { candles, folder, performance }: Written
): Effect.Effect<ReadonlyArray<string>, FileError, Needs> =>
  Effect.gen(function* () {
    const html = yield* Html
    const markdown = yield* Markdown
    const path = yield* Path.Path
    const name = fileName(record)
    const text = (ending: string, content: string) => {
      const file = path.join(folder, `${name}${ending}`)
      return Effect.mapBoth(AtomicFile.write(file, content), {
        onFailure: (error) => unwritable(file, error),
        onSuccess: () => file
      })
    }
    const into = (kind: string) => ({ folder: path.join(folder, kind), name })
    const notes = runsOf(record).some(({ run }) => run.settings.showNotes)
    const files: ReadonlyArray<() => Effect.Effect<string, FileError, Needs>> = [
      () => html.dump(record, { folder, candles }),
      () => Report.backtest.dump(record, { folder }),
      () => text(".json", `${encode(record, 2)}\n`),
      () => text(".trades.csv", tradesCsv(record)),
      () => text(".equity.csv", equityCsv(record)),
      () => markdown.schedule.dump(Report.schedule.ofRecord(record), { ...into("schedule"), notes }),
      () => markdown.heat.dump(Report.heat.ofRecord(record), into("heatmap")),
      () => markdown.partial.dump(Report.partial.ofRecord(record), into("partial")),
      () => markdown.risk.dump(Report.risk.ofRecord(record), into("risk")),
      ...(performance === undefined ? [] : [() => markdown.performance.dump(performance, into("performance"))])
    ]
    // one after the other, with a turn of the event loop between them: Ctrl-C need not wait for the last
    return yield* Effect.forEach(files, (file) => Effect.zipRight(macrotask, Effect.suspend(file)))
  })
