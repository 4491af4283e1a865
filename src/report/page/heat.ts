import { conventions, type Metric, metrics } from "../../engine/statistics/conventions.js"
import * as Format from "../format.js"
import { tintOf } from "../html/labels.js"
import { controls, find, h, select } from "./dom.js"
import { showRun } from "./price.js"
import { data } from "./state.js"

/** Symbols × strategies: one metric of each run as a grid. */

const first: ReadonlyArray<Metric> = [
  "totalReturn",
  "totalPnl",
  "sharpeRatio",
  "profitFactor",
  "winRate",
  "maxDrawdown",
  "totalSignals",
  "avgPnl"
]

/** Where a metric is neither good nor bad. */
const middle: Readonly<Partial<Record<Metric, number>>> = { winRate: 50, profitFactor: 1, certaintyRatio: 1, omega: 1 }
/** Metrics of which less is better. */
const adverse: ReadonlySet<Metric> = new Set<Metric>([
  "maxDrawdown",
  "maxDrawdownDays",
  "lossCount",
  "lossStreak",
  "ulcerIndex",
  "stdDev",
  "volatility",
  "ambiguous"
])

/** How good a value is: above 0 green, below red. */
const goodness = (metric: Metric, value: number): number =>
  adverse.has(metric) ? -value : value - (middle[metric] ?? 0)

const cellOf = (symbol: string, strategy: string, metric: Metric, strongest: number): HTMLElement => {
  const run = data.runs.find((run) => run.symbol === symbol && run.strategy === strategy)
  if (run === undefined) return h("td", { class: "empty" })
  const value = run.statistics[metric]
  const tint = value === null ? "t0" : tintOf(goodness(metric, value), strongest)
  const cell = h("button", {
    text: Format.metric(metric, value),
    attributes: { type: "button", "aria-label": `${symbol}, ${strategy}: ${Format.metric(metric, value)}` },
    on: {
      click: () => {
        showRun(symbol, strategy)
        find("trades")?.scrollIntoView({ behavior: "smooth" })
      }
    }
  })
  return h("td", { class: tint }, cell)
}

const pooled = (metric: Metric): HTMLElement =>
  h("p", { class: "note" }, "All together: ", h("b", { text: Format.metric(metric, data.statistics[metric]) }))

const grid = (metric: Metric): HTMLElement => {
  const values = data.runs.flatMap(({ statistics }) => statistics[metric] ?? [])
  const strongest = Math.max(0, ...values.map((value) => Math.abs(goodness(metric, value))))
  return h(
    "div",
    { class: "scroll" },
    h(
      "table",
      { class: "heat" },
      h(
        "thead",
        {},
        h("tr", {}, h("th"), ...data.strategies.map((name) => h("th", { text: name, attributes: { scope: "col" } })))
      ),
      h(
        "tbody",
        {},
        ...data.symbols.map(({ symbol }) =>
          h(
            "tr",
            {},
            h("th", { text: symbol, attributes: { scope: "row" } }),
            ...data.strategies.map((strategy) => cellOf(symbol, strategy, metric, strongest))
          )
        )
      )
    )
  )
}

export const setUpHeat = (): void => {
  const place = find("heat-grid")
  if (place === undefined) return
  const offered = [...first, ...metrics.filter((metric) => !first.includes(metric))]
  const show = (metric: Metric): void => place.replaceChildren(grid(metric), pooled(metric))
  controls("heat").append(
    select(
      "Metric of the grid",
      offered.map((metric) => [metric, conventions[metric].label]),
      (value) => show(offered.find((metric) => metric === value) ?? offered[0])
    )
  )
  show(offered[0])
}
