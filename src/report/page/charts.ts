import { BarChart, CandlestickChart, CustomChart, LineChart, ScatterChart } from "echarts/charts"
import {
  AriaComponent,
  AxisPointerComponent,
  DataZoomComponent,
  GridComponent,
  LegendScrollComponent,
  MarkLineComponent,
  TooltipComponent
} from "echarts/components"
import * as echarts from "echarts/core"
import { CanvasRenderer } from "echarts/renderers"
import type { EChartsOption } from "echarts"
import * as Format from "../format.js"
import { monthNames } from "../html/labels.js"
import { find } from "./dom.js"
import { data } from "./state.js"
import { lightTheme, type Palette, palette } from "./theme.js"

/** Charts of the page: drawn when they come near the view, redrawn with the theme, fitted to their place and to paper. */

echarts.use([
  AriaComponent,
  AxisPointerComponent,
  BarChart,
  CandlestickChart,
  CanvasRenderer,
  CustomChart,
  DataZoomComponent,
  GridComponent,
  LegendScrollComponent,
  LineChart,
  MarkLineComponent,
  ScatterChart,
  TooltipComponent
])

export type Instance = echarts.ECharts
export type Option = EChartsOption

export interface Chart {
  /** Draws everything; called again when the theme changes. */
  readonly draw: (instance: Instance, colors: Palette) => void
  /** Called once, before the first drawing. */
  readonly start?: (instance: Instance) => void
  /** Called after its size changed. */
  readonly resized?: (instance: Instance) => void
}

interface Mounted {
  readonly element: HTMLElement
  readonly chart: Chart
  instance: Instance | undefined
}

const mounted: Array<Mounted> = []

const draw = (one: Mounted): Instance => {
  const first = one.instance === undefined
  const instance = (one.instance ??= echarts.init(one.element, null, { renderer: "canvas" }))
  if (first) {
    one.chart.start?.(instance)
    // tests look at a chart through its element
    Reflect.set(one.element, "chart", instance)
  }
  one.chart.draw(instance, palette())
  return instance
}

const seen = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      const one = mounted.find(({ element }) => element === target)
      if (!isIntersecting || one === undefined || one.instance !== undefined) continue
      seen.unobserve(target)
      draw(one)
    }
  },
  { rootMargin: "200px" }
)

const fit = (one: Mounted, size?: { readonly width: number; readonly height: number }): void => {
  one.instance?.resize(size ?? { width: "auto", height: "auto" })
  if (one.instance !== undefined) one.chart.resized?.(one.instance)
  // at once: there may be no next frame before the paper
  one.instance?.getZr().flush()
}

const fitted = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const one = mounted.find(({ element }) => element === target)
    if (one?.instance !== undefined && one.instance.getWidth() !== one.element.clientWidth) fit(one)
  }
})

/** Puts a chart into the element of that id, if the report has it. */
export const mount = (id: string, chart: Chart): void => {
  const element = find(id)
  if (element === undefined) return
  mounted.push({ element, chart, instance: undefined })
  seen.observe(element)
  fitted.observe(element)
}

/** Redraws what has been drawn. */
export const redraw = (): void => {
  for (const one of mounted) if (one.instance !== undefined) draw(one)
}

/** The drawn chart in an element; draws it if it was not in view yet. */
export const instanceOf = (id: string): Instance | undefined => {
  const one = mounted.find(({ element }) => element.id === id)
  return one === undefined ? undefined : (one.instance ?? draw(one))
}

/** Draws an option in place of what there was, or merges it into that. */
export const apply = (instance: Instance, option: Option, notMerge = true): void =>
  instance.setOption(option, { notMerge })

/** The data item a tooltip is about, and its index. */
export const itemOf = (
  params: unknown
): { readonly index: number; readonly data: unknown; readonly axisValue: unknown } => {
  const first: unknown = Object(Array.isArray(params) ? params[0] : params)
  const of = (name: string): unknown => (first instanceof Object ? Reflect.get(first, name) : undefined)
  return { index: Number(of("dataIndex")), data: of("data"), axisValue: of("axisValue") }
}

/** Width of the text on A4 in CSS pixels, beside the page's own margins and a card's. */
const paper = 676

/** The style sheet gives charts the same heights on paper. */
const sizeOnPaper = (element: HTMLElement): { readonly width: number; readonly height: number } => ({
  width: element.closest(".pair") === null ? paper : paper / 2 - 20,
  height: element.classList.contains("taller") ? 380 : element.classList.contains("tall") ? 340 : 220
})

export const setUpPrint = (): void => {
  let restore = (): void => {}
  addEventListener("beforeprint", () => {
    restore = lightTheme()
    for (const one of mounted) {
      draw(one)
      fit(one, sizeOnPaper(one.element))
    }
  })
  addEventListener("afterprint", () => {
    restore()
    for (const one of mounted) fit(one)
    redraw()
  })
}

/** What all charts share. */
export const base = (colors: Palette): Option => ({
  animation: false,
  useUTC: true,
  textStyle: { fontFamily: colors.font, color: colors.muted, fontSize: 11 },
  aria: { enabled: false }
})

export const axisStyle = (colors: Palette) =>
  ({
    axisLine: { show: false, lineStyle: { color: colors.line } },
    axisTick: { show: false },
    axisLabel: { color: colors.muted, fontSize: 11, hideOverlap: true },
    splitLine: { lineStyle: { color: colors.line, width: 1 } },
    nameTextStyle: { color: colors.muted, fontSize: 11 }
  }) as const

/** A time axis over the whole frame, of which `span` milliseconds are in view. */
export const timeAxis = (colors: Palette, span: () => number) => {
  const axis = axisStyle(colors)
  const ends = { alignMinLabel: "left", alignMaxLabel: "right" } as const
  return {
    ...axis,
    type: "time",
    min: data.start,
    max: data.end,
    splitLine: { show: false },
    axisLabel: { ...axis.axisLabel, ...ends, formatter: timeLabel(span) }
  } as const
}

export const tooltipStyle = (colors: Palette) =>
  ({
    className: "chart-tip",
    confine: true,
    backgroundColor: colors.card,
    borderColor: colors.line,
    borderWidth: 1,
    padding: 9,
    textStyle: { color: colors.text, fontSize: 12, fontFamily: colors.font },
    extraCssText: "border-radius:8px;box-shadow:0 4px 16px rgba(0,0,0,.18);"
  }) as const

export const sliderStyle = (colors: Palette) =>
  ({
    type: "slider",
    borderColor: "transparent",
    backgroundColor: "transparent",
    fillerColor: `${colors.accent}22`,
    handleStyle: { color: colors.card, borderColor: colors.muted },
    moveHandleStyle: { color: colors.muted, opacity: 0.35 },
    moveHandleSize: 5,
    emphasis: { moveHandleStyle: { color: colors.accent }, handleStyle: { borderColor: colors.accent } },
    showDetail: false,
    showDataShadow: false,
    brushSelect: false,
    filterMode: "none"
  }) as const

const day = 86_400_000

/** What stands at a tick of a time axis, by how much of it is in view. */
const timeLabel =
  (span: () => number) =>
  (instant: number): string => {
    const text = Format.time(instant)
    const month = monthNames[Number(text.slice(5, 7)) - 1] ?? ""
    if (text.slice(5) === "01-01 00:00") return text.slice(0, 4)
    if (span() > 700 * day) return month
    return text.endsWith(" 00:00") ? `${month} ${Number(text.slice(8, 10))}` : text.slice(11)
  }

/** Narrow screens get smaller margins and fewer labels. */
export const isNarrow = (instance: Instance): boolean => instance.getWidth() < 560
