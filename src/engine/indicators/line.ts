import * as Buffer from "./buffer.js"

/**
 * Shared position on a series of closed candles: index of the last candle that has closed at the run's instant, −1
 * before the first. Owned by the run.
 */
export interface Cursor {
  index: number
}

let reserve: (line: Line, capacity: number) => Float64Array

/**
 * One output column of an indicator, readable up to the cursor only: what lies later is in private fields, out of a
 * strategy's reach.
 */
export class Line {
  readonly #cursor: Cursor
  readonly #buffer = Buffer.make()

  static {
    reserve = (line, capacity) => Buffer.reserve(line.#buffer, capacity)
  }

  constructor(cursor: Cursor) {
    this.#cursor = cursor
  }

  /** Value at the last closed candle, NaN before the indicator is warm. */
  get value(): number {
    return this.at(-1)
  }

  /** `at(-1)` is the value at the last closed candle, `at(-2)` the one before; NaN where there is none. */
  at(offset: number): number {
    const values = this.#buffer.values
    const index = this.#cursor.index + offset + 1
    return offset < 0 && index >= 0 && index < values.length ? (values[index] ?? Number.NaN) : Number.NaN
  }

  /** At or below `other` a candle ago and above it now, each by its own last two closed values; false on any NaN. */
  crossedAbove(other: Line | number): boolean {
    return typeof other === "number"
      ? this.at(-2) <= other && this.at(-1) > other
      : this.at(-2) <= other.at(-2) && this.at(-1) > other.at(-1)
  }

  /** At or above `other` a candle ago and below it now, each by its own last two closed values; false on any NaN. */
  crossedBelow(other: Line | number): boolean {
    return typeof other === "number"
      ? this.at(-2) >= other && this.at(-1) < other
      : this.at(-2) >= other.at(-2) && this.at(-1) < other.at(-1)
  }
}

/**
 * For kernels only: the array behind `line` with room for `capacity` values, the unwritten ones NaN. Valid until the
 * next call, which may move it.
 */
export const write = (line: Line, capacity: number): Float64Array => reserve(line, capacity)
