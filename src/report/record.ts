import * as Either from "effect/Either"
import * as ParseResult from "effect/ParseResult"
import * as Schema from "effect/Schema"
import { describe, isObject } from "../engine/describe.js"
import { BacktestDocument, PortfolioDocument, RunInfo, type RunRecord, version } from "../model/document.js"
import { FileError } from "../model/errors.js"
import { Settings } from "../model/settings.js"

/**
 * Run records as JSON text: what `--json` prints and files hold. JSON has no infinity: a setting without a limit is
 * written as "infinite", as lifetimes are.
 */

/** A record as JSON, on one line unless indented. Every number is written so that it reads back exactly. */
export const encode = (record: RunRecord, indent?: number): string =>
  JSON.stringify(
    record.kind === "portfolio" ? { ...record, runs: record.runs.map(withoutInfinity) } : withoutInfinity(record),
    undefined,
    indent
  )

/** Only what a run was told can be without a limit: a look at every value of every trade would take far longer. */
const withoutInfinity = (document: BacktestDocument) => {
  const infinity = (_: string, value: unknown) => (value === Number.POSITIVE_INFINITY ? "infinite" : value)
  const run: unknown = JSON.parse(JSON.stringify(document.run, infinity))
  return { ...document, run }
}

/**
 * A record from JSON text, by Schema: what a version does not know is left out. `file` is how messages call it. Text
 * that is no record, or a record of another version, gives a `FileError` that names the first place that is wrong.
 */
export const decode = (text: string, file = "the record"): Either.Either<RunRecord, FileError> =>
  Either.mapLeft(
    Either.flatMap(parse(text), (json) =>
      Either.flatMap(schemaOf(json), (read) => Either.mapLeft(read(json), (error) => where(json, error)))
    ),
    (reason) => new FileError({ file, reason })
  )

/** A number that may be without a limit. */
const Limit = Schema.transform(Schema.Union(Schema.Number, Schema.Literal("infinite")), Schema.Number, {
  strict: true,
  decode: (value) => (value === "infinite" ? Number.POSITIVE_INFINITY : value),
  encode: (value) => (value === Number.POSITIVE_INFINITY ? "infinite" : value)
})

const Backtest = Schema.Struct({
  ...BacktestDocument.fields,
  run: Schema.Struct({
    ...RunInfo.fields,
    settings: Schema.Struct({
      ...Settings.fields,
      awaitMinutes: Limit,
      maxLifetime: Limit,
      signalTimeout: Limit,
      anomalyFactor: Limit,
      periodsPerYear: Limit
    })
  })
})

const Portfolio = Schema.Struct({ ...PortfolioDocument.fields, runs: Schema.Array(Backtest) })

type Read = (json: unknown) => Either.Either<RunRecord, ParseResult.ParseError>

// keys stay in the order in which they are written
const readers: ReadonlyMap<unknown, Read> = new Map<unknown, Read>([
  ["backtest", Schema.decodeUnknownEither(Backtest, { propertyOrder: "original" })],
  ["portfolio", Schema.decodeUnknownEither(Portfolio, { propertyOrder: "original" })]
])

const give = "give what --json printed, or the .json file that --out wrote"

const parse = (text: string): Either.Either<unknown, string> =>
  Either.try({ try: (): unknown => JSON.parse(text), catch: () => `it is not JSON, or only a part of it; ${give}` })

/** Reads what it says it is: then a problem is that of one Schema, not of several. */
const schemaOf = (json: unknown): Either.Either<Read, string> => {
  if (!isObject(json) || !("run" in json || "runs" in json)) return Either.left(`it is no record of a run; ${give}`)
  const { kind, version: written } = json
  if (written === undefined) {
    return Either.left("it was written before records had a version; run it again to get a new one")
  }
  if (typeof written === "number" && written > version) {
    return Either.left(
      `it was written by a newer version (version ${written}; this program reads ${version}); update effect-backtest`
    )
  }
  if (written !== version) {
    return Either.left(`its version is ${describe(written)}, and this program reads ${version}; run it again`)
  }
  const read = readers.get(kind)
  return read === undefined
    ? Either.left(`its kind is ${describe(kind)}, and must be "backtest" or "portfolio"; ${give}`)
    : Either.right(read)
}

/** The first place where a record can't have what is there. */
const where = (json: unknown, error: ParseResult.ParseError): string => {
  const path = ParseResult.ArrayFormatter.formatErrorSync(error)[0]?.path ?? []
  let there = json
  for (const key of path) there = there instanceof Object ? Reflect.get(there, key) : undefined
  return `${path.map(String).join(".")} can't be what it is (${describe(there)}); the file was changed or cut: run it again`
}
