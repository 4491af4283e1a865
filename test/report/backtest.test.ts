import { describe, expect, it } from "@effect/vitest"
import { ambiguity, markdown } from "../../src/report/backtest.js"
import { cells } from "./events.fixtures.js"
import { document, empty, trade } from "./fixtures.js"

/** The lines of the section under a heading. */
const section = (text: string, heading: string): ReadonlyArray<string> => {
  const lines = text.split("\n")
  const from = lines.findIndex((line) => line.startsWith(`## ${heading}`))
  const next = lines.findIndex((line, i) => i > from && line.startsWith("## "))
  return from === -1 ? [] : lines.slice(from, next === -1 ? lines.length : next)
}

describe("markdown", () => {
  const text = markdown(document)

  it("says what was run", () => {
    expect(text.split("\n").slice(0, 8)).toEqual([
      "# Backtest: `BTCUSDT`, `sma-cross`",
      "",
      "- Strategy: `sma-cross` with `fast 20, slow 50`",
      "- Market: `BTCUSDT` on `file`",
      "- Frame: `january`, 2022-01-01 00:00 to 2022-02-01 00:00 UTC (31d 00h), walked at 1m",
      "- Data: 44,627 candles, 2 gaps (13 missing), hash `9f2c41d07ab3e655`",
      "- Fills: `realistic`; seed 42",
      "- Settings: slippage 0.1 % and fee 0.1 % per side, TP at least 0.5 %, SL 0.5 % to 20 %, " +
        "lifetime up to 1440 min, limit entries rest 120 min, average price of 5 candles, 365 days a year"
    ])
    expect(text).not.toContain("The data stop")
    expect(text).not.toContain("Replay")
  })

  it("says plainly what is out of the ordinary", () => {
    const settings = { ...document.run.settings, maxLifetime: Number.POSITIVE_INFINITY, minTakeProfit: 0 }
    const other = markdown({
      ...document,
      run: { ...document.run, settings, truncated: true, gaps: 0, missing: 0, params: {} },
      skipped: 2,
      shifted: 1
    })
    expect(other).toContain("**The data stop before the frame's end")
    expect(other).toContain("- Replay: 2 signals skipped, 1 moved to the next tick")
    expect(other).toContain("44,627 candles, no gaps, hash")
    expect(other).toContain("TP at least off, SL 0.5 % to 20 %, any lifetime,")
    expect(other).toContain("- Strategy: `sma-cross`\n")
  })

  it("has every statistic with its value and its convention", () => {
    const rows = cells(section(text, "Statistics"))
    expect(rows).toHaveLength(2 + 41)
    expect(rows[0]).toEqual(["Metric", "Value", "Convention"])
    const values = new Map(rows.map(([label, value]) => [label, value]))
    expect(values.get("Win rate")).toBe("66.67%")
    expect(values.get("Total PnL")).toBe("+2.50%")
    expect(values.get("Sharpe (annualised)")).toBe("N/A")
    expect(values.get("Average duration")).toBe("2h 05m")
    expect(values.get("Tail ratio")).toBe("N/A")
    expect(values.get("Total PnL interval")).toBe("+0.60% to +4.40%")
    for (const row of rows) expect(row[2]).not.toBe("")
  })

  it("lists the trades, newest first", () => {
    const rows = cells(section(text, "Trades"))
    expect(rows[0]).toEqual([
      "Signal ID",
      "Symbol",
      "Position",
      "Open Price",
      "Close Price",
      "TP",
      "SL",
      "PNL (net)",
      "Close Reason",
      "Duration",
      "Open Time",
      "Close Time"
    ])
    expect(rows.slice(2)).toEqual([
      [
        "c3",
        "BTCUSDT",
        "long",
        "34000.00",
        "35160.00",
        "46782.69",
        "45856.31",
        "+3.20%",
        "time_expired",
        "40m",
        "2022-01-24 09:00",
        "2022-01-24 09:40"
      ],
      [
        "b2",
        "BTCUSDT",
        "short",
        "41800.12",
        "42300.00",
        "40900.00",
        "42300.00",
        "-1.31%",
        "stop_loss",
        "1d 03h",
        "2022-01-10 00:00",
        "2022-01-11 02:30"
      ],
      [
        "a1",
        "BTCUSDT",
        "long",
        "46319.50",
        "46782.69",
        "46782.69",
        "45856.31",
        "+0.60%",
        "take_profit",
        "2h 05m",
        "2022-01-03 10:00",
        "2022-01-03 12:05"
      ]
    ])
  })

  it("of two trades that close at one instant the later in close order comes first", () => {
    const both = { ...document, trades: [trade({ id: "first" }), trade({ id: "second" })] }
    expect(
      cells(section(markdown(both), "Trades"))
        .slice(2)
        .map(([id]) => id)
    ).toEqual(["second", "first"])
  })

  it("has notes where the settings ask for them, each in its cell", () => {
    expect(text).not.toContain("fade")
    const settings = { ...document.run.settings, showNotes: true }
    const rows = cells(section(markdown({ ...document, run: { ...document.run, settings } }), "Trades"))
    expect(rows[0]?.[3]).toBe("Note")
    expect(rows.map((row) => row.length)).toEqual([13, 13, 13, 13, 13])
    expect(rows.slice(2).map((row) => row[3])).toEqual(["", "fade \\| the spike<br>second line", ""])
  })

  it("shows what was cancelled, rejected and failed, with counts", () => {
    const cancelled = cells(section(text, "Cancelled (3)"))
    expect(cancelled.slice(2, 4)).toEqual([
      ["2", "timeout"],
      ["1", "frame_end"]
    ])
    expect(cancelled.slice(6)).toEqual([
      ["2022-02-01 00:00", "x3", "long", "frame_end", "1h 00m"],
      ["2022-01-06 12:00", "x2", "short", "timeout", "2h 00m"],
      ["2022-01-05 12:00", "x1", "long", "timeout", "2h 00m"]
    ])
    const rejected = cells(section(text, "Rejected (2)"))
    expect(rejected.slice(2, 4)).toEqual([
      ["2", "take_profit_distance: TP is n % from the entry; at least n %"],
      ["1", "risk desk: too many"]
    ])
    expect(rejected[6]).toEqual([
      "2022-01-08 02:00",
      "take_profit_distance: TP is 0.44 % from the entry; at least 0.5 %; risk desk: too many"
    ])
    expect(cells(section(text, "Failed (1)"))[5]).toEqual([
      "2022-01-09 03:00",
      "TypeError: x is undefined<br>    at signal (my.ts:3)"
    ])
  })

  it("says of an empty run that it is empty, and has no empty sections", () => {
    const nothing = markdown(empty)
    expect(section(nothing, "Trades (0)")).toContain("No closed trades.")
    for (const heading of ["Cancelled", "Rejected", "Failed"]) expect(section(nothing, heading)).toEqual([])
    expect(nothing).not.toMatch(/NaN|Infinity|null|undefined/)
  })

  it("cannot be broken by a name", () => {
    const run = { ...document.run, strategy: "a`b\n# c", symbol: "x|y" }
    const lines = markdown({ ...document, run }).split("\n")
    expect(lines[0]).toBe("# Backtest: `x|y`, `a'b # c`")
    expect(cells(section(lines.join("\n"), "Trades"))[2]).toHaveLength(12)
  })
})

describe("the table of trades", () => {
  it("has the columns that are asked for, in that order", () => {
    const rows = cells(section(markdown(document, { columns: ["pnl", "strategy", "note", "signalId"] }), "Trades"))
    expect([rows[0], ...rows.slice(2)]).toEqual([
      ["PNL (net)", "Strategy", "Note", "Signal ID"],
      ["+3.20%", "sma-cross", "", "c3"],
      ["-1.31%", "sma-cross", "fade \\| the spike<br>second line", "b2"],
      ["+0.60%", "sma-cross", "", "a1"]
    ])
  })

  it("shows money where there is an account, with the account among the lines on top", () => {
    const account = { initial: 10_000, final: 11_245.314, leverage: 2, peakMargin: 5000 }
    const money = { quantity: 0.0215, notional: 1000.5, fees: 2.001, result: -1000.256, balance: 11_245.314 }
    const text = markdown({ ...document, account, trades: [trade({ money }), trade({ id: "b2" })] })
    expect(text).toContain("\n- Account: 10,000.00 → 11,245.31, leverage 2, margin of up to 5,000.00 held\n")
    const rows = cells(section(text, "Trades"))
    const taken = (row: ReadonlyArray<string> | undefined) => row?.slice(7, 13)
    expect(taken(rows[0])).toEqual(["PNL (net)", "Quantity", "Notional", "Fees", "Result", "Balance"])
    expect(taken(rows[2])).toEqual(["+0.60%", "N/A", "N/A", "N/A", "N/A", "N/A"])
    expect(taken(rows[3])).toEqual(["+0.60%", "0.02150", "1,000.50", "2.00", "-1,000.26", "11,245.31"])
    expect(markdown(document)).not.toMatch(/Account|Quantity|Balance/)
  })
})

describe("ambiguity", () => {
  const of = (ambiguous: number, totalSignals: number) =>
    ambiguity({ ...document, statistics: { ...document.statistics, ambiguous, totalSignals } })

  it("states the number and the interval", () => {
    expect(of(1, 3)).toBe(
      "1 of 3 trades is ambiguous, as the candles allow more than one outcome: total between +0.60% and +4.40%."
    )
    expect(of(12, 1300)).toMatch(/^12 of 1,300 trades are ambiguous,/)
    expect(of(0, 3)).toBe("No trade is ambiguous: the candles allow one outcome each.")
    expect(ambiguity(empty)).toBe("")
  })
})
