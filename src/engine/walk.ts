import type { Columns } from "../model/candle.js"
import type { Event, Violation } from "../model/event.js"
import type { Idea, Signal } from "../model/signal.js"
import { accept } from "./accept.js"
import type { Itinerary } from "./itinerary.js"
import type { Market } from "./market.js"
import { scan } from "./scan.js"
import { cancel, type Live, type PositionView, positionView, type Transition } from "./state.js"
import * as Step from "./step.js"

/** An accepted idea that awaits its admission to the account, and the average price at its tick. */
export interface Candidate {
  readonly signal: Signal
  readonly price: number
}

/** A resting entry about to be filled, which awaits its admission too. */
export interface Fill {
  readonly signal: Signal
  readonly priceOpen: number
  readonly when: number
}

/**
 * Why `next` came back: the strategy is due (`signal`), it is due while its position is open (`exit`), on an account:
 * a candle does something to the signal (`candle`), the candles up to the given bound are done (`page`).
 */
export type Next = Ask | "candle" | "page"

/** What a strategy is due to be asked. */
export type Ask = "signal" | "exit"

/**
 * A run on its way through its candles: finds the ticks at which the strategy is due, turns answers into signals, and
 * hands every candle at or after a signal's tick to the step function. Synchronous; asking is up to the caller, who
 * calls `next` and then, as it says, `answer`, `answerExit`, `moveOn`, `fail` or `candle`. Events gather in `events`.
 *
 * On an account, an accepted idea waits as `candidate` for `admit` or `refuse`, and a resting entry that a candle
 * fills for `confirmFill` or `refuseFill`.
 */
export class Walk {
  events: Array<Event> = []
  /** Nothing is asked before this instant. */
  due: number
  /** Instant at which the last signal closed or was cancelled. */
  lastClosing = Number.NEGATIVE_INFINITY
  /** Base candles done. */
  done = 0
  #state: Live | null = null
  #candidate: (Candidate & { readonly answer: unknown }) | null = null
  #filling: { readonly fill: Fill; readonly transition: Transition; readonly index: number } | null = null
  /** A candle was stepped over on the account: an exit may be due at its close. */
  #exitOpen = false
  readonly #it: Itinerary
  readonly #market: Market
  #columns: Columns
  /** Every candle closes at a tick: their times need no remainder, which costs as much as an ask. */
  readonly #everyClose: boolean

  constructor(itinerary: Itinerary, market: Market, columns: Columns) {
    this.#it = itinerary
    this.#market = market
    this.#columns = columns
    this.due = Math.ceil(itinerary.start / itinerary.tick) * itinerary.tick
    this.#everyClose = itinerary.rules.interval % itinerary.tick === 0
  }

  /** No signal is resting or open. */
  get isFlat(): boolean {
    return this.#state === null
  }

  /** The open position as it stands at the present instant. */
  get position(): PositionView | null {
    return this.#state?._tag === "Open"
      ? positionView(this.#state, this.#columns.close[this.done - 1], this.#it.rules)
      : null
  }

  /** What awaits its admission, if anything. */
  get candidate(): Candidate | null {
    return this.#candidate
  }

  /** The instant of what `next` came back for. */
  instantOf(next: Exclude<Next, "page">): number {
    if (next !== "candle" || this.#state === null) return this.#market.when
    const state = this.#state
    const opening = this.#columns.timestamp[this.done]
    // what runs out in a gap, or within a long candle, does so at its own instant
    if (state._tag === "Open") return Math.min(opening, state.position.expiresAt)
    if (state.signal.priceOpen === undefined) return opening
    return Math.min(opening, state.signal.scheduledAt + this.#it.rules.awaitMillis)
  }

  /** Where the run ends: the frame's end, or the close of the last candle where the data stop earlier. */
  get endsAt(): number {
    const last = this.#columns.length - 1
    return last < 0 ? this.#it.end : Math.min(this.#it.end, this.#columns.timestamp[last] + this.#it.rules.interval)
  }

  /** The same columns, grown or moved. */
  use(columns: Columns): void {
    this.#columns = columns
  }

  /** Goes on to where the strategy is due next, but no further than candle `bound` (exclusive). */
  next(bound: number): Next {
    if (this.#exitOpen) {
      this.#exitOpen = false
      const due = this.#state?._tag === "Open" ? this.#exitDue(this.#state.position.expiresAt) : null
      if (due !== null) return due
    }
    while (this.done < bound) {
      const reason = this.#state === null ? this.#seekTick(bound) : this.#hold(this.#state, bound)
      if (reason !== null) return reason
    }
    return "page"
  }

  /** What the strategy answered; `signal` was due. */
  answer(answer: unknown): void {
    this.#asked()
    if (answer === null || answer === undefined) {
      if (this.#it.idle) this.#idle()
    } else {
      this.#accept(answer)
    }
    if (this.#candidate === null) this.done++
  }

  /** The account takes the candidate on, with a quantity where trades are sized. */
  admit(quantity: number | undefined): void {
    const { candidate } = this
    if (candidate === null) return
    const { price, signal } = candidate
    this.#candidate = null
    this.#take(Step.begin(quantity === undefined ? signal : { ...signal, quantity }, price, this.#it.rules))
  }

  /** The account refuses the candidate. */
  refuse(violations: ReadonlyArray<Violation>): void {
    if (this.#candidate === null) return
    const { answer, price } = this.#candidate
    this.#candidate = null
    this.#reject(answer, violations, price)
  }

  /** Leaves the tick of an answer that was admitted or refused. */
  leave(): void {
    this.done++
  }

  /** On an account: the candle that `next` stopped at. A resting entry that it fills has to be confirmed first. */
  candle(): Fill | null {
    const index = this.done
    if (this.#state === null) return null
    const transition = Step.step(this.#state, this.#columns, index, this.#it.rules)
    this.done = index + 1
    if (transition === null) this.#exitOpen = this.#it.asksExit
    else {
      const fill = fillOf(this.#state, transition)
      if (fill !== null) {
        this.#filling = { fill, transition, index }
        return fill
      }
      this.#takeAt(transition, index)
    }
    return null
  }

  /** The resting entry is filled. */
  confirmFill(): void {
    const filling = this.#filling
    this.#filling = null
    if (filling !== null) this.#takeAt(filling.transition, filling.index)
  }

  /** The account no longer bears the resting entry: it is cancelled. */
  refuseFill(violations: ReadonlyArray<Violation>): void {
    const filling = this.#filling
    this.#filling = null
    if (filling === null) return
    const { fill, index, transition } = filling
    const scheduled = transition.events.filter(({ _tag }) => _tag === "Scheduled")
    const { events, state } = cancel(fill.signal, "risk", fill.when, scheduled)
    const told = events.map((event) => (event._tag === "Cancelled" ? { ...event, violations } : event))
    this.#takeAt({ state, events: told }, index)
  }

  /** Whether the strategy wants out; `exit` was due. */
  answerExit(exit: boolean): void {
    this.#asked()
    if (exit && this.#state?._tag === "Open") this.#state = { ...this.#state, exiting: true }
  }

  /** Leaves the tick without counting it as asked. */
  moveOn(): void {
    if (this.#it.idle && this.isFlat) this.#idle()
    this.done++
  }

  /** Tells of an ask that failed; the run goes on. */
  fail(event: Event, during: "signal" | "exit"): void {
    this.#asked()
    this.events.push(event)
    if (during === "signal") this.done++
  }

  /** Tries one answer at the present tick without counting it as an ask: replay offers several. */
  offer(answer: Idea): void {
    this.#accept(answer)
  }

  /** The frame is over; every candle of it is done. */
  finish(): void {
    const { rules } = this.#it
    if (this.#state === null) return
    this.#take(Step.finish(this.#state, this.#columns, this.#columns.length - 1, this.endsAt, rules))
  }

  /** Flat: on to the next candle whose close is a tick that is due. */
  #seekTick(bound: number): Next | null {
    const { end, idle, rules, start, tick } = this.#it
    const { timestamp } = this.#columns
    if (!idle) {
      // nothing is due before: run over those candles
      const opening = this.due - rules.interval
      let i = this.done
      while (i < bound && timestamp[i] < opening) i++
      this.done = i
      if (i === bound) return "page"
    }
    const when = timestamp[this.done] + rules.interval
    if (when >= end) {
      this.done = bound
      return "page"
    }
    if (when < start || !(this.#everyClose || when % tick === 0)) {
      this.done++
      return null
    }
    this.#market.seek(this.done)
    if (when >= this.due) return "signal"
    this.#idle()
    this.done++
    return null
  }

  /** With a signal: steps through candles until one ends it, an exit may be asked for, or the bound is reached. */
  #hold(state: Live, bound: number): Next | null {
    const { asksExit, onAccount, rules } = this.#it
    const columns = this.#columns
    const from = this.done
    const limit = asksExit ? Math.min(bound, this.#firstDue(from, bound) + 1) : bound
    const scanned = scan(state, columns, from, limit, rules)
    const { index } = scanned
    this.#state = scanned.state
    this.done = index
    if (index < limit) {
      if (onAccount) return "candle"
      const transition = Step.step(scanned.state, columns, index, rules)
      this.done = index + 1
      if (transition !== null) this.#take(transition)
      if (this.#state === null) {
        this.#backTo(index)
        return null
      }
    }
    return asksExit && this.#state._tag === "Open" ? this.#exitDue(this.#state.position.expiresAt) : null
  }

  /** Index of the first candle from `from` on whose close is at or after the due instant. */
  #firstDue(from: number, bound: number): number {
    const opening = this.due - this.#it.rules.interval
    let i = from
    while (i < bound && this.#columns.timestamp[i] < opening) i++
    return i
  }

  /** Whether the candle just done closed at a tick at which the strategy is due. */
  #exitDue(expiresAt: number): Next | null {
    const { end, rules, tick } = this.#it
    const when = this.#columns.timestamp[this.done - 1] + rules.interval
    // a lifetime can run out inside a long candle: the position is gone then, the next candle only says at what price
    if (when > expiresAt) return null
    if (when < this.due || when >= end || !(this.#everyClose || when % tick === 0)) return null
    this.#market.seek(this.done - 1)
    return "exit"
  }

  /** After an end at candle `i`, the next tick is the first strictly after the closing instant. */
  #backTo(i: number): void {
    const { interval } = this.#it.rules
    let first = i
    while (first > 0 && this.#columns.timestamp[first - 1] + interval > this.lastClosing) first--
    this.done = first
  }

  #asked(): void {
    const { interval, rules } = this.#it
    const { when } = this.#market
    // the division costs as much as an ask, and closes of base candles lie on their interval anyway
    this.due = interval === rules.interval ? when + interval : (Math.floor(when / interval) + 1) * interval
  }

  #accept(given: unknown): void {
    const { price, when } = this.#market
    const accepted = accept(given, price, when, this.#it)
    const { answer } = accepted
    if (accepted._tag === "Refused") this.#reject(answer, accepted.violations, price)
    else if (this.#it.onAccount) this.#candidate = { signal: accepted.signal, price, answer }
    else this.#take(Step.begin(accepted.signal, price, this.#it.rules))
  }

  #reject(answer: unknown, violations: ReadonlyArray<Violation>, price: number): void {
    const { strategy, symbol } = this.#it
    this.events.push({ _tag: "Rejected", when: this.#market.when, symbol, strategy, violations, answer, price })
  }

  /** The same for a candle on an account, whose close may be a tick. */
  #takeAt(transition: Transition, index: number): void {
    this.#take(transition)
    if (this.#state === null) this.#backTo(index)
    else this.#exitOpen = this.#it.asksExit
  }

  #take({ events, state }: Transition): void {
    for (const event of events) this.events.push(event)
    if (state._tag === "Ended") {
      this.lastClosing = state.at
      this.#state = null
    } else {
      this.#state = state
    }
  }

  #idle(): void {
    const { strategy, symbol } = this.#it
    this.events.push({ _tag: "Idle", when: this.#market.when, symbol, strategy, price: this.#market.price })
  }
}

/** The fill of an entry that has rested, be it only since the beginning of the candle. */
const fillOf = (state: Live, { events }: Transition): Fill | null => {
  const rested = state._tag === "Resting" || events.some(({ _tag }) => _tag === "Scheduled")
  const opened = rested ? events.find((event) => event._tag === "Opened") : undefined
  return opened === undefined ? null : { signal: opened.signal, priceOpen: opened.priceOpen, when: opened.when }
}
