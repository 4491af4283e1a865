/**
 * Sums carried as `sum + rest`, where `rest` holds what rounding took from `sum`. Adding and later removing the same
 * number leaves nothing behind, so a rolling sum neither drifts nor depends on what came before its window.
 */

/** What rounding took from `a + b` when it gave `sum`, exactly (Knuth's two-sum). */
export const sumError = (a: number, b: number, sum: number): number => {
  const c = sum - a
  return a - (sum - c) + (b - c)
}

/** The upper half of a number's digits (Veltkamp's split), so that products with small whole numbers are exact. */
const upper = (x: number): number => {
  const scaled = x * 134217729
  return scaled - (scaled - x)
}

/** What rounding took from `x · n` when it gave `product`, exactly for whole n below 2²⁶ (Dekker's product). */
export const productError = (x: number, n: number, product: number): number => {
  const high = upper(x)
  return high * n - product + (x - high) * n
}

/**
 * `(sum + rest) / n`, correctly rounded but for rare ties, for whole n below 2²⁶: a mean of equal prices is that price.
 * Takes `rate` = 1/n, as the division's remainder is worked out anyway and a product costs a fraction of a division.
 */
export const quotient = (sum: number, rest: number, n: number, rate: number): number => {
  const q = sum * rate
  const high = upper(q)
  return q + (sum - high * n - (q - high) * n + rest) * rate
}

/** Mean of `input[from, to)`. */
export const mean = (input: Float64Array, from: number, to: number): number => {
  let sum = 0
  let rest = 0
  for (let i = from; i < to; i++) {
    const next = sum + input[i]
    rest += sumError(sum, input[i], next)
    sum = next
  }
  const n = to - from
  return quotient(sum, rest, n, 1 / n)
}
