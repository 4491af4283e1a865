import type { Candle, Columns } from "../model/candle.js"
import * as ColumnsOf from "./columns.js"
import type { Cursor } from "./indicators/line.js"

/** One column of closed candles, readable up to the run's instant only. */
export class Series {
  readonly #source: () => Float64Array
  readonly #cursor: Cursor

  constructor(source: () => Float64Array, cursor: Cursor) {
    this.#source = source
    this.#cursor = cursor
  }

  /** Number of closed candles. */
  get length(): number {
    return this.#cursor.index + 1
  }

  /** `at(-1)` is the last closed candle's value, `at(0)` the first's; NaN where there is none. */
  at(offset: number): number {
    const last = this.#cursor.index
    const index = offset < 0 ? last + 1 + offset : offset
    return index >= 0 && index <= last ? this.#source()[index] : Number.NaN
  }

  /** A copy of the last `count` values, oldest first; fewer where there are fewer. */
  last(count: number): Float64Array {
    const end = this.#cursor.index + 1
    return this.#source().slice(Math.max(0, end - count), end)
  }
}

/** Closed candles of one interval: a window on columns that ends at the run's instant and moves with it. */
export class Candles {
  readonly #columns: () => Columns
  readonly #cursor: Cursor
  readonly timestamp: Series
  readonly open: Series
  readonly high: Series
  readonly low: Series
  readonly close: Series
  readonly volume: Series

  constructor(columns: () => Columns, cursor: Cursor) {
    this.#columns = columns
    this.#cursor = cursor
    this.timestamp = new Series(() => columns().timestamp, cursor)
    this.open = new Series(() => columns().open, cursor)
    this.high = new Series(() => columns().high, cursor)
    this.low = new Series(() => columns().low, cursor)
    this.close = new Series(() => columns().close, cursor)
    this.volume = new Series(() => columns().volume, cursor)
  }

  /** Number of closed candles. */
  get length(): number {
    return this.#cursor.index + 1
  }

  /** `at(-1)` is the last closed candle, `at(0)` the first; undefined where there is none. */
  at(offset: number): Candle | undefined {
    const last = this.#cursor.index
    const index = offset < 0 ? last + 1 + offset : offset
    return index <= last ? ColumnsOf.at(this.#columns(), index) : undefined
  }
}
