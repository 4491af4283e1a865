import type { BacktestDocument, RunInfo, Statistics, Trade } from "../../src/model/document.js"
import { defaults } from "../../src/model/settings.js"

/** "2022-01-01 02:00", UTC, as epoch milliseconds. */
export const at = (time: string): number => Date.parse(`${time.replace(" ", "T")}:00Z`)

export const run: RunInfo = {
  symbol: "BTCUSDT",
  strategy: "sma-cross",
  params: { fast: 20, slow: 50 },
  exchange: "file",
  frame: { name: "january", interval: "1m", start: at("2022-01-01 00:00"), end: at("2022-02-01 00:00") },
  fill: "realistic",
  settings: defaults,
  seed: 42,
  candles: 44_627,
  gaps: 2,
  missing: 13,
  truncated: false,
  firstOpen: 46319.5,
  lastClose: 38481.5,
  dataHash: "9f2c41d07ab3e655"
}

export const trade = (given: Partial<Trade>): Trade => ({
  id: "a1",
  position: "long",
  scheduledAt: at("2022-01-03 10:00"),
  pendingAt: at("2022-01-03 10:00"),
  closedAt: at("2022-01-03 12:05"),
  priceOpen: 46319.5,
  priceClose: 46782.695,
  priceTakeProfit: 46782.695,
  priceStopLoss: 45856.305,
  minuteEstimatedTime: 240,
  reason: "take_profit",
  pnlPercent: 0.598,
  mae: -0.2,
  mfe: 1,
  ambiguous: false,
  pnlInterval: [0.598, 0.598],
  ...given
})

/** Statistics written down, not computed: what a report shows of them is what stands here. */
export const statistics: Statistics = {
  totalSignals: 3,
  winCount: 2,
  lossCount: 1,
  winRate: 66.666666,
  avgPnl: 0.8321,
  totalPnl: 2.4963,
  stdDev: 2.015,
  sharpeRatio: 0.41295,
  annualizedSharpeRatio: null,
  certaintyRatio: 1.456,
  profitFactor: 2.912,
  expectedYearlyReturns: null,
  bestTrade: 3.2043,
  worstTrade: -1.306,
  winStreak: 1,
  lossStreak: 1,
  avgDuration: 125.4,
  avgMae: -0.61,
  avgMfe: 1.52,
  exposure: 0.84,
  sqn: 0.715,
  kelly: 0.4377,
  totalReturn: 2.4621,
  cagr: 33.15,
  maxDrawdown: 1.306,
  maxDrawdownDays: 4.26,
  recoveryFactor: 1.885,
  calmar: 25.38,
  volatility: 12.44,
  sharpeDaily: 2.3,
  sortino: 6.1,
  omega: 2.91,
  ulcerIndex: 0.52,
  var95: 0,
  cvar95: -0.04,
  skewness: 4.1,
  kurtosis: 19.9,
  tailRatio: null,
  buyAndHold: -16.9216,
  ambiguous: 1,
  pnlInterval: [0.5963, 4.3963]
}

export const document: BacktestDocument = {
  version: 1,
  kind: "backtest",
  run,
  statistics,
  trades: [
    trade({}),
    trade({
      id: "b2",
      position: "short",
      pendingAt: at("2022-01-10 00:00"),
      closedAt: at("2022-01-11 02:30"),
      priceOpen: 41800.12,
      priceClose: 42300,
      priceTakeProfit: 40900,
      priceStopLoss: 42300,
      reason: "stop_loss",
      pnlPercent: -1.306,
      ambiguous: true,
      pnlInterval: [-1.306, 0.594],
      note: "fade | the spike\nsecond line"
    }),
    trade({
      id: "c3",
      pendingAt: at("2022-01-24 09:00"),
      closedAt: at("2022-01-24 09:40"),
      priceOpen: 34000,
      priceClose: 35160,
      reason: "time_expired",
      pnlPercent: 3.2043,
      pnlInterval: [3.2043, 3.2043]
    })
  ],
  scheduled: [],
  cancelled: [
    { id: "x1", position: "long", scheduledAt: at("2022-01-05 10:00"), at: at("2022-01-05 12:00"), reason: "timeout" },
    { id: "x2", position: "short", scheduledAt: at("2022-01-06 10:00"), at: at("2022-01-06 12:00"), reason: "timeout" },
    { id: "x3", position: "long", scheduledAt: at("2022-01-31 23:00"), at: at("2022-02-01 00:00"), reason: "frame_end" }
  ],
  rejected: [
    {
      at: at("2022-01-07 01:00"),
      violations: [{ code: "take_profit_distance", message: "TP is 0.31 % from the entry; at least 0.5 %" }]
    },
    {
      at: at("2022-01-08 02:00"),
      violations: [
        { code: "take_profit_distance", message: "TP is 0.44 % from the entry; at least 0.5 %" },
        { code: "risk", profile: "desk", message: "too many" }
      ]
    }
  ],
  failed: [{ at: at("2022-01-09 03:00"), error: "TypeError: x is undefined\n    at signal (my.ts:3)" }],
  skipped: 0,
  shifted: 0
}

/** A run that did nothing at all. */
export const empty: BacktestDocument = {
  version: 1,
  kind: "backtest",
  run,
  statistics: {
    ...statistics,
    totalSignals: 0,
    winCount: 0,
    lossCount: 0,
    winRate: null,
    avgPnl: null,
    totalPnl: null,
    stdDev: null,
    sharpeRatio: null,
    certaintyRatio: null,
    profitFactor: null,
    bestTrade: null,
    worstTrade: null,
    winStreak: null,
    lossStreak: null,
    avgDuration: null,
    avgMae: null,
    avgMfe: null,
    exposure: null,
    sqn: null,
    kelly: null,
    totalReturn: 0,
    cagr: 0,
    maxDrawdown: 0,
    maxDrawdownDays: 0,
    recoveryFactor: null,
    calmar: null,
    volatility: null,
    sharpeDaily: null,
    sortino: null,
    omega: null,
    ulcerIndex: 0,
    var95: 0,
    cvar95: 0,
    skewness: null,
    kurtosis: null,
    tailRatio: null,
    ambiguous: 0,
    pnlInterval: [0, 0]
  },
  trades: [],
  scheduled: [],
  cancelled: [],
  rejected: [],
  failed: [],
  skipped: 0,
  shifted: 0
}
