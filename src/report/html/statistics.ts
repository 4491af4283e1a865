import { conventions, metrics } from "../../engine/statistics/conventions.js"
import type { Statistics } from "../../model/document.js"
import * as Format from "../format.js"
import { html, type Markup, none } from "./markup.js"

/** The statistics of a record as HTML. */

const groups: ReadonlyArray<readonly [title: string, keys: ReadonlyArray<keyof Statistics>]> = [
  [
    "Returns",
    ["totalReturn", "cagr", "expectedYearlyReturns", "buyAndHold", "totalPnl", "avgPnl", "bestTrade", "worstTrade"]
  ],
  ["Risk", ["maxDrawdown", "maxDrawdownDays", "volatility", "stdDev", "ulcerIndex", "var95", "cvar95", "exposure"]],
  [
    "Risk-adjusted",
    [
      "sharpeRatio",
      "annualizedSharpeRatio",
      "sharpeDaily",
      "sortino",
      "calmar",
      "recoveryFactor",
      "omega",
      "tailRatio",
      "skewness",
      "kurtosis"
    ]
  ],
  [
    "Trades",
    ["totalSignals", "winCount", "lossCount", "winRate", "winStreak", "lossStreak", "avgDuration", "avgMae", "avgMfe"]
  ],
  ["Edge", ["profitFactor", "certaintyRatio", "sqn", "kelly", "ambiguous", "pnlInterval"]]
]

const grouped = new Set(groups.flatMap(([, keys]) => keys))
const others: ReadonlyArray<keyof Statistics> = metrics.filter((key) => !grouped.has(key))

/** Every statistic there is, in groups; one that no group names stands in the last. */
export const statisticGroups = others.length === 0 ? groups : [...groups, ["Other", others] as const]

/** A statistic as text, the interval included. */
export const statisticText = (statistics: Statistics, key: keyof Statistics): string =>
  key === "pnlInterval" ? statistics.pnlInterval.map(Format.percent).join(" to ") : Format.metric(key, statistics[key])

/** Statistics that are a gain above 0 and a loss below. */
const signed: ReadonlySet<keyof Statistics> = new Set<keyof Statistics>([
  "totalReturn",
  "cagr",
  "expectedYearlyReturns",
  "buyAndHold",
  "totalPnl",
  "avgPnl",
  "bestTrade",
  "worstTrade"
])

/** "gain", "loss" or nothing: the colour of a statistic. */
export const toneOf = (statistics: Statistics, key: keyof Statistics): "gain" | "loss" | "" => {
  const value = statistics[key]
  if (!signed.has(key) || typeof value !== "number" || value === 0) return ""
  return value > 0 ? "gain" : "loss"
}

const row = (statistics: Statistics, key: keyof Statistics): Markup => {
  const { convention, label } = conventions[key]
  return html`<div class="metric" tabindex="0" data-tip="${convention}">
    <dt>${label}</dt>
    <dd data-metric="${key}" class="${toneOf(statistics, key)}">${statisticText(statistics, key)}</dd>
  </div>`
}

/** Every statistic with its convention, to be seen on hover, focus or tap. */
export const statisticsGrid = (statistics: Statistics): Markup =>
  html`<div class="metrics">
    ${statisticGroups.map(
      ([title, keys]) =>
        html`<section class="group">
          <h3>${title}</h3>
          <dl>${keys.map((key) => row(statistics, key))}</dl>
        </section>`
    )}
  </div>`

interface Tile {
  readonly key: keyof Statistics
  readonly below: ReadonlyArray<string>
}

const short = (statistics: Statistics, key: keyof Statistics, name: string): string =>
  `${name} ${statisticText(statistics, key)}`

const tilesOf = (statistics: Statistics): ReadonlyArray<Tile> => [
  {
    key: "totalReturn",
    below: [short(statistics, "cagr", "CAGR"), short(statistics, "buyAndHold", "buy & hold")]
  },
  { key: "totalPnl", below: [`${Format.percent(statistics.avgPnl)} per trade`] },
  { key: "maxDrawdown", below: [`longest ${statisticText(statistics, "maxDrawdownDays")}`] },
  {
    key: "winRate",
    below: [Format.plural(statistics.winCount, "win"), Format.plural(statistics.lossCount, "loss", "losses")]
  },
  { key: "totalSignals", below: [`${statisticText(statistics, "avgDuration")} on average`] },
  {
    key: statistics.sharpeDaily === null ? "sharpeRatio" : "sharpeDaily",
    below: [short(statistics, "sortino", "Sortino")]
  },
  { key: "profitFactor", below: [short(statistics, "certaintyRatio", "payoff")] }
]

const tile = (statistics: Statistics, { below, key }: Tile): Markup => {
  const { convention, label } = conventions[key]
  return html`<div class="tile" tabindex="0" data-tip="${convention}">
    <span class="label">${label}</span>
    <strong data-headline="${key}" class="${toneOf(statistics, key)}">${statisticText(statistics, key)}</strong>
    <span class="below">${below.map((text) => html`<span>${text}</span> `)}</span>
  </div>`
}

/** Writes amounts of an account. */
export const moneyOf =
  ({ initial }: { readonly initial: number }) =>
  (value: number): string =>
    Format.money(value, Format.moneyDecimals(initial))

/** The headline numbers; of a sized record also the balance. */
export const headline = (
  statistics: Statistics,
  account: { readonly initial: number; readonly final: number; readonly peakMargin: number } | undefined
): Markup => {
  const money = moneyOf(account ?? { initial: 0 })
  const balance =
    account === undefined
      ? none
      : html`<div class="tile" tabindex="0" data-tip="The account's balance after the last trade, in quote currency.">
          <span class="label">Final balance</span>
          <strong
            data-headline="final"
            class="${account.final < account.initial ? "loss" : account.final > account.initial ? "gain" : ""}"
            >${money(account.final)}</strong
          >
          <span class="below">from ${money(account.initial)}</span>
        </div>`
  return html`<div class="tiles">${tilesOf(statistics).map((each) => tile(statistics, each))}${balance}</div>`
}
