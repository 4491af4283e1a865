import {
  type BacktestDocument,
  type PartialLevel,
  reasonText,
  type RunRecord,
  runsOf,
  spanOf,
  type Statistics,
  type StopMove,
  type TradeOf,
  tradesOf
} from "../../model/document.js"
import { decimals, moneyDecimals } from "../format.js"
import type { Layout } from "./codec.js"
import { accountCurve, type Exposure, exposure, type Histogram, histogram, runCurve } from "./series.js"

/**
 * What the page's program is given, as JSON: the trades of a record in columns (one entry per trade, in close order)
 * and the series that the charts draw. Every number is the record's own; the page computes none anew.
 */
export interface PageData {
  readonly portfolio: boolean
  /** Whether balances are money. */
  readonly sized: boolean
  /** Places of amounts of money. */
  readonly moneyDecimals: number
  readonly start: number
  readonly end: number
  readonly statistics: Statistics
  readonly runs: ReadonlyArray<RunData>
  readonly symbols: ReadonlyArray<SymbolData>
  readonly strategies: ReadonlyArray<string>
  readonly trades: TradeColumns
  readonly equity: EquityData
  readonly histogram: Histogram
  readonly exposure: Exposure
  readonly refusals: RefusalColumns
}

export interface RunData {
  readonly symbol: string
  readonly strategy: string
  readonly statistics: Statistics
}

export interface SymbolData {
  readonly symbol: string
  /** Places of its prices. */
  readonly decimals: number
  /** How the candles in the element `candles-<index>` are written; null where the report has none. */
  readonly candles: Layout | null
}

export interface TradeColumns {
  /** Index among the runs. */
  readonly run: ReadonlyArray<number>
  readonly id: ReadonlyArray<string>
  readonly position: ReadonlyArray<TradeOf["trade"]["position"]>
  readonly reason: ReadonlyArray<TradeOf["trade"]["reason"]>
  readonly scheduledAt: ReadonlyArray<number>
  readonly pendingAt: ReadonlyArray<number>
  readonly closedAt: ReadonlyArray<number>
  readonly priceOpen: ReadonlyArray<number>
  readonly priceClose: ReadonlyArray<number>
  readonly priceLimit: ReadonlyArray<number | null>
  readonly priceTakeProfit: ReadonlyArray<number>
  readonly priceStopLoss: ReadonlyArray<number>
  readonly priceStopMoved: ReadonlyArray<number | null>
  readonly minuteEstimatedTime: ReadonlyArray<TradeOf["trade"]["minuteEstimatedTime"]>
  readonly pnlPercent: ReadonlyArray<number>
  readonly mae: ReadonlyArray<number>
  readonly mfe: ReadonlyArray<number>
  readonly ambiguous: ReadonlyArray<boolean>
  readonly pnlLow: ReadonlyArray<number>
  readonly pnlHigh: ReadonlyArray<number>
  readonly equityPercent: ReadonlyArray<number | null>
  readonly quantity: ReadonlyArray<number | null>
  readonly notional: ReadonlyArray<number | null>
  readonly fees: ReadonlyArray<number | null>
  readonly result: ReadonlyArray<number | null>
  readonly balance: ReadonlyArray<number | null>
  readonly partials: ReadonlyArray<ReadonlyArray<PartialLevel>>
  readonly stops: ReadonlyArray<ReadonlyArray<StopMove>>
  readonly note: ReadonlyArray<string | null>
}

/** Curves, one entry per trade: of the account after it, and of its run's own trades after it. */
export interface EquityData {
  readonly start: number
  readonly account: ReadonlyArray<number>
  readonly accountDrawdown: ReadonlyArray<number>
  readonly run: ReadonlyArray<number>
  readonly runDrawdown: ReadonlyArray<number>
}

/** The latest refusals, newest first, and how many there are in all. */
export interface RefusalColumns {
  readonly total: number
  readonly at: ReadonlyArray<number>
  readonly run: ReadonlyArray<number>
  /** What was refused: a signal when it was made, or the fill of a resting entry. */
  readonly what: ReadonlyArray<"signal" | "fill">
  readonly position: ReadonlyArray<string | null>
  readonly text: ReadonlyArray<string>
}

/** Refusals the list holds; the counts above it know all of them. */
const mostRefusals = 10_000

/** The page's data of a record. `candles` says how those of each symbol are written, where there are any. */
export const pageData = (record: RunRecord, candles: ReadonlyMap<string, Layout> = new Map()): PageData => {
  const runs = runsOf(record)
  const trades = tradesOf(record)
  const [start, end] = spanOf(record)
  const symbols = [...new Set(runs.map(({ run }) => run.symbol))]
  const plain = trades.map(({ trade }) => trade)
  return {
    portfolio: record.kind === "portfolio",
    sized: record.account !== undefined,
    moneyDecimals: moneyDecimals(record.account?.initial ?? 0),
    start,
    end,
    statistics: record.statistics,
    runs: runs.map(({ run: { strategy, symbol }, statistics }) => ({ symbol, strategy, statistics })),
    symbols: symbols.map((symbol) => ({
      symbol,
      decimals: Math.max(...runs.filter(({ run }) => run.symbol === symbol).map(decimalsOf)),
      candles: candles.get(symbol) ?? null
    })),
    strategies: [...new Set(runs.map(({ run }) => run.strategy))],
    trades: tradeColumns(runs, trades),
    equity: equityData(record, runs, trades),
    histogram: histogram(plain.map(({ pnlPercent }) => pnlPercent)),
    exposure: exposure(plain, [start, end]),
    refusals: refusals(runs)
  }
}

/** Places that suit the prices of a run's symbol. */
const decimalsOf = ({ run, trades }: BacktestDocument): number =>
  decimals([run.firstOpen, run.lastClose, ...trades.map(({ priceOpen }) => priceOpen)])

/** Which run each trade is of; the trades of a run stand in the same order in both lists. */
const runIndex = (runs: ReadonlyArray<BacktestDocument>, trades: ReadonlyArray<TradeOf>): ReadonlyArray<number> => {
  const indices = new Map(runs.flatMap(({ trades }, i) => trades.map((trade) => [trade, i] as const)))
  return trades.map(({ trade }) => indices.get(trade) ?? 0)
}

const tradeColumns = (runs: ReadonlyArray<BacktestDocument>, all: ReadonlyArray<TradeOf>): TradeColumns => {
  const trades = all.map(({ trade }) => trade)
  return {
    run: runIndex(runs, all),
    id: trades.map(({ id }) => id),
    position: trades.map(({ position }) => position),
    reason: trades.map(({ reason }) => reason),
    scheduledAt: trades.map(({ scheduledAt }) => scheduledAt),
    pendingAt: trades.map(({ pendingAt }) => pendingAt),
    closedAt: trades.map(({ closedAt }) => closedAt),
    priceOpen: trades.map(({ priceOpen }) => priceOpen),
    priceClose: trades.map(({ priceClose }) => priceClose),
    priceLimit: trades.map(({ priceLimit }) => priceLimit ?? null),
    priceTakeProfit: trades.map(({ priceTakeProfit }) => priceTakeProfit),
    priceStopLoss: trades.map(({ priceStopLoss }) => priceStopLoss),
    priceStopMoved: trades.map(({ priceStopMoved }) => priceStopMoved ?? null),
    minuteEstimatedTime: trades.map(({ minuteEstimatedTime }) => minuteEstimatedTime),
    pnlPercent: trades.map(({ pnlPercent }) => pnlPercent),
    mae: trades.map(({ mae }) => mae),
    mfe: trades.map(({ mfe }) => mfe),
    ambiguous: trades.map(({ ambiguous }) => ambiguous),
    pnlLow: trades.map(({ pnlInterval: [low] }) => low),
    pnlHigh: trades.map(({ pnlInterval: [, high] }) => high),
    equityPercent: trades.map(({ equityPercent }) => equityPercent ?? null),
    quantity: trades.map(({ money }) => money?.quantity ?? null),
    notional: trades.map(({ money }) => money?.notional ?? null),
    fees: trades.map(({ money }) => money?.fees ?? null),
    result: trades.map(({ money }) => money?.result ?? null),
    balance: trades.map(({ money }) => money?.balance ?? null),
    partials: trades.map(({ partials }) => partials ?? []),
    stops: trades.map(({ stops }) => stops ?? []),
    note: trades.map(({ note }) => note ?? null)
  }
}

const equityData = (
  record: RunRecord,
  runs: ReadonlyArray<BacktestDocument>,
  trades: ReadonlyArray<TradeOf>
): EquityData => {
  const initial = record.account?.initial
  const account = accountCurve(
    trades.map(({ trade }) => trade),
    initial
  )
  const curves = runs.map(({ trades }) => runCurve(trades, initial))
  const next = runs.map(() => 0)
  const places = runIndex(runs, trades).map((run) => ({ curve: curves[run], i: next[run]++ }))
  return {
    start: account.start,
    account: account.equity,
    accountDrawdown: account.drawdown,
    run: places.map(({ curve, i }) => curve.equity[i]),
    runDrawdown: places.map(({ curve, i }) => curve.drawdown[i])
  }
}

const refusals = (runs: ReadonlyArray<BacktestDocument>): RefusalColumns => {
  const all = runs.flatMap(({ cancelled, rejected }, run) => [
    ...rejected.map(({ at, position, violations }) => ({
      at,
      run,
      what: "signal" as const,
      position: position ?? null,
      violations
    })),
    ...cancelled
      .filter(({ reason }) => reason === "risk")
      .map(({ at, position, violations }) => ({
        at,
        run,
        what: "fill" as const,
        position,
        violations: violations ?? []
      }))
  ])
  const shown = all.toSorted((a, b) => b.at - a.at).slice(0, mostRefusals)
  return {
    total: all.length,
    at: shown.map(({ at }) => at),
    run: shown.map(({ run }) => run),
    what: shown.map(({ what }) => what),
    position: shown.map(({ position }) => position),
    text: shown.map(({ violations }) => violations.map(reasonText).join("; "))
  }
}
