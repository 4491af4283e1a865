import type { PlatformError } from "@effect/platform/Error"
import * as FileSystem from "@effect/platform/FileSystem"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import type { CandleProblem } from "../../engine/check.js"
import { FileError, InvalidCandle } from "../../model/errors.js"
import type { CsvOptions } from "./detect.js"
import type { CsvData } from "./parser.js"
import { make } from "./parser.js"

export type { CsvOptions } from "./detect.js"
export type { CsvData } from "./parser.js"

const chunkLength = 1 << 20

/** Candles from the bytes of a whole file; `file` is only its name. */
export const parse = (bytes: Uint8Array, file: string, options: CsvOptions = {}): Either.Either<CsvData, FileError> => {
  const parser = make(file, bytes.length, options)
  // A plain view, so that the scanner sees one kind of array whatever the caller has.
  const error = parser.push(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  return error === undefined ? parser.finish() : Either.left(error)
}

/** Candles from a file, read in pieces of 1 MiB, so that memory is that of the columns. */
export const read = (
  file: string,
  options: CsvOptions = {}
): Effect.Effect<CsvData, FileError, FileSystem.FileSystem> =>
  FileSystem.FileSystem.pipe(
    Effect.flatMap((fs) => fs.open(file, { flag: "r" })),
    Effect.catchAll((error) => Effect.fail(unreadable(file, error))),
    Effect.flatMap((handle) => readHandle(handle, file, options)),
    Effect.scoped
  )

const readHandle = Effect.fnUntraced(function* (handle: FileSystem.File, file: string, options: CsvOptions) {
  const info = yield* Effect.mapError(handle.stat, (error) => unreadable(file, error))
  if (info.type === "Directory") {
    return yield* new FileError({ file, reason: "this is a folder; give a file in it" })
  }
  const parser = make(file, Number(info.size), options)
  const buffer = new Uint8Array(chunkLength)
  while (true) {
    const length = yield* Effect.mapError(handle.read(buffer), (error) => unreadable(file, error))
    if (Number(length) === 0) return yield* parser.finish()
    const error = parser.push(buffer.subarray(0, Number(length)))
    if (error !== undefined) return yield* error
  }
})

const unreadable = (file: string, error: PlatformError): FileError => {
  const reason = error._tag === "SystemError" ? error.reason : error._tag
  switch (reason) {
    case "NotFound":
      return new FileError({ file, reason: "there is no such file; check the path" })
    case "PermissionDenied":
      return new FileError({
        file,
        reason: "reading it is not permitted; change its permissions or run as another user"
      })
    default:
      return new FileError({ file, reason: `it can't be read (${error.message}); check the path and the disk` })
  }
}

/** A problem the data check found, with the file and the line it comes from. */
export const locate = (data: CsvData, problem: CandleProblem, symbol = ""): InvalidCandle =>
  new InvalidCandle({ ...problem, symbol, file: data.file, row: data.rowOf(problem.index) })
