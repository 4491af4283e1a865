import * as Either from "effect/Either"
import type { GrowingColumns } from "../../engine/columns.js"
import { make as makeColumns, push as pushCandle, reserve, trim } from "../../engine/columns.js"
import type { Columns } from "../../model/candle.js"
import { FileError } from "../../model/errors.js"
import { candleIntervals, fromMillis, minute, toMillis } from "../../model/interval.js"
import type { CsvOptions, Detected, Fault } from "./detect.js"
import { detect, headLength } from "./detect.js"
import type { Dialect } from "./dialect.js"
import { width } from "./header.js"
import { read as readRow } from "./row.js"
import type { Plan } from "./scan.js"
import { plan, scan } from "./scan.js"

/** A file of candles, read. Not checked: that is `engine/check`'s. */
export interface CsvData {
  readonly file: string
  readonly columns: Columns
  readonly dialect: Dialect
  /** Length of the candles' interval in milliseconds: as given, else the smallest distance between two candles. */
  readonly interval: number
  /** Number of candles. */
  readonly rows: number
  /** 1-based line in the file of the candle at an index. */
  readonly rowOf: (index: number) => number
}

/** Takes a file piece by piece; the pieces may be cut anywhere and their memory reused. */
export interface Parser {
  /** The fault that ends it, if any; a parser that has failed is not to be used any more. */
  readonly push: (chunk: Uint8Array) => FileError | undefined
  readonly finish: () => Either.Either<CsvData, FileError>
}

/** No row of a candle comes near this. */
const longestLine = 1 << 20

const none: Uint8Array = new Uint8Array(0)
const lineEnd = Uint8Array.of(10)
const decoder = new TextDecoder()

/** A parser for a file of about `size` bytes, which it makes room for at the start. */
export const make = (file: string, size: number, options: CsvOptions = {}): Parser => {
  const out = makeColumns()
  /** For every blank line the number of candles before it. */
  const blanks: Array<number> = []
  let detected: Detected | undefined
  let rowPlan: Plan | undefined
  let pending: Uint8Array = none

  const failed = (fault: Fault): FileError =>
    new FileError({ file, reason: fault.reason, ...(fault.row === undefined ? {} : { row: fault.row }) })

  /** Takes whole lines. */
  const takeLines = (
    bytes: Uint8Array,
    from: number,
    to: number,
    { dialect, lines }: Detected
  ): FileError | undefined => {
    const columns = width(dialect.fields)
    let p = from
    while (p < to) {
      if (rowPlan !== undefined) p = scan(bytes, p, to, rowPlan, out)
      if (p >= to) break
      if (out.length === out.timestamp.length) {
        reserve(out, out.length + 1)
        continue
      }
      const next = bytes.indexOf(10, p) + 1
      const reason = takeOddRow(decoder.decode(bytes.subarray(p, next)), dialect, columns, out, blanks)
      if (reason !== undefined) return failed({ row: lines + out.length + blanks.length + 1, reason })
      p = next
    }
    return undefined
  }

  /** Takes whole lines and keeps what follows the last of them. */
  const take = (chunk: Uint8Array, offset: number, found: Detected): FileError | undefined => {
    let from = offset
    if (pending.length > 0) {
      const end = chunk.indexOf(10) + 1
      const line = joined(pending, end === 0 ? chunk : chunk.subarray(0, end))
      pending = end === 0 ? line : none
      if (line.length > longestLine)
        return failed({ reason: "a line is longer than 1 MiB; give a text file with a row per candle" })
      if (end === 0) return undefined
      const error = takeLines(line, 0, line.length, found)
      if (error !== undefined) return error
      from = end
    }
    const end = Math.max(from, chunk.lastIndexOf(10) + 1)
    pending = chunk.slice(end)
    return takeLines(chunk, from, end, found)
  }

  const start = (head: Uint8Array, whole: boolean): FileError | undefined => {
    const found = detect(head.subarray(0, headLength), whole && head.length <= headLength, options)
    if ("reason" in found) return failed(found)
    detected = found
    rowPlan = plan(found.dialect)
    reserve(out, Math.ceil((Math.max(size, head.length) / found.lineLength) * 1.02) + 16)
    pending = none
    return take(head, found.offset, found)
  }

  const push = (chunk: Uint8Array): FileError | undefined => {
    if (detected !== undefined) return take(chunk, 0, detected)
    const head = pending.length === 0 && chunk.length >= headLength ? chunk : joined(pending, chunk)
    if (head.length >= headLength) return start(head, false)
    pending = head
    return undefined
  }

  const finish = (): Either.Either<CsvData, FileError> => {
    const error =
      (detected === undefined ? start(pending, true) : undefined) ??
      (detected !== undefined && pending.length > 0 ? take(lineEnd, 0, detected) : undefined)
    if (error !== undefined) return Either.left(error)
    if (detected === undefined || out.length === 0) {
      return Either.left(failed({ reason: "there is no row with a candle; the file needs a row per candle" }))
    }
    return Either.mapLeft(complete(file, out, blanks, detected, options), failed)
  }

  return { push, finish }
}

const joined = (a: Uint8Array, b: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(a.length + b.length)
  bytes.set(a)
  bytes.set(b, a.length)
  return bytes
}

/** Reads a row the scanner has left; the reason if it is none. */
const takeOddRow = (
  line: string,
  dialect: Dialect,
  needed: number,
  out: GrowingColumns,
  blanks: Array<number>
): string | undefined => {
  // Spreadsheets end a file in rows of nothing but delimiters.
  if (/^[\s,;|]*$/.test(line)) {
    blanks.push(out.length)
    return undefined
  }
  const row = readRow(line, dialect, needed)
  if ("reason" in row) return row.reason
  const { close, high, low, open, timestamp, volume } = row.candle
  pushCandle(out, timestamp, open, high, low, close, volume)
  return undefined
}

const complete = (
  file: string,
  out: GrowingColumns,
  blanks: ReadonlyArray<number>,
  { dialect, lines }: Detected,
  options: CsvOptions
): Either.Either<CsvData, Fault> => {
  const rows = out.length
  if (rows < 0.9 * out.timestamp.length) trim(out)
  const descending = isDescending(out)
  if (descending) {
    for (const values of [out.timestamp, out.open, out.high, out.low, out.close, out.volume])
      values.subarray(0, rows).reverse()
  }
  const rowOf = (index: number): number => {
    const candle = descending ? rows - 1 - index : index
    return lines + candle + countUpTo(blanks, candle) + 1
  }
  return Either.map(findInterval(out, options, rowOf), (interval) => ({
    file,
    columns: out,
    dialect: { ...dialect, order: descending ? "descending" : "ascending" },
    interval,
    rows,
    rowOf
  }))
}

/** How many of the ascending `values` are at most `limit`. */
const countUpTo = (values: ReadonlyArray<number>, limit: number): number => {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (values[middle] <= limit) low = middle + 1
    else high = middle
  }
  return low
}

/** Whether times only ever fall, or stay: then the file is newest first. Anything mixed is left to the data check. */
const isDescending = ({ length, timestamp }: Columns): boolean => {
  if (length < 2 || !(timestamp[length - 1] < timestamp[0])) return false
  for (let i = 1; i < length; i++) if (!(timestamp[i] <= timestamp[i - 1])) return false
  return true
}

const findInterval = (
  columns: Columns,
  options: CsvOptions,
  rowOf: (index: number) => number
): Either.Either<number, Fault> => {
  if (options.interval !== undefined) return Either.right(toMillis(options.interval))
  const { length, timestamp } = columns
  let least = Number.POSITIVE_INFINITY
  let at = 0
  for (let i = 1; i < length; i++) {
    const distance = timestamp[i] - timestamp[i - 1]
    if (distance > 0 && distance < least) {
      least = distance
      at = i
    }
  }
  if (least === Number.POSITIVE_INFINITY) {
    return Either.left({ reason: "the interval can't be told from one time; give it" })
  }
  if (fromMillis(least) !== undefined) return Either.right(least)
  const distance = least % minute === 0 ? `${least / minute} min` : `${least / 1000} s`
  const known = candleIntervals.join(" ")
  return Either.left({
    row: rowOf(at),
    reason: `the smallest distance between two candles is ${distance}, which is no candle interval (${known}); mend the time, or give the interval`
  })
}
