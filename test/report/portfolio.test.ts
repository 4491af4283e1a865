import { describe, expect, it } from "@effect/vitest"
import type { PortfolioDocument } from "../../src/model/document.js"
import { markdown } from "../../src/report/portfolio.js"
import { cells } from "./events.fixtures.js"
import { at, document, empty, trade } from "./fixtures.js"

const money = { quantity: 1_000_000, notional: 28.54, fees: 0.0571, result: 1.4, balance: 10_001.4 }

const shib = {
  ...empty,
  run: { ...empty.run, symbol: "SHIB|USDT", strategy: "br`eak", firstOpen: 0.00002854, lastClose: 0.000029 },
  statistics: { ...empty.statistics, totalReturn: 0.014, winRate: 100 },
  trades: [
    trade({
      id: "s1",
      closedAt: at("2022-01-11 02:30"),
      priceOpen: 0.00002854,
      priceClose: 0.00002997,
      priceTakeProfit: 0.00003,
      priceStopLoss: 0.000025,
      money
    })
  ]
}

const portfolio: PortfolioDocument = {
  version: 1,
  kind: "portfolio",
  statistics: document.statistics,
  account: { initial: 10_000, final: 10_001.4, leverage: 1, peakMargin: 28.54 },
  runs: [document, shib]
}

const text = markdown(portfolio)

describe("markdown", () => {
  it("says what was run, and what became of the account", () => {
    expect(text.split("\n").slice(0, 8)).toEqual([
      "# Portfolio: 2 symbols, 2 strategies",
      "",
      "- Runs: 2, of `BTCUSDT`, `SHIB|USDT` by `br'eak`, `sma-cross`",
      "- Frame: 2022-01-01 00:00 to 2022-02-01 00:00 UTC (31d 00h)",
      "- Account: 10,000.00 → 10,001.40, leverage 1, margin of up to 28.54 held",
      "",
      "## Statistics",
      ""
    ])
    expect(text).toContain("1 of 3 trades is ambiguous")
  })

  it("has a line per run", () => {
    expect(text).toContain(
      [
        "## Runs (2)",
        "",
        "| Symbol     | Strategy  | Trades | Total Return | Win Rate | Max DD |   PF |",
        "| :--------- | :-------- | -----: | -----------: | -------: | -----: | ---: |",
        "| BTCUSDT    | sma-cross |      3 |       +2.46% |   66.67% |  1.31% | 2.91 |",
        "| SHIB\\|USDT | br\\`eak   |      1 |       +0.01% |  100.00% |  0.00% |  N/A |"
      ].join("\n")
    )
  })

  it("has all trades, newest first, each with the decimals of its symbol", () => {
    const columns = ["signalId", "symbol", "priceOpen", "priceClose", "takeProfit", "quantity", "closeTime"] as const
    const lines = markdown(portfolio, { columns }).split("\n")
    const rows = cells(lines.slice(lines.indexOf("## Trades (4)"), lines.indexOf("## Cancelled (3)")))
    expect(rows.slice(2)).toEqual([
      ["c3", "BTCUSDT", "34000.00", "35160.00", "46782.69", "N/A", "2022-01-24 09:40"],
      // of two at one instant that of the later run comes first
      ["s1", "SHIB\\|USDT", "0.00002854", "0.00002997", "0.00003000", "1000000.00", "2022-01-11 02:30"],
      ["b2", "BTCUSDT", "41800.12", "42300.00", "40900.00", "N/A", "2022-01-11 02:30"],
      ["a1", "BTCUSDT", "46319.50", "46782.69", "46782.69", "N/A", "2022-01-03 12:05"]
    ])
    expect(
      cells(text.split("\n"))
        .find(([first]) => first === "Signal ID")
        ?.slice(0, 4)
    ).toEqual(["Signal ID", "Symbol", "Strategy", "Position"])
  })

  it("counts what was cancelled, rejected and failed", () => {
    const lines = text.split("\n")
    expect(cells(lines.slice(lines.indexOf("## Cancelled (3)")))).toEqual([
      ["Count", "Reason"],
      ["----:", ":--------"],
      ["2", "timeout"],
      ["1", "frame_end"],
      ["Count", "Reason"],
      ["----:", ":-----------------------------------------------------------"],
      ["2", "take_profit_distance: TP is n % from the entry; at least n %"],
      ["1", "risk desk: too many"],
      ["Count", "Reason"],
      ["----:", ":---------------------------------------------------"],
      ["1", "TypeError: x is undefined<br>    at signal (my.ts:3)"]
    ])
  })

  it("warns of data that stop early, and is quiet about what is not there", () => {
    const early = { ...shib, run: { ...shib.run, truncated: true } }
    expect(markdown({ ...portfolio, runs: [document, early] })).toContain("**The data of 1 run stop before")
    const quiet = markdown({ version: 1, kind: "portfolio", statistics: empty.statistics, runs: [empty, shib] })
    expect(quiet).not.toMatch(/The data|Account|Quantity|Cancelled|Rejected|Failed|NaN|undefined/)
  })

  it("of no run at all says so", () => {
    expect(markdown({ ...portfolio, runs: [] })).toBe("# Portfolio\n\nNothing was run.\n")
  })
})
