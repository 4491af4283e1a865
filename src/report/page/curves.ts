import { intervalOf, lengthFor, merge } from "./buckets.js"
import { candlesOf } from "./candles.js"
import { data, runName, tradeCount, trades } from "./state.js"
import type { Range } from "./zoom.js"

/** The curves of the equity chart: of the account, of each run, and of holding the market. */

export interface Curve {
  readonly name: string
  readonly times: ReadonlyArray<number>
  readonly equity: ReadonlyArray<number>
  /** Absent for what is only compared with. */
  readonly drawdown?: ReadonlyArray<number>
  readonly step: boolean
}

/** From the frame's start to its end, standing still between closes. */
const curveOf = (
  name: string,
  indices: ReadonlyArray<number>,
  equity: ReadonlyArray<number>,
  drawdown: ReadonlyArray<number>
): Curve => {
  const values = [data.equity.start, ...indices.map((i) => equity[i])]
  const falls = [0, ...indices.map((i) => drawdown[i])]
  return {
    name,
    times: [data.start, ...indices.map((i) => trades.closedAt[i]), data.end],
    equity: [...values, values[values.length - 1]],
    drawdown: [...falls, falls[falls.length - 1]],
    step: true
  }
}

const everyTrade = Array.from({ length: tradeCount }, (_, i) => i)
const accountName = data.portfolio ? "Account" : "Strategy"
export const holdName = "Buy & hold"

/** The account first, then each run; a market that is held joins them once it is unpacked. */
export const curves: Array<Curve> = [curveOf(accountName, everyTrade, data.equity.account, data.equity.accountDrawdown)]
if (data.runs.length > 1) {
  const indices = data.runs.map((): Array<number> => [])
  trades.run.forEach((run, i) => indices[run].push(i))
  curves.push(...indices.map((of, run) => curveOf(runName(run), of, data.equity.run, data.equity.runDrawdown)))
}

/** Holding the only symbol from its first open on. */
export const addHold = async (): Promise<boolean> => {
  const prices = data.symbols.length === 1 ? await candlesOf(0) : undefined
  if (prices === undefined || prices.length === 0) return false
  const interval = intervalOf(prices)
  const length = lengthFor(interval, data.end - data.start, 800)
  const buckets = merge(prices, data.start, data.end, length)
  const scale = data.equity.start / prices.open[0]
  const closes = buckets.map(({ close }) => close * scale)
  curves.push({
    name: holdName,
    times: [data.start, ...buckets.map(({ at }) => Math.min(data.end, at + length))],
    equity: [data.equity.start, ...closes],
    step: false
  })
  return true
}

/** Index of the last entry at or before an instant. */
export const lastUntil = (times: ReadonlyArray<number>, instant: number): number => {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (times[middle] <= instant) low = middle + 1
    else high = middle
  }
  return low - 1
}

const mostPoints = 4000

/** The points in view and one on either side; of too many, the least and the greatest of each stretch. */
export const visible = (times: ReadonlyArray<number>, values: ReadonlyArray<number>, { from, to }: Range) => {
  const first = Math.max(0, lastUntil(times, from))
  const last = Math.min(times.length - 1, lastUntil(times, to) + 1)
  const stride = Math.ceil((last - first + 1) / (mostPoints / 2))
  const points: Array<[number, number]> = []
  if (stride <= 2) {
    for (let i = first; i <= last; i++) points.push([times[i], values[i]])
    return points
  }
  for (let i = first; i <= last; i += stride) {
    let low = i
    let high = i
    for (let k = i; k < Math.min(last + 1, i + stride); k++) {
      if (values[k] < values[low]) low = k
      if (values[k] > values[high]) high = k
    }
    for (const k of low < high ? [low, high] : [high, low]) points.push([times[k], values[k]])
  }
  points.push([times[last], values[last]])
  return points
}
