import type * as Types from "effect/Types"
import { compute } from "../engine/statistics.js"
import { pooled } from "../engine/statistics/pooled.js"
import {
  type BacktestDocument,
  type CancelledSignal,
  type FailedAsk,
  type PartialLevel,
  type PortfolioDocument,
  type RefusalReason,
  type RejectedAnswer,
  type RunInfo,
  type ScheduledSignal,
  type StopMove,
  type Trade,
  version
} from "../model/document.js"
import {
  type Closed,
  type Event,
  type Rejected,
  type Scheduled,
  strategyOf,
  symbolOf,
  type Violation
} from "../model/event.js"
import type { AccountInfo } from "../model/account.js"

/** What a run has to say besides its events. */
export interface Outcome {
  readonly run: RunInfo
  readonly account?: AccountInfo | undefined
  /** Replay only: recorded signals passed over, and moved to the next tick. */
  readonly skipped: number
  readonly shifted: number
}

/** Gathers the events of several runs on one account into the portfolio's document. */
export class PortfolioCollector {
  readonly #runs = new Map<string, Collector>()
  /** In close order. */
  readonly #trades: Array<Trade> = []

  observe(event: Event): void {
    const collector = this.#of(symbolOf(event), strategyOf(event))
    collector.observe(event)
    if (event._tag !== "Closed") return
    const trade = collector.trades.at(-1)
    if (trade !== undefined) this.#trades.push(trade)
  }

  /** `outcomes`: one per run, in the order in which runs have their turn. */
  document(outcomes: ReadonlyArray<Outcome>, account: AccountInfo | undefined): PortfolioDocument {
    const runs = outcomes.map((outcome) => this.#of(outcome.run.symbol, outcome.run.strategy).document(outcome))
    return {
      version,
      kind: "portfolio",
      statistics: pooled(runs, this.#trades),
      ...(account === undefined ? {} : { account }),
      runs
    }
  }

  #of(symbol: string, strategy: string): Collector {
    const key = JSON.stringify([symbol, strategy])
    const collector = this.#runs.get(key) ?? new Collector()
    this.#runs.set(key, collector)
    return collector
  }
}

/** Gathers the events of one run into its document. */
export class Collector {
  readonly trades: Array<Trade> = []
  readonly #scheduled: Array<ScheduledSignal> = []
  readonly #cancelled: Array<CancelledSignal> = []
  readonly #rejected: Array<RejectedAnswer> = []
  readonly #failed: Array<FailedAsk> = []
  /** Of the open position. */
  #partials: Array<PartialLevel> = []
  #stops: Array<StopMove> = []

  observe(event: Event): void {
    switch (event._tag) {
      case "Scheduled":
        this.#scheduled.push(scheduledOf(event))
        return
      case "Closed":
        this.trades.push(tradeOf(event, this.#partials, this.#stops))
        this.#partials = []
        this.#stops = []
        return
      case "PartialProfit":
      case "PartialLoss": {
        const { level, price, when } = event
        this.#partials.push({ at: when, side: event._tag === "PartialProfit" ? "profit" : "loss", level, price })
        return
      }
      case "StopMoved":
        this.#stops.push({ at: event.when, rule: event.rule, price: event.priceStopLoss })
        return
      case "Cancelled": {
        const { id, position, scheduledAt } = event.signal
        const { reason, violations, when } = event
        const why = violations === undefined ? {} : { violations: violations.map(reasonOf) }
        this.#cancelled.push({ id, position, scheduledAt, at: when, reason, ...why })
        return
      }
      case "Rejected":
        this.#rejected.push(rejectedOf(event))
        return
      case "Failed":
        this.#failed.push({ at: event.when, error: event.message })
        return
      default:
        return
    }
  }

  document({ account, run, shifted, skipped }: Outcome): BacktestDocument {
    const { end, start } = run.frame
    const { firstOpen, lastClose } = run
    const { periodsPerYear } = run.settings
    return {
      version,
      kind: "backtest",
      run,
      statistics: compute({ trades: ownTrades(this.trades), start, end, firstOpen, lastClose, periodsPerYear }),
      ...(account === undefined ? {} : { account }),
      trades: this.trades,
      scheduled: this.#scheduled,
      cancelled: this.#cancelled,
      rejected: this.#rejected,
      failed: this.#failed,
      skipped,
      shifted
    }
  }
}

/**
 * Trades as the run's own statistics see them: unsized, its slot of the account is an account of its own; sized, there
 * is only the one account, and its equity is what the run did to that.
 */
const ownTrades = (trades: ReadonlyArray<Trade>): ReadonlyArray<Trade> =>
  trades.some(({ equityPercent, money }) => equityPercent !== undefined && money === undefined)
    ? trades.map(({ equityPercent: _account, ...trade }) => trade)
    : trades

const reasonOf = ({ code, message, profile }: Violation): RefusalReason => ({
  code,
  message,
  ...(profile === undefined ? {} : { profile })
})

/** A refused answer as documents keep it: its position and limit price, where it has them. */
export const rejectedOf = ({ answer, price, violations, when }: Rejected): RejectedAnswer => {
  const { position, priceOpen } = { position: undefined, priceOpen: undefined, ...(answer instanceof Object && answer) }
  return {
    at: when,
    violations: violations.map(reasonOf),
    ...(position === "long" || position === "short" ? { position } : {}),
    ...(isPrice(priceOpen) ? { priceLimit: priceOpen } : {}),
    ...(isPrice(price) ? { price } : {})
  }
}

/** What a wrong answer calls a price may be anything. */
const isPrice = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value)

const scheduledOf = ({ price, signal, when }: Scheduled): ScheduledSignal => ({
  id: signal.id,
  position: signal.position,
  at: when,
  price,
  // a limit entry alone is ever scheduled
  priceLimit: signal.priceOpen ?? price,
  priceTakeProfit: signal.priceTakeProfit,
  priceStopLoss: signal.priceStopLoss,
  minuteEstimatedTime: signal.minuteEstimatedTime,
  ...(signal.note === undefined ? {} : { note: signal.note })
})

/** Written out field by field, for it is made thousands of times a run: spreading cost as much as all the rest. */
const tradeOf = (event: Closed, partials: ReadonlyArray<PartialLevel>, stops: ReadonlyArray<StopMove>): Trade => {
  const { equityPercent, money, priceStopMoved, signal } = event
  const trade: Types.Mutable<Trade> = {
    id: signal.id,
    position: signal.position,
    scheduledAt: signal.scheduledAt,
    pendingAt: signal.pendingAt ?? signal.scheduledAt,
    closedAt: event.when,
    priceOpen: event.priceOpen,
    priceClose: event.priceClose,
    priceTakeProfit: signal.priceTakeProfit,
    priceStopLoss: signal.priceStopLoss,
    minuteEstimatedTime: signal.minuteEstimatedTime,
    reason: event.reason,
    pnlPercent: event.pnlPercent,
    mae: event.mae,
    mfe: event.mfe,
    ambiguous: event.ambiguous,
    pnlInterval: event.pnlInterval
  }
  if (signal.priceOpen !== undefined) trade.priceLimit = signal.priceOpen
  if (priceStopMoved !== undefined) trade.priceStopMoved = priceStopMoved
  if (equityPercent !== undefined) trade.equityPercent = equityPercent
  if (money !== undefined) trade.money = money
  if (partials.length > 0) trade.partials = partials
  if (stops.length > 0) trade.stops = stops
  if (signal.note !== undefined) trade.note = signal.note
  return trade
}
