/**
 * A strategy file for the command line: it exports a strategy, and needs nothing installed beside it.
 * `effect-backtest backtest --strategy examples/strategy-file.ts --data FILE.csv --param period=96`
 */
import { Indicator, Signal, Strategy } from "effect-backtest"

export default Strategy.make("breakout", {
  interval: "15m",
  params: { period: Strategy.int(48, { min: 2 }), target: Strategy.number(3), stop: Strategy.number(1.5) },
  indicators: ({ period }) => ({ channel: Indicator.donchian(period), trend: Indicator.ema(200) }),
  // out again as soon as the trend turns
  exit: ({ indicators: { trend }, price }, { signal }) => signal.position === "long" && price < trend.value
}).signal(({ candles, indicators: { channel, trend }, params, price }) =>
  candles("15m").close.at(-1) > channel.upper.at(-2) && price > trend.value
    ? Signal.long({
        priceTakeProfit: price * (1 + params.target / 100),
        priceStopLoss: price * (1 - params.stop / 100),
        minuteEstimatedTime: 1440
      })
    : null
)
