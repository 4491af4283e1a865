import { runsOf, type RunRecord, type TradeOf, tradesOf } from "../model/document.js"
import type { Money } from "../model/account.js"
import * as Format from "./format.js"
import { newestFirst } from "./parts.js"
import { Precision, type PriceOf, priceWriter, quotesOf } from "./precision.js"
import { type Columns, tableOf, type TableOptions } from "./table.js"

export type TradeColumn =
  | "signalId"
  | "symbol"
  | "strategy"
  | "position"
  | "note"
  | "priceOpen"
  | "priceClose"
  | "takeProfit"
  | "stopLoss"
  | "pnl"
  | "reason"
  | "duration"
  | "openTime"
  | "closeTime"
  | keyof Money

/** How this report writes what depends on its symbols and its account. */
interface Write {
  readonly price: PriceOf
  readonly quantity: PriceOf
  readonly amount: (of: Money | undefined, key: keyof Money) => string
}

/** Everything the table can show. */
export const columns: Columns<TradeColumn, TradeOf, Write> = {
  signalId: { title: "Signal ID", cell: ({ trade }) => trade.id },
  symbol: { title: "Symbol", cell: ({ symbol }) => symbol },
  strategy: { title: "Strategy", cell: ({ strategy }) => strategy },
  position: { title: "Position", cell: ({ trade }) => trade.position },
  note: { title: "Note", cell: ({ trade }) => trade.note ?? "" },
  priceOpen: {
    title: "Open Price",
    align: "right",
    cell: ({ symbol, trade }, write) => write.price(symbol, trade.priceOpen)
  },
  priceClose: {
    title: "Close Price",
    align: "right",
    cell: ({ symbol, trade }, write) => write.price(symbol, trade.priceClose)
  },
  takeProfit: {
    title: "TP",
    align: "right",
    cell: ({ symbol, trade }, write) => write.price(symbol, trade.priceTakeProfit)
  },
  stopLoss: {
    title: "SL",
    align: "right",
    cell: ({ symbol, trade }, write) => write.price(symbol, trade.priceStopLoss)
  },
  pnl: { title: "PNL (net)", align: "right", cell: ({ trade }) => Format.percent(trade.pnlPercent) },
  quantity: {
    title: "Quantity",
    align: "right",
    cell: ({ symbol, trade }, write) => write.quantity(symbol, trade.money?.quantity ?? null)
  },
  notional: { title: "Notional", align: "right", cell: ({ trade }, write) => write.amount(trade.money, "notional") },
  fees: { title: "Fees", align: "right", cell: ({ trade }, write) => write.amount(trade.money, "fees") },
  result: { title: "Result", align: "right", cell: ({ trade }, write) => write.amount(trade.money, "result") },
  balance: { title: "Balance", align: "right", cell: ({ trade }, write) => write.amount(trade.money, "balance") },
  reason: { title: "Close Reason", cell: ({ trade }) => trade.reason },
  duration: {
    title: "Duration",
    align: "right",
    cell: ({ trade }) => Format.duration(trade.closedAt - trade.pendingAt)
  },
  openTime: { title: "Open Time", cell: ({ trade }) => Format.time(trade.pendingAt) },
  closeTime: { title: "Close Time", cell: ({ trade }) => Format.time(trade.closedAt) }
}

/** Strategies where there can be several, notes where a run's settings ask for them, money where there is an account. */
const defaults = (record: RunRecord): ReadonlyArray<TradeColumn> => [
  "signalId",
  "symbol",
  ...(record.kind === "portfolio" ? (["strategy"] as const) : []),
  "position",
  ...(runsOf(record).some(({ run }) => run.settings.showNotes) ? (["note"] as const) : []),
  "priceOpen",
  "priceClose",
  "takeProfit",
  "stopLoss",
  "pnl",
  ...(record.account === undefined ? [] : (["quantity", "notional", "fees", "result", "balance"] as const)),
  "reason",
  "duration",
  "openTime",
  "closeTime"
]

/** Prices that the symbols traded at decide on decimals; targets and stops are computed, and have no say. */
const writing = (record: RunRecord, trades: ReadonlyArray<TradeOf>): Write => {
  const prices = new Precision(quotesOf(record))
  const quantities = new Precision()
  for (const { symbol, trade } of trades) {
    prices.see(symbol, trade.priceOpen)
    if (trade.money !== undefined) quantities.see(symbol, trade.money.quantity)
  }
  const places = Format.moneyDecimals(record.account?.initial ?? 0)
  return {
    price: priceWriter(prices.decimals),
    quantity: priceWriter(quantities.decimals),
    amount: (money, key) => Format.money(money === undefined ? null : money[key], places)
  }
}

/** All trades of a record as a table, newest first; a sentence where there are none. */
export const tradesTable = (record: RunRecord, options: TableOptions<TradeColumn> = {}): string => {
  const trades = tradesOf(record)
  if (trades.length === 0) return "No closed trades."
  return tableOf(
    columns,
    options.columns ?? defaults(record),
    newestFirst(trades, ({ trade }) => trade.closedAt),
    writing(record, trades)
  )
}
