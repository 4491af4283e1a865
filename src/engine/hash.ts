import type { Columns } from "../model/candle.js"

/** Two 32-bit lanes of multiply-and-xor mixing (the MurmurHash3 finaliser): identity, not cryptography. */
const mix = (hash: number, word: number): number => {
  let h = Math.imul(hash ^ word, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return h ^ (h >>> 16)
}

const hex = (high: number, low: number): string =>
  (high >>> 0).toString(16).padStart(8, "0") + (low >>> 0).toString(16).padStart(8, "0")

const textLanes = (text: string, high: number, low: number): [number, number] => {
  for (let i = 0; i < text.length; i++) {
    high = mix(high, text.charCodeAt(i))
    low = mix(low, text.charCodeAt(i) + 0x9e3779b9)
  }
  return [high, low]
}

/** 16 hexadecimal digits identifying a text. */
export const text = (value: string): string => hex(...textLanes(value, 0x2545f491, 0x1b873593))

/** 16 hexadecimal digits identifying the candles `[from, to)`, bit for bit. */
export const columns = (data: Columns, from: number, to: number): string => {
  const fields = [data.timestamp, data.open, data.high, data.low, data.close, data.volume]
  return text(fields.map((field) => column(field, from, to)).join())
}

/** One column: four lanes side by side, for speed; each step is a bijection, so that no change of a word is lost. */
const column = (field: Float64Array, from: number, to: number): string => {
  const words = new Int32Array(field.buffer, field.byteOffset + from * 8, (to - from) * 2)
  const even = words.length - (words.length % 4)
  let a = 0x2545f491
  let b = 0x1b873593
  let c = 0x517cc1b7
  let d = 0x27220a95
  for (let i = 0; i < even; i += 4) {
    a = Math.imul((a << 13) | (a >>> 19), 5) + words[i]
    b = Math.imul((b << 13) | (b >>> 19), 5) + words[i + 1]
    c = Math.imul((c << 13) | (c >>> 19), 5) + words[i + 2]
    d = Math.imul((d << 13) | (d >>> 19), 5) + words[i + 3]
    a |= 0
    b |= 0
    c |= 0
    d |= 0
  }
  for (let i = even; i < words.length; i++) a = mix(a, words[i])
  return hex(mix(a, b), mix(c, d)) + hex(mix(b, c), mix(d, a))
}

/** The id of a signal: a function of the run's seed, what runs, and the tick. */
export const signalId = (seed: number, symbol: string, strategy: string, tick: number): string =>
  text(`${seed}/${symbol}/${strategy}/${tick}`)
