import type { RunRecord } from "../model/document.js"
import type { Event } from "../model/event.js"
import type { Signal } from "../model/signal.js"
import { eventsOf } from "./events.js"
import * as Format from "./format.js"
import { newestFirst, page, section, title } from "./parts.js"
import { type Decimals, Precision, type PriceOf, priceWriter, type QuoteOptions, quotesOf } from "./precision.js"
import { type Reducer, reduce } from "./reducer.js"
import { type Columns, table, tableOf, type TableOptions } from "./table.js"

/** A level that a position reached, for the first time. */
export interface PartialRow {
  /** Towards the take-profit, or the stop-loss. */
  readonly action: "profit" | "loss"
  readonly symbol: string
  readonly strategy: string
  readonly id: string
  readonly position: Signal["position"]
  /** % of the way. */
  readonly level: number
  /** The close that reached it, quote currency. */
  readonly price: number
  /** Epoch milliseconds. */
  readonly at: number
  readonly mode: string
}

/** How many positions came so far. */
export interface PartialCount {
  readonly level: number
  readonly profit: number
  readonly loss: number
}

export interface PartialData {
  /** In the order of events. */
  readonly rows: ReadonlyArray<PartialRow>
  readonly profit: number
  readonly loss: number
  /** Per level, ascending. */
  readonly levels: ReadonlyArray<PartialCount>
  readonly decimals: Decimals
}

export interface PartialMake extends QuoteOptions {
  /** What the events come from; `backtest` by default. */
  readonly mode?: string | undefined
}

/** Gathers the partial levels that positions reached. */
export const make = (options: PartialMake = {}): Reducer<Event, PartialData> => {
  const { mode = "backtest", quotes } = options
  const precision = new Precision(quotes)
  const rows: Array<PartialRow> = []
  return {
    observe: (event) => {
      precision.observe(event)
      if (event._tag !== "PartialProfit" && event._tag !== "PartialLoss") return
      const { level, price, signal, when } = event
      const { id, position, strategy, symbol } = signal
      const action = event._tag === "PartialProfit" ? "profit" : "loss"
      rows.push({ action, symbol, strategy, id, position, level, price, at: when, mode })
    },
    data: () => ({
      rows: rows.slice(),
      profit: rows.filter(({ action }) => action === "profit").length,
      loss: rows.filter(({ action }) => action === "loss").length,
      levels: levelsOf(rows),
      decimals: precision.decimals
    })
  }
}

/** The report of a finished record: of a run that was asked to record partial levels. */
export const ofRecord = (record: RunRecord): PartialData => reduce(make({ quotes: quotesOf(record) }), eventsOf(record))

const levelsOf = (rows: ReadonlyArray<PartialRow>): ReadonlyArray<PartialCount> => {
  const found = new Map<number, { profit: number; loss: number }>()
  for (const { action, level } of rows) {
    const counts = found.get(level) ?? { profit: 0, loss: 0 }
    counts[action]++
    found.set(level, counts)
  }
  return Array.from(found, ([level, counts]) => ({ level, ...counts })).toSorted((a, b) => a.level - b.level)
}

export type PartialColumn =
  | "action"
  | "symbol"
  | "strategy"
  | "signalId"
  | "position"
  | "level"
  | "price"
  | "time"
  | "mode"

/** Everything the table can show. */
export const columns: Columns<PartialColumn, PartialRow, PriceOf> = {
  action: { title: "Action", cell: ({ action }) => action },
  symbol: { title: "Symbol", cell: ({ symbol }) => symbol },
  strategy: { title: "Strategy", cell: ({ strategy }) => strategy },
  signalId: { title: "Signal ID", cell: ({ id }) => id },
  position: { title: "Position", cell: ({ position }) => position },
  level: { title: "Level %", align: "right", cell: ({ level }) => String(level) },
  price: { title: "Price", align: "right", cell: ({ price, symbol }, write) => write(symbol, price) },
  time: { title: "Time", cell: ({ at }) => Format.time(at) },
  mode: { title: "Mode", cell: ({ mode }) => mode }
}

const defaults: ReadonlyArray<PartialColumn> = [
  "action",
  "symbol",
  "strategy",
  "signalId",
  "position",
  "level",
  "price",
  "time",
  "mode"
]

const levelsTable = ({ levels }: PartialData): string =>
  table(
    [
      { title: "Level %", align: "right" },
      { title: "Profit", align: "right" },
      { title: "Loss", align: "right" }
    ],
    levels.map(({ level, loss, profit }) => [String(level), Format.count(profit), Format.count(loss)])
  )

/** The Partial report as Markdown: how many positions reached each level towards TP and SL, then each time one did. */
export const markdown = (data: PartialData, options: TableOptions<PartialColumn> = {}): string => {
  const { decimals, loss, profit, rows } = data
  if (rows.length === 0) return page("# Partial", "", "No partial level was reached.")
  return page(
    title("Partial", rows),
    "",
    `- Profit levels reached: ${Format.count(profit)}`,
    `- Loss levels reached: ${Format.count(loss)}`,
    ...section("Levels", levelsTable(data)),
    ...section(
      `Reached (${Format.count(rows.length)})`,
      tableOf(
        columns,
        options.columns ?? defaults,
        newestFirst(rows, ({ at }) => at),
        priceWriter(decimals)
      )
    )
  )
}
