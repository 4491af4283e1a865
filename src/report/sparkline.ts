const blocks = " ▁▂▃▄▅▆▇█"

/** `count` (at least 2) instants spread evenly from `start` to `end`, both among them. */
export const instants = (start: number, end: number, count: number): ReadonlyArray<number> =>
  Array.from({ length: count }, (_, i) => (i === count - 1 ? end : start + ((end - start) * i) / (count - 1)))

/**
 * Values as block characters, one column each, in `rows` lines from the top down. The least value is one eighth
 * high, the greatest fills the height; equal values draw a low line. Empty if a value is not finite.
 */
export const sparkline = (values: ReadonlyArray<number>, rows = 1): ReadonlyArray<string> => {
  if (values.length === 0 || rows < 1 || !values.every(Number.isFinite)) return []
  const low = values.reduce((a, b) => Math.min(a, b))
  const range = values.reduce((a, b) => Math.max(a, b)) - low
  const levels = values.map((value) => (range > 0 ? 1 + Math.round(((value - low) / range) * (rows * 8 - 1)) : 1))
  return Array.from({ length: rows }, (_, row) => {
    const floor = (rows - 1 - row) * 8
    return levels.map((level) => blocks[Math.max(0, Math.min(8, level - floor))]).join("")
  })
}
