import { tradeMetrics } from "../../engine/statistics/trades.js"
import * as Format from "../format.js"
import { button, controls, find, h } from "./dom.js"
import {
  choose,
  data,
  decimalsOf,
  onFilter,
  onSelect,
  strategyOf,
  symbolOf,
  tradeCount,
  trades,
  money
} from "./state.js"
import { choice, type Column, narrow, table } from "./table.js"
import { anyMoney, reasonText, toneOf } from "./trade.js"

/** The trade table. */

const price = (i: number, value: number): string => Format.price(value, decimalsOf(i))
const hasNotes = trades.note.some((note) => note !== null)
const hasDoubts = trades.ambiguous.includes(true)

const priceColumn = (title: string, values: ReadonlyArray<number>, lesser = true): Column => ({
  title,
  text: (i) => price(i, values[i]),
  value: (i) => values[i],
  number: true,
  lesser
})
const timeColumn = (title: string, values: ReadonlyArray<number>, lesser = false): Column => ({
  title,
  text: (i) => Format.time(values[i]).slice(narrow.matches ? 5 : 0),
  value: (i) => values[i],
  lesser
})
const percentColumn = (title: string, values: ReadonlyArray<number>, toned: boolean): Column => ({
  title,
  text: (i) => Format.percent(values[i]),
  value: (i) => values[i],
  number: true,
  lesser: !toned,
  ...(toned ? { tone: (i: number) => toneOf(values[i]) } : {})
})
const moneyColumn = (title: string, values: ReadonlyArray<number | null>, toned: boolean): Column => ({
  title,
  text: (i) => (values[i] === null ? Format.notAvailable : money(values[i])),
  value: (i) => values[i] ?? 0,
  number: true,
  lesser: true,
  ...(toned ? { tone: (i: number) => toneOf(values[i] ?? 0) } : {})
})

const columns: ReadonlyArray<Column> = [
  { title: "#", text: (i) => Format.count(i + 1), value: (i) => i, number: true, lesser: true },
  timeColumn("Closed", trades.closedAt),
  ...(data.symbols.length > 1 ? [{ title: "Symbol", text: symbolOf, value: symbolOf }] : []),
  ...(data.strategies.length > 1 ? [{ title: "Strategy", text: strategyOf, value: strategyOf, lesser: true }] : []),
  {
    title: narrow.matches ? "" : "Position",
    text: (i) => (trades.position[i] === "long" ? "▲" : "▼") + (narrow.matches ? "" : ` ${trades.position[i]}`),
    value: (i) => trades.position[i]
  },
  percentColumn("PnL", trades.pnlPercent, true),
  ...(anyMoney ? [moneyColumn("Result", trades.result, true), moneyColumn("Balance", trades.balance, false)] : []),
  { title: "Reason", text: reasonText, value: (i) => trades.reason[i] },
  timeColumn("Opened", trades.pendingAt, true),
  {
    title: "Duration",
    text: (i) => Format.duration(trades.closedAt[i] - trades.pendingAt[i]),
    value: (i) => trades.closedAt[i] - trades.pendingAt[i],
    number: true,
    lesser: true
  },
  priceColumn("Open", trades.priceOpen),
  priceColumn("Close", trades.priceClose),
  priceColumn("TP", trades.priceTakeProfit),
  priceColumn("SL", trades.priceStopLoss),
  percentColumn("MAE", trades.mae, false),
  percentColumn("MFE", trades.mfe, false),
  ...(hasDoubts
    ? [
        {
          title: "Ambiguous",
          text: (i: number) =>
            trades.ambiguous[i] ? `${Format.percent(trades.pnlLow[i])} to ${Format.percent(trades.pnlHigh[i])}` : "",
          value: (i: number) => (trades.ambiguous[i] ? trades.pnlHigh[i] - trades.pnlLow[i] : -1),
          number: true,
          lesser: true
        }
      ]
    : []),
  ...(hasNotes
    ? [
        {
          title: "Note",
          text: (i: number) => trades.note[i] ?? "",
          value: (i: number) => trades.note[i] ?? "",
          lesser: true,
          long: true
        }
      ]
    : []),
  { title: "Signal", text: (i) => trades.id[i], value: (i) => trades.id[i], lesser: true }
]

/** What the rows that are left add up to, by the statistics' own formulas. */
const summary = (rows: ReadonlyArray<number>): string => {
  const { totalPnl, totalSignals, winRate } = tradeMetrics({
    trades: rows.map((i) => ({
      pendingAt: trades.pendingAt[i],
      closedAt: trades.closedAt[i],
      pnlPercent: trades.pnlPercent[i],
      mae: trades.mae[i],
      mfe: trades.mfe[i],
      ambiguous: trades.ambiguous[i],
      pnlInterval: [trades.pnlLow[i], trades.pnlHigh[i]]
    })),
    start: data.start,
    end: data.end,
    firstOpen: 1,
    lastClose: 1,
    periodsPerYear: 365
  })
  return [
    Format.plural(totalSignals, "trade"),
    `total ${Format.percent(totalPnl)}`,
    `win rate ${Format.share(winRate)}`
  ].join(" · ")
}

/** What is searched for words; put together when somebody first does. */
let texts: ReadonlyArray<string> = []
const textOf = (trade: number): string => {
  if (texts.length === 0) {
    texts = Array.from({ length: tradeCount }, (_, i) =>
      [
        trades.id[i],
        symbolOf(i),
        strategyOf(i),
        trades.position[i],
        reasonText(i),
        trades.note[i] ?? "",
        Format.time(trades.closedAt[i])
      ]
        .join("\n")
        .toLowerCase()
    )
  }
  return texts[trade]
}

/** A field of CSV; text that a spreadsheet would take for a formula is led by an apostrophe. */
const field = (value: unknown): string => {
  const text = String(value ?? "")
  const plain = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

/** The rows as a CSV file, numbers in full. */
const save = (rows: ReadonlyArray<number>): void => {
  const raw: ReadonlyArray<readonly [string, (i: number) => unknown]> = [
    ["id", (i) => trades.id[i]],
    ["symbol", symbolOf],
    ["strategy", strategyOf],
    ["position", (i) => trades.position[i]],
    ["pendingAt", (i) => trades.pendingAt[i]],
    ["closedAt", (i) => trades.closedAt[i]],
    ["priceOpen", (i) => trades.priceOpen[i]],
    ["priceClose", (i) => trades.priceClose[i]],
    ["priceTakeProfit", (i) => trades.priceTakeProfit[i]],
    ["priceStopLoss", (i) => trades.priceStopLoss[i]],
    ["reason", (i) => trades.reason[i]],
    ["pnlPercent", (i) => trades.pnlPercent[i]],
    ["mae", (i) => trades.mae[i]],
    ["mfe", (i) => trades.mfe[i]],
    ...(anyMoney
      ? ([
          ["quantity", (i: number) => trades.quantity[i]],
          ["result", (i: number) => trades.result[i]],
          ["balance", (i: number) => trades.balance[i]]
        ] as const)
      : [])
  ]
  const lines = [raw.map(([name]) => name), ...rows.map((i) => raw.map(([, value]) => field(value(i))))]
  const url = URL.createObjectURL(new Blob([lines.map((line) => line.join(",")).join("\n")], { type: "text/csv" }))
  h("a", { attributes: { href: url, download: "trades.csv" } }).click()
  setTimeout(() => URL.revokeObjectURL(url), 1000)
}

export const setUpTrades = (): void => {
  const place = find("trades-table")
  if (place === undefined) return
  let left: ReadonlyArray<number> = Array.from({ length: tradeCount }, (_, i) => i)
  const totals = h("p", { class: "note", text: summary(left), attributes: { "aria-live": "polite" } })
  const rows = table({
    columns,
    count: tradeCount,
    label: "Trades",
    sortBy: columns.findIndex(({ title }) => title === "Closed"),
    descending: true,
    pageSize: narrow.matches ? 15 : 25,
    click: (trade) => {
      choose(trade)
      find("chart")?.scrollIntoView({ behavior: "smooth" })
    },
    filtered: (filtered) => {
      left = filtered
      totals.textContent = summary(filtered)
    }
  })

  const apply = (): void => {
    const words = text.value
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== "")
    rows.filter(
      (i) =>
        (symbol.value === "" || symbol.value === symbolOf(i)) &&
        (strategy.value === "" || strategy.value === strategyOf(i)) &&
        (position.value === "" || position.value === trades.position[i]) &&
        (reason.value === "" || reason.value === trades.reason[i]) &&
        (outcome.value === "" || (outcome.value === "wins" ? trades.pnlPercent[i] > 0 : trades.pnlPercent[i] < 0)) &&
        words.every((word) => textOf(i).includes(word))
    )
  }
  const symbol = choice(
    "Symbol",
    "All symbols",
    data.symbols.map(({ symbol }) => symbol),
    apply
  )
  const strategy = choice("Strategy", "All strategies", data.strategies, apply)
  const position = choice("Position", "Long and short", ["long", "short"], apply)
  const reason = choice("Reason", "Any reason", [...new Set(trades.reason)], apply)
  const outcome = choice("Outcome", "Wins and losses", ["wins", "losses"], apply)
  const text = h("input", {
    attributes: { type: "search", placeholder: "Find", "aria-label": "Find in trades" },
    on: { input: apply }
  })
  onFilter((filter) => {
    symbol.value = filter.symbol
    strategy.value = filter.strategy
    apply()
  })
  onSelect((trade) => rows.mark(trade))
  controls("trades").append(button("CSV", "Save these trades as CSV", () => save(left)))
  place.replaceChildren(
    h(
      "div",
      { class: "filters" },
      ...(data.symbols.length > 1 ? [symbol] : []),
      ...(data.strategies.length > 1 ? [strategy] : []),
      position,
      reason,
      outcome,
      text
    ),
    totals,
    rows.element
  )
}
