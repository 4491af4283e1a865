import * as Duration from "effect/Duration"
import * as Option from "effect/Option"
import { apart } from "../engine/text.js"
import type { Of, RiskPayload, RiskPosition } from "../model/risk.js"
import { direction } from "../model/signal.js"
import type { Validation } from "./risk.js"

/** Ready-made validations. A bound itself is allowed; a wrong argument is a problem that refuses everything. */

/** A validation without Effects. One with a problem passes nothing, should it be asked all the same. */
export const rule = (
  name: string,
  limit: string,
  problem: string | undefined,
  check: (payload: RiskPayload) => string | undefined
): Validation<never> => ({ _tag: "Plain", name, limit, problem, check: problem === undefined ? check : () => problem })

/** Room for what rounding does to equal numbers. */
const tolerance = 1e-9

const wholeProblem = (limit: number): string | undefined =>
  Number.isInteger(limit) && limit >= 1 ? undefined : `must be a whole number of at least 1, got ${String(limit)}`

const aboveProblem = (what: string, value: number): string | undefined =>
  Number.isFinite(value) && value > 0 ? undefined : `${what} must be a number above 0, got ${String(value)}`

const percentProblem = (value: number): string | undefined =>
  value >= 0 && value <= 100 ? undefined : `must be a percentage from 0 to 100, got ${String(value)}`

const tooMany = (count: number, limit: number, of = ""): string | undefined =>
  count < limit
    ? undefined
    : `${count} position${count === 1 ? " is" : "s are"} open or reserved${of}, at most ${limit}`

const countOf = (positions: ReadonlyArray<RiskPosition>, counts: (position: RiskPosition) => boolean): number =>
  positions.reduce((count, position) => count + (counts(position) ? 1 : 0), 0)

/** At most so many positions of the profile at once, reserved ones included. */
export const maxPositions = (limit: number): Validation<never> =>
  rule("max positions", String(limit), wholeProblem(limit), ({ positions }) => tooMany(positions.length, limit))

/** At most so many positions per symbol, across strategies. */
export const maxPositionsPerSymbol = (limit: number): Validation<never> =>
  rule("max positions per symbol", String(limit), wholeProblem(limit), ({ positions, symbol }) => {
    const count = countOf(positions, (position) => position.symbol === symbol)
    return tooMany(count, limit, ` on ${symbol}`)
  })

/** At most so many positions per strategy, across symbols. */
export const maxPositionsPerStrategy = (limit: number): Validation<never> =>
  rule("max positions per strategy", String(limit), wholeProblem(limit), ({ positions, strategy }) => {
    const count = countOf(positions, (position) => position.strategy === strategy)
    return tooMany(count, limit, ` by ${strategy}`)
  })

const empty = "the account is empty"

/** The worth of all positions of the profile, this one included, is at most so many % of the account's balance. */
export const maxExposure = (percent: number): Validation<never> =>
  rule("max exposure", `${percent} %`, aboveProblem("the percentage", percent), ({ account, notional, positions }) => {
    if (!(account.balance > 0)) return empty
    const share = (100 * positions.reduce((sum, position) => sum + position.notional, notional)) / account.balance
    if (share <= percent * (1 + tolerance)) return undefined
    const [would, most] = apart(share, percent)
    return `the exposure would be ${would} % of the balance, at most ${most} %`
  })

/** Which symbols move together: groups by name, or a correlation from −1 to 1 and the size from which it counts. */
export type Correlated =
  | { readonly percent: number; readonly groups: Readonly<Record<string, ReadonlyArray<string>>> }
  | {
      readonly percent: number
      readonly correlation: (a: string, b: string) => number
      readonly threshold: number
    }

/** Symbols that move with (1), against (−1) or without (0) the one asked for. */
interface Book {
  readonly name: string
  readonly sign: (symbol: string) => number
}

/**
 * The net worth of positions that move together, this one included, is at most so many % of the account's balance:
 * longs count positive, shorts negative, and the size of their sum is what counts, so that a long and a short in the
 * same group offset each other. By correlation, a symbol whose correlation with the one asked for is at or above the
 * threshold counts as it is, one at or below minus the threshold counts the other way round, others not at all. A
 * trade that makes the net no larger is never refused. A symbol may be in several groups; each of them has to pass.
 */
export const maxCorrelatedExposure = (options: Correlated): Validation<never> =>
  rule("max correlated exposure", `${options.percent} %`, correlatedProblem(options), (payload) => {
    const { balance } = payload.account
    if (!(balance > 0)) return empty
    for (const { name, sign } of booksOf(options, payload.symbol)) {
      let before = 0
      for (const { notional, signal, symbol } of payload.positions) {
        const counts = sign(symbol)
        if (Number.isNaN(counts)) return `the correlation of ${payload.symbol} and ${symbol} is not a number`
        before += counts * direction(signal.position) * notional
      }
      const net = Math.abs(before + direction(payload.signal.position) * payload.notional)
      const share = (100 * net) / balance
      if (share <= options.percent * (1 + tolerance) || net <= Math.abs(before)) continue
      const [would, most] = apart(share, options.percent)
      return `the net exposure to ${name} would be ${would} % of the balance, at most ${most} %`
    }
    return undefined
  })

const booksOf = (options: Correlated, symbol: string): ReadonlyArray<Book> =>
  "groups" in options
    ? Object.entries(options.groups)
        .filter(([, symbols]) => symbols.includes(symbol))
        .map(([name, symbols]) => ({ name, sign: (other) => (symbols.includes(other) ? 1 : 0) }))
    : [
        {
          name: `what moves with ${symbol}`,
          sign: (other) => {
            const correlation = other === symbol ? 1 : options.correlation(symbol, other)
            return Math.abs(correlation) < options.threshold ? 0 : Math.sign(correlation)
          }
        }
      ]

const correlatedProblem = (options: Correlated): string | undefined => {
  const problem = aboveProblem("the percentage", options.percent)
  if (problem !== undefined || "groups" in options) return problem
  return options.threshold > 0 && options.threshold <= 1
    ? undefined
    : `the threshold must be above 0 and at most 1, got ${String(options.threshold)}`
}

/** The way to the take-profit is at least so many times the way to the stop-loss, both from the entry. */
export const minRewardRisk = (ratio: number): Validation<never> =>
  rule("min reward/risk", String(ratio), aboveProblem("the ratio", ratio), ({ price, signal }) => {
    const reward = Math.abs(signal.priceTakeProfit - price)
    const risk = Math.abs(price - signal.priceStopLoss)
    if (reward >= ratio * risk * (1 - tolerance)) return undefined
    const [has, least] = apart(reward / risk, ratio)
    return `reward is ${has} times the risk, at least ${least} times`
  })

/** No new position once the closed trades of the UTC day have lost over so many % of the balance at its start. */
export const dailyLossLimit = (percent: number): Validation<never> =>
  rule("daily loss limit", `${percent} %`, percentProblem(percent), ({ account: { balance, dayStart } }) =>
    lossOver(dayStart, balance, percent, "was lost since 00:00 UTC")
  )

/** No new position while the balance is over so many % below its peak. */
export const drawdownHalt = (percent: number): Validation<never> =>
  rule("drawdown halt", `${percent} %`, percentProblem(percent), ({ account: { balance, peak } }) =>
    lossOver(peak, balance, percent, "was lost since the peak")
  )

const lossOver = (from: number, to: number, percent: number, what: string): string | undefined => {
  if (!(from > 0)) return empty
  const loss = (100 * (from - to)) / from
  if (loss <= percent + tolerance) return undefined
  const [lost, most] = apart(loss, percent)
  return `${lost} % ${what}, at most ${most} %`
}

/** What shares a cooldown. */
export type CooldownPer = "symbol" | "strategy" | "both" | "any"

/**
 * No new position for so long after one was stopped out: of the same symbol (default), of the same strategy, of both
 * alike, or of the whole profile (`any`).
 */
export const cooldownAfterStop = (
  duration: Duration.DurationInput,
  { per = "symbol" }: { readonly per?: CooldownPer } = {}
): Validation<never> => {
  const millis = Option.match(Duration.decodeUnknown(duration), { onNone: () => 0, onSome: Duration.toMillis })
  const problem =
    millis > 0
      ? scopes.includes(per)
        ? undefined
        : `per must be one of ${scopes.join(", ")}, got ${String(per)}`
      : `must be a time above 0, as "2 hours", got ${String(duration)}`
  const limit = `${Duration.format(millis)} per ${per}`
  return rule("cooldown after a stop", limit, problem, ({ lastStopAt, strategy, symbol, when }) => {
    const of: Of = {
      ...(per === "symbol" || per === "both" ? { symbol } : {}),
      ...(per === "strategy" || per === "both" ? { strategy } : {})
    }
    const last = lastStopAt(of)
    if (last === undefined || when - last >= millis) return undefined
    const on = of.symbol === undefined ? "" : ` on ${symbol}`
    const by = of.strategy === undefined ? "" : ` by ${strategy}`
    const ago = when > last ? `${Duration.format(when - last)} ago` : "just now"
    return `the last stop${on}${by} was ${ago}, wait ${Duration.format(millis)} after one`
  })
}

const scopes: ReadonlyArray<string> = ["symbol", "strategy", "both", "any"] satisfies ReadonlyArray<CooldownPer>
