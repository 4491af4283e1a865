import { tradeMetrics } from "../../engine/statistics/trades.js"
import {
  type BacktestDocument,
  type RefusalReason,
  type RunRecord,
  runsOf,
  spanOf,
  type Trade,
  tradesOf
} from "../../model/document.js"
import * as Format from "../format.js"
import { monthNames, tintOf } from "./labels.js"
import { html, type Markup, none } from "./markup.js"
import { falls, monthlyReturns } from "./series.js"

/** The tables of the report that stand still. */

/** Monthly returns: a row per year, a column per month, and the year's own. */
export const monthsTable = (record: RunRecord): Markup => {
  const trades = tradesOf(record).map(({ trade }) => trade)
  const years = monthlyReturns(trades, spanOf(record))
  const strongest = Math.max(0, ...years.flatMap(({ months }) => months.map((month) => Math.abs(month ?? 0))))
  const cell = (value: number | null): Markup =>
    value === null
      ? html`<td class="empty" aria-label="not in the frame"></td>`
      : html`<td class="${tintOf(value, strongest)}">${Format.fixed(value, 2)}</td>`
  const row = ({ months, total, year }: (typeof years)[number]): Markup =>
    html`<tr>
      <th scope="row">${year}</th>
      ${months.map(cell)}
      <td class="total ${total > 0 ? "gain" : total < 0 ? "loss" : ""}">${Format.fixed(total, 2)}</td>
    </tr>`
  return html`<div class="scroll">
    <table class="months">
      <thead>
        <tr>
          <th scope="col">Year</th>
          ${monthNames.map((name) => html`<th scope="col">${name}</th>`)}
          <th scope="col">Total</th>
        </tr>
      </thead>
      <tbody>
        ${years.toReversed().map(row)}
      </tbody>
    </table>
  </div>`
}

const groupBy = (trades: ReadonlyArray<Trade>, keyOf: (trade: Trade) => string) => {
  const groups = new Map<string, Array<Trade>>()
  for (const trade of trades) {
    const key = keyOf(trade)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [trade])
    else group.push(trade)
  }
  return [...groups].toSorted(([, a], [, b]) => b.length - a.length)
}

/** How the trades went by direction and by the reason they closed. */
export const breakdown = (record: RunRecord): Markup => {
  const trades = tradesOf(record).map(({ trade }) => trade)
  if (trades.length === 0) return none
  const [start, end] = spanOf(record)
  const row = ([name, group]: readonly [string, ReadonlyArray<Trade>]): Markup => {
    const { avgPnl, profitFactor, totalPnl, totalSignals, winRate } = tradeMetrics({
      trades: group,
      start,
      end,
      firstOpen: 1,
      lastClose: 1,
      periodsPerYear: 365
    })
    const tone = (value: number | null) => (value === null || value === 0 ? "" : value > 0 ? "gain" : "loss")
    return html`<tr>
      <th scope="row">${name.replaceAll("_", " ")}</th>
      <td>${Format.count(totalSignals)}</td>
      <td>${Format.share(winRate)}</td>
      <td class="${tone(avgPnl)}">${Format.percent(avgPnl)}</td>
      <td class="${tone(totalPnl)}">${Format.percent(totalPnl)}</td>
      <td>${Format.ratio(profitFactor)}</td>
    </tr>`
  }
  const body = (groups: ReadonlyArray<readonly [string, ReadonlyArray<Trade>]>): Markup =>
    html`<tbody>
      ${groups.map(row)}
    </tbody>`
  return html`<div class="scroll">
    <table class="plain numbers">
      <thead>
        <tr>
          <th scope="col">Trades that were</th>
          <th scope="col">Count</th>
          <th scope="col">Win rate</th>
          <th scope="col">Average</th>
          <th scope="col">Total PnL</th>
          <th scope="col">Profit factor</th>
        </tr>
      </thead>
      ${body(groupBy(trades, ({ position }) => position))}${body(groupBy(trades, ({ reason }) => reason))}
    </table>
  </div>`
}

const mostFalls = 6

/** The deepest drawdowns: when they began, how deep they were and when they were over. */
export const drawdownsTable = (record: RunRecord): Markup => {
  const [start, end] = spanOf(record)
  const all = falls(
    tradesOf(record).map(({ trade }) => trade),
    start
  )
  if (all.length === 0) return html`<p class="nothing">The equity never fell below its peak.</p>`
  const date = (instant: number): string => Format.time(instant).slice(0, 10)
  const rows = all
    .slice(0, mostFalls)
    .map(({ depth, from, lowest, until }) => [
      Format.percent(depth),
      date(from),
      date(lowest),
      until === null ? "not regained" : date(until),
      Format.duration((until ?? end) - from)
    ])
  return countTable(["Depth", "Peak", "Lowest", "Regained", "Length"], rows)
}

const countTable = (heads: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): Markup =>
  html`<div class="scroll">
    <table class="plain counts">
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (cells) =>
            html`<tr>
              ${cells.map((cell) => html`<td>${cell}</td>`)}
            </tr>`
        )}
      </tbody>
    </table>
  </div>`

/** Refusals by what refused them: risk profile, cash, sizing, validation. */
const refusalCounts = (documents: ReadonlyArray<BacktestDocument>): ReadonlyArray<ReadonlyArray<string>> => {
  const reasons = documents.flatMap(({ cancelled, rejected }) => [
    ...rejected.flatMap(({ violations }) => violations),
    ...cancelled.flatMap(({ violations }) => violations ?? [])
  ])
  const sources = new Map<string, { readonly of: RefusalReason; readonly messages: Array<string> }>()
  for (const reason of reasons) {
    const key = JSON.stringify([reason.code, reason.profile])
    const source = sources.get(key)
    if (source === undefined) sources.set(key, { of: reason, messages: [reason.message] })
    else source.messages.push(reason.message)
  }
  return [...sources.values()]
    .toSorted((a, b) => b.messages.length - a.messages.length)
    .map(({ messages, of: { code, profile } }) => {
      const [[most] = [""], ...others] = Format.tally(messages)
      const more = others.length === 0 ? "" : `; ${Format.plural(others.length, "other message")} like it`
      return [Format.count(messages.length), code, profile ?? "–", `${most}${more}`]
    })
}

const block = (title: string, total: number, table: Markup): Markup =>
  total === 0
    ? none
    : html`<h3>${title} <span class="badge">${Format.count(total)}</span></h3>
        ${table}`

/** Everything that did not become a trade, counted by why. */
export const refusalTables = (record: RunRecord): Markup => {
  const documents = runsOf(record)
  const counts = refusalCounts(documents)
  const cancelled = documents.flatMap((document) => document.cancelled)
  const failed = documents.flatMap((document) => document.failed)
  const reasons = Format.tally(cancelled.map(({ reason }) => reason.replaceAll("_", " ")))
  const errors = Format.tally(failed.map(({ error }) => error))
  const rejections = documents.flatMap(({ rejected }) => rejected).length
  const refused = rejections + cancelled.filter(({ reason }) => reason === "risk").length
  return html`${block("Refused", refused, countTable(["Count", "Reason", "Profile", "Message"], counts))}
  ${block(
    "Cancelled",
    cancelled.length,
    countTable(
      ["Count", "Resting entries cancelled by"],
      reasons.map(([text, count]) => [Format.count(count), text])
    )
  )}
  ${block(
    "Failed",
    failed.length,
    countTable(
      ["Count", "Errors of the strategy"],
      errors.map(([text, count]) => [Format.count(count), text])
    )
  )}`
}

/** Whether anything was refused, cancelled or failed. */
export const hasRefusals = (record: RunRecord): boolean =>
  runsOf(record).some(({ cancelled, failed, rejected }) => cancelled.length + failed.length + rejected.length > 0)
