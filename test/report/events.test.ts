import { describe, expect, it } from "@effect/vitest"
import * as Cause from "effect/Cause"
import type { BacktestDocument, PortfolioDocument } from "../../src/model/document.js"
import type { Event } from "../../src/model/event.js"
import { symbolOf } from "../../src/model/event.js"
import { eventsOf } from "../../src/report/events.js"
import { at, empty, trade } from "./fixtures.js"

const day = (time: string) => at(`2022-01-03 ${time}`)

/**
 * A limit entry made at 10:00, filled at 10:05 and stopped out at 10:20; another made at 11:00 that timed out at 13:00;
 * an entry at market of 14:00 that expires at 14:30, although the last partial level is of the close of 15:00.
 */
const document: BacktestDocument = {
  ...empty,
  trades: [
    trade({
      id: "a1",
      scheduledAt: day("10:00"),
      pendingAt: day("10:05"),
      closedAt: day("10:20"),
      priceLimit: 46_300,
      reason: "stop_loss",
      partials: [
        { at: day("10:10"), side: "profit", level: 10, price: 46_350 },
        { at: day("10:20"), side: "loss", level: 20, price: 46_200 }
      ],
      stops: [{ at: day("10:15"), rule: "breakeven", price: 46_310 }],
      priceStopMoved: 46_310,
      equityPercent: 0.3,
      note: "why not",
      money: { quantity: 2, notional: 92_600, fees: 185, result: -30, balance: 9970 }
    }),
    trade({
      id: "b2",
      scheduledAt: day("14:00"),
      pendingAt: day("14:00"),
      closedAt: day("14:30"),
      reason: "time_expired",
      partials: [{ at: day("15:00"), side: "profit", level: 10, price: 46_350 }],
      money: { quantity: 1, notional: 46_300, fees: 90, result: 10, balance: 9980 }
    })
  ],
  account: { initial: 10_000, final: 9980, leverage: 1, peakMargin: 92_600 },
  scheduled: [
    {
      id: "a1",
      position: "long",
      at: day("10:00"),
      price: 46_319.5,
      priceLimit: 46_300,
      priceTakeProfit: 46_782.695,
      priceStopLoss: 45_856.305,
      minuteEstimatedTime: 240,
      note: "why not"
    },
    {
      id: "x1",
      position: "short",
      at: day("11:00"),
      price: 46_000,
      priceLimit: 46_500,
      priceTakeProfit: 46_000,
      priceStopLoss: 47_000,
      minuteEstimatedTime: "infinite",
      note: "fade"
    }
  ],
  cancelled: [
    {
      id: "x1",
      position: "short",
      scheduledAt: day("11:00"),
      at: day("13:00"),
      reason: "risk",
      violations: [{ code: "risk", message: "too many", profile: "desk" }]
    }
  ],
  rejected: [
    {
      at: day("14:00"),
      violations: [{ code: "cash", message: "needs 1" }],
      position: "long",
      priceLimit: 46_000,
      price: 46_100
    },
    { at: day("16:00"), violations: [{ code: "moon_phase", message: "of a later version" }] }
  ],
  failed: [{ at: day("10:20"), error: "boom" }]
}

const told = (events: Iterable<Event>) =>
  Array.from(events, (event) => `${new Date(event.when).toISOString().slice(11, 16)} ${event._tag}`)

describe("eventsOf", () => {
  const events = [...eventsOf(document)]

  it("has every event in order: asks after the close they were made at, before what the next candle does", () => {
    expect(told(events)).toEqual([
      "10:00 Scheduled",
      "10:05 Opened",
      "10:10 PartialProfit",
      "10:15 StopMoved",
      "10:20 PartialLoss",
      "10:20 Failed",
      "10:20 Closed",
      "11:00 Scheduled",
      "13:00 Cancelled",
      "14:00 Rejected",
      "14:00 Opened",
      "15:00 PartialProfit",
      "14:30 Closed",
      "16:00 Rejected"
    ])
  })

  it("can be gone through more than once", () => {
    const again = eventsOf(document)
    expect(told(again)).toEqual(told(again))
  })

  const resting = {
    id: "a1",
    symbol: "BTCUSDT",
    strategy: "sma-cross",
    exchange: "file",
    frame: "january",
    position: "long",
    priceOpen: 46_300,
    priceTakeProfit: 46_782.695,
    priceStopLoss: 45_856.305,
    minuteEstimatedTime: 240,
    note: "why not",
    quantity: 2,
    scheduledAt: day("10:00")
  }

  it("rebuilds a trade's events from its document", () => {
    expect(events[0]).toEqual({ _tag: "Scheduled", when: day("10:00"), signal: resting, price: 46_319.5 })
    const signal = { ...resting, pendingAt: day("10:05") }
    expect(events[1]).toEqual({
      _tag: "Opened",
      when: day("10:05"),
      signal,
      priceOpen: 46_319.5,
      // 0.1 % of the notional; nothing is closed yet
      money: { quantity: 2, notional: 92_600, fees: 92.6, result: 0, balance: 10_000 }
    })
    expect(events[3]).toEqual({
      _tag: "StopMoved",
      when: day("10:15"),
      signal,
      rule: "breakeven",
      priceStopLoss: 46_310
    })
    expect(events[6]).toEqual({
      _tag: "Closed",
      when: day("10:20"),
      signal,
      reason: "stop_loss",
      priceOpen: 46_319.5,
      priceClose: 46_782.695,
      pnlPercent: 0.598,
      mae: -0.2,
      mfe: 1,
      ambiguous: false,
      pnlInterval: [0.598, 0.598],
      priceStopMoved: 46_310,
      equityPercent: 0.3,
      money: { quantity: 2, notional: 92_600, fees: 185, result: -30, balance: 9970 }
    })
    expect(events[10]).toMatchObject({ money: { fees: 46.3, balance: 9970 } })
  })

  it("gives a cancelled signal the prices it was scheduled with", () => {
    expect(events[8]).toEqual({
      _tag: "Cancelled",
      when: day("13:00"),
      reason: "risk",
      violations: [{ code: "risk", message: "too many", profile: "desk" }],
      signal: {
        id: "x1",
        symbol: "BTCUSDT",
        strategy: "sma-cross",
        exchange: "file",
        frame: "january",
        position: "short",
        priceOpen: 46_500,
        priceTakeProfit: 46_000,
        priceStopLoss: 47_000,
        minuteEstimatedTime: "infinite",
        note: "fade",
        scheduledAt: day("11:00")
      }
    })
  })

  it("rebuilds what was refused and what failed as far as documents tell", () => {
    const where = { symbol: "BTCUSDT", strategy: "sma-cross" }
    expect(events[9]).toEqual({
      _tag: "Rejected",
      when: day("14:00"),
      ...where,
      violations: [{ code: "cash", message: "needs 1" }],
      answer: { position: "long", priceOpen: 46_000 },
      price: 46_100
    })
    expect(events[13]).toMatchObject({ violations: [{ code: "answer", message: "of a later version" }], answer: {} })
    expect(events[5]).toEqual({
      _tag: "Failed",
      when: day("10:20"),
      ...where,
      message: "boom",
      cause: Cause.fail("boom")
    })
  })

  it("merges the runs of a portfolio by time, the earlier run first at one instant", () => {
    const other: BacktestDocument = {
      ...empty,
      run: { ...empty.run, symbol: "Y" },
      trades: [
        trade({
          id: "y1",
          scheduledAt: day("10:00"),
          pendingAt: day("10:05"),
          closedAt: day("14:45"),
          money: { quantity: 1, notional: 100, fees: 0.2, result: 5, balance: 9985 }
        }),
        trade({
          id: "y2",
          scheduledAt: day("15:30"),
          pendingAt: day("15:30"),
          closedAt: day("15:40"),
          money: { quantity: 1, notional: 100, fees: 0.2, result: -1, balance: 9979 }
        })
      ]
    }
    const portfolio: PortfolioDocument = {
      version: 1,
      kind: "portfolio",
      statistics: empty.statistics,
      account: { initial: 10_000, final: 9979, leverage: 1, peakMargin: 1 },
      runs: [other, document]
    }
    const all = [...eventsOf(portfolio)]
    expect(all.map((event) => `${symbolOf(event)} ${event._tag}`)).toEqual([
      "BTCUSDT Scheduled",
      "Y Opened",
      "BTCUSDT Opened",
      "BTCUSDT PartialProfit",
      "BTCUSDT StopMoved",
      "BTCUSDT PartialLoss",
      "BTCUSDT Failed",
      "BTCUSDT Closed",
      "BTCUSDT Scheduled",
      "BTCUSDT Cancelled",
      "BTCUSDT Rejected",
      "BTCUSDT Opened",
      "Y Closed",
      "BTCUSDT PartialProfit",
      "BTCUSDT Closed",
      "Y Opened",
      "Y Closed",
      "BTCUSDT Rejected"
    ])
    const balances = all.flatMap((event) =>
      event._tag === "Opened" && event.money !== undefined ? [event.money.balance] : []
    )
    // the last close before the last entry is that of the other run, whose balance is the account's
    expect(balances).toEqual([10_000, 10_000, 9970, 9980])
  })

  it("is empty of a run without events", () => {
    expect([...eventsOf(empty)]).toEqual([])
  })
})
