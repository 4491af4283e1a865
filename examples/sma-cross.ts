/** The ten-line strategy: a moving-average cross over a year of a synthetic market, and its report. */
import { Effect } from "effect"
import { Backtest, Exchange, Frame, Indicator, Kit, Signal, Strategy } from "effect-backtest"

const SmaCross = Strategy.make("sma-cross", {
  interval: "1h",
  params: { fast: Strategy.int(20), slow: Strategy.int(50) },
  indicators: (params) => ({ fast: Indicator.sma(params.fast), slow: Indicator.sma(params.slow) })
}).signal(({ indicators: { fast, slow }, price }) =>
  fast.crossedAbove(slow)
    ? Signal.long({ priceTakeProfit: price * 1.04, priceStopLoss: price * 0.98, minuteEstimatedTime: 1440 })
    : null
)

const program = Effect.gen(function* () {
  const document = yield* Backtest.report("DEMO", {
    strategy: SmaCross,
    exchange: Exchange.synthetic("market", { seed: 7 }),
    frame: Frame.make("2024", { start: "2024-01-01", end: "2025-01-01" })
  })
  const { maxDrawdown, totalReturn, totalSignals, winRate } = document.statistics
  yield* Effect.log(`${totalSignals} trades`, { totalReturn, maxDrawdown, winRate })
  yield* Effect.log((yield* Backtest.markdown(document)).split("\n").slice(0, 12).join("\n"))
})

await Effect.runPromise(program.pipe(Effect.provide(Kit.layerNode)))
