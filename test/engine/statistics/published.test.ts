import { describe, expect, it } from "@effect/vitest"
import { compute } from "../../../src/engine/statistics.js"
import { quantile } from "../../../src/engine/statistics/sample.js"
import type { Statistics } from "../../../src/model/document.js"
import { daily, frame } from "../statistics.fixtures.js"

/**
 * Worked examples of books, papers and manuals. Where a source prints rounded figures, the exact value was worked out
 * apart from this library (by hand, or in decimal arithmetic of thirty digits): ours must be within 1e-9 of it, and it
 * must round to what is printed. A source's periods (months, years, R multiples) stand here as days of one trade each,
 * and its periods per year as the days per year.
 */
const of = (returns: ReadonlyArray<number>, periodsPerYear = 365): Statistics =>
  compute({ ...frame(returns.length, daily(...returns)), periodsPerYear })

/** Returns in % of a series of prices, the first of them a day without one. */
const ofPrices = (...prices: ReadonlyArray<number>): Statistics =>
  of(prices.map((price, i) => (i === 0 ? 0 : 100 * (price / prices[i - 1]! - 1))))

const times = (count: number, value: number): ReadonlyArray<number> => Array.from({ length: count }, () => value)

const exactly = (actual: number | null, expected: number): void => {
  expect(actual).not.toBe(null)
  const apart = Math.abs((actual ?? Number.NaN) - expected)
  expect(apart, `${actual} for ${expected}`).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)))
}

/** Within 1e-9 of the exact value, which has the printed digits. */
const printed = (actual: number | null, exact: number, print: string): void => {
  exactly(actual, exact)
  expect(exact.toFixed(print.split(".")[1]?.length ?? 0)).toBe(print)
}

describe("Carl Bacon, Practical Portfolio Performance Measurement and Attribution, 2nd ed., Wiley 2008, p. 65", () => {
  // The portfolio's 24 monthly returns in %. The figures that follow from them are printed by Matthieu Lestel,
  // "Performance Attribution from Bacon", vignette PA-Bacon of the R package PerformanceAnalytics (which also has the
  // returns, data/portfolio_bacon.csv), https://rdrr.io/cran/PerformanceAnalytics/src/inst/doc/PA-Bacon.R
  const returns = [
    0.3, 2.6, 1.1, -1, 1.5, 2.5, 1.6, 6.7, -1.4, 4, -0.5, 8.1, 4, -3.7, -6.1, 1.7, -4.9, -2.2, 7, 5.8, -6.5, 2.4, -0.5,
    -0.9
  ]
  const months = of(returns, 12)

  it("skewness, the sample's (vignette: -0.09)", () => {
    // Mean 21.6/24 = 0.9, Σ(x - 0.9)² = 359.74, sd = √(359.74/23) = 3.954853924637
    printed(months.skewness, -0.0881717493496754, "-0.09")
  })

  it("excess kurtosis, the sample's (\"sample_excess\": -0.41; the population's would be -0.57)", () => {
    printed(months.kurtosis, -0.407660321186087, "-0.41")
  })

  it("omega at threshold 0, there the Bernardo-Ledoit ratio (p. 95: 1.78)", () => {
    // Gains 49.3, losses 27.7
    printed(months.omega, 1.77978339350181, "1.78")
  })

  it("what the book's conventions leave open, in decimal arithmetic", () => {
    // Growth 1.218105767220917541 in two years: √1.2181… - 1 = 10.36782897298 % a year; deepest fall from the high of
    // January 2001 to June, 1 - 0.963·0.939·1.017·0.951·0.978; Σmin(0, x)² = 126.27.
    exactly(months.totalReturn, 21.8105767220918)
    exactly(months.cagr, 10.367828972981)
    exactly(months.maxDrawdown, 14.4672955739218)
    exactly(months.recoveryFactor, 1.50757801350286)
    exactly(months.calmar, 0.716639051162376)
    exactly(months.ulcerIndex, 6.11842872618962)
    exactly(months.volatility, 13.7000158679692)
    exactly(months.sharpeDaily, 0.788320254814486)
    exactly(months.sortino, 1.35921657868386)
    // Sorted -6.5, -6.1, -4.9 …: position 23·0.05 = 1.15; … 6.7, 7, 8.1: position 21.85
    exactly(months.var95, -5.92)
    exactly(months.cvar95, -6.3)
    exactly(months.tailRatio, 1.17483108108108)
    // As trades: 14 wins of 49.3, 10 losses of 27.7
    exactly(months.winRate, 58.3333333333333)
    exactly(months.stdDev, 3.95485392463709)
    exactly(months.sharpeRatio, 0.227568455662389)
    exactly(months.sqn, 1.11485319585206)
    exactly(months.certaintyRatio, 1.27127385250129)
    exactly(months.kelly, 0.255578093306288)
  })
})

describe("Thomas Rollinger & Scott Hoffman, Sortino: A 'Sharper' Ratio, Red Rock Capital / CME Group 2013", () => {
  // https://www.cmegroup.com/education/files/rr-sortino-a-sharper-ratio.pdf, the worked example: eight annual returns
  it("Sortino ratio 4.417 at target 0: the losses count over all periods", () => {
    // Mean 80/8 = 10; (25 + 16)/8 = 5.125. Fourteen days are needed, so the years run twice: neither mean changes.
    const years = [17, 15, 23, -5, 12, 9, 13, -4]
    printed(of([...years, ...years], 1).sortino, 4.41726104299386, "4.417")
  })
})

describe("Microsoft, Excel function reference", () => {
  const data = [3, 4, 5, 2, 3, 4, 5, 6, 4, 7]

  it("SKEW: 0.359543 (support.microsoft.com/excel/functions/skew-function)", () => {
    // Mean 4.3, Σd² = 20.1, Σd³ = 8.64: 10/72·8.64/(20.1/9)^1.5
    printed(of(data).skewness, 0.359543071406797, "0.359543")
  })

  it("KURT: -0.151799637 (support.microsoft.com/excel/functions/kurt-function)", () => {
    // Σd⁴ = 95.697: 110/504·95.697/(20.1/9)² - 243/56
    printed(of(data).kurtosis, -0.151799637208414, "-0.151799637")
  })

  it("PERCENTILE.INC: 1.9 (support.microsoft.com/excel/percentile-inc-function)", () => {
    exactly(quantile(Float64Array.of(1, 3, 2, 4).toSorted(), 0.3), 1.9)
  })
})

describe("other manuals", () => {
  it("numpy.percentile, default method: 3.5 (numpy.org/doc/stable/reference/generated/numpy.percentile.html)", () => {
    exactly(quantile(Float64Array.of(10, 7, 4, 3, 2, 1).toSorted(), 0.5), 3.5)
  })

  it("QUARTILE.INC: 20.25; KURT: -0.7496238078 (Mescius, formula reference, developer.mescius.com)", () => {
    exactly(quantile(Float64Array.of(11, 21, 42, 27, 18, 29, 32, 52).toSorted(), 0.25), 20.25)
    printed(of([35, 31, 47, 51, 37, 31, 58, 39]).kurtosis, -0.749623807824311, "-0.7496238078")
  })

  it("SKEW: about 0.885, and 0 of the symmetric (OpenOffice wiki, How Tos, Calc: SKEW function)", () => {
    // 1 3 4 5 9: mean 4.4, Σd² = 35.2, Σd³ = 55.44: 5/12·55.44/8.8^1.5
    printed(of([1, 3, 4, 5, 9]).skewness, 0.884887319483005, "0.885")
    exactly(of([1, 3, 4, 5, 7]).skewness, 0)
  })
})

describe("empyrical, test_stats.py (github.com/quantopian/empyrical at 0a9fa58)", () => {
  // Its series are shorter than the fourteen days needed here, so they run twice. That changes no mean and no growth
  // per period, but the sample deviation: n - 1 of n becomes 2n - 1 of 2n. Its ratios are converted by that.
  const twice = (returns: ReadonlyArray<number>, periodsPerYear: number) => of([...returns, ...returns], periodsPerYear)
  const mixed = [1, 10, -4, 2, 3, 2, 1, -10]
  const negative = [0, -6, -7, -1, -9, -2, -6, -8, -5]

  it("mixed_returns: eight days that count, 252 a year", () => {
    const days = twice(mixed, 252)
    // Mean 0.625, Σmin(0, x)² = 116: 0.625/√14.5·√252
    exactly(days.sortino, 2.60553125167369)
    // Deviation of 16 by that of 8: √(2·7/15) = 0.966091783079296
    exactly(days.sharpeDaily, 1.72386139617069 / 0.966091783079296)
    exactly(days.volatility, 91.3646539970464 * 0.966091783079296)
    exactly(days.sharpeDaily, 1.78436606786582)
    exactly(days.volatility, 88.2666414904294)
  })

  it("mixed_returns: nine days with the first, which has no return", () => {
    const days = twice([0, ...mixed], 252)
    exactly(days.cagr, 191.359253731942)
    exactly(days.calmar, 19.1359253731942)
    exactly(of([0, ...mixed]).maxDrawdown, 10)
    // Cumulative: 0.03893
    printed(of([0, ...mixed]).totalReturn, 3.893109170048, "3.893")
  })

  it("weekly_returns and monthly_returns: the same nine, 52 and 12 a year", () => {
    const weeks = twice([0, ...mixed], 52)
    exactly(weeks.cagr, 24.6908305139982)
    exactly(weeks.calmar, 2.46908305139982)
    // Deviation of 18 by that of 9: √(2·8/17) = 0.970142500145332
    exactly(weeks.volatility, 38.8515693948706 * 0.970142500145332)
    const months = twice([0, ...mixed], 12)
    exactly(months.cagr, 5.22420613860481)
    exactly(months.calmar, 0.522420613860481)
    exactly(months.volatility, 18.6636902388926 * 0.970142500145332)
  })

  it("negative_returns", () => {
    const days = twice(negative, 252)
    exactly(days.sortino, -13.5327430750434)
    exactly(days.sharpeDaily, -24.4068086339101 / 0.970142500145332)
    exactly(of(negative).maxDrawdown, 36.5907303498736)
    exactly(of(negative).totalReturn, -36.5907303498736)
  })

  it("max_drawdown of 10, -10, 10: 0.1", () => {
    exactly(of([10, -10, 10]).maxDrawdown, 10)
  })
})

describe("Kelly fraction", () => {
  it("Edward Thorp, The Kelly Criterion in Blackjack, Sports Betting, and the Stock Market, 2006: p = 0.51, f = 0.02", () => {
    // Handbook of Asset and Liability Management 1, ch. 9, section 2 (coin tossing): p - q at even money
    exactly(of([...times(51, 1), ...times(49, -1)]).kelly, 0.02)
  })

  it("DeltaX Academy (deltax.trade/academy/lesson/the-kelly-criterion): a half, or 40 % of wins, at two to one", () => {
    exactly(of([2, -1]).kelly, 0.25)
    exactly(of([...times(4, 2), ...times(6, -1)]).kelly, 0.1)
  })
})

describe("System quality number", () => {
  it("TraderSync (tradersync.com/support/system-quality-number-sqn): 50 trades of 100 on average, deviation 250: 2.83", () => {
    // 100 ± 175√2 in turn: sample deviation 175√2·√(50/49) = 250
    const away = 247.487373415292
    const trades = of(times(25, 0).flatMap(() => [100 + away, 100 - away]))
    exactly(trades.avgPnl, 100)
    exactly(trades.stdDev, 250)
    exactly(trades.sharpeRatio, 0.4)
    printed(trades.sqn, 2.82842712474619, "2.83")
  })
})

describe("Pip Journal, How to measure trading system quality (pipjournal.ai/learn/guides)", () => {
  it("45 wins of 2.1 R and 55 losses of 1 R: expectancy 0.395 R", () => {
    const trades = of([...times(45, 2.1), ...times(55, -1)])
    exactly(trades.winRate, 45)
    exactly(trades.avgPnl, 0.395)
    exactly(trades.certaintyRatio, 2.1)
  })

  it("gross profit 4720 of 45 wins, gross loss 2890 of 55 losses: profit factor 1.63", () => {
    const trades = of([...times(45, 4720 / 45), ...times(55, -2890 / 55)])
    printed(trades.profitFactor, 1.63321799307958, "1.63")
  })
})

describe("drawdown of prices", () => {
  it("Longs Peak Advisory (longspeakadvisory.com/max-drawdown-calmar-ratio): 120 to 90 is 25 %", () => {
    exactly(ofPrices(100, 120, 90).maxDrawdown, 25)
  })

  it("Attain Capital (attaincapital.com/2011/04/a-spoon-for-your-alphabet-soup): 100, 80, 110 is 20 %", () => {
    exactly(ofPrices(100, 80, 110).maxDrawdown, 20)
  })

  it("AI Fin Hub (aifinhub.io/formulas/ulcer-index-formula): 100, 105, 98, 96, 102 has the Ulcer index 5.02", () => {
    // Drawdowns 0, 0, 20/3, 60/7, 20/7: √((400/9 + 3600/49 + 400/49)/5)
    printed(ofPrices(100, 105, 98, 96, 102).ulcerIndex, 5.02149574341483, "5.02")
  })
})
