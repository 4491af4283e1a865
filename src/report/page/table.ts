import { button, h, select } from "./dom.js"

/** A table over columns of data: sorted by any of them, filtered, one page at a time, so that its size costs nothing. */

export interface Column {
  readonly title: string
  readonly text: (row: number) => string
  /** What it is sorted by. */
  readonly value: (row: number) => number | string
  readonly tone?: (row: number) => string
  /** Numbers stand to the right. */
  readonly number?: boolean
  /** Text of any length, which wraps. */
  readonly long?: boolean
  /** Left out on a narrow screen. */
  readonly lesser?: boolean
}

export interface TableOptions {
  readonly columns: ReadonlyArray<Column>
  readonly count: number
  readonly label: string
  /** What it is sorted by at first. */
  readonly sortBy: number
  readonly descending: boolean
  /** Rows of a page. */
  readonly pageSize: number
  readonly click?: (row: number) => void
  /** Told of the rows that are left after filtering. */
  readonly filtered?: (rows: ReadonlyArray<number>) => void
}

export interface Table {
  readonly element: HTMLElement
  readonly filter: (keep: (row: number) => boolean) => void
  /** Marks a row, and turns to its page if it is among those that are left. */
  readonly mark: (row: number | undefined) => void
}

/** Whether the screen is a phone's. */
export const narrow = matchMedia("(max-width: 640px)")

const compare = (a: number | string, b: number | string): number =>
  typeof a === "number" && typeof b === "number" ? a - b : String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0

export const table = (options: TableOptions): Table => {
  const { columns, count, pageSize } = options
  let sorted = options.sortBy
  let descending = options.descending
  let rows = Array.from({ length: count }, (_, i) => i)
  let page = 0
  let marked: number | undefined

  const body = h("tbody")
  const place = h("span", { class: "muted", attributes: { "aria-live": "polite" } })
  const pages = (): number => Math.max(1, Math.ceil(rows.length / pageSize))
  const turn = (to: number): void => {
    page = Math.min(Math.max(0, to), pages() - 1)
    render()
  }
  const pager = h(
    "div",
    { class: "pager" },
    button("«", "First page", () => turn(0)),
    button("‹", "Page before", () => turn(page - 1)),
    place,
    button("›", "Page after", () => turn(page + 1)),
    button("»", "Last page", () => turn(pages() - 1))
  )

  const headers = columns.map((column, i) => {
    const head = h("button", { text: column.title, attributes: { type: "button" }, on: { click: () => sortBy(i) } })
    return h("th", { class: classOf(column), attributes: { scope: "col" } }, head)
  })

  const render = (): void => {
    headers.forEach((header, i) => {
      if (i === sorted) header.setAttribute("aria-sort", descending ? "descending" : "ascending")
      else header.removeAttribute("aria-sort")
    })
    const first = page * pageSize
    const shown = rows.slice(first, first + pageSize)
    body.replaceChildren(...shown.map(rowOf))
    place.textContent =
      rows.length === 0
        ? "nothing matches"
        : `${first + 1}–${first + shown.length} of ${rows.length.toLocaleString("en-US")}`
    pager.classList.toggle("single", pages() === 1)
  }

  const rowOf = (row: number): HTMLElement => {
    const element = h(
      "tr",
      { class: row === marked ? "marked" : "" },
      ...columns.map((column) =>
        h("td", { class: `${classOf(column)} ${column.tone?.(row) ?? ""}`.trim(), text: column.text(row) })
      )
    )
    if (options.click !== undefined) {
      const choose = options.click
      element.tabIndex = 0
      element.addEventListener("click", () => choose(row))
      element.addEventListener("keydown", (event) => {
        if (event.key === "Enter") choose(row)
      })
    }
    return element
  }

  const sort = (): void => {
    const { value } = columns[sorted]
    const values = new Map(rows.map((row) => [row, value(row)]))
    const of = (row: number): number | string => values.get(row) ?? 0
    rows.sort((a, b) => (descending ? compare(of(b), of(a)) : compare(of(a), of(b))) || a - b)
  }
  const sortBy = (column: number): void => {
    descending = column === sorted ? !descending : columns[column].number === true
    sorted = column
    sort()
    turn(0)
  }

  sort()
  render()
  narrow.addEventListener("change", render)
  const element = h(
    "div",
    { class: "table" },
    h(
      "div",
      { class: "scroll" },
      h(
        "table",
        { class: options.click === undefined ? "rows" : "rows clickable", attributes: { "aria-label": options.label } },
        h("thead", {}, h("tr", {}, ...headers)),
        body
      )
    ),
    pager
  )
  return {
    element,
    filter: (keep) => {
      rows = []
      for (let row = 0; row < count; row++) if (keep(row)) rows.push(row)
      sort()
      options.filtered?.(rows)
      turn(0)
    },
    mark: (row) => {
      marked = row
      const at = row === undefined ? -1 : rows.indexOf(row)
      turn(at === -1 ? page : Math.floor(at / pageSize))
    }
  }
}

const classOf = ({ lesser, long, number }: Column): string =>
  [number === true ? "number" : "", long === true ? "long" : "", lesser === true ? "lesser" : ""]
    .filter((name) => name !== "")
    .join(" ")

/** A choice among names, "all" first. */
export const choice = (
  label: string,
  all: string,
  names: ReadonlyArray<string>,
  change: () => void
): HTMLSelectElement =>
  select(label, [["", all], ...names.map((name) => [name, name.replaceAll("_", " ")] as const)], change)
