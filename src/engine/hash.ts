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
  let high = 0x2545f491
  let low = 0x1b873593
  const fields = [data.timestamp, data.open, data.high, data.low, data.close, data.volume]
  for (const field of fields) {
    const words = new Int32Array(field.buffer, field.byteOffset + from * 8, (to - from) * 2)
    for (let i = 0; i < words.length; i += 2) {
      high = mix(high, words[i])
      low = mix(low, words[i + 1] ^ high)
    }
  }
  return hex(high, low)
}

/** The id of a signal: a function of the run's seed, what runs, and the tick. */
export const signalId = (seed: number, symbol: string, strategy: string, tick: number): string =>
  text(`${seed}/${symbol}/${strategy}/${tick}`)
