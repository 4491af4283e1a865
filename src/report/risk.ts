import { reasonText, type RunRecord } from "../model/document.js"
import type { Event, Violation, ViolationCode } from "../model/event.js"
import type { Signal } from "../model/signal.js"
import { rejectedOf } from "./collector.js"
import { eventsOf } from "./events.js"
import * as Format from "./format.js"
import { code, type Count, counted, countOf, counts, page, section, title } from "./parts.js"
import { type Decimals, Precision, type PriceOf, priceWriter, type QuoteOptions, quotesOf } from "./precision.js"
import { type Reducer, reduce } from "./reducer.js"
import { type Columns, tableOf, type TableOptions } from "./table.js"

/** One reason for which a trade was refused. */
export interface RiskRow {
  /** Epoch milliseconds. */
  readonly at: number
  readonly symbol: string
  readonly strategy: string
  /** The risk profile that refused; null where it was the account or the sizing. */
  readonly profile: string | null
  /** `signal`: an answer. `fill`: a resting entry about to be filled. */
  readonly stage: "signal" | "fill"
  readonly position: Signal["position"] | null
  /** The entry that was refused, quote currency: the limit price, else the average price at the tick. */
  readonly price: number | null
  readonly code: ViolationCode
  readonly message: string
}

export interface RiskData {
  /** In the order of events; a trade that was refused for several reasons has several. */
  readonly rows: ReadonlyArray<RiskRow>
  /** Trades that were refused. */
  readonly refused: number
  /** Reasons per risk profile. */
  readonly byProfile: ReadonlyArray<Count>
  /** Refused trades. */
  readonly bySymbol: ReadonlyArray<Count>
  readonly byStrategy: ReadonlyArray<Count>
  readonly decimals: Decimals
}

/** Who may refuse a valid trade: risk profiles, the account, the sizing. */
const isRisk = ({ code }: Violation): boolean => code === "risk" || code === "cash" || code === "sizing"

/** A refusal that does not say why. */
const unexplained: ReadonlyArray<Violation> = [{ code: "risk", message: "no reason given" }]

/** Gathers what risk, cash and sizing refused. */
export const make = (options: QuoteOptions = {}): Reducer<Event, RiskData> => {
  const precision = new Precision(options.quotes)
  const refusals: Array<ReadonlyArray<RiskRow>> = []
  return {
    observe: (event) => {
      precision.observe(event)
      const rows = rowsOf(event)
      if (rows.length > 0) refusals.push(rows)
    },
    data: () => {
      const rows = refusals.flat()
      const trades = refusals.flatMap(([first]) => (first === undefined ? [] : [first]))
      return {
        rows,
        refused: trades.length,
        byProfile: countOf(rows.flatMap(({ profile }) => (profile === null ? [] : [profile]))),
        bySymbol: countOf(trades.map(({ symbol }) => symbol)),
        byStrategy: countOf(trades.map(({ strategy }) => strategy)),
        decimals: precision.decimals
      }
    }
  }
}

/** The report of a finished record. */
export const ofRecord = (record: RunRecord): RiskData => reduce(make({ quotes: quotesOf(record) }), eventsOf(record))

const rowsOf = (event: Event): ReadonlyArray<RiskRow> => {
  const because = (violations: ReadonlyArray<Violation>, row: Omit<RiskRow, "code" | "message" | "profile">) =>
    violations.map(({ code, message, profile }): RiskRow => ({ ...row, profile: profile ?? null, code, message }))
  if (event._tag === "Rejected") {
    const { strategy, symbol, violations, when } = event
    const { position = null, price: average = null, priceLimit: price = average } = rejectedOf(event)
    return because(violations.filter(isRisk), { at: when, symbol, strategy, stage: "signal", position, price })
  }
  if (event._tag === "Cancelled" && event.reason === "risk") {
    const { position, priceOpen = null, strategy, symbol } = event.signal
    const row = { at: event.when, symbol, strategy, stage: "fill", position, price: priceOpen } as const
    return because(event.violations ?? unexplained, row)
  }
  return []
}

export type RiskColumn = "time" | "symbol" | "strategy" | "profile" | "stage" | "position" | "price" | "code" | "reason"

/** Everything the table can show. */
export const columns: Columns<RiskColumn, RiskRow, PriceOf> = {
  time: { title: "Time", cell: ({ at }) => Format.time(at) },
  symbol: { title: "Symbol", cell: ({ symbol }) => symbol },
  strategy: { title: "Strategy", cell: ({ strategy }) => strategy },
  profile: { title: "Profile", cell: ({ profile }) => profile ?? "" },
  stage: { title: "Stage", cell: ({ stage }) => stage },
  position: { title: "Position", cell: ({ position }) => position ?? "" },
  price: { title: "Price", align: "right", cell: ({ price, symbol }, write) => write(symbol, price) },
  code: { title: "Code", cell: ({ code }) => code },
  reason: { title: "Reason", cell: ({ code, message }) => reasonText({ code, message }) }
}

const defaults: ReadonlyArray<RiskColumn> = [
  "time",
  "symbol",
  "strategy",
  "profile",
  "stage",
  "position",
  "price",
  "reason"
]

/** The Risk report as Markdown: how many trades were refused, by whom and why, then each refusal. */
export const markdown = (data: RiskData, options: TableOptions<RiskColumn> = {}): string => {
  const { byProfile, byStrategy, bySymbol, refused, rows } = data
  if (rows.length === 0) return page("# Risk", "", "No trade was refused by risk, cash or sizing.")
  const by = (what: string, found: ReadonlyArray<Count>) =>
    found.length === 0 ? "" : `- By ${what}: ${counted(found.map(({ count, name }) => ({ name: code(name), count })))}`
  const lines = [by("profile", byProfile), by("symbol", bySymbol), by("strategy", byStrategy)]
  return page(
    title("Risk", rows),
    "",
    `- Refused: ${Format.plural(refused, "trade")}, for ${Format.plural(rows.length, "reason")}`,
    ...lines.filter((line) => line !== ""),
    ...section("Reasons", counts(rows.map(({ code, message }) => reasonText({ code, message })))),
    ...section(
      `Refusals (${Format.count(rows.length)})`,
      tableOf(
        columns,
        options.columns ?? defaults,
        // the reasons of one refusal stay in their order
        rows.toSorted((a, b) => b.at - a.at),
        priceWriter(data.decimals)
      )
    )
  )
}
