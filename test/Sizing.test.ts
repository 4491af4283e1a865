import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Sizing } from "../src/index.js"
import { layer, SchemaRegistry } from "../src/services/SchemaRegistry.js"

/** What a sizing is besides its Layer. */
const definition = ({ maxPercent, maxQuantity, method, minQuantity, name }: Sizing.Sizing) => ({
  name,
  method,
  maxPercent,
  minQuantity,
  maxQuantity
})

const unbounded = { maxPercent: undefined, minQuantity: undefined, maxQuantity: undefined }

describe("constructors", () => {
  it("fixedAmount", () => {
    expect(definition(Sizing.fixedAmount("s", { amount: 1000 }))).toEqual({
      name: "s",
      method: { _tag: "FixedAmount", amount: 1000 },
      ...unbounded
    })
  })

  it("fixedPercentage, bounded", () => {
    const bounds = { maxPercent: 25, minQuantity: 0.1, maxQuantity: 2 }
    expect(definition(Sizing.fixedPercentage("s", { riskPercent: 1.5, ...bounds }))).toEqual({
      name: "s",
      method: { _tag: "FixedPercentage", riskPercent: 1.5 },
      ...bounds
    })
  })

  it("kelly takes a quarter unless told otherwise", () => {
    const method = { _tag: "Kelly", winRate: 0.6, payoff: 2, multiplier: 0.25 }
    expect(definition(Sizing.kelly("s", { winRate: 0.6, payoff: 2 }))).toEqual({ name: "s", method, ...unbounded })
    const half = Sizing.kelly("s", { winRate: 0.6, payoff: 2, multiplier: 0.5, maxPercent: 10 })
    expect(definition(half)).toEqual({
      name: "s",
      method: { ...method, multiplier: 0.5 },
      ...unbounded,
      maxPercent: 10
    })
  })

  it("atr takes 2 ranges of 14 candles unless told otherwise", () => {
    expect(Sizing.atr("s", { riskPercent: 1 }).method).toEqual({
      _tag: "Atr",
      riskPercent: 1,
      multiplier: 2,
      period: 14,
      interval: undefined
    })
    expect(Sizing.atr("s", { riskPercent: 1, multiplier: 3, period: 20, interval: "1h" }).method).toEqual({
      _tag: "Atr",
      riskPercent: 1,
      multiplier: 3,
      period: 20,
      interval: "1h"
    })
  })
})

describe("layer", () => {
  const registered = Effect.flatMap(SchemaRegistry, ({ sizing }) => sizing.list)
  const careful = Sizing.fixedPercentage("careful", { riskPercent: 1 })
  const bold = Sizing.fixedAmount("bold", { amount: 5000 })

  it.effect("registers the sizing by its name", () =>
    Effect.gen(function* () {
      const found = yield* Effect.flatMap(SchemaRegistry, ({ sizing }) => sizing.get("careful"))
      expect(found).toEqual(definition(careful))
      expect((yield* registered).map(({ name }) => name).toSorted()).toEqual(["bold", "careful"])
      const error = yield* Effect.flip(Effect.flatMap(SchemaRegistry, ({ sizing }) => sizing.get("daring")))
      expect(error.message).toBe('unknown sizing "daring" (known: bold, careful)')
    }).pipe(Effect.provide(Layer.provideMerge(Layer.mergeAll(careful.layer, bold.layer), layer)))
  )

  it.effect("refuses a name that is taken", () => {
    const other = Sizing.fixedAmount("careful", { amount: 1 })
    return Effect.map(
      Effect.flip(Effect.provide(registered, Layer.provideMerge(Layer.mergeAll(careful.layer, other.layer), layer))),
      ({ message }) =>
        expect(message).toBe('a sizing named "careful" is registered already; give one of them another name')
    )
  })
})

describe("quantity", () => {
  it.effect("gives the quantity", () =>
    Effect.gen(function* () {
      const input = { balance: 10_000, entry: 50_000, stopLoss: 49_000 }
      expect(yield* Sizing.quantity(Sizing.fixedPercentage("s", { riskPercent: 1 }), input)).toBe(0.1)
      const calm = Sizing.atr("s", { riskPercent: 1 })
      expect(yield* Sizing.quantity(calm, { ...input, atr: 250 })).toBe(0.2)
      const error = yield* Effect.flip(Sizing.quantity(calm, input))
      expect([error._tag, error.fault]).toEqual(["SizingError", "atr"])
    })
  )
})
