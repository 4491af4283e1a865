import { expect, it } from "vitest"
import { apart } from "../../src/engine/text.js"

it.each<readonly [number, number, readonly [string, string]]>([
  [100, 50, ["100.00", "50.00"]],
  [100, 100, ["100.00", "100.00"]],
  [100.01, 100, ["100.01", "100.00"]],
  [100.001, 100, ["100.001", "100.000"]],
  [1 + 2e-16, 1, ["1.0000000000000002", "1"]],
  [Number.POSITIVE_INFINITY, 2, ["Infinity", "2.00"]]
])("%d and %d can be told apart", (a, b, texts) => {
  expect(apart(a, b)).toEqual(texts)
})
