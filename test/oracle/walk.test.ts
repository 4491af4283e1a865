import { describe, expect, it } from "@effect/vitest"
import { defaults } from "../../src/model/settings.js"
import type { Answer } from "../../src/model/signal.js"
import { differences, primary } from "./compare.js"
import { backtest, replay } from "./oracle.js"
import { calm, cancelled, closed, free, k, long, opened, rejected, scheduled } from "./rows.js"
import type { OracleInput, Run } from "./types.js"

const minute = 60_000

/** Flat candles at 100 that open at these minutes. */
const flat = (...minutes: ReadonlyArray<number>) => minutes.map((at) => k(at, 100, 100, 100, 100))
const upTo = (last: number) => flat(...Array.from({ length: last + 1 }, (_, i) => i))

const frame = (over: Partial<Run>): Run => ({
  candles: upTo(20),
  base: minute,
  start: minute,
  end: 15 * minute,
  frameInterval: minute,
  strategyInterval: minute,
  policy: "realistic",
  settings: { ...defaults, ...free },
  ...over
})

/** The minutes at which a strategy was asked, and what came of it. */
const asked = (over: Partial<OracleInput>) => {
  const minutes: Array<number> = []
  const events = backtest({
    ...frame(over),
    ask: (when, closed, price) => {
      minutes.push(when / minute)
      return over.ask?.(when, closed, price) ?? null
    }
  })
  return { minutes, events }
}

const at = (first: number, answer: Answer) => (when: number) => (when === first * minute ? answer : null)

describe("when the oracle asks", () => {
  it("at ticks on the frame's grid, the end exclusive", () => {
    expect(asked({ frameInterval: 5 * minute }).minutes).toEqual([5, 10])
  })

  it("the first time always, then once per strategy interval", () => {
    expect(asked({ start: 2 * minute, strategyInterval: 5 * minute }).minutes).toEqual([2, 5, 10])
  })

  it("only where a candle closed", () => {
    const candles = flat(0, 1, 2, 3, 5, 6, 7, 8, 9, 10)
    expect(asked({ candles, start: 2 * minute, strategyInterval: 5 * minute }).minutes).toEqual([2, 6, 10])
  })

  it("with the candles closed by then and their average price", () => {
    const views: Array<readonly [number, number, number]> = []
    asked({
      candles: [k(0, 90, 90, 90, 90), k(1, 99, 99, 99, 99), k(2, 99, 105, 99, 102), k(3, 1, 1, 1, 1)],
      end: 4 * minute,
      settings: { ...defaults, vwapCandles: 2 },
      ask: (when, closed, price) => {
        views.push([when / minute, closed.length, price])
        return null
      }
    })
    // (90 + 99)/2 and (99 + (105 + 99 + 102)/3)/2
    expect(views).toEqual([
      [1, 1, 90],
      [2, 2, 94.5],
      [3, 3, 100.5]
    ])
  })

  it("again after a failure, which is an event", () => {
    const { events, minutes } = asked({
      start: 2 * minute,
      strategyInterval: 5 * minute,
      ask: (when) => {
        if (when === 2 * minute) throw new Error("no")
        return null
      }
    })
    expect(minutes).toEqual([2, 5, 10])
    expect(events).toEqual([{ type: "Failed", at: 2 * minute }])
  })

  it("again at the first tick after a stop, none while the position is open", () => {
    const candles = [calm, ...flat(1, 2), k(3, 100, 100, 97, 98), ...flat(4, 5)]
    expect(asked({ candles, ask: at(1, long(103, 98, 60)) }).minutes).toEqual([1, 4, 5, 6])
  })

  it("strictly after an expiry and after a timeout", () => {
    expect(asked({ end: 8 * minute, ask: at(1, long(103, 98, 3)) }).minutes).toEqual([1, 5, 6, 7])
    const settings = { ...defaults, awaitMinutes: 3 }
    expect(asked({ end: 8 * minute, settings, ask: at(1, long(103, 98, 3, 99)) }).minutes).toEqual([1, 5, 6, 7])
  })

  it("exit at due instants only, and an exit ask counts as asked", () => {
    const exits: Array<number> = []
    const { events, minutes } = asked({
      strategyInterval: 5 * minute,
      ask: at(1, long(103, 98, 60)),
      exit: (when) => {
        exits.push(when / minute)
        return true
      }
    })
    expect(exits).toEqual([5])
    expect(minutes).toEqual([1, 10])
    expect(differences(events, [opened(1, 100), closed(5, "exit", 100, 100, 0, 0, 0)])).toEqual([])
  })

  it("no more once the slot is taken until the frame's end", () => {
    const { events, minutes } = asked({ end: 6 * minute, ask: at(2, long(103, 98, 60, 99)) })
    expect(minutes).toEqual([1, 2])
    expect(events).toEqual([scheduled(2, 99), cancelled(6, "frame_end")])
  })
})

describe("what the oracle makes of impossible answers", () => {
  const codes = (answer: string) => asked({ end: 2 * minute, ask: () => JSON.parse(answer) }).events
  it("not an object", () => {
    expect(codes("42")).toEqual([rejected(1, "answer")])
    expect(codes('"long"')).toEqual([rejected(1, "answer")])
  })
  it("an unknown position", () => {
    const answer = '{"position":"up","priceTakeProfit":103,"priceStopLoss":98,"minuteEstimatedTime":60}'
    expect(codes(answer)).toEqual([rejected(1, "position")])
  })
  it("a target that is not a number fails every check it is part of", () => {
    const { events } = asked({ end: 2 * minute, ask: () => long(Number.NaN, 98, 60) })
    expect(events).toEqual([rejected(1, "price", "order", "market_price", "take_profit_distance")])
  })
})

describe("replay", () => {
  const trade = long(103, 98, 3)
  const short = frame({ candles: flat(0, 1, 2, 8, 9, 10, 11, 12, 13, 14, 15) })
  const played = (run: Run, ...signals: Parameters<typeof replay>[1]) => {
    const { events, shifted, skipped } = replay(run, signals)
    return { events: primary(events), shifted, skipped }
  }

  it("rounds up to the grid; that is no shift", () => {
    expect(played(frame({}), { time: 1.5 * minute, ...trade })).toEqual({
      events: [opened(2, 100), closed(5, "time_expired", 100, 100, 0, 0, 0)],
      shifted: 0,
      skipped: 0
    })
  })

  it("moves a time without a tick to the next tick", () => {
    expect(played(short, { time: 5 * minute, ...trade })).toEqual({
      events: [opened(9, 100), closed(12, "time_expired", 100, 100, 0, 0, 0)],
      shifted: 1,
      skipped: 0
    })
  })

  it("rejects what lies outside the frame or the data", () => {
    const late = frame({ candles: flat(3, 4, 5, 6), start: 2 * minute })
    const times = [20, 15, 8, 7, 3, 2, 1]
    const { events, shifted, skipped } = played(late, ...times.map((time) => ({ time: time * minute, ...trade })))
    // Ticks are at 4, 5, 6 and 7. The one of minute 3 moves to 4 and expires at 7, where the data end: no candle
    // opens there, so it is the frame that ends it. The one of minute 7 comes while it is open.
    expect(events).toEqual([
      rejected(1, "no_data"),
      rejected(2, "no_data"),
      opened(4, 100),
      closed(7, "frame_end", 100, 100, 0, 0, 0),
      rejected(8, "no_data"),
      rejected(15, "no_data"),
      rejected(20, "no_data")
    ])
    expect([shifted, skipped]).toEqual([1, 1])
  })

  it("skips what comes before the slot is free again, also inside a gap", () => {
    // Opened at 1, expires at 4 inside the gap 3–7. The lifetimes tell who took the tick at 9.
    const lifetimes = [3, 1, 2, 3, 4]
    const signals = [1, 2, 4, 5, 6].map((time, i) => ({ time: time * minute, ...long(103, 98, lifetimes[i] ?? 0) }))
    const { events, shifted, skipped } = played(short, ...signals)
    expect(events).toEqual([
      opened(1, 100),
      closed(4, "time_expired", 100, 100, 0, 0, 0),
      opened(9, 100),
      closed(12, "time_expired", 100, 100, 0, 0, 0)
    ])
    // 5 moves to the tick at 9 and takes it; 2 and 4 come too early, 6 finds the tick taken.
    expect([shifted, skipped]).toEqual([1, 3])
  })

  it("takes several of one tick in order while the slot is free", () => {
    const { events, shifted, skipped } = played(
      frame({ end: 6 * minute }),
      { time: 2 * minute, ...long(103, 98, 0) },
      { time: 2 * minute, ...long(103, 98, 2) },
      { time: 2 * minute, ...long(104, 98, 3) }
    )
    expect(events).toEqual([rejected(2, "lifetime"), opened(2, 100), closed(4, "time_expired", 100, 100, 0, 0, 0)])
    expect([shifted, skipped]).toEqual([0, 1])
  })
})
