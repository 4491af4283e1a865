import type { Walk } from "./walk.js"

/**
 * What a slot needs next: its strategy is asked for a signal or an exit, its signal meets a candle, more candles have
 * to be read before anything can be said, its data are over, or nothing more.
 */
export type Need = "signal" | "exit" | "candle" | "more" | "finish" | "over"

/** One strategy on one symbol, as far as the order of things is concerned. */
export interface Lane {
  readonly walk: Pick<Walk, "next" | "instantOf" | "endsAt">
  /** Called before the walk goes on. */
  readonly prepare: () => void
  /** How many of its candles may be walked, and whether there can be more. */
  readonly bound: () => number
  readonly isComplete: () => boolean
}

/**
 * At one instant, asks come before candles: a strategy decides at the close, and the candle that opens there comes
 * after. What comes to light late (a tick behind an expiry that was found within a long candle) comes after those.
 */
const asks = 0
const candles = 1
const late = 2
const phases = 4

/**
 * Several walks in one order of time, whatever order they are given in: the earliest first, and of those at one
 * instant the earlier lane. Each walk stops before everything that others on its account must know of, so nothing
 * here is decided with knowledge of a later instant.
 */
export class Timeline {
  readonly #lanes: ReadonlyArray<Lane>
  readonly #needs: Array<Need>
  /** Instant and phase as one number that sorts; milliseconds leave room for it. */
  readonly #keys: Float64Array
  #current = Number.NEGATIVE_INFINITY
  /** The lane that had its turn last: the only one that has changed since. */
  #lane = 0

  constructor(lanes: ReadonlyArray<Lane>) {
    this.#lanes = lanes
    this.#needs = lanes.map(() => "more")
    this.#keys = new Float64Array(lanes.length)
    for (let i = 0; i < lanes.length; i++) this.refresh(i)
  }

  /** The lane whose turn it is; undefined when all are over. */
  next(): number | undefined {
    const keys = this.#keys
    const following = this.#following()
    if (following !== undefined) return following
    let lane = 0
    for (let i = 1; i < keys.length; i++) if (keys[i] < keys[lane]) lane = i
    const key = keys[lane]
    if (key === Number.POSITIVE_INFINITY) return undefined
    if (key > this.#current) this.#current = key
    this.#lane = lane
    return lane
  }

  /** Lanes that come at the same instant follow one another: no need to look at all of them for each. */
  #following(): number | undefined {
    const keys = this.#keys
    if (keys[this.#lane] < this.#current) return undefined
    for (let i = this.#lane; i < keys.length; i++) {
      if (keys[i] !== this.#current) continue
      this.#lane = i
      return i
    }
    return undefined
  }

  need(lane: number): Need {
    return this.#needs[lane]
  }

  /** The instant that has been reached, epoch milliseconds. */
  get instant(): number {
    return Math.floor(this.#current / phases)
  }

  /** Whether everything that belongs to the candles of an instant is behind: closings may be booked. */
  isPast(instant: number): boolean {
    return this.#current > instant * phases + candles
  }

  /** Finds out what a lane needs next; to be called after whatever was done for it. */
  refresh(lane: number): void {
    const { bound, isComplete, prepare, walk } = this.#lanes[lane]
    prepare()
    const next = walk.next(bound())
    if (next !== "page") this.#set(lane, next, walk.instantOf(next), next === "candle" ? candles : asks)
    else if (!isComplete()) this.#set(lane, "more", Number.NEGATIVE_INFINITY, asks)
    else this.#set(lane, "finish", walk.endsAt, candles)
  }

  /** The lane has nothing more to come. */
  end(lane: number): void {
    this.#needs[lane] = "over"
    this.#keys[lane] = Number.POSITIVE_INFINITY
  }

  #set(lane: number, need: Need, instant: number, phase: number): void {
    const key = instant * phases + phase
    this.#needs[lane] = need
    this.#keys[lane] = key >= this.#current || need === "more" ? key : this.instant * phases + late
  }
}
