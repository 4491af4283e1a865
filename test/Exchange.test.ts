import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { Exchange } from "../src/index.js"
import { layer, SchemaRegistry } from "../src/services/SchemaRegistry.js"

const bitcoin: Exchange.Steps = { priceStep: 0.01, quantityStep: 0.00001, minQuantity: 0.00001, minNotional: 5 }
const steps = (symbol: string) => (symbol === "BTCUSDT" ? bitcoin : undefined)

/** Every kind of exchange, made with the given options. */
const kinds: Readonly<Record<string, (options: Exchange.Options) => Exchange.Exchange<unknown>>> = {
  make: (options) => Exchange.make("x", { candles: () => Effect.succeed([]), ...options }),
  fromStream: (options) => Exchange.fromStream("x", { pages: () => Stream.empty, ...options }),
  csv: (options) => Exchange.csv("x", { BTCUSDT: "btc.csv" }, options),
  memory: (options) => Exchange.memory("x", { BTCUSDT: [] }, options),
  synthetic: (options) => Exchange.synthetic("x", options)
}

describe("steps", () => {
  it.each(Object.entries(kinds))("%s declares them by symbol", (_, make) => {
    const exchange = make({ steps })
    expect(exchange.steps("BTCUSDT")).toBe(bitcoin)
    expect(exchange.steps("ETHUSDT")).toBeUndefined()
  })

  it.each(Object.entries(kinds))("%s has none unless told", (_, make) => {
    expect(make({}).steps("BTCUSDT")).toBeUndefined()
  })

  it.effect("are there under its name too", () =>
    Effect.gen(function* () {
      const { exchange } = yield* SchemaRegistry
      expect((yield* exchange.get("x")).steps("BTCUSDT")).toBe(bitcoin)
    }).pipe(Effect.provide(Layer.provideMerge(Exchange.memory("x", {}, { steps }).layer, layer)))
  )

  it("do not change what a synthetic market draws", () =>
    Effect.gen(function* () {
      const load = ({ source }: Exchange.Exchange<never>) =>
        source._tag === "Whole" ? source.load("BTCUSDT") : Effect.dieMessage("not whole")
      const plain = yield* load(Exchange.synthetic("x", { days: 0.01 }))
      const stepped = yield* load(Exchange.synthetic("x", { days: 0.01, steps }))
      expect(plain.columns.length).toBe(14)
      expect(stepped.columns.close).toEqual(plain.columns.close)
    }))
})

describe("texts in the steps of a symbol", () => {
  const exchange = Exchange.memory("x", {}, { steps })

  it.each<readonly [string, number, string]>([
    ["BTCUSDT", 42_000.125, "42000.13"],
    ["BTCUSDT", 42_000, "42000.00"],
    ["ETHUSDT", 0.000_000_1, "0.0000001"],
    ["ETHUSDT", 42_000.125, "42000.125"]
  ])("%s at %d is %s", (symbol, price, expected) => {
    expect(Exchange.formatPrice(exchange, symbol, price)).toBe(expected)
  })

  it.each<readonly [string, number, string]>([
    ["BTCUSDT", 0.123_456_789, "0.12345"],
    ["BTCUSDT", 1, "1.00000"],
    ["BTCUSDT", 0.000_009, "0.00000"],
    ["ETHUSDT", 0.123_456_789, "0.123456789"]
  ])("%s, a quantity of %d is %s", (symbol, quantity, expected) => {
    expect(Exchange.formatQuantity(exchange, symbol, quantity)).toBe(expected)
  })

  it("are asked of exchanges with any needs", () => {
    expect(Exchange.formatPrice(Exchange.csv("x", {}, { steps }), "BTCUSDT", 1)).toBe("1.00")
  })
})
