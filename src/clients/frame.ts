import * as Either from "effect/Either"
import type { Problem } from "../model/errors.js"
import { type InstantInput, toMillis, toText } from "../model/instant.js"
import { type FrameInterval, frameIntervals, toMillis as lengthOf } from "../model/interval.js"

/** The definition of a frame: a historical period, walked at an interval. */
export interface Frame {
  readonly name: string
  readonly interval: FrameInterval
  /** Without one, the first candle the source has. */
  readonly start: InstantInput | undefined
  /** Exclusive; without one, the close of the last candle the source has. */
  readonly end: InstantInput | undefined
}

/** A frame in numbers: bounds and distance of its ticks in milliseconds. */
export interface FrameClient {
  readonly name: string
  readonly interval: FrameInterval
  readonly tick: number
  readonly start: number | undefined
  readonly end: number | undefined
}

/** Reads a frame's bounds and names every problem with them. */
export const make = (frame: Frame): Either.Either<FrameClient, ReadonlyArray<Problem>> => {
  const problems: Array<Problem> = []
  const bound = (path: "start" | "end") => {
    const input = frame[path]
    if (input === undefined) return undefined
    const millis = toMillis(input)
    if (millis === undefined) {
      problems.push({
        path: `frame.${path}`,
        message: `"${String(input)}" is not a time; write 2022-01-31, 2022-01-31T10:00Z or epoch milliseconds`
      })
    }
    return millis
  }
  if (!frameIntervals.includes(frame.interval)) {
    problems.push({
      path: "frame.interval",
      message: `"${frame.interval}" is not one of ${frameIntervals.join(", ")}`
    })
  }
  const start = bound("start")
  const end = bound("end")
  if (start !== undefined && end !== undefined && start >= end) {
    problems.push({ path: "frame", message: `starts at ${toText(start)}, which is not before its end ${toText(end)}` })
  }
  if (problems.length > 0) return Either.left(problems)
  return Either.right({ name: frame.name, interval: frame.interval, tick: lengthOf(frame.interval), start, end })
}
