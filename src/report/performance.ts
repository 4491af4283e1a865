import { deviation, quantile } from "../engine/statistics/sample.js"
import * as Format from "./format.js"
import { code, page, section } from "./parts.js"
import type { Reducer } from "./reducer.js"
import { type Columns, tableOf, type TableOptions } from "./table.js"

/** How long a phase of a run took, once. */
export interface PerformanceSample {
  readonly phase: string
  readonly millis: number
  readonly runId?: string | undefined
  readonly symbol?: string | undefined
  readonly strategy?: string | undefined
}

/** All measurements of a phase, in milliseconds. */
export interface PhaseTimes {
  readonly phase: string
  readonly count: number
  readonly total: number
  readonly average: number
  readonly min: number
  readonly max: number
  /** Of the sample (n − 1); null below two. */
  readonly std: number | null
  /** Quantiles of type 7 (Hyndman & Fan 1996), over all measurements. */
  readonly median: number
  readonly p95: number
  readonly p99: number
}

export interface PerformanceData {
  /** The one that took longest in all first. */
  readonly phases: ReadonlyArray<PhaseTimes>
}

/**
 * Gathers how long phases took. Quantiles are exact: every measurement is kept, in eight bytes. One that is not a
 * finite number measures nothing, and is left out.
 */
export const make = (): Reducer<PerformanceSample, PerformanceData> => {
  const phases = new Map<string, Samples>()
  return {
    observe: ({ millis, phase }) => {
      if (!Number.isFinite(millis)) return
      const samples = phases.get(phase)
      if (samples === undefined) phases.set(phase, new Samples().add(millis))
      else samples.add(millis)
    },
    data: () => ({
      phases: Array.from(phases, ([phase, samples]) => timesOf(phase, samples.values)).toSorted(
        (a, b) => b.total - a.total || (a.phase < b.phase ? -1 : 1)
      )
    })
  }
}

/** Numbers in a typed array that doubles when it is full. */
class Samples {
  #kept = new Float64Array(16)
  #length = 0

  add(value: number): this {
    if (this.#length === this.#kept.length) {
      const longer = new Float64Array(2 * this.#length)
      longer.set(this.#kept)
      this.#kept = longer
    }
    this.#kept[this.#length++] = value
    return this
  }

  get values(): Float64Array {
    return this.#kept.subarray(0, this.#length)
  }
}

const timesOf = (phase: string, values: Float64Array): PhaseTimes => {
  const ascending = values.toSorted()
  const count = values.length
  const total = values.reduce((sum, value) => sum + value, 0)
  const average = total / count
  return {
    phase,
    count,
    total,
    average,
    min: ascending[0],
    max: ascending[count - 1],
    std: count < 2 ? null : deviation(values, average),
    median: quantile(ascending, 0.5),
    p95: quantile(ascending, 0.95),
    p99: quantile(ascending, 0.99)
  }
}

export type PerformanceColumn = keyof PhaseTimes

const millis = (value: number | null): string => (value === null ? Format.notAvailable : Format.money(value, 2))

/** Everything the table can show. */
export const columns: Columns<PerformanceColumn, PhaseTimes> = {
  phase: { title: "Phase", cell: ({ phase }) => phase },
  count: { title: "Count", align: "right", cell: ({ count }) => Format.count(count) },
  total: { title: "Total", align: "right", cell: ({ total }) => millis(total) },
  average: { title: "Average", align: "right", cell: ({ average }) => millis(average) },
  min: { title: "Min", align: "right", cell: ({ min }) => millis(min) },
  max: { title: "Max", align: "right", cell: ({ max }) => millis(max) },
  std: { title: "Std", align: "right", cell: ({ std }) => millis(std) },
  median: { title: "Median", align: "right", cell: ({ median }) => millis(median) },
  p95: { title: "P95", align: "right", cell: ({ p95 }) => millis(p95) },
  p99: { title: "P99", align: "right", cell: ({ p99 }) => millis(p99) }
}

const defaults: ReadonlyArray<PerformanceColumn> = [
  "phase",
  "count",
  "total",
  "average",
  "min",
  "max",
  "std",
  "median",
  "p95",
  "p99"
]

/** The Performance report as Markdown: each phase with its times in milliseconds. */
export const markdown = ({ phases }: PerformanceData, options: TableOptions<PerformanceColumn> = {}): string => {
  const [slowest] = phases
  if (slowest === undefined) return page("# Performance", "", "Nothing was measured.")
  const measured = phases.reduce((sum, { count }) => sum + count, 0)
  const longest = phases.reduce((most, phase) => (phase.max > most.max ? phase : most), slowest)
  return page(
    "# Performance",
    "",
    `- Measured: ${Format.plural(measured, "time")} in ${Format.plural(phases.length, "phase")}`,
    `- Longest: ${millis(longest.max)} ms in ${code(longest.phase)}`,
    ...section("Phases (milliseconds)", tableOf(columns, options.columns ?? defaults, phases, undefined))
  )
}
