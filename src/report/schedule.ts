import { mean } from "../engine/statistics/sample.js"
import type { RunRecord } from "../model/document.js"
import type { CancelReason, Event } from "../model/event.js"
import type { Signal } from "../model/signal.js"
import { eventsOf } from "./events.js"
import * as Format from "./format.js"
import { type Count, counted, countOf, newestFirst, page, placesOf, section, title } from "./parts.js"
import { type Decimals, Precision, type PriceOf, priceWriter, type QuoteOptions, quotesOf } from "./precision.js"
import { type Reducer, reduce } from "./reducer.js"
import { type Columns, tableOf, type TableOptions } from "./table.js"

/** Something that happened to a limit entry. Times are epoch milliseconds, prices in quote currency. */
export interface ScheduleRow {
  readonly at: number
  readonly action: "scheduled" | "opened" | "cancelled"
  readonly symbol: string
  readonly strategy: string
  readonly id: string
  readonly position: Signal["position"]
  readonly note: string | undefined
  /** The average price when it was scheduled, the fill's when it opened; a cancellation has none. */
  readonly price: number | null
  /** As asked. */
  readonly priceLimit: number
  readonly priceTakeProfit: number
  readonly priceStopLoss: number
  /** How long it rested, milliseconds; null at its beginning. */
  readonly wait: number | null
  readonly reason: CancelReason | null
}

export interface ScheduleData {
  /** In the order of events. */
  readonly rows: ReadonlyArray<ScheduleRow>
  readonly scheduled: number
  readonly opened: number
  readonly cancelled: number
  readonly cancelledBy: ReadonlyArray<Count>
  /** Neither opened nor cancelled so far. */
  readonly resting: number
  /** Opened, and cancelled, of the scheduled, %; null without any. */
  readonly activationRate: number | null
  readonly cancellationRate: number | null
  /** Mean time the opened, and the cancelled, rested, milliseconds; null without any. */
  readonly avgActivation: number | null
  readonly avgWait: number | null
  readonly decimals: Decimals
}

/** Gathers what became of limit entries that rested; one that opens at once never rested, and is not among them. */
export const make = (options: QuoteOptions = {}): Reducer<Event, ScheduleData> => {
  const precision = new Precision(options.quotes)
  const rows: Array<ScheduleRow> = []
  const resting = new Set<string>()
  return {
    observe: (event) => {
      precision.observe(event)
      if (event._tag === "Scheduled") {
        resting.add(keyOf(event.signal))
        rows.push(rowOf(event.signal, event.when, { action: "scheduled", price: event.price }))
      } else if (event._tag === "Opened" && resting.delete(keyOf(event.signal))) {
        rows.push(rowOf(event.signal, event.when, { action: "opened", price: event.priceOpen }))
      } else if (event._tag === "Cancelled") {
        resting.delete(keyOf(event.signal))
        rows.push(rowOf(event.signal, event.when, { action: "cancelled", reason: event.reason }))
      }
    },
    data: () => summed(rows.slice(), resting.size, precision.decimals)
  }
}

/** The report of a finished record. */
export const ofRecord = (record: RunRecord): ScheduleData =>
  reduce(make({ quotes: quotesOf(record) }), eventsOf(record))

const keyOf = ({ id, scheduledAt, strategy, symbol }: Signal): string =>
  JSON.stringify([symbol, strategy, scheduledAt, id])

const rowOf = (
  signal: Signal,
  at: number,
  what: Pick<ScheduleRow, "action"> & Partial<Pick<ScheduleRow, "price" | "reason">>
): ScheduleRow => ({
  at,
  symbol: signal.symbol,
  strategy: signal.strategy,
  id: signal.id,
  position: signal.position,
  note: signal.note,
  price: null,
  priceLimit: signal.priceOpen ?? Number.NaN,
  priceTakeProfit: signal.priceTakeProfit,
  priceStopLoss: signal.priceStopLoss,
  wait: what.action === "scheduled" ? null : at - signal.scheduledAt,
  reason: null,
  ...what
})

const summed = (rows: ReadonlyArray<ScheduleRow>, resting: number, decimals: Decimals): ScheduleData => {
  const of = (action: ScheduleRow["action"]) => rows.filter((row) => row.action === action)
  const [scheduled, opened, cancelled] = [of("scheduled").length, of("opened"), of("cancelled")]
  const rate = (some: ReadonlyArray<ScheduleRow>) => (scheduled === 0 ? null : (100 * some.length) / scheduled)
  const rested = (some: ReadonlyArray<ScheduleRow>) =>
    some.length === 0 ? null : mean(some.map(({ wait }) => wait ?? 0))
  return {
    rows,
    scheduled,
    opened: opened.length,
    cancelled: cancelled.length,
    cancelledBy: countOf(cancelled.map(({ reason }) => reason ?? "")),
    resting,
    activationRate: rate(opened),
    cancellationRate: rate(cancelled),
    avgActivation: rested(opened),
    avgWait: rested(cancelled),
    decimals
  }
}

export type ScheduleColumn =
  | "time"
  | "action"
  | "symbol"
  | "strategy"
  | "signalId"
  | "position"
  | "note"
  | "price"
  | "priceLimit"
  | "takeProfit"
  | "stopLoss"
  | "wait"
  | "reason"

/** Everything the table can show. */
export const columns: Columns<ScheduleColumn, ScheduleRow, PriceOf> = {
  time: { title: "Timestamp", cell: ({ at }) => Format.time(at) },
  action: { title: "Action", cell: ({ action }) => action },
  symbol: { title: "Symbol", cell: ({ symbol }) => symbol },
  strategy: { title: "Strategy", cell: ({ strategy }) => strategy },
  signalId: { title: "Signal ID", cell: ({ id }) => id },
  position: { title: "Position", cell: ({ position }) => position },
  note: { title: "Note", cell: ({ note }) => note ?? "" },
  price: { title: "Current Price", align: "right", cell: ({ price, symbol }, write) => write(symbol, price) },
  priceLimit: { title: "Entry Price", align: "right", cell: (row, write) => write(row.symbol, row.priceLimit) },
  takeProfit: { title: "TP", align: "right", cell: (row, write) => write(row.symbol, row.priceTakeProfit) },
  stopLoss: { title: "SL", align: "right", cell: (row, write) => write(row.symbol, row.priceStopLoss) },
  wait: { title: "Wait Time", align: "right", cell: ({ wait }) => Format.duration(wait) },
  reason: { title: "Reason", cell: ({ reason }) => reason ?? "" }
}

export interface ScheduleOptions extends TableOptions<ScheduleColumn> {
  /** Shows the strategies' notes; off by default, and without effect where `columns` are given. */
  readonly notes?: boolean | undefined
}

/** By default without a strategy where there is but one: the title names it. */
const defaults = (rows: ReadonlyArray<ScheduleRow>, notes: boolean): ReadonlyArray<ScheduleColumn> => [
  "time",
  "action",
  "symbol",
  ...(placesOf(rows).strategies.length > 1 ? (["strategy"] as const) : []),
  "signalId",
  "position",
  ...(notes ? (["note"] as const) : []),
  "price",
  "priceLimit",
  "takeProfit",
  "stopLoss",
  "wait"
]

/** The Schedule report as Markdown: how many limit entries were filled and how long they rested, then each of them. */
export const markdown = (data: ScheduleData, options: ScheduleOptions = {}): string => {
  const { cancelled, opened, resting, rows, scheduled } = data
  if (rows.length === 0) return page("# Schedule", "", "No limit entry was scheduled.")
  const reasons = cancelled === 0 ? "" : `; ${counted(data.cancelledBy)}`
  const after = (millis: number | null) => (millis === null ? "" : `, after ${Format.duration(millis)} on average`)
  return page(
    title("Schedule", rows),
    "",
    `- Scheduled: ${Format.count(scheduled)}`,
    `- Opened: ${Format.count(opened)} (${Format.share(data.activationRate)})${after(data.avgActivation)}`,
    `- Cancelled: ${Format.count(cancelled)} (${Format.share(data.cancellationRate)}${reasons})${after(data.avgWait)}`,
    `- Still resting: ${Format.count(resting)}`,
    ...section(
      `Limit entries (${Format.plural(rows.length, "event")})`,
      tableOf(
        columns,
        options.columns ?? defaults(rows, options.notes ?? false),
        newestFirst(rows, ({ at }) => at),
        priceWriter(data.decimals)
      )
    )
  )
}
