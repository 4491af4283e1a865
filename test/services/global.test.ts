import { expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { Desk } from "../../src/clients/risk.js"
import { Account } from "../../src/engine/account.js"
import { Global, layer } from "../../src/services/Global.js"

it.effect("an account is known while it is followed, as it is at the moment of asking", () =>
  Effect.gen(function* () {
    const { risk } = yield* Global
    const desk = new Desk(new Account({ money: { balance: 1_000, leverage: 2 }, slots: 2 }))
    const signal = {
      id: "s",
      symbol: "A",
      strategy: "x",
      exchange: "e",
      frame: "f",
      position: "long",
      priceTakeProfit: 110,
      priceStopLoss: 95,
      minuteEstimatedTime: 60,
      scheduledAt: 0
    } as const
    const request = { slot: "1", symbol: "A", strategy: "x", signal, stage: "signal", price: 100, when: 0 } as const
    expect(yield* risk.positions("demo")).toEqual([])
    expect(yield* risk.account("demo")).toBeNull()

    yield* risk.follow("demo", desk)
    yield* risk.follow("other", new Desk(new Account({ money: undefined, slots: 1 })))
    desk.tryTake([], { ...request, quantity: 4 })
    expect(yield* risk.positions("demo")).toEqual([
      { symbol: "A", strategy: "x", signal, status: "reserved", price: 100, quantity: 4, notional: 400, since: 0 }
    ])
    const start = { initial: 1_000, balance: 1_000, peak: 1_000, dayStart: 1_000 }
    expect(yield* risk.account("demo")).toEqual({ ...start, margin: 200, free: 800 })
    expect(yield* risk.account("other")).toEqual({ initial: 1, balance: 1, peak: 1, dayStart: 1, margin: 0, free: 1 })

    desk.open("1", 100, 60_000)
    expect(yield* risk.positions("demo")).toMatchObject([{ status: "open", since: 60_000 }])
    desk.settle("1", { when: 120_000, reason: "exit", pnlPercent: 5, result: 20 })
    expect(yield* risk.account("demo")).toEqual({ ...start, balance: 1_020, peak: 1_020, margin: 0, free: 1_020 })
    expect(yield* risk.positions("demo")).toEqual([])

    yield* risk.forget("demo")
    expect(yield* risk.account("demo")).toBeNull()
    expect(yield* risk.positions("demo")).toEqual([])
  }).pipe(Effect.provide(layer))
)

it.effect("a sizing goes by the present balance of the account", () =>
  Effect.gen(function* () {
    const { risk, sizing } = yield* Global
    const profile = {
      name: "risk",
      method: { _tag: "FixedPercentage", riskPercent: 1 },
      maxPercent: undefined,
      minQuantity: undefined,
      maxQuantity: undefined
    } as const
    expect(yield* sizing.quantity("demo", profile, { entry: 100, stopLoss: 95 })).toBeNull()
    yield* risk.follow("demo", new Desk(new Account({ money: { balance: 2_000, leverage: 1 }, slots: 1 })))
    expect(yield* sizing.quantity("demo", profile, { entry: 100, stopLoss: 95 })).toBe(4)
    const error = yield* Effect.flip(sizing.quantity("demo", profile, { entry: 100, stopLoss: 100 }))
    expect(error.fault).toBe("distance")
  }).pipe(Effect.provide(layer))
)
