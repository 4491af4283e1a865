import { type BacktestDocument, type PortfolioDocument, reasonText, spanOf } from "../model/document.js"
import { accountLines, ambiguity, ruleLines, statisticsTable } from "./backtest.js"
import * as Format from "./format.js"
import { code, counts, page, placesOf, section, title } from "./parts.js"
import { type Columns, tableOf, type TableOptions } from "./table.js"
import { type TradeColumn, tradesTable } from "./trades.js"

type RunColumn = "symbol" | "strategy" | "trades" | "totalReturn" | "winRate" | "maxDrawdown" | "profitFactor"

const columns: Columns<RunColumn, BacktestDocument> = {
  symbol: { title: "Symbol", cell: ({ run }) => run.symbol },
  strategy: { title: "Strategy", cell: ({ run }) => run.strategy },
  trades: { title: "Trades", align: "right", cell: ({ trades }) => Format.count(trades.length) },
  totalReturn: {
    title: "Total Return",
    align: "right",
    cell: ({ statistics }) => Format.percent(statistics.totalReturn)
  },
  winRate: { title: "Win Rate", align: "right", cell: ({ statistics }) => Format.share(statistics.winRate) },
  maxDrawdown: { title: "Max DD", align: "right", cell: ({ statistics }) => Format.share(statistics.maxDrawdown) },
  profitFactor: { title: "PF", align: "right", cell: ({ statistics }) => Format.ratio(statistics.profitFactor) }
}

const runColumns: ReadonlyArray<RunColumn> = [
  "symbol",
  "strategy",
  "trades",
  "totalReturn",
  "winRate",
  "maxDrawdown",
  "profitFactor"
]

const names = (found: ReadonlyArray<string>): string => found.map(code).join(", ")

const lines = (document: PortfolioDocument): ReadonlyArray<string> => {
  const { runs } = document
  const { strategies, symbols } = placesOf(runs.map(({ run }) => run))
  const [start, end] = spanOf(document)
  const truncated = runs.filter(({ run }) => run.truncated)
  return [
    `- Runs: ${Format.count(runs.length)}, of ${names(symbols)} by ${names(strategies)}`,
    `- Frame: ${Format.time(start)} to ${Format.time(end)} UTC (${Format.duration(end - start)})`,
    ...accountLines(document),
    ...new Set(runs.flatMap(({ run }) => ruleLines(run))),
    ...(truncated.length === 0
      ? []
      : ["", `**The data of ${Format.plural(truncated.length, "run")} stop before the frame's end.**`])
  ]
}

/** How often what became no trade was told of, and why; each run's own report has every one of them. */
const refused = (what: string, reasons: ReadonlyArray<string>, total: number): ReadonlyArray<string> =>
  total === 0 ? [] : section(`${what} (${Format.count(total)})`, counts(reasons))

/**
 * The Backtest report of several runs over one account as Markdown (GFM): the account, statistics over all trades, what
 * each run did, every trade newest first, and how much was cancelled, rejected or failed, and why.
 */
export const markdown = (document: PortfolioDocument, options: TableOptions<TradeColumn> = {}): string => {
  const { runs } = document
  if (runs.length === 0) return page("# Portfolio", "", "Nothing was run.")
  const cancelled = runs.flatMap((run) => run.cancelled)
  const rejected = runs.flatMap((run) => run.rejected)
  const failed = runs.flatMap((run) => run.failed)
  const trades = runs.reduce((sum, run) => sum + run.trades.length, 0)
  return page(
    title(
      "Portfolio",
      runs.map(({ run }) => run)
    ),
    "",
    ...lines(document),
    ...section("Statistics", ambiguity(document), statisticsTable(document)),
    ...section(`Runs (${Format.count(runs.length)})`, tableOf(columns, runColumns, runs, undefined)),
    ...section(`Trades (${Format.count(trades)})`, tradesTable(document, options)),
    ...refused(
      "Cancelled",
      cancelled.map(({ reason }) => reason),
      cancelled.length
    ),
    ...refused(
      "Rejected",
      rejected.flatMap(({ violations }) => violations.map(reasonText)),
      rejected.length
    ),
    ...refused(
      "Failed",
      failed.map(({ error }) => error),
      failed.length
    )
  )
}
