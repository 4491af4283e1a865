import type { Columns } from "../../src/model/candle.js"
import { minutes } from "./data.js"
import { peakMemory, seldom, timeTogether } from "./harness.js"
import * as kernel from "./kernel.js"
import { type Library, load } from "./library.js"
import type { Row } from "./table.js"

// Runs on an account: several symbols in one order of time, with sizing and risk.

/** Minutes of 30 days, and how many symbols. */
const length = 30 * 1440
const count = 20

const crossing = ({ Indicator, Signal, Strategy }: Library) =>
  Strategy.make("sma-cross", {
    interval: "1m",
    indicators: () => ({ fast: Indicator.sma(20), slow: Indicator.sma(50) })
  }).signal(({ indicators: { fast, slow }, price }) =>
    fast.crossedAbove(slow)
      ? Signal.long({ priceTakeProfit: price * 1.01, priceStopLoss: price * 0.99, minuteEstimatedTime: 1440 })
      : null
  )

const measure = async (name: string, title: string, symbols: number, isLimited: boolean): Promise<Row> => {
  const library = await load()
  const { Exchange, Frame, Kit, ManagedRuntime, Portfolio, Risk, Sizing } = library
  const markets: Record<string, Columns> = {}
  for (let i = 0; i < symbols; i++) markets[`S${i}`] = minutes(length, i + 1)
  const exchange = Exchange.memory("memory", markets)
  const runtime = ManagedRuntime.make(Kit.layerNode)
  const entries = Portfolio.cross(Object.keys(markets), [crossing(library)])
  const options = { exchange, frame: Frame.make("30 days", { start: "2022-01-01", end: "2022-01-31" }) }
  const limits = {
    balance: 100_000,
    sizing: Sizing.fixedPercentage("one percent", { riskPercent: 1, maxPercent: 20 }),
    risk: Risk.make("desk", { validations: [Risk.maxPositions(5)] })
  }
  const report = () => runtime.runPromise(Portfolio.report(entries, isLimited ? { ...options, ...limits } : options))
  const bare = () => Object.values(markets).reduce((trades, columns) => trades + kernel.everyMinute(columns).trades, 0)
  const [timing, limit] = await timeTogether([report, bare], seldom)
  const { runs, statistics } = await report()
  const refused = runs.reduce((sum, { rejected }) => sum + rejected.length, 0)
  return {
    name,
    title,
    figures: [{ value: (symbols * length) / timing.median / 1e6, unit: "M candles/s" }],
    timing,
    peak: peakMemory(),
    ratio: limit.median / timing.median,
    note: `${statistics.totalSignals} trades, ${refused} refused`
  }
}

export const together = () => measure("portfolio", "portfolio, 20 symbols x 30 days", count, false)

export const onAccount = () => measure("account", "the same, sized and limited", count, true)
