import { describe, expect, it } from "@effect/vitest"
import type { BacktestDocument, PortfolioDocument, Trade } from "../../../src/model/document.js"
import { pageData } from "../../../src/report/html/data.js"
import { at, document, empty, run, statistics, trade } from "../fixtures.js"

const eth: BacktestDocument = {
  ...document,
  run: { ...run, symbol: "ETHUSDT", strategy: "fade", firstOpen: 2300.123, lastClose: 2400 },
  trades: [
    trade({
      id: "e1",
      closedAt: at("2022-01-05 00:00"),
      priceLimit: 2300.5,
      priceOpen: 2300.5,
      priceStopMoved: 2310,
      minuteEstimatedTime: "infinite",
      pnlPercent: -4,
      equityPercent: -1,
      money: { quantity: 1.25, notional: 2875.625, fees: 5.75, result: -100.5, balance: 9899.5 },
      partials: [{ at: 5, side: "profit", level: 20, price: 2310 }],
      stops: [{ at: 6, rule: "trailing", price: 2310 }]
    })
  ],
  cancelled: [
    {
      id: "r1",
      position: "short",
      scheduledAt: 1,
      at: at("2022-01-09 00:00"),
      reason: "risk",
      violations: [{ code: "risk", profile: "desk", message: "too late" }]
    }
  ],
  rejected: [],
  failed: []
}

const portfolio: PortfolioDocument = {
  version: 1,
  kind: "portfolio",
  statistics,
  account: { initial: 10_000, final: 9899.5, leverage: 2, peakMargin: 2875.625 },
  runs: [document, eth]
}

describe("the page's data", () => {
  it("are the record's numbers, trade by trade in close order", () => {
    const { runs, trades } = pageData(portfolio)
    expect(trades.id).toEqual(["a1", "e1", "b2", "c3"])
    expect(trades.run).toEqual([0, 1, 0, 0])
    const all = new Map([...document.trades, ...eth.trades].map((trade) => [trade.id, trade]))
    trades.id.forEach((id, i) => {
      const given = all.get(id)
      const shown: Partial<Record<keyof Trade | "low" | "high", unknown>> = {
        id,
        position: trades.position[i],
        scheduledAt: trades.scheduledAt[i],
        pendingAt: trades.pendingAt[i],
        closedAt: trades.closedAt[i],
        priceOpen: trades.priceOpen[i],
        priceClose: trades.priceClose[i],
        priceTakeProfit: trades.priceTakeProfit[i],
        priceStopLoss: trades.priceStopLoss[i],
        minuteEstimatedTime: trades.minuteEstimatedTime[i],
        reason: trades.reason[i],
        pnlPercent: trades.pnlPercent[i],
        mae: trades.mae[i],
        mfe: trades.mfe[i],
        ambiguous: trades.ambiguous[i],
        pnlInterval: [trades.pnlLow[i], trades.pnlHigh[i]]
      }
      expect(given).toMatchObject(shown)
      expect(trades.priceLimit[i]).toBe(given?.priceLimit ?? null)
      expect(trades.priceStopMoved[i]).toBe(given?.priceStopMoved ?? null)
      expect(trades.equityPercent[i]).toBe(given?.equityPercent ?? null)
      expect(trades.note[i]).toBe(given?.note ?? null)
      expect(trades.partials[i]).toEqual(given?.partials ?? [])
      expect(trades.stops[i]).toEqual(given?.stops ?? [])
      for (const key of ["quantity", "notional", "fees", "result", "balance"] as const) {
        expect(trades[key][i]).toBe(given?.money?.[key] ?? null)
      }
    })
    expect(runs[1]).toEqual({ symbol: "ETHUSDT", strategy: "fade", statistics })
  })

  it("say what was run", () => {
    const data = pageData(portfolio)
    expect(data.portfolio).toBe(true)
    expect(data.sized).toBe(true)
    expect(data.moneyDecimals).toBe(2)
    expect([data.start, data.end]).toEqual([at("2022-01-01 00:00"), at("2022-02-01 00:00")])
    expect(data.symbols).toEqual([
      { symbol: "BTCUSDT", decimals: 2, candles: null },
      { symbol: "ETHUSDT", decimals: 3, candles: null }
    ])
    expect(data.strategies).toEqual(["sma-cross", "fade"])
    expect(pageData(document).portfolio).toBe(false)
  })

  it("hold the curves of the account and of each run", () => {
    const { equity } = pageData({ ...portfolio, account: undefined, runs: [document] } as const)
    // 0.598 %, −1.306 % and 3.2043 %, one after the other
    expect(equity.start).toBe(1)
    expect(equity.account[0]).toBeCloseTo(1.00598, 12)
    expect(equity.account[1]).toBeCloseTo(0.9928419012, 12)
    expect(equity.account[2]).toBeCloseTo(1.02465553424015, 12)
    expect(equity.accountDrawdown[1]).toBeCloseTo(-1.306, 12)
    expect(equity.run).toEqual(equity.account)
    const both = pageData(portfolio).equity
    expect(both.start).toBe(10_000)
    expect(both.account[1]).toBe(9899.5)
    // its only trade cost 1 % of the account
    expect(both.run[1]).toBe(9900)
  })

  it("list refusals newest first, of answers and of fills", () => {
    const { refusals } = pageData(portfolio)
    expect(refusals.total).toBe(3)
    expect(refusals.at.map((time) => time === at("2022-01-09 00:00"))).toEqual([true, false, false])
    expect(refusals.what).toEqual(["fill", "signal", "signal"])
    expect(refusals.run).toEqual([1, 0, 0])
    expect(refusals.text[0]).toBe("risk desk: too late")
    expect(refusals.text[1]).toBe(
      "take_profit_distance: TP is 0.44 % from the entry; at least 0.5 %; risk desk: too many"
    )
  })

  it("know how many refusals there were when they list the latest only", () => {
    const rejected = Array.from({ length: 10_001 }, (_, i) => ({ at: i, violations: [] }))
    const { refusals } = pageData({ ...empty, rejected })
    expect(refusals.total).toBe(10_001)
    expect(refusals.at).toHaveLength(10_000)
    expect(refusals.at[0]).toBe(10_000)
  })

  it("survive JSON", () => {
    const data = pageData(portfolio)
    expect(JSON.parse(JSON.stringify(data))).toEqual(data)
  })
})
