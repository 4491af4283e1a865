import type { Candle } from "../../model/candle.js"
import type { Delimiter, Dialect } from "./dialect.js"
import { width } from "./header.js"
import { calendar, epoch, timeOfDay } from "./time.js"

/**
 * One row, slowly and completely: quoted fields, blanks, exponents, any time. The fast scanner hands over every row that
 * is not plain, so this is also what says why a row cannot be read.
 */

/** A row as a candle, or the reason why it is none. */
export type Row = { readonly candle: Candle } | { readonly reason: string }

/** What reading a row needs of a dialect. */
export type RowDialect = Pick<Dialect, "delimiter" | "fields" | "timeUnit">

/** A text's characters as the bytes `time.ts` reads; only ASCII can be part of a time, the rest becomes 0. */
const toBytes = (text: string): Uint8Array => {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    bytes[i] = code < 128 ? code : 0
  }
  return bytes
}

/** The fields of a line, without the quotes and blanks around them. */
export const split = (line: string, delimiter: Delimiter): ReadonlyArray<string> => {
  if (!line.includes('"')) return line.split(delimiter).map((field) => field.trim())
  const fields: Array<string> = []
  let field = ""
  let quoted = false
  for (let i = 0; i < line.length; i++) {
    const char = line[i]
    if (char === '"' && quoted && line[i + 1] === '"') field += line[++i]
    else if (char === '"' && (quoted || field.trim() === "")) quoted = !quoted
    else if (char === delimiter && !quoted) {
      fields.push(field.trim())
      field = ""
    } else field += char
  }
  fields.push(field.trim())
  return fields
}

/** Reads a line; `needed` is the number of columns the dialect's fields take. */
export const read = (line: string, dialect: RowDialect, needed = width(dialect.fields)): Row => {
  const fields = split(line, dialect.delimiter)
  if (fields.length < needed) {
    const has = `the row has ${fields.length} column${fields.length === 1 ? "" : "s"} and needs ${needed}`
    return { reason: `${has}; mend it, or remove it where the file was cut off` }
  }
  const text = timeText(fields, dialect)
  const timestamp = readTime(text, dialect)
  if (Number.isNaN(timestamp)) return { reason: timeReason(text, dialect) }
  const numbers = { open: 0, high: 0, low: 0, close: 0, volume: 0 }
  for (const name of ["open", "high", "low", "close", "volume"] as const) {
    const column = dialect.fields[name]
    if (column < 0) continue
    const value = number(fields[column])
    if (value === undefined) return { reason: numberReason(name, fields[column], column) }
    numbers[name] = value
  }
  return { candle: { timestamp, ...numbers } }
}

/** The text of a row's time; date and time of day of two columns are joined. */
export const timeText = (fields: ReadonlyArray<string>, dialect: RowDialect): string => {
  const { clock, time } = dialect.fields
  return clock < 0 ? fields[time] : `${fields[time]} ${fields[clock]}`
}

/** Epoch milliseconds, or NaN. Eight and fourteen digits are a date (and time) where they can be one. */
export const readTime = (text: string, dialect: Pick<RowDialect, "timeUnit">): number => {
  if (dialect.timeUnit !== undefined && /^[+-]?[\d.]+$/.test(text)) return epoch(text, dialect.timeUnit)
  const bytes = toBytes(text)
  const compact = /^\d+$/.test(text) && text.length !== 8 && text.length !== 14
  const time = compact ? Number.NaN : calendar(bytes, 0, bytes.length)
  return Number.isNaN(time) ? epoch(text, dialect.timeUnit) : time
}

/** Whether a text is a time of day alone, the second of two time columns. */
export const isTimeOfDay = (text: string): boolean => {
  const bytes = toBytes(text)
  return !Number.isNaN(timeOfDay(bytes, 0, bytes.length))
}

/** A number as `Number` reads it; undefined for what is none. `nan` and `inf` pass: the data check reports them. */
export const number = (text: string): number | undefined => {
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return Number(text)
  const word = /^([+-]?)(nan|inf|infinity)$/i.exec(text)
  if (word === null) return undefined
  if (word[2].toLowerCase() === "nan") return Number.NaN
  return word[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
}

const shown = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text)

const numberReason = (name: string, text: string, column: number): string => {
  const where = `${name} (column ${column + 1})`
  if (text === "") return `${where} is empty; write a number there, or remove the row`
  if (/^[+-]?[\d.]*,[\d,.]+$/.test(text)) {
    return `${where} is ${shown(text)}; write it with a decimal point and without thousands separators`
  }
  return `${where} is ${shown(text)}, not a number; mend it, or name the columns if this is another one`
}

const timeReason = (text: string, dialect: RowDialect): string => {
  const column = `time (column ${dialect.fields.time + 1})`
  if (text === "") return `${column} is empty; write the open time there, or remove the row`
  return `${column} is ${shown(text)}; write it as 2022-01-31 05:06:00, with or without a zone, or as epoch s, ms, us or ns`
}
