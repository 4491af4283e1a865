import type { GrowingColumns } from "../../engine/columns.js"
import type { Dialect } from "./dialect.js"
import { width } from "./header.js"
import { calendar, unitBounds } from "./time.js"

/**
 * The fast path: plain rows, straight from bytes into columns. A row with anything else in it (blanks, signs, doubled
 * quotes, more digits than a double has, too few columns …) is left to the caller.
 */

/** What each column of a file holds: 1 to 5 are the targets of numbers. */
const skipped = 0
const time = 6
const dateBeforeTime = 7

/** A dialect as the scanner wants it. */
export interface Plan {
  readonly delimiter: number
  readonly roles: Uint8Array
  readonly bounds: readonly [s: number, ms: number, us: number]
}

/** The plan for a dialect; undefined where date and time of day are apart, which the scanner does not read. */
export const plan = (dialect: Dialect): Plan | undefined => {
  const { fields } = dialect
  const split = fields.clock >= 0
  if (split && fields.clock !== fields.time + 1) return undefined
  const roles = new Uint8Array(width(fields)).fill(skipped)
  const numbers = [fields.open, fields.high, fields.low, fields.close, fields.volume]
  numbers.forEach((column, i) => column >= 0 && (roles[column] = i + 1))
  roles[fields.time] = split ? dateBeforeTime : time
  // The two time columns are read as one field.
  const merged = split ? roles.filter((_, column) => column !== fields.clock) : roles
  return { delimiter: dialect.delimiter.charCodeAt(0), roles: merged, bounds: unitBounds(dialect.timeUnit) }
}

/** Powers of ten that a double holds exactly. */
const powers = Float64Array.from({ length: 23 }, (_, k) => Number(`1e${k}`))

const quote = 34
const carriageReturn = 13
const lineFeed = 10

/**
 * Appends the rows of `bytes[from, to)`, which ends in a line end, to `out` while it has room. Returns the offset of the
 * first row it did not take: `to`, or a row that is not plain, or the row there was no room for.
 *
 * A decimal is its digits as an integer times or over a power of ten. Up to 2^53 and 10^22 both are exact, so that one
 * operation rounds once, as `Number` does. The sum of digits starts at −0 to be a double from the start: begun as a
 * small integer it would change its kind inside the loop, after which V8 may keep a slower loop for good. All of it is
 * one function for the sake of its local variables: `p` and `byte` would not stay in registers across calls.
 */
export const scan = (bytes: Uint8Array, from: number, to: number, plan: Plan, out: GrowingColumns): number => {
  const { delimiter, roles } = plan
  const [secondsBelow, millisBelow, microsBelow] = plan.bounds
  const targets = [out.volume, out.open, out.high, out.low, out.close, out.volume, out.timestamp, out.timestamp]
  const capacity = out.timestamp.length
  const last = roles.length - 1
  let i = out.length
  let row = from
  rows: while (row < to && i < capacity) {
    let p = row
    for (let field = 0; field <= last; field++) {
      const role = roles[field]
      let byte = bytes[p]
      const quoted = byte === quote
      if (quoted) byte = bytes[++p]
      const start = p
      if (role === skipped) {
        while (byte !== (quoted ? quote : delimiter) && byte !== lineFeed) byte = bytes[++p]
      } else {
        let sum = -0
        while (byte >= 48 && byte <= 57) {
          sum = sum * 10 + (byte - 48)
          byte = bytes[++p]
        }
        const whole = p - start
        if (role < time) {
          let scale = 0
          if (byte === 46) {
            byte = bytes[++p]
            while (byte >= 48 && byte <= 57) {
              sum = sum * 10 + (byte - 48)
              byte = bytes[++p]
            }
            scale = p - start - whole - 1
          }
          if (whole + scale === 0 || sum > Number.MAX_SAFE_INTEGER) break rows
          if ((byte | 32) === 101) {
            const mark = p
            while (byte !== delimiter && byte !== quote && byte > carriageReturn) byte = bytes[++p]
            scale -= exponent(bytes, mark + 1, p)
          }
          if (!(scale >= -22 && scale <= 22)) break rows
          sum = scale >= 0 ? sum / powers[scale] : sum * powers[-scale]
        } else if (role === time && (byte === delimiter || byte === quote || byte <= carriageReturn)) {
          if (whole < 9 || whole === 14 || sum >= microsBelow || sum > Number.MAX_SAFE_INTEGER) break rows
          sum = sum < secondsBelow ? sum * 1000 : sum < millisBelow ? sum : sum / 1000
        } else {
          // The date's delimiter is just another sign between date and time of day.
          if (quoted && role === dateBeforeTime) break rows
          let delimiters = role === dateBeforeTime ? 1 : 0
          while ((byte !== delimiter || delimiters-- > 0) && byte !== quote && byte > carriageReturn) byte = bytes[++p]
          sum = calendar(bytes, start, p)
          if (delimiters > 0 || Number.isNaN(sum)) break rows
        }
        targets[role][i] = sum
      }
      if (quoted) {
        if (byte !== quote) break rows
        byte = bytes[++p]
      }
      if (byte !== delimiter && (field < last || (byte !== carriageReturn && byte !== lineFeed))) break rows
      if (field === last) while (byte !== lineFeed) byte = bytes[++p]
      p++
    }
    i++
    row = p
  }
  out.length = i
  return row
}

/** The exponent in `bytes[from, to)`, what follows an `e`; NaN where it is none. */
const exponent = (bytes: Uint8Array, from: number, to: number): number => {
  const negative = bytes[from] === 45
  let p = negative || bytes[from] === 43 ? from + 1 : from
  if (p >= to || to - p > 3) return Number.NaN
  let value = 0
  for (; p < to; p++) {
    const digit = bytes[p] - 48
    if (digit < 0 || digit > 9) return Number.NaN
    value = value * 10 + digit
  }
  return negative ? -value : value
}
