/** The files of candles a command was given, and the exchange they make. */
import type * as FileSystem from "@effect/platform/FileSystem"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import { describe } from "../adapters/csv/dialect.js"
import { type CsvData, locate, read } from "../adapters/csv/reader.js"
import type { Exchange } from "../clients/exchange.js"
import type { Columns } from "../model/candle.js"
import { type FileError, UnknownSymbol } from "../model/errors.js"
import type { CandleInterval } from "../model/interval.js"
import { CliError } from "./error.js"
import { symbolOf } from "./values.js"

export interface MarketsGiven {
  readonly data: Option.Option<string>
  readonly symbol: ReadonlyArray<string>
  readonly interval: Option.Option<CandleInterval>
}

/** A symbol with its candles. */
export interface Market {
  readonly symbol: string
  readonly file: string
  readonly data: CsvData
}

interface Named {
  readonly symbol: string
  readonly file: string
}

/** `--data FILE`, `--data FILE --symbol NAME`, or `--symbol NAME=FILE` any number of times. */
const named = ({ data, symbol }: MarketsGiven): Either.Either<ReadonlyArray<Named>, CliError> => {
  const fail = (message: string) => Either.left(new CliError({ message }))
  const pairs = symbol.map((text) => {
    const at = text.indexOf("=")
    return at === -1 ? { symbol: text, file: undefined } : { symbol: text.slice(0, at), file: text.slice(at + 1) }
  })
  const [first] = pairs
  if (Option.isSome(data)) {
    if (first === undefined) return Either.right([{ symbol: symbolOf(data.value), file: data.value }])
    if (pairs.length > 1 || first.file !== undefined) {
      return fail("--data names one file for one --symbol; for several markets write --symbol NAME=FILE.csv for each")
    }
    return first.symbol === ""
      ? fail("--symbol is empty; name one")
      : Either.right([{ symbol: first.symbol, file: data.value }])
  }
  if (first === undefined) return fail("there are no candles; give --data FILE.csv, or --symbol NAME=FILE.csv")
  const files: Array<Named> = []
  for (const { file, symbol } of pairs) {
    if (file === undefined || file === "" || symbol === "") {
      return fail(
        `--symbol ${symbol === "" ? "is empty" : symbol}: it has no file; write --symbol NAME=FILE.csv, or give --data FILE.csv`
      )
    }
    if (files.some((other) => other.symbol === symbol)) {
      return fail(`--symbol ${symbol} is there twice; give each market a name of its own`)
    }
    files.push({ symbol, file })
  }
  return Either.right(files)
}

/** Reads every file; the format is wanted before the run. */
export const readMarkets = (
  given: MarketsGiven
): Effect.Effect<ReadonlyArray<Market>, CliError | FileError, FileSystem.FileSystem> =>
  Effect.flatMap(named(given), (files) =>
    Effect.forEach(files, ({ file, symbol }) =>
      Effect.map(
        read(file, Option.isSome(given.interval) ? { interval: given.interval.value } : {}),
        (data): Market => ({ symbol, file, data })
      )
    )
  )

/** What was read, a line per file. */
export const note = (markets: ReadonlyArray<Market>): string =>
  markets.map(({ data, file }) => `read ${file}: ${describe(data.dialect)}\n`).join("")

/** An exchange of files that have been read already. */
export const exchangeOf = (markets: ReadonlyArray<Market>): Exchange<never> => ({
  name: "csv",
  interval: undefined,
  native: [],
  steps: () => undefined,
  source: {
    _tag: "Whole",
    load: (symbol) => {
      const found = markets.find((market) => market.symbol === symbol)
      if (found === undefined) {
        return Effect.fail(new UnknownSymbol({ exchange: "csv", symbol, known: markets.map((each) => each.symbol) }))
      }
      const { data, file } = found
      return Effect.succeed({
        columns: data.columns,
        interval: data.interval,
        file,
        locate: (problem) => locate(data, problem, symbol)
      })
    }
  }
})

/** The candles by symbol, as reports draw them. */
export const candlesOf = (markets: ReadonlyArray<Market>): ReadonlyMap<string, Columns> =>
  new Map(markets.map(({ data, symbol }) => [symbol, data.columns]))
