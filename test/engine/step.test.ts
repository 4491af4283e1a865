import { describe, expect, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { defaults } from "../../src/model/settings.js"
import { differences, primary } from "../oracle/compare.js"
import { backtest, replay } from "../oracle/engine.js"
import { backtestCase, replayCase, toInput, toRun } from "../oracle/market.js"
import * as Oracle from "../oracle/oracle.js"
import type { OracleInput } from "../oracle/types.js"
import { type Row, rows } from "./step.tables.js"

const minute = 60_000

const inputOf = (row: Row): OracleInput => ({
  candles: row.candles,
  base: row.base,
  start: row.start,
  end: row.end,
  frameInterval: minute,
  strategyInterval: minute,
  policy: row.policy,
  settings: { ...defaults, ...row.settings },
  ask: (when) => (when === row.signalAt ? row.idea : null),
  exit: row.exitAt === undefined ? undefined : (when) => when === row.exitAt
})

describe("the engine against the hand-computed tables", () => {
  it.each(rows.map((row) => [row.name, row] as const))("%s", (_, row) => {
    for (const detail of ["all", "progress"] as const) {
      const told = backtest(inputOf(row), { page: 4096, detail })
      expect(differences(primary(told, row), row.expected)).toEqual([])
    }
    const quiet = backtest(inputOf(row), { page: 4096, detail: "none" })
    expect(differences(quiet, primary(row.expected))).toEqual([])
  })
})

const pages = FastCheck.integer({ min: 1, max: 20 })
const runs = { numRuns: 2000 }

describe("the engine against the oracle", () => {
  it("backtests random markets alike, whatever the paging", () => {
    FastCheck.assert(
      FastCheck.property(backtestCase, pages, (drawn, page) => {
        const input = toInput(drawn)
        const expected = Oracle.backtest(input)
        expect(differences(backtest(input, { page, detail: "all" }), expected).join("\n")).toBe("")
        expect(differences(backtest(input, { page, detail: "progress" }), expected).join("\n")).toBe("")
        expect(differences(backtest(input, { page, detail: "none" }), primary(expected)).join("\n")).toBe("")
      }),
      runs
    )
  })

  it("replays recorded signals alike", () => {
    FastCheck.assert(
      FastCheck.property(replayCase, pages, (drawn, page) => {
        const run = { ...toRun(drawn.setting), exit: undefined }
        const expected = Oracle.replay(run, drawn.signals)
        const actual = replay(run, drawn.signals, { page, detail: "all" })
        expect(differences(actual.events, expected.events).join("\n")).toBe("")
        expect([actual.skipped, actual.shifted]).toEqual([expected.skipped, expected.shifted])
      }),
      runs
    )
  })
})

describe("whatever the market", () => {
  const traded = (input: OracleInput, at: number, price: number): boolean => {
    // an expiry inside a gap trades at the next candle there is
    const candle = input.candles.find(({ timestamp }) => timestamp >= at)
    return candle !== undefined && candle.low <= price && price <= candle.high
  }

  it("outside touch, nothing opens or closes at a price its candle did not trade", () => {
    FastCheck.assert(
      FastCheck.property(backtestCase, (drawn) => {
        const input = toInput(drawn)
        for (const event of backtest(input, { page: 4096, detail: "none" })) {
          if (input.policy === "touch") continue
          if (event.type === "Opened") expect(traded(input, event.at, event.priceOpen)).toBe(true)
          if (event.type === "Closed" && event.reason !== "frame_end") {
            expect(traded(input, event.at, event.priceClose)).toBe(true)
          }
        }
      }),
      runs
    )
  })

  it("the booked result lies in its interval, and a Scheduled or Opened ends exactly once", () => {
    FastCheck.assert(
      FastCheck.property(backtestCase, pages, (drawn, page) => {
        let resting = 0
        let open = 0
        let last = Number.NEGATIVE_INFINITY
        for (const event of backtest(toInput(drawn), { page, detail: "none" })) {
          expect(event.at).toBeGreaterThanOrEqual(last)
          last = event.at
          if (event.type === "Scheduled") resting++
          if (event.type === "Cancelled") resting--
          if (event.type === "Opened") {
            resting = 0
            open++
          }
          if (event.type === "Closed") {
            open--
            const [low, high] = event.pnlInterval
            expect(low <= event.pnlPercent && event.pnlPercent <= high).toBe(true)
            expect(event.mae <= 0 && event.mfe >= 0).toBe(true)
          }
          expect([resting, open]).toEqual(resting === 1 ? [1, 0] : [0, open === 1 ? 1 : 0])
        }
        expect([resting, open]).toEqual([0, 0])
      }),
      runs
    )
  })
})

describe("candles longer than a minute", () => {
  it("asks no exit of a position whose lifetime ran out inside the candle", () => {
    const five = 5 * minute
    const price = { open: 100, high: 100, low: 100, close: 100, volume: 1 }
    const signals: Array<number> = []
    const exits: Array<number> = []
    const events = backtest(
      {
        candles: Array.from({ length: 6 }, (_, i) => ({ timestamp: i * five, ...price })),
        base: five,
        start: five,
        end: 6 * five,
        frameInterval: five,
        strategyInterval: five,
        policy: "realistic",
        settings: defaults,
        ask: (when) => {
          signals.push(when / minute)
          return when === five
            ? { position: "long", priceTakeProfit: 103, priceStopLoss: 98, minuteEstimatedTime: 7 }
            : null
        },
        exit: (when) => {
          exits.push(when / minute)
          return false
        }
      },
      { page: 4096, detail: "none" }
    )
    // opened at 5, over at 12: asked for an exit at 10, and for a signal again at 15
    expect(events.map(({ at, type }) => [type, at / minute])).toEqual([
      ["Opened", 5],
      ["Closed", 12]
    ])
    expect(exits).toEqual([10])
    expect(signals).toEqual([5, 15, 20, 25])
  })
})
