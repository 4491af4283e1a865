import type { ViolationCode } from "../../src/model/event.js"
import type { FillPolicy } from "../../src/model/fill.js"
import type { Settings } from "../../src/model/settings.js"
import type { Breakeven, Idea, Trailing } from "../../src/model/signal.js"
import { atEntry, netPnl } from "./formulas.js"

const tolerance = 1e-9

/** Whether the answer enters at once: no limit price, or (`touch`) one that P has reached already. */
export const isMarket = (idea: Idea, policy: FillPolicy, price: number): boolean =>
  idea.priceOpen === undefined || (policy === "touch" && atEntry(idea.position, price, idea.priceOpen))

const lifetimeAllowed = (minutes: number, most: number): boolean => {
  const unbounded = most === 0 || most === Number.POSITIVE_INFINITY
  if (minutes === Number.POSITIVE_INFINITY) return unbounded
  return Number.isInteger(minutes) && minutes > 0 && (unbounded || minutes <= most)
}

const isTrailing = (rule: Trailing): boolean => {
  const { activation = 0 } = rule
  const follows = "percent" in rule ? rule.percent > 0 && rule.percent < 100 : rule.distance > 0
  return follows && activation >= 0
}

/** Closing `after` % ahead of the fill must at least pay for the trade. */
const covers = (idea: Idea, { after }: Breakeven, policy: FillPolicy, settings: Settings): boolean => {
  const ahead = idea.position === "long" ? 100 + after : 100 - after
  return after > 0 && netPnl(policy, settings, idea.position, 100, ahead) >= -1e-8
}

/** Every violation of an answer at average price `price`, each check by itself: a demand that does not hold is one. */
export const violations = (
  idea: Idea,
  policy: FillPolicy,
  settings: Settings,
  price: number
): ReadonlyArray<ViolationCode> => {
  const { position, priceOpen, priceTakeProfit: target, priceStopLoss: stop } = idea
  const entry = priceOpen ?? price
  const known = position === "long" || position === "short"
  const given = priceOpen === undefined ? [target, stop] : [priceOpen, target, stop]
  const ordered = position === "long" ? target > entry && entry > stop : target < entry && entry < stop
  const between = Math.min(stop, target) < price && price < Math.max(stop, target)
  const targetDistance = (100 * Math.abs(target - entry)) / Math.abs(entry)
  const stopDistance = (100 * Math.abs(stop - entry)) / Math.abs(entry)
  const { minTakeProfit, minStopLoss, maxStopLoss, maxLifetime } = settings

  const found: Array<ViolationCode> = []
  if (!known) found.push("position")
  if (!given.every((value) => Number.isFinite(value) && value > 0)) found.push("price")
  if (known && !ordered) found.push("order")
  if (isMarket(idea, policy, price) && !between) found.push("market_price")
  if (minTakeProfit !== 0 && !(targetDistance >= minTakeProfit * (1 - tolerance))) found.push("take_profit_distance")
  const stopNear = minStopLoss !== 0 && !(stopDistance >= minStopLoss * (1 - tolerance))
  const stopFar = maxStopLoss !== 0 && !(stopDistance <= maxStopLoss * (1 + tolerance))
  if (stopNear || stopFar) found.push("stop_loss_distance")
  if (!lifetimeAllowed(idea.minuteEstimatedTime, maxLifetime)) found.push("lifetime")
  const { breakeven, trailing } = idea
  const badTrailing = trailing !== undefined && trailing !== false && !isTrailing(trailing)
  const badBreakeven = breakeven !== undefined && breakeven !== false && !covers(idea, breakeven, policy, settings)
  if (badTrailing || badBreakeven) found.push("stop_rule")
  return found
}
