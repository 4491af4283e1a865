import type { Kernel, SeriesKernel } from "./feed.js"
import { type Line, write } from "./line.js"
import { type Source, reader } from "./source.js"

/**
 * Largest `sign · x` of the last `period` inputs, times `sign`. Inputs are cut into blocks of `period` at fixed
 * places: any window is the end of one block and the start of the next, so its maximum is that of two running maxima
 * (van Herk, Gil and Werman 1992). Three comparisons per input whatever the period or the data.
 */
const rollingExtreme = (period: number, sign: 1 | -1): SeriesKernel => {
  // ends[j]: extreme of the last full block from its j-th entry on
  let ends = new Float64Array(0)
  const kept = { start: 0 }
  return (input, output, from, to) => {
    let inBlock = from % period
    let { start } = kept
    for (let i = from; i < to; i++) {
      start = inBlock === 0 ? sign * input[i] : Math.max(start, sign * input[i])
      inBlock++
      if (inBlock === period) {
        output[i] = sign * start
        // only now is there enough data to be worth the room: an absurd period must not reserve any
        if (ends.length === 0) ends = new Float64Array(period)
        fillEnds(input, ends, i, sign)
        inBlock = 0
      } else if (i >= period) output[i] = sign * Math.max(start, ends[inBlock])
    }
    kept.start = start
  }
}

const fillEnds = (input: Float64Array, ends: Float64Array, last: number, sign: 1 | -1): void => {
  const first = last - ends.length + 1
  let end = Number.NEGATIVE_INFINITY
  for (let j = ends.length - 1; j >= 0; j--) {
    end = Math.max(end, sign * input[first + j])
    ends[j] = end
  }
}

/** Largest of the last `period` inputs. */
export const rollingMaximum = (period: number): SeriesKernel => rollingExtreme(period, 1)

/** Smallest of the last `period` inputs. */
export const rollingMinimum = (period: number): SeriesKernel => rollingExtreme(period, -1)

/** Highest price of the last `period` candles, the latest included. */
export const highest = (line: Line, period: number, source: Source): Kernel => {
  const read = reader(source)
  const maximum = rollingMaximum(period)
  return (columns, from, to) => maximum(read(columns, from, to), write(line, to), from, to)
}

/** Lowest price of the last `period` candles, the latest included. */
export const lowest = (line: Line, period: number, source: Source): Kernel => {
  const read = reader(source)
  const minimum = rollingMinimum(period)
  return (columns, from, to) => minimum(read(columns, from, to), write(line, to), from, to)
}

/** Three lines around the price. */
export interface BandLines {
  readonly upper: Line
  readonly middle: Line
  readonly lower: Line
}

/** Donchian channel: highest high, lowest low, and the mean of the two. */
export const donchian = (lines: BandLines, period: number): Kernel => {
  const maximum = rollingMaximum(period)
  const minimum = rollingMinimum(period)
  return (columns, from, to) => {
    const uppers = write(lines.upper, to)
    const middles = write(lines.middle, to)
    const lowers = write(lines.lower, to)
    maximum(columns.high, uppers, from, to)
    minimum(columns.low, lowers, from, to)
    for (let i = from; i < to; i++) middles[i] = (uppers[i] + lowers[i]) / 2
  }
}
