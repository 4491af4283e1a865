import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { Backtest, type Event, Exchange, Frame, Kit, Signal, Strategy } from "../../src/index.js"
import type { Candle } from "../../src/model/candle.js"

export const minute = 60_000
/** 2024-01-01T00:00Z. */
export const t0 = 1_704_067_200_000

/** Candle `i` minutes after `t0`: open, high, low, close. */
export const candle = (i: number, open: number, high: number, low: number, close: number, volume = 1): Candle => ({
  timestamp: t0 + i * minute,
  open,
  high,
  low,
  close,
  volume
})

export const flat = (count: number, price = 100): ReadonlyArray<Candle> =>
  Array.from({ length: count }, (_, i) => candle(i, price, price, price, price))

/** Numbers in [0, 1) from a seed. */
export const random = (seed: number): (() => number) => {
  let state = (seed >>> 0) + 1
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** A restless market; a share `gaps` of its candles is missing. */
export const market = (seed: number, count: number, gaps = 0, first = 0): ReadonlyArray<Candle> => {
  const next = random(seed)
  const candles: Array<Candle> = []
  let price = 100
  for (let i = 0; i < count; i++) {
    const open = price
    const close = open * (1 + (next() - 0.5) * 0.008)
    const high = Math.max(open, close) * (1 + next() * 0.002)
    const low = Math.min(open, close) * (1 - next() * 0.002)
    const volume = Math.floor(next() * 10)
    if (i === 0 || next() >= gaps) candles.push(candle(first + i, open, high, low, close, volume))
    price = close
  }
  return candles
}

export const frame = (minutes: number, from = 0) =>
  Frame.make("frame", { interval: "1m", start: t0 + from * minute, end: t0 + (from + minutes) * minute })

export const memory = (candles: ReadonlyArray<Candle>) => Exchange.memory("memory", { X: candles }, { interval: "1m" })

/** Market entries, limit entries and nonsense by the time and the last 5m close. */
export const rule = (view: Strategy.View<unknown, unknown>): Signal.Answer => {
  const { price, when } = view
  const closes = view.candles("5m").close
  const up = closes.at(-1) > closes.at(-2)
  const minuteEstimatedTime = 45
  switch ((when / minute) % 7) {
    case 0:
      return up
        ? Signal.long({ priceTakeProfit: price * 1.01, priceStopLoss: price * 0.99, minuteEstimatedTime })
        : Signal.short({ priceTakeProfit: price * 0.99, priceStopLoss: price * 1.01, minuteEstimatedTime })
    case 3: {
      const priceOpen = price * 0.995
      return Signal.long({
        priceOpen,
        priceTakeProfit: price * 1.008,
        priceStopLoss: price * 0.98,
        minuteEstimatedTime
      })
    }
    case 5:
      return up ? Signal.long({ priceTakeProfit: price, priceStopLoss: price * 0.99, minuteEstimatedTime }) : null
    default:
      return null
  }
}

export const ruled = Strategy.make("ruled", { interval: "1m" }).signal(rule)

/** A signal far from everything. */
export const wide = (price: number, minuteEstimatedTime = 1440) =>
  Signal.long({ priceTakeProfit: price * 1.15, priceStopLoss: price * 0.85, minuteEstimatedTime })

export const collect = <P>(options: Backtest.Options<P, never>) =>
  Effect.map(Stream.runCollect(Backtest.run("X", options)), (chunk): ReadonlyArray<Event.Event> => [...chunk])

export const kit = Kit.layerNode

export const tags = (events: ReadonlyArray<Event.Event>) => events.map(({ _tag }) => _tag)

/** Minutes after `t0`. */
export const at = (when: number) => (when - t0) / minute
