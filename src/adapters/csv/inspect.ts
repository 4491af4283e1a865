import type { CandleProblem } from "../../engine/check.js"
import { problems } from "../../engine/check.js"
import type { Gap } from "../../engine/gaps.js"
import { count, list } from "../../engine/gaps.js"
import type { Columns } from "../../model/candle.js"
import type { CandleInterval } from "../../model/interval.js"
import { fromMillis } from "../../model/interval.js"
import { defaults } from "../../model/settings.js"
import { describe } from "./dialect.js"
import type { CsvData } from "./parser.js"

/** What is in a file of candles, and whether a run can use it. */
export interface Summary {
  readonly file: string
  /** Number of candles. */
  readonly rows: number
  /** Open times of the first and the last candle. */
  readonly first: number
  readonly last: number
  /** Milliseconds, and its name. */
  readonly interval: number
  readonly intervalName: CandleInterval | undefined
  readonly gaps: {
    readonly gaps: number
    readonly missing: number
    /** The gaps with the most candles missing, widest first. */
    readonly largest: ReadonlyArray<Gap>
  }
  readonly volume: {
    /** Whether the file has a volume column. */
    readonly column: boolean
    readonly total: number
    /** Candles without volume. */
    readonly zero: number
  }
  readonly problems: {
    readonly count: number
    /** The first of them, each with its line in the file. */
    readonly list: ReadonlyArray<CandleProblem & { readonly row: number }>
  }
  readonly dialect: string
  /** Whether the data check passes; gaps do not stand in the way. */
  readonly usable: boolean
}

export interface InspectOptions {
  readonly anomalyFactor?: number
  /** Problems to list. */
  readonly problems?: number
  /** Gaps to list. */
  readonly gaps?: number
}

/** Sums a file up. */
export const inspect = (data: CsvData, options: InspectOptions = {}): Summary => {
  const { columns, interval, rows } = data
  const anomalyFactor = options.anomalyFactor ?? defaults.anomalyFactor
  const found = problems(columns, { interval, anomalyFactor, limit: options.problems ?? 10 })
  return {
    file: data.file,
    rows,
    first: columns.timestamp[0],
    last: columns.timestamp[rows - 1],
    interval,
    intervalName: fromMillis(interval),
    gaps: { ...count(columns, interval), largest: widest(columns, interval, options.gaps ?? 3) },
    volume: { column: data.dialect.fields.volume >= 0, ...volumeOf(columns) },
    problems: {
      count: found.count,
      list: found.list.map((problem) => ({ ...problem, row: data.rowOf(problem.index) }))
    },
    dialect: describe(data.dialect),
    usable: found.count === 0
  }
}

/** Sorting is stable: of two gaps as wide the earlier comes first. */
const widest = (columns: Columns, interval: number, limit: number): ReadonlyArray<Gap> =>
  list(columns, interval)
    .toSorted((a, b) => b.missing - a.missing)
    .slice(0, limit)

const volumeOf = ({ length, volume }: Columns): { readonly total: number; readonly zero: number } => {
  let total = 0
  let zero = 0
  for (let i = 0; i < length; i++) {
    total += volume[i]
    if (volume[i] === 0) zero++
  }
  return { total, zero }
}

/** The summary as plain text for a terminal, without a line end after the last line. */
export const render = (summary: Summary): string => {
  const interval = summary.intervalName ?? `${summary.interval} ms`
  return [
    `${summary.file}: ${summary.usable ? "usable" : "not usable as it is"}`,
    entry("candles", `${integer(summary.rows)} of ${interval}`),
    entry("span", `${time(summary.first)} to ${time(summary.last)} UTC (open times)`),
    entry("gaps", gapsLine(summary)),
    ...summary.gaps.largest.map((gap) => entry("", gapLine(gap))),
    entry("volume", volumeLine(summary)),
    entry("problems", problemsLine(summary)),
    ...summary.problems.list.map(({ reason, row }) => entry("", `line ${row}: ${reason}`)),
    entry("format", summary.dialect)
  ].join("\n")
}

const entry = (name: string, text: string): string => `  ${name.padEnd(8)}  ${text}`

const gapsLine = ({ gaps: { gaps, largest, missing } }: Summary): string => {
  if (gaps === 0) return "none"
  const widestOnes = largest.length === 0 ? "" : largest.length < gaps ? "; the widest:" : ":"
  return `${counted(gaps, "gap")}, ${counted(missing, "candle")} missing${widestOnes}`
}

const gapLine = (gap: Gap): string => `${time(gap.from)} to ${time(gap.to)}: ${integer(gap.missing)} missing`

const volumeLine = ({ rows, volume }: Summary): string => {
  if (!volume.column) return "no volume column: every volume is 0, so average prices weigh all candles alike"
  if (volume.zero === rows) return "0 throughout"
  return `${volume.total.toPrecision(6)} in total, ${volume.zero === 0 ? "none" : integer(volume.zero)} of the candles without`
}

const problemsLine = ({ problems }: Summary): string => {
  if (problems.count === 0) return "none"
  return `${counted(problems.count, "candle")}${problems.list.length < problems.count ? "; the first:" : ":"}`
}

const counted = (value: number, noun: string): string => `${integer(value)} ${noun}${value === 1 ? "" : "s"}`

/** Digits in groups of three, whatever the machine's locale. */
const integer = (value: number): string => String(value).replaceAll(/\B(?=(\d{3})+$)/g, ",")

const time = (timestamp: number): string => {
  if (!(Math.abs(timestamp) <= 8.64e15)) return String(timestamp)
  const iso = new Date(timestamp).toISOString()
  return `${iso.slice(0, 10)} ${iso.endsWith("00.000Z") ? iso.slice(11, 16) : iso.slice(11, -1)}`
}
