/**
 * The books of runs on an account: what their events do to it, and the money they tell. Closings of an instant are
 * booked once everything else of that instant is behind, so that no fill of the same candle profits from a position
 * that may have been closed after it; events come out in the order of time.
 */
import type { Desk } from "../../clients/risk.js"
import * as Money from "../../engine/money.js"
import type { Costs } from "../../engine/pnl.js"
import type { Timeline } from "../../engine/timeline.js"
import type { Closed, Event, Opened } from "../../model/event.js"
import { direction } from "../../model/signal.js"

/** Whose events they are. */
export interface Account {
  /** Names the slot on the account. */
  readonly key: string
  readonly costs: Costs
}

interface Held {
  readonly event: Event
  readonly account: Account
}

export class Ledger {
  /** What has come out, in order. */
  events: Array<Event> = []
  #held: Array<Held> = []
  /** Slots with an open position: an ending of a signal that never opened does not touch those. */
  readonly #open = new Set<string>()
  /** Instant of closings not yet booked. */
  #closing = Number.NEGATIVE_INFINITY
  readonly #desk: Desk
  /** A trade's result is the account's: one slot, nothing sized. */
  readonly #isWhole: boolean

  constructor(desk: Desk, isWhole: boolean) {
    this.#desk = desk
    this.#isWhole = isWhole
  }

  /** Takes in what happened to a slot at an instant of the timeline. */
  take(account: Account, events: ReadonlyArray<Event>, instant: number): void {
    for (const event of events) {
      if (event._tag === "Opened") {
        this.#open.add(account.key)
        this.#desk.open(account.key, event.priceOpen, event.when)
        this.#held.push({ account, event: this.#opened(event, account) })
      } else {
        if (isEnding(event)) this.#closing = instant
        this.#held.push({ account, event })
      }
    }
  }

  /** Lets out what is behind the timeline. */
  flush(timeline: Timeline): void {
    if (this.#held.length === 0) return
    if (this.#closing > Number.NEGATIVE_INFINITY && !timeline.isPast(this.#closing)) return
    this.#letOut(timeline.instant)
  }

  /** Lets out everything: the end. */
  finish(): void {
    this.#letOut(Number.POSITIVE_INFINITY)
  }

  #letOut(until: number): void {
    const held = this.#held
    if (held.length > 1) held.sort((a, b) => a.event.when - b.event.when)
    const count = held.findIndex(({ event }) => event.when > until)
    this.#held = count === -1 ? [] : held.slice(count)
    for (const one of count === -1 ? held : held.slice(0, count)) this.events.push(this.#booked(one))
    this.#closing = Number.NEGATIVE_INFINITY
  }

  #opened(event: Opened, { costs }: Account): Opened {
    const { position, quantity } = event.signal
    if (quantity === undefined) return event
    const { fee, notional } = Money.entered(quantity, event.priceOpen, direction(position), costs)
    const { balance } = this.#desk.account
    return { ...event, money: { quantity, notional, fees: fee, result: 0, balance } }
  }

  #booked({ account, event }: Held): Event {
    if (event._tag === "Closed") return this.#closed(event, account)
    if (isEnding(event) && !this.#open.has(account.key)) this.#desk.release(account.key)
    return event
  }

  #closed(event: Closed, { costs, key }: Account): Closed {
    const { pnlPercent, priceClose, priceOpen, reason, signal, when } = event
    const { position, quantity } = signal
    const traded =
      quantity === undefined ? undefined : Money.closed(quantity, priceOpen, priceClose, direction(position), costs)
    this.#open.delete(key)
    const equityPercent = this.#desk.settle(key, { when, reason, pnlPercent, result: traded?.result })
    if (quantity === undefined || traded === undefined) return this.#isWhole ? event : { ...event, equityPercent }
    const { balance } = this.#desk.account
    return { ...event, equityPercent, money: { quantity, ...traded, balance } }
  }
}

/** Whether the event ends what a slot holds on the account; an answer that was never admitted held nothing. */
const isEnding = (event: Event): boolean =>
  event._tag === "Closed" ||
  event._tag === "Cancelled" ||
  (event._tag === "Rejected" && event.violations.some(({ code }) => code === "no_data"))
