import type { Kernel } from "./feed.js"
import { type Line, write } from "./line.js"
import { trueRange } from "./volatility.js"

export interface AdxLines {
  /** Strength of the trend either way, 0 to 100. */
  readonly adx: Line
  /** Upward directional indicator, 0 to 100. */
  readonly plusDI: Line
  /** Downward directional indicator, 0 to 100. */
  readonly minusDI: Line
}

/**
 * Average directional index (Wilder 1978). Running sums of true range and of directional movement start as the sums
 * over the first `period` changes and go on as `s += x − s/period`; `DI = 100 · movement / range` (0 without range),
 * `DX = 100 · |+DI − −DI| / (+DI + −DI)` (0 without movement). ADX starts as the mean of the first `period` DX and
 * goes on as `a += (dx − a)/period`.
 */
export const adx = (lines: AdxLines, period: number): Kernel => {
  const kept = { range: 0, plus: 0, minus: 0, average: 0 }
  return (columns, from, to) => {
    const { high, low } = columns
    const rate = 1 / period
    const adxs = write(lines.adx, to)
    const pluses = write(lines.plusDI, to)
    const minuses = write(lines.minusDI, to)
    let { range, plus, minus, average } = kept
    for (let i = Math.max(from, 1); i < to; i++) {
      const up = high[i] - high[i - 1]
      const down = low[i - 1] - low[i]
      const fade = i > period ? 1 : 0
      range += trueRange(columns, i) - fade * range * rate
      plus += (up > down && up > 0 ? up : 0) - fade * plus * rate
      minus += (down > up && down > 0 ? down : 0) - fade * minus * rate
      if (i < period) continue
      const plusDI = range > 0 ? 100 * (plus / range) : 0
      const minusDI = range > 0 ? 100 * (minus / range) : 0
      const both = plusDI + minusDI
      const dx = both > 0 ? 100 * (Math.abs(plusDI - minusDI) / both) : 0
      pluses[i] = plusDI
      minuses[i] = minusDI
      if (i >= 2 * period) average += (dx - average) * rate
      else {
        average += dx
        if (i < 2 * period - 1) continue
        average /= period
      }
      adxs[i] = average
    }
    kept.range = range
    kept.plus = plus
    kept.minus = minus
    kept.average = average
  }
}
