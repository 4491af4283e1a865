/** What goes wrong on the command line, as one line a person can act on. */
import type { ValidationError } from "@effect/cli/ValidationError"
import * as HelpDoc from "@effect/cli/HelpDoc"
import type { FileError, Problem, RunError } from "../model/errors.js"
import type { CliError } from "./error.js"
import { withoutColor } from "./output.js"

export type Failure = CliError | RunError | FileError | ValidationError

/** How the command line calls the parts of a run's options. */
const options: Readonly<Record<string, string>> = {
  frame: "--from/--to",
  "frame.start": "--from",
  "frame.end": "--to",
  "frame.interval": "--frame-interval"
}

const groups: Readonly<Record<string, string>> = {
  settings: "--set",
  params: "--param",
  indicators: "indicator",
  sizing: "--size",
  risk: "--risk"
}

const inWords = ({ message, path }: Problem): string => {
  const [group = "", ...rest] = path.split(".")
  const known = options[path] ?? (rest.length > 0 && group in groups ? `${groups[group]} ${rest.join(".")}` : undefined)
  return `${known ?? `--${path}`}: ${message}`
}

/** One line without colours. */
export const line = (failure: Failure): string => oneLine(textOf(failure))

const textOf = (failure: Failure): string => {
  switch (failure._tag) {
    case "InvalidRun":
      return failure.problems.map(inWords).join("; ")
    case "GapFound":
      return failure.message.replace('use gaps "skip" or "fill"', "use --gaps skip or --gaps fill")
    case "CliError":
    case "UnknownName":
    case "UnknownSymbol":
    case "ExchangeError":
    case "FileError":
    case "InvalidCandle":
    case "NoCandles":
    case "NotWarm":
    case "StrategyError":
      return failure.message
    default:
      return `${withoutColor(HelpDoc.toAnsiText(failure.error)).trim()} (see --help)`
  }
}

/** Several lines become one: whoever reads the last line of a log has the whole story. */
export const oneLine = (text: string): string => text.trim().replaceAll(/\s*[\r\n]+\s*/g, " ")
