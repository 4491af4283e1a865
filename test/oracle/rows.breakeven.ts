import {
  type Row,
  all,
  calm,
  closed,
  evened,
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
 * Breakeven stops, alone and with a trailing one (times in minutes), worked out by hand. A stop moves at a candle's close, in the table the next minute.
 * Without costs PnL is 100·(close − open)/open; for a short the sign is turned.
 */
export const breakevenRows: ReadonlyArray<Row> = [
  ...scenario(
    "breakeven with costs comes out at nothing",
    {
      candles: [calm, k(1, 100, 100.9, 99.5, 100.5), k(2, 100.5, 101, 100.25, 100.75), k(3, 100.75, 100.9, 100, 100.2)],
      idea: { ...long(110, 97, 60), breakeven: { after: 1 } },
      settings: { slippage: 0.1, fee: 0.1 },
      stops: true
    },
    // 100·1.001·(100.1/99.9)/0.999 = 100·100.2001/99.8001
    on(
      gapFills,
      opened(1, 100),
      evened(3, 100.4008012016),
      withStopAt(100.4008012016, closed(3, "stop_loss", 100, 100.4008012016, 0, -0.5, 1))
    ),
    // 100·1.001·1.002/0.999
    on(
      touch,
      opened(1, 100),
      evened(3, 100.4006006006),
      withStopAt(100.4006006006, closed(3, "stop_loss", 100, 100.4006006006, 0, -0.5, 1))
    )
  ),
  ...scenario(
    "breakeven with costs comes out at nothing",
    {
      candles: [calm, k(1, 100, 100.5, 99.1, 99.5), k(2, 99.5, 99.75, 99, 99.25), k(3, 99.25, 100, 99.1, 99.8)],
      idea: { ...short(90, 103, 60), breakeven: { after: 1 } },
      settings: { slippage: 0.1, fee: 0.1 },
      stops: true
    },
    // 100·0.999·(99.9/100.1)/1.001 = 100·99.8001/100.2001
    on(
      gapFills,
      opened(1, 100),
      evened(3, 99.6007988016),
      withStopAt(99.6007988016, closed(3, "stop_loss", 100, 99.6007988016, 0, -0.5, 1))
    ),
    // 100·0.999·0.998/1.001
    on(
      touch,
      opened(1, 100),
      evened(3, 99.6005994006),
      withStopAt(99.6005994006, closed(3, "stop_loss", 100, 99.6005994006, 0, -0.5, 1))
    )
  ),
  ...scenario(
    "breakeven without costs is the fill, reached exactly",
    {
      candles: [calm, k(1, 100, 100.5, 99.5, 100.25), k(2, 100.25, 100.4, 100, 100.2)],
      idea: { ...long(110, 97, 60), breakeven: { after: 0.5 } },
      stops: true
    },
    on(all, opened(1, 100), evened(2, 100), withStopAt(100, closed(2, "stop_loss", 100, 100, 0, -0.5, 0.5)))
  ),
  ...scenario(
    "breakeven without costs is the fill, reached exactly",
    {
      candles: [calm, k(1, 100, 100.5, 99.5, 99.75), k(2, 99.75, 100, 99.6, 99.8)],
      idea: { ...short(90, 103, 60), breakeven: { after: 0.5 } },
      stops: true
    },
    on(all, opened(1, 100), evened(2, 100), withStopAt(100, closed(2, "stop_loss", 100, 100, 0, -0.5, 0.5)))
  ),
  ...scenario(
    "both rules: the tighter wins, and none loosens",
    {
      candles: [
        calm,
        k(1, 100, 100.5, 99.5, 100.25),
        k(2, 100.25, 101.5, 100.1, 101.25),
        k(3, 101.25, 102, 100.5, 101.5),
        k(4, 101.5, 103, 101, 102.5),
        k(5, 102.5, 102.75, 100.5, 101)
      ],
      idea: { ...long(110, 97, 60), trailing: { percent: 2 }, breakeven: { after: 1 } },
      stops: true
    },
    // trailing alone: 98.49, 99.47, 99.96, 100.94
    on(
      all,
      opened(1, 100),
      trailed(2, 98.49),
      evened(3, 100),
      trailed(5, 100.94),
      withStopAt(100.94, closed(5, "stop_loss", 100, 100.94, 0.94, -0.5, 3))
    )
  ),
  ...scenario(
    "both rules: the tighter wins, and none loosens",
    {
      candles: [
        calm,
        k(1, 100, 100.5, 99.5, 99.75),
        k(2, 99.75, 99.9, 98.5, 98.75),
        k(3, 98.75, 99.5, 98.1, 98.5),
        k(4, 98.5, 99, 97, 97.5),
        k(5, 97.5, 99.5, 97.25, 99)
      ],
      idea: { ...short(90, 103, 60), trailing: { percent: 2 }, breakeven: { after: 1 } },
      stops: true
    },
    // trailing alone: 101.49, 100.47, 100.062, 98.94
    on(
      all,
      opened(1, 100),
      trailed(2, 101.49),
      evened(3, 100),
      trailed(5, 98.94),
      withStopAt(98.94, closed(5, "stop_loss", 100, 98.94, 1.06, -0.5, 3))
    )
  ),
  ...scenario(
    "a breakeven of 0.4 % does not cover a long's costs",
    {
      candles: [calm, k(1, 100, 101, 99.5, 100.5)],
      idea: { ...long(110, 97, 60), breakeven: { after: 0.4 } },
      settings: { slippage: 0.1, fee: 0.1 },
      stops: true
    },
    on(all, rejected(1, "stop_rule"))
  ),
  ...scenario(
    "a breakeven of 0.4 % covers a short's costs",
    {
      candles: [calm, k(1, 100, 103, 99.7, 102.5)],
      idea: { ...short(90, 103, 60), breakeven: { after: 0.4 } },
      settings: { slippage: 0.1, fee: 0.1 },
      stops: true
    },
    on(gapFills, opened(1, 100), closed(1, "stop_loss", 100, 103, -3.4094124124, -3, 0)),
    on(touch, opened(1, 100), closed(1, "stop_loss", 100, 103, -3.4062062062, -3, 0))
  ),
  ...scenario(
    "a trailing distance of nothing, and a breakeven before any gain",
    {
      candles: [calm, k(1, 100, 101, 99.5, 100.5)],
      idea: { ...long(110, 97, 60), trailing: { percent: 0 }, breakeven: { after: 0 } },
      stops: true
    },
    on(all, rejected(1, "stop_rule"))
  )
]
