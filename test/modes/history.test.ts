import { describe, expect, it } from "@effect/vitest"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { Backtest, Exchange, Frame, Indicator, Kit, Settings, Signal, Strategy } from "../../src/index.js"
import { flat, minute, t0 } from "./support.js"

const candles = flat(600)
const frame = Frame.make("f", { start: t0 + 300 * minute, end: t0 + 310 * minute })

/** The first candle that is asked for. */
const firstAsked = (history: Duration.DurationInput | undefined, period: number) =>
  Effect.gen(function* () {
    const asked: Array<number> = []
    const seen: Array<number> = []
    const exchange = Exchange.make("paged", {
      candles: (_symbol, _interval, since, limit) => {
        asked.push((since - t0) / minute)
        return Effect.succeed(candles.filter(({ timestamp }) => timestamp >= since).slice(0, limit))
      }
    })
    const strategy = Strategy.make("s", {
      ...(history === undefined ? {} : { history }),
      indicators: () => ({ average: Indicator.sma(period) })
    }).signal((view) => {
      seen.push(view.candles("1m").length)
      return null
    })
    yield* Backtest.report("X", { strategy, exchange, frame })
    return { from: asked[0], seen: seen[0], asks: seen.length }
  }).pipe(Effect.provide(Kit.layerNode))

describe("what a paging exchange is read for before the frame", () => {
  it.effect("is what the indicators need, so that the first tick is asked", () =>
    Effect.gen(function* () {
      expect(yield* firstAsked(undefined, 50)).toEqual({ from: 249, seen: 51, asks: 10 })
    })
  )

  it.effect("or the history the strategy wants, if that is more", () =>
    Effect.gen(function* () {
      expect(yield* firstAsked("2 hours", 50)).toEqual({ from: 180, seen: 120, asks: 10 })
    })
  )
})

describe("settings of a whole program", () => {
  it.effect("are the defaults of every run that does not say otherwise", () =>
    Effect.gen(function* () {
      const strategy = Strategy.make("s", {}).signal(({ price }) =>
        Signal.long({ priceTakeProfit: price * 1.02, priceStopLoss: price * 0.98, minuteEstimatedTime: 1 })
      )
      const run = { strategy, exchange: Exchange.memory("m", { X: candles }), frame }
      // a flat market: what is lost is 2·fee exactly
      const one = yield* Backtest.report("X", run)
      const other = yield* Backtest.report("X", { ...run, settings: { fee: 0.1 } })
      expect(one.trades[0]?.pnlPercent).toBeCloseTo(-0.4, 12)
      expect(other.trades[0]?.pnlPercent).toBeCloseTo(-0.2, 12)
    }).pipe(Effect.provide(Kit.layerNodeWith(Settings.layer({ fee: 0.2, slippage: 0, minTakeProfit: 1 }))))
  )
})
