/**
 * Markdown category: reports as reducers over events. Each has its typed value (`data` of the reducer that `make`
 * gives), its text (`markdown`) and its file (`dump`). The reports of other modes join with them.
 */
import type * as FileSystem from "@effect/platform/FileSystem"
import * as Path from "@effect/platform/Path"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { text } from "../engine/hash.js"
import { type BacktestDocument, type PortfolioDocument, runsOf, type RunRecord } from "../model/document.js"
import { FileError } from "../model/errors.js"
import type { Event } from "../model/event.js"
import * as AtomicFile from "../persistence/atomicFile.js"
import * as Backtest from "../report/backtest.js"
import { Collector } from "../report/collector.js"
import * as Heat from "../report/heat.js"
import * as Partial from "../report/partial.js"
import { placesOf } from "../report/parts.js"
import * as Performance from "../report/performance.js"
import * as Portfolio from "../report/portfolio.js"
import type { QuoteOptions } from "../report/precision.js"
import type { Reducer } from "../report/reducer.js"
import * as Risk from "../report/risk.js"
import * as Schedule from "../report/schedule.js"
import type { TableOptions } from "../report/table.js"
import type { TradeColumn } from "../report/trades.js"

/** Where a report is written: `<folder>/<name>.md`. */
export interface Target {
  /** By default the report's own, under `dump`. */
  readonly folder?: string | undefined
  /** What the file is called, without `.md`: `fileName(record)` for the reports of a record. */
  readonly name: string
}

/** A report: what gathers it, how it reads, where it goes. */
export interface Report<in Make, in Input, Data, in Options> {
  /** A reducer over events. */
  readonly make: (options?: Make) => Reducer<Input, Data>
  readonly markdown: (data: Data, options?: Options) => string
  /** Writes the report and gives the file's path. */
  readonly dump: (data: Data, options: Target & Options) => Effect.Effect<string, FileError>
}

/** The report of a finished run, made from its document. */
export interface DocumentReport<Document> {
  readonly markdown: (document: Document, options?: TableOptions<TradeColumn>) => string
  /** Writes the report to a folder (default `dump/backtest`) and gives the file's path. */
  readonly dump: (
    document: Document,
    folder?: string,
    options?: TableOptions<TradeColumn>
  ) => Effect.Effect<string, FileError>
}

export class Markdown extends Context.Tag("effect-backtest/Markdown")<
  Markdown,
  {
    readonly backtest: DocumentReport<BacktestDocument> & {
      /** Gathers a run's events into its document. */
      readonly data: () => Collector
    }
    readonly portfolio: DocumentReport<PortfolioDocument>
    readonly schedule: Report<QuoteOptions, Event, Schedule.ScheduleData, Schedule.ScheduleOptions>
    readonly performance: Report<
      undefined,
      Performance.PerformanceSample,
      Performance.PerformanceData,
      TableOptions<Performance.PerformanceColumn>
    >
    readonly heat: Report<Heat.HeatMake, Event, Heat.HeatData, TableOptions<Heat.HeatColumn>>
    readonly partial: Report<Partial.PartialMake, Event, Partial.PartialData, TableOptions<Partial.PartialColumn>>
    readonly risk: Report<QuoteOptions, Event, Risk.RiskData, TableOptions<Risk.RiskColumn>>
  }
>() {}

/** The folders below `dump`. */
const folders = {
  backtest: "backtest",
  schedule: "schedule",
  performance: "performance",
  heat: "heatmap",
  partial: "partial",
  risk: "risk"
} as const

export const layer: Layer.Layer<Markdown, never, FileSystem.FileSystem | Path.Path> = Layer.effect(
  Markdown,
  Effect.gen(function* () {
    const context = yield* Effect.context<FileSystem.FileSystem | Path.Path>()
    const path = yield* Path.Path

    const write = (folder: string, name: string, content: string): Effect.Effect<string, FileError> => {
      const file = path.join(folder, `${name}.md`)
      return AtomicFile.write(file, content).pipe(
        Effect.provide(context),
        Effect.mapBoth({ onFailure: (error) => unwritable(file, error), onSuccess: () => file })
      )
    }
    const defaultFolder = (key: keyof typeof folders) => path.join("dump", folders[key])

    const report = <Make, Input, Data, Options>(
      key: keyof typeof folders,
      { make, markdown }: Pick<Report<Make, Input, Data, Options>, "make" | "markdown">
    ): Report<Make, Input, Data, Options> => ({
      make,
      markdown,
      dump: (data, options) =>
        Effect.suspend(() =>
          write(options.folder ?? defaultFolder(key), safeName(options.name), markdown(data, options))
        )
    })
    const ofDocument = <Document extends RunRecord>(
      markdown: DocumentReport<Document>["markdown"]
    ): DocumentReport<Document> => ({
      markdown,
      dump: (document, folder = defaultFolder("backtest"), options = {}) =>
        Effect.suspend(() => write(folder, fileName(document), markdown(document, options)))
    })

    return {
      backtest: { ...ofDocument(Backtest.markdown), data: () => new Collector() },
      portfolio: ofDocument(Portfolio.markdown),
      schedule: report("schedule", Schedule),
      performance: report("performance", Performance),
      heat: report("heat", Heat),
      partial: report("partial", Partial),
      risk: report("risk", Risk)
    }
  })
)

/**
 * What the files of a record are called, whatever they hold: by symbol and strategy, of a portfolio by how many there
 * are of each. Records that differ in anything else differ in the last part.
 */
export const fileName = (record: RunRecord): string => {
  const runs = runsOf(record)
  const identity = text(JSON.stringify([record.account, ...runs.map(identityOf)])).slice(0, 8)
  if (record.kind === "backtest") return [record.run.symbol, record.run.strategy, identity].map(plainName).join("_")
  const { strategies, symbols } = placesOf(runs.map(({ run }) => run))
  return `portfolio_${symbols.length}x${strategies.length}_${identity}`
}

/** What a run was, and, as documents do not tell of risk or sizing profiles, what came of it. */
const identityOf = ({ cancelled, rejected, run, statistics }: BacktestDocument) => {
  const { dataHash, exchange, fill, frame, params, seed, settings, strategy, symbol } = run
  const came = [statistics.totalSignals, statistics.totalPnl, cancelled.length, rejected.length]
  return [symbol, strategy, dataHash, exchange, fill, frame, params, seed, settings, came]
}

const plainName = (name: string): string => name.replaceAll(/[^\p{L}\p{N}.-]+/gu, "-").replace(/^\.+/, "") || "unnamed"

/** A name of several parts, which stay apart. */
const safeName = (name: string): string => name.split("_").map(plainName).join("_")

/** What kept a file from being written, in one line. */
export const unwritable = (file: string, error: { readonly message: string; readonly cause?: unknown }): FileError => {
  const { cause } = error
  const code = typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : ""
  const reasons: Readonly<Record<string, string>> = {
    ENOSPC: "the disk is full; free some space or write elsewhere",
    EACCES: "writing there is not permitted; change its permissions or write elsewhere",
    EROFS: "the disk is read-only; write elsewhere",
    ENOTDIR: "a part of the path is a file; write elsewhere",
    EEXIST: "a file stands where a folder is needed; write elsewhere"
  }
  return new FileError({ file, reason: reasons[code] ?? `it can't be written (${error.message.split("\n", 1)[0]})` })
}
