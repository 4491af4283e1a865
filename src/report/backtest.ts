import { conventions, metrics } from "../engine/statistics/conventions.js"
import { type BacktestDocument, reasonText, type RunInfo, type Trade } from "../model/document.js"
import * as Format from "./format.js"
import type { Column } from "./table.js"
import { table } from "./table.js"

const left = (title: string): Column => ({ title })
const right = (title: string): Column => ({ title, align: "right" })

/** Text from outside in the middle of a Markdown line: backticks keep it from being read as Markdown. */
const code = (text: string): string => `\`${text.replaceAll("`", "'").replace(/\s+/g, " ")}\``

const newestFirst = <A>(items: ReadonlyArray<A>, at: (item: A) => number): ReadonlyArray<A> =>
  // reversed first, so that of two at one instant the later comes first too
  items.toReversed().toSorted((a, b) => at(b) - at(a))

const bound = (value: number, unit: string): string => (value === 0 ? "off" : `${value} ${unit}`)

const isBounded = (lifetime: number): boolean => lifetime > 0 && Number.isFinite(lifetime)

const settingsLine = ({ settings }: RunInfo): string =>
  [
    `slippage ${settings.slippage} % and fee ${settings.fee} % per side`,
    `TP at least ${bound(settings.minTakeProfit, "%")}`,
    `SL ${bound(settings.minStopLoss, "%")} to ${bound(settings.maxStopLoss, "%")}`,
    isBounded(settings.maxLifetime) ? `lifetime up to ${settings.maxLifetime} min` : "any lifetime",
    `limit entries rest ${settings.awaitMinutes} min`,
    `average price of ${Format.plural(settings.vwapCandles, "candle")}`,
    `${settings.periodsPerYear} days a year`
  ].join(", ")

const runLines = ({ run, shifted, skipped }: BacktestDocument): ReadonlyArray<string> => {
  const { frame } = run
  const given = Format.params(run.params)
  const span = `${Format.time(frame.start)} to ${Format.time(frame.end)} UTC`
  const length = Format.duration(frame.end - frame.start)
  const gaps = run.gaps === 0 ? "no gaps" : `${Format.plural(run.gaps, "gap")} (${Format.count(run.missing)} missing)`
  return [
    `- Strategy: ${code(run.strategy)}${given === "" ? "" : ` with ${code(given)}`}`,
    `- Market: ${code(run.symbol)} on ${code(run.exchange)}`,
    `- Frame: ${code(frame.name)}, ${span} (${length}), walked at ${frame.interval}`,
    `- Data: ${Format.plural(run.candles, "candle")}, ${gaps}, hash ${code(run.dataHash)}`,
    `- Fills: \`${run.fill}\`; seed ${run.seed}`,
    `- Settings: ${settingsLine(run)}`,
    ...(skipped + shifted === 0
      ? []
      : [`- Replay: ${Format.plural(skipped, "signal")} skipped, ${Format.count(shifted)} moved to the next tick`]),
    ...(run.truncated
      ? ["", "**The data stop before the frame's end: what was open then was closed at the last price there is.**"]
      : [])
  ]
}

/** How far the candles leave the result open, in a sentence. */
export const ambiguity = ({ statistics, trades }: BacktestDocument): string => {
  const [low, high] = statistics.pnlInterval
  if (statistics.ambiguous === 0) {
    return trades.length === 0 ? "" : "No trade is ambiguous: the candles allow one outcome each."
  }
  const verb = statistics.ambiguous === 1 ? "is" : "are"
  return (
    `${Format.count(statistics.ambiguous)} of ${Format.plural(statistics.totalSignals, "trade")} ${verb} ambiguous, ` +
    `as the candles allow more than one outcome: total between ${Format.percent(low)} and ${Format.percent(high)}.`
  )
}

const statisticsTable = ({ statistics }: BacktestDocument): string => {
  const [low, high] = statistics.pnlInterval
  const rows = metrics.map((key) => [
    conventions[key].label,
    Format.metric(key, statistics[key]),
    conventions[key].convention
  ])
  const { convention, label } = conventions.pnlInterval
  return table(
    [left("Metric"), right("Value"), left("Convention")],
    [...rows, [label, `${Format.percent(low)} to ${Format.percent(high)}`, convention]]
  )
}

const tradesTable = ({ run, trades }: BacktestDocument): string => {
  if (trades.length === 0) return "No closed trades."
  const { showNotes } = run.settings
  const places = Format.decimals([run.firstOpen, run.lastClose, ...trades.map((trade) => trade.priceOpen)])
  const price = (value: number) => Format.price(value, places)
  const row = (trade: Trade) => [
    trade.id,
    run.symbol,
    trade.position,
    ...(showNotes ? [trade.note ?? ""] : []),
    price(trade.priceOpen),
    price(trade.priceClose),
    price(trade.priceTakeProfit),
    price(trade.priceStopLoss),
    Format.percent(trade.pnlPercent),
    trade.reason,
    Format.duration(trade.closedAt - trade.pendingAt),
    Format.time(trade.pendingAt),
    Format.time(trade.closedAt)
  ]
  const columns = [
    left("Signal ID"),
    left("Symbol"),
    left("Position"),
    ...(showNotes ? [left("Note")] : []),
    right("Open Price"),
    right("Close Price"),
    right("TP"),
    right("SL"),
    right("PNL (net)"),
    left("Close Reason"),
    right("Duration"),
    left("Open Time"),
    left("Close Time")
  ]
  return table(columns, newestFirst(trades, (trade) => trade.closedAt).map(row))
}

const counts = (texts: Iterable<string>): string =>
  table(
    [right("Count"), left("Reason")],
    Format.tally(texts).map(([text, count]) => [Format.count(count), text])
  )

const section = (title: string, ...parts: ReadonlyArray<string>): ReadonlyArray<string> => [
  "",
  `## ${title}`,
  ...parts.filter((part) => part !== "").flatMap((part) => ["", part])
]

const cancelledSection = ({ cancelled }: BacktestDocument): ReadonlyArray<string> =>
  cancelled.length === 0
    ? []
    : section(
        `Cancelled (${Format.count(cancelled.length)})`,
        counts(cancelled.map((signal) => signal.reason)),
        table(
          [left("Time"), left("Signal ID"), left("Position"), left("Reason"), right("Waited")],
          newestFirst(cancelled, (signal) => signal.at).map((signal) => [
            Format.time(signal.at),
            signal.id,
            signal.position,
            signal.reason,
            Format.duration(signal.at - signal.scheduledAt)
          ])
        )
      )

const rejectedSection = ({ rejected }: BacktestDocument): ReadonlyArray<string> =>
  rejected.length === 0
    ? []
    : section(
        `Rejected (${Format.count(rejected.length)})`,
        counts(rejected.flatMap((answer) => answer.violations.map(reasonText))),
        table(
          [left("Time"), left("Reasons")],
          newestFirst(rejected, (answer) => answer.at).map((answer) => [
            Format.time(answer.at),
            answer.violations.map(reasonText).join("; ")
          ])
        )
      )

const failedSection = ({ failed }: BacktestDocument): ReadonlyArray<string> =>
  failed.length === 0
    ? []
    : section(
        `Failed (${Format.count(failed.length)})`,
        counts(failed.map((ask) => ask.error)),
        table(
          [left("Time"), left("Error")],
          newestFirst(failed, (ask) => ask.at).map((ask) => [Format.time(ask.at), ask.error])
        )
      )

/**
 * The Backtest report as Markdown (GFM): the run, its statistics with their conventions, every trade newest first,
 * and what was cancelled, rejected or failed. Times are UTC, prices gross, PnL net of slippage and fees.
 */
export const markdown = (document: BacktestDocument): string =>
  [
    `# Backtest: ${code(document.run.symbol)}, ${code(document.run.strategy)}`,
    "",
    ...runLines(document),
    ...section("Statistics", ambiguity(document), statisticsTable(document)),
    ...section(`Trades (${Format.count(document.trades.length)})`, tradesTable(document)),
    ...cancelledSection(document),
    ...rejectedSection(document),
    ...failedSection(document),
    ""
  ].join("\n")
