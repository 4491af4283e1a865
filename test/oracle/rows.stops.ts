import {
  type Row,
  all,
  ambiguous,
  calm,
  closed,
  gapFills,
  k,
  long,
  loss,
  notRealistic,
  on,
  opened,
  profit,
  realistic,
  scenario,
  scheduled,
  short,
  touch,
  trailed,
  withStopAt
} from "./rows.js"

/**
 * Moved stops where other rules meet them (times in minutes), worked out by hand. A stop moves at a candle's close, in the table the next minute.
 * Without costs PnL is 100·(close − open)/open; for a short the sign is turned.
 */
export const stopsRows: ReadonlyArray<Row> = [
  ...scenario(
    "moved stop and target in one candle, stop nearer",
    {
      candles: [calm, k(1, 100, 102, 99.5, 101.5), k(2, 101.5, 103.5, 100.5, 102)],
      idea: { ...long(103, 97, 60), trailing: { percent: 1 } },
      stops: true
    },
    on(
      gapFills,
      opened(1, 100),
      trailed(2, 100.98),
      withStopAt(100.98, ambiguous([0.98, 3], closed(2, "stop_loss", 100, 100.98, 0.98, -0.5, 2)))
    ),
    on(
      touch,
      opened(1, 100),
      trailed(2, 100.98),
      withStopAt(100.98, ambiguous([0.98, 3], closed(2, "take_profit", 100, 103, 3, -0.5, 3)))
    )
  ),
  ...scenario(
    "moved stop and target in one candle, stop nearer",
    {
      candles: [calm, k(1, 100, 100.5, 98, 98.5), k(2, 98.5, 99.5, 96.5, 98)],
      idea: { ...short(97, 103, 60), trailing: { percent: 1 } },
      stops: true
    },
    on(
      gapFills,
      opened(1, 100),
      trailed(2, 98.98),
      withStopAt(98.98, ambiguous([1.02, 3], closed(2, "stop_loss", 100, 98.98, 1.02, -0.5, 2)))
    ),
    on(
      touch,
      opened(1, 100),
      trailed(2, 98.98),
      withStopAt(98.98, ambiguous([1.02, 3], closed(2, "take_profit", 100, 97, 3, -0.5, 3)))
    )
  ),
  ...scenario(
    "moved stop and target in one candle, target nearer",
    {
      candles: [calm, k(1, 100, 102, 99.5, 101.5), k(2, 101.5, 103, 99.75, 102)],
      idea: { ...long(103, 97, 60), trailing: { percent: 1 } },
      stops: true
    },
    on(
      realistic,
      opened(1, 100),
      trailed(2, 100.98),
      withStopAt(100.98, ambiguous([0.98, 3], closed(2, "stop_loss", 100, 100.98, 0.98, -0.5, 2)))
    ),
    on(
      notRealistic,
      opened(1, 100),
      trailed(2, 100.98),
      withStopAt(100.98, ambiguous([0.98, 3], closed(2, "take_profit", 100, 103, 3, -0.5, 3)))
    )
  ),
  ...scenario(
    "moved stop and target in one candle, target nearer",
    {
      candles: [calm, k(1, 100, 100.5, 98, 98.5), k(2, 98.5, 100.25, 97, 98)],
      idea: { ...short(97, 103, 60), trailing: { percent: 1 } },
      stops: true
    },
    on(
      realistic,
      opened(1, 100),
      trailed(2, 98.98),
      withStopAt(98.98, ambiguous([1.02, 3], closed(2, "stop_loss", 100, 98.98, 1.02, -0.5, 2)))
    ),
    on(
      notRealistic,
      opened(1, 100),
      trailed(2, 98.98),
      withStopAt(98.98, ambiguous([1.02, 3], closed(2, "take_profit", 100, 97, 3, -0.5, 3)))
    )
  ),
  ...scenario(
    "an entry candle filled inside counts its close only",
    {
      candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 100, 101, 98.5, 99.5), k(3, 99.5, 99.6, 98.25, 98.5)],
      idea: { ...long(104, 96, 60, 99), trailing: { percent: 1 } },
      stops: true
    },
    on(
      all,
      scheduled(1, 99),
      opened(2, 99),
      trailed(3, 98.505),
      withStopAt(98.505, closed(3, "stop_loss", 99, 98.505, -0.5, -0.5, 0.5050505051))
    )
  ),
  ...scenario(
    "an entry candle filled inside counts its close only",
    {
      candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 100, 101.5, 99, 100.5), k(3, 100.5, 101.75, 100.4, 101.5)],
      idea: { ...short(96, 104, 60, 101), trailing: { percent: 1 } },
      stops: true
    },
    on(
      all,
      scheduled(1, 101),
      opened(2, 101),
      trailed(3, 101.505),
      withStopAt(101.505, closed(3, "stop_loss", 101, 101.505, -0.5, -0.5, 0.495049505))
    )
  ),
  ...scenario(
    "an entry candle that opens beyond the entry counts in whole",
    {
      candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 98.5, 100, 98, 99.5), k(3, 99.5, 99.75, 98.75, 99)],
      idea: { ...long(104, 95, 60, 99), trailing: { percent: 1 } },
      stops: true
    },
    on(
      gapFills,
      scheduled(1, 99),
      opened(2, 98.5),
      trailed(3, 99),
      withStopAt(99, closed(3, "stop_loss", 98.5, 99, 0.5076142132, -0.5076142132, 1.5228426396))
    ),
    on(
      touch,
      scheduled(1, 99),
      opened(2, 99),
      trailed(3, 99),
      withStopAt(99, closed(3, "stop_loss", 99, 99, 0, -1.0101010101, 1.0101010101))
    )
  ),
  ...scenario(
    "an entry candle that opens beyond the entry counts in whole",
    {
      candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 101.5, 102, 100, 100.5), k(3, 100.5, 101.25, 100.25, 101)],
      idea: { ...short(96, 105, 60, 101), trailing: { percent: 1 } },
      stops: true
    },
    on(
      gapFills,
      scheduled(1, 101),
      opened(2, 101.5),
      trailed(3, 101),
      withStopAt(101, closed(3, "stop_loss", 101.5, 101, 0.4926108374, -0.4926108374, 1.4778325123))
    ),
    on(
      touch,
      scheduled(1, 101),
      opened(2, 101),
      trailed(3, 101),
      withStopAt(101, closed(3, "stop_loss", 101, 101, 0, -0.9900990099, 0.9900990099))
    )
  ),
  ...scenario(
    "expiry comes before a moved stop",
    {
      candles: [calm, k(1, 100, 102, 99.5, 101.5), k(2, 99, 99.5, 98.5, 99)],
      idea: { ...long(110, 97, 1), trailing: { percent: 1 } },
      stops: true
    },
    on(gapFills, opened(1, 100), trailed(2, 100.98), withStopAt(100.98, closed(2, "time_expired", 100, 99, -1, -1, 2))),
    // P of minutes 0 and 1: (100 + (102 + 99.5 + 101.5)/3)/2
    on(
      touch,
      opened(1, 100),
      trailed(2, 100.98),
      withStopAt(100.98, closed(2, "time_expired", 100, 100.5, 0.5, -0.5, 2))
    )
  ),
  ...scenario(
    "expiry comes before a moved stop",
    {
      candles: [calm, k(1, 100, 100.5, 98, 98.5), k(2, 101, 101.5, 100.5, 101)],
      idea: { ...short(90, 103, 1), trailing: { percent: 1 } },
      stops: true
    },
    on(gapFills, opened(1, 100), trailed(2, 98.98), withStopAt(98.98, closed(2, "time_expired", 100, 101, -1, -1, 2))),
    on(touch, opened(1, 100), trailed(2, 98.98), withStopAt(98.98, closed(2, "time_expired", 100, 99.5, 0.5, -0.5, 2)))
  ),
  ...scenario(
    "exit comes before a moved stop",
    {
      candles: [calm, k(1, 100, 102, 99.5, 101.5), k(2, 99, 99.5, 98.5, 99)],
      idea: { ...long(110, 97, 60), trailing: { percent: 1 } },
      exitAt: 2,
      stops: true
    },
    on(all, opened(1, 100), trailed(2, 100.98), withStopAt(100.98, closed(2, "exit", 100, 99, -1, -1, 2)))
  ),
  ...scenario(
    "exit comes before a moved stop",
    {
      candles: [calm, k(1, 100, 100.5, 98, 98.5), k(2, 101, 101.5, 100.5, 101)],
      idea: { ...short(90, 103, 60), trailing: { percent: 1 } },
      exitAt: 2,
      stops: true
    },
    on(all, opened(1, 100), trailed(2, 98.98), withStopAt(98.98, closed(2, "exit", 100, 101, -1, -1, 2)))
  ),
  ...scenario(
    "partial levels measure against the stop as asked",
    {
      candles: [calm, k(1, 100, 101, 99.5, 101), k(2, 101, 101, 99, 99), k(3, 99, 99.25, 98.5, 98.75)],
      idea: { ...long(110, 90, 60), trailing: { percent: 2, activation: 1 } },
      partials: true,
      stops: true
    },
    on(
      all,
      opened(1, 100),
      profit(2, 10, 101),
      trailed(2, 98.98),
      loss(3, 10, 99),
      withStopAt(98.98, closed(3, "stop_loss", 100, 98.98, -1.02, -1.02, 1))
    )
  ),
  ...scenario(
    "partial levels measure against the stop as asked",
    {
      candles: [calm, k(1, 100, 100.5, 99, 99), k(2, 99, 100.9, 99, 100.9), k(3, 100.9, 101.5, 100.75, 101.25)],
      idea: { ...short(90, 108, 60), trailing: { percent: 2, activation: 1 } },
      partials: true,
      stops: true
    },
    on(
      all,
      opened(1, 100),
      profit(2, 10, 99),
      trailed(2, 100.98),
      loss(3, 10, 100.9),
      withStopAt(100.98, closed(3, "stop_loss", 100, 100.98, -0.98, -0.98, 1))
    )
  )
]
