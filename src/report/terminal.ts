import { equityAt } from "../engine/statistics/equity.js"
import type { Metric } from "../engine/statistics/conventions.js"
import { type BacktestDocument, reasonText } from "../model/document.js"
import type { Paint, Style } from "./ansi.js"
import { painter, plain } from "./ansi.js"
import * as Format from "./format.js"
import { instants, sparkline } from "./sparkline.js"

export interface SummaryOptions {
  /** Columns of the terminal; lines are never longer (24 at least, 100 at most are used). */
  readonly width: number
  /** Whether to use ANSI colours; without them there is no escape code at all. */
  readonly color: boolean
}

/** A label with its value: the smallest thing of the summary. */
interface Cell {
  readonly label: string
  readonly value: string
  readonly style?: Style | undefined
}

/** How many characters a text takes on screen. */
const size = (text: string): number => Array.from(text).length

const clip = (text: string, width: number): string =>
  size(text) <= width
    ? text
    : `${Array.from(text)
        .slice(0, Math.max(0, width - 1))
        .join("")}…`

/** Words in lines of at most `width`; a longer word is cut. */
const wrap = (text: string, width: number): ReadonlyArray<string> => {
  const lines: Array<string> = []
  for (const word of text.split(" ").filter((word) => word !== "")) {
    const last = lines.at(-1)
    if (last !== undefined && size(last) + 1 + size(word) <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(clip(word, width))
  }
  return lines
}

const signed = (value: number | null): Style | undefined =>
  value === null || value === 0 ? undefined : value > 0 ? "green" : "red"

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

const cell = (document: BacktestDocument, key: Shown): Cell => {
  const value = document.statistics[key]
  return {
    label: labels[key],
    value: Format.metric(key, value),
    style: value === null ? "dim" : coloured.has(key) ? signed(value) : undefined
  }
}

/** A cell over exactly `width` characters: label left, value right. */
const drawn = ({ label, style, value }: Cell, width: number, paint: Paint): string => {
  const shown = clip(value, Math.max(8, width - size(label) - 1))
  const name = clip(label, width - size(shown) - 1)
  return paint("dim", name) + " ".repeat(Math.max(1, width - size(name) - size(shown))) + paint(style, shown)
}

/** Two groups side by side where there is room for both, else one below the other. */
const grid = (first: ReadonlyArray<Cell>, second: ReadonlyArray<Cell>, width: number, paint: Paint) => {
  const gap = 6
  if (width < 64) return [...first, ...second].map((cell) => drawn(cell, Math.min(width, 48), paint))
  const half = Math.floor((width - gap) / 2)
  return first.map((cell, i) => {
    const other = second[i]
    return drawn(cell, half, paint) + (other === undefined ? "" : " ".repeat(gap) + drawn(other, half, paint))
  })
}

/** A label and running text beside it, wrapped under itself. */
const note = ({ label, style, value }: Cell, width: number, paint: Paint): ReadonlyArray<string> => {
  const indent = 11
  return wrap(value, width - indent).map(
    (line, i) => paint("dim", (i === 0 ? label : "").padEnd(indent)) + paint(style, line)
  )
}

const words = (reason: string): string => reason.replaceAll("_", " ")

const counted = (reasons: Iterable<string>): string =>
  Format.tally(reasons)
    .map(([text, count]) => `${words(plain(text))} ${Format.count(count)}`)
    .join(", ")

/** The notes below the figures: how trades ended, what never became one, and how sure the result is. */
const notes = ({ cancelled, failed, rejected, run, shifted, skipped, statistics, trades }: BacktestDocument) => {
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
    add(
      "Rejected",
      `${Format.count(rejected.length)}: ${main(rejected.flatMap((answer) => answer.violations.map(reasonText)))}`,
      "yellow"
    )
  }
  if (failed.length > 0) add("Failed", `${Format.count(failed.length)}: ${main(failed.map((ask) => ask.error))}`, "red")
  if (skipped + shifted > 0) add("Replay", `${Format.count(skipped)} skipped, ${Format.count(shifted)} shifted`)
  if (run.truncated) add("Truncated", "the data stop before the frame's end", "yellow")
  return cells
}

/** The most frequent text, and how many others there are. */
const main = (texts: ReadonlyArray<string>): string => {
  const [first, ...others] = Format.tally(texts)
  if (first === undefined) return "no reason given"
  const rest = others.length === 0 ? "" : ` (and ${Format.plural(others.length, "other reason")})`
  return clip(plain(first[0]), 160) + rest
}

const heading = ({ run }: BacktestDocument, width: number, paint: Paint): ReadonlyArray<string> => {
  const [symbol, strategy, given] = [plain(run.symbol), plain(run.strategy), plain(Format.params(run.params))]
  const { end, start } = run.frame
  const day = (epochMillis: number) => Format.time(epochMillis).replace(" 00:00", "")
  const gaps = run.gaps === 0 ? "no gaps" : `${Format.plural(run.gaps, "gap")} (${Format.count(run.missing)} missing)`
  const data = [
    `${day(start)} to ${day(end)} UTC (${Format.duration(end - start).replace(" 00h", "")})`,
    `${Format.plural(run.candles, "candle")}`,
    gaps,
    `${run.fill} fills`
  ]
  return [
    ...wrap(`${symbol} · ${strategy}`, width).map((line) => paint("bold", line)),
    ...wrap(given, width).map((line) => paint("dim", line)),
    ...wrap(data.join(", "), width).map((line) => paint("dim", line))
  ]
}

/** The result in one line: what a trader looks for first. */
const headline = ({ statistics, trades }: BacktestDocument, width: number, paint: Paint): ReadonlyArray<string> => {
  const { totalPnl, totalReturn } = statistics
  if (trades.length === 0) return ["", paint("yellow", "No closed trades")]
  const part = (value: number | null, label: string) => {
    const shown = clip(Format.percent(value), width - size(label) - 1)
    return { bare: `${shown} ${label}`, painted: `${paint("bold", paint(signed(value), shown))} ${label}` }
  }
  const parts = [part(totalReturn, "total return"), part(totalPnl, "total PnL")]
  const fits = size(parts.map(({ bare }) => bare).join("   ")) <= width
  const painted = parts.map(({ painted }) => painted)
  return ["", ...(fits ? [painted.join("   ")] : painted)]
}

/** The equity over the frame, with the figures that give the picture a scale. */
const chart = ({ run, trades }: BacktestDocument, width: number, paint: Paint): ReadonlyArray<string> => {
  if (trades.length === 0) return []
  const values = equityAt(trades, instants(run.frame.start, run.frame.end, width))
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

/** A finished run on one screen: what it was, its equity, the figures that matter, and what to be wary of. */
export const summary = (document: BacktestDocument, options: SummaryOptions): string => {
  const width = Math.max(24, Math.min(100, Math.floor(options.width) || 80))
  const paint = painter(options.color)
  const cells = (keys: ReadonlyArray<Shown>) => keys.map((key) => cell(document, key))
  const remarks = notes(document).flatMap((remark) => note(remark, width, paint))
  return [
    ...heading(document, width, paint),
    ...headline(document, width, paint),
    ...chart(document, width, paint),
    "",
    ...grid(cells(results), cells(quality), width, paint),
    ...(remarks.length === 0 ? [] : ["", ...remarks]),
    ""
  ].join("\n")
}
