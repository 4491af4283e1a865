import type { Columns } from "../../src/model/candle.js"
import { minutes, year } from "./data.js"
import { often, peakMemory, seldom, time, timeTogether } from "./harness.js"
import * as kernel from "./kernel.js"
import type { Row } from "./table.js"

// The loops without a library, and the making of their data.

const loop = async (
  name: string,
  title: string,
  work: (columns: Columns) => kernel.Summary,
  limit: (columns: Columns) => kernel.Summary
): Promise<Row> => {
  const columns = minutes(year)
  const [timing, least] = await timeTogether([() => work(columns), () => limit(columns)], often)
  const { total, trades, wins } = work(columns)
  return {
    name,
    title,
    figures: [{ value: columns.length / timing.median / 1e6, unit: "M candles/s" }],
    timing,
    peak: peakMemory(),
    ratio: least.median / timing.median,
    note: `${trades} trades, ${wins} wins, ${total.toFixed(2)} %`
  }
}

export const everyMinute = () => loop("kernel-1m", "kernel, every minute", kernel.everyMinute, kernel.everyMinute)

export const everyFive = () => loop("kernel-5m", "kernel, every 5 minutes", kernel.everyFive, kernel.everyFive)

export const callback = () =>
  loop("callback-1m", "kernel with a callback", (c) => kernel.callbackLoop(c, kernel.crossing), kernel.everyMinute)

export const synthetic = async (): Promise<Row> => {
  const timing = await time(() => minutes(year), seldom)
  return {
    name: "synthetic",
    title: "a synthetic year made",
    figures: [{ value: year / timing.median / 1e6, unit: "M candles/s" }],
    timing,
    peak: peakMemory(),
    ratio: null
  }
}
