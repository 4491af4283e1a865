import {
  type Row,
  all,
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
 * Limit entries: whether, when and at what price. Worked out by hand; times in minutes.
 * Without costs PnL is 100·(close − open)/open; for a short the sign is turned.
 */
export const limitRows: ReadonlyArray<Row> = [
  ...scenario(
    "rests, fills inside its first candle, target later",
    { candles: [calm, k(1, 100, 100.5, 98.5, 99.5), k(2, 99.5, 103.5, 99, 102)], idea: long(103, 98, 60, 99) },
    on(all, scheduled(1, 99), opened(1, 99), closed(2, "take_profit", 99, 103, 4.0404040404, 0, 4.0404040404))
  ),
  ...scenario(
    "rests, fills inside its first candle, target later",
    { candles: [calm, k(1, 100, 101.5, 99.5, 100.5), k(2, 100.5, 101, 96.5, 98)], idea: short(97, 102, 60, 101) },
    on(all, scheduled(1, 101), opened(1, 101), closed(2, "take_profit", 101, 97, 3.9603960396, 0, 3.9603960396))
  ),
  ...scenario(
    "entry reached exactly, stop later",
    {
      candles: [calm, k(1, 100, 100.5, 99, 100), k(2, 100, 101, 99.5, 100.5), k(3, 100, 100, 97.5, 98)],
      idea: long(103, 98, 60, 99)
    },
    on(all, scheduled(1, 99), opened(1, 99), closed(3, "stop_loss", 99, 98, -1.0101010101, -1.0101010101, 2.0202020202))
  ),
  ...scenario(
    "entry reached exactly, stop later",
    {
      candles: [calm, k(1, 100, 101, 99.5, 100), k(2, 100, 100.5, 99, 99.5), k(3, 100, 102.5, 100, 102)],
      idea: short(97, 102, 60, 101)
    },
    on(
      all,
      scheduled(1, 101),
      opened(1, 101),
      closed(3, "stop_loss", 101, 102, -0.9900990099, -0.9900990099, 1.9801980198)
    )
  ),
  ...scenario(
    "entry missed by a little, then gapped over",
    {
      candles: [calm, k(1, 100, 100.5, 99.01, 100), k(2, 98.5, 99.5, 98.25, 99), k(3, 99, 103, 99, 103)],
      idea: long(103, 98, 60, 99)
    },
    on(
      gapFills,
      scheduled(1, 99),
      opened(2, 98.5),
      closed(3, "take_profit", 98.5, 103, 4.5685279188, -0.2538071066, 4.5685279188)
    ),
    on(
      touch,
      scheduled(1, 99),
      opened(2, 99),
      closed(3, "take_profit", 99, 103, 4.0404040404, -0.7575757576, 4.0404040404)
    )
  ),
  ...scenario(
    "entry missed by a little, then gapped over",
    {
      candles: [calm, k(1, 100, 100.99, 99.5, 100), k(2, 101.5, 101.75, 100.5, 101), k(3, 101, 101, 97, 97)],
      idea: short(97, 102, 60, 101)
    },
    on(
      gapFills,
      scheduled(1, 101),
      opened(2, 101.5),
      closed(3, "take_profit", 101.5, 97, 4.4334975369, -0.2463054187, 4.4334975369)
    ),
    on(
      touch,
      scheduled(1, 101),
      opened(2, 101),
      closed(3, "take_profit", 101, 97, 3.9603960396, -0.7425742574, 3.9603960396)
    )
  ),
  ...scenario(
    "first candle opens beyond the entry",
    { candles: [calm, k(1, 98.5, 99.5, 98.25, 99), k(2, 99, 103.5, 99, 103)], idea: long(103, 98, 60, 99) },
    on(gapFills, opened(1, 98.5), closed(2, "take_profit", 98.5, 103, 4.5685279188, -0.2538071066, 4.5685279188)),
    on(
      touch,
      scheduled(1, 99),
      opened(1, 99),
      closed(2, "take_profit", 99, 103, 4.0404040404, -0.7575757576, 4.0404040404)
    )
  ),
  ...scenario(
    "first candle opens beyond the entry",
    { candles: [calm, k(1, 101.5, 101.75, 100.5, 101), k(2, 101, 101, 96.5, 97)], idea: short(97, 102, 60, 101) },
    on(gapFills, opened(1, 101.5), closed(2, "take_profit", 101.5, 97, 4.4334975369, -0.2463054187, 4.4334975369)),
    on(
      touch,
      scheduled(1, 101),
      opened(1, 101),
      closed(2, "take_profit", 101, 97, 3.9603960396, -0.7425742574, 3.9603960396)
    )
  ),
  ...scenario(
    "first candle opens exactly at the entry",
    { candles: [calm, k(1, 99, 99.5, 98.5, 99), k(2, 99, 103, 99, 103)], idea: long(103, 98, 60, 99) },
    on(gapFills, opened(1, 99), closed(2, "take_profit", 99, 103, 4.0404040404, -0.5050505051, 4.0404040404)),
    on(
      touch,
      scheduled(1, 99),
      opened(1, 99),
      closed(2, "take_profit", 99, 103, 4.0404040404, -0.5050505051, 4.0404040404)
    )
  ),
  ...scenario(
    "first candle opens exactly at the entry",
    { candles: [calm, k(1, 101, 101.5, 100.5, 101), k(2, 101, 101, 97, 97)], idea: short(97, 102, 60, 101) },
    on(gapFills, opened(1, 101), closed(2, "take_profit", 101, 97, 3.9603960396, -0.495049505, 3.9603960396)),
    on(
      touch,
      scheduled(1, 101),
      opened(1, 101),
      closed(2, "take_profit", 101, 97, 3.9603960396, -0.495049505, 3.9603960396)
    )
  ),
  ...scenario(
    "limit exactly at P",
    { candles: [calm, k(1, 100.5, 101, 99.5, 100.5), k(2, 100.5, 103, 100, 103)], idea: long(103, 98, 60, 100) },
    on(gapFills, scheduled(1, 100), opened(1, 100), closed(2, "take_profit", 100, 103, 3, 0, 3)),
    on(touch, opened(1, 100), closed(2, "take_profit", 100, 103, 3, -0.5, 3))
  ),
  ...scenario(
    "limit exactly at P",
    { candles: [calm, k(1, 99.5, 100.5, 99, 99.5), k(2, 99.5, 100, 97, 97)], idea: short(97, 102, 60, 100) },
    on(gapFills, scheduled(1, 100), opened(1, 100), closed(2, "take_profit", 100, 97, 3, 0, 3)),
    on(touch, opened(1, 100), closed(2, "take_profit", 100, 97, 3, -0.5, 3))
  ),
  ...scenario(
    "limit already reached by P",
    { candles: [calm, k(1, 100.5, 101, 99.5, 100.5), k(2, 100.5, 103, 100, 103)], idea: long(103, 98, 60, 101) },
    on(gapFills, opened(1, 100.5), closed(2, "take_profit", 100.5, 103, 2.4875621891, -0.9950248756, 2.4875621891)),
    on(touch, opened(1, 101), closed(2, "take_profit", 101, 103, 1.9801980198, -1.4851485149, 1.9801980198))
  ),
  ...scenario(
    "limit already reached by P",
    { candles: [calm, k(1, 99.5, 100.5, 99, 99.5), k(2, 99.5, 100, 97, 97)], idea: short(97, 102, 60, 99) },
    on(gapFills, opened(1, 99.5), closed(2, "take_profit", 99.5, 97, 2.5125628141, -1.0050251256, 2.5125628141)),
    on(touch, opened(1, 99), closed(2, "take_profit", 99, 97, 2.0202020202, -1.5151515152, 2.0202020202))
  ),
  ...scenario(
    "entry and stop gapped over at once",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 97, 98.5, 96, 98)], idea: long(103, 98, 60, 99) },
    on(gapFills, scheduled(1, 99), opened(2, 97), closed(2, "stop_loss", 97, 97, 0, 0, 0)),
    on(touch, scheduled(1, 99), cancelled(2, "stop_loss"))
  ),
  ...scenario(
    "entry and stop gapped over at once",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 103, 104, 101.5, 102)], idea: short(97, 102, 60, 101) },
    on(gapFills, scheduled(1, 101), opened(2, 103), closed(2, "stop_loss", 103, 103, 0, 0, 0)),
    on(touch, scheduled(1, 101), cancelled(2, "stop_loss"))
  ),
  ...scenario(
    "first candle opens beyond entry and stop",
    { candles: [calm, k(1, 97, 98.5, 96, 98)], idea: long(103, 98, 60, 99) },
    on(gapFills, opened(1, 97), closed(1, "stop_loss", 97, 97, 0, 0, 0)),
    on(touch, scheduled(1, 99), cancelled(1, "stop_loss"))
  ),
  ...scenario(
    "first candle opens beyond entry and stop",
    { candles: [calm, k(1, 103, 104, 101.5, 102)], idea: short(97, 102, 60, 101) },
    on(gapFills, opened(1, 103), closed(1, "stop_loss", 103, 103, 0, 0, 0)),
    on(touch, scheduled(1, 101), cancelled(1, "stop_loss"))
  ),
  ...scenario(
    "opens exactly at the stop with the entry resting",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 98, 104, 97, 103)], idea: long(103, 98, 60, 99) },
    on(gapFills, scheduled(1, 99), opened(2, 98), closed(2, "stop_loss", 98, 98, 0, 0, 0)),
    on(touch, scheduled(1, 99), cancelled(2, "stop_loss"))
  ),
  ...scenario(
    "opens exactly at the stop with the entry resting",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 102, 103, 96, 97)], idea: short(97, 102, 60, 101) },
    on(gapFills, scheduled(1, 101), opened(2, 102), closed(2, "stop_loss", 102, 102, 0, 0, 0)),
    on(touch, scheduled(1, 101), cancelled(2, "stop_loss"))
  ),
  ...scenario(
    "entry gapped over, stop reached",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 98.5, 99, 97.5, 98.75)], idea: long(103, 98, 60, 99) },
    on(gapFills, scheduled(1, 99), opened(2, 98.5), closed(2, "stop_loss", 98.5, 98, -0.5076142132, -0.5076142132, 0)),
    on(touch, scheduled(1, 99), cancelled(2, "stop_loss"))
  ),
  ...scenario(
    "entry gapped over, stop reached",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 101.5, 102.5, 101, 101.25)], idea: short(97, 102, 60, 101) },
    on(
      gapFills,
      scheduled(1, 101),
      opened(2, 101.5),
      closed(2, "stop_loss", 101.5, 102, -0.4926108374, -0.4926108374, 0)
    ),
    on(touch, scheduled(1, 101), cancelled(2, "stop_loss"))
  ),
  ...scenario(
    "entry gapped over, stop and target reached",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 98.5, 103.5, 97.5, 101)], idea: long(103, 98, 60, 99) },
    on(
      gapFills,
      scheduled(1, 99),
      opened(2, 98.5),
      ambiguous([-0.5076142132, 4.5685279188], closed(2, "stop_loss", 98.5, 98, -0.5076142132, -0.5076142132, 0))
    ),
    on(touch, scheduled(1, 99), cancelled(2, "stop_loss"))
  ),
  ...scenario(
    "entry gapped over, stop and target reached",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 101.5, 102.5, 96.5, 99)], idea: short(97, 102, 60, 101) },
    on(
      gapFills,
      scheduled(1, 101),
      opened(2, 101.5),
      ambiguous([-0.4926108374, 4.4334975369], closed(2, "stop_loss", 101.5, 102, -0.4926108374, -0.4926108374, 0))
    ),
    on(touch, scheduled(1, 101), cancelled(2, "stop_loss"))
  ),
  ...scenario(
    "entry gapped over, target reached",
    {
      candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 98.5, 103, 98.25, 101), k(3, 101, 102, 97, 98)],
      idea: long(103, 98, 60, 99)
    },
    on(gapFills, scheduled(1, 99), opened(2, 98.5), closed(2, "take_profit", 98.5, 103, 4.5685279188, 0, 4.5685279188)),
    on(
      touch,
      scheduled(1, 99),
      opened(2, 99),
      closed(3, "stop_loss", 99, 98, -1.0101010101, -1.0101010101, 4.0404040404)
    )
  ),
  ...scenario(
    "entry gapped over, target reached",
    {
      candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 101.5, 101.75, 97, 99), k(3, 99, 103, 98, 102)],
      idea: short(97, 102, 60, 101)
    },
    on(
      gapFills,
      scheduled(1, 101),
      opened(2, 101.5),
      closed(2, "take_profit", 101.5, 97, 4.4334975369, 0, 4.4334975369)
    ),
    on(
      touch,
      scheduled(1, 101),
      opened(2, 101),
      closed(3, "stop_loss", 101, 102, -0.9900990099, -0.9900990099, 3.9603960396)
    )
  )
]
