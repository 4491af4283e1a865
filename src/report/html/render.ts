import { createHash } from "node:crypto"
import type { Columns } from "../../model/candle.js"
import { type RunRecord, runsOf, spanOf } from "../../model/document.js"
import { ambiguity } from "../backtest.js"
import { embed, type Embedded } from "./candles.js"
import { pageData } from "./data.js"
import { header, runDetails, titleOf } from "./head.js"
import { html, json, type Markup, none, raw } from "./markup.js"
import { headline, statisticsGrid } from "./statistics.js"
import { breakdown, drawdownsTable, hasRefusals, monthsTable, refusalTables } from "./tables.js"

/** The page's own program and looks, as built. */
export interface Assets {
  readonly script: string
  readonly style: string
}

/** Candles by symbol, ready to be embedded; a symbol without any has no price chart. */
export type EmbeddedCandles = ReadonlyMap<string, Embedded>

/** The work of embedding candles, a step per symbol: each takes a while for a year of minutes. */
export const embeddings = (
  record: RunRecord,
  candles: ReadonlyMap<string, Columns>
): ReadonlyArray<() => readonly [symbol: string, Embedded]> => {
  const span = spanOf(record)
  return symbolsOf(record).flatMap((symbol) => {
    const columns = candles.get(symbol)
    return columns === undefined ? [] : [() => [symbol, embed(columns, span)] as const]
  })
}

const symbolsOf = (record: RunRecord): ReadonlyArray<string> => [
  ...new Set(runsOf(record).map(({ run }) => run.symbol))
]

/**
 * The report of a record as one HTML file: no network, nothing beside it. What stands still is written here; charts
 * and the trade table are drawn by its program from the data embedded in it. Only that program and its style may
 * run: a policy in the page names them by their hashes.
 */
export const render = (record: RunRecord, { script, style }: Assets, embedded: EmbeddedCandles = new Map()): string => {
  const symbols = symbolsOf(record)
  const data = pageData(record, new Map([...embedded].map(([symbol, { layout }]) => [symbol, layout])))
  const program = script.replaceAll("</script", "<\\/script")
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy(program, style)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="generator" content="effect-backtest" />
        <title>${titleOf(record)} – backtest report</title>
        ${element("style", style)}
      </head>
      <body>
        ${body(record, embedded.size > 0)} ${element("script", json(data).markup, 'type="application/json" id="data"')}
        ${symbols.map((symbol, i) =>
          element("script", embedded.get(symbol)?.text ?? "", `type="text/plain" id="candles-${i}"`)
        )}
        ${element("script", program)}
      </body>
    </html> `
  return page.markup
}

/** An element whose text is taken as it is, to the last space: hashes are of exactly that. */
const element = (name: string, text: string, attributes = ""): Markup =>
  raw(`<${name}${attributes === "" ? "" : ` ${attributes}`}>${text}</${name}>`)

const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`

const policy = (script: string, style: string): string =>
  `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; img-src data: blob:; base-uri 'none'; form-action 'none'`

interface Section {
  readonly id: string
  readonly title: string
  readonly content: Markup
  /** Said beside the title. */
  readonly aside?: Markup
}

const chart = (id: string, label: string, size = ""): Markup =>
  html`<div class="chart ${size}" id="${id}" role="img" aria-label="${label}"></div>`

const card = (title: string, note: string, content: Markup, id: string): Markup =>
  html`<section class="card">
    <div class="head">
      <h2>${title}</h2>
      <div class="controls" id="${id}-controls"></div>
    </div>
    ${note === "" ? none : html`<p class="note">${note}</p>`}${content}
  </section>`

const sectionsOf = (record: RunRecord, hasCandles: boolean): ReadonlyArray<Section> => {
  const traded = record.statistics.totalSignals > 0
  const portfolio = record.kind === "portfolio"
  const sized = record.account !== undefined
  const unit = sized ? "Balance of the account" : "Return of the account"
  return [
    {
      id: "equity",
      title: "Equity",
      content: card(
        "Equity and drawdown",
        `${unit} after each close; open positions are not marked to market.${portfolio ? " Tap a run to show or hide it." : ""} Drag to move; click, then turn the wheel, to zoom.`,
        traded ? chart("chart-equity", "Equity and drawdown over time", "tall") : nothing,
        "equity"
      )
    },
    ...(portfolio
      ? [
          {
            id: "heat",
            title: "Heat",
            content: card(
              "Symbols × strategies",
              "Each cell is a run; tap one to see its trades.",
              html`<div id="heat-grid"></div>`,
              "heat"
            )
          }
        ]
      : []),
    {
      id: "chart",
      title: "Chart",
      content: card(
        "Price and trades",
        `${hasCandles ? "" : "This report was made without candles: trades are drawn without the market around them. "}Arrows are entries, dots exits. Drag to move; click, then turn the wheel, or pinch to zoom; tap a trade to read it.`,
        traded || hasCandles
          ? html`<div class="price">
                <p class="ohlc" id="ohlc"></p>
                ${chart("chart-price", "Candles with the trades on them", "taller")}
              </div>
              <div id="trade" class="trade" aria-live="polite"></div>`
          : nothing,
        "price"
      )
    },
    {
      id: "trades",
      title: "Trades",
      content: card("Trades", "", traded ? html`<div id="trades-table"></div>` : nothing, "trades")
    },
    {
      id: "statistics",
      title: "Statistics",
      content: card(
        "Statistics",
        "Hover, focus or tap a number to read how it is computed.",
        statisticsGrid(record.statistics),
        "statistics"
      )
    },
    {
      id: "returns",
      title: "Returns",
      content: html`${card("Monthly returns", "Compounded by the month (UTC) in which trades closed, %.", monthsTable(record), "months")}
        <div class="pair">
          ${card("Distribution of trades", "Net PnL per trade, %.", traded ? chart("chart-distribution", "Histogram of the net PnL of trades") : nothing, "distribution")}
          ${card("Total PnL and what is uncertain", ambiguity(record), traded ? chart("chart-interval", "Total PnL with its interval of ambiguity") : nothing, "interval")}
        </div>
        ${traded ? html`<div class="pair">${card("By direction and reason", "", breakdown(record), "breakdown")}${card("Deepest drawdowns", "Of the equity by closed trades, the deepest first.", drawdownsTable(record), "drawdowns")}</div>` : none}`
    },
    {
      id: "excursions",
      title: "Excursions",
      content: html`<div class="pair">
        ${card("MAE and MFE", "How far each trade went against and in favour of its entry, gross %. Tap one to see it.", traded ? chart("chart-excursions", "Maximum adverse and favourable excursion of trades") : nothing, "excursions")}
        ${card("Exposure", portfolio ? "Positions open at once: mean over time, and the most." : "Share of time in a position.", traded ? chart("chart-exposure", "Open positions over time") : nothing, "exposure")}
      </div>`
    },
    ...(hasRefusals(record)
      ? [
          {
            id: "refusals",
            title: "Refusals",
            content: card(
              "What did not become a trade",
              "",
              html`${refusalTables(record)}
                <div id="refusals-table"></div>`,
              "refusals"
            )
          }
        ]
      : []),
    { id: "run", title: "Run", content: card("Run", "", runDetails(record), "run") }
  ]
}

const nothing = html`<p class="nothing">No trade was closed in this run.</p>`

const body = (record: RunRecord, hasCandles: boolean): Markup => {
  const sections = sectionsOf(record, hasCandles)
  return html`<div class="bar">
      <a class="brand" href="#top">${titleOf(record)}</a>
      <nav aria-label="Sections">${sections.map(({ id, title }) => html`<a href="#${id}">${title}</a>`)}</nav>
      <button type="button" id="theme" class="icon" aria-label="Switch between light and dark"></button>
    </div>
    <main id="top">
      ${header(record)} ${headline(record.statistics, record.account)}
      <p class="ambiguity">${ambiguity(record)}</p>
      <noscript
        ><p class="warning">
          Charts and the trade table need JavaScript; everything else is here without it.
        </p></noscript
      >
      ${sections.map(({ content, id }) => html`<div id="${id}" class="section">${content}</div> `)}
    </main>
    <footer>
      Made by effect-backtest. Times are UTC, prices gross, PnL net of slippage and fees. N/A: the sample cannot bear
      the number.
    </footer>
    <div id="tip" role="tooltip" hidden></div>`
}
