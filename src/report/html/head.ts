import { type RunInfo, type RunRecord, runsOf, spanOf } from "../../model/document.js"
import * as Format from "../format.js"
import { html, type Markup, none } from "./markup.js"
import { moneyOf } from "./statistics.js"

/** What was run, under which settings, on which data. */

const unique = (texts: ReadonlyArray<string>): ReadonlyArray<string> => [...new Set(texts)]

/** "BTCUSDT · sma-cross", or of a portfolio "3 symbols × 2 strategies". */
export const titleOf = (record: RunRecord): string => {
  const runs = runsOf(record).map(({ run }) => run)
  const symbols = unique(runs.map(({ symbol }) => symbol))
  const strategies = unique(runs.map(({ strategy }) => strategy))
  const name = (names: ReadonlyArray<string>, one: string, many: string): string =>
    names.length === 1 ? names[0] : Format.plural(names.length, one, many)
  const between = symbols.length > 1 && strategies.length > 1 ? " × " : " · "
  return [name(symbols, "symbol", "symbols"), name(strategies, "strategy", "strategies")].join(between)
}

/** "2022-01-01 to 2022-02-01", times of day only where there are any. */
const spanText = ([start, end]: readonly [number, number]): string => {
  const texts = [start, end].map(Format.time)
  const dates = texts.every((text) => text.endsWith(" 00:00")) ? texts.map((text) => text.slice(0, 10)) : texts
  return `${dates.join(" to ")} UTC`
}

const list = (texts: ReadonlyArray<string>): Markup => html`${texts.map((text) => html`<span>${text}</span>`)}`

const bound = (value: number, unit: string): string => (value === 0 ? "off" : `${value} ${unit}`)

const settingsTexts = ({ settings }: RunInfo): ReadonlyArray<string> => [
  `slippage ${settings.slippage} % and fee ${settings.fee} % per side`,
  `TP at least ${bound(settings.minTakeProfit, "%")}`,
  `SL ${bound(settings.minStopLoss, "%")} to ${bound(settings.maxStopLoss, "%")}`,
  settings.maxLifetime > 0 && Number.isFinite(settings.maxLifetime)
    ? `lifetime up to ${settings.maxLifetime} min`
    : "any lifetime",
  `limit entries rest ${settings.awaitMinutes} min`,
  `average price of ${Format.plural(settings.vwapCandles, "candle")}`,
  `${settings.periodsPerYear} days a year`
]

const dataText = (run: RunInfo): string => {
  const gaps = run.gaps === 0 ? "no gaps" : `${Format.plural(run.gaps, "gap")} (${Format.count(run.missing)} missing)`
  const short = run.truncated ? ", the data stop before the frame's end" : ""
  return `${run.symbol}: ${Format.plural(run.candles, "candle")}, ${gaps}${short}, hash ${run.dataHash.slice(0, 16)}`
}

const strategyText = ({ params, strategy }: RunInfo): string => {
  const given = Format.params(params)
  return given === "" ? strategy : `${strategy}: ${given}`
}

const row = (name: string, texts: ReadonlyArray<string>): Markup =>
  texts.length === 0
    ? none
    : html`<div>
        <dt>${name}</dt>
        <dd>${list(unique(texts))}</dd>
      </div>`

/** Candles of all symbols, however many runs walked them. */
const candlesOf = (runs: ReadonlyArray<RunInfo>): number =>
  [...new Map(runs.map(({ candles, symbol }) => [symbol, candles])).values()].reduce((sum, candles) => sum + candles, 0)

/** The title, what was run and when. */
export const header = (record: RunRecord): Markup => {
  const runs = runsOf(record).map(({ run }) => run)
  const span = spanOf(record)
  const names =
    record.kind === "portfolio"
      ? [...unique(runs.map(({ symbol }) => symbol)), ...unique(runs.map(({ strategy }) => strategy))]
      : []
  const chips = [
    `${unique(runs.map(({ fill }) => fill)).join(", ")} fills`,
    unique(runs.map(({ settings: { fee, slippage } }) => `fee ${fee} % + slippage ${slippage} % per side`)).join("; "),
    `${Format.count(candlesOf(runs))} candles`,
    ...(record.account === undefined ? ["not sized"] : [`leverage ${record.account.leverage}×`])
  ]
  return html`<header class="title">
    <p class="eyebrow">${record.kind === "portfolio" ? "Portfolio backtest" : "Backtest"}</p>
    <h1>${titleOf(record)}</h1>
    <p class="span">
      ${runs.length === 0 ? "nothing was run" : `${spanText(span)} · ${Format.duration(span[1] - span[0])}`}
    </p>
    <p class="chips">${names.map((name) => html`<span class="name">${name}</span>`)}${list(chips)}</p>
    ${runs.some(({ truncated }) => truncated) ? html`<p class="warning">The data stop before the frame's end: what was open then was closed at the last price there is.</p>` : none}
  </header>`
}

/** The run in full: everything that is needed to do it again. */
export const runDetails = (record: RunRecord): Markup => {
  const documents = runsOf(record)
  const runs = documents.map(({ run }) => run)
  const { account } = record
  const money = moneyOf(account ?? { initial: 0 })
  const skipped = documents.reduce((sum, document) => sum + document.skipped, 0)
  const shifted = documents.reduce((sum, document) => sum + document.shifted, 0)
  return html`<dl class="details">
    ${row("Strategies", runs.map(strategyText))}
    ${row(
      "Exchange",
      runs.map(({ exchange }) => exchange)
    )}
    ${row(
      "Frame",
      runs.map(
        ({ frame }) =>
          `${frame.name}, ${Format.time(frame.start)} to ${Format.time(frame.end)} UTC, walked at ${frame.interval}`
      )
    )}
    ${row("Data", runs.map(dataText))}
    ${row(
      "Fills",
      runs.map(({ fill, seed }) => `${fill}, seed ${seed}`)
    )}
    ${row("Settings", unique(runs.map((run) => settingsTexts(run).join(", "))))}
    ${row(
      "Account",
      account === undefined
        ? ["not sized: results in % of the account"]
        : [
            `${money(account.initial)} at the start, ${money(account.final)} at the end`,
            `leverage ${account.leverage}×, at most ${money(account.peakMargin)} of margin held at once`
          ]
    )}
    ${row(
      "Sizing",
      runs.flatMap(({ sizing }) =>
        sizing === undefined ? [] : [`${sizing.name}: ${sizing.method}, ${Format.params(sizing.parameters)}`]
      )
    )}
    ${row(
      "Risk",
      runs.flatMap(({ risk = [] }) => risk.map(({ name, validations }) => `${name}: ${validations.join(", ")}`))
    )}
    ${row(
      "Replay",
      skipped + shifted === 0
        ? []
        : [`${Format.plural(skipped, "signal")} skipped, ${Format.count(shifted)} moved to the next tick`]
    )}
  </dl>`
}
