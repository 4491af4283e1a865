/**
 * Markdown category: reports as reducers over events. Each has its typed value (`data`), its text (`markdown`) and its
 * file (`dump`). The Backtest report for now; the others join with what they report on.
 */
import type * as FileSystem from "@effect/platform/FileSystem"
import * as Path from "@effect/platform/Path"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { text } from "../engine/hash.js"
import type { BacktestDocument } from "../model/document.js"
import { FileError } from "../model/errors.js"
import * as AtomicFile from "../persistence/atomicFile.js"
import { markdown } from "../report/backtest.js"
import { Collector } from "../report/collector.js"

export class Markdown extends Context.Tag("effect-backtest/Markdown")<
  Markdown,
  {
    readonly backtest: {
      /** A reducer over a run's events. */
      readonly data: () => Collector
      readonly markdown: (document: BacktestDocument) => string
      /** Writes the report to a folder (default `dump/backtest`) and gives the file's path. */
      readonly dump: (document: BacktestDocument, folder?: string) => Effect.Effect<string, FileError>
    }
  }
>() {}

export const layer: Layer.Layer<Markdown, never, FileSystem.FileSystem | Path.Path> = Layer.effect(
  Markdown,
  Effect.gen(function* () {
    const context = yield* Effect.context<FileSystem.FileSystem | Path.Path>()
    const path = yield* Path.Path
    return {
      backtest: {
        data: () => new Collector(),
        markdown,
        dump: (document, folder = path.join("dump", "backtest")) => {
          const file = path.join(folder, `${fileName(document)}.md`)
          return AtomicFile.write(file, markdown(document)).pipe(
            Effect.provide(context),
            Effect.mapBoth({ onFailure: (error) => unwritable(file, error), onSuccess: () => file })
          )
        }
      }
    }
  })
)

/** One file per symbol and strategy; runs that differ in anything else differ in the last part. */
export const fileName = ({ run }: BacktestDocument): string => {
  const { dataHash, exchange, fill, frame, params, seed, settings, strategy, symbol } = run
  const identity = text(JSON.stringify([dataHash, exchange, fill, frame, params, seed, settings]))
  return [symbol, strategy, identity.slice(0, 8)].map(plainName).join("_")
}

const plainName = (name: string): string => name.replaceAll(/[^\p{L}\p{N}.-]+/gu, "-").replace(/^\.+/, "") || "unnamed"

/** What kept a file from being written, in one line. */
export const unwritable = (file: string, error: { readonly message: string; readonly cause?: unknown }): FileError => {
  const { cause } = error
  const code = typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : ""
  const reasons: Readonly<Record<string, string>> = {
    ENOSPC: "the disk is full; free some space or write elsewhere",
    EACCES: "writing there is not permitted; change its permissions or write elsewhere",
    EROFS: "the disk is read-only; write elsewhere",
    ENOTDIR: "a part of the path is a file; write elsewhere",
    EEXIST: "a file stands where a folder is needed; write elsewhere"
  }
  return new FileError({ file, reason: reasons[code] ?? `it can't be written (${error.message.split("\n", 1)[0]})` })
}
