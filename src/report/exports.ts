import { stringify } from "csv-stringify/sync"
import { equityReturn } from "../engine/statistics/input.js"
import { type RunRecord, spanOf, type TradeOf, tradesOf } from "../model/document.js"
import { toText } from "../model/instant.js"

/**
 * Exports of a record for other tools: its trades and its equity curve, over all its runs in close order, as CSV and as
 * JSON Lines, under the same names. Times are ISO 8601 in UTC in CSV and epoch milliseconds in JSON Lines. Numbers are
 * in their shortest form that reads back exactly. What a trade does not have is empty in CSV, and left out of JSON
 * Lines. In CSV, text that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`) is led by an
 * apostrophe.
 *
 * Each export is one text, or pieces of it for a record that is too large for one.
 */

type Row = Readonly<Record<string, string | number | boolean | undefined>>

const columnsOfTrade = [
  "symbol",
  "strategy",
  "id",
  "position",
  "scheduledAt",
  "pendingAt",
  "closedAt",
  "priceOpen",
  "priceClose",
  "priceLimit",
  "priceTakeProfit",
  "priceStopLoss",
  "priceStopMoved",
  "minuteEstimatedTime",
  "reason",
  "pnlPercent",
  "equityPercent",
  "mae",
  "mfe",
  "ambiguous",
  "pnlLow",
  "pnlHigh",
  "quantity",
  "notional",
  "fees",
  "result",
  "balance",
  "note"
]

/** Only where the record has an account. */
const columnsOfMoney: ReadonlySet<string> = new Set(["quantity", "notional", "fees", "result", "balance"])

const columnsOfEquity = ["at", "equity", "drawdownPercent", "symbol", "strategy", "id"]

const columnsOfTime: ReadonlySet<string> = new Set(["scheduledAt", "pendingAt", "closedAt", "at"])

/** `equityPercent` is what the trade did to the equity of the whole account, also where that is its own PnL. */
const tradeRow = ({ strategy, symbol, trade }: TradeOf): Row => {
  const { money, note, partials: _, pnlInterval, stops: __, ...rest } = trade
  const [pnlLow, pnlHigh] = pnlInterval
  return { symbol, strategy, ...rest, equityPercent: equityReturn(trade), pnlLow, pnlHigh, ...money, note }
}

const tradeRows = function* (record: RunRecord): Generator<Row> {
  for (const trade of tradesOf(record)) yield tradeRow(trade)
}

/**
 * The equity at the earliest start and after each close: the account's balance, else a multiple of the start. The
 * drawdown is followed as the statistics do it: as the share of the highest equity so far that is left.
 */
const equityRows = function* (record: RunRecord): Generator<Row> {
  let equity = record.account?.initial ?? 1
  let left = 1
  yield { at: spanOf(record)[0], equity, drawdownPercent: 0 }
  for (const { strategy, symbol, trade } of tradesOf(record)) {
    const growth = 1 + equityReturn(trade) / 100
    equity = trade.money?.balance ?? equity * growth
    left = Math.min(1, left * growth)
    yield { at: trade.closedAt, equity, drawdownPercent: 100 * (1 - left), symbol, strategy, id: trade.id }
  }
}

/** So many rows become one piece of text. */
const rowsPerPiece = 1000

const pages = function* <A>(rows: Iterable<A>): Generator<ReadonlyArray<A>> {
  let page: Array<A> = []
  for (const row of rows) {
    page.push(row)
    if (page.length < rowsPerPiece) continue
    yield page
    page = []
  }
  if (page.length > 0) yield page
}

const csv = function* (columns: ReadonlyArray<string>, rows: Iterable<Row>): Generator<string> {
  const cell = (row: Row) => (name: string) => {
    const value = row[name]
    return typeof value === "number" && columnsOfTime.has(name) ? toText(value) : value
  }
  const write = (lines: Array<ReadonlyArray<unknown>>) =>
    stringify(lines, { cast: { boolean: String }, escape_formulas: true })
  yield write([columns])
  for (const page of pages(rows)) yield write(page.map((row) => columns.map(cell(row))))
}

const jsonLines = function* (rows: Iterable<Row>): Generator<string> {
  for (const page of pages(rows)) yield page.map((row) => `${JSON.stringify(row)}\n`).join("")
}

const whole = (pieces: Iterable<string>): string => Array.from(pieces).join("")

/** The pieces of `tradesCsv`. */
export const tradesCsvPieces = (record: RunRecord): Iterable<string> =>
  csv(
    record.account === undefined ? columnsOfTrade.filter((name) => !columnsOfMoney.has(name)) : columnsOfTrade,
    tradeRows(record)
  )

/**
 * Every closed trade on a line, under a header: `symbol`, `strategy`, then what the record says of it under its own
 * names, with `pnlInterval` as `pnlLow` and `pnlHigh`. Money (`quantity` … `balance`) is there where the record has an
 * account. Partial levels and moves of stops are not: those are in the record.
 */
export const tradesCsv = (record: RunRecord): string => whole(tradesCsvPieces(record))

/** The pieces of `tradesJsonLines`. */
export const tradesJsonLinesPieces = (record: RunRecord): Iterable<string> => jsonLines(tradeRows(record))

/** The same, one JSON object per line. */
export const tradesJsonLines = (record: RunRecord): string => whole(tradesJsonLinesPieces(record))

/** The pieces of `equityCsv`. */
export const equityCsvPieces = (record: RunRecord): Iterable<string> => csv(columnsOfEquity, equityRows(record))

/**
 * The equity curve, under a header: `at`, `equity`, `drawdownPercent` (below the highest equity so far, at least 0), and
 * `symbol`, `strategy` and `id` of the trade that closed then. The first line is the start of the earliest frame.
 */
export const equityCsv = (record: RunRecord): string => whole(equityCsvPieces(record))

/** The pieces of `equityJsonLines`. */
export const equityJsonLinesPieces = (record: RunRecord): Iterable<string> => jsonLines(equityRows(record))

/** The same, one JSON object per line. */
export const equityJsonLines = (record: RunRecord): string => whole(equityJsonLinesPieces(record))
