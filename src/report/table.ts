import { markdownTable } from "markdown-table"

/** One column of a table: its heading, and `right` for numbers. */
export interface Column {
  readonly title: string
  readonly align?: "left" | "right"
}

/** A column that knows its cell of a row; `write` is how the report writes what depends on all of its rows. */
export interface ColumnOf<in Row, in Write = unknown> extends Column {
  readonly cell: (row: Row, write: Write) => string
}

/** The columns a table can have, by the names they are picked by. */
export type Columns<Key extends string, Row, Write = unknown> = Readonly<Record<Key, ColumnOf<Row, Write>>>

/** Which columns a report's table has, and in which order. */
export interface TableOptions<Key extends string> {
  readonly columns?: ReadonlyArray<Key> | undefined
}

/**
 * Text as one cell of a Markdown table: a pipe would end the cell and a newline the row, a backslash would escape
 * what follows it, backticks would make code of it, a bracket a link or a picture, and a tag would be taken as HTML.
 */
export const escapeCell = (text: string): string =>
  // almost no cell has anything to escape
  /[\\|`[<\r\n\u2028\u2029]/.test(text)
    ? text
        .replace(/[\\|`[]/g, "\\$&")
        .replace(/<(?=[a-z/!?])/gi, "\\<")
        .replace(/\r\n|[\r\n\u2028\u2029]/g, "<br>")
    : text

/** A Markdown table (GFM), padded so that it reads as plain text too. */
export const table = (columns: ReadonlyArray<Column>, rows: ReadonlyArray<ReadonlyArray<string>>): string =>
  columns.length === 0
    ? ""
    : markdownTable([columns.map((column) => escapeCell(column.title)), ...rows.map((row) => row.map(escapeCell))], {
        align: columns.map((column) => (column.align === "right" ? "r" : "l"))
      })

/** A table of some of the columns it can have, in the order they are named. */
export const tableOf = <Key extends string, Row, Write>(
  columns: Columns<Key, Row, Write>,
  keys: ReadonlyArray<NoInfer<Key>>,
  rows: ReadonlyArray<Row>,
  write: Write
): string => {
  const chosen = keys.map((key) => columns[key])
  return table(
    chosen,
    rows.map((row) => chosen.map(({ cell }) => cell(row, write)))
  )
}
