/** A run is a Stream: take what you need, and the work stops there. */
import { Effect, Stream } from "effect"
import { Backtest, Exchange, Frame, Indicator, Kit, Signal, Strategy } from "effect-backtest"

const Reversion = Strategy.make("reversion", {
  interval: "15m",
  indicators: () => ({ rsi: Indicator.rsi(14) })
}).signal(({ indicators: { rsi }, price }) =>
  rsi.crossedAbove(30)
    ? Signal.long({
        priceOpen: price * 0.998, // a limit order: rests until touched, or for two hours
        priceTakeProfit: price * 1.01,
        priceStopLoss: price * 0.985,
        minuteEstimatedTime: 480
      })
    : null
)

const firstThreeWins = Backtest.run("DEMO", {
  strategy: Reversion,
  exchange: Exchange.synthetic("market"),
  frame: Frame.make("2024")
}).pipe(
  Stream.filter((event) => event._tag === "Closed"),
  Stream.filter((trade) => trade.pnlPercent > 0),
  Stream.take(3)
)

const program = Stream.runForEach(firstThreeWins, ({ pnlPercent, reason, signal, when }) =>
  Effect.log(`${new Date(when).toISOString()} ${signal.position} ${reason} ${pnlPercent.toFixed(2)} %`)
)

await Effect.runPromise(program.pipe(Effect.provide(Kit.layerNode)))
