import type { Timing } from "./harness.js"

/** One measured workload. A target is met when `value` is on the right side of `limit`. */
export interface Row {
  readonly name: string
  readonly title: string
  readonly figures: ReadonlyArray<Figure>
  /** Of the work itself; null where a figure is made of several works. */
  readonly timing: Timing | null
  /** MB. */
  readonly peak: number | null
  /** Speed over the kernel's, measured in turns with it. */
  readonly ratio: number | null
  /** What the work said, to see that it did it: trades, rows. */
  readonly note?: string
}

export interface Figure {
  readonly value: number
  readonly unit: Unit
  readonly target?: Target
}

/** `M …/s` are millions a second; `x` is a factor. */
export type Unit = "M candles/s" | "M asks/s" | "M rows/s" | "s" | "MB" | "%" | "x"

export interface Target {
  readonly limit: number
  readonly better: "more" | "less"
}

export const atLeast = (limit: number): Target => ({ limit, better: "more" })
export const below = (limit: number): Target => ({ limit, better: "less" })

/** A workload that could not be measured. */
export interface Broken {
  readonly name: string
  readonly title: string
  readonly error: string
}

export const isMet = (value: number, { better, limit }: Target): boolean =>
  better === "more" ? value >= limit : value < limit

/** Three significant digits: enough to compare, and no more than a repeat would give again. */
const short = (value: number): string =>
  Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 3)

const timeText = (timing: Timing | null): string => {
  if (timing === null) return "–"
  const milliseconds = (seconds: number) => short(seconds * 1000)
  return `${milliseconds(timing.median)} [${milliseconds(timing.min)}–${milliseconds(timing.max)}]`
}

const targetText = ({ target, unit, value }: Figure): readonly [string, string] =>
  target === undefined
    ? ["–", ""]
    : [`${target.better === "more" ? "≥" : "<"} ${target.limit} ${unit}`, isMet(value, target) ? "pass" : "MISS"]

const header = ["workload", "figure", "ms: median [min–max]", "first ms", "of kernel", "peak MB", "target", "", "note"]

/** A row per figure; what belongs to the workload as a whole stands on its first. */
const cells = (row: Row | Broken): ReadonlyArray<ReadonlyArray<string>> =>
  "error" in row
    ? [[row.title, "failed", "", "", "", "", "", "FAIL", row.error.split("\n")[0]]]
    : row.figures.map((figure, i) => {
        const whole =
          i > 0
            ? ["", "", "", ""]
            : [
                timeText(row.timing),
                row.timing === null ? "–" : short(row.timing.first * 1000),
                row.ratio === null ? "–" : `${short(row.ratio * 100)} %`,
                row.peak === null ? "–" : row.peak.toFixed(0)
              ]
        const value = `${short(figure.value)} ${figure.unit}`
        return [i > 0 ? "" : row.title, value, ...whole, ...targetText(figure), i > 0 ? "" : (row.note ?? "")]
      })

/** Columns as wide as their widest cell: words to the left, figures to the right. */
export const table = (rows: ReadonlyArray<Row | Broken>): string => {
  const lines = [header, ...rows.flatMap(cells)]
  const widths = header.map((_, column) => Math.max(...lines.map((line) => line[column].length)))
  const words = new Set([0, 6, 7, 8])
  return lines
    .map((line) =>
      line
        .map((cell, column) => (words.has(column) ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
        .join("  ")
        .trimEnd()
    )
    .join("\n")
}
