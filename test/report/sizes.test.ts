import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import { describe, expect, it } from "@effect/vitest"
import { compute } from "../../src/engine/statistics.js"
import type { BacktestDocument, Trade } from "../../src/model/document.js"
import * as Backtest from "../../src/report/backtest.js"
import * as Heat from "../../src/report/heat.js"
import * as Partial from "../../src/report/partial.js"
import * as Risk from "../../src/report/risk.js"
import * as Schedule from "../../src/report/schedule.js"
import { closed, signal } from "./events.fixtures.js"
import { document, empty, trade } from "./fixtures.js"

setFlagsFromString("--expose-gc")
const collect: () => void = runInNewContext("gc")

/** Bytes in use, with nothing left to collect. */
const heapUsed = (): number => {
  collect()
  return process.memoryUsage().heapUsed
}

const minute = 60_000
const { start } = document.run.frame

/** Trade `i` of many: a limit entry, one profit level, +1 % and -0.5 % in turn. */
const tradeOf = (i: number): Trade => {
  const pnlPercent = i % 2 === 0 ? 1 : -0.5
  const scheduledAt = start + 4 * i * minute
  return trade({
    id: `t${i}`,
    scheduledAt,
    pendingAt: scheduledAt + minute,
    closedAt: scheduledAt + 3 * minute,
    priceOpen: 40_000.5,
    priceLimit: 40_001,
    pnlPercent,
    pnlInterval: [pnlPercent, pnlPercent],
    partials: [{ at: scheduledAt + 2 * minute, side: "profit", level: 10, price: 40_040 }]
  })
}

/** A run of `n` trades, each with a limit entry, a partial level and a refusal by risk. */
const runOf = (n: number): BacktestDocument => {
  const trades = Array.from({ length: n }, (_, i) => tradeOf(i))
  const end = start + (4 * n + 1) * minute
  return {
    ...empty,
    run: { ...document.run, frame: { ...document.run.frame, end } },
    statistics: compute({ trades, start, end, firstOpen: 1, lastClose: 1, periodsPerYear: 365 }),
    trades,
    scheduled: trades.map(
      ({ id, minuteEstimatedTime, position, priceLimit = 0, priceStopLoss, priceTakeProfit, scheduledAt }) => ({
        id,
        position,
        at: scheduledAt,
        price: 40_002,
        priceLimit,
        priceTakeProfit,
        priceStopLoss,
        minuteEstimatedTime
      })
    ),
    rejected: trades.map(({ closedAt }) => ({
      at: closedAt + minute / 2,
      violations: [{ code: "risk", message: "3 are open", profile: "desk" }]
    }))
  }
}

/** Rows of the table under a heading. */
const rowsUnder = (text: string, heading: string): number => {
  const lines = text
    .slice(text.indexOf(`## ${heading}`))
    .split("\n")
    .slice(1)
  const next = lines.findIndex((line) => line.startsWith("## "))
  return lines.slice(0, next === -1 ? lines.length : next).filter((line) => line.startsWith("|")).length - 2
}

const texts = (record: BacktestDocument) => ({
  backtest: Backtest.markdown(record),
  schedule: Schedule.markdown(Schedule.ofRecord(record)),
  heat: Heat.markdown(Heat.ofRecord(record)),
  partial: Partial.markdown(Partial.ofRecord(record)),
  risk: Risk.markdown(Risk.ofRecord(record))
})

/** Totals by hand: half of the trades, the odd one more, bring +1 %, the others −0.5 %. */
const sizes = [
  { n: 1, count: "1", total: "+1.00%", wins: "100.00%" },
  { n: 250, count: "250", total: "+62.50%", wins: "50.00%" },
  { n: 251, count: "251", total: "+63.50%", wins: "50.20%" },
  { n: 100_000, count: "100,000", total: "+25000.00%", wins: "50.00%" }
]

describe("reports", () => {
  it.each(sizes)(
    "of $n trades have all of them",
    ({ count, n, total, wins }) => {
      const record = runOf(n)
      // the clock of the test, which says nothing to the reports
      const began = performance.now()
      const { backtest, heat, partial, risk, schedule } = texts(record)
      const took = performance.now() - began
      expect(backtest).toContain(`## Trades (${count})\n`)
      expect(rowsUnder(backtest, "Trades")).toBe(n)
      expect(schedule).toContain(`- Scheduled: ${count}\n- Opened: ${count} (100.00%), after 1m on average\n`)
      expect(rowsUnder(schedule, "Limit entries")).toBe(2 * n)
      expect(heat).toContain(`- Trades: ${count}, total PNL ${total}, max drawdown `)
      expect(heat.split("\n").find((line) => line.startsWith("| **Portfolio**"))).toContain(` ${wins} `)
      expect(partial).toContain(`- Profit levels reached: ${count}\n- Loss levels reached: 0\n`)
      expect(rowsUnder(partial, "Reached")).toBe(n)
      expect(risk).toContain(`- Refused: ${count} trade`)
      expect(rowsUnder(risk, "Refusals")).toBe(n)
      // all five together; some 5 s for the most
      expect(took).toBeLessThan(60_000)
    },
    120_000
  )

  it("of no trade say that there is none", () => {
    const { backtest, heat, partial, risk, schedule } = texts(empty)
    expect(backtest).toContain("## Trades (0)\n\nNo closed trades.\n")
    expect(heat).toContain("No closed trades.")
    expect(partial).toContain("No partial level was reached.")
    expect(risk).toContain("No trade was refused")
    expect(schedule).toContain("No limit entry was scheduled.")
  })

  it("keep of a trade only what they report on", () => {
    const heat = Heat.make()
    const before = heapUsed()
    for (let i = 0; i < 100_000; i++) {
      const of = signal({ id: `t${i}`, scheduledAt: start + i * minute })
      heat.observe(closed(of, "2024-01-01 00:00", i % 2 === 0 ? 1 : -0.5))
    }
    // the events themselves, signals and all, would take twice as much
    expect((heapUsed() - before) / 100_000).toBeLessThan(300)
    expect(heat.data().portfolio.trades).toBe(100_000)
  })
})
