import type { CloseReason, Violation } from "../model/event.js"
import { day } from "../model/interval.js"
import type { Of, RiskAccount, RiskPayload, RiskPosition } from "../model/risk.js"
import type { Signal } from "../model/signal.js"
import { equityReturn } from "./statistics/input.js"
import { Sum } from "./sum.js"
import { apart } from "./text.js"

export interface AccountOptions {
  /** Money account: initial balance in quote currency and leverage (1: a cash account). Undefined: shares of 1. */
  readonly money: { readonly balance: number; readonly leverage: number } | undefined
  /** How many slots share an unsized account. */
  readonly slots: number
}

/** What a slot asks the account for. */
export interface Request {
  /** Identifies the slot: (run, symbol, strategy) as one text. One position per slot. */
  readonly slot: string
  readonly symbol: string
  readonly strategy: string
  readonly signal: Signal
  readonly stage: "signal" | "fill"
  /** The entry: limit price, else average price; at the fill stage the fill's, gross. */
  readonly price: number
  /** Epoch milliseconds. */
  readonly when: number
  /** In base currency; undefined where nothing is sized. */
  readonly quantity: number | undefined
}

/** How a position ended. */
export interface Closing {
  readonly when: number
  readonly reason: CloseReason
  readonly pnlPercent: number
  /** In quote currency, net; undefined where nothing is sized. */
  readonly result: number | undefined
}

/** What a slot has taken on. It is told as a position only to those who ask: most runs have nobody who does. */
class Held {
  readonly request: Request
  readonly margin: number
  readonly profiles: ReadonlyArray<object>
  #notional: number
  #fill: { readonly price: number; readonly when: number } | undefined
  #position: RiskPosition | undefined

  constructor(request: Request, notional: number, margin: number, profiles: ReadonlyArray<object>) {
    this.request = request
    this.#notional = notional
    this.margin = margin
    this.profiles = profiles
  }

  open(price: number, when: number, notional: number): void {
    this.#fill = { price, when }
    this.#notional = notional
    this.#position = undefined
  }

  get position(): RiskPosition {
    if (this.#position !== undefined) return this.#position
    const fill = this.#fill
    const { price, quantity, signal, strategy, symbol, when } = this.request
    this.#position = {
      symbol,
      strategy,
      signal: fill === undefined ? signal : { ...signal, pendingAt: fill.when },
      status: fill === undefined ? "reserved" : "open",
      price: fill?.price ?? price,
      quantity,
      notional: this.#notional,
      since: fill?.when ?? when
    }
    return this.#position
  }
}

interface Stop {
  readonly symbol: string
  readonly strategy: string
  readonly at: number
}

/** Equal amounts may differ by what rounding does to them. */
const tolerance = 1 + 1e-9

/**
 * The account of a run, of a portfolio, or of a live process: what it holds, what is reserved or open, and what the
 * validations of a risk profile see of it. Closed trades only: open positions are not marked to market.
 *
 * Where trades are sized it is money, with a margin of notional / leverage held per position. Where they are not, it
 * begins at 1, is divided evenly among its slots, and every slot compounds its own share.
 */
export class Account {
  readonly initial: number
  readonly #money: AccountOptions["money"]
  readonly #share: number
  readonly #balance = new Sum()
  readonly #shares = new Map<string, number>()
  readonly #held = new Map<string, Held>()
  readonly #stops = new Map<object, Map<string, Stop>>()
  #margin = new Sum()
  #peak: number
  #peakMargin = 0
  #day = Number.NEGATIVE_INFINITY
  #dayStart: number
  #changes = 0

  constructor({ money, slots }: AccountOptions) {
    this.#money = money
    this.#share = 1 / slots
    this.initial = money === undefined ? 1 : money.balance
    // by the shares themselves, so that nothing is left once every one of them is lost
    if (money === undefined) for (let i = 0; i < slots; i++) this.#balance.add(this.#share)
    else this.#balance.add(money.balance)
    this.#peak = this.initial
    this.#dayStart = this.initial
  }

  get balance(): number {
    return this.#balance.value
  }

  /** Highest balance so far, the initial one included. */
  get peak(): number {
    return this.#peak
  }

  /** Margins of reserved and open positions. */
  get margin(): number {
    return this.#margin.value
  }

  /** Balance that is not held as margin. */
  get free(): number {
    return this.balance - this.margin
  }

  /** Greatest sum of margins held at once. */
  get peakMargin(): number {
    return this.#peakMargin
  }

  /** Counts what may make a passed check untrue: everything that was reserved, opened or closed. */
  get changes(): number {
    return this.#changes
  }

  /** Everything reserved or open, in the order it was taken on. */
  get positions(): ReadonlyArray<RiskPosition> {
    return Array.from(this.#held.values(), (held) => held.position)
  }

  /** The account in numbers; its day is the one in which something was last asked or closed. */
  get state(): RiskAccount {
    return this.#state(0)
  }

  /** Worth of a request in the account's unit: quantity · price where trades are sized, else the slot's share. */
  notional(request: Pick<Request, "slot" | "price" | "quantity">): number {
    return this.#money === undefined ? this.#shareOf(request.slot) : (request.quantity ?? 0) * request.price
  }

  /** Why the account itself can't bear a new position; money accounts only, and only before anything is reserved. */
  problem(request: Request): Violation | undefined {
    if (this.#money === undefined || request.stage !== "signal") return undefined
    const { price, quantity, signal } = request
    const { leverage } = this.#money
    if (quantity === undefined || !(quantity > 0)) {
      const what = quantity === undefined ? "no quantity" : `a quantity of ${quantity}`
      return { code: "sizing", message: `${what} can be traded; give the strategy a sizing that gives one above 0` }
    }
    if (!(this.balance > 0)) {
      return cash(`the account is empty (${this.balance.toFixed(2)}); start with more or risk less`)
    }
    const distance = (100 * Math.abs(price - signal.priceStopLoss)) / price
    if (leverage > 1 && distance >= 100 / leverage) {
      const [stop, end] = apart(distance, 100 / leverage)
      return cash(
        `the stop is ${stop} % from the entry, not short of the ${end} % at which a leverage of ${leverage} has used ` +
          `up the margin; set a nearer stop or a lower leverage`
      )
    }
    const needed = this.notional(request) / leverage
    if (needed <= this.free * tolerance) return undefined
    const [needs, free] = apart(needed, this.free)
    return cash(`needs ${needs} of margin, ${free} is free; size it smaller or wait for a position to close`)
  }

  /** Takes the slot's position on: its margin is held from now on. `profiles`: the definitions it counts in. */
  reserve(request: Request, profiles: ReadonlyArray<object>): void {
    this.release(request.slot)
    const notional = this.notional(request)
    const margin = notional / (this.#money?.leverage ?? 1)
    this.#changes++
    this.#held.set(request.slot, new Held(request, notional, margin, profiles))
    this.#margin.add(margin)
    this.#peakMargin = Math.max(this.#peakMargin, this.margin)
  }

  /** The entry was filled at `price`, gross. The margin stays as it was reserved. */
  open(slot: string, price: number, when: number): void {
    const held = this.#held.get(slot)
    if (held === undefined) return
    this.#changes++
    held.open(price, when, this.notional({ slot, price, quantity: held.request.quantity }))
  }

  /** It never opened. */
  release(slot: string): void {
    const held = this.#held.get(slot)
    if (held === undefined) return
    this.#held.delete(slot)
    // rounding of what came and went in any order does not outlive the last position
    if (this.#held.size === 0) this.#margin = new Sum()
    else this.#margin.add(-held.margin)
  }

  /**
   * The slot's position was closed: books its result and gives the change of the account's equity in % of the equity
   * before it. Without a position nothing is booked.
   */
  settle(slot: string, closing: Closing): number {
    const held = this.#held.get(slot)
    if (held === undefined) return 0
    this.#changes++
    this.#turn(closing.when)
    this.release(slot)
    if (closing.reason === "stop_loss") this.#stopped(held, closing.when)
    const percent = this.#book(slot, closing)
    this.#peak = Math.max(this.#peak, this.balance)
    return percent
  }

  /** What the validations of a profile see of a request; the slot's own position is left out. */
  payload(profile: object, request: Request): RiskPayload {
    this.#turn(request.when)
    const { price, quantity, signal, slot, stage, strategy, symbol, when } = request
    const positions: Array<RiskPosition> = []
    for (const [key, held] of this.#held) {
      if (key !== slot && held.profiles.includes(profile)) positions.push(held.position)
    }
    return {
      symbol,
      strategy,
      signal,
      stage,
      price,
      when,
      quantity,
      notional: this.notional(request),
      positions,
      account: this.#state(this.#held.get(slot)?.margin ?? 0),
      lastStopAt: (of) => lastStop(this.#stops.get(profile), of)
    }
  }

  #shareOf(slot: string): number {
    return this.#shares.get(slot) ?? this.#share
  }

  #state(ownMargin: number): RiskAccount {
    const { balance, initial, peak } = this
    const margin = ownMargin === 0 ? this.margin : this.#held.size === 1 ? 0 : this.margin - ownMargin
    return { initial, balance, peak, dayStart: this.#dayStart, margin, free: balance - margin }
  }

  /** Begins a new day where `when` is in one. */
  #turn(when: number): void {
    const today = Math.floor(when / day)
    if (today <= this.#day) return
    this.#day = today
    this.#dayStart = this.balance
  }

  #book(slot: string, { pnlPercent, result }: Closing): number {
    const before = this.balance
    if (this.#money !== undefined) {
      const money = result ?? 0
      this.#balance.add(money)
      return before > 0 ? (100 * money) / before : 0
    }
    const share = this.#shareOf(slot)
    const percent = equityReturn({ pnlPercent })
    const next = share * (1 + percent / 100)
    this.#shares.set(slot, next)
    this.#balance.add(-share)
    this.#balance.add(next)
    return before > 0 ? percent * (share / before) : 0
  }

  #stopped({ profiles, request: { strategy, symbol } }: Held, at: number): void {
    for (const profile of profiles) {
      const stops = this.#stops.get(profile) ?? new Map<string, Stop>()
      this.#stops.set(profile, stops)
      stops.set(JSON.stringify([symbol, strategy]), { symbol, strategy, at })
    }
  }
}

const cash = (message: string): Violation => ({ code: "cash", message })

const lastStop = (stops: ReadonlyMap<string, Stop> | undefined, { strategy, symbol }: Of = {}): number | undefined => {
  let last: number | undefined
  for (const stop of stops?.values() ?? []) {
    const counts =
      (symbol === undefined || stop.symbol === symbol) && (strategy === undefined || stop.strategy === strategy)
    if (counts && (last === undefined || stop.at > last)) last = stop.at
  }
  return last
}
