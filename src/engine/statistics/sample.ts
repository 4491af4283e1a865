/** Formulas over a plain sample of numbers. None is defined for an empty one; callers check the size. */

type Sample = Float64Array | ReadonlyArray<number>

/** Arithmetic mean. */
export const mean = (values: Sample): number => {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return sum / values.length
}

/** Standard deviation of the sample (divisor n − 1), by two passes, which do not cancel as sums of squares do. */
export const deviation = (values: Sample, average: number): number => {
  let squares = 0
  for (let i = 0; i < values.length; i++) {
    const distance = values[i]! - average
    squares += distance * distance
  }
  return Math.sqrt(squares / (values.length - 1))
}

/**
 * Quantile `p` in [0, 1] of ascending values, linear between neighbours: type 7 of Hyndman & Fan (1996), which is
 * the default of numpy and R.
 */
export const quantile = (ascending: Float64Array, p: number): number => {
  const position = (ascending.length - 1) * p
  const below = Math.floor(position)
  const low = ascending[below]!
  const high = ascending[Math.min(below + 1, ascending.length - 1)]!
  return low + (high - low) * (position - below)
}

/** Third and fourth powers of the standardised distances from the mean, summed. */
const powers = (values: Sample, average: number, sd: number) => {
  let cubes = 0
  let fourths = 0
  for (let i = 0; i < values.length; i++) {
    const z = (values[i]! - average) / sd
    cubes += z * z * z
    fourths += z * z * z * z
  }
  return { cubes, fourths }
}

/** Sample-adjusted skewness G1 (Joanes & Gill 1998), what spreadsheets call SKEW. Needs 3 values and sd > 0. */
export const skewness = (values: Sample, average: number, sd: number): number => {
  const n = values.length
  return (n / ((n - 1) * (n - 2))) * powers(values, average, sd).cubes
}

/** Sample-adjusted excess kurtosis G2 (Joanes & Gill 1998): 0 for a normal sample. Needs 4 values and sd > 0. */
export const kurtosis = (values: Sample, average: number, sd: number): number => {
  const n = values.length
  const scale = (n * (n + 1)) / ((n - 1) * (n - 2) * (n - 3))
  return scale * powers(values, average, sd).fourths - (3 * (n - 1) ** 2) / ((n - 2) * (n - 3))
}
