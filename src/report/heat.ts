import { equityMetrics } from "../engine/statistics/equity.js"
import type { ClosedTrade } from "../engine/statistics/input.js"
import { mean } from "../engine/statistics/sample.js"
import { tradeMetrics } from "../engine/statistics/trades.js"
import { runsOf, type RunRecord } from "../model/document.js"
import type { Closed, Event } from "../model/event.js"
import { eventsOf } from "./events.js"
import * as Format from "./format.js"
import { code, left, page, type Place, placesOf, right, section, title } from "./parts.js"
import { type Reducer, reduce } from "./reducer.js"
import { type Columns, table, tableOf, type TableOptions } from "./table.js"

/** How some trades did. Percentages are net of slippage and fees; `null` where there is nothing to compute with. */
export interface HeatFigures {
  readonly trades: number
  /** Sum of the trades' PnL, %. */
  readonly totalPnl: number | null
  /** Per trade. */
  readonly sharpeRatio: number | null
  readonly profitFactor: number | null
  /** What a trade brings on average, %: p · average win − (1 − p) · |average loss|, p the win rate. */
  readonly expectancy: number | null
  readonly winRate: number | null
  /** Mean PnL of the winning trades, and of the losing ones (negative), %. */
  readonly avgWin: number | null
  readonly avgLoss: number | null
  /** Of the equity in close order, %. */
  readonly maxDrawdown: number | null
  readonly winStreak: number | null
  readonly lossStreak: number | null
}

export interface HeatSymbol extends HeatFigures {
  readonly symbol: string
}

export interface HeatStrategy extends HeatFigures {
  readonly strategy: string
}

export interface HeatCell extends HeatFigures, Place {}

export interface HeatData {
  /** Over all strategies; the greatest total PnL first. */
  readonly symbols: ReadonlyArray<HeatSymbol>
  /** Over all symbols, by name. */
  readonly strategies: ReadonlyArray<HeatStrategy>
  /** Each strategy on each symbol, by symbol, then strategy. */
  readonly cells: ReadonlyArray<HeatCell>
  /** All trades pooled. */
  readonly portfolio: HeatFigures
}

export interface HeatMake {
  /** Strategies and symbols that are run: those without a trade are shown too. */
  readonly slots?: Iterable<Place> | undefined
}

interface HeatTrade extends ClosedTrade, Place {
  readonly sized: boolean
}

/** Gathers closed trades: all of them, in whatever order their runs tell of them. */
export const make = (options: HeatMake = {}): Reducer<Event, HeatData> => {
  const slots = [...(options.slots ?? [])]
  const trades: Array<HeatTrade> = []
  return {
    observe: (event) => {
      if (event._tag === "Closed") trades.push(tradeOf(event))
    },
    data: () =>
      heatOf(
        slots,
        trades.toSorted((a, b) => a.closedAt - b.closedAt)
      )
  }
}

/** The report of a finished record. */
export const ofRecord = (record: RunRecord): HeatData =>
  reduce(
    make({ slots: runsOf(record).map(({ run: { strategy, symbol } }) => ({ strategy, symbol })) }),
    eventsOf(record)
  )

const tradeOf = (event: Closed): HeatTrade => ({
  symbol: event.signal.symbol,
  strategy: event.signal.strategy,
  sized: event.money !== undefined,
  pendingAt: event.signal.pendingAt ?? event.signal.scheduledAt,
  closedAt: event.when,
  pnlPercent: event.pnlPercent,
  equityPercent: event.equityPercent,
  mae: event.mae,
  mfe: event.mfe,
  ambiguous: event.ambiguous,
  pnlInterval: event.pnlInterval
})

const grouped = <A>(items: ReadonlyArray<A>, keyOf: (item: A) => string): ReadonlyMap<string, ReadonlyArray<A>> => {
  const groups = new Map<string, Array<A>>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}

const heatOf = (slots: ReadonlyArray<Place>, trades: ReadonlyArray<HeatTrade>): HeatData => {
  const { strategies, symbols } = placesOf([...slots, ...trades])
  const bySymbol = grouped(trades, ({ symbol }) => symbol)
  const byStrategy = grouped(trades, ({ strategy }) => strategy)
  return {
    symbols: symbols
      .map((symbol) => ({ symbol, ...figuresOf(bySymbol.get(symbol)) }))
      .toSorted((a, b) => (b.totalPnl ?? -Infinity) - (a.totalPnl ?? -Infinity) || (a.symbol < b.symbol ? -1 : 1)),
    strategies: strategies.map((strategy) => ({ strategy, ...figuresOf(byStrategy.get(strategy)) })),
    cells: symbols.flatMap((symbol) => {
      const there = grouped(bySymbol.get(symbol) ?? [], ({ strategy }) => strategy)
      const run = new Set(placesOf(slots.filter((slot) => slot.symbol === symbol)).strategies)
      return strategies
        .filter((strategy) => there.has(strategy) || run.has(strategy))
        .map((strategy) => ({ symbol, strategy, ...figuresOf(there.get(strategy)) }))
    }),
    portfolio: figuresOf(trades)
  }
}

/**
 * As the statistics of runs have it: what one strategy did on one symbol of an unsized account is told of its own share;
 * of several, and in money, of the account.
 */
const equityOf = (trades: ReadonlyArray<HeatTrade>): ReadonlyArray<HeatTrade> => {
  const [first] = trades
  if (first?.equityPercent === undefined || first.sized) return trades
  const isOne = trades.every(({ strategy, symbol }) => strategy === first.strategy && symbol === first.symbol)
  return isOne ? trades.map((trade) => ({ ...trade, equityPercent: undefined })) : trades
}

/** Only figures that do not depend on the frame, which events do not tell. */
const figuresOf = (trades: ReadonlyArray<HeatTrade> = []): HeatFigures => {
  const frame = { start: trades[0]?.pendingAt ?? 0, end: trades.at(-1)?.closedAt ?? 1, firstOpen: 1, lastClose: 1 }
  const input = { trades, ...frame, periodsPerYear: 365 }
  const { lossStreak, profitFactor, sharpeRatio, totalPnl, winRate, winStreak } = tradeMetrics(input)
  const { maxDrawdown } = equityMetrics({ ...input, trades: equityOf(trades) })
  const results = trades.map(({ pnlPercent }) => pnlPercent)
  const avgWin = meanOf(results.filter((r) => r > 0))
  const avgLoss = meanOf(results.filter((r) => r < 0))
  return {
    trades: trades.length,
    totalPnl,
    sharpeRatio,
    profitFactor,
    expectancy: expectancyOf(winRate, avgWin, avgLoss),
    winRate,
    avgWin,
    avgLoss,
    maxDrawdown: trades.length === 0 ? null : maxDrawdown,
    winStreak,
    lossStreak
  }
}

const meanOf = (values: ReadonlyArray<number>): number | null => (values.length === 0 ? null : mean(values))

/** Without a win, or without a loss, that side has no share in it. */
const expectancyOf = (winRate: number | null, avgWin: number | null, avgLoss: number | null): number | null => {
  if (winRate === null) return null
  const p = winRate / 100
  return p * (avgWin ?? 0) - (1 - p) * Math.abs(avgLoss ?? 0)
}

export type HeatColumn = "symbol" | keyof HeatFigures

/** Everything the table can show. */
export const columns: Columns<HeatColumn, HeatSymbol> = {
  symbol: { title: "Symbol", cell: ({ symbol }) => symbol },
  totalPnl: { title: "Total PNL", align: "right", cell: ({ totalPnl }) => Format.percent(totalPnl) },
  sharpeRatio: { title: "Sharpe", align: "right", cell: ({ sharpeRatio }) => Format.ratio(sharpeRatio) },
  profitFactor: { title: "PF", align: "right", cell: ({ profitFactor }) => Format.ratio(profitFactor) },
  expectancy: { title: "Expectancy", align: "right", cell: ({ expectancy }) => Format.percent(expectancy) },
  winRate: { title: "WR", align: "right", cell: ({ winRate }) => Format.share(winRate) },
  avgWin: { title: "Avg Win", align: "right", cell: ({ avgWin }) => Format.percent(avgWin) },
  avgLoss: { title: "Avg Loss", align: "right", cell: ({ avgLoss }) => Format.percent(avgLoss) },
  maxDrawdown: { title: "Max DD", align: "right", cell: ({ maxDrawdown }) => Format.share(maxDrawdown) },
  winStreak: { title: "Win Streak", align: "right", cell: ({ winStreak }) => Format.count(winStreak) },
  lossStreak: { title: "Loss Streak", align: "right", cell: ({ lossStreak }) => Format.count(lossStreak) },
  trades: { title: "Trades", align: "right", cell: ({ trades }) => Format.count(trades) }
}

const defaults: ReadonlyArray<HeatColumn> = [
  "symbol",
  "totalPnl",
  "sharpeRatio",
  "profitFactor",
  "expectancy",
  "winRate",
  "avgWin",
  "avgLoss",
  "maxDrawdown",
  "winStreak",
  "lossStreak",
  "trades"
]

const portfolioName = "**Portfolio**"

/** Total PnL of each strategy on each symbol; a pair that was not run has an empty cell. */
const gridOf = ({ cells, portfolio, strategies, symbols }: HeatData): string => {
  const bySymbol = grouped(cells, ({ symbol }) => symbol)
  const row = ({ symbol, totalPnl }: HeatSymbol) => {
    const found = new Map((bySymbol.get(symbol) ?? []).map((cell) => [cell.strategy, Format.percent(cell.totalPnl)]))
    return [symbol, ...strategies.map(({ strategy }) => found.get(strategy) ?? ""), Format.percent(totalPnl)]
  }
  const totals = strategies.map(({ totalPnl }) => Format.percent(totalPnl))
  return table(
    [left("Symbol"), ...strategies.map(({ strategy }) => right(strategy)), right("All")],
    [...symbols.map(row), [portfolioName, ...totals, Format.percent(portfolio.totalPnl)]]
  )
}

const conventions =
  "PNL is net of slippage and fees, in % of the trade, and summed. Sharpe is per trade. Expectancy is " +
  "p · average win − (1 − p) · |average loss|, p the win rate. Max DD is by closed trades: of one strategy on one " +
  "symbol that of its own share of the account, of several, and of sized trades, that of the account."

const best = ({ symbols }: HeatData): ReadonlyArray<string> => {
  const [first, last] = [symbols[0], symbols.findLast(({ totalPnl }) => totalPnl !== null)]
  if (first === undefined || last === undefined || first === last) return []
  const named = ({ symbol, totalPnl }: HeatSymbol) => `${code(symbol)} ${Format.percent(totalPnl)}`
  return [`- Best: ${named(first)}; worst: ${named(last)}`]
}

/** The Heat report as Markdown: each symbol and all of them pooled, then a grid of symbols and strategies. */
export const markdown = (data: HeatData, options: TableOptions<HeatColumn> = {}): string => {
  const { cells, portfolio, symbols } = data
  if (portfolio.trades === 0) return page("# Heat", "", "No closed trades.")
  return page(
    title("Heat", cells),
    "",
    `- Trades: ${Format.count(portfolio.trades)}, total PNL ${Format.percent(portfolio.totalPnl)}, ` +
      `max drawdown ${Format.share(portfolio.maxDrawdown)}`,
    ...best(data),
    ...section(
      "Symbols",
      tableOf(columns, options.columns ?? defaults, [...symbols, { symbol: portfolioName, ...portfolio }], undefined),
      conventions
    ),
    ...section("Total PNL by symbol and strategy", gridOf(data))
  )
}
