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
  rejected,
  scenario,
  short,
  touch,
  trailed,
  withStopAt
} from "./rows.js"

/**
 * Trailing stops (times in minutes), worked out by hand. A stop moves at a candle's close, in the table the next minute.
 * Without costs PnL is 100·(close − open)/open; for a short the sign is turned.
 */
export const trailingRows: ReadonlyArray<Row> = [
  ...scenario(
    "trailing by percent: each better price tightens, then stopped",
    {
      candles: [
        calm,
        k(1, 100, 101, 99.5, 100.5),
        k(2, 100.5, 102, 100.25, 101.5),
        k(3, 101.5, 101.75, 101.25, 101.5),
        k(4, 101.5, 101.75, 100.5, 100.75)
      ],
      idea: { ...long(110, 97, 60), trailing: { percent: 1 } },
      stops: true
    },
    on(
      all,
      opened(1, 100),
      trailed(2, 99.99),
      trailed(3, 100.98),
      withStopAt(100.98, closed(4, "stop_loss", 100, 100.98, 0.98, -0.5, 2))
    )
  ),
  ...scenario(
    "trailing by percent: each better price tightens, then stopped",
    {
      candles: [
        calm,
        k(1, 100, 100.5, 99, 99.5),
        k(2, 99.5, 99.75, 98, 98.5),
        k(3, 98.5, 98.75, 98.25, 98.5),
        k(4, 98.5, 99.5, 98.25, 99.25)
      ],
      idea: { ...short(90, 103, 60), trailing: { percent: 1 } },
      stops: true
    },
    on(
      all,
      opened(1, 100),
      trailed(2, 99.99),
      trailed(3, 98.98),
      withStopAt(98.98, closed(4, "stop_loss", 100, 98.98, 1.02, -0.5, 2))
    )
  ),
  ...scenario(
    "trailing by distance, reached exactly",
    {
      candles: [calm, k(1, 100, 100.5, 99, 100), k(2, 100, 103, 99.5, 102.5), k(3, 102.5, 102.75, 101.5, 102)],
      idea: { ...long(110, 97, 60), trailing: { distance: 1.5 } },
      stops: true
    },
    on(
      all,
      opened(1, 100),
      trailed(2, 99),
      trailed(3, 101.5),
      withStopAt(101.5, closed(3, "stop_loss", 100, 101.5, 1.5, -1, 3))
    )
  ),
  ...scenario(
    "trailing by distance, reached exactly",
    {
      candles: [calm, k(1, 100, 101, 99.5, 100), k(2, 100, 100.5, 97, 97.5), k(3, 97.5, 98.5, 97.25, 98)],
      idea: { ...short(90, 103, 60), trailing: { distance: 1.5 } },
      stops: true
    },
    on(
      all,
      opened(1, 100),
      trailed(2, 101),
      trailed(3, 98.5),
      withStopAt(98.5, closed(3, "stop_loss", 100, 98.5, 1.5, -1, 3))
    )
  ),
  ...scenario(
    "activation not reached",
    {
      candles: [calm, k(1, 100, 101.9, 99.5, 101.5), k(2, 101.5, 101.75, 96.5, 97)],
      idea: { ...long(110, 97, 60), trailing: { percent: 1, activation: 2 } },
      stops: true
    },
    on(all, opened(1, 100), closed(2, "stop_loss", 100, 97, -3, -3, 1.9))
  ),
  ...scenario(
    "activation not reached",
    {
      candles: [calm, k(1, 100, 100.5, 98.1, 98.5), k(2, 98.5, 103.5, 98.25, 103)],
      idea: { ...short(90, 103, 60), trailing: { percent: 1, activation: 2 } },
      stops: true
    },
    on(all, opened(1, 100), closed(2, "stop_loss", 100, 103, -3, -3, 1.9))
  ),
  ...scenario(
    "activation reached exactly",
    {
      candles: [calm, k(1, 100, 102, 99.5, 101.5), k(2, 101.5, 101.75, 100.5, 101)],
      idea: { ...long(110, 97, 60), trailing: { percent: 1, activation: 2 } },
      stops: true
    },
    on(all, opened(1, 100), trailed(2, 100.98), withStopAt(100.98, closed(2, "stop_loss", 100, 100.98, 0.98, -0.5, 2)))
  ),
  ...scenario(
    "activation reached exactly",
    {
      candles: [calm, k(1, 100, 100.5, 98, 98.5), k(2, 98.5, 99.5, 98.25, 99)],
      idea: { ...short(90, 103, 60), trailing: { percent: 1, activation: 2 } },
      stops: true
    },
    on(all, opened(1, 100), trailed(2, 98.98), withStopAt(98.98, closed(2, "stop_loss", 100, 98.98, 1.02, -0.5, 2)))
  ),
  ...scenario(
    "open beyond a moved stop",
    {
      candles: [calm, k(1, 100, 102, 99.5, 101.5), k(2, 99, 99.5, 98.5, 99)],
      idea: { ...long(110, 97, 60), trailing: { percent: 1 } },
      stops: true
    },
    on(gapFills, opened(1, 100), trailed(2, 100.98), withStopAt(100.98, closed(2, "stop_loss", 100, 99, -1, -1, 2))),
    on(
      touch,
      opened(1, 100),
      trailed(2, 100.98),
      withStopAt(100.98, closed(2, "stop_loss", 100, 100.98, 0.98, -0.5, 2))
    )
  ),
  ...scenario(
    "open beyond a moved stop",
    {
      candles: [calm, k(1, 100, 100.5, 98, 98.5), k(2, 101, 101.5, 100.5, 101)],
      idea: { ...short(90, 103, 60), trailing: { percent: 1 } },
      stops: true
    },
    on(gapFills, opened(1, 100), trailed(2, 98.98), withStopAt(98.98, closed(2, "stop_loss", 100, 101, -1, -1, 2))),
    on(touch, opened(1, 100), trailed(2, 98.98), withStopAt(98.98, closed(2, "stop_loss", 100, 98.98, 1.02, -0.5, 2)))
  ),
  ...scenario(
    "moved beyond the close: the next open decides",
    {
      candles: [calm, k(1, 100, 102, 99.5, 100), k(2, 100, 100.5, 99.75, 100.25)],
      idea: { ...long(110, 97, 60), trailing: { percent: 1 } },
      stops: true
    },
    on(gapFills, opened(1, 100), trailed(2, 100.98), withStopAt(100.98, closed(2, "stop_loss", 100, 100, 0, -0.5, 2))),
    on(
      touch,
      opened(1, 100),
      trailed(2, 100.98),
      withStopAt(100.98, closed(2, "stop_loss", 100, 100.98, 0.98, -0.5, 2))
    )
  ),
  ...scenario(
    "moved beyond the close: the next open decides",
    {
      candles: [calm, k(1, 100, 100.5, 98, 100), k(2, 100, 100.25, 99.5, 99.75)],
      idea: { ...short(90, 103, 60), trailing: { percent: 1 } },
      stops: true
    },
    on(gapFills, opened(1, 100), trailed(2, 98.98), withStopAt(98.98, closed(2, "stop_loss", 100, 100, 0, -0.5, 2))),
    on(touch, opened(1, 100), trailed(2, 98.98), withStopAt(98.98, closed(2, "stop_loss", 100, 98.98, 1.02, -0.5, 2)))
  ),
  ...scenario(
    "a rule looser than the stop as asked moves nothing",
    {
      candles: [calm, k(1, 100, 101, 99.5, 100.5), k(2, 100.5, 100.75, 96.5, 97)],
      idea: { ...long(110, 97, 60), trailing: { percent: 5 } },
      stops: true
    },
    on(all, opened(1, 100), closed(2, "stop_loss", 100, 97, -3, -3, 1))
  ),
  ...scenario(
    "a rule looser than the stop as asked moves nothing",
    {
      candles: [calm, k(1, 100, 100.5, 99, 99.5), k(2, 99.5, 103.5, 99.25, 103)],
      idea: { ...short(90, 103, 60), trailing: { percent: 5 } },
      stops: true
    },
    on(all, opened(1, 100), closed(2, "stop_loss", 100, 103, -3, -3, 1))
  ),
  ...scenario(
    "a stop trailed to where it is has not moved",
    {
      candles: [calm, k(1, 100, 100, 99.5, 99.75), k(2, 99.75, 100, 98.5, 99)],
      idea: { ...long(110, 99, 60), trailing: { percent: 1 } },
      stops: true
    },
    on(all, opened(1, 100), closed(2, "stop_loss", 100, 99, -1, -1, 0))
  ),
  ...scenario(
    "a stop trailed to where it is has not moved",
    {
      candles: [calm, k(1, 100, 100.5, 100, 100.25), k(2, 100.25, 101.5, 100, 101)],
      idea: { ...short(90, 101, 60), trailing: { percent: 1 } },
      stops: true
    },
    on(all, opened(1, 100), closed(2, "stop_loss", 100, 101, -1, -1, 0))
  ),
  ...scenario(
    "trailing begins at the fill",
    {
      candles: [calm, k(1, 100, 100, 98.5, 98.75), k(2, 99.25, 99.5, 98.75, 99)],
      idea: { ...long(110, 97, 60), trailing: { percent: 1 } },
      stops: true
    },
    on(all, opened(1, 100), trailed(2, 99), withStopAt(99, closed(2, "stop_loss", 100, 99, -1, -1.5, 0)))
  ),
  ...scenario(
    "trailing begins at the fill",
    {
      candles: [calm, k(1, 100, 101.5, 100, 101.25), k(2, 100.75, 101.25, 100.5, 101)],
      idea: { ...short(90, 103, 60), trailing: { percent: 1 } },
      stops: true
    },
    on(all, opened(1, 100), trailed(2, 101), withStopAt(101, closed(2, "stop_loss", 100, 101, -1, -1.5, 0)))
  ),
  ...scenario(
    "the candle that moves the stop does not feel it",
    {
      candles: [calm, k(1, 100, 103, 98, 102.5), k(2, 102.5, 105, 102.25, 104.5)],
      idea: { ...long(105, 97, 60), trailing: { percent: 1 } },
      stops: true
    },
    on(all, opened(1, 100), trailed(2, 101.97), withStopAt(101.97, closed(2, "take_profit", 100, 105, 5, -2, 5)))
  ),
  ...scenario(
    "the candle that moves the stop does not feel it",
    {
      candles: [calm, k(1, 100, 102, 97, 97.5), k(2, 97.5, 97.75, 95, 95.5)],
      idea: { ...short(95, 103, 60), trailing: { percent: 1 } },
      stops: true
    },
    on(all, opened(1, 100), trailed(2, 97.97), withStopAt(97.97, closed(2, "take_profit", 100, 95, 5, -2, 5)))
  ),
  ...scenario(
    "a trailing distance of everything",
    {
      candles: [calm, k(1, 100, 101, 99.5, 100.5)],
      idea: { ...short(90, 103, 60), trailing: { percent: 100 } },
      stops: true
    },
    on(all, rejected(1, "stop_rule"))
  )
]
