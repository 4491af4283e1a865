import {
  type Row,
  all,
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
 * The frame's end. Worked out by hand; times in minutes.
 * Without costs PnL is 100·(close − open)/open; for a short the sign is turned.
 */
export const endRows: ReadonlyArray<Row> = [
  ...scenario(
    "open at the frame's end, full data",
    {
      candles: [
        calm,
        k(1, 100, 101, 99.5, 100.5),
        k(2, 100.5, 101, 100, 101),
        k(3, 101, 101.5, 100.5, 101),
        k(4, 97, 97, 96, 97)
      ],
      idea: long(103, 98, 60),
      end: 4
    },
    on(gapFills, opened(1, 100), closed(4, "frame_end", 100, 101, 1, -0.5, 1.5)),
    on(
      touch,
      opened(1, 100),
      // P of minutes 0–3: (300 + 301 + 302 + 303)/3/4, reflected for a short
      closed(4, "frame_end", 100, 100.5, 0.5, -0.5, 1.5)
    )
  ),
  ...scenario(
    "open at the frame's end, full data",
    {
      candles: [
        calm,
        k(1, 100, 100.5, 99, 99.5),
        k(2, 99.5, 100, 99, 99),
        k(3, 99, 99.5, 98.5, 99),
        k(4, 103, 104, 103, 103)
      ],
      idea: short(97, 102, 60),
      end: 4
    },
    on(gapFills, opened(1, 100), closed(4, "frame_end", 100, 99, 1, -0.5, 1.5)),
    on(
      touch,
      opened(1, 100),
      // P of minutes 0–3: (300 + 301 + 302 + 303)/3/4, reflected for a short
      closed(4, "frame_end", 100, 99.5, 0.5, -0.5, 1.5)
    )
  ),
  ...scenario(
    "open where the data stop early",
    { candles: [calm, k(1, 100, 101, 99.5, 100.5), k(2, 100.5, 101, 100, 101)], idea: long(103, 98, 60) },
    on(gapFills, opened(1, 100), closed(3, "frame_end", 100, 101, 1, -0.5, 1)),
    on(
      touch,
      opened(1, 100),
      // P of minutes 0–2: (300 + 301 + 302)/3/3, reflected for a short
      closed(3, "frame_end", 100, 100.3333333333, 0.3333333333, -0.5, 1)
    )
  ),
  ...scenario(
    "open where the data stop early",
    { candles: [calm, k(1, 100, 100.5, 99, 99.5), k(2, 99.5, 100, 99, 99)], idea: short(97, 102, 60) },
    on(gapFills, opened(1, 100), closed(3, "frame_end", 100, 99, 1, -0.5, 1)),
    on(
      touch,
      opened(1, 100),
      // P of minutes 0–2: (300 + 301 + 302)/3/3, reflected for a short
      closed(3, "frame_end", 100, 99.6666666667, 0.3333333333, -0.5, 1)
    )
  ),
  ...scenario(
    "open where the next candle lies beyond the end",
    {
      candles: [calm, k(1, 100, 101, 99.5, 100.5), k(2, 100.5, 101, 100, 101), k(10, 97, 97, 96, 97)],
      idea: long(103, 98, 60),
      end: 10
    },
    on(gapFills, opened(1, 100), closed(3, "frame_end", 100, 101, 1, -0.5, 1)),
    on(
      touch,
      opened(1, 100),
      // P of minutes 0–2: (300 + 301 + 302)/3/3, reflected for a short
      closed(3, "frame_end", 100, 100.3333333333, 0.3333333333, -0.5, 1)
    )
  ),
  ...scenario(
    "open where the next candle lies beyond the end",
    {
      candles: [calm, k(1, 100, 100.5, 99, 99.5), k(2, 99.5, 100, 99, 99), k(10, 103, 104, 103, 103)],
      idea: short(97, 102, 60),
      end: 10
    },
    on(gapFills, opened(1, 100), closed(3, "frame_end", 100, 99, 1, -0.5, 1)),
    on(
      touch,
      opened(1, 100),
      // P of minutes 0–2: (300 + 301 + 302)/3/3, reflected for a short
      closed(3, "frame_end", 100, 99.6666666667, 0.3333333333, -0.5, 1)
    )
  ),
  ...scenario(
    "expiry exactly at the frame's end",
    {
      candles: [calm, k(1, 100, 101, 99.5, 100.5), k(2, 100.5, 101, 100, 101), k(3, 101, 101.5, 100.5, 101)],
      idea: long(103, 98, 2),
      end: 3
    },
    on(gapFills, opened(1, 100), closed(3, "frame_end", 100, 101, 1, -0.5, 1)),
    on(
      touch,
      opened(1, 100),
      // P of minutes 0–2: (300 + 301 + 302)/3/3, reflected for a short
      closed(3, "frame_end", 100, 100.3333333333, 0.3333333333, -0.5, 1)
    )
  ),
  ...scenario(
    "expiry exactly at the frame's end",
    {
      candles: [calm, k(1, 100, 100.5, 99, 99.5), k(2, 99.5, 100, 99, 99), k(3, 99, 99.5, 98.5, 99)],
      idea: short(97, 102, 2),
      end: 3
    },
    on(gapFills, opened(1, 100), closed(3, "frame_end", 100, 99, 1, -0.5, 1)),
    on(
      touch,
      opened(1, 100),
      // P of minutes 0–2: (300 + 301 + 302)/3/3, reflected for a short
      closed(3, "frame_end", 100, 99.6666666667, 0.3333333333, -0.5, 1)
    )
  ),
  ...scenario(
    "resting at the frame's end, full data",
    {
      candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 100, 100.5, 99.5, 100), k(3, 98.5, 99, 98.5, 99)],
      idea: long(103, 98, 60, 99),
      end: 3
    },
    on(all, scheduled(1, 99), cancelled(3, "frame_end"))
  ),
  ...scenario(
    "resting at the frame's end, full data",
    {
      candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 100, 100.5, 99.5, 100), k(3, 101.5, 101.5, 101, 101)],
      idea: short(97, 102, 60, 101),
      end: 3
    },
    on(all, scheduled(1, 101), cancelled(3, "frame_end"))
  ),
  ...scenario(
    "resting where the data stop early",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 100, 100.5, 99.5, 100)], idea: long(103, 98, 60, 99) },
    on(all, scheduled(1, 99), cancelled(3, "frame_end"))
  ),
  ...scenario(
    "resting where the data stop early",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 100, 100.5, 99.5, 100)], idea: short(97, 102, 60, 101) },
    on(all, scheduled(1, 101), cancelled(3, "frame_end"))
  ),
  ...scenario(
    "limit entry with no candle left",
    { candles: [calm], idea: long(103, 98, 60, 99) },
    on(all, scheduled(1, 99), cancelled(1, "frame_end"))
  ),
  ...scenario(
    "limit entry with no candle left",
    { candles: [calm], idea: short(97, 102, 60, 101) },
    on(all, scheduled(1, 101), cancelled(1, "frame_end"))
  ),
  ...scenario(
    "limit already reached by P with no candle left",
    { candles: [calm], idea: long(104, 98, 60, 101) },
    on(gapFills, scheduled(1, 101), cancelled(1, "frame_end")),
    on(touch, opened(1, 101), closed(1, "frame_end", 101, 100, -0.9900990099, -0.9900990099, 0))
  ),
  ...scenario(
    "limit already reached by P with no candle left",
    { candles: [calm], idea: short(96, 102, 60, 99) },
    on(gapFills, scheduled(1, 99), cancelled(1, "frame_end")),
    on(touch, opened(1, 99), closed(1, "frame_end", 99, 100, -1.0101010101, -1.0101010101, 0))
  ),
  ...scenario(
    "filled inside the last candle",
    { candles: [calm, k(1, 100, 100.5, 98.5, 99.5)], idea: long(103, 98, 60, 99) },
    on(gapFills, scheduled(1, 99), opened(1, 99), closed(2, "frame_end", 99, 99.5, 0.5050505051, 0, 0.5050505051)),
    on(
      touch,
      scheduled(1, 99),
      opened(1, 99),
      // P = (100 + (100.5 + 98.5 + 99.5)/3)/2, reflected for a short
      closed(2, "frame_end", 99, 99.75, 0.7575757576, 0, 0.7575757576)
    )
  ),
  ...scenario(
    "filled inside the last candle",
    { candles: [calm, k(1, 100, 101.5, 99.5, 100.5)], idea: short(97, 102, 60, 101) },
    on(gapFills, scheduled(1, 101), opened(1, 101), closed(2, "frame_end", 101, 100.5, 0.495049505, 0, 0.495049505)),
    on(
      touch,
      scheduled(1, 101),
      opened(1, 101),
      // P = (100 + (100.5 + 98.5 + 99.5)/3)/2, reflected for a short
      closed(2, "frame_end", 101, 100.25, 0.7425742574, 0, 0.7425742574)
    )
  ),
  ...scenario(
    "last average weighs by volume",
    { candles: [calm, k(1, 101, 101, 101, 101, 3)], idea: long(103, 98, 60) },
    on(
      touch,
      opened(1, 100),
      // (100·1 + 101·3)/4, reflected for a short
      closed(2, "frame_end", 100, 100.75, 0.75, 0, 1)
    )
  ),
  ...scenario(
    "last average weighs by volume",
    { candles: [calm, k(1, 99, 99, 99, 99, 3)], idea: short(97, 102, 60) },
    on(
      touch,
      opened(1, 100),
      // (100·1 + 101·3)/4, reflected for a short
      closed(2, "frame_end", 100, 99.25, 0.75, 0, 1)
    )
  ),
  ...scenario(
    "last average without volume is the mean close",
    { candles: [k(0, 100, 100, 100, 100, 0), k(1, 100, 102, 99, 101, 0)], idea: long(103, 98, 60) },
    on(
      touch,
      opened(1, 100),
      // (100 + 101)/2, reflected for a short
      closed(2, "frame_end", 100, 100.5, 0.5, -1, 2)
    )
  ),
  ...scenario(
    "last average without volume is the mean close",
    { candles: [k(0, 100, 100, 100, 100, 0), k(1, 100, 101, 98, 99, 0)], idea: short(97, 102, 60) },
    on(
      touch,
      opened(1, 100),
      // (100 + 101)/2, reflected for a short
      closed(2, "frame_end", 100, 99.5, 0.5, -1, 2)
    )
  ),
  ...scenario(
    "last average of two candles",
    {
      candles: [calm, k(1, 100, 101, 100, 101), k(2, 101, 101, 101, 101), k(4, 102, 102, 102, 102)],
      idea: long(103, 98, 60),
      settings: { vwapCandles: 2 }
    },
    on(
      touch,
      opened(1, 100),
      // (101 + 102)/2 with vwapCandles 2, reflected for a short
      closed(5, "frame_end", 100, 101.5, 1.5, 0, 2)
    )
  ),
  ...scenario(
    "last average of two candles",
    {
      candles: [calm, k(1, 100, 100, 99, 99), k(2, 99, 99, 99, 99), k(4, 98, 98, 98, 98)],
      idea: short(97, 102, 60),
      settings: { vwapCandles: 2 }
    },
    on(
      touch,
      opened(1, 100),
      // (101 + 102)/2 with vwapCandles 2, reflected for a short
      closed(5, "frame_end", 100, 98.5, 1.5, 0, 2)
    )
  )
]
