import type { SeriesOption } from "echarts"
import * as Format from "../format.js"
import {
  apply,
  axisStyle,
  base,
  type Chart,
  type Instance,
  isNarrow,
  itemOf,
  mount,
  sliderStyle,
  timeAxis,
  tooltipStyle
} from "./charts.js"
import { addHold, type Curve, curves, holdName, lastUntil, visible } from "./curves.js"
import { button, controls, find, h, perFrame } from "./dom.js"
import { data, money } from "./state.js"
import type { Palette } from "./theme.js"
import { wheelOnceClicked, onZoom, type Range } from "./zoom.js"

/** Equity and drawdown: of the account, of each run, and of holding the market where there is one. */

const whole: Range = { from: data.start, to: data.end }

/** Money, or the gain since the start. */
const equityText = (value: number): string =>
  data.sized ? money(value) : Format.percent(100 * (value / data.equity.start - 1))

const axisText = (value: number): string => {
  if (!data.sized) return `${Number((100 * (value / data.equity.start - 1)).toPrecision(4))}%`
  return Math.abs(value) >= 1e6 ? `${Number((value / 1e6).toPrecision(5))}M` : Format.count(value)
}

let log = false
let range = whole

/** Six runs are told apart at a glance; more begin hidden. */
const hidden = new Set(curves.length > 7 ? curves.slice(1) : [])
const shown = (): ReadonlyArray<Curve> => curves.filter((curve) => !hidden.has(curve))

const colorOf = (curve: Curve, colors: Palette): string => {
  if (curve.name === holdName) return colors.muted
  const index = curves.indexOf(curve)
  return index === 0 ? colors.accent : colors.series[(index - 1) % colors.series.length]
}

const seriesOf = (curve: Curve, colors: Palette): ReadonlyArray<SeriesOption> => {
  const color = colorOf(curve, colors)
  const main = curve === curves[0]
  const shared = {
    type: "line",
    name: curve.name,
    showSymbol: false,
    silent: true,
    color,
    step: curve.step ? "end" : false
  } as const
  const equity: SeriesOption = {
    ...shared,
    id: `equity-${curves.indexOf(curve)}`,
    z: main ? 3 : 2,
    lineStyle: { color, width: main ? 2 : 1.25, type: curve.name === holdName ? [4, 3] : "solid" },
    data: visible(curve.times, curve.equity, range)
  }
  if (curve.drawdown === undefined) return [equity]
  const drawdown: SeriesOption = {
    ...shared,
    id: `drawdown-${curves.indexOf(curve)}`,
    xAxisIndex: 1,
    yAxisIndex: 1,
    z: main ? 3 : 2,
    color,
    lineStyle: { color: main ? colors.loss : color, width: main ? 1.25 : 1 },
    ...(main ? { areaStyle: { color: colors.loss, opacity: 0.18 } } : {}),
    data: visible(curve.times, curve.drawdown, range)
  }
  return [equity, drawdown]
}

/** The series of the curves that are shown. */
const drawn = (colors: Palette): Array<SeriesOption> => shown().flatMap((curve) => [...seriesOf(curve, colors)])

/** The curves by name: tap to show or hide. */
const legend = (colors: Palette, changed: () => void): HTMLElement =>
  h(
    "div",
    { class: "legend" },
    ...curves.map((curve) => {
      const dot = h("i", { class: "dot" })
      dot.style.background = colorOf(curve, colors)
      const on = !hidden.has(curve)
      const toggle = (): void => {
        if (on) hidden.add(curve)
        else hidden.delete(curve)
        changed()
      }
      return h(
        "button",
        { attributes: { type: "button", "aria-pressed": String(on) }, on: { click: toggle } },
        dot,
        curve.name
      )
    })
  )

const tooltip = (instant: number, colors: Palette): HTMLElement => {
  const rows = shown().map((curve) => {
    const i = Math.max(0, lastUntil(curve.times, instant))
    const dot = h("i", { class: "dot" })
    dot.style.background = colorOf(curve, colors)
    const fall = curve.drawdown === undefined ? "" : Format.share(curve.drawdown[i])
    return h(
      "tr",
      {},
      h("th", {}, dot, curve.name),
      h("td", { text: equityText(curve.equity[i]) }),
      h("td", { class: "fall", text: fall })
    )
  })
  return h("div", {}, h("p", { class: "when", text: `${Format.time(instant)} UTC` }), h("table", {}, ...rows))
}

const draw = (instance: Instance, colors: Palette): void => {
  const narrow = isNarrow(instance)
  const right = narrow ? 56 : 72
  const left = narrow ? 8 : 12
  const axis = axisStyle(colors)
  const time = timeAxis(colors, () => range.to - range.from)
  apply(instance, {
    ...base(colors),
    grid: [
      { left, right, top: 8, bottom: "38%", outerBoundsMode: "none" },
      { left, right, top: "66%", bottom: 56, outerBoundsMode: "none" }
    ],
    axisPointer: { link: [{ xAxisIndex: [0, 1] }], lineStyle: { color: colors.muted, type: [3, 3] } },
    xAxis: [
      { ...time, gridIndex: 0, axisLabel: { show: false } },
      { ...time, gridIndex: 1 }
    ],
    yAxis: [
      {
        ...axis,
        type: log ? "log" : "value",
        scale: true,
        position: "right",
        gridIndex: 0,
        splitNumber: narrow ? 4 : 6,
        axisLabel: { ...axis.axisLabel, formatter: axisText }
      },
      {
        ...axis,
        type: "value",
        max: 0,
        position: "right",
        gridIndex: 1,
        splitNumber: 2,
        axisLabel: { ...axis.axisLabel, formatter: "{value}%" }
      }
    ],
    tooltip: {
      ...tooltipStyle(colors),
      trigger: "axis",
      formatter: (params) => {
        const { axisValue } = itemOf(params)
        return typeof axisValue === "number" ? tooltip(axisValue, colors) : ""
      }
    },
    dataZoom: [
      {
        id: "inside",
        type: "inside",
        xAxisIndex: [0, 1],
        filterMode: "none",
        zoomOnMouseWheel: "ctrl",
        moveOnMouseWheel: false,
        preventDefaultMouseMove: false,
        startValue: range.from,
        endValue: range.to
      },
      { ...sliderStyle(colors), xAxisIndex: [0, 1], left, right, bottom: 8, height: 20 }
    ],
    series: drawn(colors)
  })
}

const chart = (): Chart => {
  let colors: Palette
  let instance: Instance
  const place = h("div")
  find("chart-equity")?.before(place)
  const drawAll = (on: Instance): void => {
    draw(on, colors)
    place.replaceChildren(...(curves.length > 1 ? [legend(colors, () => drawAll(on))] : []))
  }
  const refresh = perFrame(() => apply(instance, { series: drawn(colors) }, false))
  return {
    start: (started) => {
      instance = started
      wheelOnceClicked(started)
      onZoom(started, whole, (next) => {
        range = next
        refresh()
      })
      controls("equity").append(
        button("Log", "Logarithmic scale", () => {
          log = !log
          drawAll(instance)
        }),
        button("All", "The whole period", () => {
          instance.dispatchAction({ type: "dataZoom", dataZoomIndex: 0, start: 0, end: 100 })
        })
      )
      void addHold().then((added) => (added ? drawAll(instance) : undefined))
    },
    draw: (on, now) => {
      colors = now
      drawAll(on)
    },
    resized: drawAll
  }
}

export const setUpEquity = (): void => mount("chart-equity", chart())
