/** A whole file as text. */
import * as FileSystem from "@effect/platform/FileSystem"
import * as Effect from "effect/Effect"
import { FileError } from "../model/errors.js"

export const readText = (file: string): Effect.Effect<string, FileError, FileSystem.FileSystem> =>
  Effect.flatMap(FileSystem.FileSystem, (fs) =>
    Effect.mapError(fs.readFileString(file), (error) => {
      const missing = error._tag === "SystemError" && error.reason === "NotFound"
      const reason = missing
        ? "there is no such file; check the path"
        : `it can't be read (${error.message.split("\n", 1)[0]})`
      return new FileError({ file, reason })
    })
  )
