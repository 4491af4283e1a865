import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as Stream from "effect/Stream"
import { Event, Exchange, Portfolio, Risk, Signal, Strategy } from "../../src/index.js"
import type { Candle } from "../../src/model/candle.js"
import type { FillPolicy } from "../../src/model/fill.js"
import { defaults } from "../../src/model/settings.js"
import { frame, kit, market, minute, t0 } from "../modes/support.js"
import { differences } from "./compare.js"
import { toOracle } from "./engine.js"
import { Slot } from "./slot.js"
import type { OracleEvent } from "./types.js"
import { violations } from "./validate.js"

// A portfolio from first principles: minute by minute, slot by slot, a place per position. Slow, and read next to the
// rules: asks come before the candle that opens at the same instant, and a place is free once that candle is over.

interface Case {
  readonly seed: number
  readonly gaps: number
  readonly symbols: ReadonlyArray<string>
  readonly policy: FillPolicy
  readonly limit: number
}

const count = 150

const candlesOf = ({ gaps, seed, symbols }: Case): Readonly<Record<string, ReadonlyArray<Candle>>> =>
  Object.fromEntries(symbols.map((symbol, i) => [symbol, market(seed + 1000 * i, count, gaps)]))

/** Market and limit entries, long and short, by the time and the symbol alone; now and then one that is refused. */
const answer = (symbol: string, when: number, price: number): Signal.Answer => {
  const key = when / minute + symbol.charCodeAt(0) * 7
  const minuteEstimatedTime = 3 + (key % 40)
  switch (key % 5) {
    case 0:
      return Signal.long({ priceTakeProfit: price * 1.008, priceStopLoss: price * 0.994, minuteEstimatedTime })
    case 1:
      return Signal.short({ priceTakeProfit: price * 0.99, priceStopLoss: price * 1.006, minuteEstimatedTime })
    case 2: {
      const priceOpen = price * 0.997
      return Signal.long({
        priceOpen,
        priceTakeProfit: price * 1.01,
        priceStopLoss: price * 0.985,
        minuteEstimatedTime
      })
    }
    case 3:
      return key % 3 === 0
        ? Signal.long({ priceTakeProfit: price, priceStopLoss: price * 0.99, minuteEstimatedTime })
        : null
    default:
      return null
  }
}

const settings = { ...defaults, awaitMinutes: 25 }

const oracle = (drawn: Case): ReadonlyMap<string, ReadonlyArray<OracleEvent>> => {
  const { limit, policy, symbols } = drawn
  const candles = candlesOf(drawn)
  const run = {
    base: minute,
    start: t0,
    end: t0 + count * minute,
    frameInterval: minute,
    strategyInterval: minute,
    policy,
    settings
  }
  const lanes = symbols
    .toSorted()
    .map((symbol) => ({ symbol, candles: candles[symbol]!, slot: new Slot({ ...run, candles: candles[symbol]! }) }))
  for (let now = run.start; now < run.end; now += minute) {
    for (const { candles, slot } of lanes) {
      // over before now, in a gap: the next candle says at what price
      const next = slot.runsOutAt() < now ? candles.find(({ timestamp }) => timestamp >= now) : undefined
      if (next !== undefined) slot.step(next)
    }
    for (const { candles, slot, symbol } of lanes) {
      const closed = candles.some(({ timestamp }) => timestamp === now - minute)
      if (!closed || slot.state !== undefined || now <= slot.freedAt) continue
      const given = answer(symbol, now, slot.priceAt(now))
      const isValid =
        given !== null && given !== undefined && violations(given, policy, settings, slot.priceAt(now)).length === 0
      const taken = lanes.filter((lane) => lane.slot.state !== undefined).length
      if (isValid && taken >= limit) slot.reject(now, ["risk"])
      else slot.accept(now, given)
    }
    for (const { candles, slot } of lanes) {
      const candle = candles.find(({ timestamp }) => timestamp === now)
      if (candle !== undefined) slot.step(candle)
      // the data of one symbol stop earlier than those of others: what it holds ends there
      if (candles.at(-1)!.timestamp + minute === now) slot.finish()
    }
  }
  for (const { slot } of lanes) slot.finish()
  const told = (events: ReadonlyArray<OracleEvent>) => events.filter(({ type }) => !type.startsWith("Partial"))
  return new Map(lanes.map(({ slot, symbol }) => [symbol, told(slot.events)]))
}

const library = (drawn: Case) => {
  const { limit, policy, symbols } = drawn
  const strategy = Strategy.make("s", { interval: "1m" }).signal(({ price, symbol, when }) =>
    answer(symbol, when, price)
  )
  return Stream.runCollect(
    Portfolio.run(Portfolio.cross(symbols, [strategy]), {
      exchange: Exchange.memory("memory", candlesOf(drawn), { interval: "1m" }),
      frame: frame(count),
      fill: policy,
      settings: { awaitMinutes: settings.awaitMinutes },
      risk: Risk.make("places", { validations: [Risk.maxPositions(limit)] })
    })
  ).pipe(
    Effect.map((events) => [...events]),
    Effect.provide(kit)
  )
}

/** Without what only an account knows. */
const bare = (event: Event.Event): Event.Event => {
  if (event._tag !== "Closed") return event
  const { equityPercent: _, ...rest } = event
  return rest
}

const cases: FastCheck.Arbitrary<Case> = FastCheck.record({
  seed: FastCheck.integer({ min: 0, max: 100_000 }),
  gaps: FastCheck.constantFrom(0, 0.03, 0.15),
  symbols: FastCheck.shuffledSubarray(["A", "B", "C", "D", "E"], { minLength: 2 }),
  policy: FastCheck.constantFrom<Array<FillPolicy>>("realistic", "touch", "path"),
  limit: FastCheck.integer({ min: 1, max: 4 })
})

describe("a portfolio under a limit", () => {
  it.effect.prop(
    "does what it does minute by minute",
    [cases],
    ([drawn]) =>
      Effect.gen(function* () {
        const expected = oracle(drawn)
        const events = yield* library(drawn)
        for (const symbol of drawn.symbols) {
          const own = toOracle(events.filter(Event.isOf({ symbol })).map(bare))
          expect(differences(own, expected.get(symbol) ?? [])).toEqual([])
        }
        refused += events.filter(({ _tag }) => _tag === "Rejected").length
      }),
    { fastCheck: { numRuns: 60 } }
  )

  it("and the limit was felt", () => {
    expect(refused).toBeGreaterThan(500)
  })
})

let refused = 0
