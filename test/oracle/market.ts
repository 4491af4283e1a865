import * as FastCheck from "effect/FastCheck"
import type { Candle } from "../../src/model/candle.js"
import type { FillPolicy } from "../../src/model/fill.js"
import { type Settings, defaults } from "../../src/model/settings.js"
import type { Breakeven, Idea, Trailing } from "../../src/model/signal.js"
import type { OracleInput, ReplaySignal, Run } from "./types.js"

/**
 * Random short markets as plain data, so that a counterexample prints and shrinks. Prices are whole multiples of
 * 0.75 around 150: one step is exactly the least distance of a level (0.5 %), levels are met exactly and both at
 * once all the time, and typical prices (h+l+c)/3 and their sums are exact in binary, so that no comparison hangs
 * on the order of a sum.
 */

const minute = 60_000
const priceStep = 0.75
const centre = 200
/** Everything happens around this instant, a multiple of every interval. */
const origin = 1_000_000 * 15 * minute

const often = <A>(usual: FastCheck.Arbitrary<A>, rare: FastCheck.Arbitrary<A>): FastCheck.Arbitrary<A> =>
  FastCheck.oneof({ weight: 6, arbitrary: usual }, { weight: 1, arbitrary: rare })

/** One candle relative to the last: minutes missing before it, jump to its open, body and wicks, all in steps. */
interface Movement {
  readonly missing: number
  readonly jump: number
  readonly body: number
  readonly above: number
  readonly below: number
  readonly volume: number
}

const movements: FastCheck.Arbitrary<ReadonlyArray<Movement>> = FastCheck.array(
  FastCheck.record({
    missing: often(FastCheck.constant(0), FastCheck.integer({ min: 1, max: 9 })),
    jump: often(FastCheck.constant(0), FastCheck.integer({ min: -4, max: 4 })),
    body: FastCheck.integer({ min: -2, max: 2 }),
    above: FastCheck.integer({ min: 0, max: 3 }),
    below: FastCheck.integer({ min: 0, max: 3 }),
    volume: FastCheck.integer({ min: 0, max: 4 })
  }),
  { minLength: 10, maxLength: 60, size: "max" }
)

const toCandles = (moves: ReadonlyArray<Movement>, first: number): ReadonlyArray<Candle> => {
  let timestamp = first - minute
  let last = centre
  return moves.map(({ above, below, body, jump, missing, volume }) => {
    timestamp += (missing + 1) * minute
    const open = Math.max(20, last + jump)
    last = Math.max(20, open + body)
    return {
      timestamp,
      open: open * priceStep,
      high: (Math.max(open, last) + above) * priceStep,
      low: (Math.min(open, last) - below) * priceStep,
      close: last * priceStep,
      volume
    }
  })
}

/** An idea relative to the price at hand; distances in steps, in the direction of the trade. */
export interface Plan {
  readonly position: Idea["position"]
  /** How much better than the price at hand the limit is; undefined for a market entry. */
  readonly limit: number | undefined
  readonly target: number
  readonly stop: number
  readonly lifetime: number
  readonly trailing: Trailing | undefined
  readonly breakeven: Breakeven | undefined
}

/**
 * Stop rules. Percentages are such that no trailed stop meets a price of the grid, distances such that every one does:
 * whether a stop is reached hangs on no rounding. Activations and gains are met exactly (a step from 150 is 0.5 %).
 */
const trailing: FastCheck.Arbitrary<Trailing> = FastCheck.tuple(
  FastCheck.oneof(
    often(FastCheck.constantFrom(0.7, 1.1, 1.3), FastCheck.constantFrom(0, 100, -1)).map((percent) => ({ percent })),
    often(FastCheck.constantFrom(1, 2, 3), FastCheck.constantFrom(0, -1)).map((steps) => ({
      distance: steps * priceStep
    }))
  ),
  FastCheck.option(often(FastCheck.constantFrom(0, 0.5, 1), FastCheck.constant(-1)), { nil: undefined })
).map(([rule, activation]) => ({ ...rule, ...(activation === undefined ? {} : { activation }) }))

// 0.4 covers the default costs of a short, not of a long
const breakeven: FastCheck.Arbitrary<Breakeven> = FastCheck.constantFrom(0, 0.3, 0.4, 0.5, 0.5, 1, 1, 1.5).map(
  (after) => ({ after })
)

const sometimes = <A>(arbitrary: FastCheck.Arbitrary<A>): FastCheck.Arbitrary<A | undefined> =>
  FastCheck.oneof({ weight: 2, arbitrary: FastCheck.constant(undefined) }, { weight: 1, arbitrary })

const plan: FastCheck.Arbitrary<Plan> = FastCheck.record({
  position: FastCheck.constantFrom<Array<Idea["position"]>>("long", "short"),
  limit: FastCheck.option(often(FastCheck.integer({ min: 0, max: 3 }), FastCheck.integer({ min: -2, max: 4 })), {
    nil: undefined
  }),
  target: often(FastCheck.integer({ min: 2, max: 5 }), FastCheck.integer({ min: -2, max: 8 })),
  stop: often(FastCheck.integer({ min: 2, max: 5 }), FastCheck.integer({ min: -2, max: 8 })),
  lifetime: often(
    FastCheck.integer({ min: 1, max: 20 }),
    FastCheck.constantFrom(0, 1.5, 10, 11, 1440, 1441, Number.POSITIVE_INFINITY)
  ),
  trailing: sometimes(trailing),
  breakeven: sometimes(breakeven)
})

/** The idea of a plan at a price: its limit is counted from the nearest step, its levels from its entry. */
export const toIdea = ({ breakeven, lifetime, limit, position, stop, target, trailing }: Plan, price: number): Idea => {
  const d = position === "long" ? 1 : -1
  const entry = Math.round(price / priceStep) - d * (limit ?? 0)
  return {
    position,
    ...(limit === undefined ? {} : { priceOpen: entry * priceStep }),
    priceTakeProfit: (entry + d * target) * priceStep,
    priceStopLoss: (entry - d * stop) * priceStep,
    minuteEstimatedTime: lifetime,
    ...(trailing === undefined ? {} : { trailing }),
    ...(breakeven === undefined ? {} : { breakeven })
  }
}

const settings: FastCheck.Arbitrary<Settings> = FastCheck.record({
  awaitMinutes: FastCheck.integer({ min: 1, max: 12 }),
  vwapCandles: FastCheck.integer({ min: 1, max: 5 }),
  costs: FastCheck.constantFrom({ slippage: 0, fee: 0 }, { slippage: 0.1, fee: 0.1 }, { slippage: 0.05, fee: 0.125 }),
  minTakeProfit: FastCheck.constantFrom(0, 0.5),
  minStopLoss: FastCheck.constantFrom(0, 0.5),
  maxStopLoss: FastCheck.constantFrom(20, 2),
  maxLifetime: FastCheck.constantFrom(1440, 10, Number.POSITIVE_INFINITY)
}).map(({ costs, ...rest }) => ({ ...defaults, ...costs, ...rest }))

/** A market and a frame as data. `exits`: minutes of an hour at which `exit` is true; null for no `exit` at all. */
export interface Setting {
  readonly candles: ReadonlyArray<Candle>
  readonly start: number
  readonly end: number
  readonly frameInterval: number
  readonly strategyInterval: number
  readonly policy: FillPolicy
  readonly settings: Settings
  readonly exits: ReadonlyArray<number> | null
}

/** `frameInterval` and `strategyInterval` are 1, 3, 5 or 15 minutes; frames may begin before or after the data. */
export const setting: FastCheck.Arbitrary<Setting> = FastCheck.record({
  moves: movements,
  first: FastCheck.integer({ min: -8, max: 4 }),
  start: FastCheck.integer({ min: 0, max: 4 }),
  length: often(FastCheck.integer({ min: 30, max: 120 }), FastCheck.integer({ min: 1, max: 30 })),
  frameInterval: often(FastCheck.constant(minute), FastCheck.constantFrom(3 * minute, 5 * minute, 15 * minute)),
  strategyInterval: often(FastCheck.constant(minute), FastCheck.constantFrom(3 * minute, 5 * minute, 15 * minute)),
  policy: FastCheck.constantFrom<Array<FillPolicy>>("realistic", "touch", "path"),
  settings,
  exits: FastCheck.option(FastCheck.uniqueArray(FastCheck.integer({ min: 0, max: 59 }), { maxLength: 12 }))
}).map(({ first, length, moves, start, ...rest }) => ({
  candles: toCandles(moves, origin + first * minute),
  start: origin + start * minute,
  end: origin + (start + length) * minute,
  ...rest
}))

/** A run of the oracle in this setting, without what it is asked. */
export const toRun = ({ exits, ...rest }: Setting): Run => ({
  ...rest,
  base: minute,
  exit: exits === null ? undefined : (when) => exits.includes((when / minute) % 60)
})

/** What a strategy does, in turn of the minutes: an idea, nothing, or a failure. */
export type Reply = Plan | "nothing" | "fails"

export interface BacktestCase {
  readonly setting: Setting
  readonly replies: ReadonlyArray<Reply>
}

export const backtestCase: FastCheck.Arbitrary<BacktestCase> = FastCheck.record({
  setting,
  replies: FastCheck.array(
    FastCheck.oneof(
      { weight: 8, arbitrary: plan },
      { weight: 3, arbitrary: FastCheck.constant<Reply>("nothing") },
      { weight: 1, arbitrary: FastCheck.constant<Reply>("fails") }
    ),
    { minLength: 1, maxLength: 8 }
  )
})

/** The strategy of a case: pure, so that every engine asked gets the same answer at the same instant and price. */
export const answerOf =
  (replies: ReadonlyArray<Reply>) =>
  (when: number, price: number): Idea | null => {
    const reply = replies[(when / minute) % replies.length]
    if (reply === "fails") throw new Error("the strategy of this case fails here")
    return reply === undefined || reply === "nothing" ? null : toIdea(reply, price)
  }

export const toInput = ({ replies, setting }: BacktestCase): OracleInput => ({
  ...toRun(setting),
  ask: (when, _, price) => answerOf(replies)(when, price)
})

export interface ReplayCase {
  readonly setting: Setting
  readonly signals: ReadonlyArray<ReplaySignal>
}

/** The last close before an instant, or where the market began. */
const closeBefore = (candles: ReadonlyArray<Candle>, time: number): number =>
  candles.findLast((candle) => candle.timestamp + minute <= time)?.close ?? centre * priceStep

/**
 * Recorded signals from before the data to after them, in any order, some off the grid. None lies less than one
 * frame interval before the frame or the data: whether such a one is outside is a matter of rounding first.
 */
export const replayCase: FastCheck.Arbitrary<ReplayCase> = FastCheck.record({
  setting,
  recorded: FastCheck.array(
    FastCheck.record({
      seconds: often(
        FastCheck.integer({ min: -15, max: 90 }).map((minutes) => minutes * 60),
        FastCheck.integer({ min: -1800, max: 7200 })
      ),
      plan
    }),
    { minLength: 1, maxLength: 25, size: "max" }
  )
}).map(({ recorded, setting }) => ({
  setting,
  signals: recorded
    .map(({ plan, seconds }) => ({
      time: origin + seconds * 1000,
      ...toIdea(plan, closeBefore(setting.candles, origin + seconds * 1000))
    }))
    .filter(({ time }) => !nearlyInside(setting, time))
}))

const nearlyInside = ({ candles, frameInterval, start }: Setting, time: number): boolean => {
  const rounded = Math.ceil(time / frameInterval) * frameInterval
  return [start, candles[0]?.timestamp ?? start].some((edge) => time < edge && rounded >= edge)
}
