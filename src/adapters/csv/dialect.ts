import type { Fields } from "./header.js"
import type { TimeUnit } from "./time.js"

export type Delimiter = "," | ";" | "\t" | "|"

/** How a file writes its candles. */
export interface Dialect {
  readonly delimiter: Delimiter
  /** Whether a row with the columns' names comes before the candles. */
  readonly header: boolean
  /** Lines that were skipped before the header or the first candle. */
  readonly preamble: number
  readonly fields: Fields
  /** How the first candle writes its time: an epoch time's unit, or a calendar time with or without zone. */
  readonly time: TimeUnit | "zoned" | "unzoned"
  /** The unit every epoch time is read in; without one each is read by its own size. */
  readonly timeUnit?: TimeUnit
  /** `descending`: the newest candle comes first in the file, and the candles were turned round. */
  readonly order: "ascending" | "descending"
}

const delimiterNames: Readonly<Record<Delimiter, string>> = {
  ",": "comma",
  ";": "semicolon",
  "\t": "tab",
  "|": "bar"
}

const timeNames: Readonly<Record<Dialect["time"], string>> = {
  s: "epoch seconds",
  ms: "epoch milliseconds",
  us: "epoch microseconds",
  ns: "epoch nanoseconds",
  zoned: "calendar time with a zone",
  unzoned: "calendar time without a zone, read as UTC"
}

/** The dialect in one sentence, with columns counted from 1. */
export const describe = (dialect: Dialect): string => {
  const { clock, close, high, low, open, time, volume } = dialect.fields
  const inOrder = high === open + 1 && low === open + 2 && close === open + 3
  const parts = [
    `${delimiterNames[dialect.delimiter]}-separated ${dialect.header ? "with" : "without"} a header`,
    ...(dialect.preamble > 0 ? [`${dialect.preamble} line${dialect.preamble === 1 ? "" : "s"} before it skipped`] : []),
    `time in column${clock < 0 ? "" : "s"} ${time + 1}${clock < 0 ? "" : ` and ${clock + 1}`} (${timeNames[dialect.time]})`,
    inOrder
      ? `open, high, low, close in columns ${open + 1} to ${close + 1}`
      : `open, high, low, close in columns ${open + 1}, ${high + 1}, ${low + 1}, ${close + 1}`,
    volume < 0 ? "no volume column (volume 0)" : `volume in column ${volume + 1}`,
    ...(dialect.order === "descending" ? ["newest first, turned round"] : [])
  ]
  return parts.join("; ")
}
