/**
 * Html category: the report of a finished run as one HTML file, for people to look at.
 */
import * as FileSystem from "@effect/platform/FileSystem"
import * as Path from "@effect/platform/Path"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Columns } from "../model/candle.js"
import type { RunRecord } from "../model/document.js"
import { FileError } from "../model/errors.js"
import * as AtomicFile from "../persistence/atomicFile.js"
import type { Assets } from "../report/html/render.js"
import { macrotask } from "./internal/macrotask.js"
import { fileName, unwritable } from "./Markdown.js"

/** What a report shows besides the record. */
export interface HtmlOptions {
  /** Candles by symbol; a symbol without any has its trades drawn alone. Only those inside the frame are taken. */
  readonly candles?: ReadonlyMap<string, Columns> | undefined
}

export class Html extends Context.Tag("effect-backtest/Html")<
  Html,
  {
    /** The report as the text of a file that needs nothing beside it. */
    readonly render: (record: RunRecord, options?: HtmlOptions) => Effect.Effect<string, FileError>
    /** Writes the report to a folder (default `dump/backtest`) and gives the file's path. */
    readonly dump: (
      record: RunRecord,
      options?: HtmlOptions & { readonly folder?: string | undefined }
    ) => Effect.Effect<string, FileError>
  }
>() {}

export const layer: Layer.Layer<Html, never, FileSystem.FileSystem | Path.Path> = Layer.effect(
  Html,
  Effect.gen(function* () {
    const context = yield* Effect.context<FileSystem.FileSystem | Path.Path>()
    const path = yield* Path.Path
    // read when the first report is made, and once
    const assets = yield* Effect.cached(Effect.provide(readAssets, context))

    // loaded when the first report is made, for most programs make none
    const renderer = Effect.promise(() => import("../report/html/render.js"))

    const renderWith = (
      record: RunRecord,
      { candles = new Map() }: HtmlOptions = {}
    ): Effect.Effect<string, FileError> =>
      Effect.gen(function* () {
        const { embeddings, render } = yield* renderer
        const page = yield* assets
        // a year of minutes takes a while: whoever presses Ctrl-C need not wait for all of them
        const embedded = yield* Effect.forEach(embeddings(record, candles), (embed) =>
          Effect.zipRight(macrotask, Effect.sync(embed))
        )
        yield* macrotask
        return render(record, page, new Map(embedded))
      })

    return {
      render: renderWith,
      dump: (record, { candles, folder = path.join("dump", "backtest") } = {}) =>
        Effect.flatMap(renderWith(record, { candles }), (text) => {
          const file = path.join(folder, `${fileName(record)}.html`)
          return AtomicFile.write(file, text).pipe(
            Effect.provide(context),
            Effect.mapBoth({ onFailure: (error) => unwritable(file, error), onSuccess: () => file })
          )
        })
    }
  })
)

/** The page's program and looks, built into the package: in `dist/assets` of the nearest folder with a package.json. */
const readAssets: Effect.Effect<Assets, FileError, FileSystem.FileSystem | Path.Path> = Effect.gen(function* () {
  const fs = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  const home = yield* packageFolder
  const read = (name: string): Effect.Effect<string, FileError> => {
    const file = path.join(home, "dist", "assets", name)
    const reason = "the page of the HTML report is not there; install the package again, or build it by npm run build"
    return Effect.mapError(fs.readFileString(file), () => new FileError({ file, reason }))
  }
  return { script: yield* read("report.js"), style: yield* read("style.css") }
})

const packageFolder = Effect.gen(function* () {
  const fs = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  const here = yield* Effect.orElseSucceed(path.fromFileUrl(new URL(import.meta.url)), () => ".")
  let folder = path.dirname(here)
  while (path.dirname(folder) !== folder) {
    if (yield* Effect.orElseSucceed(fs.exists(path.join(folder, "package.json")), () => false)) break
    folder = path.dirname(folder)
  }
  return folder
})
