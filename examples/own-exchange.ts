/** An exchange is one function that gives pages of candles: here a fake one, as a test would make it. */
import { Effect } from "effect"
import { Backtest, Exchange, Frame, Kit, Signal, Strategy } from "effect-backtest"

const minute = 60_000

/** Prices go up and down in a straight line, four hours each way. */
const Zigzag = Exchange.make("zigzag", {
  candles: (_symbol, _interval, since, limit) =>
    Effect.succeed(
      Array.from({ length: limit }, (_, i) => {
        const timestamp = since + i * minute
        const phase = Math.floor(timestamp / minute) % 480
        const open = 100 + (phase < 240 ? phase : 480 - phase) / 40
        const close = open + (phase < 240 ? 0.025 : -0.025)
        return { timestamp, open, high: Math.max(open, close), low: Math.min(open, close), close, volume: 1 }
      })
    )
})

const BuyTheLow = Strategy.make("buy-the-low", { interval: "5m" }).signal(({ price }) =>
  price < 100.5
    ? Signal.long({ priceTakeProfit: price * 1.03, priceStopLoss: price * 0.99, minuteEstimatedTime: 300 })
    : null
)

const program = Effect.gen(function* () {
  const { statistics, trades } = yield* Backtest.report("ZIG", {
    strategy: BuyTheLow,
    exchange: Zigzag,
    frame: Frame.make("a week", { start: "2024-01-01", end: "2024-01-08" }),
    settings: { fee: 0.05, slippage: 0 }
  })
  yield* Effect.log(`${trades.length} trades, ${statistics.winRate} % won`)
})

await Effect.runPromise(program.pipe(Effect.provide(Kit.layerNode)))
