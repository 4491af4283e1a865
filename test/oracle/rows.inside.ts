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
  path,
  scenario,
  scheduled,
  short,
  touch
} from "./rows.js"

/**
 * The entry candle of a limit entry. Worked out by hand; times in minutes.
 * Without costs PnL is 100·(close − open)/open; for a short the sign is turned.
 */
export const insideRows: ReadonlyArray<Row> = [
  ...scenario(
    "resting entry and stop in one candle",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 100, 100.5, 97.5, 98.5)], idea: long(103, 98, 60, 99) },
    on(gapFills, scheduled(1, 99), opened(2, 99), closed(2, "stop_loss", 99, 98, -1.0101010101, -1.0101010101, 0)),
    on(touch, scheduled(1, 99), cancelled(2, "stop_loss"))
  ),
  ...scenario(
    "resting entry and stop in one candle",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 100, 102.5, 99.5, 101.5)], idea: short(97, 102, 60, 101) },
    on(gapFills, scheduled(1, 101), opened(2, 101), closed(2, "stop_loss", 101, 102, -0.9900990099, -0.9900990099, 0)),
    on(touch, scheduled(1, 101), cancelled(2, "stop_loss"))
  ),
  ...scenario(
    "resting entry and stop in one candle, exactly",
    { candles: [calm, k(1, 100, 100.5, 98, 100)], idea: long(103, 98, 60, 99) },
    on(gapFills, scheduled(1, 99), opened(1, 99), closed(1, "stop_loss", 99, 98, -1.0101010101, -1.0101010101, 0)),
    on(touch, scheduled(1, 99), cancelled(1, "stop_loss"))
  ),
  ...scenario(
    "resting entry and stop in one candle, exactly",
    { candles: [calm, k(1, 100, 102, 99.5, 100)], idea: short(97, 102, 60, 101) },
    on(gapFills, scheduled(1, 101), opened(1, 101), closed(1, "stop_loss", 101, 102, -0.9900990099, -0.9900990099, 0)),
    on(touch, scheduled(1, 101), cancelled(1, "stop_loss"))
  ),
  ...scenario(
    "entry candle reaches the target, close at it",
    {
      candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 100, 103.5, 98.5, 103), k(3, 103, 103.5, 102, 102.5)],
      idea: long(103, 98, 60, 99)
    },
    on(gapFills, scheduled(1, 99), opened(2, 99), closed(2, "take_profit", 99, 103, 4.0404040404, 0, 4.0404040404)),
    on(touch, scheduled(1, 99), opened(2, 99), closed(3, "take_profit", 99, 103, 4.0404040404, 0, 4.0404040404))
  ),
  ...scenario(
    "entry candle reaches the target, close at it",
    {
      candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 100, 101.5, 96.5, 97), k(3, 97, 98, 96.5, 97.5)],
      idea: short(97, 102, 60, 101)
    },
    on(gapFills, scheduled(1, 101), opened(2, 101), closed(2, "take_profit", 101, 97, 3.9603960396, 0, 3.9603960396)),
    on(touch, scheduled(1, 101), opened(2, 101), closed(3, "take_profit", 101, 97, 3.9603960396, 0, 3.9603960396))
  ),
  ...scenario(
    "entry candle reaches the target first, close beyond it",
    {
      candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 102, 104, 98.5, 103.25), k(3, 102.5, 102.5, 97.5, 98)],
      idea: long(103, 98, 60, 99)
    },
    on(gapFills, scheduled(1, 99), opened(2, 99), closed(2, "take_profit", 99, 103, 4.0404040404, 0, 4.0404040404)),
    on(
      touch,
      scheduled(1, 99),
      opened(2, 99),
      closed(3, "stop_loss", 99, 98, -1.0101010101, -1.0101010101, 4.2929292929)
    )
  ),
  ...scenario(
    "entry candle reaches the target first, close beyond it",
    {
      candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 98, 101.5, 96, 96.75), k(3, 97.5, 102.5, 97.5, 102)],
      idea: short(97, 102, 60, 101)
    },
    on(gapFills, scheduled(1, 101), opened(2, 101), closed(2, "take_profit", 101, 97, 3.9603960396, 0, 3.9603960396)),
    on(
      touch,
      scheduled(1, 101),
      opened(2, 101),
      closed(3, "stop_loss", 101, 102, -0.9900990099, -0.9900990099, 4.2079207921)
    )
  ),
  ...scenario(
    "entry, stop and target in one candle, low nearer",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 100, 103.5, 97.5, 102)], idea: long(103, 98, 60, 99) },
    on(
      gapFills,
      scheduled(1, 99),
      opened(2, 99),
      ambiguous([-1.0101010101, 4.0404040404], closed(2, "stop_loss", 99, 98, -1.0101010101, -1.0101010101, 0))
    ),
    on(touch, scheduled(1, 99), cancelled(2, "stop_loss"))
  ),
  ...scenario(
    "entry, stop and target in one candle, low nearer",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 100, 102.5, 96.5, 98)], idea: short(97, 102, 60, 101) },
    on(
      gapFills,
      scheduled(1, 101),
      opened(2, 101),
      ambiguous([-0.9900990099, 3.9603960396], closed(2, "stop_loss", 101, 102, -0.9900990099, -0.9900990099, 0))
    ),
    on(touch, scheduled(1, 101), cancelled(2, "stop_loss"))
  ),
  ...scenario(
    "entry, stop and target in one candle, close beyond the target",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 101, 103.5, 97.5, 103.25)], idea: long(103, 98, 60, 99) },
    on(
      gapFills,
      scheduled(1, 99),
      opened(2, 99),
      ambiguous([-1.0101010101, 4.0404040404], closed(2, "stop_loss", 99, 98, -1.0101010101, -1.0101010101, 0))
    ),
    on(touch, scheduled(1, 99), cancelled(2, "stop_loss"))
  ),
  ...scenario(
    "entry, stop and target in one candle, close beyond the target",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 99, 102.5, 96.5, 96.75)], idea: short(97, 102, 60, 101) },
    on(
      gapFills,
      scheduled(1, 101),
      opened(2, 101),
      ambiguous([-0.9900990099, 3.9603960396], closed(2, "stop_loss", 101, 102, -0.9900990099, -0.9900990099, 0))
    ),
    on(touch, scheduled(1, 101), cancelled(2, "stop_loss"))
  ),
  ...scenario(
    "path on the entry candle, extremes equally near: low first",
    { candles: [calm, k(1, 101, 103.5, 98.5, 102), k(2, 102, 102.5, 97.5, 98)], idea: long(103, 98, 60, 99) },
    on(
      path,
      scheduled(1, 99),
      opened(1, 99),
      ambiguous([4.0404040404, 4.0404040404], closed(1, "take_profit", 99, 103, 4.0404040404, 0, 4.0404040404))
    )
  ),
  ...scenario(
    "path on the entry candle, extremes equally near: low first",
    { candles: [calm, k(1, 99, 101.5, 96.5, 98), k(2, 98, 102.5, 97.5, 102)], idea: short(97, 102, 60, 101) },
    on(
      path,
      scheduled(1, 101),
      opened(1, 101),
      // low first: the target was passed before the entry
      ambiguous(
        [-0.9900990099, 3.9603960396],
        closed(2, "stop_loss", 101, 102, -0.9900990099, -0.9900990099, 2.9702970297)
      )
    )
  )
]
