/** The strategies that come with the command line. Each is also an example: a name, parameters, indicators, a rule. */
import * as Indicator from "../Indicator.js"
import type { Idea } from "../model/signal.js"
import * as Signal from "../Signal.js"
import * as Strategy from "../Strategy.js"

/** What all of them share: target and stop in % of the price, the longest time in a trade in minutes, stop rules. */
const exits = {
  takeProfit: Strategy.number(1, { min: 0 }),
  stopLoss: Strategy.number(1, { min: 0 }),
  lifetime: Strategy.int(1440, { min: 1 }),
  /** Stop rules in %: the stop trails the best price, and moves to break-even after a gain; 0 is off. */
  trailing: Strategy.number(0, { min: 0 }),
  breakeven: Strategy.number(0, { min: 0 })
}

interface Exits {
  readonly trailing: number
  readonly breakeven: number
  readonly takeProfit: number
  readonly stopLoss: number
  readonly lifetime: number
}

const stops = ({ breakeven, trailing }: Exits) => ({
  ...(trailing > 0 ? { trailing: { percent: trailing } } : {}),
  ...(breakeven > 0 ? { breakeven: { after: breakeven } } : {})
})

const long = (price: number, exits: Exits): Idea =>
  Signal.long({
    ...stops(exits),
    priceTakeProfit: price * (1 + exits.takeProfit / 100),
    priceStopLoss: price * (1 - exits.stopLoss / 100),
    minuteEstimatedTime: exits.lifetime
  })

const short = (price: number, exits: Exits): Idea =>
  Signal.short({
    ...stops(exits),
    priceTakeProfit: price * (1 - exits.takeProfit / 100),
    priceStopLoss: price * (1 + exits.stopLoss / 100),
    minuteEstimatedTime: exits.lifetime
  })

const smaCross = Strategy.make("sma-cross", {
  params: { fast: Strategy.int(20, { min: 1 }), slow: Strategy.int(50, { min: 2 }), ...exits },
  indicators: (params) => ({ fast: Indicator.sma(params.fast), slow: Indicator.sma(params.slow) })
}).signal(({ indicators: { fast, slow }, params, price }) => (fast.crossedAbove(slow) ? long(price, params) : null))

const rsiReversion = Strategy.make("rsi-reversion", {
  params: {
    period: Strategy.int(14, { min: 1 }),
    oversold: Strategy.number(30, { min: 0, max: 100 }),
    overbought: Strategy.number(70, { min: 0, max: 100 }),
    ...exits
  },
  indicators: (params) => ({ rsi: Indicator.rsi(params.period) })
}).signal(({ indicators: { rsi }, params, price }) => {
  if (rsi.crossedAbove(params.oversold)) return long(price, params)
  return rsi.crossedBelow(params.overbought) ? short(price, params) : null
})

const donchianBreakout = Strategy.make("donchian-breakout", {
  params: {
    period: Strategy.int(1440, { min: 1 }),
    ...exits,
    takeProfit: Strategy.number(4, { min: 0 }),
    stopLoss: Strategy.number(2, { min: 0 })
  },
  indicators: (params) => ({ channel: Indicator.donchian(params.period), close: Indicator.sma(1) })
}).signal(({ indicators: { channel, close }, params, price }) => {
  if (close.value > channel.upper.at(-2)) return long(price, params)
  return close.value < channel.lower.at(-2) ? short(price, params) : null
})

const bollingerReversion = Strategy.make("bollinger-reversion", {
  params: { period: Strategy.int(240, { min: 2 }), deviations: Strategy.number(2.5, { min: 0 }), ...exits },
  indicators: (params) => ({ bands: Indicator.bollinger(params.period, params.deviations), close: Indicator.sma(1) })
}).signal(({ indicators: { bands, close }, params, price }) => {
  if (close.crossedAbove(bands.lower)) return long(price, params)
  return close.crossedBelow(bands.upper) ? short(price, params) : null
})

/** A strategy with what it does in a sentence. */
export interface BuiltIn {
  readonly strategy: Strategy.Strategy<unknown, never>
  readonly about: string
}

export const builtIns: ReadonlyArray<BuiltIn> = [
  { strategy: smaCross, about: "buys when the fast moving average crosses above the slow one" },
  {
    strategy: rsiReversion,
    about: "buys when the RSI leaves oversold upwards, sells when it leaves overbought downwards"
  },
  { strategy: donchianBreakout, about: "buys a close above the channel of the last candles, sells one below it" },
  { strategy: bollingerReversion, about: "buys a return into the bands from below, sells one from above" }
]
