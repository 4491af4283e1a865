import {
  type Row,
  all,
  ambiguous,
  calm,
  closed,
  gapFills,
  k,
  long,
  on,
  opened,
  path,
  realistic,
  rejected,
  scenario,
  short,
  touch
} from "./rows.js"

/**
 * Market entries, and the levels of an open position. Worked out by hand; times in minutes.
 * Without costs PnL is 100·(close − open)/open; for a short the sign is turned.
 */
export const marketRows: ReadonlyArray<Row> = [
  ...scenario(
    "market entry with a gap before it",
    { candles: [calm, k(4, 100.5, 101, 100, 100.5), k(5, 100.5, 103.5, 100.5, 103)], idea: long(103, 98, 60) },
    on(gapFills, opened(4, 100.5), closed(5, "take_profit", 100.5, 103, 2.4875621891, -0.4975124378, 2.4875621891)),
    on(touch, opened(1, 100), closed(5, "take_profit", 100, 103, 3, 0, 3))
  ),
  ...scenario(
    "market entry with a gap before it",
    { candles: [calm, k(4, 99.5, 100, 99, 99.5), k(5, 99.5, 99.5, 96.5, 97)], idea: short(97, 102, 60) },
    on(gapFills, opened(4, 99.5), closed(5, "take_profit", 99.5, 97, 2.5125628141, -0.5025125628, 2.5125628141)),
    on(touch, opened(1, 100), closed(5, "take_profit", 100, 97, 3, 0, 3))
  ),
  ...scenario(
    "market entry at an open away from P",
    { candles: [calm, k(1, 101, 101.5, 100.5, 101), k(2, 101, 103, 101, 102.5)], idea: long(103, 98, 60) },
    on(gapFills, opened(1, 101), closed(2, "take_profit", 101, 103, 1.9801980198, -0.495049505, 1.9801980198)),
    on(touch, opened(1, 100), closed(2, "take_profit", 100, 103, 3, 0, 3))
  ),
  ...scenario(
    "market entry at an open away from P",
    { candles: [calm, k(1, 99, 99.5, 98.5, 99), k(2, 99, 99, 97, 97.5)], idea: short(97, 102, 60) },
    on(gapFills, opened(1, 99), closed(2, "take_profit", 99, 97, 2.0202020202, -0.5050505051, 2.0202020202)),
    on(touch, opened(1, 100), closed(2, "take_profit", 100, 97, 3, 0, 3))
  ),
  ...scenario(
    "market entry that opens beyond its stop after a gap",
    { candles: [calm, k(4, 97, 98.5, 96.5, 98)], idea: long(103, 98, 60) },
    on(gapFills, opened(4, 97), closed(4, "stop_loss", 97, 97, 0, 0, 0)),
    on(touch, opened(1, 100), closed(4, "stop_loss", 100, 98, -2, -2, 0))
  ),
  ...scenario(
    "market entry that opens beyond its stop after a gap",
    { candles: [calm, k(4, 103, 103.5, 101.5, 102)], idea: short(97, 102, 60) },
    on(gapFills, opened(4, 103), closed(4, "stop_loss", 103, 103, 0, 0, 0)),
    on(touch, opened(1, 100), closed(4, "stop_loss", 100, 102, -2, -2, 0))
  ),
  ...scenario(
    "market entry that opens beyond its target after a gap",
    { candles: [calm, k(4, 104, 104.5, 103.5, 104)], idea: long(103, 98, 60) },
    on(gapFills, opened(4, 104), closed(4, "take_profit", 104, 104, 0, 0, 0)),
    on(touch, opened(1, 100), closed(4, "take_profit", 100, 103, 3, 0, 3))
  ),
  ...scenario(
    "market entry that opens beyond its target after a gap",
    { candles: [calm, k(4, 96, 96.5, 95.5, 96)], idea: short(97, 102, 60) },
    on(gapFills, opened(4, 96), closed(4, "take_profit", 96, 96, 0, 0, 0)),
    on(touch, opened(1, 100), closed(4, "take_profit", 100, 97, 3, 0, 3))
  ),
  ...scenario(
    "market entry with no candle left",
    { candles: [calm], idea: long(103, 98, 60) },
    on(gapFills, rejected(1, "no_data")),
    on(touch, opened(1, 100), closed(1, "frame_end", 100, 100, 0, 0, 0))
  ),
  ...scenario(
    "market entry with no candle left",
    { candles: [calm], idea: short(97, 102, 60) },
    on(gapFills, rejected(1, "no_data")),
    on(touch, opened(1, 100), closed(1, "frame_end", 100, 100, 0, 0, 0))
  ),
  ...scenario(
    "market entry, only candle at the frame's end",
    { candles: [calm, k(3, 100, 104, 97, 100)], idea: long(103, 98, 60), end: 3 },
    on(gapFills, rejected(1, "no_data")),
    on(touch, opened(1, 100), closed(1, "frame_end", 100, 100, 0, 0, 0))
  ),
  ...scenario(
    "market entry, only candle at the frame's end",
    { candles: [calm, k(3, 100, 103, 96, 100)], idea: short(97, 102, 60), end: 3 },
    on(gapFills, rejected(1, "no_data")),
    on(touch, opened(1, 100), closed(1, "frame_end", 100, 100, 0, 0, 0))
  ),
  ...scenario(
    "both levels in the entry candle, stop nearer",
    { candles: [calm, k(1, 100, 104, 97, 101)], idea: long(103, 98, 60) },
    on(gapFills, opened(1, 100), ambiguous([-2, 3], closed(1, "stop_loss", 100, 98, -2, -2, 0))),
    on(touch, opened(1, 100), ambiguous([-2, 3], closed(1, "take_profit", 100, 103, 3, 0, 3)))
  ),
  ...scenario(
    "both levels in the entry candle, stop nearer",
    { candles: [calm, k(1, 100, 103, 96, 99)], idea: short(97, 102, 60) },
    on(gapFills, opened(1, 100), ambiguous([-2, 3], closed(1, "stop_loss", 100, 102, -2, -2, 0))),
    on(touch, opened(1, 100), ambiguous([-2, 3], closed(1, "take_profit", 100, 97, 3, 0, 3)))
  ),
  ...scenario(
    "both levels in a later candle, target nearer",
    { candles: [calm, k(1, 100, 101, 99.5, 100.5), k(2, 101, 103.5, 97, 98.5)], idea: long(103, 98, 60) },
    on(realistic, opened(1, 100), ambiguous([-2, 3], closed(2, "stop_loss", 100, 98, -2, -2, 1))),
    on(path, opened(1, 100), ambiguous([-2, 3], closed(2, "take_profit", 100, 103, 3, -0.5, 3))),
    on(touch, opened(1, 100), ambiguous([-2, 3], closed(2, "take_profit", 100, 103, 3, -0.5, 3)))
  ),
  ...scenario(
    "both levels in a later candle, target nearer",
    { candles: [calm, k(1, 100, 100.5, 99, 99.5), k(2, 99, 103, 96.5, 101.5)], idea: short(97, 102, 60) },
    on(realistic, opened(1, 100), ambiguous([-2, 3], closed(2, "stop_loss", 100, 102, -2, -2, 1))),
    on(path, opened(1, 100), ambiguous([-2, 3], closed(2, "take_profit", 100, 97, 3, -0.5, 3))),
    on(touch, opened(1, 100), ambiguous([-2, 3], closed(2, "take_profit", 100, 97, 3, -0.5, 3)))
  ),
  ...scenario(
    "both levels reached exactly, target nearer",
    { candles: [calm, k(1, 101, 103, 98, 98)], idea: long(103, 98, 60) },
    on(
      realistic,
      opened(1, 101),
      ambiguous([-2.9702970297, 1.9801980198], closed(1, "stop_loss", 101, 98, -2.9702970297, -2.9702970297, 0))
    ),
    on(
      path,
      opened(1, 101),
      ambiguous([-2.9702970297, 1.9801980198], closed(1, "take_profit", 101, 103, 1.9801980198, 0, 1.9801980198))
    ),
    on(touch, opened(1, 100), ambiguous([-2, 3], closed(1, "take_profit", 100, 103, 3, 0, 3)))
  ),
  ...scenario(
    "both levels reached exactly, target nearer",
    { candles: [calm, k(1, 99, 102, 97, 102)], idea: short(97, 102, 60) },
    on(
      realistic,
      opened(1, 99),
      ambiguous([-3.0303030303, 2.0202020202], closed(1, "stop_loss", 99, 102, -3.0303030303, -3.0303030303, 0))
    ),
    on(
      path,
      opened(1, 99),
      ambiguous([-3.0303030303, 2.0202020202], closed(1, "take_profit", 99, 97, 2.0202020202, 0, 2.0202020202))
    ),
    on(touch, opened(1, 100), ambiguous([-2, 3], closed(1, "take_profit", 100, 97, 3, 0, 3)))
  ),
  ...scenario(
    "stop reached exactly in the entry candle",
    { candles: [calm, k(1, 100, 101, 98, 99)], idea: long(103, 98, 60) },
    on(all, opened(1, 100), closed(1, "stop_loss", 100, 98, -2, -2, 0))
  ),
  ...scenario(
    "stop reached exactly in the entry candle",
    { candles: [calm, k(1, 100, 102, 99, 101)], idea: short(97, 102, 60) },
    on(all, opened(1, 100), closed(1, "stop_loss", 100, 102, -2, -2, 0))
  ),
  ...scenario(
    "target reached exactly in the entry candle",
    { candles: [calm, k(1, 100, 103, 99, 102)], idea: long(103, 98, 60) },
    on(all, opened(1, 100), closed(1, "take_profit", 100, 103, 3, 0, 3))
  ),
  ...scenario(
    "target reached exactly in the entry candle",
    { candles: [calm, k(1, 100, 101, 97, 98)], idea: short(97, 102, 60) },
    on(all, opened(1, 100), closed(1, "take_profit", 100, 97, 3, 0, 3))
  ),
  ...scenario(
    "both missed by a little, then target exactly",
    { candles: [calm, k(1, 100, 102.99, 98.01, 102), k(2, 102, 103, 101, 102.5)], idea: long(103, 98, 60) },
    on(all, opened(1, 100), closed(2, "take_profit", 100, 103, 3, -1.99, 3))
  ),
  ...scenario(
    "both missed by a little, then target exactly",
    { candles: [calm, k(1, 100, 101.99, 97.01, 98), k(2, 98, 99, 97, 97.5)], idea: short(97, 102, 60) },
    on(all, opened(1, 100), closed(2, "take_profit", 100, 97, 3, -1.99, 3))
  ),
  ...scenario(
    "stop gapped over",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 97, 99, 96, 98.5)], idea: long(103, 98, 60) },
    on(gapFills, opened(1, 100), closed(2, "stop_loss", 100, 97, -3, -3, 0.5)),
    on(touch, opened(1, 100), closed(2, "stop_loss", 100, 98, -2, -2, 0.5))
  ),
  ...scenario(
    "stop gapped over",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 103, 104, 101, 101.5)], idea: short(97, 102, 60) },
    on(gapFills, opened(1, 100), closed(2, "stop_loss", 100, 103, -3, -3, 0.5)),
    on(touch, opened(1, 100), closed(2, "stop_loss", 100, 102, -2, -2, 0.5))
  ),
  ...scenario(
    "target gapped over",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 104, 105, 103.5, 104)], idea: long(103, 98, 60) },
    on(gapFills, opened(1, 100), closed(2, "take_profit", 100, 104, 4, -0.5, 4)),
    on(touch, opened(1, 100), closed(2, "take_profit", 100, 103, 3, -0.5, 3))
  ),
  ...scenario(
    "target gapped over",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 96, 96.5, 95, 96)], idea: short(97, 102, 60) },
    on(gapFills, opened(1, 100), closed(2, "take_profit", 100, 96, 4, -0.5, 4)),
    on(touch, opened(1, 100), closed(2, "take_profit", 100, 97, 3, -0.5, 3))
  ),
  ...scenario(
    "opens exactly at the stop, target reached later",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 98, 104, 97, 103.5)], idea: long(103, 98, 60) },
    on(all, opened(1, 100), closed(2, "stop_loss", 100, 98, -2, -2, 0.5))
  ),
  ...scenario(
    "opens exactly at the stop, target reached later",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 102, 103, 96, 96.5)], idea: short(97, 102, 60) },
    on(all, opened(1, 100), closed(2, "stop_loss", 100, 102, -2, -2, 0.5))
  ),
  ...scenario(
    "opens exactly at the target, stop reached later",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 103, 104, 97, 97.5)], idea: long(103, 98, 60) },
    on(all, opened(1, 100), closed(2, "take_profit", 100, 103, 3, -0.5, 3))
  ),
  ...scenario(
    "opens exactly at the target, stop reached later",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 97, 103, 96, 102.5)], idea: short(97, 102, 60) },
    on(all, opened(1, 100), closed(2, "take_profit", 100, 97, 3, -0.5, 3))
  ),
  ...scenario(
    "stop gapped over, target reached later",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 97.5, 104, 97, 103.5)], idea: long(103, 98, 60) },
    on(gapFills, opened(1, 100), closed(2, "stop_loss", 100, 97.5, -2.5, -2.5, 0.5)),
    on(touch, opened(1, 100), closed(2, "stop_loss", 100, 98, -2, -2, 0.5))
  ),
  ...scenario(
    "stop gapped over, target reached later",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 102.5, 103, 96, 96.5)], idea: short(97, 102, 60) },
    on(gapFills, opened(1, 100), closed(2, "stop_loss", 100, 102.5, -2.5, -2.5, 0.5)),
    on(touch, opened(1, 100), closed(2, "stop_loss", 100, 102, -2, -2, 0.5))
  ),
  ...scenario(
    "target gapped over, stop reached later",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 103.5, 104, 97, 97.5)], idea: long(103, 98, 60) },
    on(gapFills, opened(1, 100), closed(2, "take_profit", 100, 103.5, 3.5, -0.5, 3.5)),
    on(touch, opened(1, 100), closed(2, "take_profit", 100, 103, 3, -0.5, 3))
  ),
  ...scenario(
    "target gapped over, stop reached later",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 96.5, 103, 96, 102.5)], idea: short(97, 102, 60) },
    on(gapFills, opened(1, 100), closed(2, "take_profit", 100, 96.5, 3.5, -0.5, 3.5)),
    on(touch, opened(1, 100), closed(2, "take_profit", 100, 97, 3, -0.5, 3))
  ),
  ...scenario(
    "both levels, extremes equally near: low first",
    { candles: [calm, k(1, 100, 103.5, 96.5, 101)], idea: long(103, 98, 60) },
    on(path, opened(1, 100), ambiguous([-2, 3], closed(1, "stop_loss", 100, 98, -2, -2, 0)))
  ),
  ...scenario(
    "both levels, extremes equally near: low first",
    { candles: [calm, k(1, 100, 103.5, 96.5, 99)], idea: short(97, 102, 60) },
    on(path, opened(1, 100), ambiguous([-2, 3], closed(1, "take_profit", 100, 97, 3, 0, 3)))
  )
]
