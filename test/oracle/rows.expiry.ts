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
 * Expiry. Worked out by hand; times in minutes.
 * Without costs PnL is 100·(close − open)/open; for a short the sign is turned.
 */
export const expiryRows: ReadonlyArray<Row> = [
  ...scenario(
    "expiry comes before the levels",
    {
      candles: [
        calm,
        k(1, 100, 101, 99.5, 100.5),
        k(2, 100.5, 101, 100, 101),
        k(3, 101, 101.5, 100.5, 101),
        k(4, 101.5, 104, 97, 100)
      ],
      idea: long(103, 98, 3)
    },
    on(gapFills, opened(1, 100), closed(4, "time_expired", 100, 101.5, 1.5, -0.5, 1.5)),
    on(
      touch,
      opened(1, 100),
      // P of minutes 0–3: (300 + 301 + 302 + 303)/3/4, reflected for a short
      closed(4, "time_expired", 100, 100.5, 0.5, -0.5, 1.5)
    )
  ),
  ...scenario(
    "expiry comes before the levels",
    {
      candles: [
        calm,
        k(1, 100, 100.5, 99, 99.5),
        k(2, 99.5, 100, 99, 99),
        k(3, 99, 99.5, 98.5, 99),
        k(4, 98.5, 103, 96, 100)
      ],
      idea: short(97, 102, 3)
    },
    on(gapFills, opened(1, 100), closed(4, "time_expired", 100, 98.5, 1.5, -0.5, 1.5)),
    on(
      touch,
      opened(1, 100),
      // P of minutes 0–3: (300 + 301 + 302 + 303)/3/4, reflected for a short
      closed(4, "time_expired", 100, 99.5, 0.5, -0.5, 1.5)
    )
  ),
  ...scenario(
    "expiry inside a gap",
    {
      candles: [calm, k(1, 100, 101, 99.5, 100.5), k(2, 100.5, 101, 100, 101), k(8, 102, 102.5, 97, 98)],
      idea: long(103, 98, 3)
    },
    on(gapFills, opened(1, 100), closed(4, "time_expired", 100, 102, 2, -0.5, 2)),
    on(
      touch,
      opened(1, 100),
      // P of minutes 0–2: (300 + 301 + 302)/3/3, reflected for a short
      closed(4, "time_expired", 100, 100.3333333333, 0.3333333333, -0.5, 1)
    )
  ),
  ...scenario(
    "expiry inside a gap",
    {
      candles: [calm, k(1, 100, 100.5, 99, 99.5), k(2, 99.5, 100, 99, 99), k(8, 98, 103, 97.5, 102)],
      idea: short(97, 102, 3)
    },
    on(gapFills, opened(1, 100), closed(4, "time_expired", 100, 98, 2, -0.5, 2)),
    on(
      touch,
      opened(1, 100),
      // P of minutes 0–2: (300 + 301 + 302)/3/3, reflected for a short
      closed(4, "time_expired", 100, 99.6666666667, 0.3333333333, -0.5, 1)
    )
  ),
  ...scenario(
    "expiry inside a gap that ends beyond the stop",
    {
      candles: [calm, k(1, 100, 101, 99.5, 100.5), k(2, 100.5, 101, 100, 101), k(8, 97, 97, 96, 96.5)],
      idea: long(103, 98, 3)
    },
    on(gapFills, opened(1, 100), closed(4, "time_expired", 100, 97, -3, -3, 1)),
    on(
      touch,
      opened(1, 100),
      // P of minutes 0–2: (300 + 301 + 302)/3/3, reflected for a short
      closed(4, "time_expired", 100, 100.3333333333, 0.3333333333, -0.5, 1)
    )
  ),
  ...scenario(
    "expiry inside a gap that ends beyond the stop",
    {
      candles: [calm, k(1, 100, 100.5, 99, 99.5), k(2, 99.5, 100, 99, 99), k(8, 103, 104, 103, 103.5)],
      idea: short(97, 102, 3)
    },
    on(gapFills, opened(1, 100), closed(4, "time_expired", 100, 103, -3, -3, 1)),
    on(
      touch,
      opened(1, 100),
      // P of minutes 0–2: (300 + 301 + 302)/3/3, reflected for a short
      closed(4, "time_expired", 100, 99.6666666667, 0.3333333333, -0.5, 1)
    )
  ),
  ...scenario(
    "stop on the last candle before expiry",
    {
      candles: [calm, k(1, 100, 101, 99.5, 100.5), k(2, 100.5, 101, 97.5, 98.5), k(3, 101, 101.5, 100.5, 101)],
      idea: long(103, 98, 2)
    },
    on(all, opened(1, 100), closed(2, "stop_loss", 100, 98, -2, -2, 1))
  ),
  ...scenario(
    "stop on the last candle before expiry",
    {
      candles: [calm, k(1, 100, 100.5, 99, 99.5), k(2, 99.5, 102.5, 99, 101.5), k(3, 99, 99.5, 98.5, 99)],
      idea: short(97, 102, 2)
    },
    on(all, opened(1, 100), closed(2, "stop_loss", 100, 102, -2, -2, 1))
  ),
  ...scenario(
    "lifetime counts from the fill of a limit entry",
    {
      candles: [
        calm,
        k(1, 100, 100.5, 99.5, 100),
        k(2, 100, 100.5, 99.5, 100),
        k(3, 100, 100, 98.5, 99.5),
        k(4, 99.5, 100, 99, 99.5),
        k(5, 100, 100.5, 99.5, 100.5)
      ],
      idea: long(103, 98, 2, 99)
    },
    on(gapFills, scheduled(1, 99), opened(3, 99), closed(5, "time_expired", 99, 100, 1.0101010101, 0, 1.0101010101)),
    on(
      touch,
      scheduled(1, 99),
      opened(3, 99),
      // P of minutes 0–4: (300 + 300 + 300 + 298 + 298.5)/3/5, reflected for a short
      closed(5, "time_expired", 99, 99.7666666667, 0.7744107744, 0, 1.0101010101)
    )
  ),
  ...scenario(
    "lifetime counts from the fill of a limit entry",
    {
      candles: [
        calm,
        k(1, 100, 100.5, 99.5, 100),
        k(2, 100, 100.5, 99.5, 100),
        k(3, 100, 101.5, 100, 100.5),
        k(4, 100.5, 101, 100, 100.5),
        k(5, 100, 100.5, 99.5, 99.5)
      ],
      idea: short(97, 102, 2, 101)
    },
    on(gapFills, scheduled(1, 101), opened(3, 101), closed(5, "time_expired", 101, 100, 0.9900990099, 0, 0.9900990099)),
    on(
      touch,
      scheduled(1, 101),
      opened(3, 101),
      // P of minutes 0–4: (300 + 300 + 300 + 298 + 298.5)/3/5, reflected for a short
      closed(5, "time_expired", 101, 100.2333333333, 0.7590759076, 0, 0.9900990099)
    )
  ),
  ...scenario(
    "lifetime counts from the fill after a gap",
    {
      candles: [calm, k(4, 100.5, 101, 100, 100.5), k(5, 100.5, 101, 100, 100.5), k(7, 101, 101, 100.5, 101)],
      idea: long(103, 98, 3)
    },
    on(gapFills, opened(4, 100.5), closed(7, "time_expired", 100.5, 101, 0.4975124378, -0.4975124378, 0.4975124378)),
    on(touch, opened(1, 100), closed(4, "time_expired", 100, 100, 0, 0, 0))
  ),
  ...scenario(
    "lifetime counts from the fill after a gap",
    {
      candles: [calm, k(4, 99.5, 100, 99, 99.5), k(5, 99.5, 100, 99, 99.5), k(7, 99, 99.5, 99, 99)],
      idea: short(97, 102, 3)
    },
    on(gapFills, opened(4, 99.5), closed(7, "time_expired", 99.5, 99, 0.5025125628, -0.5025125628, 0.5025125628)),
    on(touch, opened(1, 100), closed(4, "time_expired", 100, 100, 0, 0, 0))
  )
]
