import { describe, expect, it } from "@effect/vitest"
import { createHash } from "node:crypto"
import { compute } from "../../../src/engine/statistics.js"
import { conventions } from "../../../src/engine/statistics/conventions.js"
import { fromCandles } from "../../../src/engine/columns.js"
import type { BacktestDocument, PortfolioDocument, RunRecord } from "../../../src/model/document.js"
import { pageData } from "../../../src/report/html/data.js"
import { escape, html, json, raw } from "../../../src/report/html/markup.js"
import { embeddings, render } from "../../../src/report/html/render.js"
import { statisticGroups, statisticText } from "../../../src/report/html/statistics.js"
import { tintOf } from "../../../src/report/html/labels.js"
import { at, document, empty, run, statistics, trade } from "../fixtures.js"

const assets = { script: `console.log("</script>")`, style: "a{}" }
const page = (record: RunRecord) => render(record, assets)

const dataIn = (text: string): unknown =>
  JSON.parse(/<script type="application\/json" id="data">(.*?)<\/script>/s.exec(text)?.[1] ?? "")

/** As many trades as asked for, a minute each. */
const many = (count: number): BacktestDocument => {
  const trades = Array.from({ length: count }, (_, i) =>
    trade({ id: `t${i}`, pendingAt: run.frame.start + i * 120_000, closedAt: run.frame.start + i * 120_000 + 60_000 })
  )
  const { firstOpen, frame, lastClose } = run
  const computed = compute({ trades, start: frame.start, end: frame.end, firstOpen, lastClose, periodsPerYear: 365 })
  return { ...document, trades, statistics: computed }
}

describe("the page", () => {
  it.each([0, 1, 251, 10_000])("of %d trades holds them all", (count) => {
    const record = many(count)
    const text = page(record)
    expect(dataIn(text)).toEqual(JSON.parse(JSON.stringify(pageData(record))))
    expect(text.match(/data-headline="totalSignals"[^>]*>\s*([\d,]+)/)?.[1]).toBe(
      count === 10_000 ? "10,000" : String(count)
    )
    expect(text.includes("No trade was closed in this run.")).toBe(count === 0)
  })

  it("shows every statistic with its value and its convention", () => {
    const keys = statisticGroups.flatMap(([, keys]) => keys)
    expect(keys.toSorted()).toEqual(Object.keys(conventions).toSorted())
    const text = page(document)
    for (const key of keys) {
      const shown = new RegExp(`data-metric="${key}"[^>]*>\\s*([^<]*?)\\s*<`).exec(text)?.[1]
      expect(shown, key).toBe(escape(statisticText(statistics, key)))
      expect(text).toContain(`data-tip="${escape(conventions[key].convention)}"`)
    }
    expect(text).toContain("66.67%")
    expect(statisticText(statistics, "pnlInterval")).toBe("+0.60% to +4.40%")
    expect(statisticText(statistics, "cagr")).toBe("+33.15%")
    expect(statisticText(statistics, "tailRatio")).toBe("N/A")
  })

  it("says what is ambiguous in words", () => {
    expect(page(document)).toContain("1 of 3 trades is ambiguous")
  })

  it("counts what did not become a trade", () => {
    const text = page(document).replaceAll(/\s+/g, " ")
    expect(text).toContain("TP is n % from the entry; at least n %")
    expect(text).toContain("desk")
    expect(text).toContain("frame end")
    expect(text).toContain("TypeError: x is undefined")
    expect(page(empty)).not.toContain("What did not become a trade")
  })

  it("tells of the account where there is one", () => {
    const account = { initial: 10_000, final: 12_345.678, leverage: 3, peakMargin: 500 }
    const text = page({ ...document, account }).replaceAll(/\s+/g, " ")
    expect(text).toContain("12,345.68")
    expect(text).toContain("leverage 3×")
    expect(page(document)).not.toContain("Final balance")
  })

  it("names a portfolio by its symbols and strategies, and gives it a grid", () => {
    const other = { ...document, run: { ...run, symbol: "ETHUSDT", strategy: "fade" } }
    const portfolio: PortfolioDocument = { version: 1, kind: "portfolio", statistics, runs: [document, other] }
    const text = page(portfolio)
    expect(text).toContain("2 symbols × 2 strategies")
    expect(text).toContain(`id="heat-grid"`)
    expect(page(document)).toContain("BTCUSDT · sma-cross")
    expect(page(document)).not.toContain(`id="heat-grid"`)
    expect(page({ version: 1, kind: "portfolio", statistics: empty.statistics, runs: [] })).toContain("nothing was run")
  })

  it("has monthly returns by hand", () => {
    const text = page(document)
    // (1 + 0.598 %)(1 − 1.306 %)(1 + 3.2043 %) − 1
    expect(/<th scope="row">2022<\/th>\s*<td class="g5">2\.47<\/td>/.test(text.replaceAll(/\s*\n\s*/g, ""))).toBe(true)
  })

  it("embeds the candles of its own symbols inside the frame", () => {
    const candle = (time: string) => ({ timestamp: at(time), open: 1, high: 1, low: 1, close: 1, volume: 1 })
    const columns = fromCandles(["2021-12-31 23:59", "2022-01-01 00:00", "2022-01-01 00:01"].map(candle))
    const candles = new Map([
      ["BTCUSDT", columns],
      ["OTHER", columns]
    ])
    const text = render(document, assets, new Map(embeddings(document, candles).map((embed) => embed())))
    expect(dataIn(text)).toMatchObject({ symbols: [{ candles: { length: 2, decimals: 0, whole: true } }] })
    expect(text.match(/id="candles-/g)).toHaveLength(1)
    expect(page(document)).toContain("made without candles")
  })
})

describe("what comes from outside", () => {
  const nasty = `</script><script>alert("1")</script><img src=x onerror=alert(1)>'&`

  it("is text, wherever it stands", () => {
    const record: BacktestDocument = {
      ...document,
      run: { ...run, symbol: nasty, strategy: nasty, exchange: nasty, params: { a: nasty } },
      trades: [trade({ id: nasty, note: nasty })],
      rejected: [{ at: 1, violations: [{ code: nasty, message: nasty, profile: nasty }] }],
      failed: [{ at: 1, error: nasty }]
    }
    const text = page(record)
    expect(text).not.toContain("<img")
    expect(text.match(/<script/g)).toHaveLength(3)
    expect(text.match(/<\/script>/g)).toHaveLength(3)
    expect(dataIn(text)).toMatchObject({ symbols: [{ symbol: nasty }], trades: { id: [nasty], note: [nasty] } })
  })

  it("is escaped in templates, but HTML is not", () => {
    expect(html`<b title="${`"`}">${"<i>"}${1}${raw("<i>")}${[html`<u></u>`, html`<s></s>`]}</b>`.markup).toBe(
      `<b title="&quot;">&lt;i&gt;1<i><u></u><s></s></b>`
    )
    expect(json("<!--\u2028").markup).toBe(`"\\u003c!--\\u2028"`)
  })

  it("can run nothing: only the page's own program may", () => {
    const text = page(document)
    const hash = (content: string) => createHash("sha256").update(content).digest("base64")
    const script = /<script>(.*?)<\/script>/s.exec(text)?.[1] ?? ""
    expect(script).toBe(`console.log("<\\/script>")`)
    const policy = /Content-Security-Policy"\s+content="([^"]*)"/.exec(text)?.[1]?.replaceAll("&#39;", "'")
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain(`script-src 'sha256-${hash(script)}'`)
    expect(policy).toContain(`style-src 'sha256-${hash("a{}")}'`)
    expect(text).not.toMatch(/\son[a-z]+=|\sstyle=|https?:\/\//)
  })
})

describe("tints", () => {
  it.each([
    [0, 10, "t0"],
    [0.1, 10, "g1"],
    [10, 10, "g5"],
    [-4.1, 10, "l3"],
    [5, 0, "t0"]
  ])("of %d beside %d is %s", (value, strongest, expected) => {
    expect(tintOf(value, strongest)).toBe(expected)
  })
})
