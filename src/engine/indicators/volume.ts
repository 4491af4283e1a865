import type { Columns } from "../../model/candle.js"
import { rollingMean } from "./averages.js"
import { sumError } from "./exact.js"
import type { Kernel } from "./feed.js"
import { type Line, write } from "./line.js"
import { hlc3 } from "./source.js"

/**
 * On-balance volume (Granville): 0 at the first candle, then plus the volume of each candle that closed above the one
 * before and minus that of each that closed below.
 */
export const obv = (line: Line): Kernel => {
  const kept = { sum: 0, rest: 0 }
  return ({ close, volume }, from, to) => {
    const output = write(line, to)
    let { sum, rest } = kept
    for (let i = from; i < to; i++) {
      const flow = i > 0 ? Math.sign(close[i] - close[i - 1]) * volume[i] : 0
      const next = sum + flow
      rest += sumError(sum, flow, next)
      sum = next
      output[i] = sum + rest
    }
    kept.sum = sum
    kept.rest = rest
  }
}

/**
 * Volume-weighted average of `(high + low + close)/3` over the last `period` candles, the mean close where nothing
 * was traded. Windows are joined from the end of one block and the start of the next (blocks of `period` at fixed
 * places), each with its own weighted mean: no volume is ever subtracted, so a huge one leaves no trace behind it.
 */
export const vwap = (line: Line, period: number): Kernel => {
  const meanClose = rollingMean(period)
  // of the last full block from its j-th candle on
  let endMeans = new Float64Array(0)
  let endVolumes = new Float64Array(0)
  const kept = { mean: 0, total: 0 }

  const fillEnds = (columns: Columns, last: number): void => {
    let mean = 0
    let total = 0
    for (let count = 1; count <= period; count++) {
      const i = last - count + 1
      const volume = columns.volume[i]
      total += volume
      if (volume > 0) mean += (hlc3(columns, i) - mean) * (volume / total)
      endMeans[period - count] = mean
      endVolumes[period - count] = total
    }
  }

  return (columns, from, to) => {
    const output = write(line, to)
    meanClose(columns.close, output, from, to)
    let { mean, total } = kept
    let count = from % period
    for (let i = from; i < to; i++) {
      if (count === 0) {
        mean = 0
        total = 0
      }
      count++
      const volume = columns.volume[i]
      total += volume
      if (volume > 0) mean += (hlc3(columns, i) - mean) * (volume / total)
      if (count === period) {
        if (total > 0) output[i] = mean
        if (endMeans.length === 0) {
          endMeans = new Float64Array(period)
          endVolumes = new Float64Array(period)
        }
        fillEnds(columns, i)
        count = 0
      } else if (i >= period) {
        const both = endVolumes[count] + total
        if (both > 0) output[i] = endMeans[count] + (mean - endMeans[count]) * (total / both)
      }
    }
    kept.mean = mean
    kept.total = total
  }
}
