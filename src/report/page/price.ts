import * as Format from "../format.js"
import { intervalOf, lengthFor, merge } from "./buckets.js"
import { candlesOf } from "./candles.js"
import {
  apply,
  axisStyle,
  base,
  type Chart,
  type Instance,
  instanceOf,
  isNarrow,
  mount,
  sliderStyle,
  timeAxis,
  tooltipStyle
} from "./charts.js"
import { button, controls, find, perFrame, select } from "./dom.js"
import { choose, data, filterRuns, onSelect, strategyOf, symbolIndexOf, trades } from "./state.js"
import type { Palette } from "./theme.js"
import { card } from "./trade.js"
import { laneSeries, overlaySeries } from "./overlay.js"
import { axisPrice, compute, describe, minute, price, view, whole } from "./view.js"
import { wheelOnceClicked, onZoom, type Range, zoomTo } from "./zoom.js"

/** The price chart: candles merged to what fits, every candle once zoomed in, and the trades on them. */

let instance: Instance | undefined
let colors: Palette

const plotWidth = (on: Instance): number => on.getWidth() - (isNarrow(on) ? 66 : 88)

const seriesOf = (on: Instance) => {
  const width = plotWidth(on)
  const overlay = compute(width)
  const { bounds, buckets, length, range } = view
  const [min, max] = bounds
  const barWidth = Math.max(1, Math.min(24, (width * length * 0.72) / Math.max(1, range.to - range.from)))
  describe()
  return {
    yAxis: [{ id: "price", min, max }],
    series: [
      {
        id: "candles",
        type: "candlestick",
        barWidth,
        silent: true,
        z: 2,
        itemStyle: {
          color: `${colors.gain}cc`,
          color0: `${colors.loss}cc`,
          borderColor: colors.gain,
          borderColor0: colors.loss,
          borderWidth: 1
        },
        tooltip: { show: false },
        data: buckets.map(({ at, close, high, low, open }) => [at + length / 2, open, close, low, high])
      } as const,
      overlaySeries(overlay, colors),
      ...laneSeries(overlay, colors)
    ]
  }
}

const refresh = perFrame(() => {
  if (instance !== undefined) apply(instance, seriesOf(instance), false)
})

/** The whole period as a line, behind the slider. */
const overview = (): ReadonlyArray<[number, number]> => {
  if (view.prices === undefined) return []
  const long = lengthFor(view.interval, data.end - data.start, 400)
  return merge(view.prices, data.start, data.end, long).map(({ at, close }) => [at, close])
}

const draw = (on: Instance): void => {
  const narrow = isNarrow(on)
  const left = narrow ? 8 : 12
  const right = narrow ? 58 : 76
  const axis = axisStyle(colors)
  const time = timeAxis(colors, () => view.range.to - view.range.from)
  const { series, yAxis } = seriesOf(on)
  apply(on, {
    ...base(colors),
    grid: [
      { left, right, top: 8, bottom: 84, outerBoundsMode: "none" },
      { left, right, height: 40, bottom: 6, outerBoundsMode: "none" }
    ],
    axisPointer: { lineStyle: { color: colors.muted, type: [3, 3] }, label: { backgroundColor: colors.muted } },
    xAxis: [
      {
        ...time,
        gridIndex: 0,
        axisPointer: {
          show: true,
          snap: false,
          triggerTooltip: false,
          label: { show: !narrow, formatter: ({ value }) => Format.time(Number(value)) }
        }
      },
      { ...time, gridIndex: 1, axisLabel: { show: false }, axisPointer: { show: false } }
    ],
    yAxis: [
      {
        ...axis,
        ...yAxis[0],
        type: "value",
        position: "right",
        gridIndex: 0,
        splitNumber: narrow ? 5 : 7,
        axisLabel: { ...axis.axisLabel, formatter: axisPrice, showMinLabel: false, showMaxLabel: false },
        axisPointer: {
          show: true,
          snap: false,
          triggerTooltip: false,
          label: { formatter: ({ value }) => price(Number(value)) }
        }
      },
      { type: "value", gridIndex: 1, scale: true, show: false },
      { type: "value", gridIndex: 0, show: false, min: 0, max: ({ max }) => Math.max(1, max) * 5 }
    ],
    tooltip: { ...tooltipStyle(colors), trigger: "item" },
    dataZoom: [
      {
        id: "inside",
        type: "inside",
        zoomOnMouseWheel: "ctrl",
        xAxisIndex: 0,
        filterMode: "none",
        moveOnMouseWheel: false,
        preventDefaultMouseMove: false,
        minValueSpan: view.interval * 12,
        startValue: view.range.from,
        endValue: view.range.to
      },
      { ...sliderStyle(colors), xAxisIndex: 0, left, right, bottom: 6, height: 40, minValueSpan: view.interval * 12 }
    ],
    series: [
      ...series,
      {
        id: "overview",
        type: "line",
        xAxisIndex: 1,
        yAxisIndex: 1,
        silent: true,
        showSymbol: false,
        lineStyle: { color: colors.muted, width: 1, opacity: 0.7 },
        areaStyle: { color: colors.muted, opacity: 0.12 },
        tooltip: { show: false },
        data: [...overview()]
      }
    ]
  })
}

/** Follows the pointer with the candle under it. */
const onPointer = (event: unknown): void => {
  const axes: unknown = Reflect.get(Object(event), "axesInfo")
  const first: unknown = Array.isArray(axes)
    ? axes.find((axis) => Reflect.get(Object(axis), "axisDim") === "x")
    : undefined
  const at: unknown = first === undefined ? undefined : Reflect.get(Object(first), "value")
  describe(typeof at === "number" ? view.buckets.findLast((bucket) => bucket.at <= at) : undefined)
}

/** Shows another symbol; the range in view stays. */
const show = async (symbol: number): Promise<void> => {
  const prices = await candlesOf(symbol)
  view.symbol = symbol
  view.prices = prices
  view.interval = prices === undefined ? minute : intervalOf(prices)
  if (instance !== undefined) draw(instance)
}

const clamp = (from: number, to: number): Range => {
  const span = Math.min(to - from, data.end - data.start)
  const start = Math.min(Math.max(from, data.start), data.end - span)
  return { from: start, to: start + span }
}

/** Brings a trade into view with some market around it. */
const focus = async (trade: number): Promise<void> => {
  const symbol = symbolIndexOf(trade)
  if (symbol !== view.symbol || (view.prices === undefined && data.symbols[symbol].candles !== null)) await show(symbol)
  if (view.strategy !== "" && view.strategy !== strategyOf(trade)) view.strategy = ""
  syncControls()
  const [from, to] = [trades.pendingAt[trade], trades.closedAt[trade]]
  const room = Math.max((to - from) * 0.8, view.interval * 30)
  if (instance === undefined) return
  zoomTo(instance, clamp(from - room, to + room))
  draw(instance)
}

let syncControls = (): void => {}

const setUpControls = (): void => {
  const symbols = select(
    "Symbol of the chart",
    data.symbols.map(({ symbol }, i) => [String(i), symbol]),
    (value) => void show(Number(value))
  )
  const strategies = select(
    "Strategy of the trades shown",
    [["", "All strategies"], ...data.strategies.map((name) => [name, name] as const)],
    (value) => {
      view.strategy = value
      refresh()
    }
  )
  syncControls = () => {
    symbols.value = String(view.symbol)
    strategies.value = view.strategy
  }
  const zoomBy = (factor: number): void => {
    const { from, to } = view.range
    const middle = (from + to) / 2
    const half = Math.max(((to - from) / 2) * factor, view.interval * 6)
    if (instance !== undefined) zoomTo(instance, clamp(middle - half, middle + half))
  }
  controls("price").append(
    ...(data.symbols.length > 1 ? [symbols] : []),
    ...(data.strategies.length > 1 ? [strategies] : []),
    button("−", "Zoom out", () => zoomBy(2)),
    button("+", "Zoom in", () => zoomBy(0.5)),
    button("All", "The whole period", () => {
      if (instance !== undefined) zoomTo(instance, whole)
    })
  )
}

const chart: Chart = {
  start: (started) => {
    instance = started
    setUpControls()
    wheelOnceClicked(started)
    onZoom(started, whole, (range) => {
      view.range = range
      refresh()
    })
    started.on("updateAxisPointer", onPointer)
    started.on("click", ({ data: clicked, seriesId }) => {
      if (seriesId === "trades" && Array.isArray(clicked)) choose(Number(clicked[1]))
    })
    void show(0)
  },
  draw: (drawn, now) => {
    colors = now
    draw(drawn)
  },
  resized: (resized) => draw(resized)
}

/** The chart, and the card of the trade that is looked at. */
export const setUpPrice = (): void => {
  mount("chart-price", chart)
  onSelect((trade) => {
    find("trade")?.replaceChildren(...(trade === undefined ? [] : [card(trade)]))
    if (instanceOf("chart-price") === undefined) return
    if (trade === undefined) refresh()
    else void focus(trade)
  })
}

/** Shows a run: its symbol and strategy in the chart, its trades in the table. */
export const showRun = (symbol: string, strategy: string): void => {
  filterRuns({ symbol, strategy })
  if (instanceOf("chart-price") === undefined) return
  view.strategy = strategy
  void show(data.symbols.findIndex((one) => one.symbol === symbol)).then(() => syncControls())
}
