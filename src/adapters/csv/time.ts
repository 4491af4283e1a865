/** Times as files write them, turned into epoch milliseconds by integer arithmetic on bytes. */

/** Units an epoch time can be counted in. */
export type TimeUnit = "s" | "ms" | "us" | "ns"

const dayMillis = 86_400_000
const minuteMillis = 60_000

const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57

/** Two digits at `at`, or −1. */
const two = (bytes: Uint8Array, at: number, to: number): number =>
  at + 2 <= to && isDigit(bytes[at]) && isDigit(bytes[at + 1]) ? (bytes[at] - 48) * 10 + bytes[at + 1] - 48 : -1

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

const monthLength = (year: number, month: number): number => {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return month === 2 && leap ? 29 : monthLengths[month - 1]
}

/**
 * Days from 1970-01-01 to a date of the Gregorian calendar, NaN where there is no such date. Years are counted from
 * March, so that the leap day is their last; 153 days are five months from March on, and 719,468 days lie between
 * 0000-03-01 and the epoch.
 */
const epochDay = (year: number, month: number, day: number): number => {
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > monthLength(year, month)) return Number.NaN
  const y = month > 2 ? year : year - 1
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - 719_468
}

/**
 * Epoch milliseconds of the calendar time in `bytes[from, to)`, or NaN. Year first: `2022-01-31`, with `/` or `.` for
 * `-`, or `20220131`; then nothing (midnight), or one of `T`, blank, `_` or a delimiter and the time of day
 * `05:06[:07[.008]]` or `0506[07]`; then the zone: nothing (UTC), `Z`, `UTC`, `GMT`, `+02:00`, `+0200` or `+02`.
 */
export const calendar = (bytes: Uint8Array, from: number, to: number): number => {
  const century = two(bytes, from, to)
  const year = two(bytes, from + 2, to)
  if (century < 0 || year < 0) return Number.NaN
  let p = from + 4
  const mark = bytes[p]
  const marked = p < to && mark >= 45 && mark <= 47
  if (marked) p++
  const month = two(bytes, p, to)
  p += 2
  if (marked && (p >= to || bytes[p++] !== mark)) return Number.NaN
  const day = two(bytes, p, to)
  p += 2
  const midnight = epochDay(century * 100 + year, month, day) * dayMillis
  if (p >= to) return midnight
  if (isSeparator(bytes[p])) p++
  else if (marked || !isDigit(bytes[p])) return Number.NaN
  return midnight + timeOfDay(bytes, p, to)
}

/** `-` `.` `/` aside (they belong to dates): T, t, blank, tab, underscore, comma, semicolon, bar. */
const isSeparator = (byte: number): boolean =>
  byte === 84 || byte === 32 || byte === 116 || byte === 9 || byte === 95 || byte === 44 || byte === 59 || byte === 124

/** Milliseconds since midnight UTC of a time of day with or without zone, or NaN. */
export const timeOfDay = (bytes: Uint8Array, from: number, to: number): number => {
  const hour = two(bytes, from, to)
  let p = from + 2
  const colon = p < to && bytes[p] === 58
  if (colon) p++
  const minute = two(bytes, p, to)
  p += 2
  let second = 0
  if (p < to && (colon ? bytes[p] === 58 : isDigit(bytes[p]))) {
    if (colon) p++
    second = two(bytes, p, to)
    p += 2
  }
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return Number.NaN
  const millis = ((hour * 60 + minute) * 60 + second) * 1000
  if (p >= to) return millis
  let fraction = 0
  if (bytes[p] === 46) {
    let scale = 1
    for (p++; p < to && isDigit(bytes[p]); p++) {
      fraction = fraction * 10 + bytes[p] - 48
      scale *= 10
    }
    if (scale === 1) return Number.NaN
    fraction = (fraction * 1000) / scale
  }
  return millis + fraction - zoneOffset(bytes, p, to)
}

/** Milliseconds by which the zone in `bytes[from, to)` is ahead of UTC, or NaN. */
const zoneOffset = (bytes: Uint8Array, from: number, to: number): number => {
  let p = from
  if (p < to && bytes[p] === 32) p++
  if (p === to) return 0
  const first = bytes[p]
  if (first === 43 || first === 45) {
    const hours = two(bytes, p + 1, to)
    p += 3
    if (p < to && bytes[p] === 58) p++
    const minutes = p === to ? 0 : two(bytes, p, to)
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || (p !== to && p + 2 !== to)) return Number.NaN
    return (first === 43 ? 1 : -1) * (hours * 60 + minutes) * minuteMillis
  }
  const name = String.fromCharCode(...bytes.subarray(p, Math.min(to, p + 4))).toUpperCase()
  return name === "Z" || name === "UTC" || name === "GMT" ? 0 : Number.NaN
}

/**
 * Bounds between the units of an epoch time: below the first it counts seconds (to the year 5138), below the second
 * milliseconds (from 1973), below the third microseconds, else nanoseconds. Every time is read by its own size, because
 * dumps that were joined change the unit half-way; a unit that was asked for widens its own range over all.
 */
export const unitBounds = (unit: TimeUnit | undefined): readonly [s: number, ms: number, us: number] => {
  const all = Number.POSITIVE_INFINITY
  if (unit === undefined) return [1e11, 1e14, 1e17]
  return unit === "s" ? [all, all, all] : unit === "ms" ? [0, all, all] : unit === "us" ? [0, 0, all] : [0, 0, 0]
}

/** The unit an epoch time is counted in, by its size. */
export const unitOf = (value: number): TimeUnit => {
  const size = Math.abs(value)
  const [s, ms, us] = unitBounds(undefined)
  return size < s ? "s" : size < ms ? "ms" : size < us ? "us" : "ns"
}

/** Epoch milliseconds of an epoch time written as text, or NaN. Below a millisecond a fraction stays. */
export const epoch = (text: string, unit: TimeUnit | undefined): number => {
  if (!/^[+-]?\d+(\.\d*)?(e\+?\d+)?$/i.test(text)) return Number.NaN
  const value = Number(text)
  switch (unit ?? unitOf(value)) {
    case "s":
      return value * 1000
    case "ms":
      return value
    case "us":
      return value / 1000
    case "ns":
      // 19 digits are more than a double holds: cut the milliseconds off first.
      return /^\d{7,}$/.test(text) ? Number(text.slice(0, -6)) + Number(text.slice(-6)) / 1e6 : value / 1e6
  }
}
