import type { PlatformError } from "@effect/platform/Error"
import * as FileSystem from "@effect/platform/FileSystem"
import * as Path from "@effect/platform/Path"
import * as Effect from "effect/Effect"

/**
 * Writes a text file so that at any instant either the old or the whole new one is there: a temporary file in the
 * same folder, written, synced, renamed, the folder synced. Missing folders are made.
 */
export const write = (
  file: string,
  text: string
): Effect.Effect<void, PlatformError, FileSystem.FileSystem | Path.Path> =>
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const path = yield* Path.Path
    const folder = path.dirname(file)
    const temporary = path.join(folder, `.${path.basename(file)}.tmp`)
    yield* fs.makeDirectory(folder, { recursive: true })
    yield* writeSynced(fs, temporary, text).pipe(
      Effect.zipRight(fs.rename(temporary, file)),
      Effect.onError(() => Effect.ignore(fs.remove(temporary, { force: true }))),
      Effect.zipRight(syncFolder(fs, folder)),
      Effect.uninterruptible
    )
  })

const writeSynced = (fs: FileSystem.FileSystem, file: string, text: string): Effect.Effect<void, PlatformError> =>
  Effect.scoped(
    Effect.flatMap(fs.open(file, { flag: "w" }), (handle) =>
      Effect.zipRight(handle.writeAll(new TextEncoder().encode(text)), handle.sync)
    )
  )

/** Some systems do not let a folder be opened or synced: there the rename alone has to do. */
const syncFolder = (fs: FileSystem.FileSystem, folder: string): Effect.Effect<void, PlatformError> =>
  Effect.scoped(Effect.flatMap(fs.open(folder, { flag: "r" }), (handle) => handle.sync)).pipe(
    Effect.catchIf(
      (error) =>
        error._tag === "SystemError" && (error.reason === "PermissionDenied" || error.reason === "BadResource"),
      () => Effect.void
    )
  )
