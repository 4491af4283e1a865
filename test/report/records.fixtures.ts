import * as Effect from "effect/Effect"
import { Backtest, type Errors, Exchange, Portfolio, Replay, Risk, Signal, Sizing, Strategy } from "../../src/index.js"
import type { RunRecord } from "../../src/model/document.js"
import type { Command } from "../../src/services/Command.js"
import { frame, market, memory, minute, rule, ruled, t0 } from "../modes/support.js"

const infinite = {
  awaitMinutes: Number.POSITIVE_INFINITY,
  maxLifetime: Number.POSITIVE_INFINITY,
  signalTimeout: Number.POSITIVE_INFINITY,
  anomalyFactor: Number.POSITIVE_INFINITY
}

/** Limit entries that live for ever, with stop rules, parameters, and a note nobody should trust. */
const patient = Strategy.make('patient, "quoted"', {
  interval: "5m",
  params: { width: Strategy.number(0.01), name: Strategy.literal(["infinite", "=1+1"], "infinite") },
  trailing: { percent: 0.4 },
  breakeven: { after: 0.5 }
}).signal(({ params, price, when }) =>
  Signal.long({
    priceOpen: price * (1 - params.width / 10),
    priceTakeProfit: price * (1 + params.width),
    priceStopLoss: price * (1 - params.width),
    minuteEstimatedTime: Number.POSITIVE_INFINITY,
    note: `=HYPERLINK("x")\n|, ${when} 🙂`
  })
)

const often = Strategy.make("often", { interval: "5m" }).signal(({ price, when }) => {
  if ((when / minute) % 9 === 0) throw new Error("out of luck\nsecond line")
  return Signal.short({ priceTakeProfit: price * 0.99, priceStopLoss: price * 1.008, minuteEstimatedTime: 30 })
})

const three = Exchange.memory(
  "memory",
  { A: market(11, 600), B: market(12, 600, 0.1), C: market(13, 600) },
  { interval: "1m" }
)

const entries = Portfolio.cross(["C", "A", "B"], [Strategy.make("ruled", { interval: "1m" }).signal(rule), often])

/** Records of real runs: of all kinds, of many trades and of none, with everything a record can hold. */
export const records = (seed: number): Effect.Effect<ReadonlyArray<RunRecord>, Errors.RunError, Command> =>
  Effect.all([
    Backtest.report("X", { strategy: ruled, exchange: memory(market(seed, 800)), frame: frame(800), seed }),
    Backtest.report("X", {
      strategy: patient,
      exchange: memory(market(seed + 1, 600, 0.05)),
      frame: frame(600),
      fill: "path",
      settings: infinite,
      events: "progress"
    }),
    Backtest.report("X", {
      strategy: often,
      exchange: memory(market(seed + 2, 500)),
      frame: frame(500),
      fill: "touch",
      sizing: Sizing.fixedPercentage("one percent", { riskPercent: 1 }),
      balance: 1234.56,
      leverage: 3,
      risk: Risk.make("desk", { validations: [Risk.check("odd hours", ({ when }) => (when / minute) % 60 < 30)] })
    }),
    // nothing but N/A
    Backtest.report("X", { strategy: ruled, exchange: memory(market(seed, 3)), frame: frame(3) }),
    Replay.report("X", {
      signals: [3, 3.5, 90].map((after) => ({
        ...Signal.long({ priceTakeProfit: 130, priceStopLoss: 85, minuteEstimatedTime: 20 }),
        time: t0 + after * minute
      })),
      exchange: memory(market(seed, 100)),
      frame: frame(100)
    }),
    Portfolio.report(entries, { exchange: three, frame: frame(600), seed }),
    Portfolio.report(entries, {
      exchange: three,
      frame: frame(600),
      sizing: Sizing.fixedAmount("amount", { amount: 3000 }),
      risk: Risk.make("desk", { validations: [Risk.maxPositions(2)] })
    })
  ])
