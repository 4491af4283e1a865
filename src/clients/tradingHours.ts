import * as DateTime from "effect/DateTime"
import * as Option from "effect/Option"
import { day, minute } from "../model/interval.js"
import type { Validation } from "./risk.js"
import { rule } from "./riskRules.js"

const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const

export type Weekday = (typeof weekdays)[number]

/** When positions may be taken on. Times of day as "08:00", up to "24:00". */
export interface TradingHours {
  /** From this time on; default "00:00". */
  readonly from?: string | undefined
  /** Up to this time, exclusive; default "24:00". A `to` before `from` is one of the next day. */
  readonly to?: string | undefined
  /** Days on which the hours begin; default all. */
  readonly days?: ReadonlyArray<Weekday> | undefined
  /** IANA zone of the times and days, as "America/New_York", or an offset, as "+02:00"; default UTC. */
  readonly zone?: string | undefined
}

/**
 * New positions only within these hours. Hours that pass midnight belong to the day on which they began: "22:00" to
 * "02:00" on Fridays ends early on Saturday.
 */
export const tradingHours = (options: TradingHours): Validation<never> => {
  const { days = weekdays, from = "00:00", to = "24:00" } = options
  const zone = options.zone === undefined ? Option.some(undefined) : DateTime.zoneFromString(options.zone)
  const [begin, end] = [minutesOf(from), minutesOf(to)]
  const problem =
    begin === undefined || begin === 1440
      ? `from must be a time of day from "00:00" to "23:59", got "${from}"`
      : end === undefined
        ? `to must be a time of day from "00:00" to "24:00", got "${to}"`
        : begin === end
          ? `from and to are both "${from}"; leave both out for the whole day`
          : (daysProblem(days) ??
            (Option.isNone(zone) ? `there is no zone "${options.zone}"; write one as "Europe/Berlin"` : undefined))
  const on = options.days === undefined ? "" : ` on ${days.join(", ")}`
  const limit = `${from} to ${to} ${options.zone ?? "UTC"}${on}`
  return rule("trading hours", limit, problem, ({ when }) => {
    if (begin === undefined || end === undefined) return problem
    const local = localTime(when, Option.getOrUndefined(zone))
    const began = local.minutes < begin ? (local.weekday + 6) % 7 : local.weekday
    const within =
      begin < end ? local.minutes >= begin && local.minutes < end : local.minutes >= begin || local.minutes < end
    if (within && days.includes(weekdays[began])) return undefined
    return `it is ${timeText(local)} ${options.zone ?? "UTC"}, trading is from ${from} to ${to}${on}`
  })
}

const daysProblem = (days: ReadonlyArray<string>): string | undefined => {
  const known: ReadonlyArray<string> = weekdays
  const wrong = days.find((name) => !known.includes(name))
  if (wrong !== undefined) return `"${wrong}" is not one of ${weekdays.join(", ")}`
  return days.length === 0 ? "days are empty; name one, or leave them out for all" : undefined
}

/** Minutes since midnight of "08:30", undefined when it is no time of day; "24:00" is the end of the day. */
const minutesOf = (text: string): number | undefined => {
  const match = /^([01]\d|2[0-4]):([0-5]\d)$/.exec(text)
  if (match === null) return undefined
  const minutes = Number(match[1]) * 60 + Number(match[2])
  return minutes <= 1440 ? minutes : undefined
}

interface LocalTime {
  /** 0 is Sunday. */
  readonly weekday: number
  /** Whole minutes since midnight. */
  readonly minutes: number
}

const localTime = (when: number, zone: DateTime.TimeZone | undefined): LocalTime => {
  if (zone !== undefined) {
    const { hours, minutes, weekDay } = DateTime.toParts(DateTime.unsafeMakeZoned(when, { timeZone: zone }))
    return { weekday: weekDay, minutes: hours * 60 + minutes }
  }
  const days = Math.floor(when / day)
  // 1970-01-01 was a Thursday
  return { weekday: (((days + 4) % 7) + 7) % 7, minutes: Math.floor((when - days * day) / minute) }
}

const timeText = ({ minutes, weekday }: LocalTime): string => {
  const two = (value: number) => String(value).padStart(2, "0")
  return `${weekdays[weekday]} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
