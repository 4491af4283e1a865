import type { CandleInterval } from "../../model/interval.js"
import * as Feed from "./feed.js"
import { type Cursor, Line } from "./line.js"
import type { Source } from "./source.js"

/** The definition of an indicator; `Handle` is what a strategy reads: one `Line`, or several by name. */
export interface Indicator<out Handle> {
  /** For messages, like `sma(20)`. */
  readonly name: string
  /** Interval of the candles it is fed; undefined: the strategy's own. */
  readonly interval: CandleInterval | undefined
  /** Closed candles needed until every line has a value; 0 when there is a problem. */
  readonly warmup: number
  /** What is wrong with its parameters; a run reports it with everything else that does not validate. */
  readonly problem: string | undefined
  /** A live copy for one run. With a problem it never gets warm. */
  readonly start: (cursor: Cursor) => { readonly feed: Feed.Feed; readonly handle: Handle }
}

/** What a strategy reads of an indicator. */
export type HandleOf<I> = I extends Indicator<infer Handle> ? Handle : never

/** What an indicator is made from. */
export interface Parts {
  /** Its kind, or the name a user gave it: begins its problems. */
  readonly kind: string
  /** Parameters that must be whole numbers of at least 1. */
  readonly periods: Readonly<Record<string, number>>
  /** Any other parameters, for the name. */
  readonly rest?: ReadonlyArray<number | Source | undefined>
  readonly interval: CandleInterval | undefined
  readonly warmup: number
  /** Whatever else is wrong with its parameters. */
  readonly problems?: ReadonlyArray<string>
  /** Instead of the kind with its parameters. */
  readonly name?: string
}

/** An indicator of several lines. Parameters are checked here and never thrown about: with a problem it stays idle. */
export const several = <Lines extends { readonly [Name in keyof Lines]: Line }>(
  parts: Parts & { readonly lines: (cursor: Cursor) => Lines; readonly kernel: (lines: Lines) => Feed.Kernel }
): Indicator<Lines> => {
  const found = [...misfits(parts), ...(parts.problems ?? [])]
  const problem = found.length === 0 ? undefined : found.join("; ")
  const warmup = problem === undefined ? parts.warmup : 0
  const name = parts.name ?? nameOf(parts)
  return {
    name,
    interval: parts.interval,
    warmup,
    problem,
    start: (cursor) => {
      const handle = parts.lines(cursor)
      const lines: ReadonlyArray<Line> = Object.values(handle)
      return { feed: Feed.make(name, warmup, lines, problem === undefined ? parts.kernel(handle) : idle), handle }
    }
  }
}

/** An indicator of one line. */
export const single = (parts: Parts & { readonly kernel: (line: Line) => Feed.Kernel }): Indicator<Line> => {
  const { start, ...rest } = several({
    ...parts,
    lines: (cursor) => ({ line: new Line(cursor) }),
    kernel: ({ line }) => parts.kernel(line)
  })
  return {
    ...rest,
    start: (cursor) => {
      const { feed, handle } = start(cursor)
      return { feed, handle: handle.line }
    }
  }
}

/** A line for each name. Two signatures, as no type follows names from an array into the keys of a built object. */
export function linesNamed<Name extends string>(
  names: ReadonlyArray<Name>,
  cursor: Cursor
): { readonly [N in Name]: Line }
export function linesNamed(names: ReadonlyArray<string>, cursor: Cursor): Readonly<Record<string, Line>> {
  return Object.fromEntries(names.map((name) => [name, new Line(cursor)]))
}

const idle: Feed.Kernel = () => {}

const nameOf = ({ kind, periods, rest = [] }: Parts): string =>
  `${kind}(${[...Object.values(periods), ...rest.filter((part) => part !== undefined)].join(", ")})`

const misfits = ({ kind, periods }: Parts): ReadonlyArray<string> =>
  Object.entries(periods)
    .filter(([, value]) => !(Number.isSafeInteger(value) && value >= 1))
    .map(([key, value]) => `${kind}: ${key} must be a whole number of at least 1, got ${value}`)
