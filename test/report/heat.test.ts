import { describe, expect, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import type { Closed } from "../../src/model/event.js"
import * as Heat from "../../src/report/heat.js"
import { cells, closed, over, signal } from "./events.fixtures.js"

const on = (symbol: string, strategy: string, hour: number, pnl: number, given: Partial<Closed> = {}) =>
  closed(
    signal({ symbol, strategy, scheduledAt: Date.UTC(2024, 0, 1, hour) }),
    `2024-01-01 ${String(hour).padStart(2, "0")}:30`,
    pnl,
    given
  )

/** X: +2, -1, +3 (fast) and -2 (slow); Y: -1, -1 (fast); in close order +2, -1, -1, +3, -2, -1. */
const events = [
  on("X", "fast", 0, 2),
  on("Y", "fast", 1, -1),
  on("X", "fast", 2, -1),
  on("X", "fast", 3, 3),
  on("X", "slow", 4, -2),
  on("Y", "fast", 5, -1)
]

describe("make", () => {
  const data = over(Heat.make(), events)

  it("has each symbol over all its strategies", () => {
    const [x, y] = data.symbols
    expect(x).toEqual({
      symbol: "X",
      trades: 4,
      totalPnl: 2,
      // mean 0.5, squares 2.25 + 2.25 + 6.25 + 6.25 = 17, sd √(17/3)
      sharpeRatio: expect.closeTo(0.5 / Math.sqrt(17 / 3), 12),
      profitFactor: expect.closeTo(5 / 3, 12),
      // 0.5 · 2.5 − 0.5 · 1.5
      expectancy: 0.5,
      winRate: 50,
      avgWin: 2.5,
      avgLoss: -1.5,
      // from the peak after +3: −2 %
      maxDrawdown: expect.closeTo(2, 12),
      winStreak: 1,
      lossStreak: 1
    })
    expect(y).toEqual({
      symbol: "Y",
      trades: 2,
      totalPnl: -2,
      sharpeRatio: null,
      profitFactor: 0,
      expectancy: -1,
      winRate: 0,
      avgWin: null,
      avgLoss: -1,
      // 1 − 0.99²
      maxDrawdown: expect.closeTo(1.99, 12),
      winStreak: 0,
      lossStreak: 2
    })
  })

  it("has each strategy, each cell and all of it pooled in close order", () => {
    expect(data.strategies.map(({ strategy, totalPnl, trades }) => [strategy, trades, totalPnl])).toEqual([
      ["fast", 5, 2],
      ["slow", 1, -2]
    ])
    expect(data.cells.map(({ strategy, symbol, totalPnl, trades }) => [symbol, strategy, trades, totalPnl])).toEqual([
      ["X", "fast", 3, 4],
      ["X", "slow", 1, -2],
      ["Y", "fast", 2, -2]
    ])
    expect(data.portfolio).toMatchObject({
      trades: 6,
      totalPnl: 0,
      winRate: expect.closeTo(100 / 3, 12),
      avgWin: 2.5,
      avgLoss: -1.25,
      expectancy: expect.closeTo(0, 12),
      winStreak: 1,
      lossStreak: 2,
      // 1 − 0.98 · 0.99 after the peak at +3
      maxDrawdown: expect.closeTo(2.98, 12)
    })
  })

  it("takes the drawdown from what trades did to the account: of several slots, and of money", () => {
    const half = (event: Closed, sized: boolean): Closed => ({
      ...event,
      equityPercent: event.pnlPercent / 2,
      ...(sized ? { money: { quantity: 1, notional: 100, fees: 0, result: event.pnlPercent / 2, balance: 100 } } : {})
    })
    const dd = (sized: boolean) => {
      const found = over(
        Heat.make(),
        events.map((event) => half(event, sized))
      )
      return [...found.cells.map(({ maxDrawdown }) => maxDrawdown), found.portfolio.maxDrawdown]
    }
    const close = (value: number) => expect.closeTo(value, 10)
    // X fast loses 1 %, X slow 2 %, Y fast 1 − 0.99²; together 1 − 0.99 · 0.995 after the peak
    expect(dd(false)).toEqual([close(1), close(2), close(1.99), close(1.495)])
    expect(dd(true)).toEqual([close(0.5), close(1), close(0.9975), close(1.495)])
  })

  it("has neither wins nor losses of trades of exactly 0", () => {
    expect(over(Heat.make(), [on("X", "fast", 0, 0)]).portfolio).toMatchObject({
      trades: 1,
      totalPnl: 0,
      winRate: null,
      expectancy: null,
      avgWin: null,
      avgLoss: null
    })
  })

  it("does not depend on the order in which the runs tell of their trades", () => {
    const byRun = events.toSorted((a, b) => (a.signal.symbol < b.signal.symbol ? 1 : -1))
    expect(over(Heat.make(), byRun)).toEqual(data)
  })

  it("expectancy is the mean of the trades that won or lost", () => {
    const results = FastCheck.array(FastCheck.integer({ min: -500, max: 500 }), { minLength: 1, maxLength: 40 })
    FastCheck.assert(
      FastCheck.property(results, (hundredths) => {
        const decided = hundredths.filter((result) => result !== 0).map((result) => result / 100)
        const { expectancy } = over(
          Heat.make(),
          hundredths.map((result, i) => on("X", "fast", i % 24, result / 100))
        ).portfolio
        if (decided.length === 0) expect(expectancy).toBeNull()
        else expect(expectancy).toBeCloseTo(decided.reduce((a, b) => a + b, 0) / decided.length, 9)
      })
    )
  })
})

describe("markdown", () => {
  it("has the symbols, the best first, the portfolio, and the grid", () => {
    const slots = [
      { symbol: "X", strategy: "fast" },
      { symbol: "Z|z", strategy: "slow" }
    ]
    expect(Heat.markdown(over(Heat.make({ slots }), events))).toBe(
      `# Heat: 3 symbols, 2 strategies

- Trades: 6, total PNL 0.00%, max drawdown 2.98%
- Best: \`X\` +2.00%; worst: \`Y\` -2.00%

## Symbols

| Symbol        | Total PNL | Sharpe |   PF | Expectancy |     WR | Avg Win | Avg Loss | Max DD | Win Streak | Loss Streak | Trades |
| :------------ | --------: | -----: | ---: | ---------: | -----: | ------: | -------: | -----: | ---------: | ----------: | -----: |
| X             |    +2.00% |   0.21 | 1.67 |     +0.50% | 50.00% |  +2.50% |   -1.50% |  2.00% |          1 |           1 |      4 |
| Y             |    -2.00% |    N/A | 0.00 |     -1.00% |  0.00% |     N/A |   -1.00% |  1.99% |          0 |           2 |      2 |
| Z\\|z          |       N/A |    N/A |  N/A |        N/A |    N/A |     N/A |      N/A |    N/A |        N/A |         N/A |      0 |
| **Portfolio** |     0.00% |   0.00 | 1.00 |      0.00% | 33.33% |  +2.50% |   -1.25% |  2.98% |          1 |           2 |      6 |

PNL is net of slippage and fees, in % of the trade, and summed. Sharpe is per trade. Expectancy is p · average win − (1 − p) · |average loss|, p the win rate. Max DD is by closed trades: of one strategy on one symbol that of its own share of the account, of several, and of sized trades, that of the account.

## Total PNL by symbol and strategy

| Symbol        |   fast |   slow |    All |
| :------------ | -----: | -----: | -----: |
| X             | +4.00% | -2.00% | +2.00% |
| Y             | -2.00% |        | -2.00% |
| Z\\|z          |        |    N/A |    N/A |
| **Portfolio** | +2.00% | -2.00% |  0.00% |
`
    )
  })

  it("has the columns that are asked for", () => {
    const text = Heat.markdown(over(Heat.make(), events), { columns: ["trades", "symbol"] })
    expect(cells(text.split("\n")).slice(0, 5)).toEqual([
      ["Trades", "Symbol"],
      ["-----:", ":------------"],
      ["4", "X"],
      ["2", "Y"],
      ["6", "**Portfolio**"]
    ])
  })

  it("says so when nothing was closed", () => {
    expect(Heat.markdown(over(Heat.make(), []))).toBe("# Heat\n\nNo closed trades.\n")
  })
})
