import type { OracleEvent } from "./types.js"

const isPartial = (event: OracleEvent): boolean => event.type === "PartialProfit" || event.type === "PartialLoss"

/** The events every run emits, and of the others those a table tells of. */
export const primary = (
  events: ReadonlyArray<OracleEvent>,
  told: { readonly partials?: boolean; readonly stops?: boolean } = {}
): ReadonlyArray<OracleEvent> =>
  events.filter((event) => {
    if (isPartial(event)) return told.partials === true
    return event.type !== "StopMoved" || told.stops === true
  })

/** Numbers within 1e-9 of each other, relative above 1: tables are written to ten decimals. */
const near = (a: number, b: number): boolean =>
  a === b || Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))

const fieldsDiffer = (a: unknown, b: unknown): boolean => {
  if (typeof a === "number" && typeof b === "number") return !near(a, b)
  if (Array.isArray(a) && Array.isArray(b)) return a.length !== b.length || a.some((one, i) => fieldsDiffer(one, b[i]))
  return a !== b
}

const describe = (event: OracleEvent | undefined): string => JSON.stringify(event) ?? "nothing"

const eventsDiffer = (a: OracleEvent | undefined, b: OracleEvent | undefined): boolean => {
  if (a === undefined || b === undefined) return true
  const [left, right] = [new Map(Object.entries(a)), new Map(Object.entries(b))]
  return [...new Set([...left.keys(), ...right.keys()])].some((key) => fieldsDiffer(left.get(key), right.get(key)))
}

/** One line per event in which the two lists differ; none when they agree. */
export const differences = (
  actual: ReadonlyArray<OracleEvent>,
  expected: ReadonlyArray<OracleEvent>
): ReadonlyArray<string> =>
  Array.from({ length: Math.max(actual.length, expected.length) }, (_, i) => i)
    .filter((i) => eventsDiffer(actual[i], expected[i]))
    .map((i) => `event ${i}: got ${describe(actual[i])}, wanted ${describe(expected[i])}`)
