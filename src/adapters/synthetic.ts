import type { Columns } from "../model/candle.js"
import { minute, toMillis } from "../model/interval.js"
import { marketOf, nextMinute, type SyntheticOptions } from "./synthetic/market.js"

export type { SyntheticOptions } from "./synthetic/market.js"

/**
 * Candles of a seeded synthetic market, without gaps: trends and ranges that last hours to days (a Markov chain),
 * volatility that clusters on several horizons, fat tails, quiet and busy hours and weekends, volume that comes with
 * movement, prices on ticks. Each minute is a path of several steps whose extremes are its high and low.
 *
 * A market is made minute by minute whatever the interval, so its 1h candles are its 1m candles of the same start,
 * resampled; a daily candle costs as much as 1,440 minutes. Only integer arithmetic, + − × ÷ and the square root are
 * used: IEEE 754 defines each to the last bit, which it does not do for exp, log and sin.
 */
export const generate = (options: SyntheticOptions): Columns => {
  const { columns, extend } = generator(options)
  extend(columns.length)
  return columns
}

/** The same candles by and by: `extend(to)` makes those up to `to`, for whoever has to stay answerable meanwhile. */
export const generator = (
  options: SyntheticOptions
): { readonly columns: Columns; readonly extend: (to: number) => void } => {
  const millis = toMillis(options.interval)
  const perCandle = millis / minute
  const length = Number.isFinite(options.count) ? Math.max(0, Math.floor(options.count)) : 0
  const first = Math.ceil(options.start / millis) * millis
  const columns = {
    length,
    timestamp: new Float64Array(length),
    open: new Float64Array(length),
    high: new Float64Array(length),
    low: new Float64Array(length),
    close: new Float64Array(length),
    volume: new Float64Array(length)
  }
  const market = marketOf(options, first)
  let done = 0
  const extend = (to: number): void => {
    const end = Math.min(to, length)
    for (let i = done; i < end; i++) {
      nextMinute(market)
      const open = market.open
      let high = market.high
      let low = market.low
      let volume = market.volume
      for (let k = 1; k < perCandle; k++) {
        nextMinute(market)
        if (market.high > high) high = market.high
        if (market.low < low) low = market.low
        volume += market.volume
      }
      columns.timestamp[i] = first + i * millis
      columns.open[i] = open
      columns.high[i] = high
      columns.low[i] = low
      columns.close[i] = market.close
      columns.volume[i] = volume
    }
    done = Math.max(done, end)
  }
  return { columns, extend }
}
