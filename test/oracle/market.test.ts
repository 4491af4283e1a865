import { describe, expect, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { type BacktestCase, backtestCase, replayCase, toInput, toRun } from "./market.js"
import { backtest, replay } from "./oracle.js"
import type { OracleEvent } from "./types.js"

/** What can happen, by name; every name must turn up in the sample, or the generator is too tame. */
const namesOf = (event: OracleEvent): ReadonlyArray<string> => {
  if (event.type === "Closed") {
    const at = event.priceStopMoved === undefined ? "" : " at a moved stop"
    return [event.reason, event.ambiguous ? "ambiguous" : "unambiguous", event.reason + at]
  }
  if (event.type === "StopMoved") return [`moved by ${event.rule}`]
  if (event.type === "Cancelled") return [`cancelled ${event.reason}`]
  if (event.type === "Rejected") return event.codes.map((code) => `rejected ${code}`)
  return [event.type]
}

describe("random markets", () => {
  it("bring up everything that can happen, under every policy", () => {
    const cases = FastCheck.sample(backtestCase, { seed: 1, numRuns: 1500 })
    for (const policy of ["realistic", "touch", "path"] as const) {
      const events = cases.filter((one) => one.setting.policy === policy).flatMap((one) => backtest(toInput(one)))
      const names = events.flatMap(namesOf)
      const rare = [...common, ...(policy === "touch" ? ["cancelled stop_loss"] : ["rejected no_data"])].filter(
        (wanted) => names.filter((name) => name === wanted).length < 2
      )
      expect(rare).toEqual([])
    }
  })

  it("of replays bring up skipped, shifted and outside signals", () => {
    const played = FastCheck.sample(replayCase, { seed: 2, numRuns: 300 }).map(({ setting, signals }) =>
      replay(toRun(setting), signals)
    )
    expect(played.filter(({ skipped }) => skipped > 0).length).toBeGreaterThan(50)
    expect(played.filter(({ shifted }) => shifted > 0).length).toBeGreaterThan(50)
    const outside = (event: OracleEvent) => event.type === "Rejected" && event.codes.includes("no_data")
    expect(played.filter(({ events }) => events.some(outside)).length).toBeGreaterThan(50)
  })
})

const common = [
  "Scheduled",
  "Opened",
  "Failed",
  "PartialProfit",
  "PartialLoss",
  "take_profit",
  "stop_loss",
  "time_expired",
  "exit",
  "frame_end",
  "ambiguous",
  "cancelled timeout",
  "cancelled frame_end",
  "rejected order",
  "rejected market_price",
  "rejected take_profit_distance",
  "rejected stop_loss_distance",
  "rejected lifetime",
  "rejected stop_rule",
  "moved by trailing",
  "moved by breakeven",
  "stop_loss at a moved stop",
  "take_profit at a moved stop"
]

describe("the oracle in random markets", () => {
  it("answers every Scheduled and every Opened exactly once", () => {
    const verify = (events: ReadonlyArray<OracleEvent>) => {
      let state: "free" | "resting" | "open" = "free"
      for (const { type } of events) {
        if (type === "Scheduled") {
          expect(state).toBe("free")
          state = "resting"
        } else if (type === "Opened") {
          expect(state).not.toBe("open")
          state = "open"
        } else if (type === "Cancelled") {
          expect(state).toBe("resting")
          state = "free"
        } else if (type === "Closed") {
          expect(state).toBe("open")
          state = "free"
        }
      }
      expect(state).toBe("free")
    }
    FastCheck.assert(
      FastCheck.property(backtestCase, (one) => verify(backtest(toInput(one)))),
      { numRuns: 300 }
    )
  })

  it("keeps time in order, PnL inside its interval and excursions around the exit", () => {
    const verify = (events: ReadonlyArray<OracleEvent>) => {
      expect(events.map(({ at }) => at)).toEqual(events.map(({ at }) => at).toSorted((a, b) => a - b))
      for (const event of events) {
        if (event.type !== "Closed") continue
        expect(event.pnlInterval[0]).toBeLessThanOrEqual(event.pnlPercent)
        expect(event.pnlInterval[1]).toBeGreaterThanOrEqual(event.pnlPercent)
        const gross = Math.abs((100 * (event.priceClose - event.priceOpen)) / event.priceOpen)
        expect(Math.max(event.mfe, -event.mae)).toBeGreaterThanOrEqual(gross - 1e-9)
      }
    }
    FastCheck.assert(
      FastCheck.property(backtestCase, (one) => verify(backtest(toInput(one)))),
      { numRuns: 300 }
    )
  })

  it("does not see what comes later: cutting the data off changes nothing before the cut", () => {
    const cut = FastCheck.tuple(backtestCase, FastCheck.nat(59))
    const verify = ([one, index]: readonly [BacktestCase, number]) => {
      const input = toInput(one)
      const candles = input.candles.slice(0, index + 1)
      const last = candles.at(-1)?.timestamp ?? 0
      const before = (events: ReadonlyArray<OracleEvent>) => events.filter(({ at }) => at <= last)
      expect(before(backtest({ ...input, candles }))).toEqual(before(backtest(input)))
    }
    FastCheck.assert(FastCheck.property(cut, verify), { numRuns: 300 })
  })
})
