import * as Buffer from "./buffer.js"
import { rollingMean } from "./averages.js"
import { rollingMaximum, rollingMinimum } from "./extremes.js"
import type { Kernel } from "./feed.js"
import { type Line, write } from "./line.js"
import { type Source, reader } from "./source.js"

/**
 * Relative strength index (Wilder 1978): `100 · gain / (gain + loss)` of the average gain and loss per candle, which
 * start as the means of the first `period` changes and go on as `a += (x − a)/period`. 50 when neither moved.
 */
export const rsi = (line: Line, period: number, source: Source): Kernel => {
  const read = reader(source)
  const kept = { gain: 0, loss: 0 }
  return (columns, from, to) => {
    const input = read(columns, from, to)
    const output = write(line, to)
    const rate = 1 / period
    let { gain, loss } = kept
    for (let i = Math.max(from, 1); i < to; i++) {
      const change = input[i] - input[i - 1]
      const up = Math.max(change, 0)
      const down = Math.max(-change, 0)
      if (i > period) {
        gain += (up - gain) * rate
        loss += (down - loss) * rate
      } else {
        gain += up
        loss += down
        if (i < period) continue
        gain /= period
        loss /= period
      }
      const total = gain + loss
      output[i] = total > 0 ? 100 * (gain / total) : 50
    }
    kept.gain = gain
    kept.loss = loss
  }
}

export interface StochasticLines {
  /** Smoothed place of the close within the range, 0 to 100. */
  readonly k: Line
  /** Simple average of `k`. */
  readonly d: Line
}

/**
 * Stochastic oscillator (Lane): `100 · (close − lowest low) / (highest high − lowest low)` over `period` candles, 50
 * in a range without height; `k` is its simple average over `smoothing`, `d` that of `k` over `dPeriod`.
 */
export const stochastic = (lines: StochasticLines, period: number, smoothing: number, dPeriod: number): Kernel => {
  const highs = Buffer.make()
  const lows = Buffer.make()
  const maximum = rollingMaximum(period)
  const minimum = rollingMinimum(period)
  const first = period - 1
  const smooth = rollingMean(smoothing, first)
  const smoothAgain = rollingMean(dPeriod, first + smoothing - 1)
  return (columns, from, to) => {
    const raw = Buffer.reserve(highs, to)
    const low = Buffer.reserve(lows, to)
    const ks = write(lines.k, to)
    maximum(columns.high, raw, from, to)
    minimum(columns.low, low, from, to)
    for (let i = Math.max(from, first); i < to; i++) {
      const height = raw[i] - low[i]
      raw[i] = height > 0 ? 100 * ((columns.close[i] - low[i]) / height) : 50
    }
    smooth(raw, ks, from, to)
    smoothAgain(ks, write(lines.d, to), from, to)
  }
}

/** Change over `period` candles in percent: `100 · (x − x[period ago]) / x[period ago]`. */
export const rateOfChange = (line: Line, period: number, source: Source): Kernel => {
  const read = reader(source)
  return (columns, from, to) => {
    const input = read(columns, from, to)
    const output = write(line, to)
    for (let i = Math.max(from, period); i < to; i++) {
      const before = input[i - period]
      output[i] = (100 * (input[i] - before)) / before
    }
  }
}
