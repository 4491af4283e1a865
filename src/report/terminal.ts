import { equityAt } from "../engine/statistics/equity.js"
import type { Metric } from "../engine/statistics/conventions.js"
import {
  type BacktestDocument,
  type PortfolioDocument,
  reasonText,
  runsOf,
  type RunRecord,
  spanOf,
  tradesOf
} from "../model/document.js"
import type { Paint, Style } from "./ansi.js"
import { painter, plain } from "./ansi.js"
import * as Format from "./format.js"
import { placesOf } from "./parts.js"
import { type Cell, clip, grid, note, padded, signed, size, wrap } from "./screen.js"
import { instants, sparkline } from "./sparkline.js"

export interface SummaryOptions {
  /** Columns of the terminal; lines are never longer (24 at least, 100 at most are used). */
  readonly width: number
  /** Whether to use ANSI colours; without them there is no escape code at all. */
  readonly color: boolean
}

const labels = {
  buyAndHold: "Buy & hold",
  cagr: "CAGR",
  maxDrawdown: "Max drawdown",
  maxDrawdownDays: "Longest drawdown",
  exposure: "Exposure",
  totalSignals: "Trades",
  winRate: "Win rate",
  avgPnl: "Average PnL",
  profitFactor: "Profit factor",
  sharpeRatio: "Sharpe per trade",
  sharpeDaily: "Sharpe daily",
  avgDuration: "Avg duration"
} satisfies Partial<Record<Metric, string>>

type Shown = keyof typeof labels

const results: ReadonlyArray<Shown> = [
  "buyAndHold",
  "cagr",
  "maxDrawdown",
  "maxDrawdownDays",
  "sharpeDaily",
  "exposure"
]
const quality: ReadonlyArray<Shown> = [
  "totalSignals",
  "winRate",
  "avgPnl",
  "profitFactor",
  "sharpeRatio",
  "avgDuration"
]
const coloured: ReadonlySet<Shown> = new Set<Shown>(["buyAndHold", "cagr", "avgPnl"])

const cell = ({ statistics }: RunRecord, key: Shown): Cell => {
  const value = statistics[key]
  return {
    label: labels[key],
    value: Format.metric(key, value),
    style: value === null ? "dim" : coloured.has(key) ? signed(value) : undefined
  }
}

const words = (reason: string): string => reason.replaceAll("_", " ")

const counted = (reasons: Iterable<string>): string =>
  Format.tally(reasons)
    .map(([text, count]) => `${words(plain(text))} ${Format.count(count)}`)
    .join(", ")

/** The notes below the figures: how trades ended, what never became one, and how sure the result is. */
const notes = (record: RunRecord): ReadonlyArray<Cell> => {
  const runs = runsOf(record)
  const { statistics } = record
  const trades = runs.flatMap((run) => run.trades)
  const cancelled = runs.flatMap((run) => run.cancelled)
  const rejected = runs.flatMap((run) => run.rejected)
  const failed = runs.flatMap((run) => run.failed)
  const cells: Array<Cell> = []
  const add = (label: string, value: string, style?: Style) => cells.push({ label, value, style })
  const [low, high] = statistics.pnlInterval
  if (trades.length > 0) add("Closed by", counted(trades.map((trade) => trade.reason)))
  if (statistics.ambiguous > 0) {
    const share = `${Format.count(statistics.ambiguous)} of ${Format.plural(statistics.totalSignals, "trade")}`
    add("Ambiguous", `${share}, total PnL between ${Format.percent(low)} and ${Format.percent(high)}`, "yellow")
  } else if (trades.length > 0) {
    add("Ambiguous", "no trade: the candles allow one outcome each")
  }
  if (cancelled.length > 0) {
    add("Cancelled", `${Format.count(cancelled.length)}: ${counted(cancelled.map((signal) => signal.reason))}`)
  }
  if (rejected.length > 0) {
    const reasons = rejected.flatMap((answer) => answer.violations.map(reasonText))
    add("Rejected", `${Format.count(rejected.length)}: ${main(reasons)}`, "yellow")
  }
  if (failed.length > 0) add("Failed", `${Format.count(failed.length)}: ${main(failed.map((ask) => ask.error))}`, "red")
  const [skipped, shifted] = [sum(runs, (run) => run.skipped), sum(runs, (run) => run.shifted)]
  if (skipped + shifted > 0) add("Replay", `${Format.count(skipped)} skipped, ${Format.count(shifted)} shifted`)
  const truncated = runs.filter(({ run }) => run.truncated).length
  const where = runs.length === 1 ? "the data" : `the data of ${Format.plural(truncated, "run")}`
  if (truncated > 0) add("Truncated", `${where} stop before the frame's end`, "yellow")
  return cells
}

const sum = <A>(items: ReadonlyArray<A>, of: (item: A) => number): number =>
  items.reduce((total, item) => total + of(item), 0)

/** The most frequent text, and how many others there are. */
const main = (texts: ReadonlyArray<string>): string => {
  const [first, ...others] = Format.tally(texts)
  if (first === undefined) return "no reason given"
  const rest = others.length === 0 ? "" : ` (and ${Format.plural(others.length, "other reason")})`
  return clip(plain(first[0]), 160) + rest
}

const gapsOf = (gaps: number, missing: number): string =>
  gaps === 0 ? "no gaps" : `${Format.plural(gaps, "gap")} (${Format.count(missing)} missing)`

/** "2022-01-01 to 2022-02-01 UTC (31d)" */
const spanText = (record: RunRecord): string => {
  const [start, end] = spanOf(record)
  const day = (epochMillis: number) => Format.time(epochMillis).replace(" 00:00", "")
  return `${day(start)} to ${day(end)} UTC (${Format.duration(end - start).replace(" 00h", "")})`
}

const heading = (document: BacktestDocument, width: number, paint: Paint): ReadonlyArray<string> => {
  const { run } = document
  const [symbol, strategy, given] = [plain(run.symbol), plain(run.strategy), plain(Format.params(run.params))]
  const candles = Format.plural(run.candles, "candle")
  const data = [spanText(document), candles, gapsOf(run.gaps, run.missing), `${run.fill} fills`]
  return [
    ...wrap(`${symbol} · ${strategy}`, width).map((line) => paint("bold", line)),
    ...wrap(given, width).map((line) => paint("dim", line)),
    ...wrap(data.join(", "), width).map((line) => paint("dim", line))
  ]
}

const portfolioHeading = (document: PortfolioDocument, width: number, paint: Paint): ReadonlyArray<string> => {
  const runs = document.runs.map(({ run }) => run)
  const { strategies, symbols } = placesOf(runs)
  const size = [Format.plural(symbols.length, "symbol"), Format.plural(strategies.length, "strategy", "strategies")]
  // several strategies walk the same candles of a symbol
  const walked = [...new Map(runs.map((run) => [run.symbol, run])).values()]
  const gaps = gapsOf(
    sum(walked, (run) => run.gaps),
    sum(walked, (run) => run.missing)
  )
  const fills = [...new Set(runs.map((run) => run.fill))].join(" and ")
  const candles = Format.plural(
    sum(walked, (run) => run.candles),
    "candle"
  )
  const data = [spanText(document), candles, gaps, `${fills} fills`]
  return [
    ...wrap(`Portfolio · ${size.join(" · ")}`, width).map((line) => paint("bold", line)),
    ...wrap(data.join(", "), width).map((line) => paint("dim", line))
  ]
}

/** The result in one line, what a trader looks for first, and what it is in money. */
const headline = (record: RunRecord, width: number, paint: Paint): ReadonlyArray<string> => {
  const { account, statistics } = record
  const { totalPnl, totalReturn } = statistics
  const money = account === undefined ? [] : wrap(accountText(account), width).map((line) => paint("bold", line))
  if (statistics.totalSignals === 0) return ["", paint("yellow", "No closed trades"), ...money]
  const part = (value: number | null, label: string) => {
    const shown = clip(Format.percent(value), width - size(label) - 1)
    return { bare: `${shown} ${label}`, painted: `${paint("bold", paint(signed(value), shown))} ${label}` }
  }
  const parts = [part(totalReturn, "total return"), part(totalPnl, "total PnL")]
  const fits = size(parts.map(({ bare }) => bare).join("   ")) <= width
  const painted = parts.map(({ painted }) => painted)
  return ["", ...(fits ? [painted.join("   ")] : painted), ...money]
}

/** "10,000.00 → 11,245.31" */
const accountText = ({ final, initial }: NonNullable<RunRecord["account"]>): string => {
  const places = Format.moneyDecimals(initial)
  return `${Format.money(initial, places)} → ${Format.money(final, places)}`
}

/** The equity over the frame, with the figures that give the picture a scale. */
const chart = (record: RunRecord, width: number, paint: Paint): ReadonlyArray<string> => {
  const trades = tradesOf(record).map(({ trade }) => trade)
  if (trades.length === 0) return []
  const [start, end] = spanOf(record)
  const values = equityAt(trades, instants(start, end, width))
  const every = equityAt(
    trades,
    trades.map((trade) => trade.closedAt)
  )
  const last = every.at(-1) ?? 1
  const low = every.reduce((a, b) => Math.min(a, b), 1)
  const high = every.reduce((a, b) => Math.max(a, b), 1)
  const scale = `Equity 1.0000 to ${Format.fixed(last, 4)}, low ${Format.fixed(low, 4)}, high ${Format.fixed(high, 4)}`
  return [
    "",
    ...sparkline(values, 3).map((line) => paint(last < 1 ? "red" : "green", line)),
    ...wrap(scale, width).map((line) => paint("dim", line))
  ]
}

/** A column of the list of runs: from which width on there is room for it. */
interface RunColumn {
  readonly title: string
  readonly columns: number
  readonly from: number
  readonly value: (run: BacktestDocument) => string
  readonly style?: (run: BacktestDocument) => Style | undefined
}

const runColumns: ReadonlyArray<RunColumn> = [
  { title: "Trades", columns: 8, from: 40, value: ({ trades }) => Format.count(trades.length) },
  {
    title: "Return",
    columns: 11,
    from: 24,
    value: ({ statistics }) => Format.percent(statistics.totalReturn),
    style: ({ statistics }) => signed(statistics.totalReturn)
  },
  { title: "Win rate", columns: 10, from: 64, value: ({ statistics }) => Format.share(statistics.winRate) },
  { title: "Max DD", columns: 10, from: 64, value: ({ statistics }) => Format.share(statistics.maxDrawdown) },
  { title: "PF", columns: 8, from: 64, value: ({ statistics }) => Format.ratio(statistics.profitFactor) }
]

/** What each run did, one line each. */
const runList = ({ runs }: PortfolioDocument, width: number, paint: Paint): ReadonlyArray<string> => {
  const shown = runColumns.filter(({ from }) => width >= from)
  const room = width - sum(shown, ({ columns }) => columns)
  const names = runs.map(({ run }) => `${plain(run.symbol)} · ${plain(run.strategy)}`)
  const longest = names.reduce((most, name) => Math.max(most, size(name)), 0)
  const first = Math.min(room, Math.max(12, longest))
  const titles = shown.map(({ columns, title }) => title.padStart(columns)).join("")
  return [
    paint("dim", " ".repeat(first) + titles),
    ...runs.map((run, i) => {
      const cells = shown.map(({ columns, style, value }) => padded(value(run), columns, style?.(run), paint))
      const name = clip(names[i] ?? "", first)
      return name + " ".repeat(first - size(name)) + cells.join("")
    })
  ]
}

const screen = (options: SummaryOptions) => ({
  width: Math.max(24, Math.min(100, Math.floor(options.width) || 80)),
  paint: painter(options.color)
})

const figures = (record: RunRecord, width: number, paint: Paint): ReadonlyArray<string> => {
  const cells = (keys: ReadonlyArray<Shown>) => keys.map((key) => cell(record, key))
  return grid(cells(results), cells(quality), width, paint)
}

const remarks = (record: RunRecord, width: number, paint: Paint): ReadonlyArray<string> => {
  const lines = notes(record).flatMap((remark) => note(remark, width, paint))
  return lines.length === 0 ? [] : ["", ...lines]
}

/** A finished run on one screen: what it was, its equity, the figures that matter, and what to be wary of. */
export const summary = (document: BacktestDocument, options: SummaryOptions): string => {
  const { paint, width } = screen(options)
  return [
    ...heading(document, width, paint),
    ...headline(document, width, paint),
    ...chart(document, width, paint),
    "",
    ...figures(document, width, paint),
    ...remarks(document, width, paint),
    ""
  ].join("\n")
}

/** The same of several runs over one account: the account as a whole, then what each run did. */
export const portfolioSummary = (document: PortfolioDocument, options: SummaryOptions): string => {
  const { paint, width } = screen(options)
  if (document.runs.length === 0) return [paint("yellow", "Nothing was run"), ""].join("\n")
  return [
    ...portfolioHeading(document, width, paint),
    ...headline(document, width, paint),
    ...chart(document, width, paint),
    "",
    ...figures(document, width, paint),
    "",
    ...runList(document, width, paint),
    ...remarks(document, width, paint),
    ""
  ].join("\n")
}
