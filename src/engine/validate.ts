import type { Violation, ViolationCode } from "../model/event.js"
import type { Settings } from "../model/settings.js"
import { direction, type Idea } from "../model/signal.js"
import { describe, isObject } from "./describe.js"
import type { Costs } from "./pnl.js"
import * as Stops from "./stops.js"

/** Distances are compared with this relative tolerance, so that a level computed as `price · 1.005` is 0.5 % away. */
const tolerance = 1e-9

const isPrice = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value) && value > 0

/** Percent with at most six digits after the point. */
const shown = (value: number): string => String(Number(value.toFixed(6)))

/** Outcome of validation: the idea, or every violation at once. */
export type Validated =
  | { readonly _tag: "Valid"; readonly idea: Idea }
  | { readonly _tag: "Invalid"; readonly violations: ReadonlyArray<Violation> }

/**
 * Checks what a strategy answered at average price `price`. `market` says whether the entry is at market (no
 * `priceOpen`, or under `touch` one that P has already reached). `costs` are those of the run's fill policy: a
 * breakeven stop has to cover them.
 */
export const validate = (
  answer: unknown,
  price: number,
  market: boolean,
  settings: Settings,
  costs: Costs
): Validated => {
  if (!isObject(answer)) {
    const message = `the strategy answered ${describe(answer)}; answer a signal, or null for none`
    return { _tag: "Invalid", violations: [{ code: "answer", message }] }
  }
  const violations: Array<Violation> = []
  const refuse = (code: ViolationCode, message: string) => violations.push({ code, message })

  const { position, priceOpen, priceTakeProfit, priceStopLoss, minuteEstimatedTime, id, note } = answer
  if (position !== "long" && position !== "short") {
    refuse("position", `position is ${describe(position)}; it must be "long" or "short"`)
  }
  const checkPrice = (name: string, value: unknown) => {
    if (!isPrice(value)) refuse("price", `${name} is ${describe(value)}; it must be a finite price above 0`)
  }
  checkPrice("priceTakeProfit", priceTakeProfit)
  checkPrice("priceStopLoss", priceStopLoss)
  if (priceOpen !== undefined) checkPrice("priceOpen", priceOpen)
  const given = priceOpen ?? price
  if (typeof priceTakeProfit === "number" && typeof priceStopLoss === "number" && typeof given === "number") {
    const d = position === "long" || position === "short" ? direction(position) : undefined
    checkLevels({ d, price, market, entry: given, priceTakeProfit, priceStopLoss }, settings, refuse)
  }
  const lifetime = lifetimeOf(minuteEstimatedTime, settings)
  if (typeof lifetime === "string") refuse("lifetime", lifetime)
  const rules = ownRules(answer, costs)
  for (const { message } of rules.problems) refuse("stop_rule", message)
  if (id !== undefined && typeof id !== "string") refuse("answer", `id is ${describe(id)}; it must be a text`)
  if (note !== undefined && typeof note !== "string") refuse("answer", `note is ${describe(note)}; it must be a text`)

  const sound =
    violations.length === 0 &&
    (position === "long" || position === "short") &&
    isPrice(priceTakeProfit) &&
    isPrice(priceStopLoss) &&
    (priceOpen === undefined || isPrice(priceOpen)) &&
    typeof lifetime === "number"
  if (!sound) return { _tag: "Invalid", violations }
  const idea: Idea = {
    ...(typeof id === "string" ? { id } : {}),
    ...(typeof note === "string" ? { note } : {}),
    ...(priceOpen === undefined ? {} : { priceOpen }),
    position,
    priceTakeProfit,
    priceStopLoss,
    minuteEstimatedTime: lifetime,
    ...rules.own
  }
  return { _tag: "Valid", idea }
}

interface Levels {
  /** Direction; undefined where the position makes no sense. */
  readonly d: 1 | -1 | undefined
  readonly price: number
  readonly market: boolean
  readonly entry: number
  readonly priceTakeProfit: number
  readonly priceStopLoss: number
}

const checkLevels = (
  { d, entry, market, price, priceStopLoss, priceTakeProfit }: Levels,
  settings: Settings,
  refuse: (code: ViolationCode, message: string) => void
): void => {
  if (d !== undefined && !(d * (priceTakeProfit - entry) > 0 && d * (entry - priceStopLoss) > 0)) {
    const order = d > 0 ? "take-profit > entry > stop-loss" : "take-profit < entry < stop-loss"
    refuse("order", `needs ${order}, got TP ${priceTakeProfit}, entry ${entry}, SL ${priceStopLoss}`)
  }
  const between = (priceTakeProfit - price) * (price - priceStopLoss) > 0
  if (market && !between) {
    refuse(
      "market_price",
      `a market entry needs the price strictly between SL and TP, got ${price} for SL ${priceStopLoss}, TP ${priceTakeProfit}`
    )
  }
  const distance = (level: number) => Math.abs((100 * (level - entry)) / entry)
  const toTarget = distance(priceTakeProfit)
  const toStop = distance(priceStopLoss)
  const { maxStopLoss, minStopLoss, minTakeProfit } = settings
  if (minTakeProfit > 0 && !(toTarget >= minTakeProfit * (1 - tolerance))) {
    refuse(
      "take_profit_distance",
      `TP is ${shown(toTarget)} % from the entry; at least ${minTakeProfit} % (minTakeProfit)`
    )
  }
  if (minStopLoss > 0 && !(toStop >= minStopLoss * (1 - tolerance))) {
    refuse("stop_loss_distance", `SL is ${shown(toStop)} % from the entry; at least ${minStopLoss} % (minStopLoss)`)
  }
  if (maxStopLoss > 0 && !(toStop <= maxStopLoss * (1 + tolerance))) {
    refuse("stop_loss_distance", `SL is ${shown(toStop)} % from the entry; at most ${maxStopLoss} % (maxStopLoss)`)
  }
}

/** The lifetime in minutes, or what is wrong with it. A `maxLifetime` of 0 allows any. */
const lifetimeOf = (value: unknown, settings: Settings): number | string => {
  const limit = settings.maxLifetime === 0 ? Number.POSITIVE_INFINITY : settings.maxLifetime
  const minutes = value === "infinite" ? Number.POSITIVE_INFINITY : value
  if (typeof minutes !== "number" || !(minutes > 0) || (Number.isFinite(minutes) && !Number.isInteger(minutes))) {
    return `minuteEstimatedTime is ${describe(value)}; it must be a whole number of minutes above 0`
  }
  return minutes > limit ? `minuteEstimatedTime is ${minutes}; at most ${limit} (maxLifetime)` : minutes
}

interface OwnRules {
  readonly own: Pick<Idea, "trailing" | "breakeven">
  readonly problems: ReadonlyArray<Stops.StopProblem>
}

const noRules: OwnRules = { own: {}, problems: [] }

/** An answer's own stop rules, as values that nobody else can change, and everything that is wrong with them. */
const ownRules = (answer: Readonly<Record<string, unknown>>, costs: Costs): OwnRules => {
  const { position } = answer
  if (answer["trailing"] === undefined && answer["breakeven"] === undefined) return noRules
  const given = { trailing: unlessFalse(answer["trailing"]), breakeven: unlessFalse(answer["breakeven"]) }
  const directions = position === "long" || position === "short" ? [direction(position)] : undefined
  const trailing = answer["trailing"] === false ? false : Stops.trailingOf(given.trailing)
  const breakeven = answer["breakeven"] === false ? false : Stops.breakevenOf(given.breakeven)
  const own: Pick<Idea, "trailing" | "breakeven"> = {
    ...(trailing === undefined ? {} : { trailing }),
    ...(breakeven === undefined ? {} : { breakeven })
  }
  return { own, problems: Stops.problems(given, costs, directions) }
}

/** `false` says that a signal has no such rule, whatever its strategy has. */
const unlessFalse = (given: unknown): unknown => (given === false ? undefined : given)
