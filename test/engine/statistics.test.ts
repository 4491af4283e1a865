import { describe, expect, it } from "@effect/vitest"
import * as Struct from "effect/Struct"
import { compute } from "../../src/engine/statistics.js"
import { Statistics } from "../../src/model/document.js"
import { daily, enough, frame, ruin, short } from "./statistics.fixtures.js"

/** Every key, nulls exactly, numbers to 1e-10 of their size (the literals carry twelve digits). */
const expectAll = (actual: Statistics, expected: Statistics): void => {
  expect(Struct.keys(actual)).toEqual(Struct.keys(expected))
  for (const key of Struct.keys(expected)) {
    const [got, want] = [[actual[key]].flat(), [expected[key]].flat()]
    got.forEach((value, i) => {
      const wanted = want[i]!
      if (value === null || wanted === null) expect(value, key).toBe(wanted)
      else
        expect(Math.abs(value - wanted), `${key} is ${value}`).toBeLessThanOrEqual(
          1e-10 * Math.max(1, Math.abs(wanted))
        )
    })
  }
}

describe("statistics worked out by hand", () => {
  it("three trades in three days", () => {
    // r = 2, -1, 0.5. Mean 1.5/3 = 0.5; distances 1.5, -1.5, 0: sd = √(4.5/2) = 1.5; Sharpe 1/3; SQN √3/3.
    // Payoff (2.5/2)/1; Kelly 2/3 - (1/3)/1.25. Durations 180, 1440, 90 min: mean 570; held 1710 of 4320 min.
    // Equity 1, 1.02, 1.0098, 1.014849. Drawdown 1 % since 01-01 05:00, never regained: 2 days 19 h = 67/24 days.
    // Days x = 2, -1, 0.5 (the last trade closes at the end and belongs to 01-03); symmetric around 0.5: skewness 0.
    // Drawdowns at the ends of the days: 0, 1, 1 - 0.99·1.005 = 0.505 %: ulcer √((1 + 0.255025)/3).
    // Sorted -1, 0.5, 2: 5 % quantile -1 + 0.1·1.5 = -0.85, 95 % quantile 0.5 + 0.9·1.5 = 1.85.
    // Interval: 1.5 + (-0.7 - 0.5) = 0.3; 1.5 + (0.5 + 1) + (0.9 - 0.5) = 3.4.
    expectAll(compute(short), {
      totalSignals: 3,
      winCount: 2,
      lossCount: 1,
      winRate: 66.6666666666667,
      avgPnl: 0.5,
      totalPnl: 1.5,
      stdDev: 1.5,
      sharpeRatio: 0.333333333333333,
      annualizedSharpeRatio: null,
      certaintyRatio: 1.25,
      profitFactor: 2.5,
      expectedYearlyReturns: null,
      bestTrade: 2,
      worstTrade: -1,
      winStreak: 1,
      lossStreak: 1,
      avgDuration: 570,
      avgMae: -0.566666666666667,
      avgMfe: 1.1,
      exposure: 39.5833333333333,
      sqn: 0.57735026919,
      kelly: 0.4,
      totalReturn: 1.4849,
      cagr: null,
      maxDrawdown: 1,
      maxDrawdownDays: 2.79166666666667,
      recoveryFactor: 1.4849,
      calmar: null,
      volatility: null,
      sharpeDaily: null,
      sortino: null,
      omega: 2.5,
      ulcerIndex: 0.646793372467,
      var95: null,
      cvar95: null,
      skewness: 0,
      kurtosis: null,
      tailRatio: 2.17647058824,
      buyAndHold: 10,
      ambiguous: 2,
      pnlInterval: [0.3, 3.4]
    })
  })

  it("ten trades in fourteen days (numpy and scipy)", () => {
    // Days x = 3, (0.98·1.01 - 1) = -1.02, -1, 0, -1.5, 4, 0, 0, 0, 2, 0, 0.5, 0, -2.5.
    // mean = 3.48/14, sd = 1.730387, volatility sd·√365 and so on; omega (3+4+2+0.5)/(1.02+1+1.5+2.5) = 9.5/6.02.
    // Sorted lowest -2.5, -1.5: position 13·0.05 = 0.65: VaR -2.5 + 0.65 = -1.85, CVaR -2.5; highest 3, 4: position
    // 12.35: 3.35; tail 3.35/1.85. Sharpe annualised by √(10/14·365) = √260.714.
    // Drawdown: 0.98·1.01·0.99·0.985 = 0.96520347 of the peak of 01-01 18:00, regained 01-06 12:00 (4.75 days).
    expectAll(compute(enough), {
      totalSignals: 10,
      winCount: 5,
      lossCount: 4,
      winRate: 55.5555555556,
      avgPnl: 0.35,
      totalPnl: 3.5,
      stdDev: 2.17370651193,
      sharpeRatio: 0.16101529718,
      annualizedSharpeRatio: 2.59985754596,
      certaintyRatio: 1.2,
      profitFactor: 1.5,
      expectedYearlyReturns: 135.388951576,
      bestTrade: 4,
      worstTrade: -2.5,
      winStreak: 2,
      lossStreak: 2,
      avgDuration: 510,
      avgMae: -0.99,
      avgMfe: 1.36,
      exposure: 25.2976190476,
      sqn: 0.509175077217,
      kelly: 0.185185185185,
      totalReturn: 3.33805611216,
      cagr: 135.388951576,
      maxDrawdown: 3.479653,
      maxDrawdownDays: 4.75,
      recoveryFactor: 0.959307181539,
      calmar: 38.908750837,
      volatility: 33.0591085685,
      sharpeDaily: 2.74443490334,
      sortino: 5.47309658332,
      omega: 1.5780730897,
      ulcerIndex: 1.4009429753,
      var95: -1.85,
      cvar95: -2.5,
      skewness: 0.845631233212,
      kurtosis: 0.74871097785,
      tailRatio: 1.81081081081,
      buyAndHold: -5,
      ambiguous: 2,
      pnlInterval: [1.2, 6]
    })
  })

  it("a loss of more than everything, in a frame that starts and ends within a day (numpy and scipy)", () => {
    // Equity 1, 1.1, 0, 0, 0: return and CAGR -100 %, drawdown 100 % from 03-01 14:00 to the end: 14 d 4 h.
    // r itself stays as it was: mean (10 - 120 + 5 - 8)/4. Days x = 10, -100, 5, -8, then eleven of 0; 252 a year.
    // Held 60 + 120 + 240 + 90 of 20520 min. Sorted -100, -8: position 14·0.05 = 0.7: VaR -100 + 0.7·92 = -35.6;
    // highest 5, 10: position 13.3: 6.5; tail 6.5/35.6.
    expectAll(compute(ruin), {
      totalSignals: 4,
      winCount: 2,
      lossCount: 2,
      winRate: 50,
      avgPnl: -28.25,
      totalPnl: -113,
      stdDev: 61.6353524097,
      sharpeRatio: -0.458340853026,
      annualizedSharpeRatio: null,
      certaintyRatio: 0.1171875,
      profitFactor: 0.1171875,
      expectedYearlyReturns: null,
      bestTrade: 10,
      worstTrade: -120,
      winStreak: 1,
      lossStreak: 1,
      avgDuration: 127.5,
      avgMae: -34.25,
      avgMfe: 4.25,
      exposure: 2.48538011696,
      sqn: -0.916681706052,
      kelly: -3.76666666666667,
      totalReturn: -100,
      cagr: -100,
      maxDrawdown: 100,
      maxDrawdownDays: 14.1666666666667,
      recoveryFactor: -1,
      calmar: -1,
      volatility: 415.960575055,
      sharpeDaily: -3.7561252044,
      sortino: -3.79972595447,
      omega: 0.138888888889,
      ulcerIndex: 96.6091783079,
      var95: -35.6,
      cvar95: -100,
      skewness: -3.74280866054,
      kurtosis: 14.2995110856,
      tailRatio: 0.182584269663,
      buyAndHold: -50,
      ambiguous: 1,
      pnlInterval: [-121, -113]
    })
  })

  it("no trade at all, in a frame long enough", () => {
    const nothing = compute({ ...frame(30, []), firstOpen: 50, lastClose: 40 })
    const zeros = new Set([
      "totalSignals",
      "winCount",
      "lossCount",
      "totalReturn",
      "cagr",
      "maxDrawdown",
      "maxDrawdownDays",
      "ulcerIndex",
      "var95",
      "cvar95",
      "ambiguous"
    ])
    for (const key of Struct.keys(nothing)) {
      if (key === "pnlInterval") expect(nothing[key]).toEqual([0, 0])
      else if (key === "buyAndHold") expect(nothing[key]).toBeCloseTo(-20, 12)
      else expect(nothing[key], key).toBe(zeros.has(key) ? 0 : null)
    }
  })

  it("carries the keys of the document, in their order", () => {
    expect(Object.keys(compute(enough))).toEqual(Object.keys(Statistics.fields))
  })
})

describe("where a metric ends to be a number", () => {
  const of = (days: number, ...returns: ReadonlyArray<number>) => compute(frame(days, daily(...returns)))

  it("winRate: a trade of 0 is neither a win nor a loss", () => {
    expect(of(3, 0, 0).winRate).toBe(null)
    expect(of(3, 0, 1).winRate).toBe(100)
    expect(of(3, 0, -1).winRate).toBe(0)
  })

  it("stdDev, sharpeRatio, sqn: two trades", () => {
    expect(of(3, 1)).toMatchObject({ avgPnl: 1, totalPnl: 1, stdDev: null, sharpeRatio: null, sqn: null })
    // 1, 3: sd √2, mean 2
    const two = of(3, 1, 3)
    expect(two.stdDev).toBeCloseTo(1.4142135623731, 12)
    expect(two.sharpeRatio).toBeCloseTo(1.4142135623731, 12)
    expect(two.sqn).toBeCloseTo(2, 12)
  })

  it("sharpeRatio, sqn: a deviation of 1e-9", () => {
    expect(of(3, 1, 1 + 1e-9)).toMatchObject({ sharpeRatio: null, sqn: null }) // sd 7.1e-10
    expect(of(3, 1, 1 + 2e-9).sharpeRatio).toBeGreaterThan(7e8) // sd 1.41e-9
    expect(of(3, 1, 1).stdDev).toBe(0)
  })

  it("annualizedSharpeRatio, expectedYearlyReturns: ten trades and fourteen days", () => {
    const nine = [1, -1, 2, 1, -1, 2, 1, -1, 2]
    const missing = { annualizedSharpeRatio: null, expectedYearlyReturns: null }
    expect(of(14, ...nine)).toMatchObject(missing)
    expect(of(13.999, ...nine, 1)).toMatchObject(missing)
    // mean 0.7, squares 19 - 10·0.49 = 14.1, sd √(14.1/9) = 1.251666, Sharpe 0.559255·√260.714286 (numpy)
    expect(of(14, ...nine, 1).annualizedSharpeRatio).toBeCloseTo(9.0300915384, 9)
    // 1.01⁴·0.99³·1.02³ = 1.0714986; to the power 365/14 = 26.0714286
    expect(of(14, ...nine, 1).expectedYearlyReturns).toBeCloseTo(505.234542, 6)
    expect(of(14, ...Array.from({ length: 10 }, () => 1)).annualizedSharpeRatio).toBe(null) // no deviation
  })

  it("certaintyRatio, kelly, profitFactor: a win, a loss", () => {
    expect(of(3, 1, 2)).toMatchObject({ certaintyRatio: null, kelly: null, profitFactor: null })
    expect(of(3, -1, -2)).toMatchObject({ certaintyRatio: null, kelly: null, profitFactor: 0 })
    expect(of(3, 3, -2)).toMatchObject({ certaintyRatio: 1.5, profitFactor: 1.5 })
    expect(of(3, 3, -2).kelly).toBeCloseTo(0.166666666666667, 12) // 1/2 - (1/2)/1.5
  })

  it("cagr, calmar: fourteen days", () => {
    expect(of(13.999, 2, -1)).toMatchObject({ cagr: null, calmar: null })
    // 1.0098^(365/14) = e^(26.0714286·0.00975229) = e^0.2542561 = 1.28950
    expect(of(14, 2, -1).cagr).toBeCloseTo(28.95, 2)
    expect(of(14, 2, -1).calmar).toBeCloseTo(28.95, 2)
  })

  it("recoveryFactor, calmar: a drawdown", () => {
    expect(of(14, 2, 0)).toMatchObject({ maxDrawdown: 0, maxDrawdownDays: 0, recoveryFactor: null, calmar: null })
    expect(of(14, 2, -1).recoveryFactor).toBeCloseTo(0.98, 12)
  })

  it("volatility, sharpeDaily, var95, cvar95: fourteen days", () => {
    const missing = { volatility: null, sharpeDaily: null, sortino: null, var95: null, cvar95: null }
    expect(of(13.999, 2, -1)).toMatchObject(missing)
    // x = 2, -1, twelve 0: mean 1/14, Σx² = 5, sd √((5 - 1/14)/13) = 0.6157279; times √365 = 19.1049732
    const long = of(14, 2, -1)
    expect(long.volatility).toBeCloseTo(11.763464, 5)
    expect(long.sharpeDaily).toBeCloseTo(2.2163, 4)
    expect(long.sortino).toBeCloseTo(5.1060187, 5) // (1/14)/√(1/14)·√365
    expect(long.var95).toBeCloseTo(-0.35, 12) // position 0.65 between -1 and 0
    expect(long.cvar95).toBe(-1)
  })

  it("volatility, sharpeDaily, sortino, skewness, kurtosis: a deviation of 1e-12", () => {
    const missing = { volatility: null, sharpeDaily: null, sortino: null, skewness: null, kurtosis: null }
    expect(of(14, 0)).toMatchObject(missing)
    // one day of r among 14 has the deviation r/√14: 8.0e-13, then 1.07e-12
    expect(of(14, -3e-12)).toMatchObject(missing)
    const enough = of(14, -4e-12)
    expect(enough.volatility).toBeCloseTo(2.0424e-11, 14)
    // one among n: mean x/n, sd x/√n, so the Sharpe ratio is -√(365/n) whatever x is
    expect(enough.sharpeDaily).toBeCloseTo(-5.1060187, 5)
    expect(enough.sortino).toBeCloseTo(-5.1060187, 5)
    // G1 of one among n is ±√n = √14, and G2 is n = 14
    expect(enough.skewness).toBeCloseTo(-3.7416574, 6)
    expect(enough.kurtosis).toBeCloseTo(14, 9)
  })

  it("sortino: days that differ, even where every one of them loses", () => {
    const same = Array.from({ length: 14 }, () => -1)
    expect(of(14, ...same)).toMatchObject({ sortino: null, sharpeDaily: null, omega: 0 })
    // 13 days of -1 and one of -2: mean -15/14, √(17/14), √365: -15/√(14·17)·√365 = -18.575872
    expect(of(14, ...same.slice(1), -2).sortino).toBeCloseTo(-18.575872, 5)
  })

  it("sortino, omega: a losing day", () => {
    expect(of(14, 2, 1)).toMatchObject({ sortino: null, omega: null })
    expect(of(14, 2, 1).sharpeDaily).not.toBe(null)
    expect(of(14, -2).omega).toBe(0)
    expect(of(14, 3, -2).omega).toBe(1.5)
  })

  it("skewness: three days; kurtosis: four", () => {
    expect(of(2, 1, 2)).toMatchObject({ skewness: null, kurtosis: null })
    // 0, 0, 3: mean 1, sd √3, Σz³ = (8 - 1 - 1)/3√3 = 1.154701, G1 = 3/2·that = √3
    expect(of(3, 0, 0, 3).skewness).toBeCloseTo(1.7320508, 6)
    expect(of(3, 0, 0, 3).kurtosis).toBe(null)
    // 0, 0, 0, 4: mean 1, sd 2, Σz⁴ = 84/16 = 5.25, G2 = 20/6·5.25 - 27/2 = 4
    expect(of(4, 0, 0, 0, 4).kurtosis).toBeCloseTo(4, 12)
  })

  it("tailRatio: a 5 % quantile other than 0", () => {
    expect(of(30, -1, 3).tailRatio).toBe(null) // 30 days: position 1.45 is between two zeros
    expect(of(2, -1, 3).tailRatio).toBeCloseTo(3.5, 12) // -1 + 0.05·4 = -0.8; -1 + 0.95·4 = 2.8
  })

  it("buyAndHold: a first open above 0", () => {
    expect(compute({ ...frame(3, []), firstOpen: 0 }).buyAndHold).toBe(null)
    expect(compute({ ...frame(3, []), firstOpen: 80, lastClose: 100 }).buyAndHold).toBeCloseTo(25, 12)
  })

  it("a frame without length or trades has no daily metric", () => {
    expect(compute(frame(0, []))).toMatchObject({ ulcerIndex: null, tailRatio: null, cagr: null, omega: null })
  })
})
