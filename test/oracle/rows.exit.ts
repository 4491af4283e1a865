import {
  type Row,
  all,
  calm,
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
 * Exit by request of the strategy. Worked out by hand; times in minutes.
 * Without costs PnL is 100·(close − open)/open; for a short the sign is turned.
 */
export const exitRows: ReadonlyArray<Row> = [
  ...scenario(
    "exit at the next open",
    {
      candles: [calm, k(1, 100, 101, 99.5, 100.5), k(2, 100.5, 101, 100, 101), k(3, 101, 101.5, 100.5, 101)],
      idea: long(103, 98, 60),
      exitAt: 3
    },
    on(all, opened(1, 100), closed(3, "exit", 100, 101, 1, -0.5, 1))
  ),
  ...scenario(
    "exit at the next open",
    {
      candles: [calm, k(1, 100, 100.5, 99, 99.5), k(2, 99.5, 100, 99, 99), k(3, 99, 99.5, 98.5, 99)],
      idea: short(97, 102, 60),
      exitAt: 3
    },
    on(all, opened(1, 100), closed(3, "exit", 100, 99, 1, -0.5, 1))
  ),
  ...scenario(
    "exit after a gap, beyond the stop",
    {
      candles: [calm, k(1, 100, 101, 99.5, 100.5), k(2, 100.5, 101, 100, 101), k(7, 97.5, 98, 97, 97.5)],
      idea: long(103, 98, 60),
      exitAt: 3
    },
    on(all, opened(1, 100), closed(7, "exit", 100, 97.5, -2.5, -2.5, 1))
  ),
  ...scenario(
    "exit after a gap, beyond the stop",
    {
      candles: [calm, k(1, 100, 100.5, 99, 99.5), k(2, 99.5, 100, 99, 99), k(7, 102.5, 103, 102, 102.5)],
      idea: short(97, 102, 60),
      exitAt: 3
    },
    on(all, opened(1, 100), closed(7, "exit", 100, 102.5, -2.5, -2.5, 1))
  ),
  ...scenario(
    "exit at an open beyond the target",
    {
      candles: [calm, k(1, 100, 101, 99.5, 100.5), k(2, 100.5, 101, 100, 101), k(3, 104, 104, 103, 103.5)],
      idea: long(103, 98, 60),
      exitAt: 3
    },
    on(all, opened(1, 100), closed(3, "exit", 100, 104, 4, -0.5, 4))
  ),
  ...scenario(
    "exit at an open beyond the target",
    {
      candles: [calm, k(1, 100, 100.5, 99, 99.5), k(2, 99.5, 100, 99, 99), k(3, 96, 97, 96, 96.5)],
      idea: short(97, 102, 60),
      exitAt: 3
    },
    on(all, opened(1, 100), closed(3, "exit", 100, 96, 4, -0.5, 4))
  ),
  ...scenario(
    "expiry comes before exit",
    {
      candles: [calm, k(1, 100, 101, 99.5, 100.5), k(2, 100.5, 101, 100, 101), k(3, 101, 101.5, 100.5, 101)],
      idea: long(103, 98, 2),
      exitAt: 3
    },
    on(gapFills, opened(1, 100), closed(3, "time_expired", 100, 101, 1, -0.5, 1)),
    on(
      touch,
      opened(1, 100),
      // P of minutes 0–2: (300 + 301 + 302)/3/3, reflected for a short
      closed(3, "time_expired", 100, 100.3333333333, 0.3333333333, -0.5, 1)
    )
  ),
  ...scenario(
    "expiry comes before exit",
    {
      candles: [calm, k(1, 100, 100.5, 99, 99.5), k(2, 99.5, 100, 99, 99), k(3, 99, 99.5, 98.5, 99)],
      idea: short(97, 102, 2),
      exitAt: 3
    },
    on(gapFills, opened(1, 100), closed(3, "time_expired", 100, 99, 1, -0.5, 1)),
    on(
      touch,
      opened(1, 100),
      // P of minutes 0–2: (300 + 301 + 302)/3/3, reflected for a short
      closed(3, "time_expired", 100, 99.6666666667, 0.3333333333, -0.5, 1)
    )
  ),
  ...scenario(
    "exit with no candle left",
    { candles: [calm, k(1, 100, 101, 99.5, 100.5), k(2, 100.5, 101, 100, 101)], idea: long(103, 98, 60), exitAt: 3 },
    on(gapFills, opened(1, 100), closed(3, "frame_end", 100, 101, 1, -0.5, 1)),
    on(
      touch,
      opened(1, 100),
      // P of minutes 0–2: (300 + 301 + 302)/3/3, reflected for a short
      closed(3, "frame_end", 100, 100.3333333333, 0.3333333333, -0.5, 1)
    )
  ),
  ...scenario(
    "exit with no candle left",
    { candles: [calm, k(1, 100, 100.5, 99, 99.5), k(2, 99.5, 100, 99, 99)], idea: short(97, 102, 60), exitAt: 3 },
    on(gapFills, opened(1, 100), closed(3, "frame_end", 100, 99, 1, -0.5, 1)),
    on(
      touch,
      opened(1, 100),
      // P of minutes 0–2: (300 + 301 + 302)/3/3, reflected for a short
      closed(3, "frame_end", 100, 99.6666666667, 0.3333333333, -0.5, 1)
    )
  ),
  ...scenario(
    "exit of a limit entry",
    {
      candles: [calm, k(1, 100, 100.5, 98.5, 99.5), k(2, 100, 100.5, 99.25, 99.5)],
      idea: long(103, 98, 60, 99),
      exitAt: 2
    },
    on(all, scheduled(1, 99), opened(1, 99), closed(2, "exit", 99, 100, 1.0101010101, 0, 1.0101010101))
  ),
  ...scenario(
    "exit of a limit entry",
    {
      candles: [calm, k(1, 100, 101.5, 99.5, 100.5), k(2, 100, 100.75, 99.5, 100.5)],
      idea: short(97, 102, 60, 101),
      exitAt: 2
    },
    on(all, scheduled(1, 101), opened(1, 101), closed(2, "exit", 101, 100, 0.9900990099, 0, 0.9900990099))
  )
]
