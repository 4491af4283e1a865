import { decode, type Prices } from "../html/codec.js"
import { find } from "./dom.js"
import { data } from "./state.js"

/** Candles of the report's symbols: unpacked when first asked for, merged to what fits the screen. */

const unpack = async (index: number): Promise<Prices | undefined> => {
  const layout = data.symbols[index]?.candles
  const element = find(`candles-${index}`)
  if (layout === null || layout === undefined || element === undefined) return undefined
  const text = atob(element.textContent)
  const packed = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) packed[i] = text.charCodeAt(i)
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"))
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer())
  return decode({ ...layout, bytes })
}

const unpacked = new Map<number, Promise<Prices | undefined>>()

/** The candles of a symbol by its index; undefined where the report has none. */
export const candlesOf = (index: number): Promise<Prices | undefined> => {
  const known = unpacked.get(index)
  if (known !== undefined) return known
  const promise = unpack(index)
  unpacked.set(index, promise)
  return promise
}
