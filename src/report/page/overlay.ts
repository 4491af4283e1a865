import type { BarSeriesOption, CustomSeriesOption, CustomSeriesRenderItemReturn } from "echarts"
import * as Format from "../format.js"
import { indexFrom, lengthFor } from "./buckets.js"
import { itemOf } from "./charts.js"
import { h } from "./dom.js"
import { data, decimalsOf, strategyOf, symbolIndexOf, tradeCount, trades } from "./state.js"
import type { Palette } from "./theme.js"
import type { Range } from "./zoom.js"

/** Trades on the price chart: with their levels while they are few, as marks while there is room, else counted. */

export interface Overlay {
  readonly indices: ReadonlyArray<number>
  readonly mode: "bands" | "marks" | "lane"
  readonly range: Range
  /** From a candle's opening to its middle. */
  readonly shift: number
  readonly selected: number | undefined
  /** Of the plot, pixels. */
  readonly width: number
}

/** Trades by the time they opened, for each symbol, and the longest any of them lived. */
const bySymbol = data.symbols.map((_, symbol) => {
  const indices = Array.from({ length: tradeCount }, (_, i) => i)
    .filter((i) => symbolIndexOf(i) === symbol)
    .toSorted((a, b) => trades.pendingAt[a] - trades.pendingAt[b])
  const opened = indices.map((i) => trades.pendingAt[i])
  const longest = indices.reduce((most, i) => Math.max(most, trades.closedAt[i] - trades.pendingAt[i]), 0)
  return { indices, opened, longest }
})

/** Trades of a symbol that lived in a range. */
export const tradesIn = ({ from, to }: Range, symbol: number, strategy: string): ReadonlyArray<number> => {
  const { indices, longest, opened } = bySymbol[symbol]
  const first = indexFrom(opened, opened.length, from - longest)
  const last = indexFrom(opened, opened.length, to)
  return indices
    .slice(first, last)
    .filter((i) => trades.closedAt[i] >= from && (strategy === "" || strategyOf(i) === strategy))
}

export const toneOf = (pnl: number, colors: Palette): string =>
  pnl > 0 ? colors.gain : pnl < 0 ? colors.loss : colors.muted

type Group = Extract<CustomSeriesRenderItemReturn, { readonly type: "group" }>
type Shape = Group["children"][number]
type Point = [x: number, y: number]

const line = (points: Array<Point>, stroke: string, width: number, dash: Array<number> = []): Shape => ({
  type: "polyline",
  shape: { points },
  style: { stroke, fill: "none", lineWidth: width, ...(dash.length === 0 ? {} : { lineDash: dash }) }
})

const rect = ([x1, y1]: Point, [x2, y2]: Point, fill: string): Shape => ({
  type: "rect",
  shape: { x: Math.min(x1, x2), y: Math.min(y1, y2), width: Math.max(1, Math.abs(x2 - x1)), height: Math.abs(y2 - y1) },
  style: { fill }
})

const polygon = (points: Array<Point>, fill: string, stroke: string): Shape => ({
  type: "polygon",
  shape: { points },
  style: { fill, stroke, lineWidth: 1.5 },
  z2: 5
})

/** A triangle that points the way of the trade, its tip at the entry. */
const arrow = (position: string, [x, y]: Point, size: number, fill: string, stroke: string): Shape => {
  const d = position === "long" ? 1 : -1
  return polygon(
    [
      [x, y + d],
      [x - size, y + d * size * 1.9],
      [x + size, y + d * size * 1.9]
    ],
    fill,
    stroke
  )
}

const circle = ([cx, cy]: Point, r: number, fill: string, stroke: string): Shape => ({
  type: "circle",
  shape: { cx, cy, r },
  style: { fill, stroke, lineWidth: 1.5 },
  z2: 6
})

/** A stop's way: at its first price until a rule moved it, and so on to the close. */
const stopPath = (i: number, at: (time: number, price: number) => Point): Array<Point> => {
  let price = trades.priceStopLoss[i]
  const path: Array<Point> = [at(trades.pendingAt[i], price)]
  for (const move of trades.stops[i]) {
    path.push(at(move.at, price), at(move.at, move.price))
    price = move.price
  }
  path.push(at(trades.closedAt[i], price))
  return path
}

const levels = (
  i: number,
  colors: Palette,
  at: (time: number, price: number) => Point,
  strong: boolean
): Array<Shape> => {
  const [from, to] = [trades.pendingAt[i], trades.closedAt[i]]
  const start = at(from, trades.priceOpen[i])
  const profit = at(to, trades.priceTakeProfit[i])
  const stop = at(to, trades.priceStopLoss[i])
  const alpha = strong ? "38" : "1f"
  return [
    rect(start, profit, colors.gain + alpha),
    rect(start, stop, colors.loss + alpha),
    line([at(from, trades.priceTakeProfit[i]), profit], colors.gain, strong ? 1.5 : 1),
    line(stopPath(i, at), colors.loss, strong || trades.stops[i].length > 0 ? 1.5 : 1),
    ...trades.partials[i].map(({ at: when, price, side }) =>
      circle(at(when, price), strong ? 3 : 2, side === "profit" ? colors.gain : colors.loss, "transparent")
    )
  ]
}

const shapes = (
  i: number,
  overlay: Overlay,
  colors: Palette,
  at: (time: number, price: number) => Point
): Array<Shape> => {
  const strong = i === overlay.selected
  // beside a chosen trade the others step back
  const banded = strong || (overlay.mode === "bands" && overlay.selected === undefined)
  const tone = toneOf(trades.pnlPercent[i], colors)
  const entry = at(trades.pendingAt[i], trades.priceOpen[i])
  const exit = at(trades.closedAt[i], trades.priceClose[i])
  const size = strong ? 6 : banded ? 5 : 3.5
  return [
    ...(banded ? levels(i, colors, at, strong) : []),
    line([entry, exit], tone, strong ? 2 : 1.25, banded ? [4, 3] : []),
    arrow(trades.position[i], entry, size, colors.accent, banded ? colors.card : "none"),
    circle(exit, banded ? size - 1 : 2.5, tone, banded ? colors.card : "none")
  ]
}

const tooltip = (i: number): HTMLElement => {
  const price = (value: number): string => Format.price(value, decimalsOf(i))
  const pnl = trades.pnlPercent[i]
  return h(
    "div",
    {},
    h(
      "p",
      { class: "when" },
      `${trades.position[i]} · ${strategyOf(i)} `,
      h("b", { class: pnl > 0 ? "gain" : pnl < 0 ? "loss" : "", text: Format.percent(pnl) })
    ),
    h("p", { text: `${Format.time(trades.pendingAt[i])} at ${price(trades.priceOpen[i])}` }),
    h("p", {
      text: `${Format.time(trades.closedAt[i])} at ${price(trades.priceClose[i])}, ${trades.reason[i].replaceAll("_", " ")}`
    })
  )
}

/** One element per trade. */
export const overlaySeries = (overlay: Overlay, colors: Palette): CustomSeriesOption => {
  const drawn = overlay.mode === "lane" ? overlay.indices.filter((i) => i === overlay.selected) : overlay.indices
  return {
    id: "trades",
    type: "custom",
    clip: true,
    z: 4,
    encode: { x: 0, tooltip: [] },
    tooltip: {
      formatter: (params) => {
        const { data } = itemOf(params)
        return Array.isArray(data) ? tooltip(Number(data[1])) : ""
      }
    },
    renderItem: (_, api) => {
      const i = Number(api.value(1))
      const at = (time: number, price: number): Point => {
        const [x, y] = api.coord([time + overlay.shift, price])
        return [x, y]
      }
      return { type: "group", children: shapes(i, overlay, colors, at) }
    },
    data: drawn.map((i) => [trades.pendingAt[i], i])
  }
}

/** Wins and losses by the stretch of time in which they closed, at the foot of the chart. */
export const laneSeries = (
  { indices, mode, range, width }: Overlay,
  colors: Palette
): ReadonlyArray<BarSeriesOption> => {
  const millis = range.to - range.from
  const length = lengthFor(60_000, millis, Math.max(20, Math.floor(width / 10)))
  const counts = new Map<number, [wins: number, losses: number]>()
  for (const i of mode === "lane" ? indices : []) {
    const at = Math.floor(trades.closedAt[i] / length) * length
    const count = counts.get(at) ?? [0, 0]
    counts.set(at, count)
    if (trades.pnlPercent[i] > 0) count[0]++
    else count[1]++
  }
  const series = (id: string, side: 0 | 1, color: string): BarSeriesOption => ({
    id,
    type: "bar",
    stack: "lane",
    yAxisIndex: 2,
    silent: true,
    z: 1,
    barWidth: Math.max(1, (width * length * 0.8) / millis),
    itemStyle: { color, opacity: 0.45 },
    tooltip: { show: false },
    data: [...counts].map(([at, count]) => [at + length / 2, count[side]])
  })
  return [series("wins", 0, colors.gain), series("losses", 1, colors.loss)]
}
