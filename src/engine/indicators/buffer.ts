/** A column of numbers that grows; entries nobody has written yet are NaN. */
export interface Buffer {
  values: Float64Array
}

/** An empty buffer. */
export const make = (): Buffer => ({ values: new Float64Array(0) })

/** The buffer's array with room for at least `capacity` entries; doubling keeps growing amortised constant. */
export const reserve = (buffer: Buffer, capacity: number): Float64Array => {
  const current = buffer.values
  if (capacity <= current.length) return current
  const next = new Float64Array(Math.max(capacity, current.length * 2, 64))
  next.set(current)
  next.fill(Number.NaN, current.length)
  buffer.values = next
  return next
}
