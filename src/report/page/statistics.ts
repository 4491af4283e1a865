import * as Struct from "effect/Struct"
import { conventions } from "../../engine/statistics/conventions.js"
import { statisticText, toneOf } from "../html/statistics.js"
import { controls, select } from "./dom.js"
import { data, runName } from "./state.js"

const keys = Struct.keys(conventions)

/** The statistics of one run in place of those of all. */
export const setUpStatistics = (): void => {
  if (data.runs.length < 2) return
  const places = [...document.querySelectorAll<HTMLElement>("#statistics [data-metric]")]
  const show = (run: number): void => {
    const statistics = data.runs[run]?.statistics ?? data.statistics
    for (const place of places) {
      const key = keys.find((key) => key === place.dataset.metric)
      if (key === undefined) continue
      place.textContent = statisticText(statistics, key)
      place.className = toneOf(statistics, key)
    }
  }
  controls("statistics").append(
    select(
      "Run of the statistics",
      [["-1", "All together"], ...data.runs.map((_, run) => [String(run), runName(run)] as const)],
      (value) => show(Number(value))
    )
  )
}
