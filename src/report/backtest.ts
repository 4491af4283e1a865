import { conventions, metrics } from "../engine/statistics/conventions.js"
import { type BacktestDocument, reasonText, type RunInfo, type RunRecord } from "../model/document.js"
import * as Format from "./format.js"
import { code, counts, left, newestFirst, page, right, section } from "./parts.js"
import { table, type TableOptions } from "./table.js"
import { type TradeColumn, tradesTable } from "./trades.js"

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

/** What the account of a sized run came to; nothing where nothing is sized. */
export const accountLines = ({ account }: Pick<RunRecord, "account">): ReadonlyArray<string> => {
  if (account === undefined) return []
  const places = Format.moneyDecimals(account.initial)
  const [initial, final, peak] = [account.initial, account.final, account.peakMargin].map((amount) =>
    Format.money(amount, places)
  )
  return [`- Account: ${initial} → ${final}, leverage ${account.leverage}, margin of up to ${peak} held`]
}

/** How a run's trades were sized, and what every signal had to pass. */
export const ruleLines = ({ risk = [], sizing }: Pick<RunInfo, "risk" | "sizing">): ReadonlyArray<string> => [
  ...(sizing === undefined
    ? []
    : [`- Sizing: ${code(sizing.name)}, ${sizing.method} with ${code(Format.params(sizing.parameters))}`]),
  ...risk.map(({ name, validations }) => `- Risk: ${code(name)}, ${code(validations.join(", ") || "no validation")}`)
]

const runLines = (document: BacktestDocument): ReadonlyArray<string> => {
  const { run, shifted, skipped } = document
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
    ...accountLines(document),
    ...ruleLines(run),
    ...(skipped + shifted === 0
      ? []
      : [`- Replay: ${Format.plural(skipped, "signal")} skipped, ${Format.count(shifted)} moved to the next tick`]),
    ...(run.truncated
      ? ["", "**The data stop before the frame's end: what was open then was closed at the last price there is.**"]
      : [])
  ]
}

/** How far the candles leave the result open, in a sentence. */
export const ambiguity = ({ statistics }: Pick<BacktestDocument, "statistics">): string => {
  const [low, high] = statistics.pnlInterval
  if (statistics.ambiguous === 0) {
    return statistics.totalSignals === 0 ? "" : "No trade is ambiguous: the candles allow one outcome each."
  }
  const verb = statistics.ambiguous === 1 ? "is" : "are"
  return (
    `${Format.count(statistics.ambiguous)} of ${Format.plural(statistics.totalSignals, "trade")} ${verb} ambiguous, ` +
    `as the candles allow more than one outcome: total between ${Format.percent(low)} and ${Format.percent(high)}.`
  )
}

/** Every statistic with its value and its convention. */
export const statisticsTable = ({ statistics }: Pick<RunRecord, "statistics">): string => {
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
export const markdown = (document: BacktestDocument, options: TableOptions<TradeColumn> = {}): string =>
  page(
    `# Backtest: ${code(document.run.symbol)}, ${code(document.run.strategy)}`,
    "",
    ...runLines(document),
    ...section("Statistics", ambiguity(document), statisticsTable(document)),
    ...section(`Trades (${Format.count(document.trades.length)})`, tradesTable(document, options)),
    ...cancelledSection(document),
    ...rejectedSection(document),
    ...failedSection(document)
  )
