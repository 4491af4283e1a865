import type { CandleInterval } from "../../model/interval.js"
import type { Delimiter, Dialect } from "./dialect.js"
import type { Fields } from "./header.js"
import { fromNames, fromPlaces } from "./header.js"
import { isTimeOfDay, read, readTime, split, timeText } from "./row.js"
import type { TimeUnit } from "./time.js"
import { unitOf } from "./time.js"

/** What a caller knows better than detection. */
export interface CsvOptions {
  readonly delimiter?: Delimiter
  /** Whether the first row holds names. */
  readonly header?: boolean
  /** Names of the columns from the first on, as a header would write them; any other word for a column to pass over. */
  readonly columns?: ReadonlyArray<string>
  /** Unit of every epoch time. */
  readonly timeUnit?: TimeUnit
  readonly interval?: CandleInterval
}

/** Bytes at the start of a file that the dialect is detected from. */
export const headLength = 65_536

/** A fault of the file, with the 1-based line to blame where there is one. */
export interface Fault {
  readonly row?: number
  readonly reason: string
}

export interface Detected {
  readonly dialect: Dialect
  /** Bytes and lines before the first candle. */
  readonly offset: number
  readonly lines: number
  /** Mean length of the first candles' lines in bytes. */
  readonly lineLength: number
}

/** Detects the dialect from the start of a file; `whole` when that is all of it. */
export const detect = (head: Uint8Array, whole: boolean, options: CsvOptions): Detected | Fault => {
  const foreign = notText(head)
  if (foreign !== undefined) return { reason: foreign }
  const lines = new TextDecoder().decode(head.subarray(byteOrderMark(head))).split("\n")
  // What follows the last line end may be half a row.
  if (!whole || lines.at(-1) === "") lines.pop()
  if (lines.length === 0 && head.length > 0) {
    return { reason: "the first line is longer than 64 KiB; give a text file with a row per candle" }
  }
  if (lines.every((line) => line.trim() === "")) return { reason: "the file is empty; it needs a row per candle" }
  if (lines.length === 1 && /\r./.test(lines[0])) {
    return { reason: "lines end in CR alone; save the file with LF or CRLF line ends" }
  }
  const start = firstRow(lines, options)
  if (start === undefined) return tooNarrow(lines, options)
  const names = split(lines[start.line], start.delimiter)
  const layout = findFields(names, lines[start.line], start, options)
  if ("reason" in layout) return { row: start.line + 1, reason: layout.reason }
  const first = start.line + (layout.header ? 1 : 0)
  const sample = lines.slice(first).find((line) => line.trim() !== "")
  if (sample === undefined)
    return { row: first, reason: "there is a header and no row after it; the file needs a row per candle" }
  const dialect: Dialect = {
    delimiter: start.delimiter,
    header: layout.header,
    preamble: start.line,
    fields: layout.fields,
    time: timeFormat(
      timeText(split(sample, start.delimiter), { ...start, fields: layout.fields }) ?? "",
      options.timeUnit
    ),
    ...(options.timeUnit === undefined ? {} : { timeUnit: options.timeUnit }),
    order: "ascending"
  }
  const offset = lineOffset(head, first)
  return { dialect, offset, lines: first, lineLength: (head.length - offset) / Math.max(1, lines.length - first) }
}

const byteOrderMark = (head: Uint8Array): number => (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0)

/** Why a file is not text, if it is not. */
const notText = (head: Uint8Array): string | undefined => {
  const [a, b] = head
  if ((a === 0x1f && b === 0x8b) || (a === 0x50 && b === 0x4b)) return "the file is compressed; unpack it first"
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return "the file is UTF-16; save it as UTF-8"
  return head.includes(0) ? "the file is binary; give a text file with a row per candle" : undefined
}

/** Offset of the first byte after `lines` lines; past the byte order mark in any case. */
const lineOffset = (head: Uint8Array, lines: number): number => {
  let offset = byteOrderMark(head)
  for (let i = 0; i < lines; i++) offset = head.indexOf(10, offset) + 1
  return offset
}

interface Start {
  readonly line: number
  readonly delimiter: Delimiter
}

/** Columns of the narrowest candle: time, open, high, low, close. */
const leastColumns = 5
const mostPreamble = 30

/** The header or first candle: the first line wide enough that is no comment. A comma last: it may be a decimal mark. */
const firstRow = (lines: ReadonlyArray<string>, options: CsvOptions): Start | undefined => {
  const delimiters: ReadonlyArray<Delimiter> =
    options.delimiter === undefined ? ["\t", ";", "|", ","] : [options.delimiter]
  for (let line = 0; line < Math.min(lines.length, mostPreamble); line++) {
    for (const delimiter of delimiters) {
      const fields = split(lines[line], delimiter)
      const comment = lines[line].startsWith("#") && fromNames(fields).missing.length > 0
      if (fields.length >= leastColumns && !comment) return { line, delimiter }
    }
  }
  return undefined
}

const tooNarrow = (lines: ReadonlyArray<string>, options: CsvOptions): Fault => {
  const line = lines.findIndex((text) => text.trim() !== "")
  const columns = Math.max(...([",", ";", "\t", "|"] as const).map((delimiter) => split(lines[line], delimiter).length))
  const has = `the row has ${columns} column${columns === 1 ? "" : "s"}`
  const needs = "a candle needs time, open, high, low and close"
  const by =
    options.delimiter === undefined
      ? "separated by comma, semicolon, tab or bar"
      : `separated by ${JSON.stringify(options.delimiter)}`
  return { row: line + 1, reason: `${has} and ${needs}, ${by}; give a file of candles` }
}

type Layout = { readonly fields: Fields; readonly header: boolean } | { readonly reason: string }

/** Where the fields are: as the caller says, as the header says, or in the usual places. */
const findFields = (names: ReadonlyArray<string>, line: string, start: Start, options: CsvOptions): Layout => {
  const timeUnit = options.timeUnit === undefined ? {} : { timeUnit: options.timeUnit }
  const problem = (fields: Fields) => {
    const row = read(line, { delimiter: start.delimiter, fields, ...timeUnit })
    return "reason" in row ? row.reason : undefined
  }
  if (options.columns !== undefined) {
    const { fields, missing } = fromNames(options.columns)
    if (missing.length > 0) return { reason: `the columns given lack ${missing.join(", ")}; name all of them` }
    return { fields, header: options.header ?? problem(fields) !== undefined }
  }
  const named = fromNames(names)
  if (named.missing.length === 0 && options.header !== false) return { fields: named.fields, header: true }
  const places = fromPlaces(names.length, names[1].includes(":") && isTimeOfDay(names[1]))
  const reason = options.header === true ? "" : problem(places)
  if (reason === undefined) return { fields: places, header: false }
  // A row that starts with a time is a candle with a fault; anything else must be a header that names too little.
  if (options.header === false || (options.header !== true && !Number.isNaN(readTime(names[0], timeUnit))))
    return { reason }
  const found = names.map((name) => JSON.stringify(name)).join(", ")
  return { reason: `no column is named ${named.missing.join(", ")} (found ${found}); rename them, or name the columns` }
}

const timeFormat = (text: string, unit: TimeUnit | undefined): Dialect["time"] => {
  const digits = /^[+-]?\d+(\.\d*)?(e\+?\d+)?$/i.test(text)
  if (digits && (unit !== undefined || (text.length !== 8 && text.length !== 14))) return unit ?? unitOf(Number(text))
  return /(z|utc|gmt|:\d\d(\.\d+)? ?[+-]\d\d(:?\d\d)?)$/i.test(text) ? "zoned" : "unzoned"
}
