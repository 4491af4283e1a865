import type { Candle } from "../../src/model/candle.js"
import type { CloseReason, ViolationCode } from "../../src/model/event.js"
import type { Answer, Idea } from "../../src/model/signal.js"
import { type Outcome, insideCandle, wholeCandle } from "./candle.js"
import { atEntry, atStop, averagePrice, breakeven, excursion, netPnl, worstOf } from "./formulas.js"
import type { OracleEvent, Run } from "./types.js"
import { isMarket, violations } from "./validate.js"

const minute = 60_000

/** Accepted, with neither an order at rest nor a position before its first candle is there. */
interface Waiting {
  readonly kind: "waiting"
  readonly idea: Idea
  readonly scheduledAt: number
}

interface Resting {
  readonly kind: "resting"
  readonly idea: Idea
  readonly entry: number
  readonly scheduledAt: number
}

interface Open {
  readonly kind: "open"
  readonly idea: Idea
  readonly pendingAt: number
  readonly priceOpen: number
  /** Lowest and highest price after the entry. */
  low: number
  high: number
  /** The stop in force, and whether a rule has moved it. */
  stop: number
  stopMoved: boolean
  /** Exit prices of other paths through the ambiguous candles. */
  readonly others: Array<number>
  readonly profits: Set<number>
  readonly losses: Set<number>
  exitAsked: boolean
}

type State = Waiting | Resting | Open | undefined

/** The one slot of a run: the signal it holds, and what it has to say. */
export class Slot {
  readonly events: Array<OracleEvent> = []
  state: State = undefined
  /** Instant of the last closing or cancelling. */
  freedAt = Number.NEGATIVE_INFINITY

  readonly #run: Run
  /** Every candle before the frame's end, in order. */
  readonly #candles: ReadonlyArray<Candle>

  constructor(run: Run) {
    this.#run = run
    this.#candles = run.candles.filter((candle) => candle.timestamp < run.end)
  }

  closedBy(when: number): ReadonlyArray<Candle> {
    return this.#candles.filter((candle) => candle.timestamp + this.#run.base <= when)
  }

  priceAt(when: number): number {
    return averagePrice(this.closedBy(when), this.#run.settings.vwapCandles)
  }

  reject(at: number, codes: ReadonlyArray<ViolationCode>): void {
    this.events.push({ type: "Rejected", at, codes })
  }

  /** Takes an answer given at the tick `when`: entry rule, then validation. */
  accept(when: number, answer: Answer): void {
    if (answer === null || answer === undefined) return
    if (typeof answer !== "object") return this.reject(when, ["answer"])
    const { policy, settings } = this.#run
    const price = this.priceAt(when)
    const found = violations(answer, policy, settings, price)
    if (found.length > 0) return this.reject(when, found)
    if (policy !== "touch") this.state = { kind: "waiting", idea: answer, scheduledAt: when }
    else if (isMarket(answer, policy, price)) this.#open(answer, when, answer.priceOpen ?? price)
    else if (answer.priceOpen !== undefined) this.#rest(answer, when, answer.priceOpen)
  }

  /** One existing candle that opens at or after the tick. */
  step(candle: Candle): void {
    if (this.state?.kind === "waiting") return this.#enter(this.state, candle)
    if (this.state?.kind === "resting") return this.#fill(this.state, candle)
    if (this.state?.kind === "open") return this.#hold(this.state, candle)
  }

  /** The instant at which the signal runs out by itself: expiry, or the end of the await. */
  runsOutAt(): number {
    const state = this.state
    if (state?.kind === "open") return state.pendingAt + state.idea.minuteEstimatedTime * minute
    if (state?.kind === "resting") return state.scheduledAt + this.#run.settings.awaitMinutes * minute
    return Number.POSITIVE_INFINITY
  }

  /** No candle is left: the frame's end, or the close of the last candle where the data stop earlier. */
  finish(): void {
    const state = this.state
    const last = this.#candles.at(-1)
    if (state === undefined || last === undefined) return
    const at = Math.min(this.#run.end, last.timestamp + this.#run.base)
    if (state.kind === "waiting" && state.idea.priceOpen === undefined) {
      this.state = undefined
      return this.reject(state.scheduledAt, ["no_data"])
    }
    if (state.kind === "waiting" && state.idea.priceOpen !== undefined) {
      this.#rest(state.idea, state.scheduledAt, state.idea.priceOpen)
    }
    if (state.kind !== "open") return this.#cancel(at, "frame_end")
    const average = averagePrice(this.#candles, this.#run.settings.vwapCandles)
    this.#close(state, at, "frame_end", this.#run.policy === "touch" ? average : last.close)
  }

  #rest(idea: Idea, when: number, entry: number): void {
    this.events.push({ type: "Scheduled", at: when, priceOpen: entry })
    this.state = { kind: "resting", idea, entry, scheduledAt: when }
  }

  #open(idea: Idea, at: number, priceOpen: number): Open {
    this.events.push({ type: "Opened", at, priceOpen })
    const open: Open = {
      kind: "open",
      idea,
      pendingAt: at,
      priceOpen,
      low: priceOpen,
      high: priceOpen,
      stop: idea.priceStopLoss,
      stopMoved: false,
      others: [],
      profits: new Set(),
      losses: new Set(),
      exitAsked: false
    }
    this.state = open
    return open
  }

  #cancel(at: number, reason: "timeout" | "stop_loss" | "frame_end"): void {
    this.events.push({ type: "Cancelled", at, reason })
    this.state = undefined
    this.freedAt = at
  }

  #close(open: Open, at: number, reason: CloseReason, priceClose: number): void {
    const { policy, settings } = this.#run
    const { position } = open.idea
    const pnl = (price: number) => netPnl(policy, settings, position, open.priceOpen, price)
    const outcomes = [priceClose, ...open.others].map(pnl)
    const extremes = [open.low, open.high, priceClose].map((price) => excursion(position, open.priceOpen, price))
    this.events.push({
      type: "Closed",
      at,
      reason,
      priceOpen: open.priceOpen,
      priceClose,
      pnlPercent: pnl(priceClose),
      mae: Math.min(0, ...extremes),
      mfe: Math.max(0, ...extremes),
      ambiguous: open.others.length > 0,
      pnlInterval: [Math.min(...outcomes), Math.max(...outcomes)],
      ...(open.stopMoved ? { priceStopMoved: open.stop } : {})
    })
    this.state = undefined
    this.freedAt = at
  }

  /** First candle of a `realistic` or `path` signal. */
  #enter({ idea, scheduledAt }: Waiting, candle: Candle): void {
    if (idea.priceOpen === undefined || atEntry(idea.position, candle.open, idea.priceOpen)) {
      return this.#hold(this.#open(idea, candle.timestamp, candle.open), candle)
    }
    this.#rest(idea, scheduledAt, idea.priceOpen)
    this.step(candle)
  }

  #fill({ idea, entry, scheduledAt }: Resting, candle: Candle): void {
    const { policy, settings } = this.#run
    const { position } = idea
    const worst = worstOf(position, candle)
    if (candle.timestamp - scheduledAt >= settings.awaitMinutes * minute) {
      return this.#cancel(this.runsOutAt(), "timeout")
    }
    if (!atEntry(position, worst, entry)) return
    if (policy === "touch" && atStop(position, worst, idea.priceStopLoss)) {
      return this.#cancel(candle.timestamp, "stop_loss")
    }
    const gapped = atEntry(position, candle.open, entry)
    if (gapped && policy !== "touch") {
      return this.#hold(this.#open(idea, candle.timestamp, candle.open), candle)
    }
    const open = this.#open(idea, candle.timestamp, entry)
    if (gapped) {
      this.#widen(open, candle.low, candle.high)
      return this.#moveStop(open, candle)
    }
    const outcome = insideCandle(policy, candle, idea, entry)
    this.#settle(open, candle, outcome)
    if (outcome.hit !== undefined) return
    this.#widen(open, candle.close, candle.close)
    this.#moveStop(open, candle)
  }

  #hold(open: Open, candle: Candle): void {
    const { policy } = this.#run
    const { idea, pendingAt } = open
    if (candle.timestamp - pendingAt >= idea.minuteEstimatedTime * minute) {
      const expiry = this.runsOutAt()
      return this.#close(open, expiry, "time_expired", policy === "touch" ? this.priceAt(expiry) : candle.open)
    }
    if (open.exitAsked) return this.#close(open, candle.timestamp, "exit", candle.open)
    const outcome = wholeCandle(policy, candle, { ...idea, priceStopLoss: open.stop })
    this.#settle(open, candle, outcome)
    if (outcome.hit !== undefined) return
    this.#widen(open, candle.low, candle.high)
    this.#partials(open, candle)
    this.#moveStop(open, candle)
  }

  /** Books the other outcomes of an ambiguous candle, and the exit where there is one. */
  #settle(open: Open, candle: Candle, { ambiguous, hit }: Outcome): void {
    const { position, priceTakeProfit } = open.idea
    if (ambiguous) {
      open.others.push(priceTakeProfit)
      if (atStop(position, worstOf(position, candle), open.stop)) open.others.push(open.stop)
    }
    if (hit !== undefined) this.#close(open, candle.timestamp, hit.reason, hit.price)
  }

  #widen(open: Open, low: number, high: number): void {
    open.low = Math.min(open.low, low)
    open.high = Math.max(open.high, high)
  }

  #partials({ idea, losses, priceOpen, profits }: Open, candle: Candle): void {
    const at = candle.timestamp + this.#run.base
    const price = candle.close
    const gain = (100 * (price - priceOpen)) / (idea.priceTakeProfit - priceOpen)
    const loss = (100 * (price - priceOpen)) / (idea.priceStopLoss - priceOpen)
    for (const level of [10, 20, 30, 40, 50, 60, 70, 80, 90, 100]) {
      if (gain >= level * (1 - 1e-9) && !profits.has(level)) {
        profits.add(level)
        this.events.push({ type: "PartialProfit", at, level, price })
      }
      if (loss >= level * (1 - 1e-9) && !losses.has(level)) {
        losses.add(level)
        this.events.push({ type: "PartialLoss", at, level, price })
      }
    }
  }
  /** The stop rules at a candle's close: the tightest wins, and no stop ever loosens. */
  #moveStop(open: Open, candle: Candle): void {
    const { policy, settings } = this.#run
    const { breakeven: even, position, trailing } = open.idea
    const isLong = position === "long"
    const best = isLong ? open.high : open.low
    const gain = excursion(position, open.priceOpen, best)
    const propose = (rule: "trailing" | "breakeven", stop: number) => {
      const tightening = isLong ? stop / open.stop - 1 : 1 - stop / open.stop
      if (tightening <= 1e-9) return
      open.stop = stop
      open.stopMoved = true
      moved = rule
    }
    let moved: "trailing" | "breakeven" | undefined
    if (trailing !== undefined && trailing !== false && gain >= (trailing.activation ?? 0) * (1 - 1e-9)) {
      const away = "percent" in trailing ? (best * trailing.percent) / 100 : trailing.distance
      propose("trailing", isLong ? best - away : best + away)
    }
    if (even !== undefined && even !== false && gain >= even.after * (1 - 1e-9)) {
      propose("breakeven", breakeven(policy, settings, position, open.priceOpen))
    }
    const at = candle.timestamp + this.#run.base
    if (moved !== undefined) this.events.push({ type: "StopMoved", at, rule: moved, priceStopLoss: open.stop })
  }
}
