/** Two strategies on three markets share one account: its cash, its limits, its result; and the reports of it all. */
import { Effect, Stream } from "effect"
import { Exchange, Frame, Indicator, Kit, Portfolio, Report, Risk, Signal, Sizing, Strategy } from "effect-backtest"

const Reversion = Strategy.make("reversion", {
  interval: "1h",
  indicators: () => ({ rsi: Indicator.rsi(24) }),
  breakeven: { after: 1.5 } // no loss any more after a gain of 1.5 %
}).signal(({ indicators: { rsi }, price }) =>
  rsi.crossedAbove(35)
    ? Signal.long({ priceTakeProfit: price * 1.04, priceStopLoss: price * 0.98, minuteEstimatedTime: 1440 })
    : null
)

const Breakout = Strategy.make("breakout", {
  interval: "1h",
  indicators: () => ({ channel: Indicator.donchian(72), close: Indicator.sma(1) }),
  trailing: { percent: 2, activation: 1 } // the stop follows the best price, 2 % behind it
}).signal(({ indicators: { channel, close }, price }) =>
  close.value > channel.upper.at(-2)
    ? Signal.long({ priceTakeProfit: price * 1.1, priceStopLoss: price * 0.98, minuteEstimatedTime: 1440 })
    : null
)

const entries = Portfolio.cross(["ALFA", "BRAVO", "DELTA"], [Reversion, Breakout])

const options: Portfolio.Options<never> = {
  exchange: Exchange.synthetic("market", {
    days: 120,
    steps: () => ({ priceStep: 0.01, quantityStep: 0.0001, minNotional: 10 })
  }),
  frame: Frame.make("spring", { start: "2024-01-10", end: "2024-04-20" }),
  balance: 10_000,
  sizing: Sizing.fixedPercentage("one percent", { riskPercent: 1, maxPercent: 40 }),
  risk: Risk.make("desk", {
    validations: [
      Risk.maxPositions(3),
      Risk.maxPositionsPerSymbol(1),
      Risk.dailyLossLimit(3),
      Risk.cooldownAfterStop("4 hours", { per: "symbol" }),
      Risk.check("no entries at the weekend", ({ when }) => ![0, 6].includes(new Date(when).getUTCDay()))
    ]
  })
}

const program = Effect.gen(function* () {
  const refused = yield* Stream.run(Portfolio.run(entries, options), Report.risk.sink())
  yield* Effect.log(`${refused.rows.length} signals refused`)

  const record = yield* Portfolio.report(entries, options)
  const { maxDrawdown, totalReturn, totalSignals } = record.statistics
  yield* Effect.log(`${totalSignals} trades`, { account: record.account, totalReturn, maxDrawdown })
  yield* Effect.log(Report.heat.markdown(Report.heat.ofRecord(record)))
})

await Effect.runPromise(program.pipe(Effect.provide(Kit.layerNode)))
