import * as DateTime from "effect/DateTime"
import * as Inspectable from "effect/Inspectable"
import * as Option from "effect/Option"
import type { Metric } from "../engine/statistics/conventions.js"
import { conventions } from "../engine/statistics/conventions.js"

/** How reports write numbers, prices, times and values. Pure, and the same on every machine: no locale, no zone. */

/** What stands where there is no number. */
export const notAvailable = "N/A"

/** A number with `decimals` places, never with an exponent or as "-0.00". */
export const fixed = (value: number, decimals: number): string => {
  // toFixed turns to exponents here, where a float has no fraction left anyway
  if (Math.abs(value) >= 1e21) return Number.isFinite(value) ? BigInt(value).toString() : notAvailable
  const text = value.toFixed(Math.min(decimals, 100))
  return /^-[0.]*$/.test(text) ? text.slice(1) : text
}

const number =
  (decimals: number) =>
  (value: number | null): string =>
    value === null || !Number.isFinite(value) ? notAvailable : fixed(value, decimals)

/** Digits before the point in threes. */
const grouped = (text: string): string => text.replace(/^-?\d+/, (whole) => whole.replace(/\d(?=(\d{3})+$)/g, "$&,"))

/** A ratio or another plain number: "1.62". */
export const ratio = number(2)

/** A share or a size in %, without a sign of its own: "57.14%". */
export const share = (value: number | null): string => (value === null ? notAvailable : `${fixed(value, 2)}%`)

/** A gain or loss in %, signed: "+1.98%", "-0.40%", "0.00%". */
export const percent = (value: number | null): string => {
  const text = share(value)
  return value !== null && value > 0 && /[1-9]/.test(text) ? `+${text}` : text
}

/** A count with its thousands apart: "44,640". */
export const count = (value: number | null): string => grouped(number(0)(value))

/** Decimals for amounts of an account: cents, and more where five digits of its initial balance reach further. */
export const moneyDecimals = (initial: number): number =>
  initial > 0 && Number.isFinite(initial) ? Math.max(2, Math.min(100, 4 - Math.floor(Math.log10(initial)))) : 2

/** An amount of money with its thousands apart: "10,000.00". */
export const money = (value: number | null, decimals: number): string => grouped(number(decimals)(value))

/** "1 trade", "2 trades". */
export const plural = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`

/** Digits of the shortest decimal that reads back as `price`: how many in all, and how many after the point. */
const digits = (price: number) => {
  const [mantissa = "0", exponent = "0"] = price.toExponential().split("e")
  const after = Math.max(0, mantissa.replace("-", "").length - 2)
  return { significant: after + 1, decimals: Math.max(0, after - Number(exponent)) }
}

/** A longer number than this is the result of a computation, not a price somebody quoted. */
const mostQuotedDigits = 10

/**
 * Decimals that suit prices of one symbol: as many as the quoted ones among them have, and at least two, or four
 * significant digits for a tiny price. Computed prices (an average, 1.01 times another) have no say.
 */
export const decimals = (prices: Iterable<number>): number => {
  let most = 2
  for (const price of prices) {
    if (!Number.isFinite(price) || price === 0) continue
    const { decimals, significant } = digits(price)
    const magnitude = Math.floor(Math.log10(Math.abs(price)))
    most = Math.max(most, significant <= mostQuotedDigits ? decimals : 0, Math.min(100, 3 - magnitude))
  }
  return most
}

/** A price with that many decimals: "46319.50", "0.00002854". */
export const price = (value: number | null, decimals: number): string => number(decimals)(value)

const two = (value: number): string => String(value).padStart(2, "0")

/** A span in milliseconds: "45m", "2h 05m", "3d 04h". */
export const duration = (millis: number | null): string => {
  if (millis === null || !Number.isFinite(millis)) return notAvailable
  const minutes = Math.round(millis / 60_000)
  if (minutes < 60) return `${minutes}m`
  if (minutes < 1440) return `${Math.floor(minutes / 60)}h ${two(minutes % 60)}m`
  const hours = Math.round(minutes / 60)
  return `${Math.floor(hours / 24)}d ${two(hours % 24)}h`
}

/** An instant in UTC: "2022-01-01 00:00". */
export const time = (epochMillis: number | null): string =>
  epochMillis === null
    ? notAvailable
    : Option.match(DateTime.make(epochMillis), {
        onNone: () => notAvailable,
        onSome: (instant) => DateTime.formatIso(instant).replace(/T(\d\d:\d\d).*$/, " $1")
      })

/** Any value in one line: what a parameter or an error looks like in a report. */
export const value = (unknown: unknown): string =>
  typeof unknown === "number" || typeof unknown === "bigint" ? String(unknown) : Inspectable.toStringUnknown(unknown, 0)

/** Parameters of a strategy: "fast 20, slow 50". */
export const params = (record: Readonly<Record<string, unknown>>): string =>
  Object.entries(record)
    .map(([name, given]) => `${name} ${value(given)}`)
    .join(", ")

/** Percentages that are sizes or shares, where a plus sign would say nothing. */
const unsigned: ReadonlySet<Metric> = new Set<Metric>([
  "winRate",
  "stdDev",
  "exposure",
  "maxDrawdown",
  "volatility",
  "ulcerIndex"
])

/** A statistic in its unit. */
export const metric = (key: Metric, given: number | null): string => {
  switch (conventions[key].unit) {
    case "count":
      return count(given)
    case "ratio":
      return ratio(given)
    case "%":
      return unsigned.has(key) ? share(given) : percent(given)
    case "min":
      return duration(given === null ? null : given * 60_000)
    case "days":
      return duration(given === null ? null : given * 86_400_000)
  }
}

/** How often each text occurs, the most frequent first. Texts that differ only in their numbers are one. */
export const tally = (texts: Iterable<string>): ReadonlyArray<readonly [text: string, count: number]> => {
  const groups = new Map<string, { text: string; count: number }>()
  for (const text of texts) {
    const shape = text.replace(/-?\d+(\.\d+)?(e[+-]?\d+)?/gi, "n")
    const group = groups.get(shape)
    if (group === undefined) groups.set(shape, { text, count: 1 })
    else {
      group.count++
      if (group.text !== text) group.text = shape
    }
  }
  return Array.from(groups.values(), ({ count, text }) => [text, count] as const).toSorted(
    ([a, m], [b, n]) => n - m || (a < b ? -1 : 1)
  )
}
