import * as Buffer from "./buffer.js"
import { mean, productError, quotient, sumError } from "./exact.js"
import type { Kernel, SeriesKernel } from "./feed.js"
import { type Line, write } from "./line.js"
import { type Reader, type Source, reader } from "./source.js"

/** Mean of the last `period` inputs, the first of which is at `first`. */
export const rollingMean = (period: number, first = 0): SeriesKernel => {
  const kept = { sum: 0, rest: 0 }
  const seed = first + period - 1
  return (input, output, from, to) => {
    let i = Math.max(from, first)
    for (; i < to && i <= seed; i++) {
      const next = kept.sum + input[i]
      kept.rest += sumError(kept.sum, input[i], next)
      kept.sum = next
      if (i === seed) output[i] = quotient(kept.sum, kept.rest, period, 1 / period)
    }
    slide(input, output, i, to, period, kept)
  }
}

// on its own, all its numbers arguments: V8 keeps them in registers, a quarter faster than from a closure
const slide = (
  input: Float64Array,
  output: Float64Array,
  from: number,
  to: number,
  period: number,
  kept: { sum: number; rest: number }
): void => {
  const rate = 1 / period
  let { sum, rest } = kept
  for (let i = from; i < to; i++) {
    const come = input[i]
    const gone = input[i - period]
    const change = come - gone
    const next = sum + change
    rest += sumError(come, -gone, change) + sumError(sum, change, next)
    sum = next
    output[i] = quotient(sum, rest, period, rate)
  }
  kept.sum = sum
  kept.rest = rest
}

/**
 * Exponential average `e += rate · (x − e)`, seeded with the mean of the first `period` inputs, the first of which is
 * at `first`. Keeps no state but its output, so chunks can't matter.
 */
export const exponential = (period: number, rate: number, first = 0): SeriesKernel => {
  const seed = first + period - 1
  return (input, output, from, to) => {
    if (to <= seed) return
    let i = from
    if (i <= seed) {
      output[seed] = mean(input, first, seed + 1)
      i = seed + 1
    }
    let average = output[i - 1]
    for (; i < to; i++) {
      average += rate * (input[i] - average)
      output[i] = average
    }
  }
}

/** Rate of an EMA: 2/(period + 1). */
export const emaRate = (period: number): number => 2 / (period + 1)

/** Mean of the last `period` inputs with weights 1 (oldest) to `period` (newest). */
export const rollingWeightedMean = (period: number): SeriesKernel => {
  const weights = (period * (period + 1)) / 2
  const rate = 1 / weights
  // plain sum of the window and its weighted sum, each with its rest
  const kept = { sum: 0, rest: 0, weighted: 0, weightedRest: 0 }
  return (input, output, from, to) => {
    let { sum, rest, weighted, weightedRest } = kept
    for (let i = from; i < to; i++) {
      const come = input[i]
      const left = i - period
      const weight = left >= 0 ? period : i + 1
      const product = come * weight
      let next = weighted + product
      weightedRest += sumError(weighted, product, next) + productError(come, weight, product)
      weighted = next
      if (left >= 0) {
        // every weight falls by one: the whole old window leaves once
        next = weighted - sum
        weightedRest += sumError(weighted, -sum, next) - rest
        weighted = next
        const gone = -input[left]
        next = sum + gone
        rest += sumError(sum, gone, next)
        sum = next
      }
      next = sum + come
      rest += sumError(sum, come, next)
      sum = next
      if (left >= -1) output[i] = quotient(weighted, weightedRest, weights, rate)
    }
    kept.sum = sum
    kept.rest = rest
    kept.weighted = weighted
    kept.weightedRest = weightedRest
  }
}

/** A series kernel over one price of the candles, into one line. */
const over = (line: Line, source: Source, series: SeriesKernel): Kernel => {
  const read: Reader = reader(source)
  return (columns, from, to) => series(read(columns, from, to), write(line, to), from, to)
}

/** Simple moving average. */
export const sma = (line: Line, period: number, source: Source): Kernel => over(line, source, rollingMean(period))

/** Exponential moving average, seeded with the simple one of the first `period` prices. */
export const ema = (line: Line, period: number, source: Source): Kernel =>
  over(line, source, exponential(period, emaRate(period)))

/** Linearly weighted moving average. */
export const wma = (line: Line, period: number, source: Source): Kernel =>
  over(line, source, rollingWeightedMean(period))

export interface MacdLines {
  /** Fast EMA minus slow EMA. */
  readonly macd: Line
  /** EMA of `macd`. */
  readonly signal: Line
  /** `macd` minus `signal`. */
  readonly histogram: Line
}

/** Moving average convergence/divergence (Appel); each EMA is seeded with the mean of its own first inputs. */
export const macd = (lines: MacdLines, fast: number, slow: number, signal: number, source: Source): Kernel => {
  const read = reader(source)
  const fastBuffer = Buffer.make()
  const slowBuffer = Buffer.make()
  const fastAverage = exponential(fast, emaRate(fast))
  const slowAverage = exponential(slow, emaRate(slow))
  const first = Math.max(fast, slow) - 1
  const signalAverage = exponential(signal, emaRate(signal), first)
  return (columns, from, to) => {
    const input = read(columns, from, to)
    const fasts = Buffer.reserve(fastBuffer, to)
    const slows = Buffer.reserve(slowBuffer, to)
    const macds = write(lines.macd, to)
    const signals = write(lines.signal, to)
    const histograms = write(lines.histogram, to)
    fastAverage(input, fasts, from, to)
    slowAverage(input, slows, from, to)
    for (let i = from; i < to; i++) macds[i] = fasts[i] - slows[i]
    signalAverage(macds, signals, from, to)
    for (let i = from; i < to; i++) histograms[i] = macds[i] - signals[i]
  }
}
