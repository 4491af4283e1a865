/** An instant as people write it: epoch milliseconds, a Date, or ISO 8601 text (no zone means UTC). */
export type InstantInput = number | string | Date

const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(Z|[+-]\d{2}:?\d{2})?)?$/i
const epoch = /^\d{11,16}$/

/** Epoch milliseconds, or undefined when it is not an instant. */
export const toMillis = (input: InstantInput): number | undefined => {
  if (typeof input === "string") return fromText(input.trim())
  const millis = typeof input === "number" ? input : input.getTime()
  return Number.isFinite(millis) ? millis : undefined
}

const fromText = (text: string): number | undefined => {
  if (epoch.test(text)) return Number(text)
  const match = iso.exec(text)
  if (match === null) return undefined
  const [, date = "", time = "00:00", zone = "Z"] = match
  const millis = Date.parse(`${date}T${time}${zone.toUpperCase()}`)
  // Date.parse moves 2022-02-30 to March: such a day does not exist
  const sameDay = new Date(`${date}T00:00Z`).getUTCDate() === Number(date.slice(8))
  return Number.isNaN(millis) || !sameDay ? undefined : millis
}

/** As ISO 8601 text in UTC. */
export const toText = (millis: number): string =>
  Math.abs(millis) <= 8.64e15 ? new Date(millis).toISOString() : String(millis)
