import {
  type Row,
  all,
  calm,
  closed,
  gapFills,
  k,
  long,
  loss,
  on,
  opened,
  profit,
  scenario,
  scheduled,
  short,
  touch
} from "./rows.js"

/**
 * Partial levels. Worked out by hand; times in minutes.
 * Without costs PnL is 100·(close − open)/open; for a short the sign is turned.
 */
export const partialRows: ReadonlyArray<Row> = [
  ...scenario(
    "levels once each, by the close, not on the exit candle",
    {
      candles: [
        calm,
        k(1, 100, 101.5, 99.5, 101),
        k(2, 101, 101, 99, 99),
        k(3, 99, 102, 99, 101.5),
        k(4, 101.5, 105, 101, 104)
      ],
      idea: long(105, 95, 60),
      partials: true
    },
    on(
      all,
      opened(1, 100),
      profit(2, 10, 101),
      profit(2, 20, 101),
      loss(3, 10, 99),
      loss(3, 20, 99),
      profit(4, 30, 101.5),
      closed(4, "take_profit", 100, 105, 5, -1, 5)
    )
  ),
  ...scenario(
    "levels once each, by the close, not on the exit candle",
    {
      candles: [
        calm,
        k(1, 100, 100.5, 98.5, 99),
        k(2, 99, 101, 99, 101),
        k(3, 101, 101, 98, 98.5),
        k(4, 98.5, 99, 95, 96)
      ],
      idea: short(95, 105, 60),
      partials: true
    },
    on(
      all,
      opened(1, 100),
      profit(2, 10, 99),
      profit(2, 20, 99),
      loss(3, 10, 101),
      loss(3, 20, 101),
      profit(4, 30, 98.5),
      closed(4, "take_profit", 100, 95, 5, -1, 5)
    )
  ),
  ...scenario(
    "levels from the candle after an inside fill",
    {
      candles: [calm, k(1, 100, 100.5, 98.5, 100), k(2, 100, 100.5, 99.5, 99.5), k(3, 99.5, 99.5, 98, 98.5)],
      idea: long(104, 94, 60, 99),
      partials: true
    },
    on(
      gapFills,
      scheduled(1, 99),
      opened(1, 99),
      profit(3, 10, 99.5),
      loss(4, 10, 98.5),
      closed(4, "frame_end", 99, 98.5, -0.5050505051, -1.0101010101, 1.5151515152)
    ),
    on(
      touch,
      scheduled(1, 99),
      opened(1, 99),
      profit(3, 10, 99.5),
      loss(4, 10, 98.5),
      // P of minutes 0–3: (300 + 299 + 299.5 + 296)/3/4, reflected for a short
      closed(4, "frame_end", 99, 99.5416666667, 0.5471380471, -1.0101010101, 1.5151515152)
    )
  ),
  ...scenario(
    "levels from the candle after an inside fill",
    {
      candles: [calm, k(1, 100, 101.5, 99.5, 100), k(2, 100, 100.5, 99.5, 100.5), k(3, 100.5, 102, 100.5, 101.5)],
      idea: short(96, 106, 60, 101),
      partials: true
    },
    on(
      gapFills,
      scheduled(1, 101),
      opened(1, 101),
      profit(3, 10, 100.5),
      loss(4, 10, 101.5),
      closed(4, "frame_end", 101, 101.5, -0.495049505, -0.9900990099, 1.4851485149)
    ),
    on(
      touch,
      scheduled(1, 101),
      opened(1, 101),
      profit(3, 10, 100.5),
      loss(4, 10, 101.5),
      // P of minutes 0–3: (300 + 299 + 299.5 + 296)/3/4, reflected for a short
      closed(4, "frame_end", 101, 100.4583333333, 0.5363036304, -0.9900990099, 1.4851485149)
    )
  ),
  ...scenario(
    "levels on the candle whose open filled a resting entry",
    {
      candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 98.5, 100, 98, 99.5), k(3, 99.5, 100.5, 99, 100)],
      idea: long(103.5, 93.5, 60, 99),
      partials: true
    },
    on(
      gapFills,
      scheduled(1, 99),
      opened(2, 98.5),
      profit(3, 10, 99.5),
      profit(3, 20, 99.5),
      profit(4, 30, 100),
      closed(4, "frame_end", 98.5, 100, 1.5228426396, -0.5076142132, 2.0304568528)
    ),
    on(
      touch,
      scheduled(1, 99),
      opened(2, 99),
      profit(4, 10, 100),
      profit(4, 20, 100),
      // progress 100·1/4.5 = 22.2; P of minutes 0–3: (300 + 300 + 297.5 + 299.5)/3/4, reflected for a short
      closed(4, "frame_end", 99, 99.75, 0.7575757576, -1.0101010101, 1.5151515152)
    )
  ),
  ...scenario(
    "levels on the candle whose open filled a resting entry",
    {
      candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 101.5, 102, 100, 100.5), k(3, 100.5, 101, 99.5, 100)],
      idea: short(96.5, 106.5, 60, 101),
      partials: true
    },
    on(
      gapFills,
      scheduled(1, 101),
      opened(2, 101.5),
      profit(3, 10, 100.5),
      profit(3, 20, 100.5),
      profit(4, 30, 100),
      closed(4, "frame_end", 101.5, 100, 1.4778325123, -0.4926108374, 1.9704433498)
    ),
    on(
      touch,
      scheduled(1, 101),
      opened(2, 101),
      profit(4, 10, 100),
      profit(4, 20, 100),
      // progress 100·1/4.5 = 22.2; P of minutes 0–3: (300 + 300 + 297.5 + 299.5)/3/4, reflected for a short
      closed(4, "frame_end", 101, 100.25, 0.7425742574, -0.9900990099, 1.4851485149)
    )
  ),
  ...scenario(
    "all levels at once up to 90",
    {
      candles: [calm, k(1, 100, 104.75, 100, 104.5), k(2, 104.5, 104.75, 95, 96)],
      idea: long(105, 95, 60),
      partials: true
    },
    on(
      all,
      opened(1, 100),
      profit(2, 10, 104.5),
      profit(2, 20, 104.5),
      profit(2, 30, 104.5),
      profit(2, 40, 104.5),
      profit(2, 50, 104.5),
      profit(2, 60, 104.5),
      profit(2, 70, 104.5),
      profit(2, 80, 104.5),
      profit(2, 90, 104.5),
      closed(2, "stop_loss", 100, 95, -5, -5, 4.75)
    )
  ),
  ...scenario(
    "all levels at once up to 90",
    {
      candles: [calm, k(1, 100, 100, 95.25, 95.5), k(2, 95.5, 105, 95.25, 104)],
      idea: short(95, 105, 60),
      partials: true
    },
    on(
      all,
      opened(1, 100),
      profit(2, 10, 95.5),
      profit(2, 20, 95.5),
      profit(2, 30, 95.5),
      profit(2, 40, 95.5),
      profit(2, 50, 95.5),
      profit(2, 60, 95.5),
      profit(2, 70, 95.5),
      profit(2, 80, 95.5),
      profit(2, 90, 95.5),
      closed(2, "stop_loss", 100, 105, -5, -5, 4.75)
    )
  )
]
