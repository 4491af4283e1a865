import { apply, type Instance } from "./charts.js"

/** The part of a time axis that is in view. */
export interface Range {
  readonly from: number
  readonly to: number
}

const numberOf = (object: object, name: string): number | undefined => {
  const value: unknown = Reflect.get(object, name)
  return typeof value === "number" ? value : undefined
}

/** Tells of every change of the range in view, however it is made. */
export const onZoom = (instance: Instance, { from, to }: Range, changed: (range: Range) => void): void => {
  instance.on("datazoom", (event) => {
    const batch: unknown = Reflect.get(Object(event), "batch")
    const zoom: unknown = Array.isArray(batch) ? batch[0] : event
    if (!(zoom instanceof Object)) return
    const at = (value: string, percent: string, otherwise: number): number => {
      const share = numberOf(zoom, percent)
      return numberOf(zoom, value) ?? (share === undefined ? otherwise : from + ((to - from) * share) / 100)
    }
    changed({ from: at("startValue", "start", from), to: at("endValue", "end", to) })
  })
}

/** Brings a range into view. */
export const zoomTo = (instance: Instance, range: Range): void =>
  instance.dispatchAction({ type: "dataZoom", dataZoomIndex: 0, startValue: range.from, endValue: range.to })

/** Whoever scrolls past a chart means the page: the wheel zooms once the chart was clicked, else with Ctrl. */
export const wheelOnceClicked = (instance: Instance): void => {
  const element = instance.getDom()
  const wheel = (zoomOnMouseWheel: true | "ctrl"): void =>
    apply(instance, { dataZoom: [{ id: "inside", zoomOnMouseWheel }] }, false)
  element.addEventListener("pointerdown", () => wheel(true))
  element.addEventListener("pointerleave", () => wheel("ctrl"))
}
