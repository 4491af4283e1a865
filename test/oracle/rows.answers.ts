import { type Row, all, calm, closed, gapFills, k, long, on, opened, rejected, scenario, short, touch } from "./rows.js"

/**
 * Validation. Worked out by hand; times in minutes.
 * Without costs PnL is 100·(close − open)/open; for a short the sign is turned.
 */
export const answersRows: ReadonlyArray<Row> = [
  ...scenario(
    "target exactly at the least distance",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: long(100.5, 98, 60) },
    on(all, opened(1, 100), closed(2, "frame_end", 100, 100, 0, 0, 0))
  ),
  ...scenario(
    "target exactly at the least distance",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: short(99.5, 102, 60) },
    on(all, opened(1, 100), closed(2, "frame_end", 100, 100, 0, 0, 0))
  ),
  ...scenario(
    "target too near",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: long(100.49, 98, 60) },
    on(all, rejected(1, "take_profit_distance"))
  ),
  ...scenario(
    "target too near",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: short(99.51, 102, 60) },
    on(all, rejected(1, "take_profit_distance"))
  ),
  ...scenario(
    "stop exactly at the least distance",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: long(103, 99.5, 60) },
    on(all, opened(1, 100), closed(2, "frame_end", 100, 100, 0, 0, 0))
  ),
  ...scenario(
    "stop exactly at the least distance",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: short(97, 100.5, 60) },
    on(all, opened(1, 100), closed(2, "frame_end", 100, 100, 0, 0, 0))
  ),
  ...scenario(
    "stop too near",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: long(103, 99.51, 60) },
    on(all, rejected(1, "stop_loss_distance"))
  ),
  ...scenario(
    "stop too near",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: short(97, 100.49, 60) },
    on(all, rejected(1, "stop_loss_distance"))
  ),
  ...scenario(
    "stop exactly at the greatest distance",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: long(103, 80, 60) },
    on(all, opened(1, 100), closed(2, "frame_end", 100, 100, 0, 0, 0))
  ),
  ...scenario(
    "stop exactly at the greatest distance",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: short(97, 120, 60) },
    on(all, opened(1, 100), closed(2, "frame_end", 100, 100, 0, 0, 0))
  ),
  ...scenario(
    "stop too far",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: long(103, 79.99, 60) },
    on(all, rejected(1, "stop_loss_distance"))
  ),
  ...scenario(
    "stop too far",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: short(97, 120.01, 60) },
    on(all, rejected(1, "stop_loss_distance"))
  ),
  ...scenario(
    "least distance of the target off",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: long(100.25, 98, 60), settings: { minTakeProfit: 0 } },
    on(all, opened(1, 100), closed(2, "frame_end", 100, 100, 0, 0, 0))
  ),
  ...scenario(
    "least distance of the target off",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: short(99.75, 102, 60), settings: { minTakeProfit: 0 } },
    on(all, opened(1, 100), closed(2, "frame_end", 100, 100, 0, 0, 0))
  ),
  ...scenario(
    "least distance of the stop off",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: long(103, 99.75, 60), settings: { minStopLoss: 0 } },
    on(all, opened(1, 100), closed(2, "frame_end", 100, 100, 0, 0, 0))
  ),
  ...scenario(
    "least distance of the stop off",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: short(97, 100.25, 60), settings: { minStopLoss: 0 } },
    on(all, opened(1, 100), closed(2, "frame_end", 100, 100, 0, 0, 0))
  ),
  ...scenario(
    "greatest distance of the stop off",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: long(103, 50, 60), settings: { maxStopLoss: 0 } },
    on(all, opened(1, 100), closed(2, "frame_end", 100, 100, 0, 0, 0))
  ),
  ...scenario(
    "greatest distance of the stop off",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: short(97, 150, 60), settings: { maxStopLoss: 0 } },
    on(all, opened(1, 100), closed(2, "frame_end", 100, 100, 0, 0, 0))
  ),
  ...scenario(
    "longest lifetime",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: long(103, 98, 1440) },
    on(all, opened(1, 100), closed(2, "frame_end", 100, 100, 0, 0, 0))
  ),
  ...scenario(
    "longest lifetime",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: short(97, 102, 1440) },
    on(all, opened(1, 100), closed(2, "frame_end", 100, 100, 0, 0, 0))
  ),
  ...scenario(
    "lifetime too long",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: long(103, 98, 1441) },
    on(all, rejected(1, "lifetime"))
  ),
  ...scenario(
    "lifetime too long",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: short(97, 102, 1441) },
    on(all, rejected(1, "lifetime"))
  ),
  ...scenario(
    "lifetime zero",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: long(103, 98, 0) },
    on(all, rejected(1, "lifetime"))
  ),
  ...scenario(
    "lifetime zero",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: short(97, 102, 0) },
    on(all, rejected(1, "lifetime"))
  ),
  ...scenario(
    "lifetime not whole",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: long(103, 98, 1.5) },
    on(all, rejected(1, "lifetime"))
  ),
  ...scenario(
    "lifetime not whole",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: short(97, 102, 1.5) },
    on(all, rejected(1, "lifetime"))
  ),
  ...scenario(
    "lifetime endless where it may not be",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: long(103, 98, Number.POSITIVE_INFINITY) },
    on(all, rejected(1, "lifetime"))
  ),
  ...scenario(
    "lifetime endless where it may not be",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: short(97, 102, Number.POSITIVE_INFINITY) },
    on(all, rejected(1, "lifetime"))
  ),
  ...scenario(
    "lifetime endless where it may be",
    {
      candles: [calm, k(1, 100, 100, 100, 100)],
      idea: long(103, 98, Number.POSITIVE_INFINITY),
      settings: { maxLifetime: Number.POSITIVE_INFINITY }
    },
    on(all, opened(1, 100), closed(2, "frame_end", 100, 100, 0, 0, 0))
  ),
  ...scenario(
    "lifetime endless where it may be",
    {
      candles: [calm, k(1, 100, 100, 100, 100)],
      idea: short(97, 102, Number.POSITIVE_INFINITY),
      settings: { maxLifetime: Number.POSITIVE_INFINITY }
    },
    on(all, opened(1, 100), closed(2, "frame_end", 100, 100, 0, 0, 0))
  ),
  ...scenario(
    "target on the wrong side of a limit entry",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: long(98, 97, 60, 99) },
    on(all, rejected(1, "order"))
  ),
  ...scenario(
    "target on the wrong side of a limit entry",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: short(102, 103, 60, 101) },
    on(all, rejected(1, "order"))
  ),
  ...scenario(
    "stop on the wrong side of a limit entry",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: long(103, 101, 60, 99) },
    on(all, rejected(1, "order"))
  ),
  ...scenario(
    "stop on the wrong side of a limit entry",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: short(97, 99, 60, 101) },
    on(all, rejected(1, "order"))
  ),
  ...scenario(
    "P beyond the target",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: long(99, 98, 60) },
    on(all, rejected(1, "order", "market_price"))
  ),
  ...scenario(
    "P beyond the target",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: short(101, 102, 60) },
    on(all, rejected(1, "order", "market_price"))
  ),
  ...scenario(
    "P beyond the stop",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: long(103, 101, 60) },
    on(all, rejected(1, "order", "market_price"))
  ),
  ...scenario(
    "P beyond the stop",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: short(97, 99, 60) },
    on(all, rejected(1, "order", "market_price"))
  ),
  ...scenario(
    "P exactly at the stop",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: long(103, 100, 60) },
    on(all, rejected(1, "order", "market_price", "stop_loss_distance"))
  ),
  ...scenario(
    "P exactly at the stop",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: short(97, 100, 60) },
    on(all, rejected(1, "order", "market_price", "stop_loss_distance"))
  ),
  ...scenario(
    "P exactly at the target",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: long(100, 98, 60) },
    on(all, rejected(1, "order", "market_price", "take_profit_distance"))
  ),
  ...scenario(
    "P exactly at the target",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: short(100, 102, 60) },
    on(all, rejected(1, "order", "market_price", "take_profit_distance"))
  ),
  ...scenario(
    "P exactly at the stop, checks off",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: long(103, 100, 60), settings: { minStopLoss: 0 } },
    on(all, rejected(1, "order", "market_price"))
  ),
  ...scenario(
    "P exactly at the stop, checks off",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: short(97, 100, 60), settings: { minStopLoss: 0 } },
    on(all, rejected(1, "order", "market_price"))
  ),
  ...scenario(
    "everything too near, no lifetime",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: long(99.25, 98.9, 0, 99) },
    on(all, rejected(1, "take_profit_distance", "stop_loss_distance", "lifetime"))
  ),
  ...scenario(
    "everything too near, no lifetime",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: short(100.75, 101.1, 0, 101) },
    on(all, rejected(1, "take_profit_distance", "stop_loss_distance", "lifetime"))
  ),
  ...scenario(
    "target negative",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: long(-5, 98, 60) },
    on(all, rejected(1, "price", "order", "market_price"))
  ),
  ...scenario(
    "target zero",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: short(0, 102, 60) },
    on(all, rejected(1, "price"))
  ),
  ...scenario(
    "stop zero",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: long(103, 0, 60, 99) },
    on(all, rejected(1, "price", "stop_loss_distance"))
  ),
  ...scenario(
    "limit reached by P, P beyond the stop",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: long(106, 101, 60, 103) },
    on(gapFills, opened(1, 100), closed(1, "stop_loss", 100, 100, 0, 0, 0)),
    on(touch, rejected(1, "market_price"))
  ),
  ...scenario(
    "limit reached by P, P beyond the stop",
    { candles: [calm, k(1, 100, 100, 100, 100)], idea: short(94, 99, 60, 97) },
    on(gapFills, opened(1, 100), closed(1, "stop_loss", 100, 100, 0, 0, 0)),
    on(touch, rejected(1, "market_price"))
  )
]
