import { describe, expect, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import * as Format from "../../src/report/format.js"

describe("numbers", () => {
  it.each([
    [1.976395, "+1.98%"],
    [-0.4, "-0.40%"],
    [0, "0.00%"],
    [-0, "0.00%"],
    [0.001, "0.00%"],
    [-0.001, "0.00%"],
    [123456.789, "+123456.79%"],
    [1e21, "+1000000000000000000000%"],
    [null, "N/A"]
  ])("percent %d is %s", (value, expected) => {
    expect(Format.percent(value)).toBe(expected)
  })

  it.each([
    [57.142857, "57.14%"],
    [0, "0.00%"],
    [null, "N/A"]
  ])("share %d is %s", (value, expected) => {
    expect(Format.share(value)).toBe(expected)
  })

  it.each([
    [0, "0"],
    [999, "999"],
    [1000, "1,000"],
    [44640, "44,640"],
    [1234567, "1,234,567"],
    [-1000, "-1,000"],
    [null, "N/A"]
  ])("count %d is %s", (value, expected) => {
    expect(Format.count(value)).toBe(expected)
  })

  it("ratio has two places, and no number is N/A", () => {
    expect(Format.ratio(1.625)).toBe("1.63")
    expect(Format.ratio(null)).toBe("N/A")
    expect(Format.ratio(Number.NaN)).toBe("N/A")
    expect(Format.fixed(Number.POSITIVE_INFINITY, 2)).toBe("N/A")
  })

  it("plural", () => {
    expect([Format.plural(1, "trade"), Format.plural(0, "trade"), Format.plural(2000, "trade")]).toEqual([
      "1 trade",
      "0 trades",
      "2,000 trades"
    ])
  })
})

describe("money", () => {
  it.each([
    [10_000, 2],
    [100, 2],
    [99.99, 3],
    [10, 3],
    [0.5, 5],
    [0.01, 6],
    [1e9, 2],
    [0, 2],
    [-5, 2],
    [Number.NaN, 2]
  ])("an account that begins with %d has %d decimals", (initial, decimals) => {
    expect(Format.moneyDecimals(initial)).toBe(decimals)
  })

  it.each([
    [10_000, 2, "10,000.00"],
    [1_234_567.891, 2, "1,234,567.89"],
    [-1234.5, 2, "-1,234.50"],
    [-0.001, 2, "0.00"],
    [0.123456, 5, "0.12346"],
    [999.999, 2, "1,000.00"],
    [null, 2, "N/A"]
  ])("%d with %d decimals is %s", (amount, decimals, expected) => {
    expect(Format.money(amount, decimals)).toBe(expected)
  })
})

describe("prices", () => {
  const shown = (...prices: ReadonlyArray<number>) => prices.map((p) => Format.price(p, Format.decimals(prices)))

  it("have the decimals their symbol is quoted in", () => {
    expect(shown(46319.5, 38481.5)).toEqual(["46319.50", "38481.50"])
    expect(shown(0.00002854, 0.000029)).toEqual(["0.00002854", "0.00002900"])
    expect(shown(1.57123, 1.5702)).toEqual(["1.57123", "1.57020"])
    expect(shown(119.953)).toEqual(["119.953"])
    expect(shown(46000)).toEqual(["46000.00"])
  })

  it("computed prices do not widen the others", () => {
    expect(shown(46319.5, 46319.5 / 3)).toEqual(["46319.50", "15439.83"])
    expect(shown(0.00002854, 0.00002854 / 3)[0]).toBe("0.000028540") // four digits of the smaller one
    expect(shown(0.00001 / 3)).toEqual(["0.000003333"])
  })

  it("never have an exponent, and read back as what they were if quoted", () => {
    const quoted = FastCheck.tuple(FastCheck.integer({ min: 1, max: 99_999_999 }), FastCheck.nat(12))
    FastCheck.assert(
      FastCheck.property(quoted, ([ticks, places]) => {
        const value = Number(`${ticks}e-${places}`)
        const [text] = shown(value)
        expect(text).toMatch(/^\d+\.\d{2,}$/)
        expect(Number(text)).toBe(value)
      })
    )
  })

  it("without any price there are two decimals", () => {
    expect(Format.decimals([])).toBe(2)
    expect(Format.decimals([0, Number.NaN, Number.POSITIVE_INFINITY])).toBe(2)
    expect(Format.price(null, 2)).toBe("N/A")
  })
})

describe("times", () => {
  const minute = 60_000
  it.each([
    [0, "0m"],
    [45 * minute, "45m"],
    [59.6 * minute, "1h 00m"],
    [125 * minute, "2h 05m"],
    [1439 * minute, "23h 59m"],
    [1439.7 * minute, "1d 00h"],
    [76 * 60 * minute, "3d 04h"],
    [31 * 1440 * minute, "31d 00h"],
    [null, "N/A"],
    [Number.NaN, "N/A"]
  ])("duration %d is %s", (millis, expected) => {
    expect(Format.duration(millis)).toBe(expected)
  })

  it("instants are UTC, to the minute", () => {
    expect(Format.time(1_640_995_200_000)).toBe("2022-01-01 00:00")
    expect(Format.time(1_709_251_199_999)).toBe("2024-02-29 23:59")
    expect(Format.time(null)).toBe("N/A")
    expect(Format.time(Number.NaN)).toBe("N/A")
  })
})

describe("values", () => {
  it("parameters in one line", () => {
    expect(Format.params({})).toBe("")
    const given = { fast: 20, mode: "up", on: true, levels: [1, 2], limit: Number.POSITIVE_INFINITY, none: null }
    expect(Format.params(given)).toBe("fast 20, mode up, on true, levels [1,2], limit Infinity, none null")
  })

  it("a circular value does not break a report", () => {
    const circular: { self?: unknown } = {}
    circular.self = circular
    expect(typeof Format.value(circular)).toBe("string")
    expect(Format.value(10n)).toBe("10")
  })

  it("statistics in their units", () => {
    expect(Format.metric("totalSignals", 1200)).toBe("1,200")
    expect(Format.metric("winRate", 55.5)).toBe("55.50%")
    expect(Format.metric("totalPnl", 55.5)).toBe("+55.50%")
    expect(Format.metric("maxDrawdown", 5.4)).toBe("5.40%")
    expect(Format.metric("sharpeRatio", 0.161)).toBe("0.16")
    expect(Format.metric("avgDuration", 125)).toBe("2h 05m")
    expect(Format.metric("maxDrawdownDays", 4.75)).toBe("4d 18h")
    expect(Format.metric("cagr", null)).toBe("N/A")
  })
})

describe("tally", () => {
  it("counts, the most frequent first, then by name", () => {
    expect(Format.tally(["b", "a", "c", "c"])).toEqual([
      ["c", 2],
      ["a", 1],
      ["b", 1]
    ])
  })

  it("takes texts that differ only in numbers as one; a single text stays as it is", () => {
    expect(Format.tally(["TP 0.3 % off", "TP -1.2e-7 % off", "SL 25 % off"])).toEqual([
      ["TP n % off", 2],
      ["SL 25 % off", 1]
    ])
    expect(Format.tally(["TP 0.3 % off", "TP 0.3 % off"])).toEqual([["TP 0.3 % off", 2]])
  })
})
