import {
  type Row,
  ambiguous,
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
 * Slippage and fees. Worked out by hand; times in minutes.
 * Without costs PnL is 100·(close − open)/open; for a short the sign is turned.
 */
export const costsRows: ReadonlyArray<Row> = [
  ...scenario(
    "default costs, target",
    { candles: [calm, k(1, 100, 103, 99, 102)], idea: long(103, 98, 60), settings: { slippage: 0.1, fee: 0.1 } },
    on(gapFills, opened(1, 100), closed(1, "take_profit", 100, 103, 2.5914115884, 0, 3)),
    on(touch, opened(1, 100), closed(1, "take_profit", 100, 103, 2.5942057942, 0, 3))
  ),
  ...scenario(
    "default costs, target",
    { candles: [calm, k(1, 100, 101, 97, 98)], idea: short(97, 102, 60), settings: { slippage: 0.1, fee: 0.1 } },
    on(gapFills, opened(1, 100), closed(1, "take_profit", 100, 97, 2.6086116116, 0, 3)),
    on(touch, opened(1, 100), closed(1, "take_profit", 100, 97, 2.6058058058, 0, 3))
  ),
  ...scenario(
    "default costs, stop",
    { candles: [calm, k(1, 100, 101, 98, 99)], idea: long(103, 98, 60), settings: { slippage: 0.1, fee: 0.1 } },
    on(gapFills, opened(1, 100), closed(1, "stop_loss", 100, 98, -2.3936083916, -2, 0)),
    on(touch, opened(1, 100), closed(1, "stop_loss", 100, 98, -2.3958041958, -2, 0))
  ),
  ...scenario(
    "default costs, stop",
    { candles: [calm, k(1, 100, 102, 99, 101)], idea: short(97, 102, 60), settings: { slippage: 0.1, fee: 0.1 } },
    on(gapFills, opened(1, 100), closed(1, "stop_loss", 100, 102, -2.4064084084, -2, 0)),
    on(touch, opened(1, 100), closed(1, "stop_loss", 100, 102, -2.4042042042, -2, 0))
  ),
  ...scenario(
    "default costs, both levels",
    { candles: [calm, k(1, 100, 104, 97, 101)], idea: long(103, 98, 60), settings: { slippage: 0.1, fee: 0.1 } },
    on(
      gapFills,
      opened(1, 100),
      ambiguous([-2.3936083916, 2.5914115884], closed(1, "stop_loss", 100, 98, -2.3936083916, -2, 0))
    ),
    on(
      touch,
      opened(1, 100),
      ambiguous([-2.3958041958, 2.5942057942], closed(1, "take_profit", 100, 103, 2.5942057942, 0, 3))
    )
  ),
  ...scenario(
    "default costs, both levels",
    { candles: [calm, k(1, 100, 103, 96, 99)], idea: short(97, 102, 60), settings: { slippage: 0.1, fee: 0.1 } },
    on(
      gapFills,
      opened(1, 100),
      ambiguous([-2.4064084084, 2.6086116116], closed(1, "stop_loss", 100, 102, -2.4064084084, -2, 0))
    ),
    on(
      touch,
      opened(1, 100),
      ambiguous([-2.4042042042, 2.6058058058], closed(1, "take_profit", 100, 97, 2.6058058058, 0, 3))
    )
  ),
  ...scenario(
    "default costs, entry and stop at one open",
    {
      candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 97, 98.5, 96, 98)],
      idea: long(103, 98, 60, 99),
      settings: { slippage: 0.1, fee: 0.1 }
    },
    on(gapFills, scheduled(1, 99), opened(2, 97), closed(2, "stop_loss", 97, 97, -0.3996003996, 0, 0)),
    on(touch, scheduled(1, 99), cancelled(2, "stop_loss"))
  ),
  ...scenario(
    "default costs, entry and stop at one open",
    {
      candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 103, 104, 101.5, 102)],
      idea: short(97, 102, 60, 101),
      settings: { slippage: 0.1, fee: 0.1 }
    },
    on(gapFills, scheduled(1, 101), opened(2, 103), closed(2, "stop_loss", 103, 103, -0.4004004004, 0, 0)),
    on(touch, scheduled(1, 101), cancelled(2, "stop_loss"))
  ),
  ...scenario(
    "uneven costs: slippage 0.05, fee 0.2",
    { candles: [calm, k(1, 100, 103, 99, 102)], idea: long(103, 98, 60), settings: { slippage: 0.05, fee: 0.2 } },
    on(gapFills, opened(1, 100), closed(1, "take_profit", 100, 103, 2.4912573713, 0, 3)),
    on(touch, opened(1, 100), closed(1, "take_profit", 100, 103, 2.4970514743, 0, 3))
  ),
  ...scenario(
    "uneven costs: slippage 0.05, fee 0.2",
    { candles: [calm, k(1, 100, 101, 97, 98)], idea: short(97, 102, 60), settings: { slippage: 0.05, fee: 0.2 } },
    on(gapFills, opened(1, 100), closed(1, "take_profit", 100, 97, 2.5087573787, 0, 3)),
    on(touch, opened(1, 100), closed(1, "take_profit", 100, 97, 2.5029514757, 0, 3))
  ),
  ...scenario(
    "check value 42000 → 43000",
    {
      candles: [k(0, 42000, 42000, 42000, 42000), k(1, 42000, 43000, 41900, 42900)],
      idea: long(43000, 41000, 60),
      settings: { slippage: 0.1, fee: 0.1 }
    },
    on(
      touch,
      opened(1, 42000),
      // o′ 42042, c′ 42957; 100·915/42042 − 0.2
      closed(1, "take_profit", 42000, 43000, 1.9763950335, 0, 2.380952381)
    )
  ),
  ...scenario(
    "check value 42000 → 43000",
    {
      candles: [k(0, 42000, 42000, 42000, 42000), k(1, 42000, 43000, 41900, 42900)],
      idea: long(43000, 41000, 60),
      settings: { slippage: 0.1, fee: 0.1 }
    },
    on(
      gapFills,
      opened(1, 42000),
      // o′ 42042, c′ 42957; 100·915/42042 − 0.1·(1 + 42957/42042)
      closed(1, "take_profit", 42000, 43000, 1.9742186385, 0, 2.380952381)
    )
  ),
  ...scenario(
    "check value 51118.32580642811 → 51629.50906449239",
    {
      candles: [k(0, 51119, 51119, 51119, 51119), k(1, 51000, 51700, 50900, 51500)],
      idea: short(50000, 51629.5090644924, 60, 51118.3258064281),
      settings: { slippage: 0.1, fee: 0.1 }
    },
    on(
      touch,
      opened(1, 51118.3258064281),
      // o′ = o·0.999, c′ = c·1.001; 100·(o′ − c′)/o′ − 0.2
      closed(1, "stop_loss", 51118.3258064281, 51629.5090644924, -1.4022022022, -1, 0)
    )
  ),
  ...scenario(
    "check value 51118.32580642811 → 51629.50906449239",
    {
      candles: [k(0, 51000, 51000, 51000, 51000), k(1, 51000, 51200, 50900, 51000), k(2, 51000, 51700, 50900, 51500)],
      idea: short(50000, 51629.5090644924, 60, 51118.3258064281),
      settings: { slippage: 0.1, fee: 0.1 }
    },
    on(
      gapFills,
      scheduled(1, 51118.3258064281),
      opened(1, 51118.3258064281),
      // o′ = o·0.999, c′ = c·1.001; 100·(o′ − c′)/o′ − 0.1·(1 + c′/o′)
      closed(2, "stop_loss", 51118.3258064281, 51629.5090644924, -1.4034044044, -1, 0.2314743383)
    )
  )
]
