/** What backtest, replay and demo have in common: options in, a run with its progress, the result out. */
import type * as FileSystem from "@effect/platform/FileSystem"
import * as Path from "@effect/platform/Path"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { describe } from "../adapters/csv/dialect.js"
import { type CsvData, locate, read } from "../adapters/csv/reader.js"
import type { Exchange } from "../clients/exchange.js"
import * as Frame from "../Frame.js"
import type { BacktestDocument } from "../model/document.js"
import type { FileError, RunError } from "../model/errors.js"
import type { FillPolicy, GapPolicy } from "../model/fill.js"
import type { CandleInterval, FrameInterval } from "../model/interval.js"
import * as AtomicFile from "../persistence/atomicFile.js"
import { summary } from "../report/terminal.js"
import { EventHub, type Message } from "../services/EventHub.js"
import { fileName, Markdown, unwritable } from "../services/Markdown.js"
import type { RunOptions } from "../services/Validation.js"
import { CliError } from "./error.js"
import { colored, err, out, width } from "./output.js"
import { instant, settings, symbolOf } from "./values.js"

/** How the result is shown. */
export interface Shown {
  readonly json: boolean
  readonly noColor: boolean
}

/** The options every run over a file of candles has. */
export interface Common extends Shown {
  readonly data: string
  readonly interval: Option.Option<CandleInterval>
  readonly symbol: Option.Option<string>
  readonly from: Option.Option<string>
  readonly to: Option.Option<string>
  readonly frameInterval: FrameInterval
  readonly fill: FillPolicy
  readonly set: ReadonlyArray<string>
  readonly gaps: GapPolicy
  readonly seed: number
  readonly out: Option.Option<string>
}

/** The options of a run from those of the command line, with the candles read. */
export const prepare = Effect.fnUntraced(function* (given: Common) {
  const bound = (option: string, text: Option.Option<string>) =>
    Option.isSome(text) ? Effect.map(instant(option, text.value), Option.some) : Effect.succeedNone
  const from = yield* bound("--from", given.from)
  const to = yield* bound("--to", given.to)
  if (Option.isSome(from) && Option.isSome(to) && from.value >= to.value) {
    const [a, b] = [Option.getOrThrow(given.from), Option.getOrThrow(given.to)]
    return yield* new CliError({ message: `--from ${a} is not before --to ${b}; swap them or move one` })
  }
  const changed = yield* settings(given.set)
  const symbol = Option.getOrElse(given.symbol, () => symbolOf(given.data))
  const data = yield* read(given.data, Option.isSome(given.interval) ? { interval: given.interval.value } : {})
  const options: RunOptions<never> = {
    exchange: csv(data, symbol),
    frame: Frame.make("cli", {
      interval: given.frameInterval,
      ...(Option.isSome(from) ? { start: from.value } : {}),
      ...(Option.isSome(to) ? { end: to.value } : {})
    }),
    settings: changed,
    fill: given.fill,
    gaps: given.gaps,
    seed: given.seed
  }
  const note = given.json ? "" : `read ${given.data}: ${describe(data.dialect)}\n`
  return { symbol, options, note }
})

/** An exchange of one file that has been read already: its format was wanted before the run. */
const csv = (data: CsvData, symbol: string): Exchange<never> => ({
  name: "csv",
  interval: undefined,
  native: [],
  source: {
    _tag: "Whole",
    load: () =>
      Effect.succeed({
        columns: data.columns,
        interval: data.interval,
        locate: (problem) => locate(data, problem, symbol)
      })
  }
})

const columns = 24

const bar = (message: Message): string | undefined => {
  if (message._tag !== "Progress") return undefined
  const { candles, end, start, strategy, symbol, when } = message
  const share = end > start ? Math.min(1, Math.max(0, (when - start) / (end - start))) : 0
  const full = Math.round(share * columns)
  const drawn = "█".repeat(full) + "░".repeat(columns - full)
  return `${symbol} ${strategy} ${drawn} ${String(Math.floor(share * 100)).padStart(3)} %  ${candles} candles`
}

/** Shows how far a run has come on a terminal's last line, and clears that line at the end. */
const withProgress = <A, E, R>(run: Effect.Effect<A, E, R>) =>
  Effect.scoped(
    Effect.gen(function* () {
      if (process.stderr.isTTY !== true) return yield* run
      const hub = yield* EventHub
      const messages = yield* hub.subscribe(16)
      yield* Effect.addFinalizer(() => err("\r\u001b[K"))
      const draw = (message: Message) => {
        const text = bar(message)
        return text === undefined ? Effect.void : err(`\r\u001b[K${text.slice(0, (process.stderr.columns ?? 80) - 1)}`)
      }
      yield* Effect.forkScoped(Stream.runForEach(messages, draw))
      return yield* run
    })
  )

/** Runs, shows the result and writes the files that were asked for. */
export const finish = <R>(
  run: Effect.Effect<BacktestDocument, RunError, R>,
  shown: Shown & { readonly out: Option.Option<string> },
  note = ""
) =>
  Effect.gen(function* () {
    const document = yield* withProgress(run)
    // Only now: when a run fails, its error is all there is to read.
    if (note !== "") yield* err(note)
    yield* out(
      shown.json
        ? `${toJson(document)}\n`
        : `${summary(document, { width: width(), color: colored(!shown.noColor) })}\n`
    )
    if (Option.isNone(shown.out)) return
    const files = yield* write(document, shown.out.value)
    const told = files.map((file) => `written: ${file}\n`).join("")
    yield* shown.json ? err(told) : out(told)
  })

/** A document as JSON, which has no infinity: a setting without a limit is "infinite", as lifetimes are. */
export const toJson = (document: BacktestDocument, indent?: number): string =>
  JSON.stringify(document, (_, value: unknown) => (value === Number.POSITIVE_INFINITY ? "infinite" : value), indent)

const write = (
  document: BacktestDocument,
  folder: string
): Effect.Effect<ReadonlyArray<string>, FileError, Markdown | FileSystem.FileSystem | Path.Path> =>
  Effect.gen(function* () {
    const markdown = yield* Markdown
    const path = yield* Path.Path
    const report = yield* markdown.backtest.dump(document, folder)
    const json = path.join(folder, `${fileName(document)}.json`)
    yield* Effect.mapError(AtomicFile.write(json, `${toJson(document, 2)}\n`), (error) => unwritable(json, error))
    return [report, json]
  })
