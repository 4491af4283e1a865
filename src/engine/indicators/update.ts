import type { Candle } from "../../model/candle.js"
import type { Kernel } from "./feed.js"
import { type Line, write } from "./line.js"
import { type Source, reader } from "./source.js"

/**
 * Any indicator that takes its input one at a time and answers with its latest result, nothing while it has none.
 * `replace` is always false: a closed candle is never corrected.
 */
export interface Updatable<in Input, out Output> {
  update(input: Input, replace: boolean): Output | null | undefined
}

/** One candle at a time into one line. */
export const fromCandles = (line: Line, indicator: Updatable<Candle, number>): Kernel =>
  byCandle((candle, i, to) => {
    write(line, to)[i] = indicator.update(candle, false) ?? Number.NaN
  })

/** One price at a time into one line. */
export const fromValues = (line: Line, indicator: Updatable<number, number>, source: Source): Kernel => {
  const read = reader(source)
  return (columns, from, to) => {
    const input = read(columns, from, to)
    const output = write(line, to)
    for (let i = from; i < to; i++) output[i] = indicator.update(input[i], false) ?? Number.NaN
  }
}

/** One candle at a time into several lines by name. */
export const fromRecords = <Name extends string>(
  names: ReadonlyArray<Name>,
  lines: { readonly [N in Name]: Line },
  indicator: Updatable<Candle, { readonly [N in Name]: number | null | undefined }>
): Kernel =>
  byCandle((candle, i, to) => {
    const result = indicator.update(candle, false)
    for (const name of names) write(lines[name], to)[i] = result?.[name] ?? Number.NaN
  })

/** Every candle is a new object: an indicator may keep the ones it was given. */
const byCandle =
  (take: (candle: Candle, i: number, to: number) => void): Kernel =>
  ({ close, high, low, open, timestamp, volume }, from, to) => {
    for (let i = from; i < to; i++) {
      const candle = {
        timestamp: timestamp[i],
        open: open[i],
        high: high[i],
        low: low[i],
        close: close[i],
        volume: volume[i]
      }
      take(candle, i, to)
    }
  }
