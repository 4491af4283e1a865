// Records to look at in a browser, made by the built library: a portfolio of several runs with everything in it, and one
// run of 10,000 trades on 500,000 candles.
import {
  Backtest,
  Exchange,
  Frame,
  Indicator,
  Kit,
  Portfolio,
  Risk,
  Signal,
  Sizing,
  Statistics,
  Strategy
} from "../dist/index.js"
import * as Columns from "../dist/engine/columns.js"
import { generate } from "../dist/adapters/synthetic.js"
import { defaults } from "../dist/model/settings.js"
import * as Effect from "effect/Effect"

const minute = 60_000
const day = 1440 * minute
const start = Date.UTC(2024, 0, 1)

const answer = (price, up, takeProfit, stopLoss, more = {}) => {
  const d = up ? 1 : -1
  return (up ? Signal.long : Signal.short)({
    priceTakeProfit: price * (1 + (d * takeProfit) / 100),
    priceStopLoss: price * (1 - (d * stopLoss) / 100),
    minuteEstimatedTime: 1440,
    ...more
  })
}

/** Costs of a market maker: a sample whose every curve falls shows little. */
const settings = { fee: 0.01, slippage: 0.005, showNotes: true }

/** Its stop follows it. */
const smaCross = Strategy.make("sma-cross", {
  interval: "1h",
  params: { fast: Strategy.int(12), slow: Strategy.int(48) },
  indicators: ({ fast, slow }) => ({ fast: Indicator.sma(fast), slow: Indicator.sma(slow) }),
  trailing: { percent: 1.6, activation: 1.2 },
  breakeven: { after: 1 }
}).signal(({ indicators: { fast, slow }, price }) => {
  if (fast.crossedAbove(slow)) return answer(price, true, 4.5, 1.8)
  return fast.crossedBelow(slow) ? answer(price, false, 4.5, 1.8) : null
})

/** Its entries rest, and not all of them are filled. */
const reversion = Strategy.make("rsi-reversion", {
  interval: "1h",
  params: { period: Strategy.int(14) },
  indicators: ({ period }) => ({ rsi: Indicator.rsi(period) })
}).signal(({ indicators: { rsi }, price }) => {
  if (rsi.crossedAbove(30)) return answer(price * 0.997, true, 1.1, 1.1, { priceOpen: price * 0.997, note: "oversold" })
  return rsi.crossedBelow(70) ? answer(price, false, 1.1, 1.1) : null
})

/** It has a mistake that shows itself now and then. */
const fade = Strategy.make("fade", {
  interval: "4h",
  indicators: () => ({ channel: Indicator.donchian(20), close: Indicator.sma(1) })
}).signal(({ indicators: { channel, close }, price, when }) => {
  if (when % (40 * day) === 0) throw new Error(`no volume at ${when} <script>alert(1)</script>`)
  if (close.value > channel.upper.at(-2)) return answer(price, false, 3, 3)
  return close.value < channel.lower.at(-2) ? answer(price, true, 3, 3) : null
})

const strategies = [smaCross, reversion, fade]

const frameOf = (days) => Frame.make("year", { interval: "1m", start, end: start + days * day })

const running = (effect) => Effect.runPromise(Effect.provide(effect, Kit.layerNode))

const statisticsOf = (trades, { firstOpen, frame, lastClose, settings }) =>
  Statistics.compute({
    trades,
    start: frame.start,
    end: frame.end,
    firstOpen,
    lastClose,
    periodsPerYear: settings.periodsPerYear
  })

/** Three symbols × three strategies on one account: sized, with a risk profile, or divided evenly. */
export const portfolio = async (days = 366, sized = true) => {
  const symbols = ["BTCUSDT", "ETHUSDT", "SOLUSDT"]
  const prices = { BTCUSDT: 42_000, ETHUSDT: 2300, SOLUSDT: 98 }
  const candles = new Map(
    symbols.map((symbol, i) => [
      symbol,
      generate({ seed: 41 + i, symbol, interval: "5m", start, count: days * 288, price: prices[symbol] })
    ])
  )
  const account = {
    balance: 10_000,
    sizing: Sizing.fixedPercentage("one percent", { riskPercent: 1, maxPercent: 60 }),
    leverage: 2,
    risk: Risk.make("desk", { validations: [Risk.maxPositions(4), Risk.cooldownAfterStop("3 hours")] })
  }
  const record = await running(
    Portfolio.report(Portfolio.cross(symbols, strategies), {
      exchange: Exchange.memory("synthetic", Object.fromEntries(candles), { interval: "5m" }),
      frame: frameOf(days),
      settings,
      events: "progress",
      ...(sized ? account : {})
    })
  )
  return { record, candles }
}

/** One run of a strategy on a symbol, on candles so long that they leave some of its trades in doubt. */
export const single = async (days = 120) => {
  const columns = generate({ seed: 3, symbol: "DEMO", interval: "4h", start, count: days * 6, price: 100 })
  const exchange = Exchange.memory("synthetic", { DEMO: columns }, { interval: "4h" })
  const often = Strategy.make("often", { interval: "4h" }).signal(({ price, when }) =>
    answer(price, (when / day) % 2 < 1, 1.4, 1.2)
  )
  const record = await running(Backtest.report("DEMO", { strategy: often, exchange, frame: frameOf(days), settings }))
  return { record, candles: new Map([["DEMO", columns]]) }
}

/** A run of as many trades as asked for, one after the other, on as many candles. */
export const big = (trades = 10_000, count = 500_000) => {
  const columns = generate({ seed: 11, symbol: "BIG", interval: "1m", start, count, price: 30_000 })
  const every = Math.floor(count / Math.max(1, trades))
  const list = Array.from({ length: trades }, (_, i) => {
    const from = i * every + 1
    const to = from + 1 + ((i * 7919) % Math.max(1, every - 3))
    const position = i % 3 === 0 ? "short" : "long"
    const d = position === "long" ? 1 : -1
    const [open, close] = [columns.open[from], columns.close[to]]
    const moves = Columns.toCandles(Columns.slice(columns, from, to + 1)).map(({ high, low }) => [
      (100 * d * ((d > 0 ? low : high) - open)) / open,
      (100 * d * ((d > 0 ? high : low) - open)) / open
    ])
    const pnlPercent = (100 * d * (close - open)) / open - 0.04 + ((i % 7) - 3) * 0.004
    return {
      id: `t${i}`,
      position,
      scheduledAt: columns.timestamp[from],
      pendingAt: columns.timestamp[from],
      closedAt: columns.timestamp[to],
      priceOpen: open,
      priceClose: close,
      priceTakeProfit: open * (1 + d * 0.01),
      priceStopLoss: open * (1 - d * 0.01),
      minuteEstimatedTime: 1440,
      reason: ["take_profit", "stop_loss", "time_expired"][i % 3],
      pnlPercent,
      mae: Math.min(0, ...moves.map(([adverse]) => adverse)),
      mfe: Math.max(0, ...moves.map(([, favourable]) => favourable)),
      ambiguous: i % 50 === 0,
      pnlInterval: i % 50 === 0 ? [pnlPercent - 0.5, pnlPercent + 0.2] : [pnlPercent, pnlPercent]
    }
  })
  const run = {
    symbol: "BIG",
    strategy: "often",
    params: {},
    exchange: "synthetic",
    frame: { name: "year", interval: "1m", start, end: start + count * minute },
    fill: "realistic",
    settings: defaults,
    seed: 1,
    candles: count,
    gaps: 0,
    missing: 0,
    truncated: false,
    firstOpen: columns.open[0],
    lastClose: columns.close[count - 1],
    dataHash: "0123456789abcdef"
  }
  const record = {
    version: 1,
    kind: "backtest",
    run,
    statistics: statisticsOf(list, run),
    trades: list,
    scheduled: [],
    cancelled: [],
    rejected: [],
    failed: [],
    skipped: 0,
    shifted: 0
  }
  return { record, candles: new Map([["BIG", columns]]) }
}
