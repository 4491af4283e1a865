import { describe, expect, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import type { BacktestDocument, PortfolioDocument } from "../../src/model/document.js"
import { portfolioSummary, summary } from "../../src/report/terminal.js"
import { document, empty } from "./fixtures.js"

const plain = (width: number, of = document) => summary(of, { width, color: false })

describe("summary", () => {
  it("fits one screen of 80 columns", () => {
    expect(plain(80)).toBe(
      [
        "BTCUSDT · sma-cross",
        "fast 20, slow 50",
        "2022-01-01 to 2022-02-01 UTC (31d), 44,627 candles, 2 gaps (13 missing),",
        "realistic fills",
        "",
        "+2.46% total return   +2.50% total PnL",
        "",
        // equity 1 / 1.00598 / 0.99284 / 1.02465: levels 6, 10, 1 and 24 of 24, changing on 01-03, 01-11 and 01-24
        `${" ".repeat(60)}${"█".repeat(20)}`,
        `${" ".repeat(7)}${"▂".repeat(19)}${" ".repeat(34)}${"█".repeat(20)}`,
        `${"▆".repeat(7)}${"█".repeat(19)}${"▁".repeat(34)}${"█".repeat(20)}`,
        "Equity 1.0000 to 1.0247, low 0.9928, high 1.0247",
        "",
        "Buy & hold                    -16.92%      Trades                              3",
        "CAGR                          +33.15%      Win rate                       66.67%",
        "Max drawdown                    1.31%      Average PnL                    +0.83%",
        "Longest drawdown               4d 06h      Profit factor                    2.91",
        "Sharpe daily                     2.30      Sharpe per trade                 0.41",
        "Exposure                        0.84%      Avg duration                   2h 05m",
        "",
        "Closed by  stop loss 1, take profit 1, time expired 1",
        "Ambiguous  1 of 3 trades, total PnL between +0.60% and +4.40%",
        "Cancelled  3: timeout 2, frame end 1",
        "Rejected   2: take_profit_distance: TP is n % from the entry; at least n % (and",
        "           1 other reason)",
        "Failed     1: TypeError: x is undefined at signal (my.ts:3)",
        ""
      ].join("\n")
    )
  })

  it("stands in one column where there is no room for two", () => {
    const lines = plain(40).split("\n")
    expect(lines).toContain("Buy & hold                       -16.92%")
    expect(lines).toContain("Trades                                 3")
  })

  it("says what is out of the ordinary, and nothing else", () => {
    const quiet = plain(80, empty)
    expect(quiet).toContain("No closed trades")
    expect(quiet).not.toMatch(/Cancelled|Rejected|Failed|Ambiguous|Replay|Truncated|Equity|NaN|null/)
    const odd = plain(80, { ...empty, run: { ...empty.run, truncated: true, gaps: 0 }, skipped: 3, shifted: 1 })
    expect(odd).toContain("Truncated  the data stop before the frame's end")
    expect(odd).toContain("Replay     3 skipped, 1 shifted")
    expect(odd).toContain("no gaps")
  })

  it("shows the hours of a frame that does not start at midnight", () => {
    const frame = { ...document.run.frame, start: document.run.frame.start + 90 * 60_000 }
    expect(plain(80, { ...document, run: { ...document.run, frame } })).toContain("2022-01-01 01:30 to 2022-02-01 UTC")
  })

  it("has colour only on demand, over the very same text", () => {
    const coloured = summary(document, { width: 80, color: true })
    expect(coloured).toContain("\u001b[1m\u001b[32m+2.46%\u001b[0m\u001b[0m total return")
    expect(coloured).toContain("\u001b[31m-16.92%\u001b[0m")
    expect(coloured.replace(/\u001b\[\d+m/g, "")).toBe(plain(80))
    expect(plain(80)).not.toContain("\u001b")
  })

  it("lets no name or error reach the terminal as a command", () => {
    const run = { ...document.run, symbol: "\u001b[2JX", strategy: "a\u0007b\u009b31m", params: { p: "\u001b[31m" } }
    const failed = [{ at: 0, error: "\u001b]0;title\u0007 boom" }]
    expect(plain(80, { ...document, run, failed })).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
  })

  it("is never wider than asked for", () => {
    const text = FastCheck.string({ maxLength: 200 })
    const cases = FastCheck.record({
      width: FastCheck.integer({ min: 24, max: 200 }),
      name: text,
      error: text,
      pnl: FastCheck.double({ noNaN: true })
    })
    FastCheck.assert(
      FastCheck.property(cases, ({ error, name, pnl, width }) => {
        const long: BacktestDocument = {
          ...document,
          run: { ...document.run, strategy: name, params: { [error]: name } },
          statistics: { ...document.statistics, totalReturn: pnl, totalPnl: pnl, cagr: pnl, pnlInterval: [pnl, pnl] },
          failed: [{ at: 0, error }]
        }
        for (const line of plain(width, long).split("\n")) expect(Array.from(line).length).toBeLessThanOrEqual(width)
      }),
      { numRuns: 200 }
    )
  })

  it("takes 80 columns where the terminal does not say", () => {
    expect(plain(Number.NaN)).toBe(plain(80))
  })
})

const account = { initial: 10_000, final: 11_245.314, leverage: 2, peakMargin: 5000 }

describe("summary of a sized run", () => {
  it("shows its money", () => {
    expect(
      plain(80, { ...document, account })
        .split("\n")
        .slice(5, 7)
    ).toEqual(["+2.46% total return   +2.50% total PnL", "10,000.00 → 11,245.31"])
    expect(plain(80, { ...empty, account: { ...account, final: 10_000 } })).toContain(
      "No closed trades\n10,000.00 → 10,000.00\n"
    )
  })
})

describe("portfolioSummary", () => {
  const run = document.run
  const shib = { ...run, symbol: "SHIBUSDT", strategy: "breakout", gaps: 1, missing: 2, candles: 373, truncated: true }
  const portfolio: PortfolioDocument = {
    version: 1,
    kind: "portfolio",
    statistics: document.statistics,
    account,
    runs: [document, { ...empty, run: shib, statistics: { ...empty.statistics, totalReturn: -12.5 } }]
  }
  const shown = (width: number, of = portfolio) => portfolioSummary(of, { width, color: false })

  it("fits one screen of 80 columns", () => {
    expect(shown(80)).toBe(
      [
        "Portfolio · 2 symbols · 2 strategies",
        "2022-01-01 to 2022-02-01 UTC (31d), 45,000 candles, 3 gaps (15 missing),",
        "realistic fills",
        "",
        "+2.46% total return   +2.50% total PnL",
        "10,000.00 → 11,245.31",
        "",
        `${" ".repeat(60)}${"█".repeat(20)}`,
        `${" ".repeat(7)}${"▂".repeat(19)}${" ".repeat(34)}${"█".repeat(20)}`,
        `${"▆".repeat(7)}${"█".repeat(19)}${"▁".repeat(34)}${"█".repeat(20)}`,
        "Equity 1.0000 to 1.0247, low 0.9928, high 1.0247",
        "",
        "Buy & hold                    -16.92%      Trades                              3",
        "CAGR                          +33.15%      Win rate                       66.67%",
        "Max drawdown                    1.31%      Average PnL                    +0.83%",
        "Longest drawdown               4d 06h      Profit factor                    2.91",
        "Sharpe daily                     2.30      Sharpe per trade                 0.41",
        "Exposure                        0.84%      Avg duration                   2h 05m",
        "",
        "                     Trades     Return  Win rate    Max DD      PF",
        "BTCUSDT · sma-cross       3     +2.46%    66.67%     1.31%    2.91",
        "SHIBUSDT · breakout       0    -12.50%       N/A     0.00%     N/A",
        "",
        "Closed by  stop loss 1, take profit 1, time expired 1",
        "Ambiguous  1 of 3 trades, total PnL between +0.60% and +4.40%",
        "Cancelled  3: timeout 2, frame end 1",
        "Rejected   2: take_profit_distance: TP is n % from the entry; at least n % (and",
        "           1 other reason)",
        "Failed     1: TypeError: x is undefined at signal (my.ts:3)",
        "Truncated  the data of 1 run stop before the frame's end",
        ""
      ].join("\n")
    )
  })

  it("keeps what matters of each run where there is little room", () => {
    expect(shown(40).split("\n")).toContain("SHIBUSDT · breakout       0    -12.50%")
    expect(shown(24).split("\n")).toContain("SHIBUSDT · b…    -12.50%")
  })

  it("takes what trades did to the account for its equity", () => {
    const trades = document.trades.map((trade) => ({ ...trade, equityPercent: 1 }))
    const [first, ...others] = portfolio.runs
    if (first === undefined) throw new Error("no run")
    const text = shown(80, { ...portfolio, runs: [{ ...first, trades }, ...others] })
    // 1.01³
    expect(text).toContain("Equity 1.0000 to 1.0303, low 1.0000, high 1.0303")
  })

  it("has colour only on demand, over the very same text", () => {
    const coloured = portfolioSummary(portfolio, { width: 80, color: true })
    expect(coloured).toContain("\u001b[31m-12.50%\u001b[0m")
    expect(coloured.replace(/\u001b\[\d+m/g, "")).toBe(shown(80))
    expect(shown(80)).not.toContain("\u001b")
  })

  it("says so when nothing was run", () => {
    expect(shown(80, { ...portfolio, runs: [] })).toBe("Nothing was run\n")
  })

  it("is never wider than asked for, whatever names and numbers there are", () => {
    const text = FastCheck.string({ maxLength: 60 })
    const cases = FastCheck.record({
      width: FastCheck.constantFrom(24, 40, 63, 64, 80, 100, 200),
      name: text,
      pnl: FastCheck.double({ noNaN: true })
    })
    FastCheck.assert(
      FastCheck.property(cases, ({ name, pnl, width }) => {
        const statistics = { ...document.statistics, totalReturn: pnl, maxDrawdown: pnl, profitFactor: pnl }
        const runs = portfolio.runs.map((one) => ({
          ...one,
          run: { ...one.run, symbol: name, strategy: `${name}2` },
          statistics
        }))
        const money = { ...account, initial: Math.abs(pnl), final: pnl }
        for (const line of shown(width, { ...portfolio, account: money, statistics, runs }).split("\n")) {
          expect(Array.from(line).length).toBeLessThanOrEqual(Math.min(width, 100))
        }
      }),
      { numRuns: 200 }
    )
  })
})
