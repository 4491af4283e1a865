import * as Format from "./format.js"
import { type Column, table } from "./table.js"

/** The parts Markdown reports are put together from. */

export const left = (title: string): Column => ({ title })
export const right = (title: string): Column => ({ title, align: "right" })

/** Text from outside in the middle of a Markdown line: backticks keep it from being read as Markdown. */
export const code = (text: string): string => `\`${text.replaceAll("`", "'").replace(/\s+/g, " ")}\``

/** The latest first; of two at one instant the one that came later. */
export const newestFirst = <A>(items: ReadonlyArray<A>, at: (item: A) => number): ReadonlyArray<A> =>
  // reversed first, so that of two at one instant the later comes first too
  items.toReversed().toSorted((a, b) => at(b) - at(a))

/** A section under its own heading; empty parts are left out. */
export const section = (title: string, ...parts: ReadonlyArray<string>): ReadonlyArray<string> => [
  "",
  `## ${title}`,
  ...parts.filter((part) => part !== "").flatMap((part) => ["", part])
]

/** How often each text occurs, the most frequent first. */
export const counts = (texts: Iterable<string>, what = "Reason"): string =>
  table(
    [right("Count"), left(what)],
    Format.tally(texts).map(([text, count]) => [Format.count(count), text])
  )

/** Something and how often it was counted. */
export interface Count {
  readonly name: string
  readonly count: number
}

/** How often each name occurs, the most frequent first, then by name. */
export const countOf = (names: Iterable<string>): ReadonlyArray<Count> => {
  const found = new Map<string, number>()
  for (const name of names) found.set(name, (found.get(name) ?? 0) + 1)
  return Array.from(found, ([name, count]) => ({ name, count })).toSorted(
    (a, b) => b.count - a.count || (a.name < b.name ? -1 : 1)
  )
}

/** "timeout 3, risk 1" */
export const counted = (found: ReadonlyArray<Count>): string =>
  found.map(({ count, name }) => `${name} ${Format.count(count)}`).join(", ")

/** Where something happened. */
export interface Place {
  readonly symbol: string
  readonly strategy: string
}

/** The symbols and the strategies of several places, each once and in order. */
export const placesOf = (places: Iterable<Place>) => {
  const symbols = new Set<string>()
  const strategies = new Set<string>()
  for (const { strategy, symbol } of places) {
    symbols.add(symbol)
    strategies.add(strategy)
  }
  return { symbols: [...symbols].toSorted(), strategies: [...strategies].toSorted() }
}

/** A report's title with what it is about: by name where that is one symbol and one strategy. */
export const title = (report: string, places: Iterable<Place>): string => {
  const { strategies, symbols } = placesOf(places)
  const [symbol, strategy] = [symbols[0], strategies[0]]
  if (symbol === undefined || strategy === undefined) return `# ${report}`
  return symbols.length === 1 && strategies.length === 1
    ? `# ${report}: ${code(symbol)}, ${code(strategy)}`
    : `# ${report}: ${Format.plural(symbols.length, "symbol")}, ${Format.plural(strategies.length, "strategy", "strategies")}`
}

/** A whole document from its lines. */
export const page = (...lines: ReadonlyArray<string>): string => [...lines, ""].join("\n")
