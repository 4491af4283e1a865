import type { PageData, TradeColumns } from "../html/data.js"
import * as Format from "../format.js"
import { find } from "./dom.js"

/** What the page was given, and what its reader has chosen. */

const parse = (text: string): PageData => JSON.parse(text)

/** The data of the report. */
export const data: PageData = parse(find("data")?.textContent ?? "")
export const trades: TradeColumns = data.trades
export const tradeCount = trades.run.length

export const symbolOf = (trade: number): string => data.runs[trades.run[trade]].symbol
export const strategyOf = (trade: number): string => data.runs[trades.run[trade]].strategy

/** An amount of the account. */
export const money = (value: number): string => Format.money(value, data.moneyDecimals)

const symbolIndices = new Map(data.symbols.map(({ symbol }, i) => [symbol, i]))

/** Index of a trade's symbol. */
export const symbolIndexOf = (trade: number): number => symbolIndices.get(symbolOf(trade)) ?? 0

/** Places of the prices of a trade. */
export const decimalsOf = (trade: number): number => data.symbols[symbolIndexOf(trade)].decimals

/** Name of a run where symbols, strategies or both differ. */
export const runName = (run: number): string => {
  const { strategy, symbol } = data.runs[run]
  if (data.symbols.length === 1 && data.strategies.length > 1) return strategy
  return data.strategies.length === 1 ? symbol : `${symbol} · ${strategy}`
}

type Listener = (trade: number | undefined) => void

const listeners: Array<Listener> = []
let chosen: number | undefined

/** The trade that is looked at. */
export const selected = (): number | undefined => chosen
export const onSelect = (listener: Listener): void => void listeners.push(listener)
export const choose = (trade: number | undefined): void => {
  chosen = trade
  for (const listener of listeners) listener(trade)
}

/** Which runs the trade table shows. */
export interface RunFilter {
  readonly symbol: string
  readonly strategy: string
}

const filterListeners: Array<(filter: RunFilter) => void> = []
export const onFilter = (listener: (filter: RunFilter) => void): void => void filterListeners.push(listener)
export const filterRuns = (filter: RunFilter): void => {
  for (const listener of filterListeners) listener(filter)
}
