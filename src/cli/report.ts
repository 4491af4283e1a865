/** The command `report`: a finished run read back, shown, and its reports written anew. */
import * as FileSystem from "@effect/platform/FileSystem"
import * as Path from "@effect/platform/Path"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Columns from "../engine/columns.js"
import * as Gaps from "../engine/gaps.js"
import * as Hash from "../engine/hash.js"
import * as Kit from "../Kit.js"
import type { Columns as CandleColumns } from "../model/candle.js"
import { type RunInfo, type RunRecord, runsOf } from "../model/document.js"
import { decode } from "../report/record.js"
import { CliError } from "./error.js"
import { candlesOf, type Market, type MarketsGiven, note, readMarkets } from "./markets.js"
import { err, out } from "./output.js"
import { show, type Shown } from "./run.js"
import { readText } from "./text.js"
import { write } from "./write.js"

export interface ReportGiven extends MarketsGiven, Shown {
  readonly record: string
  readonly out: Option.Option<string>
}

export const report = (given: ReportGiven) =>
  Effect.gen(function* () {
    const path = yield* Path.Path
    const record = yield* decode(yield* readText(given.record), given.record)
    const markets = yield* marketsOf(given, record)
    for (const text of differences(record, markets)) yield* err(`${text}\n`)
    if (!given.json) yield* err(note(markets))
    yield* show(record, given)
    const folder = Option.getOrElse(given.out, () => path.dirname(given.record))
    const files = yield* write(record, { folder, candles: candlesOf(markets), performance: undefined })
    const told = files.map((file) => `written: ${file}\n`).join("")
    yield* given.json ? err(told) : out(told)
  }).pipe(Effect.provide(Kit.layerNode))

/** The candles: those given, else those of the files the run itself was made from, where they still are. */
const marketsOf = Effect.fnUntraced(function* (given: ReportGiven, record: RunRecord) {
  const symbols = new Set(runsOf(record).map(({ run }) => run.symbol))
  if (Option.isSome(given.data) || given.symbol.length > 0) {
    const markets = yield* readMarkets(withSymbol(given, record))
    const unknown = markets.find(({ symbol }) => !symbols.has(symbol))
    if (unknown !== undefined) {
      const message = `--symbol ${unknown.symbol}: the record has no such symbol; it has: ${[...symbols].join(", ")}`
      return yield* new CliError({ message })
    }
    return markets
  }
  const fs = yield* FileSystem.FileSystem
  const found: Array<string> = []
  for (const { file, symbol } of distinctFiles(record)) {
    if (yield* Effect.orElseSucceed(fs.exists(file), () => false)) found.push(`${symbol}=${file}`)
    else
      yield* err(
        `${symbol}: its candles (${file}) are no longer there; give --symbol ${symbol}=FILE.csv to draw them\n`
      )
  }
  return found.length === 0 ? [] : yield* readMarkets({ ...given, symbol: found })
})

/** One file for a record of one symbol needs no name. */
const withSymbol = (given: ReportGiven, record: RunRecord): MarketsGiven => {
  const [first] = runsOf(record)
  return Option.isSome(given.data) && given.symbol.length === 0 && first !== undefined
    ? { ...given, symbol: [first.run.symbol] }
    : given
}

const distinctFiles = (record: RunRecord) => {
  const files = new Map<string, string>()
  for (const { run } of runsOf(record)) if (run.file !== undefined) files.set(run.symbol, run.file)
  return Array.from(files, ([symbol, file]) => ({ symbol, file }))
}

/** Candles that are not those of the run, bit for bit: they are drawn, and it is said. */
const differences = (record: RunRecord, markets: ReadonlyArray<Market>): ReadonlyArray<string> =>
  markets.flatMap(({ data, file, symbol }) => {
    const run = runsOf(record).find((each) => each.run.symbol === symbol)?.run
    return run === undefined || isSame(run, data.columns, data.interval)
      ? []
      : [`note: ${file} does not hold exactly the candles of the run on ${symbol}; it may have grown or been mended`]
  })

/** The hash is over the candles as the run saw them: up to the frame's end, with gaps filled or not. */
const isSame = ({ dataHash, frame }: RunInfo, columns: CandleColumns, interval: number): boolean => {
  const seen = Columns.slice(columns, 0, Columns.indexAtOrAfter(columns, frame.end))
  const hash = (each: CandleColumns) => Hash.columns(each, 0, each.length)
  return hash(seen) === dataHash || hash(Gaps.fill(seen, interval)) === dataHash
}
