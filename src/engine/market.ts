import type { Columns } from "../model/candle.js"
import { type CandleInterval, fromMillis, toMillis } from "../model/interval.js"
import { Candles } from "./cursor.js"
import type { Feed } from "./indicators/feed.js"
import type { Cursor } from "./indicators/line.js"
import * as Resample from "./resample.js"
import * as Vwap from "./vwap.js"

/** Candles of one interval in a run: columns that grow, and a cursor at the last one that has closed. */
interface Track {
  readonly millis: number
  readonly cursor: Cursor
  readonly columns: () => Columns
  readonly extend: (to: number) => void
  readonly feeds: Array<Feed>
  readonly candles: Candles
}

/**
 * What exists for a strategy at the run's instant: the one place that decides what is visible. Holds base columns of
 * which `extend` takes in more and more, and is moved by `seek` from candle to candle; every view of it (average
 * price, candles of any interval, indicators) ends at the instant.
 */
export class Market {
  readonly interval: number
  readonly #vwapCandles: number
  #base: Columns
  #extended = 0
  #index = -1
  #when = Number.NaN
  #price = Number.NaN
  #pricedAt = -1
  readonly #tracks = new Map<number, Track>()
  /** Cursor of the base candles; tracks of them share it. */
  readonly #baseCursor: Cursor = { index: -1 }
  readonly #list: Array<Track> = []
  readonly #higher: Array<Track> = []
  readonly #ready: (millis: number) => Columns | undefined

  constructor(options: {
    readonly interval: number
    readonly columns: Columns
    readonly vwapCandles: number
    /** Columns of higher intervals that are there already, by length in ms; others are resampled as the run goes on. */
    readonly ready?: (millis: number) => Columns | undefined
  }) {
    this.interval = options.interval
    this.#base = options.columns
    this.#vwapCandles = options.vwapCandles
    this.#ready = options.ready ?? (() => undefined)
  }

  /** The run's instant: the close of the last closed candle. */
  get when(): number {
    return this.#when
  }

  /** Average price of the last closed candles. */
  get price(): number {
    if (this.#pricedAt !== this.#index) {
      this.#price = Vwap.at(this.#base, this.#index, this.#vwapCandles)
      this.#pricedAt = this.#index
    }
    return this.#price
  }

  /** Index of the last closed base candle. */
  get index(): number {
    return this.#index
  }

  /** Takes in base candles up to `to` (exclusive); `columns` holds the same candles as before, and maybe more. */
  extend(columns: Columns, to: number): void {
    this.#base = columns
    if (to <= this.#extended) return
    this.#extended = to
    for (const track of this.#list) this.#extendTrack(track)
  }

  /** Moves to the instant at which base candle `index` has just closed. */
  seek(index: number): void {
    this.#index = index
    this.#when = this.#base.timestamp[index] + this.interval
    this.#baseCursor.index = index
    for (let i = 0; i < this.#higher.length; i++) this.#seekTrack(this.#higher[i])
  }

  /** The closed candles of an interval, or why there are none. */
  candles(interval: CandleInterval): Candles {
    return this.#track(toMillis(interval)).candles
  }

  /** Why candles of an interval cannot be had here; undefined when they can. */
  problem(millis: number): string | undefined {
    if (millis % this.interval === 0) return undefined
    const base = fromMillis(this.interval) ?? `${this.interval} ms`
    return `candles of ${fromMillis(millis) ?? millis} cannot be built from the exchange's ${base} candles; use ${base} or a multiple`
  }

  /** The cursor on the candles of an interval, for an indicator made to read them. */
  cursor(millis: number): Cursor {
    return this.#track(millis).cursor
  }

  /** Feeds an indicator with the candles of an interval from now on. */
  attach(millis: number, feed: Feed): void {
    const track = this.#track(millis)
    track.feeds.push(feed)
    this.#extendTrack(track)
  }

  #track(millis: number): Track {
    const known = this.#tracks.get(millis)
    if (known !== undefined) return known
    const problem = this.problem(millis)
    // Reached only from a strategy's own code: it becomes a Failed event of that ask
    if (problem !== undefined) throw new RangeError(problem)
    const track = this.#make(millis)
    this.#tracks.set(millis, track)
    this.#list.push(track)
    this.#extendTrack(track)
    if (millis !== this.interval) {
      this.#higher.push(track)
      this.#seekTrack(track)
    }
    return track
  }

  #make(millis: number): Track {
    if (millis === this.interval)
      return makeTrack(
        millis,
        this.#baseCursor,
        () => this.#base,
        () => {}
      )
    const cursor: Cursor = { index: -1 }
    const ready = this.#ready(millis)
    if (ready !== undefined)
      return makeTrack(
        millis,
        cursor,
        () => ready,
        () => {}
      )
    const resampler = Resample.resampler(this.interval, millis)
    return makeTrack(
      millis,
      cursor,
      () => resampler.columns,
      (to) => resampler.extend(this.#base, to)
    )
  }

  #extendTrack(track: Track): void {
    track.extend(this.#extended)
    const columns = track.columns()
    const to = track.millis === this.interval ? this.#extended : columns.length
    for (const feed of track.feeds) feed.extend(columns, to)
  }

  #seekTrack({ columns, cursor, millis }: Track): void {
    const { length, timestamp } = columns()
    let next = cursor.index + 1
    while (next < length && timestamp[next] + millis <= this.#when) next++
    cursor.index = next - 1
  }
}

const makeTrack = (millis: number, cursor: Cursor, columns: () => Columns, extend: (to: number) => void): Track => ({
  millis,
  cursor,
  columns,
  extend,
  feeds: [],
  candles: new Candles(columns, cursor)
})
