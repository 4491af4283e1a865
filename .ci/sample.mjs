// Records to look at in a browser, made by the built library: a portfolio of several runs with everything in it, and one
// run of 10,000 trades on 500,000 candles.
import { Backtest, Exchange, Frame, Indicator, Kit, Signal, Statistics, Strategy } from "../dist/index.js"
import * as Columns from "../dist/engine/columns.js"
import { generate } from "../dist/adapters/synthetic.js"
import { defaults } from "../dist/model/settings.js"
import { tradesOf } from "../dist/model/document.js"
import * as Effect from "effect/Effect"

const minute = 60_000
const start = Date.UTC(2024, 0, 1)

const answer = (price, up, takeProfit, stopLoss, note) =>
  (up ? Signal.long : Signal.short)({
    priceTakeProfit: price * (1 + ((up ? 1 : -1) * takeProfit) / 100),
    priceStopLoss: price * (1 - ((up ? 1 : -1) * stopLoss) / 100),
    minuteEstimatedTime: 1440,
    ...(note === undefined ? {} : { note })
  })

/** Costs of a market maker: a sample whose every curve falls shows little. */
const settings = { fee: 0.01, slippage: 0.005 }

const strategies = [
  Strategy.make("sma-cross", {
    interval: "15m",
    params: { fast: Strategy.int(12), slow: Strategy.int(48) },
    indicators: ({ fast, slow }) => ({ fast: Indicator.sma(fast), slow: Indicator.sma(slow) })
  }).signal(({ indicators: { fast, slow }, price }) =>
    fast.crossedAbove(slow)
      ? answer(price, true, 2.4, 1.4)
      : fast.crossedBelow(slow)
        ? answer(price, false, 2.4, 1.4)
        : null
  ),
  Strategy.make("rsi-reversion", {
    interval: "15m",
    params: { period: Strategy.int(14) },
    indicators: ({ period }) => ({ rsi: Indicator.rsi(period) })
  }).signal(({ indicators: { rsi }, price }) =>
    rsi.crossedAbove(28)
      ? answer(price, true, 1.6, 1.6, "left oversold")
      : rsi.crossedBelow(72)
        ? answer(price, false, 1.6, 1.6)
        : null
  ),
  Strategy.make("breakout", {
    interval: "1h",
    indicators: () => ({ channel: Indicator.donchian(48), close: Indicator.sma(1) })
  }).signal(({ indicators: { channel, close }, price }) =>
    close.value > channel.upper.at(-2)
      ? answer(price, true, 5, 2)
      : close.value < channel.lower.at(-2)
        ? answer(price, false, 5, 2)
        : null
  )
]

/** Levels on the way and moves of the stop, as a run that records them would have them. */
const withMoves = (given, i) => {
  const trade =
    i % 12 === 0 ? { ...given, ambiguous: true, pnlInterval: [given.pnlPercent - 1.4, given.pnlPercent + 0.9] } : given
  const d = trade.position === "long" ? 1 : -1
  const lived = trade.closedAt - trade.pendingAt
  const at = (share) => Math.floor((trade.pendingAt + lived * share) / minute) * minute
  const level = (side, reached, target) => {
    const way = (100 * Math.abs(target - trade.priceOpen)) / trade.priceOpen
    return [20, 40, 60, 80]
      .filter((level) => (way * level) / 100 <= Math.abs(reached) * 0.9)
      .map((level) => ({
        at: at((level / 100) * (side === "profit" ? 0.95 : 0.7)),
        side,
        level,
        price: trade.priceOpen + ((target - trade.priceOpen) * level) / 100
      }))
  }
  const partials = [
    ...level("profit", trade.mfe, trade.priceTakeProfit),
    ...level("loss", trade.mae, trade.priceStopLoss)
  ].toSorted((a, b) => a.at - b.at)
  if (i % 2 === 0 || trade.pnlPercent < 0) return { ...trade, partials }
  const stops = [0.3, 0.55, 0.8].map((share, k) => ({
    at: at(share),
    rule: k === 0 ? "breakeven" : "trailing",
    price: trade.priceOpen * (1 + d * 0.003 * (k + 1) * share)
  }))
  return { ...trade, partials, stops, priceStopMoved: stops[2].price }
}

/** Money of an account that puts the same share into each trade. */
const withMoney = (document, initial, share) => {
  const sized = new Map()
  let balance = initial
  for (const { trade } of tradesOf(document)) {
    const notional = balance * share
    const result = (notional * trade.pnlPercent) / 100
    const equityPercent = (100 * result) / balance
    balance += result
    const money = { quantity: notional / trade.priceOpen, notional, fees: notional * 0.002, result, balance }
    sized.set(trade, { ...trade, equityPercent, money })
  }
  const account = { initial, final: balance, leverage: 1, peakMargin: initial * 0.9 }
  return { account, of: (trade) => sized.get(trade) }
}

const statisticsOf = (trades, { firstOpen, frame, lastClose, settings }) =>
  Statistics.compute({
    trades,
    start: frame.start,
    end: frame.end,
    firstOpen,
    lastClose,
    periodsPerYear: settings.periodsPerYear
  })

const refusals = (document) => ({
  ...document,
  rejected: [
    ...document.rejected,
    ...document.trades.slice(0, 40).map((trade, i) => ({
      at: trade.closedAt + 30 * minute,
      position: trade.position,
      violations: [
        i % 3 === 0
          ? {
              code: "cash",
              message: `needs ${(2000 + i * 13.7).toFixed(2)} of margin and ${(150 + i).toFixed(2)} is free`
            }
          : {
              code: "risk",
              profile: i % 2 === 0 ? "desk" : "night",
              message: `at most 3 positions, ${3 + (i % 2)} are open`
            }
      ]
    }))
  ],
  cancelled: document.trades.slice(0, 9).map((trade, i) => ({
    id: `c${i}`,
    position: trade.position,
    scheduledAt: trade.closedAt + minute,
    at: trade.closedAt + 61 * minute,
    reason: i % 3 === 0 ? "risk" : "timeout",
    ...(i % 3 === 0
      ? { violations: [{ code: "risk", profile: "desk", message: "the day has lost 3.1 %; at most 3 %" }] }
      : {})
  })),
  failed: [{ at: document.run.frame.start + 5 * minute, error: "TypeError: x is undefined <script>alert(1)</script>" }]
})

/** Three symbols × three strategies on one account. */
export const portfolio = async (days = 120, sized = true) => {
  const symbols = ["BTCUSDT", "ETHUSDT", "SOLUSDT"]
  const prices = { BTCUSDT: 42_000, ETHUSDT: 2300, SOLUSDT: 98 }
  const candles = new Map(
    symbols.map((symbol, i) => [
      symbol,
      generate({ seed: 7 + i, symbol, interval: "1m", start, count: days * 1440, price: prices[symbol] })
    ])
  )
  const exchange = Exchange.memory("synthetic", Object.fromEntries(candles), { interval: "1m" })
  const frame = Frame.make("winter", { interval: "1m", start, end: start + days * 1440 * minute })
  const program = Effect.forEach(
    symbols.flatMap((symbol) => strategies.map((strategy) => [symbol, strategy])),
    ([symbol, strategy]) => Backtest.report(symbol, { strategy, exchange, frame, settings })
  )
  const runs = await Effect.runPromise(Effect.provide(program, Kit.layerNode))
  const share = sized ? 0.3 : 1 / runs.length
  const moved = runs.map((run) => ({ ...refusals(run), trades: run.trades.map(withMoves) }))
  const money = withMoney({ kind: "portfolio", runs: moved }, 10_000, share)
  const bare = (trade) => ({ ...trade, money: undefined })
  const all = moved.map((run) => {
    const trades = run.trades.map((trade) => (sized ? money.of(trade) : bare(money.of(trade))))
    return { ...run, trades, statistics: statisticsOf(trades, run.run) }
  })
  const pooled = tradesOf({ kind: "portfolio", runs: all }).map(({ trade }) => trade)
  const record = {
    version: 1,
    kind: "portfolio",
    statistics: statisticsOf(pooled, all[0].run),
    ...(sized ? { account: money.account } : {}),
    runs: all
  }
  return { record, candles }
}

/** One run of a strategy on a symbol, as it comes. */
export const single = async (days = 60) => {
  const columns = generate({ seed: 3, symbol: "DEMO", interval: "1m", start, count: days * 1440, price: 100 })
  const record = await Effect.runPromise(
    Effect.provide(
      Backtest.report("DEMO", {
        strategy: strategies[1],
        exchange: Exchange.memory("synthetic", { DEMO: columns }, { interval: "1m" }),
        frame: Frame.make("winter", { interval: "1m", start, end: start + days * 1440 * minute }),
        settings
      }),
      Kit.layerNode
    )
  )
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
