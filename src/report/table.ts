import { markdownTable } from "markdown-table"

/** One column of a table: its heading, and `right` for numbers. */
export interface Column {
  readonly title: string
  readonly align?: "left" | "right"
}

/**
 * Text as one cell of a Markdown table: a pipe would end the cell and a newline the row, a backslash would escape
 * what follows it, and a tag would be taken as HTML.
 */
export const escapeCell = (text: string): string =>
  text
    .replaceAll("\\", "\\\\")
    .replaceAll("|", "\\|")
    .replace(/<(?=[a-z/!?])/gi, "\\<")
    .replace(/\r\n|[\r\n\u2028\u2029]/g, "<br>")

/** A Markdown table (GFM), padded so that it reads as plain text too. */
export const table = (columns: ReadonlyArray<Column>, rows: ReadonlyArray<ReadonlyArray<string>>): string =>
  markdownTable([columns.map((column) => escapeCell(column.title)), ...rows.map((row) => row.map(escapeCell))], {
    align: columns.map((column) => (column.align === "right" ? "r" : "l"))
  })
