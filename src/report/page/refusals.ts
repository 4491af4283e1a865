import * as Format from "../format.js"
import { find, h } from "./dom.js"
import { data } from "./state.js"
import { type Column, table } from "./table.js"

/** The list of what was refused. */

const { at, position, run, text, total, what } = data.refusals

const columns: ReadonlyArray<Column> = [
  { title: "Time", text: (i) => Format.time(at[i]), value: (i) => at[i] },
  ...(data.symbols.length > 1
    ? [
        {
          title: "Symbol",
          text: (i: number) => data.runs[run[i]].symbol,
          value: (i: number) => data.runs[run[i]].symbol
        }
      ]
    : []),
  ...(data.strategies.length > 1
    ? [
        {
          title: "Strategy",
          text: (i: number) => data.runs[run[i]].strategy,
          value: (i: number) => data.runs[run[i]].strategy,
          lesser: true
        }
      ]
    : []),
  { title: "Position", text: (i) => position[i] ?? "", value: (i) => position[i] ?? "", lesser: true },
  { title: "Stage", text: (i) => what[i], value: (i) => what[i], lesser: true },
  { title: "Why", text: (i) => text[i], value: (i) => text[i], long: true }
]

export const setUpRefusals = (): void => {
  const place = find("refusals-table")
  if (place === undefined || at.length === 0) return
  const list = table({ columns, count: at.length, label: "Refusals", sortBy: 0, pageSize: 10, descending: true })
  const cut =
    at.length < total
      ? [
          h("p", {
            class: "note",
            text: `The latest ${Format.count(at.length)} of ${Format.count(total)}; the record of the run has them all.`
          })
        ]
      : []
  place.replaceChildren(h("h3", { text: "Refusals, newest first" }), ...cut, list.element)
}
