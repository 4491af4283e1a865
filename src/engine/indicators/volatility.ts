import type { Columns } from "../../model/candle.js"
import { rollingMean } from "./averages.js"
import type { BandLines } from "./extremes.js"
import type { Kernel, SeriesKernel } from "./feed.js"
import { type Line, write } from "./line.js"
import { type Source, reader } from "./source.js"

/** True range of a candle: how far price went since the previous close; high − low for the first candle. */
export const trueRange = (columns: Columns, i: number): number => {
  const high = columns.high[i]
  const low = columns.low[i]
  if (i === 0) return high - low
  const before = columns.close[i - 1]
  return Math.max(before, high) - Math.min(before, low)
}

/**
 * Average true range (Wilder 1978): the mean of the first `period` true ranges, the first of which is high − low,
 * then `a += (range − a)/period`.
 */
export const atr = (line: Line, period: number): Kernel => {
  const kept = { average: 0 }
  return (columns, from, to) => {
    const output = write(line, to)
    const rate = 1 / period
    let { average } = kept
    for (let i = from; i < to; i++) {
      const range = trueRange(columns, i)
      if (i >= period) average += (range - average) * rate
      else {
        average += range
        if (i < period - 1) continue
        average /= period
      }
      output[i] = average
    }
    kept.average = average
  }
}

/**
 * Population standard deviation of the last `period` inputs. Windows are joined from the end of one block and the
 * start of the next (blocks of `period` at fixed places); each part keeps its mean and squared deviations by
 * Welford's update and the two are merged by Chan's formula. Only terms ≥ 0 are ever added, so nothing cancels,
 * nothing drifts, and equal prices give exactly 0.
 */
export const rollingDeviation = (period: number): SeriesKernel => {
  // of the last full block from its j-th entry on
  let endMeans = new Float64Array(0)
  let endSquares = new Float64Array(0)
  const kept = { mean: 0, squares: 0 }

  const fillEnds = (input: Float64Array, last: number): void => {
    let mean = 0
    let squares = 0
    for (let count = 1; count <= period; count++) {
      const x = input[last - count + 1]
      const distance = x - mean
      mean += distance / count
      squares += distance * (x - mean)
      endMeans[period - count] = mean
      endSquares[period - count] = squares
    }
  }

  return (input, output, from, to) => {
    let { mean, squares } = kept
    let count = from % period
    for (let i = from; i < to; i++) {
      if (count === 0) {
        mean = 0
        squares = 0
      }
      count++
      const x = input[i]
      const distance = x - mean
      mean += distance / count
      squares += distance * (x - mean)
      if (count === period) {
        output[i] = Math.sqrt(squares / period)
        if (endMeans.length === 0) {
          endMeans = new Float64Array(period)
          endSquares = new Float64Array(period)
        }
        fillEnds(input, i)
        count = 0
      } else if (i >= period) {
        const apart = mean - endMeans[count]
        const between = apart * apart * ((count * (period - count)) / period)
        output[i] = Math.sqrt((endSquares[count] + squares + between) / period)
      }
    }
    kept.mean = mean
    kept.squares = squares
  }
}

/** Bollinger bands: the simple average, and `deviations` population standard deviations to either side of it. */
export const bollinger = (lines: BandLines, period: number, deviations: number, source: Source): Kernel => {
  const read = reader(source)
  const average = rollingMean(period)
  const deviation = rollingDeviation(period)
  return (columns, from, to) => {
    const input = read(columns, from, to)
    const uppers = write(lines.upper, to)
    const middles = write(lines.middle, to)
    const lowers = write(lines.lower, to)
    average(input, middles, from, to)
    deviation(input, uppers, from, to)
    for (let i = from; i < to; i++) {
      const width = deviations * uppers[i]
      uppers[i] = middles[i] + width
      lowers[i] = middles[i] - width
    }
  }
}
