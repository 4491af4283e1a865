import type { Columns } from "../model/candle.js"

/**
 * Average price of the last `count` candles up to and including `index`:
 * `Σ((high + low + close)/3 · volume) / Σ volume`, the mean close where nothing was traded. NaN before any candle.
 */
export const at = (columns: Columns, index: number, count: number): number => {
  const from = Math.max(0, index - count + 1)
  let weighted = 0
  let volume = 0
  let closes = 0
  for (let i = from; i <= index; i++) {
    const close = columns.close[i]
    const traded = columns.volume[i]
    weighted += ((columns.high[i] + columns.low[i] + close) / 3) * traded
    volume += traded
    closes += close
  }
  return volume > 0 ? weighted / volume : closes / (index - from + 1)
}
