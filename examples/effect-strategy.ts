/** A strategy that uses services: asked by Effect, its requirements captured when it is registered. */
import { Clock, Context, Effect, Layer } from "effect"
import { Backtest, Exchange, Frame, Kit, Market, Runs, Signal, Strategy } from "effect-backtest"

/** Whatever the strategy consults: a model, a database, another process. */
class Sentiment extends Context.Tag("Sentiment")<
  Sentiment,
  { readonly at: (when: number) => Effect.Effect<number> }
>() {}

const SentimentTest = Layer.succeed(Sentiment, {
  at: (when) => Effect.succeed(Math.floor(when / 86_400_000) % 3 === 0 ? 1 : 0)
})

const Moody = Strategy.make("moody", { interval: "1h" }).signalEffect(function* () {
  const sentiment = yield* Sentiment
  const market = yield* Market.Market
  const now = yield* Clock.currentTimeMillis // the run's instant, not the wall clock
  if ((yield* sentiment.at(now)) < 1) return null
  const price = yield* market.price
  const hours = yield* market.candles("1h")
  return price > hours.close.at(-2)
    ? Signal.long({ priceTakeProfit: price * 1.02, priceStopLoss: price * 0.98, minuteEstimatedTime: 720 })
    : null
})

const SyntheticMarket = Exchange.synthetic("market", { days: 60 })
const Spring = Frame.make("spring", { start: "2024-01-15", end: "2024-02-15" })

/** Registered by name: what command lines, configuration files and workers use. */
const Registered = Layer.mergeAll(
  Moody.layer.pipe(Layer.provide(SentimentTest)),
  SyntheticMarket.layer,
  Spring.layer
).pipe(Layer.provideMerge(Kit.layerNode))

const program = Effect.gen(function* () {
  const document = yield* Backtest.report("DEMO", { strategy: "moody", exchange: "market", frame: "spring" })
  yield* Effect.log(`${document.trades.length} trades`, document.statistics.totalPnl)
  yield* Effect.log(yield* Runs.list)
})

await Effect.runPromise(program.pipe(Effect.provide(Registered)))
