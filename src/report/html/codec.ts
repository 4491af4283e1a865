import type { Columns } from "../../model/candle.js"

/**
 * Candles as few bytes: prices scaled to integers by their decimals, each written as the distance from the price
 * before it in zigzag LEB128. What comes out is what went in, bit for bit: columns that have no such integers stay
 * Float64. Volumes are left out. The page that draws the candles reads them with the same module.
 */

/** How the bytes are to be read; `null` decimals: prices are Float64, and so are times that are not `whole`. */
export interface Layout {
  readonly length: number
  readonly whole: boolean
  readonly decimals: number | null
}

export interface Packed extends Layout {
  readonly bytes: Uint8Array
}

/** Times and prices of candles, oldest first. */
export type Prices = Omit<Columns, "volume">

/** Differences of differences of integers below this are exact, zigzag included. */
const limit = 2 ** 50
const mostDecimals = 12

const isWhole = (value: number): boolean => Number.isInteger(value) && Math.abs(value) < limit && !Object.is(value, -0)

/** The least number of decimals with which every price is exactly an integer over a power of ten. */
const decimalsOf = ({ close, high, length, low, open }: Prices): number | null => {
  let decimals = 0
  let power = 1
  for (const column of [open, high, low, close]) {
    for (let i = 0; i < length; i++) {
      const price = column[i]
      while (Math.round(price * power) / power !== price || Object.is(price, -0)) {
        if (++decimals > mostDecimals) return null
        power = 10 ** decimals
      }
      if (!(Math.abs(price * power) < limit)) return null
    }
  }
  // decimals that came late make earlier prices greater integers
  for (const column of [open, high, low, close]) {
    for (let i = 0; i < length; i++) if (!(Math.abs(column[i] * power) < limit)) return null
  }
  return decimals
}

class Writer {
  #bytes: Uint8Array
  #at = 0

  constructor(capacity: number) {
    this.#bytes = new Uint8Array(capacity)
  }

  #reserve(more: number): void {
    if (this.#at + more <= this.#bytes.length) return
    const next = new Uint8Array(Math.max(this.#bytes.length * 2, this.#at + more))
    next.set(this.#bytes)
    this.#bytes = next
  }

  integer(value: number): void {
    this.#reserve(8)
    let left = value < 0 ? -2 * value - 1 : 2 * value
    while (left >= 0x80) {
      this.#bytes[this.#at++] = (left % 0x80) + 0x80
      left = Math.floor(left / 0x80)
    }
    this.#bytes[this.#at++] = left
  }

  floats(column: Float64Array, length: number): void {
    this.#reserve(length * 8)
    const view = new DataView(this.#bytes.buffer)
    for (let i = 0; i < length; i++) view.setFloat64(this.#at + i * 8, column[i], true)
    this.#at += length * 8
  }

  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#at)
  }
}

/** Writes the times and prices of candles. */
export const encode = (prices: Prices): Packed => {
  const { close, high, length, low, open, timestamp } = prices
  const whole = timestamp.subarray(0, length).every(isWhole)
  const decimals = decimalsOf(prices)
  const writer = new Writer(length * 8 + 64)
  if (whole) encodeTimes(writer, timestamp, length)
  else writer.floats(timestamp, length)
  if (decimals === null) for (const column of [open, high, low, close]) writer.floats(column, length)
  else encodePrices(writer, prices, 10 ** decimals)
  return { length, whole, decimals, bytes: writer.bytes }
}

const encodeTimes = (writer: Writer, timestamp: Float64Array, length: number): void => {
  let last = 0
  let step = 0
  for (let i = 0; i < length; i++) {
    const next = timestamp[i] - last
    writer.integer(next - step)
    step = next
    last = timestamp[i]
  }
}

/** Column by column, as equal bytes then stand together: opens from the close before, the rest from their open. */
const encodePrices = (writer: Writer, { close, high, length, low, open }: Prices, power: number): void => {
  const scaled = (price: number): number => Math.round(price * power)
  for (let i = 0; i < length; i++) writer.integer(scaled(open[i]) - (i === 0 ? 0 : scaled(close[i - 1])))
  for (const column of [close, high, low]) {
    for (let i = 0; i < length; i++) writer.integer(scaled(column[i]) - scaled(open[i]))
  }
}

/** Reads what `encode` wrote. */
export const decode = ({ bytes, decimals, length, whole }: Packed): Prices => {
  let at = 0
  const integer = (): number => {
    let byte = bytes[at++]
    // most distances fit into one byte
    if (byte < 0x80) return (byte & 1) === 1 ? -((byte + 1) >> 1) : byte >> 1
    let value = 0
    let weight = 1
    while (byte >= 0x80) {
      value += (byte - 0x80) * weight
      weight *= 0x80
      byte = bytes[at++]
    }
    value += byte * weight
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const floats = (): Float64Array => {
    const start = at
    at += length * 8
    return Float64Array.from({ length }, (_, i) => view.getFloat64(start + i * 8, true))
  }

  const timestamp = whole ? decodeTimes(integer, length) : floats()
  if (decimals !== null) return { length, timestamp, ...decodePrices(integer, length, 10 ** decimals) }
  const open = floats()
  const high = floats()
  const low = floats()
  return { length, timestamp, open, high, low, close: floats() }
}

const decodeTimes = (integer: () => number, length: number): Float64Array => {
  const timestamp = new Float64Array(length)
  let last = 0
  let step = 0
  for (let i = 0; i < length; i++) {
    step += integer()
    last += step
    timestamp[i] = last
  }
  return timestamp
}

const decodePrices = (integer: () => number, length: number, power: number) => {
  const open = new Float64Array(length)
  const close = new Float64Array(length)
  const high = new Float64Array(length)
  const low = new Float64Array(length)
  // an open stands as its distance from a close that is only read after all opens
  for (let i = 0; i < length; i++) open[i] = integer()
  for (let i = 0, before = 0; i < length; i++) {
    open[i] += before
    before = close[i] = open[i] + integer()
  }
  for (const column of [high, low]) for (let i = 0; i < length; i++) column[i] = open[i] + integer()
  for (const column of [open, close, high, low]) for (let i = 0; i < length; i++) column[i] /= power
  return { open, close, high, low }
}
