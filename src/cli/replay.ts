/** The command `replay`, and the file of recorded signals it reads. */
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Kit from "../Kit.js"
import { FileError } from "../model/errors.js"
import { toMillis } from "../model/instant.js"
import type { RecordedSignal } from "../model/signal.js"
import * as Replay from "../modes/Replay.js"
import { CliError } from "./error.js"
import { type Common, finish, prepare } from "./run.js"
import { readText } from "./text.js"

export interface ReplayGiven extends Common {
  readonly signals: string
}

export const replay = (given: ReplayGiven) =>
  Effect.gen(function* () {
    const signals = yield* parse(yield* readText(given.signals), given.signals)
    const { candles, note, options, symbols } = yield* prepare(given)
    const [symbol = "", ...others] = symbols
    if (others.length > 0) {
      return yield* new CliError({ message: "replay takes one market; give one --symbol NAME=FILE.csv" })
    }
    yield* finish(Replay.report(symbol, { ...options, signals }), given, candles, note)
  }).pipe(Effect.provide(Kit.layerNode))

/** One JSON object per line, with a time each; blank lines are nothing. */
export const parse = (text: string, file: string): Either.Either<ReadonlyArray<RecordedSignal>, FileError> => {
  const signals: Array<RecordedSignal> = []
  for (const [index, line] of text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .entries()) {
    if (line.trim() === "") continue
    const signal = signalOf(line)
    if (typeof signal === "string") return Either.left(new FileError({ file, row: index + 1, reason: signal }))
    signals.push(signal)
  }
  if (signals.length > 0) return Either.right(signals)
  return Either.left(new FileError({ file, reason: "there is no signal in it; it needs a JSON object per line" }))
}

/** A signal, or what is wrong with its line. */
const signalOf = (line: string): RecordedSignal | string => {
  const parsed = Either.try((): unknown => JSON.parse(line))
  if (Either.isLeft(parsed)) return "the line is not JSON; write one JSON object per line"
  const value = parsed.right
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "the line is not a JSON object"
  const given = "time" in value ? value.time : undefined
  const time = typeof given === "string" || typeof given === "number" ? toMillis(given) : undefined
  if (time === undefined) {
    const found = given === undefined ? "is missing" : `is ${JSON.stringify(given)}`
    return `"time" ${found}; write ISO 8601 text (UTC without a zone) or epoch milliseconds`
  }
  const endless = "minuteEstimatedTime" in value && value.minuteEstimatedTime === "infinite"
  const signal = { ...value, time, ...(endless ? { minuteEstimatedTime: Number.POSITIVE_INFINITY } : {}) }
  return isRecorded(signal) ? signal : `"time" is missing`
}

/** Only the time is looked at here: whatever else does not make sense is an answer for the run to reject. */
const isRecorded = (value: { readonly time: number }): value is RecordedSignal => Number.isFinite(value.time)
