/** The command `data check`. */
import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { inspect, render } from "../adapters/csv/inspect.js"
import { read } from "../adapters/csv/reader.js"
import type { CandleInterval } from "../model/interval.js"
import { CliError } from "./error.js"
import { out } from "./output.js"

export interface DataGiven {
  readonly file: string
  readonly interval: Option.Option<CandleInterval>
  readonly json: boolean
}

export const check = ({ file, interval, json }: DataGiven) =>
  Effect.gen(function* () {
    const data = yield* read(file, Option.isSome(interval) ? { interval: interval.value } : {})
    const summary = inspect(data)
    yield* out(json ? `${JSON.stringify(summary)}\n` : `${render(summary)}\n`)
    if (!summary.usable) {
      const { count } = summary.problems
      const candles = count === 1 ? "1 candle" : `${count} candles`
      return yield* new CliError({ message: `${file}: ${candles} can't be true; mend the lines listed` })
    }
  }).pipe(Effect.provide(NodeFileSystem.layer))
