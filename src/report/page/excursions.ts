import type { ScatterSeriesOption } from "echarts"
import * as Format from "../format.js"
import { lengthText } from "./buckets.js"
import { apply, axisStyle, base, type Instance, itemOf, mount, timeAxis, tooltipStyle } from "./charts.js"
import { find, h } from "./dom.js"
import { choose, data, runName, tradeCount, trades } from "./state.js"
import type { Palette } from "./theme.js"

/** How far trades went before they closed, and how much of the time there was one. */

const everyTrade = Array.from({ length: tradeCount }, (_, i) => i)
const wins = everyTrade.filter((i) => trades.pnlPercent[i] > 0)
const others = everyTrade.filter((i) => !(trades.pnlPercent[i] > 0))

/** More marks than these are drawn as one picture. */
const large = 2000

const tradeTip = (i: number): HTMLElement =>
  h(
    "div",
    {},
    h("p", { class: "when", text: `${trades.position[i]} · ${runName(trades.run[i])}` }),
    h("p", { text: `MAE ${Format.percent(trades.mae[i])}, MFE ${Format.percent(trades.mfe[i])}` }),
    h("p", { text: `PnL ${Format.percent(trades.pnlPercent[i])}, ${Format.time(trades.closedAt[i])}` })
  )

const drawExcursions = (instance: Instance, colors: Palette): void => {
  const axis = axisStyle(colors)
  const scatter = (
    name: string,
    indices: ReadonlyArray<number>,
    color: string,
    symbol: string
  ): ScatterSeriesOption => ({
    type: "scatter",
    name,
    symbol,
    symbolSize: indices.length > large ? 3 : tradeCount > 300 ? 5 : 7,
    large: indices.length > large,
    largeThreshold: large,
    itemStyle: { color, opacity: indices.length > large ? 0.45 : 0.65 },
    data: indices.map((i) => [Math.abs(trades.mae[i]), trades.mfe[i], i])
  })
  apply(instance, {
    ...base(colors),
    legend: {
      top: 0,
      right: 0,
      itemWidth: 9,
      itemHeight: 9,
      textStyle: { color: colors.text },
      inactiveColor: colors.line
    },
    grid: { left: 48, right: 14, top: 30, bottom: 42 },
    xAxis: {
      ...axis,
      type: "value",
      min: 0,
      name: "against the entry (MAE)",
      nameLocation: "middle",
      nameGap: 26,
      axisLabel: { ...axis.axisLabel, formatter: "{value}%" }
    },
    yAxis: {
      ...axis,
      type: "value",
      min: 0,
      name: "in favour (MFE)",
      nameTextStyle: { ...axis.nameTextStyle, align: "left", padding: [0, 0, 0, -36] },
      axisLabel: { ...axis.axisLabel, formatter: "{value}%" }
    },
    tooltip: {
      ...tooltipStyle(colors),
      trigger: "item",
      formatter: (params) => {
        const { data } = itemOf(params)
        return Array.isArray(data) ? tradeTip(Number(data[2])) : ""
      }
    },
    series: [scatter("wins", wins, colors.gain, "circle"), scatter("losses", others, colors.loss, "triangle")]
  })
}

const { mean, most, slice, start } = data.exposure
const single = data.runs.length === 1

const exposureTip = (i: number): HTMLElement =>
  h(
    "div",
    {},
    h("p", { class: "when", text: `${Format.time(start + i * slice)}, ${lengthText(slice)}` }),
    h("p", {
      text: single
        ? `${Format.share(100 * mean[i])} of the time in a position`
        : `${Format.ratio(mean[i])} positions on average, at most ${Format.count(most[i])}`
    })
  )

const drawExposure = (instance: Instance, colors: Palette): void => {
  const axis = axisStyle(colors)
  const line = (values: ReadonlyArray<number>): Array<[number, number]> => [
    ...values.map((value, i): [number, number] => [start + i * slice, single ? 100 * value : value]),
    ...values.slice(-1).map((value): [number, number] => [data.end, single ? 100 * value : value])
  ]
  const shared = { type: "line", step: "end", showSymbol: false } as const
  apply(instance, {
    ...base(colors),
    legend: {
      show: !single,
      top: 0,
      right: 0,
      itemWidth: 14,
      itemHeight: 8,
      icon: "roundRect",
      textStyle: { color: colors.text }
    },
    grid: { left: 44, right: 14, top: single ? 14 : 30, bottom: 26 },
    xAxis: timeAxis(colors, () => data.end - data.start),
    yAxis: {
      ...axis,
      type: "value",
      min: 0,
      ...(single ? { max: 100 } : { minInterval: 1 }),
      axisLabel: { ...axis.axisLabel, formatter: single ? "{value}%" : "{value}" }
    },
    tooltip: {
      ...tooltipStyle(colors),
      trigger: "axis",
      formatter: (params) => {
        const { index } = itemOf(params)
        return exposureTip(Math.min(mean.length - 1, index))
      }
    },
    series: [
      {
        ...shared,
        name: "mean",
        color: colors.accent,
        lineStyle: { width: 1, color: colors.accent },
        areaStyle: { color: colors.accent, opacity: 0.25 },
        data: line(mean)
      },
      ...(single
        ? []
        : [
            {
              ...shared,
              name: "most",
              color: colors.muted,
              lineStyle: { width: 1, color: colors.muted },
              data: line(most)
            }
          ])
    ]
  })
}

export const setUpExcursions = (): void => {
  mount("chart-excursions", {
    draw: drawExcursions,
    start: (instance) =>
      instance.on("click", ({ data: clicked }) => {
        if (!Array.isArray(clicked)) return
        choose(Number(clicked[2]))
        find("chart")?.scrollIntoView({ behavior: "smooth" })
      })
  })
  mount("chart-exposure", { draw: drawExposure })
}
