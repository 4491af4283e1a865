import { deflateRawSync } from "node:zlib"
import { indexAtOrAfter, slice } from "../../engine/columns.js"
import type { Columns } from "../../model/candle.js"
import { encode, type Layout } from "./codec.js"

/** Candles of a symbol as text: their bytes deflated, in base64. */
export interface Embedded {
  readonly layout: Layout
  readonly text: string
}

/** Embeds the candles that open in [start, end). */
export const embed = (columns: Columns, [start, end]: readonly [number, number]): Embedded => {
  const within = slice(columns, indexAtOrAfter(columns, start), indexAtOrAfter(columns, end))
  const { bytes, decimals, length, whole } = encode(within)
  return { layout: { length, whole, decimals }, text: deflateRawSync(bytes, { level: 6 }).toString("base64") }
}
