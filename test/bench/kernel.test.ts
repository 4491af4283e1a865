import { describe, expect, it } from "@effect/vitest"
import { generate } from "../../src/adapters/synthetic.js"
import { fromCandles } from "../../src/engine/columns.js"
import { callbackLoop, crossing, everyFive, everyMinute } from "./kernel.js"

/** Open, high, low, close. */
type Ohlc = readonly [number, number, number, number]

const columnsOf = (candles: ReadonlyArray<Ohlc>) =>
  fromCandles(
    candles.map(([open, high, low, close], i) => ({ timestamp: i * 60_000, open, high, low, close, volume: 1 }))
  )

const flat: Ohlc = [100, 100, 100, 100]

/** Calm until the averages are warm, a rise that crosses, an entry at 100 (target 101, stop 99), then `after`. */
const minutely = (...after: ReadonlyArray<Ohlc>) =>
  columnsOf([...Array.from({ length: 50 }, () => flat), [100, 100.5, 100, 100.5], [100, 100.2, 99.8, 100], ...after])

/** The same with 5-minute closes: the rise closes the 51st, and the entry opens the 52nd. */
const fively = (...after: ReadonlyArray<Ohlc>) =>
  columnsOf([...Array.from({ length: 254 }, () => flat), [100, 100.5, 100, 100.5], [100, 100.2, 99.8, 100], ...after])

// Entry 100 costs 100.1; 0.1 % of each side's notional goes in fees.
const outcomes: ReadonlyArray<readonly [string, ReadonlyArray<Ohlc>, number]> = [
  ["target touched: 101 → 100.899", [[100, 101, 100, 100.5]], 0.597403596],
  ["stop touched: 99 → 98.901", [[100, 100, 99, 99.5]], -1.396604396],
  ["both touched: the stop", [[100, 102, 98, 100]], -1.396604396],
  ["gap below the stop: 98 → 97.902", [[98, 103, 97, 100]], -2.393608392],
  ["gap above the target, then a fall: 102 → 101.898", [[102, 102, 97, 100]], 1.594407592],
  ["neither: the last close 100.5 → 100.3995", [[100, 100.9, 99.1, 100.5]], 0.098901598],
  [
    "the second candle decides",
    [
      [100, 100.9, 99.1, 100],
      [100, 101, 100, 101]
    ],
    0.597403596
  ]
]

describe("the kernel's fills", () => {
  it.each(outcomes)("%s", (_, after, expected) => {
    for (const { total, trades, wins } of [
      everyMinute(minutely(...after)),
      callbackLoop(minutely(...after), crossing),
      everyFive(fively(...after))
    ]) {
      expect(trades).toBe(1)
      expect(total).toBeCloseTo(expected, 8)
      expect(wins).toBe(expected > 0 ? 1 : 0)
    }
  })

  it("needs a cross, not just a fast average above", () => {
    const rising = columnsOf(Array.from({ length: 300 }, (_, i) => [100 + i, 101 + i, 100 + i, 101 + i] as const))
    expect(everyMinute(rising).trades).toBe(0)
    expect(everyFive(rising).trades).toBe(0)
    expect(callbackLoop(rising, crossing).trades).toBe(0)
  })
})

describe("the callback loop", () => {
  it("does what the fused loop does", () => {
    const columns = generate({ seed: 5, interval: "1m", start: 0, count: 100_000 })
    const summary = everyMinute(columns)
    expect(summary.trades).toBeGreaterThan(100)
    expect(callbackLoop(columns, crossing)).toEqual(summary)
  })
})
