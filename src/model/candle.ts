/** One candle as a value: what sources hand in and strategies look at. Prices in quote currency. */
export interface Candle {
  /** Open time, epoch milliseconds UTC. */
  readonly timestamp: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  /** Traded volume in base currency; 0 where a source has none. */
  readonly volume: number
}

/**
 * Candles in columns, oldest first. The arrays may be longer than `length` (room to grow); only the first
 * `length` entries are candles. Treat the arrays as read-only: runs share them.
 */
export interface Columns {
  readonly length: number
  readonly timestamp: Float64Array
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  readonly volume: Float64Array
}
