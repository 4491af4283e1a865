import * as Format from "../format.js"
import { apply, axisStyle, base, type Instance, itemOf, mount, tooltipStyle } from "./charts.js"
import { h } from "./dom.js"
import { data, runName } from "./state.js"
import type { Palette } from "./theme.js"

/** How the trades are distributed, and how sure their total is. */

const { counts, from, width } = data.histogram

/** Edge of a bin without the digits that floats add. */
const edge = (bin: number): number => Number((from + bin * width).toPrecision(12))
const places = Math.max(0, -Math.floor(Math.log10(width)))
const percentText = (value: number): string => `${Format.fixed(value, places)}%`

const drawDistribution = (instance: Instance, colors: Palette): void => {
  const axis = axisStyle(colors)
  const mean = data.statistics.avgPnl
  apply(instance, {
    ...base(colors),
    grid: { left: 44, right: 14, top: 26, bottom: 26 },
    xAxis: {
      ...axis,
      type: "value",
      min: edge(0),
      max: edge(counts.length),
      splitLine: { show: false },
      axisLabel: { ...axis.axisLabel, formatter: "{value}%", showMinLabel: false, showMaxLabel: false }
    },
    yAxis: { ...axis, type: "value", minInterval: 1, splitNumber: 4 },
    tooltip: {
      ...tooltipStyle(colors),
      trigger: "item",
      formatter: (params) => {
        const { index: dataIndex } = itemOf(params)
        return h(
          "div",
          {},
          h("p", { class: "when", text: `${percentText(edge(dataIndex))} to ${percentText(edge(dataIndex + 1))}` }),
          h("p", { text: Format.plural(counts[dataIndex], "trade") })
        )
      }
    },
    series: [
      {
        type: "custom",
        encode: { x: 0, y: 1 },
        renderItem: (_, api) => {
          const bin = Number(api.value(2))
          const count = Number(api.value(1))
          const [left, top] = api.coord([edge(bin), count])
          const [right, bottom] = api.coord([edge(bin + 1), 0])
          const gap = right - left > 4 ? 1 : 0
          return {
            type: "rect",
            shape: {
              x: left + gap / 2,
              y: top,
              width: Math.max(1, right - left - gap),
              height: bottom - top,
              r: [2, 2, 0, 0]
            },
            style: { fill: edge(bin) >= 0 ? colors.gain : colors.loss, opacity: 0.85 },
            emphasis: { style: { opacity: 1 } }
          }
        },
        markLine: {
          silent: true,
          symbol: "none",
          label: { color: colors.text, fontSize: 11, formatter: "{b}" },
          data: [
            { name: "", xAxis: 0, lineStyle: { color: colors.muted, type: "solid", width: 1 } },
            ...(mean === null
              ? []
              : [
                  {
                    name: `mean ${Format.percent(mean)}`,
                    xAxis: mean,
                    lineStyle: { color: colors.text, type: [4, 3], width: 1.25 }
                  }
                ])
          ]
        },
        data: counts.map((count, bin) => [edge(bin) + width / 2, count, bin])
      }
    ]
  })
}

/** More runs than these would not be legible one under the other. */
const mostRuns = 12

const rows = [
  { name: "All trades", statistics: data.statistics },
  ...(data.runs.length > 1 && data.runs.length <= mostRuns
    ? data.runs.map(({ statistics }, run) => ({ name: runName(run), statistics }))
    : [])
].toReversed()

const drawInterval = (instance: Instance, colors: Palette): void => {
  const axis = axisStyle(colors)
  const totals = rows.map(({ statistics }) => statistics.totalPnl ?? 0)
  apply(instance, {
    ...base(colors),
    grid: { left: 8, right: 26, top: 8, bottom: 26, containLabel: true },
    xAxis: { ...axis, type: "value", axisLabel: { ...axis.axisLabel, formatter: "{value}%" } },
    yAxis: {
      ...axis,
      type: "category",
      data: rows.map(({ name }) => name),
      splitLine: { show: false },
      axisLabel: { color: colors.text, fontSize: 11, width: 150, overflow: "truncate" }
    },
    tooltip: {
      ...tooltipStyle(colors),
      trigger: "axis",
      axisPointer: { type: "shadow" },
      formatter: (params) => {
        const { index: dataIndex } = itemOf(params)
        const { name, statistics } = rows[dataIndex]
        return h(
          "div",
          {},
          h("p", { class: "when", text: name }),
          h("p", { text: `total ${Format.percent(statistics.totalPnl)}` }),
          h("p", { text: `between ${statistics.pnlInterval.map(Format.percent).join(" and ")}` }),
          h("p", {
            text: `${Format.count(statistics.ambiguous)} of ${Format.plural(statistics.totalSignals, "trade")} ambiguous`
          })
        )
      }
    },
    series: [
      {
        type: "bar",
        barMaxWidth: 22,
        data: totals.map((total) => ({
          value: total,
          itemStyle: { color: total >= 0 ? colors.gain : colors.loss, opacity: 0.85, borderRadius: 3 }
        }))
      },
      {
        type: "custom",
        encode: { x: [1, 2], y: 0 },
        z: 5,
        silent: true,
        renderItem: (_, api) => {
          const row = Number(api.value(0))
          const low = api.coord([Number(api.value(1)), row])
          const high = api.coord([Number(api.value(2)), row])
          const stroke = { stroke: colors.text, lineWidth: 1.5 }
          const bar = ([x, y]: ReadonlyArray<number>) => ({
            type: "line" as const,
            shape: { x1: x, x2: x, y1: y - 7, y2: y + 7 },
            style: stroke
          })
          const between = {
            type: "line" as const,
            shape: { x1: low[0], x2: high[0], y1: low[1], y2: high[1] },
            style: stroke
          }
          return { type: "group", children: [between, bar(low), bar(high)] }
        },
        data: rows.flatMap(({ statistics: { ambiguous, pnlInterval } }, row) =>
          ambiguous === 0 ? [] : [[row, ...pnlInterval]]
        )
      }
    ]
  })
}

export const setUpDistribution = (): void => {
  mount("chart-distribution", { draw: drawDistribution })
  mount("chart-interval", { draw: drawInterval })
}
