import type { Paint, Style } from "./ansi.js"

/** The parts a summary on a terminal is put together from: text cut and laid out to a width. */

/** A label with its value: the smallest thing of the summary. */
export interface Cell {
  readonly label: string
  readonly value: string
  readonly style?: Style | undefined
}

/** How many characters a text takes on screen. */
export const size = (text: string): number => Array.from(text).length

export const clip = (text: string, width: number): string =>
  size(text) <= width
    ? text
    : `${Array.from(text)
        .slice(0, Math.max(0, width - 1))
        .join("")}…`

/** Words in lines of at most `width`; a longer word is cut. */
export const wrap = (text: string, width: number): ReadonlyArray<string> => {
  const lines: Array<string> = []
  for (const word of text.split(" ").filter((word) => word !== "")) {
    const last = lines.at(-1)
    if (last !== undefined && size(last) + 1 + size(word) <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(clip(word, width))
  }
  return lines
}

export const signed = (value: number | null): Style | undefined =>
  value === null || value === 0 ? undefined : value > 0 ? "green" : "red"

/** A cell over exactly `width` characters: label left, value right. */
const drawn = ({ label, style, value }: Cell, width: number, paint: Paint): string => {
  const shown = clip(value, Math.max(8, width - size(label) - 1))
  const name = clip(label, width - size(shown) - 1)
  return paint("dim", name) + " ".repeat(Math.max(1, width - size(name) - size(shown))) + paint(style, shown)
}

/** Two groups side by side where there is room for both, else one below the other. */
export const grid = (first: ReadonlyArray<Cell>, second: ReadonlyArray<Cell>, width: number, paint: Paint) => {
  const gap = 6
  if (width < 64) return [...first, ...second].map((cell) => drawn(cell, Math.min(width, 48), paint))
  const half = Math.floor((width - gap) / 2)
  return first.map((cell, i) => {
    const other = second[i]
    return drawn(cell, half, paint) + (other === undefined ? "" : " ".repeat(gap) + drawn(other, half, paint))
  })
}

/** A label and running text beside it, wrapped under itself. */
export const note = ({ label, style, value }: Cell, width: number, paint: Paint): ReadonlyArray<string> => {
  const indent = 11
  return wrap(value, width - indent).map(
    (line, i) => paint("dim", (i === 0 ? label : "").padEnd(indent)) + paint(style, line)
  )
}

/** A value at the right of `width` columns, at least one of them empty. */
export const padded = (value: string, width: number, style: Style | undefined, paint: Paint): string => {
  const shown = clip(value, width - 1)
  return " ".repeat(width - size(shown)) + paint(style, shown)
}
