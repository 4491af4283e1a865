import type { Columns } from "../../model/candle.js"
import { type Line, write } from "./line.js"

/**
 * A live indicator of one run: computes its lines for candles `[done, to)`. Incremental: calling `extend` many times
 * with growing `to` gives bit-identical values to one call.
 */
export interface Feed {
  /** For messages, like `sma(20)`. */
  readonly name: string
  /** Closed candles needed until every line has a value. */
  readonly warmup: number
  /** Takes candles `[done, to)`; `columns` must hold the same candles as before, and may hold more. */
  extend(columns: Columns, to: number): void
  /** True when every line has a value at the cursor. */
  isWarm(): boolean
}

/** Computes values for candles `[from, to)`, each time going on where the last call ended; `from < to`. */
export type Kernel = (columns: Columns, from: number, to: number) => void

/** The same over one series of numbers: reads `input` up to each index, writes `output` at it. */
export type SeriesKernel = (input: Float64Array, output: Float64Array, from: number, to: number) => void

/** A kernel with the bookkeeping of what it has done and whether its lines are warm. */
export const make = (name: string, warmup: number, lines: ReadonlyArray<Line>, kernel: Kernel): Feed => {
  let done = 0
  return {
    name,
    warmup,
    extend: (columns, to) => {
      const from = done
      const end = Math.min(to, columns.length)
      if (end <= from) return
      // stays there when a user's indicator throws: one that missed candles must not go on with wrong values
      done = Number.POSITIVE_INFINITY
      // room for all there is at once: growing by and by would copy every line over and over
      for (const line of lines) write(line, columns.length)
      kernel(columns, from, end)
      done = end
    },
    isWarm: () => {
      for (const line of lines) if (Number.isNaN(line.value)) return false
      return true
    }
  }
}
