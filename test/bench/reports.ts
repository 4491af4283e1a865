import type { BacktestDocument, Trade } from "../../src/model/document.js"
import { minutes, symbol, year } from "./data.js"
import { peakMemory, seldom, time } from "./harness.js"
import { load } from "./library.js"
import type { Row } from "./table.js"

// Reports of a long record.

/** Trades of the record. */
const count = 10_000

/** A year's run, its trades repeated until there are enough, each at an instant of its own. */
const lengthen = (document: BacktestDocument): BacktestDocument => {
  const { end, start } = document.run.frame
  const span = (end - start) / count
  const trades = Array.from({ length: count }, (_, i): Trade => {
    const trade = document.trades[i % document.trades.length]
    const pendingAt = start + Math.floor((i * span) / 60_000) * 60_000
    return { ...trade, id: `t${i}`, scheduledAt: pendingAt, pendingAt, closedAt: pendingAt + 30 * 60_000 }
  })
  return { ...document, trades }
}

/** Every report of 10,000 trades over a year of candles, as `--out` writes them, in memory. */
export const all = async (): Promise<Row> => {
  const library = await load()
  const { Backtest, Effect, Exchange, Frame, Indicator, Kit, ManagedRuntime, Report, Signal, Strategy } = library
  const columns = minutes(year)
  const strategy = Strategy.make("sma-cross", {
    indicators: () => ({ fast: Indicator.sma(20), slow: Indicator.sma(50) })
  }).signal(({ indicators: { fast, slow }, price }) =>
    fast.crossedAbove(slow)
      ? Signal.long({ priceTakeProfit: price * 1.01, priceStopLoss: price * 0.99, minuteEstimatedTime: 1440 })
      : null
  )
  const runtime = ManagedRuntime.make(Kit.layerNode)
  const exchange = Exchange.memory("memory", { [symbol]: columns })
  const run = Backtest.report(symbol, { strategy, exchange, frame: Frame.make("year"), events: "progress" })
  const record = lengthen(await runtime.runPromise(run))
  const markdown = () =>
    runtime.runPromise(
      Effect.map(Backtest.markdown(record), (text) => [
        text,
        Report.schedule.markdown(Report.schedule.ofRecord(record)),
        Report.heat.markdown(Report.heat.ofRecord(record)),
        Report.partial.markdown(Report.partial.ofRecord(record)),
        Report.risk.markdown(Report.risk.ofRecord(record))
      ])
    )
  const html = () => runtime.runPromise(Report.html.render(record, { candles: new Map([[symbol, columns]]) }))
  const texts = await time(markdown, seldom)
  const page = await time(html, seldom)
  const size = (await html()).length / 1e6
  return {
    name: "reports",
    title: "reports of 10,000 trades",
    figures: [
      { value: texts.median, unit: "s" },
      { value: page.median, unit: "s" }
    ],
    timing: page,
    peak: peakMemory(),
    ratio: null,
    note: `Markdown, then HTML with a year of candles (${size.toFixed(1)} MB)`
  }
}
