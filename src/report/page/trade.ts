import * as Format from "../format.js"
import { button, h } from "./dom.js"
import { choose, data, decimalsOf, strategyOf, symbolOf, tradeCount, trades, money } from "./state.js"

/** Everything that is known of one trade. */

export const reasonText = (trade: number): string => trades.reason[trade].replaceAll("_", " ")

const fact = (name: string, text: string, tone = ""): HTMLElement =>
  h("div", {}, h("dt", { text: name }), h("dd", { class: tone, text }))

/** Colour of a number with two places: what is written as 0.00 has none. */
export const toneOf = (value: number): string => (value >= 0.005 ? "gain" : value <= -0.005 ? "loss" : "")

const moneyFacts = (i: number): ReadonlyArray<HTMLElement> => {
  const { balance, fees, notional, quantity, result } = trades
  const [size, worth, paid, won, left] = [quantity[i], notional[i], fees[i], result[i], balance[i]]
  if (size === null || worth === null || paid === null || won === null || left === null) return []
  return [
    fact("Quantity", String(Number(size.toPrecision(8)))),
    fact("Notional", money(worth)),
    fact("Fees", money(paid)),
    fact("Result", money(won), toneOf(won)),
    fact("Balance after", money(left))
  ]
}

/** "profit up to 50 %, loss up to 20 %": levels come in tens, each once. */
const levelsText = (i: number): string =>
  (["profit", "loss"] as const)
    .map((side) => ({ side, levels: trades.partials[i].filter((partial) => partial.side === side) }))
    .filter(({ levels }) => levels.length > 0)
    .map(({ levels, side }) => `${side} up to ${Math.max(...levels.map(({ level }) => level))} %`)
    .join(", ")

/** "1 breakeven, 12 trailing": the line in the chart has them all. */
const movesText = (i: number): string =>
  (["breakeven", "trailing"] as const)
    .map((rule) => ({ rule, count: trades.stops[i].filter((move) => move.rule === rule).length }))
    .filter(({ count }) => count > 0)
    .map(({ count, rule }) => `${Format.count(count)} ${rule}`)
    .join(", ")

/** The card under the price chart. */
export const card = (i: number): HTMLElement => {
  const price = (value: number): string => Format.price(value, decimalsOf(i))
  const limit = trades.priceLimit[i]
  const moved = trades.priceStopMoved[i]
  const equity = trades.equityPercent[i]
  const lifetime = trades.minuteEstimatedTime[i]
  const note = trades.note[i]
  const facts = [
    fact("PnL", Format.percent(trades.pnlPercent[i]), toneOf(trades.pnlPercent[i])),
    ...(equity === null ? [] : [fact("On the account", Format.percent(equity), toneOf(equity))]),
    fact("Closed by", reasonText(i)),
    fact("Entry", `${price(trades.priceOpen[i])}, ${Format.time(trades.pendingAt[i])}`),
    fact("Exit", `${price(trades.priceClose[i])}, ${Format.time(trades.closedAt[i])}`),
    fact("Duration", Format.duration(trades.closedAt[i] - trades.pendingAt[i])),
    ...(limit === null ? [] : [fact("Limit entry", `${price(limit)}, asked ${Format.time(trades.scheduledAt[i])}`)]),
    fact("Take profit", price(trades.priceTakeProfit[i])),
    fact("Stop loss", price(trades.priceStopLoss[i]) + (moved === null ? "" : `, moved to ${price(moved)}`)),
    fact("Lifetime", lifetime === "infinite" ? "any" : Format.duration(lifetime * 60_000)),
    fact("MAE / MFE", `${Format.percent(trades.mae[i])} / ${Format.percent(trades.mfe[i])}`),
    ...(trades.ambiguous[i]
      ? [fact("Ambiguous", `${Format.percent(trades.pnlLow[i])} to ${Format.percent(trades.pnlHigh[i])}`)]
      : []),
    ...moneyFacts(i),
    ...(trades.partials[i].length === 0 ? [] : [fact("Levels reached", levelsText(i))]),
    ...(trades.stops[i].length === 0 ? [] : [fact("Stop moves", movesText(i))]),
    fact("Signal", trades.id[i]),
    ...(note === null ? [] : [fact("Note", note)])
  ]
  const step = (by: number): void => choose((i + by + tradeCount) % tradeCount)
  return h(
    "article",
    { class: "selected" },
    h(
      "div",
      { class: "head" },
      h("h3", {}, `${trades.position[i]} ${symbolOf(i)}`, h("small", { text: ` ${strategyOf(i)}` })),
      h(
        "div",
        { class: "controls" },
        h("span", { class: "muted", text: `${Format.count(i + 1)} of ${Format.count(tradeCount)} by close` }),
        button("‹", "The trade before", () => step(-1)),
        button("›", "The trade after", () => step(1)),
        button("×", "Close", () => choose(undefined))
      )
    ),
    h("dl", { class: "facts" }, ...facts)
  )
}

/** Whether any trade of the report is sized. */
export const anyMoney = data.sized && trades.balance.some((balance) => balance !== null)
