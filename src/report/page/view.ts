import * as Format from "../format.js"
import type { Prices } from "../html/codec.js"
import { type Bucket, lengthFor, lengthText, merge } from "./buckets.js"
import { find, h } from "./dom.js"
import { type Overlay, tradesIn } from "./overlay.js"
import { data, selected, trades } from "./state.js"
import type { Range } from "./zoom.js"

/** What the price chart shows: which symbol, how much of it, and what that comes to in candles and trades. */

interface View {
  /** Index of the symbol. */
  symbol: number
  /** Empty: all of them. */
  strategy: string
  prices: Prices | undefined
  interval: number
  range: Range
  /** What is drawn of it: candles merged to `length`, prices between the bounds, and the trades. */
  buckets: ReadonlyArray<Bucket>
  length: number
  bounds: readonly [low: number, high: number]
  overlay: Overlay | undefined
}

/** All of the frame. */
export const whole: Range = { from: data.start, to: data.end }
export const minute = 60_000
export const view: View = {
  symbol: 0,
  strategy: "",
  prices: undefined,
  interval: minute,
  range: whole,
  buckets: [],
  length: minute,
  bounds: [0, 1],
  overlay: undefined
}

/** A price of the symbol in view. */
export const price = (value: number): string => Format.price(value, data.symbols[view.symbol].decimals)

/** Prices of the axis: no more places than its steps tell apart. */
export const axisPrice = (value: number): string => {
  const [low, high] = view.bounds
  const step = (high - low) / 10
  const places = step > 0 ? Math.max(0, Math.ceil(-Math.log10(step))) : 2
  return Format.money(value, Math.min(places, data.symbols[view.symbol].decimals))
}

/** Least and greatest price in view, the levels of the chosen trade included. */
const bounds = (indices: ReadonlyArray<number>, lane: boolean): readonly [number, number] => {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  const include = (value: number): void => {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  for (const bucket of view.buckets) {
    include(bucket.low)
    include(bucket.high)
  }
  for (const i of indices) {
    if (view.prices === undefined) {
      include(trades.priceOpen[i])
      include(trades.priceClose[i])
    }
    // zoomed into the middle of a trade, its levels are too far off
    const inView = (view.range.to - view.range.from) * 2 > trades.closedAt[i] - trades.pendingAt[i]
    if (i !== selected() || !inView) continue
    include(trades.priceTakeProfit[i])
    include(trades.priceStopLoss[i])
  }
  if (low > high) return [0, 1]
  const room = (high - low || high * 0.01) * 0.06
  // the bars of the lane stand on the floor, below the candles
  const floor = lane ? (high - low) * 0.2 : 0
  return [low - room - floor, high + room]
}

/** What the candles are, and how many trades there are to see. */
export const describe = (bucket = view.buckets.at(-1)): void => {
  const { interval, length, overlay } = view
  const line = find("ohlc")
  if (line === undefined) return
  const merged =
    length > interval
      ? `${lengthText(length)} candles, merged from ${lengthText(interval)}`
      : `${lengthText(length)} candles`
  const ohlc =
    bucket === undefined
      ? []
      : [
          Format.time(bucket.at),
          `O ${price(bucket.open)}`,
          `H ${price(bucket.high)}`,
          `L ${price(bucket.low)}`,
          `C ${price(bucket.close)}`,
          Format.percent(100 * (bucket.close / bucket.open - 1))
        ]
  const what = view.prices === undefined ? [] : [merged]
  const crowd =
    overlay?.mode === "lane"
      ? [`${Format.plural(overlay.indices.length, "trade")} in view as bars: zoom in to see each`]
      : []
  line.replaceChildren(...[...ohlc, ...what, ...crowd].map((text) => h("span", { text })))
}

/** Without candles there is room for more trades. */
const mostWithoutCandles = 2000

/** How trades are drawn: with their levels, as marks, or counted. */
const modeOf = (count: number, width: number): Overlay["mode"] => {
  if (count <= width / 18) return "bands"
  return count <= (view.prices === undefined ? mostWithoutCandles : width / 4.5) ? "marks" : "lane"
}

/** Works out what there is to draw on a plot of that many pixels. */
export const compute = (width: number): Overlay => {
  const { interval, prices, range, strategy, symbol } = view
  const indices = tradesIn(range, symbol, strategy)
  const mode = modeOf(indices.length, width)
  view.length = lengthFor(interval, Math.max(1, range.to - range.from), Math.max(40, Math.floor(width / 4)))
  view.buckets = prices === undefined ? [] : merge(prices, range.from, range.to, view.length)
  view.bounds = bounds(indices, mode === "lane")
  // a trade is booked at its candle's opening: marks stand in the middle of that candle
  view.overlay = { indices, mode, range, shift: interval / 2, selected: selected(), width }
  return view.overlay
}
