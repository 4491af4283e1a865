/**
 * Reports: what happened in a run, gathered from its events while they pass by, or from the record of a finished run.
 *
 * @example
 * ```ts
 * import { Backtest, Exchange, Frame, Kit, Report, Signal, Strategy } from "effect-backtest"
 * import { Effect, Stream } from "effect"
 *
 * const dip = Strategy.make("dip", { interval: "1h" }).signal(({ price }) =>
 *   Signal.long({
 *     priceOpen: price * 0.99,
 *     priceTakeProfit: price * 1.02,
 *     priceStopLoss: price * 0.97,
 *     minuteEstimatedTime: 240
 *   })
 * )
 * const options = {
 *   strategy: dip,
 *   exchange: Exchange.synthetic("demo"),
 *   frame: Frame.make("january", { interval: "1m", start: "2024-01-01", end: "2024-02-01" })
 * }
 *
 * // while it runs
 * const live = Effect.gen(function* () {
 *   const data = yield* Stream.run(Backtest.run("DEMO", options), Report.schedule.sink())
 *   return Report.schedule.markdown(data, { columns: ["time", "action", "priceLimit", "wait", "reason"] })
 * })
 *
 * // afterwards
 * const later = Effect.gen(function* () {
 *   const record = yield* Backtest.report("DEMO", options)
 *   yield* Report.html.dump(record, { candles: new Map([["DEMO", yield* Exchange.candles(options.exchange, "DEMO")]]) })
 *   return yield* Report.heat.dump(Report.heat.ofRecord(record), { name: Report.fileName(record) })
 * })
 *
 * const program = Effect.zip(live, later).pipe(Effect.provide(Kit.layerNode))
 * ```
 */
import * as Effect from "effect/Effect"
import type { RunRecord } from "./model/document.js"
import type { FileError } from "./model/errors.js"
import type { Event } from "./model/event.js"
import * as BacktestReport from "./report/backtest.js"
import * as Exports from "./report/exports.js"
import * as Heat from "./report/heat.js"
import * as Partial from "./report/partial.js"
import * as Performance from "./report/performance.js"
import * as PortfolioReport from "./report/portfolio.js"
import type { QuoteOptions } from "./report/precision.js"
import { type Reducer, sink } from "./report/reducer.js"
import * as Risk from "./report/risk.js"
import * as Schedule from "./report/schedule.js"
import type { TableOptions } from "./report/table.js"
import type { TradeColumn } from "./report/trades.js"
import { Html, type HtmlOptions } from "./services/Html.js"
import { Markdown, type Report as Service, type Target } from "./services/Markdown.js"

export { decode, encode } from "./report/record.js"
export { eventsOf } from "./report/events.js"
export type { HeatCell, HeatColumn, HeatData, HeatFigures, HeatStrategy, HeatSymbol } from "./report/heat.js"
export type { PartialColumn, PartialCount, PartialData, PartialRow } from "./report/partial.js"
export type { Count } from "./report/parts.js"
export type { PerformanceColumn, PerformanceData, PerformanceSample, PhaseTimes } from "./report/performance.js"
export type { Quote, QuoteOptions } from "./report/precision.js"
export { reduce, type Reducer } from "./report/reducer.js"
export type { RiskColumn, RiskData, RiskRow } from "./report/risk.js"
export type { ScheduleColumn, ScheduleData, ScheduleOptions, ScheduleRow } from "./report/schedule.js"
export type { TableOptions } from "./report/table.js"
export type { TradeColumn } from "./report/trades.js"
export { fileName } from "./services/Markdown.js"
export type { HtmlOptions } from "./services/Html.js"
export type { Target } from "./services/Markdown.js"

/** What every report gathered from a stream can do. */
interface Source<Make, Input, Data, Options> {
  readonly make: (options?: Make) => Reducer<Input, Data>
  readonly markdown: (data: Data, options?: Options) => string
}

const gathered = <Make, Input, Data, Options>(
  { make, markdown }: Source<Make, Input, Data, Options>,
  service: (markdown: Markdown["Type"]) => Service<Make, Input, Data, Options>
) => ({
  /** Gathers what it is shown. */
  reducer: make,
  /** The end of a Stream: `Stream.run(events, sink())`. */
  sink: (options?: Make) => sink(() => make(options)),
  /** The report as text (GFM). */
  markdown,
  /** Writes the report and gives the file's path. */
  dump: (data: Data, options: Target & Options): Effect.Effect<string, FileError, Markdown> =>
    Effect.flatMap(Markdown, (markdown) => service(markdown).dump(data, options))
})

/** Statistics, trades and refusals of a run, or of a portfolio: what `Backtest.report` gives is its data. */
export const backtest = {
  /** The report as text (GFM). */
  markdown: (record: RunRecord, options?: TableOptions<TradeColumn>): string =>
    record.kind === "portfolio" ? PortfolioReport.markdown(record, options) : BacktestReport.markdown(record, options),
  /** Writes the report to a folder (default `dump/backtest`) and gives the file's path. */
  dump: (
    record: RunRecord,
    options: TableOptions<TradeColumn> & { readonly folder?: string } = {}
  ): Effect.Effect<string, FileError, Markdown> =>
    Effect.flatMap(Markdown, ({ backtest, portfolio }) =>
      record.kind === "portfolio"
        ? portfolio.dump(record, options.folder, options)
        : backtest.dump(record, options.folder, options)
    )
}

/** One HTML file with everything, drawn on the candles where they are given; it needs no network. */
export const html = {
  /** The report as text. */
  render: (record: RunRecord, options?: HtmlOptions): Effect.Effect<string, FileError, Html> =>
    Effect.flatMap(Html, (html) => html.render(record, options)),
  /** Writes the report to a folder (default `dump/backtest`) and gives the file's path. */
  dump: (
    record: RunRecord,
    options?: HtmlOptions & { readonly folder?: string }
  ): Effect.Effect<string, FileError, Html> => Effect.flatMap(Html, (html) => html.dump(record, options))
}

/** Every closed trade, for other tools: times in ISO 8601 in CSV, in epoch milliseconds in JSON Lines. */
export const trades = { csv: Exports.tradesCsv, jsonLines: Exports.tradesJsonLines }

/** The equity at the start and after each close, for other tools. */
export const equity = { csv: Exports.equityCsv, jsonLines: Exports.equityJsonLines }

/** Limit entries: how many were filled, how many were not and why, and how long they rested. */
export const schedule = {
  ...gathered<QuoteOptions, Event, Schedule.ScheduleData, Schedule.ScheduleOptions>(
    Schedule,
    ({ schedule }) => schedule
  ),
  /** Of a finished run. */
  ofRecord: Schedule.ofRecord
}

/** How long the phases of runs took: gathered from the event hub's performance messages. */
export const performance = gathered<
  undefined,
  Performance.PerformanceSample,
  Performance.PerformanceData,
  TableOptions<Performance.PerformanceColumn>
>(Performance, ({ performance }) => performance)

/** Every symbol, every strategy on it, and all of them pooled: over all closed trades. */
export const heat = {
  ...gathered<Heat.HeatMake, Event, Heat.HeatData, TableOptions<Heat.HeatColumn>>(Heat, ({ heat }) => heat),
  /** Of a finished run. */
  ofRecord: Heat.ofRecord
}

/** How far positions came towards their targets and stops: of runs with `events: "all"`. */
export const partial = {
  ...gathered<Partial.PartialMake, Event, Partial.PartialData, TableOptions<Partial.PartialColumn>>(
    Partial,
    ({ partial }) => partial
  ),
  /** Of a finished run. */
  ofRecord: Partial.ofRecord
}

/** What risk profiles, the account and the sizing refused, and why. */
export const risk = {
  ...gathered<QuoteOptions, Event, Risk.RiskData, TableOptions<Risk.RiskColumn>>(Risk, ({ risk }) => risk),
  /** Of a finished run. */
  ofRecord: Risk.ofRecord
}
