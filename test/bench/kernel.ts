import type { Columns } from "../../src/model/candle.js"

/**
 * Workload W1 with no library around it: what the machine can do, for the ratio every other figure is given by.
 *
 * SMA(20) crosses above SMA(50) of the closes → long at the next open, take-profit +1 %, stop-loss −1 % on highs and
 * lows (stop first; a level gapped over fills at the open), one position at a time, fee and slippage 0.1 % a side.
 */
export interface Summary {
  readonly trades: number
  readonly wins: number
  /** Sum of the net results, %. */
  readonly total: number
}

const fast = 20
const slow = 50
const takeProfit = 1.01
const stopLoss = 0.99
const fee = 0.1
const slippage = 0.001

const pnl = (open: number, close: number): number => {
  const entry = open * (1 + slippage)
  const exit = close * (1 - slippage)
  return (100 * (exit - entry)) / entry - fee * (1 + exit / entry)
}

/** Asked every minute: one pass over the columns, everything in one loop. */
export const everyMinute = (columns: Columns): Summary => {
  const { close, high, length, low, open } = columns
  let trades = 0
  let wins = 0
  let total = 0
  let fastSum = 0
  let slowSum = 0
  let above = true
  let entry = 0
  let target = 0
  let stop = 0
  for (let i = 0; i < length; i++) {
    const price = close[i]
    if (entry > 0) {
      const o = open[i]
      let exit = 0
      if (o <= stop || o >= target) exit = o
      else if (low[i] <= stop) exit = stop
      else if (high[i] >= target) exit = target
      else if (i === length - 1) exit = price
      if (exit > 0) {
        const result = pnl(entry, exit)
        trades++
        total += result
        if (result > 0) wins++
        entry = 0
      }
    }
    fastSum += price - (i < fast ? 0 : close[i - fast])
    slowSum += price - (i < slow ? 0 : close[i - slow])
    if (i < slow - 1) continue
    const wasAbove = above
    above = fastSum / fast > slowSum / slow
    if (above && !wasAbove && entry === 0 && i + 1 < length) {
      entry = open[i + 1]
      target = entry * takeProfit
      stop = entry * stopLoss
    }
  }
  return { trades, wins, total }
}

/**
 * Asked every 5 minutes: averages of the 5-minute closes, fills on the minutes. The first candle must open on a
 * 5-minute boundary and none may be missing.
 */
export const everyFive = (columns: Columns): Summary => {
  const { close, high, length, low, open } = columns
  let trades = 0
  let wins = 0
  let total = 0
  let fastSum = 0
  let slowSum = 0
  let above = true
  let entry = 0
  let target = 0
  let stop = 0
  for (let first = 0; first < length; first += 5) {
    const last = first + 4
    for (let i = first; entry > 0 && i <= last && i < length; i++) {
      const o = open[i]
      let exit = 0
      if (o <= stop || o >= target) exit = o
      else if (low[i] <= stop) exit = stop
      else if (high[i] >= target) exit = target
      else if (i === length - 1) exit = close[i]
      if (exit > 0) {
        const result = pnl(entry, exit)
        trades++
        total += result
        if (result > 0) wins++
        entry = 0
      }
    }
    if (last >= length) break
    const price = close[last]
    fastSum += price - (last < 5 * fast ? 0 : close[last - 5 * fast])
    slowSum += price - (last < 5 * slow ? 0 : close[last - 5 * slow])
    if (last < 5 * slow - 1) continue
    const wasAbove = above
    above = fastSum / fast > slowSum / slow
    if (above && !wasAbove && entry === 0 && last + 1 < length) {
      entry = open[last + 1]
      target = entry * takeProfit
      stop = entry * stopLoss
    }
  }
  return { trades, wins, total }
}

/** What the callback is shown: one object for the whole run, its fields rewritten for every candle. */
export interface View {
  when: number
  price: number
  fast: number
  slow: number
  fastBefore: number
  slowBefore: number
}

export interface Order {
  readonly takeProfit: number
  readonly stopLoss: number
}

/** The same loop for anybody's rule: the callback is asked after every candle that leaves no position open. */
export const callbackLoop = (columns: Columns, ask: (view: View) => Order | null): Summary => {
  const { close, high, length, low, open, timestamp } = columns
  const view: View = { when: 0, price: 0, fast: 0, slow: 0, fastBefore: Number.NaN, slowBefore: Number.NaN }
  let trades = 0
  let wins = 0
  let total = 0
  let fastSum = 0
  let slowSum = 0
  let entry = 0
  let target = 0
  let stop = 0
  for (let i = 0; i < length; i++) {
    const price = close[i]
    if (entry > 0) {
      const o = open[i]
      let exit = 0
      if (o <= stop || o >= target) exit = o
      else if (low[i] <= stop) exit = stop
      else if (high[i] >= target) exit = target
      else if (i === length - 1) exit = price
      if (exit > 0) {
        const result = pnl(entry, exit)
        trades++
        total += result
        if (result > 0) wins++
        entry = 0
      }
    }
    fastSum += price - (i < fast ? 0 : close[i - fast])
    slowSum += price - (i < slow ? 0 : close[i - slow])
    if (i < slow - 1) continue
    view.when = timestamp[i] + 60_000
    view.price = price
    view.fastBefore = view.fast
    view.slowBefore = view.slow
    view.fast = fastSum / fast
    view.slow = slowSum / slow
    if (entry > 0 || i < slow || i + 1 === length) continue
    const order = ask(view)
    if (order === null) continue
    entry = open[i + 1]
    target = entry * order.takeProfit
    stop = entry * order.stopLoss
  }
  return { trades, wins, total }
}

/** W1's rule as a callback; levels are factors of the entry. */
export const crossing = (view: View): Order | null =>
  view.fast > view.slow && view.fastBefore <= view.slowBefore ? { takeProfit, stopLoss } : null
