import * as Cause from "effect/Cause"
import {
  type BacktestDocument,
  type CancelledSignal,
  type RunInfo,
  runsOf,
  type RunRecord,
  type ScheduledSignal,
  type Trade
} from "../model/document.js"
import type { Event, Violation, ViolationCode } from "../model/event.js"
import type { Signal } from "../model/signal.js"

/**
 * The events of a finished record again, in order of time: what every run emits, and the partial levels and stop moves
 * it was asked to record. Reports over them are those of the run itself. What documents do not hold is not made up:
 * signals come without their stop rules, and without a quantity where they never opened; a rejected answer has but its
 * position and limit price, a failure but its message; the fee of an entry is the one that the settings give.
 */
export const eventsOf = (record: RunRecord): Iterable<Event> => ({
  [Symbol.iterator]: () => withBalances(record, merged(runsOf(record)))
})

/** A run's events one at a time, with the instant each belongs at: an expiry within a long candle comes after its close. */
class Lane {
  at = Number.NEGATIVE_INFINITY
  event: Event | undefined
  readonly #events: Iterator<Event, undefined>

  constructor(run: BacktestDocument) {
    this.#events = eventsOfRun(run)
    this.move()
  }

  move(): void {
    this.event = this.#events.next().value
    if (this.event !== undefined) this.at = Math.max(this.at, this.event.when)
  }
}

/** Of events at one instant those of the earlier run come first. */
function* merged(runs: ReadonlyArray<BacktestDocument>): Generator<Event, undefined> {
  const lanes = runs.map((run) => new Lane(run))
  for (;;) {
    let next: Lane | undefined
    for (const lane of lanes) {
      if (lane.event !== undefined && (next === undefined || lane.at < next.at)) next = lane
    }
    if (next?.event === undefined) return
    yield next.event
    next.move()
  }
}

/** One slot holds one signal at a time, so that the lives of its signals follow one another. */
function* eventsOfRun(document: BacktestDocument): Generator<Event, undefined> {
  const asks = asksOf(document)
  let next = 0
  for (const event of livesOf(document)) {
    // what a strategy was asked at an instant comes before what the candle from then on does
    const atClose = isOfClose(event)
    for (let ask = asks[next]; ask !== undefined; ask = asks[++next]) {
      if (atClose ? ask.when >= event.when : ask.when > event.when) break
      yield ask
    }
    yield event
  }
  yield* asks.slice(next)
}

function* livesOf({ cancelled, run, scheduled, trades }: BacktestDocument): Generator<Event, undefined> {
  const rested = new Map(scheduled.map((signal) => [restKey(signal.at, signal.id), signal]))
  const ends = [...trades, ...cancelled].toSorted((a, b) => a.scheduledAt - b.scheduledAt)
  for (const end of ends) {
    const resting = rested.get(restKey(end.scheduledAt, end.id))
    yield* "pnlPercent" in end ? lifeOf(run, end, resting) : endOf(run, end, resting)
  }
}

const restKey = (at: number, id: string): string => `${at} ${id}`

/** Told at the close of a candle, which is when a strategy is asked: it comes before that. */
const isOfClose = ({ _tag }: Event): boolean =>
  _tag === "PartialProfit" || _tag === "PartialLoss" || _tag === "StopMoved"

const asksOf = ({ failed, rejected, run: { strategy, symbol } }: BacktestDocument): ReadonlyArray<Event> =>
  [
    ...rejected.map(({ at, position, price, priceLimit, violations: reasons }): Event => {
      const answer = {
        ...(position === undefined ? {} : { position }),
        ...(priceLimit === undefined ? {} : { priceOpen: priceLimit })
      }
      const violations = reasons.map(violationOf)
      return {
        _tag: "Rejected",
        when: at,
        symbol,
        strategy,
        violations,
        answer,
        ...(price === undefined ? {} : { price })
      }
    }),
    ...failed.map(({ at, error }): Event => ({
      _tag: "Failed",
      when: at,
      symbol,
      strategy,
      message: error,
      cause: Cause.fail(error)
    }))
  ].toSorted((a, b) => a.when - b.when)

const lifeOf = (run: RunInfo, trade: Trade, rested: ScheduledSignal | undefined): ReadonlyArray<Event> => {
  const { money, pendingAt } = trade
  const resting = signalOf(run, trade, trade.priceLimit)
  const signal = { ...resting, pendingAt }
  const opened: Event = {
    _tag: "Opened",
    when: pendingAt,
    signal,
    priceOpen: trade.priceOpen,
    ...(money === undefined ? {} : { money: { ...money, fees: (money.notional * run.settings.fee) / 100, result: 0 } })
  }
  return [
    ...(rested === undefined ? [] : [scheduledOf(resting, rested)]),
    opened,
    ...duringOf(trade, signal),
    closedOf(trade, signal)
  ]
}

const duringOf = ({ partials = [], stops = [] }: Trade, signal: Signal): ReadonlyArray<Event> =>
  [
    ...partials.map(({ at, level, price, side }): Event => {
      const _tag = side === "profit" ? "PartialProfit" : "PartialLoss"
      return { _tag, when: at, signal, level, price }
    }),
    ...stops.map(({ at, price, rule }): Event => ({ _tag: "StopMoved", when: at, signal, rule, priceStopLoss: price }))
  ].toSorted((a, b) => a.when - b.when)

const closedOf = (trade: Trade, signal: Signal): Event => ({
  _tag: "Closed",
  when: trade.closedAt,
  signal,
  reason: trade.reason,
  priceOpen: trade.priceOpen,
  priceClose: trade.priceClose,
  pnlPercent: trade.pnlPercent,
  mae: trade.mae,
  mfe: trade.mfe,
  ambiguous: trade.ambiguous,
  pnlInterval: trade.pnlInterval,
  ...(trade.priceStopMoved === undefined ? {} : { priceStopMoved: trade.priceStopMoved }),
  ...(trade.equityPercent === undefined ? {} : { equityPercent: trade.equityPercent }),
  ...(trade.money === undefined ? {} : { money: trade.money })
})

/** A cancelled signal rested before: its prices are those it was scheduled with. */
const endOf = (
  run: RunInfo,
  { at, id, position, reason, scheduledAt, violations }: CancelledSignal,
  rested: ScheduledSignal | undefined
): ReadonlyArray<Event> => {
  const levels = rested ?? unknownLevels
  const signal = signalOf(run, { ...levels, id, position, scheduledAt }, levels.priceLimit)
  const cancelled: Event = {
    _tag: "Cancelled",
    when: at,
    signal,
    reason,
    ...(violations === undefined ? {} : { violations: violations.map(violationOf) })
  }
  return rested === undefined ? [cancelled] : [scheduledOf(signal, rested), cancelled]
}

/** Of a document that tells of an end without a beginning; reports write N/A. */
const unknownLevels = {
  priceLimit: Number.NaN,
  priceTakeProfit: Number.NaN,
  priceStopLoss: Number.NaN,
  minuteEstimatedTime: "infinite"
} as const

const scheduledOf = (signal: Signal, { at, price }: ScheduledSignal): Event => ({
  _tag: "Scheduled",
  when: at,
  signal,
  price
})

type Known = Pick<
  Trade,
  "id" | "position" | "scheduledAt" | "priceTakeProfit" | "priceStopLoss" | "minuteEstimatedTime" | "note" | "money"
>

const signalOf = (run: RunInfo, known: Known, priceLimit: number | undefined): Signal => ({
  id: known.id,
  symbol: run.symbol,
  strategy: run.strategy,
  exchange: run.exchange,
  frame: run.frame.name,
  position: known.position,
  ...(priceLimit === undefined ? {} : { priceOpen: priceLimit }),
  priceTakeProfit: known.priceTakeProfit,
  priceStopLoss: known.priceStopLoss,
  minuteEstimatedTime: known.minuteEstimatedTime,
  ...(known.note === undefined ? {} : { note: known.note }),
  ...(known.money === undefined ? {} : { quantity: known.money.quantity }),
  scheduledAt: known.scheduledAt
})

const codes: Readonly<Record<ViolationCode, true>> = {
  position: true,
  price: true,
  order: true,
  market_price: true,
  take_profit_distance: true,
  stop_loss_distance: true,
  lifetime: true,
  stop_rule: true,
  answer: true,
  no_data: true,
  sizing: true,
  cash: true,
  risk: true
}

const isCode = (code: string): code is ViolationCode => Object.hasOwn(codes, code)

/** A code of a later version is an answer that was refused, at least. */
const violationOf = (reason: {
  readonly code: string
  readonly message: string
  readonly profile?: string | undefined
}): Violation => ({
  code: isCode(reason.code) ? reason.code : "answer",
  message: reason.message,
  ...(reason.profile === undefined ? {} : { profile: reason.profile })
})

/** The balance at an entry is that after the latest close; only the whole order of events tells it. */
function* withBalances({ account }: RunRecord, events: Iterable<Event>): Generator<Event, undefined> {
  let balance = account?.initial ?? 0
  for (const event of events) {
    if (event._tag === "Closed" && event.money !== undefined) balance = event.money.balance
    yield event._tag === "Opened" && event.money !== undefined
      ? { ...event, money: { ...event.money, balance } }
      : event
  }
}
