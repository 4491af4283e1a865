import type { Candle } from "../../src/model/candle.js"
import type { FillPolicy } from "../../src/model/fill.js"
import type { Settings } from "../../src/model/settings.js"
import type { Position } from "../../src/model/signal.js"

/** Σ((high+low+close)/3·volume) / Σ volume of the last `count` candles; the mean close where nothing was traded. */
export const averagePrice = (closed: ReadonlyArray<Candle>, count: number): number => {
  const last = closed.slice(-count)
  let value = 0
  let volume = 0
  let closes = 0
  for (const candle of last) {
    value += ((candle.high + candle.low + candle.close) / 3) * candle.volume
    volume += candle.volume
    closes += candle.close
  }
  return volume > 0 ? value / volume : closes / last.length
}

/** Net PnL in %: slippage worsens both prices, the exit fee is charged on the exit price (`touch`: flat). */
export const netPnl = (
  policy: FillPolicy,
  settings: Settings,
  position: Position,
  priceOpen: number,
  priceClose: number
): number => {
  const d = position === "long" ? 1 : -1
  const slip = settings.slippage / 100
  const bought = priceOpen * (1 + d * slip)
  const sold = priceClose * (1 - d * slip)
  const fees = policy === "touch" ? 2 * settings.fee : settings.fee * (1 + sold / bought)
  return (100 * d * (sold - bought)) / bought - fees
}

/** How far `price` is from the fill in the position's favour, % of the fill price, gross. */
export const excursion = (position: Position, priceOpen: number, price: number): number =>
  position === "long" ? (100 * (price - priceOpen)) / priceOpen : (100 * (priceOpen - price)) / priceOpen

/** The exit price without gain or loss: net PnL is a straight line over the exit price, drawn through 0 and the fill. */
export const breakeven = (policy: FillPolicy, settings: Settings, position: Position, priceOpen: number): number => {
  const atZero = netPnl(policy, settings, position, priceOpen, 0)
  const atFill = netPnl(policy, settings, position, priceOpen, priceOpen)
  return (atZero * priceOpen) / (atZero - atFill)
}

/** At or beyond the stop-loss. */
export const atStop = (position: Position, price: number, stop: number): boolean =>
  position === "long" ? price <= stop : price >= stop

/** At or beyond the take-profit. */
export const atTarget = (position: Position, price: number, target: number): boolean =>
  position === "long" ? price >= target : price <= target

/** At or beyond the limit price of an entry: a long buys at it or lower, a short sells at it or higher. */
export const atEntry = (position: Position, price: number, entry: number): boolean =>
  position === "long" ? price <= entry : price >= entry

/** The candle's price that is worst for the position; the stop-loss and a resting entry lie on this side. */
export const worstOf = (position: Position, candle: Candle): number => (position === "long" ? candle.low : candle.high)

/** The candle's price that is best for the position; the take-profit lies on this side. */
export const bestOf = (position: Position, candle: Candle): number => (position === "long" ? candle.high : candle.low)
