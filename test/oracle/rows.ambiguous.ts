import {
  type Row,
  all,
  ambiguous,
  calm,
  closed,
  gapFills,
  k,
  notPath,
  long,
  notRealistic,
  on,
  opened,
  path,
  realistic,
  scenario,
  scheduled,
  short,
  touch
} from "./rows.js"

/**
 * Entry candles that leave more than one outcome. Worked out by hand; times in minutes.
 * Without costs PnL is 100·(close − open)/open; for a short the sign is turned.
 */
export const ambiguousRows: ReadonlyArray<Row> = [
  ...scenario(
    "entry candle reaches the target, close short of it, low nearer",
    {
      candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 100, 103.5, 98.5, 102), k(3, 102, 102.5, 97.5, 98)],
      idea: long(103, 98, 60, 99)
    },
    on(
      notPath,
      scheduled(1, 99),
      opened(2, 99),
      ambiguous(
        [-1.0101010101, 4.0404040404],
        closed(3, "stop_loss", 99, 98, -1.0101010101, -1.0101010101, 3.0303030303)
      )
    ),
    on(
      path,
      scheduled(1, 99),
      opened(2, 99),
      ambiguous([4.0404040404, 4.0404040404], closed(2, "take_profit", 99, 103, 4.0404040404, 0, 4.0404040404))
    )
  ),
  ...scenario(
    "entry candle reaches the target, close short of it, low nearer",
    {
      candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 100, 101.5, 96.5, 98), k(3, 98, 102.5, 97.5, 102)],
      idea: short(97, 102, 60, 101)
    },
    on(
      notPath,
      scheduled(1, 101),
      opened(2, 101),
      ambiguous(
        [-0.9900990099, 3.9603960396],
        closed(3, "stop_loss", 101, 102, -0.9900990099, -0.9900990099, 2.9702970297)
      )
    ),
    on(
      path,
      scheduled(1, 101),
      opened(2, 101),
      ambiguous([3.9603960396, 3.9603960396], closed(2, "take_profit", 101, 97, 3.9603960396, 0, 3.9603960396))
    )
  ),
  ...scenario(
    "entry candle reaches the target, close short of it, high nearer",
    {
      candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 102, 103.5, 98.5, 102), k(3, 102, 103, 101.5, 103)],
      idea: long(103, 98, 60, 99)
    },
    on(
      all,
      scheduled(1, 99),
      opened(2, 99),
      ambiguous([4.0404040404, 4.0404040404], closed(3, "take_profit", 99, 103, 4.0404040404, 0, 4.0404040404))
    )
  ),
  ...scenario(
    "entry candle reaches the target, close short of it, high nearer",
    {
      candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 98, 101.5, 96.5, 98), k(3, 98, 98.5, 97, 97)],
      idea: short(97, 102, 60, 101)
    },
    on(
      all,
      scheduled(1, 101),
      opened(2, 101),
      ambiguous([3.9603960396, 3.9603960396], closed(3, "take_profit", 101, 97, 3.9603960396, 0, 3.9603960396))
    )
  ),
  ...scenario(
    "ambiguous entry candle, then both levels in one candle",
    {
      candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 102, 103, 98.5, 102), k(3, 101, 103.5, 97.5, 100)],
      idea: long(103, 98, 60, 99)
    },
    on(
      realistic,
      scheduled(1, 99),
      opened(2, 99),
      ambiguous(
        [-1.0101010101, 4.0404040404],
        closed(3, "stop_loss", 99, 98, -1.0101010101, -1.0101010101, 3.0303030303)
      )
    ),
    on(
      notRealistic,
      scheduled(1, 99),
      opened(2, 99),
      ambiguous([-1.0101010101, 4.0404040404], closed(3, "take_profit", 99, 103, 4.0404040404, 0, 4.0404040404))
    )
  ),
  ...scenario(
    "ambiguous entry candle, then both levels in one candle",
    {
      candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 98, 101.5, 97, 98), k(3, 99, 102.5, 96.5, 100)],
      idea: short(97, 102, 60, 101)
    },
    on(
      realistic,
      scheduled(1, 101),
      opened(2, 101),
      ambiguous(
        [-0.9900990099, 3.9603960396],
        closed(3, "stop_loss", 101, 102, -0.9900990099, -0.9900990099, 2.9702970297)
      )
    ),
    on(
      notRealistic,
      scheduled(1, 101),
      opened(2, 101),
      ambiguous([-0.9900990099, 3.9603960396], closed(3, "take_profit", 101, 97, 3.9603960396, 0, 3.9603960396))
    )
  ),
  ...scenario(
    "ambiguous entry candle, then the frame's end",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 102, 103, 98.5, 102)], idea: long(103, 98, 60, 99), end: 3 },
    on(
      gapFills,
      scheduled(1, 99),
      opened(2, 99),
      ambiguous([3.0303030303, 4.0404040404], closed(3, "frame_end", 99, 102, 3.0303030303, 0, 3.0303030303))
    ),
    on(
      touch,
      scheduled(1, 99),
      opened(2, 99),
      // P = (100 + 100 + (103 + 98.5 + 102)/3)/3, reflected for a short
      ambiguous([1.4029180696, 4.0404040404], closed(3, "frame_end", 99, 100.3888888889, 1.4029180696, 0, 3.0303030303))
    )
  ),
  ...scenario(
    "ambiguous entry candle, then the frame's end",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 98, 101.5, 97, 98)], idea: short(97, 102, 60, 101), end: 3 },
    on(
      gapFills,
      scheduled(1, 101),
      opened(2, 101),
      ambiguous([2.9702970297, 3.9603960396], closed(3, "frame_end", 101, 98, 2.9702970297, 0, 2.9702970297))
    ),
    on(
      touch,
      scheduled(1, 101),
      opened(2, 101),
      // P = (100 + 100 + (103 + 98.5 + 102)/3)/3, reflected for a short
      ambiguous([1.3751375138, 3.9603960396], closed(3, "frame_end", 101, 99.6111111111, 1.3751375138, 0, 2.9702970297))
    )
  )
]
