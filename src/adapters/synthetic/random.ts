import { text } from "../../engine/hash.js"

/** Two words that name a stream of random numbers. */
export interface Key {
  readonly a: number
  readonly b: number
}

export const keyOf = (...name: ReadonlyArray<string>): Key => {
  const digits = text(JSON.stringify(name))
  return { a: Number.parseInt(digits.slice(0, 8), 16) | 0, b: Number.parseInt(digits.slice(8), 16) | 0 }
}

/**
 * The n-th word of a stream, −2³¹ … 2³¹ − 1: a counter mixed by multiply and xor-shift, with half of the key before and
 * half after the first round. A counter has no state to carry, and keeps one minute's draws apart from the next one's.
 */
export const word = (key: Key, n: number): number => {
  let h = Math.imul(n, 0x9e3779b1) ^ key.a
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b) ^ key.b
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

/** A word as a number in [0, 1). */
export const unit = (bits: number): number => (bits >>> 0) * perWord

const perWord = 1 / 0x1_0000_0000

/** One byte of a word as a number in [0, 1]. */
export const byte = (bits: number, shift: number): number => ((bits >>> shift) & 255) * perByte

const perByte = 1 / 255

/** Nearly normal, mean 0 and variance 1: the sum of a word's four bytes. */
export const normal = (bits: number): number =>
  ((bits & 255) + ((bits >>> 8) & 255) + ((bits >>> 16) & 255) + (bits >>> 24) - 510) * perDeviation

/** One over that sum's standard deviation, √(4·(256² − 1)/12). */
const perDeviation = 1 / Math.sqrt(21845)
