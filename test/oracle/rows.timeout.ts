import {
  type Row,
  all,
  calm,
  cancelled,
  closed,
  gapFills,
  k,
  long,
  on,
  opened,
  scenario,
  scheduled,
  short,
  touch
} from "./rows.js"

/**
 * Timeout of a resting entry. Worked out by hand; times in minutes.
 * Without costs PnL is 100·(close − open)/open; for a short the sign is turned.
 */
export const timeoutRows: ReadonlyArray<Row> = [
  ...scenario(
    "timeout inside a gap",
    {
      candles: [calm, k(1, 100, 100.5, 99.5, 100), k(9, 98.5, 99, 98.25, 98.5)],
      idea: long(103, 98, 60, 99),
      settings: { awaitMinutes: 5 }
    },
    on(all, scheduled(1, 99), cancelled(6, "timeout"))
  ),
  ...scenario(
    "timeout inside a gap",
    {
      candles: [calm, k(1, 100, 100.5, 99.5, 100), k(9, 101.5, 101.75, 101, 101.5)],
      idea: short(97, 102, 60, 101),
      settings: { awaitMinutes: 5 }
    },
    on(all, scheduled(1, 101), cancelled(6, "timeout"))
  ),
  ...scenario(
    "timeout exactly at a candle that would fill",
    {
      candles: [calm, k(1, 100, 100.5, 99.5, 100), k(6, 98.5, 99, 98.25, 98.5)],
      idea: long(103, 98, 60, 99),
      settings: { awaitMinutes: 5 }
    },
    on(all, scheduled(1, 99), cancelled(6, "timeout"))
  ),
  ...scenario(
    "timeout exactly at a candle that would fill",
    {
      candles: [calm, k(1, 100, 100.5, 99.5, 100), k(6, 101.5, 101.75, 101, 101.5)],
      idea: short(97, 102, 60, 101),
      settings: { awaitMinutes: 5 }
    },
    on(all, scheduled(1, 101), cancelled(6, "timeout"))
  ),
  ...scenario(
    "fill on the last candle before the timeout",
    {
      candles: [calm, k(1, 100, 100.5, 99.5, 100), k(5, 100, 100, 98.5, 99.5), k(6, 99.5, 103, 99.5, 103)],
      idea: long(103, 98, 60, 99),
      settings: { awaitMinutes: 5 }
    },
    on(all, scheduled(1, 99), opened(5, 99), closed(6, "take_profit", 99, 103, 4.0404040404, 0, 4.0404040404))
  ),
  ...scenario(
    "fill on the last candle before the timeout",
    {
      candles: [calm, k(1, 100, 100.5, 99.5, 100), k(5, 100, 101.5, 100, 100.5), k(6, 100.5, 100.5, 97, 97)],
      idea: short(97, 102, 60, 101),
      settings: { awaitMinutes: 5 }
    },
    on(all, scheduled(1, 101), opened(5, 101), closed(6, "take_profit", 101, 97, 3.9603960396, 0, 3.9603960396))
  ),
  ...scenario(
    "first candle after the await opens beyond the entry",
    {
      candles: [calm, k(9, 98.5, 99, 98.25, 98.5), k(10, 98.5, 103, 98.5, 103)],
      idea: long(103, 98, 60, 99),
      settings: { awaitMinutes: 5 }
    },
    on(gapFills, opened(9, 98.5), closed(10, "take_profit", 98.5, 103, 4.5685279188, -0.2538071066, 4.5685279188)),
    on(touch, scheduled(1, 99), cancelled(6, "timeout"))
  ),
  ...scenario(
    "first candle after the await opens beyond the entry",
    {
      candles: [calm, k(9, 101.5, 101.75, 101, 101.5), k(10, 101.5, 101.5, 97, 97)],
      idea: short(97, 102, 60, 101),
      settings: { awaitMinutes: 5 }
    },
    on(gapFills, opened(9, 101.5), closed(10, "take_profit", 101.5, 97, 4.4334975369, -0.2463054187, 4.4334975369)),
    on(touch, scheduled(1, 101), cancelled(6, "timeout"))
  ),
  ...scenario(
    "first candle after the await reaches the entry inside",
    { candles: [calm, k(9, 100, 100, 98.5, 99)], idea: long(103, 98, 60, 99), settings: { awaitMinutes: 5 } },
    on(all, scheduled(1, 99), cancelled(6, "timeout"))
  ),
  ...scenario(
    "first candle after the await reaches the entry inside",
    { candles: [calm, k(9, 100, 101.5, 100, 101)], idea: short(97, 102, 60, 101), settings: { awaitMinutes: 5 } },
    on(all, scheduled(1, 101), cancelled(6, "timeout"))
  )
]
