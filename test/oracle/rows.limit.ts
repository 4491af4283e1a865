import { type Row, ambiguous, calm, cancelled, closed, k, long, opened, scenario, scheduled, short } from "./rows.js"

/** Limit entries. Worked out by hand; times in minutes, no costs unless named. */
export const limitRows: ReadonlyArray<Row> = [
  ...scenario(
    "rests, fills inside its first candle, target later",
    { candles: [calm, k(1, 100, 100.5, 98.5, 99.5), k(2, 99.5, 103.5, 99, 102)], idea: long(103, 98, 60, 99) },
    [
      ["realistic", "path", "touch"],
      [
        scheduled(1, 99),
        opened(1, 99),
        // 100·(103 − 99)/99
        closed(2, "take_profit", 99, 103, 4.0404040404, 0, 4.0404040404)
      ]
    ]
  ),
  ...scenario(
    "rests, fills inside its first candle, target later",
    { candles: [calm, k(1, 100, 101.5, 99.5, 100.5), k(2, 100.5, 101, 96.5, 98)], idea: short(97, 102, 60, 101) },
    [
      ["realistic", "path", "touch"],
      [
        scheduled(1, 101),
        opened(1, 101),
        // 100·(101 − 97)/101
        closed(2, "take_profit", 101, 97, 3.9603960396, 0, 3.9603960396)
      ]
    ]
  ),
  ...scenario(
    "entry reached exactly, stop later",
    {
      candles: [calm, k(1, 100, 100.5, 99, 100), k(2, 100, 101, 99.5, 100.5), k(3, 100, 100, 97.5, 98)],
      idea: long(103, 98, 60, 99)
    },
    [
      ["realistic", "path", "touch"],
      [
        scheduled(1, 99),
        opened(1, 99),
        // 100·(98 − 99)/99
        closed(3, "stop_loss", 99, 98, -1.0101010101, -1.0101010101, 2.0202020202)
      ]
    ]
  ),
  ...scenario(
    "entry reached exactly, stop later",
    {
      candles: [calm, k(1, 100, 101, 99.5, 100), k(2, 100, 100.5, 99, 99.5), k(3, 100, 102.5, 100, 102)],
      idea: short(97, 102, 60, 101)
    },
    [
      ["realistic", "path", "touch"],
      [
        scheduled(1, 101),
        opened(1, 101),
        // 100·(101 − 102)/101
        closed(3, "stop_loss", 101, 102, -0.9900990099, -0.9900990099, 1.9801980198)
      ]
    ]
  ),
  ...scenario(
    "entry missed by a little, then gapped over",
    {
      candles: [calm, k(1, 100, 100.5, 99.01, 100), k(2, 98.5, 99.5, 98.25, 99), k(3, 99, 103, 99, 103)],
      idea: long(103, 98, 60, 99)
    },
    [
      ["realistic", "path"],
      [
        scheduled(1, 99),
        opened(2, 98.5),
        // 100·(103 − 98.5)/98.5
        closed(3, "take_profit", 98.5, 103, 4.5685279188, -0.2538071066, 4.5685279188)
      ]
    ],
    [
      ["touch"],
      [
        scheduled(1, 99),
        opened(2, 99),
        // 100·(103 − 99)/99
        closed(3, "take_profit", 99, 103, 4.0404040404, -0.7575757576, 4.0404040404)
      ]
    ]
  ),
  ...scenario(
    "entry missed by a little, then gapped over",
    {
      candles: [calm, k(1, 100, 100.99, 99.5, 100), k(2, 101.5, 101.75, 100.5, 101), k(3, 101, 101, 97, 97)],
      idea: short(97, 102, 60, 101)
    },
    [
      ["realistic", "path"],
      [
        scheduled(1, 101),
        opened(2, 101.5),
        // 100·(101.5 − 97)/101.5
        closed(3, "take_profit", 101.5, 97, 4.4334975369, -0.2463054187, 4.4334975369)
      ]
    ],
    [
      ["touch"],
      [
        scheduled(1, 101),
        opened(2, 101),
        // 100·(101 − 97)/101
        closed(3, "take_profit", 101, 97, 3.9603960396, -0.7425742574, 3.9603960396)
      ]
    ]
  ),
  ...scenario(
    "first candle opens beyond the entry",
    { candles: [calm, k(1, 98.5, 99.5, 98.25, 99), k(2, 99, 103.5, 99, 103)], idea: long(103, 98, 60, 99) },
    [
      ["realistic", "path"],
      [
        opened(1, 98.5),
        // 100·(103 − 98.5)/98.5
        closed(2, "take_profit", 98.5, 103, 4.5685279188, -0.2538071066, 4.5685279188)
      ]
    ],
    [
      ["touch"],
      [
        scheduled(1, 99),
        opened(1, 99),
        // 100·(103 − 99)/99
        closed(2, "take_profit", 99, 103, 4.0404040404, -0.7575757576, 4.0404040404)
      ]
    ]
  ),
  ...scenario(
    "first candle opens beyond the entry",
    { candles: [calm, k(1, 101.5, 101.75, 100.5, 101), k(2, 101, 101, 96.5, 97)], idea: short(97, 102, 60, 101) },
    [
      ["realistic", "path"],
      [
        opened(1, 101.5),
        // 100·(101.5 − 97)/101.5
        closed(2, "take_profit", 101.5, 97, 4.4334975369, -0.2463054187, 4.4334975369)
      ]
    ],
    [
      ["touch"],
      [
        scheduled(1, 101),
        opened(1, 101),
        // 100·(101 − 97)/101
        closed(2, "take_profit", 101, 97, 3.9603960396, -0.7425742574, 3.9603960396)
      ]
    ]
  ),
  ...scenario(
    "first candle opens exactly at the entry",
    { candles: [calm, k(1, 99, 99.5, 98.5, 99), k(2, 99, 103, 99, 103)], idea: long(103, 98, 60, 99) },
    [
      ["realistic", "path"],
      [
        opened(1, 99),
        // 100·(103 − 99)/99
        closed(2, "take_profit", 99, 103, 4.0404040404, -0.5050505051, 4.0404040404)
      ]
    ],
    [
      ["touch"],
      [
        scheduled(1, 99),
        opened(1, 99),
        // 100·(103 − 99)/99
        closed(2, "take_profit", 99, 103, 4.0404040404, -0.5050505051, 4.0404040404)
      ]
    ]
  ),
  ...scenario(
    "first candle opens exactly at the entry",
    { candles: [calm, k(1, 101, 101.5, 100.5, 101), k(2, 101, 101, 97, 97)], idea: short(97, 102, 60, 101) },
    [
      ["realistic", "path"],
      [
        opened(1, 101),
        // 100·(101 − 97)/101
        closed(2, "take_profit", 101, 97, 3.9603960396, -0.495049505, 3.9603960396)
      ]
    ],
    [
      ["touch"],
      [
        scheduled(1, 101),
        opened(1, 101),
        // 100·(101 − 97)/101
        closed(2, "take_profit", 101, 97, 3.9603960396, -0.495049505, 3.9603960396)
      ]
    ]
  ),
  ...scenario(
    "limit exactly at P",
    { candles: [calm, k(1, 100.5, 101, 99.5, 100.5), k(2, 100.5, 103, 100, 103)], idea: long(103, 98, 60, 100) },
    [
      ["realistic", "path"],
      [scheduled(1, 100), opened(1, 100), closed(2, "take_profit", 100, 103, 3, 0, 3)]
    ],
    [["touch"], [opened(1, 100), closed(2, "take_profit", 100, 103, 3, -0.5, 3)]]
  ),
  ...scenario(
    "limit exactly at P",
    { candles: [calm, k(1, 99.5, 100.5, 99, 99.5), k(2, 99.5, 100, 97, 97)], idea: short(97, 102, 60, 100) },
    [
      ["realistic", "path"],
      [scheduled(1, 100), opened(1, 100), closed(2, "take_profit", 100, 97, 3, 0, 3)]
    ],
    [["touch"], [opened(1, 100), closed(2, "take_profit", 100, 97, 3, -0.5, 3)]]
  ),
  ...scenario(
    "limit already reached by P",
    { candles: [calm, k(1, 100.5, 101, 99.5, 100.5), k(2, 100.5, 103, 100, 103)], idea: long(103, 98, 60, 101) },
    [
      ["realistic", "path"],
      [
        opened(1, 100.5),
        // 100·(103 − 100.5)/100.5
        closed(2, "take_profit", 100.5, 103, 2.4875621891, -0.9950248756, 2.4875621891)
      ]
    ],
    [
      ["touch"],
      [
        opened(1, 101),
        // 100·(103 − 101)/101
        closed(2, "take_profit", 101, 103, 1.9801980198, -1.4851485149, 1.9801980198)
      ]
    ]
  ),
  ...scenario(
    "limit already reached by P",
    { candles: [calm, k(1, 99.5, 100.5, 99, 99.5), k(2, 99.5, 100, 97, 97)], idea: short(97, 102, 60, 99) },
    [
      ["realistic", "path"],
      [
        opened(1, 99.5),
        // 100·(99.5 − 97)/99.5
        closed(2, "take_profit", 99.5, 97, 2.5125628141, -1.0050251256, 2.5125628141)
      ]
    ],
    [
      ["touch"],
      [
        opened(1, 99),
        // 100·(99 − 97)/99
        closed(2, "take_profit", 99, 97, 2.0202020202, -1.5151515152, 2.0202020202)
      ]
    ]
  ),
  ...scenario(
    "entry and stop gapped over at once",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 97, 98.5, 96, 98)], idea: long(103, 98, 60, 99) },
    [
      ["realistic", "path"],
      [scheduled(1, 99), opened(2, 97), closed(2, "stop_loss", 97, 97, 0, 0, 0)]
    ],
    [["touch"], [scheduled(1, 99), cancelled(2, "stop_loss")]]
  ),
  ...scenario(
    "entry and stop gapped over at once",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 103, 104, 101.5, 102)], idea: short(97, 102, 60, 101) },
    [
      ["realistic", "path"],
      [scheduled(1, 101), opened(2, 103), closed(2, "stop_loss", 103, 103, 0, 0, 0)]
    ],
    [["touch"], [scheduled(1, 101), cancelled(2, "stop_loss")]]
  ),
  ...scenario(
    "first candle opens beyond entry and stop",
    { candles: [calm, k(1, 97, 98.5, 96, 98)], idea: long(103, 98, 60, 99) },
    [
      ["realistic", "path"],
      [opened(1, 97), closed(1, "stop_loss", 97, 97, 0, 0, 0)]
    ],
    [["touch"], [scheduled(1, 99), cancelled(1, "stop_loss")]]
  ),
  ...scenario(
    "first candle opens beyond entry and stop",
    { candles: [calm, k(1, 103, 104, 101.5, 102)], idea: short(97, 102, 60, 101) },
    [
      ["realistic", "path"],
      [opened(1, 103), closed(1, "stop_loss", 103, 103, 0, 0, 0)]
    ],
    [["touch"], [scheduled(1, 101), cancelled(1, "stop_loss")]]
  ),
  ...scenario(
    "opens exactly at the stop with the entry resting",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 98, 104, 97, 103)], idea: long(103, 98, 60, 99) },
    [
      ["realistic", "path"],
      [scheduled(1, 99), opened(2, 98), closed(2, "stop_loss", 98, 98, 0, 0, 0)]
    ],
    [["touch"], [scheduled(1, 99), cancelled(2, "stop_loss")]]
  ),
  ...scenario(
    "opens exactly at the stop with the entry resting",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 102, 103, 96, 97)], idea: short(97, 102, 60, 101) },
    [
      ["realistic", "path"],
      [scheduled(1, 101), opened(2, 102), closed(2, "stop_loss", 102, 102, 0, 0, 0)]
    ],
    [["touch"], [scheduled(1, 101), cancelled(2, "stop_loss")]]
  ),
  ...scenario(
    "entry gapped over, stop reached",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 98.5, 99, 97.5, 98.75)], idea: long(103, 98, 60, 99) },
    [
      ["realistic", "path"],
      [
        scheduled(1, 99),
        opened(2, 98.5),
        // 100·(98 − 98.5)/98.5
        closed(2, "stop_loss", 98.5, 98, -0.5076142132, -0.5076142132, 0)
      ]
    ],
    [["touch"], [scheduled(1, 99), cancelled(2, "stop_loss")]]
  ),
  ...scenario(
    "entry gapped over, stop reached",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 101.5, 102.5, 101, 101.25)], idea: short(97, 102, 60, 101) },
    [
      ["realistic", "path"],
      [
        scheduled(1, 101),
        opened(2, 101.5),
        // 100·(101.5 − 102)/101.5
        closed(2, "stop_loss", 101.5, 102, -0.4926108374, -0.4926108374, 0)
      ]
    ],
    [["touch"], [scheduled(1, 101), cancelled(2, "stop_loss")]]
  ),
  ...scenario(
    "entry gapped over, stop and target reached",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 98.5, 103.5, 97.5, 101)], idea: long(103, 98, 60, 99) },
    [
      ["realistic", "path"],
      [
        scheduled(1, 99),
        opened(2, 98.5),
        // 100·(98 − 98.5)/98.5
        ambiguous([-0.5076142132, 4.5685279188], closed(2, "stop_loss", 98.5, 98, -0.5076142132, -0.5076142132, 0))
      ]
    ],
    [["touch"], [scheduled(1, 99), cancelled(2, "stop_loss")]]
  ),
  ...scenario(
    "entry gapped over, stop and target reached",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 101.5, 102.5, 96.5, 99)], idea: short(97, 102, 60, 101) },
    [
      ["realistic", "path"],
      [
        scheduled(1, 101),
        opened(2, 101.5),
        // 100·(101.5 − 102)/101.5
        ambiguous([-0.4926108374, 4.4334975369], closed(2, "stop_loss", 101.5, 102, -0.4926108374, -0.4926108374, 0))
      ]
    ],
    [["touch"], [scheduled(1, 101), cancelled(2, "stop_loss")]]
  ),
  ...scenario(
    "entry gapped over, target reached",
    {
      candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 98.5, 103, 98.25, 101), k(3, 101, 102, 97, 98)],
      idea: long(103, 98, 60, 99)
    },
    [
      ["realistic", "path"],
      [
        scheduled(1, 99),
        opened(2, 98.5),
        // 100·(103 − 98.5)/98.5
        closed(2, "take_profit", 98.5, 103, 4.5685279188, 0, 4.5685279188)
      ]
    ],
    [
      ["touch"],
      [
        scheduled(1, 99),
        opened(2, 99),
        // 100·(98 − 99)/99
        closed(3, "stop_loss", 99, 98, -1.0101010101, -1.0101010101, 4.0404040404)
      ]
    ]
  ),
  ...scenario(
    "entry gapped over, target reached",
    {
      candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 101.5, 101.75, 97, 99), k(3, 99, 103, 98, 102)],
      idea: short(97, 102, 60, 101)
    },
    [
      ["realistic", "path"],
      [
        scheduled(1, 101),
        opened(2, 101.5),
        // 100·(101.5 − 97)/101.5
        closed(2, "take_profit", 101.5, 97, 4.4334975369, 0, 4.4334975369)
      ]
    ],
    [
      ["touch"],
      [
        scheduled(1, 101),
        opened(2, 101),
        // 100·(101 − 102)/101
        closed(3, "stop_loss", 101, 102, -0.9900990099, -0.9900990099, 3.9603960396)
      ]
    ]
  ),
  ...scenario(
    "resting entry and stop in one candle",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 100, 100.5, 97.5, 98.5)], idea: long(103, 98, 60, 99) },
    [
      ["realistic", "path"],
      [
        scheduled(1, 99),
        opened(2, 99),
        // 100·(98 − 99)/99
        closed(2, "stop_loss", 99, 98, -1.0101010101, -1.0101010101, 0)
      ]
    ],
    [["touch"], [scheduled(1, 99), cancelled(2, "stop_loss")]]
  ),
  ...scenario(
    "resting entry and stop in one candle",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 100, 102.5, 99.5, 101.5)], idea: short(97, 102, 60, 101) },
    [
      ["realistic", "path"],
      [
        scheduled(1, 101),
        opened(2, 101),
        // 100·(101 − 102)/101
        closed(2, "stop_loss", 101, 102, -0.9900990099, -0.9900990099, 0)
      ]
    ],
    [["touch"], [scheduled(1, 101), cancelled(2, "stop_loss")]]
  ),
  ...scenario(
    "resting entry and stop in one candle, exactly",
    { candles: [calm, k(1, 100, 100.5, 98, 100)], idea: long(103, 98, 60, 99) },
    [
      ["realistic", "path"],
      [
        scheduled(1, 99),
        opened(1, 99),
        // 100·(98 − 99)/99
        closed(1, "stop_loss", 99, 98, -1.0101010101, -1.0101010101, 0)
      ]
    ],
    [["touch"], [scheduled(1, 99), cancelled(1, "stop_loss")]]
  ),
  ...scenario(
    "resting entry and stop in one candle, exactly",
    { candles: [calm, k(1, 100, 102, 99.5, 100)], idea: short(97, 102, 60, 101) },
    [
      ["realistic", "path"],
      [
        scheduled(1, 101),
        opened(1, 101),
        // 100·(101 − 102)/101
        closed(1, "stop_loss", 101, 102, -0.9900990099, -0.9900990099, 0)
      ]
    ],
    [["touch"], [scheduled(1, 101), cancelled(1, "stop_loss")]]
  ),
  ...scenario(
    "entry candle reaches the target, close at it",
    {
      candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 100, 103.5, 98.5, 103), k(3, 103, 103.5, 102, 102.5)],
      idea: long(103, 98, 60, 99)
    },
    [
      ["realistic", "path"],
      [
        scheduled(1, 99),
        opened(2, 99),
        // 100·(103 − 99)/99
        closed(2, "take_profit", 99, 103, 4.0404040404, 0, 4.0404040404)
      ]
    ],
    [
      ["touch"],
      [
        scheduled(1, 99),
        opened(2, 99),
        // 100·(103 − 99)/99
        closed(3, "take_profit", 99, 103, 4.0404040404, 0, 4.0404040404)
      ]
    ]
  ),
  ...scenario(
    "entry candle reaches the target, close at it",
    {
      candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 100, 101.5, 96.5, 97), k(3, 97, 98, 96.5, 97.5)],
      idea: short(97, 102, 60, 101)
    },
    [
      ["realistic", "path"],
      [
        scheduled(1, 101),
        opened(2, 101),
        // 100·(101 − 97)/101
        closed(2, "take_profit", 101, 97, 3.9603960396, 0, 3.9603960396)
      ]
    ],
    [
      ["touch"],
      [
        scheduled(1, 101),
        opened(2, 101),
        // 100·(101 − 97)/101
        closed(3, "take_profit", 101, 97, 3.9603960396, 0, 3.9603960396)
      ]
    ]
  ),
  ...scenario(
    "entry candle reaches the target first, close beyond it",
    {
      candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 102, 104, 98.5, 103.25), k(3, 102.5, 102.5, 97.5, 98)],
      idea: long(103, 98, 60, 99)
    },
    [
      ["realistic", "path"],
      [
        scheduled(1, 99),
        opened(2, 99),
        // 100·(103 − 99)/99
        closed(2, "take_profit", 99, 103, 4.0404040404, 0, 4.0404040404)
      ]
    ],
    [
      ["touch"],
      [
        scheduled(1, 99),
        opened(2, 99),
        // 100·(98 − 99)/99
        closed(3, "stop_loss", 99, 98, -1.0101010101, -1.0101010101, 4.2929292929)
      ]
    ]
  ),
  ...scenario(
    "entry candle reaches the target first, close beyond it",
    {
      candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 98, 101.5, 96, 96.75), k(3, 97.5, 102.5, 97.5, 102)],
      idea: short(97, 102, 60, 101)
    },
    [
      ["realistic", "path"],
      [
        scheduled(1, 101),
        opened(2, 101),
        // 100·(101 − 97)/101
        closed(2, "take_profit", 101, 97, 3.9603960396, 0, 3.9603960396)
      ]
    ],
    [
      ["touch"],
      [
        scheduled(1, 101),
        opened(2, 101),
        // 100·(101 − 102)/101
        closed(3, "stop_loss", 101, 102, -0.9900990099, -0.9900990099, 4.2079207921)
      ]
    ]
  ),
  ...scenario(
    "entry candle reaches the target, close short of it, low nearer",
    {
      candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 100, 103.5, 98.5, 102), k(3, 102, 102.5, 97.5, 98)],
      idea: long(103, 98, 60, 99)
    },
    [
      ["realistic", "touch"],
      [
        scheduled(1, 99),
        opened(2, 99),
        // 100·(98 − 99)/99
        ambiguous(
          [-1.0101010101, 4.0404040404],
          closed(3, "stop_loss", 99, 98, -1.0101010101, -1.0101010101, 3.0303030303)
        )
      ]
    ],
    [
      ["path"],
      [
        scheduled(1, 99),
        opened(2, 99),
        // 100·(103 − 99)/99
        ambiguous([4.0404040404, 4.0404040404], closed(2, "take_profit", 99, 103, 4.0404040404, 0, 4.0404040404))
      ]
    ]
  ),
  ...scenario(
    "entry candle reaches the target, close short of it, low nearer",
    {
      candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 100, 101.5, 96.5, 98), k(3, 98, 102.5, 97.5, 102)],
      idea: short(97, 102, 60, 101)
    },
    [
      ["realistic", "touch"],
      [
        scheduled(1, 101),
        opened(2, 101),
        // 100·(101 − 102)/101
        ambiguous(
          [-0.9900990099, 3.9603960396],
          closed(3, "stop_loss", 101, 102, -0.9900990099, -0.9900990099, 2.9702970297)
        )
      ]
    ],
    [
      ["path"],
      [
        scheduled(1, 101),
        opened(2, 101),
        // 100·(101 − 97)/101
        ambiguous([3.9603960396, 3.9603960396], closed(2, "take_profit", 101, 97, 3.9603960396, 0, 3.9603960396))
      ]
    ]
  ),
  ...scenario(
    "entry candle reaches the target, close short of it, high nearer",
    {
      candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 102, 103.5, 98.5, 102), k(3, 102, 103, 101.5, 103)],
      idea: long(103, 98, 60, 99)
    },
    [
      ["realistic", "path", "touch"],
      [
        scheduled(1, 99),
        opened(2, 99),
        // 100·(103 − 99)/99
        ambiguous([4.0404040404, 4.0404040404], closed(3, "take_profit", 99, 103, 4.0404040404, 0, 4.0404040404))
      ]
    ]
  ),
  ...scenario(
    "entry candle reaches the target, close short of it, high nearer",
    {
      candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 98, 101.5, 96.5, 98), k(3, 98, 98.5, 97, 97)],
      idea: short(97, 102, 60, 101)
    },
    [
      ["realistic", "path", "touch"],
      [
        scheduled(1, 101),
        opened(2, 101),
        // 100·(101 − 97)/101
        ambiguous([3.9603960396, 3.9603960396], closed(3, "take_profit", 101, 97, 3.9603960396, 0, 3.9603960396))
      ]
    ]
  ),
  ...scenario(
    "ambiguous entry candle, then both levels in one candle",
    {
      candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 102, 103, 98.5, 102), k(3, 101, 103.5, 97.5, 100)],
      idea: long(103, 98, 60, 99)
    },
    [
      ["realistic"],
      [
        scheduled(1, 99),
        opened(2, 99),
        // 100·(98 − 99)/99
        ambiguous(
          [-1.0101010101, 4.0404040404],
          closed(3, "stop_loss", 99, 98, -1.0101010101, -1.0101010101, 3.0303030303)
        )
      ]
    ],
    [
      ["path", "touch"],
      [
        scheduled(1, 99),
        opened(2, 99),
        // 100·(103 − 99)/99
        ambiguous([-1.0101010101, 4.0404040404], closed(3, "take_profit", 99, 103, 4.0404040404, 0, 4.0404040404))
      ]
    ]
  ),
  ...scenario(
    "ambiguous entry candle, then both levels in one candle",
    {
      candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 98, 101.5, 97, 98), k(3, 99, 102.5, 96.5, 100)],
      idea: short(97, 102, 60, 101)
    },
    [
      ["realistic"],
      [
        scheduled(1, 101),
        opened(2, 101),
        // 100·(101 − 102)/101
        ambiguous(
          [-0.9900990099, 3.9603960396],
          closed(3, "stop_loss", 101, 102, -0.9900990099, -0.9900990099, 2.9702970297)
        )
      ]
    ],
    [
      ["path", "touch"],
      [
        scheduled(1, 101),
        opened(2, 101),
        // 100·(101 − 97)/101
        ambiguous([-0.9900990099, 3.9603960396], closed(3, "take_profit", 101, 97, 3.9603960396, 0, 3.9603960396))
      ]
    ]
  ),
  ...scenario(
    "ambiguous entry candle, then the frame's end",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 102, 103, 98.5, 102)], idea: long(103, 98, 60, 99), end: 3 },
    [
      ["realistic", "path"],
      [
        scheduled(1, 99),
        opened(2, 99),
        // 100·(102 − 99)/99
        ambiguous([3.0303030303, 4.0404040404], closed(3, "frame_end", 99, 102, 3.0303030303, 0, 3.0303030303))
      ]
    ],
    [
      ["touch"],
      [
        scheduled(1, 99),
        opened(2, 99),
        // P = (100 + 100 + (103 + 98.5 + 102)/3)/3, reflected for a short
        ambiguous(
          [1.4029180696, 4.0404040404],
          closed(3, "frame_end", 99, 100.3888888889, 1.4029180696, 0, 3.0303030303)
        )
      ]
    ]
  ),
  ...scenario(
    "ambiguous entry candle, then the frame's end",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 98, 101.5, 97, 98)], idea: short(97, 102, 60, 101), end: 3 },
    [
      ["realistic", "path"],
      [
        scheduled(1, 101),
        opened(2, 101),
        // 100·(101 − 98)/101
        ambiguous([2.9702970297, 3.9603960396], closed(3, "frame_end", 101, 98, 2.9702970297, 0, 2.9702970297))
      ]
    ],
    [
      ["touch"],
      [
        scheduled(1, 101),
        opened(2, 101),
        // P = (100 + 100 + (103 + 98.5 + 102)/3)/3, reflected for a short
        ambiguous(
          [1.3751375138, 3.9603960396],
          closed(3, "frame_end", 101, 99.6111111111, 1.3751375138, 0, 2.9702970297)
        )
      ]
    ]
  ),
  ...scenario(
    "entry, stop and target in one candle, low nearer",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 100, 103.5, 97.5, 102)], idea: long(103, 98, 60, 99) },
    [
      ["realistic", "path"],
      [
        scheduled(1, 99),
        opened(2, 99),
        // 100·(98 − 99)/99
        ambiguous([-1.0101010101, 4.0404040404], closed(2, "stop_loss", 99, 98, -1.0101010101, -1.0101010101, 0))
      ]
    ],
    [["touch"], [scheduled(1, 99), cancelled(2, "stop_loss")]]
  ),
  ...scenario(
    "entry, stop and target in one candle, low nearer",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 100, 102.5, 96.5, 98)], idea: short(97, 102, 60, 101) },
    [
      ["realistic", "path"],
      [
        scheduled(1, 101),
        opened(2, 101),
        // 100·(101 − 102)/101
        ambiguous([-0.9900990099, 3.9603960396], closed(2, "stop_loss", 101, 102, -0.9900990099, -0.9900990099, 0))
      ]
    ],
    [["touch"], [scheduled(1, 101), cancelled(2, "stop_loss")]]
  ),
  ...scenario(
    "entry, stop and target in one candle, close beyond the target",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 101, 103.5, 97.5, 103.25)], idea: long(103, 98, 60, 99) },
    [
      ["realistic", "path"],
      [
        scheduled(1, 99),
        opened(2, 99),
        // 100·(98 − 99)/99
        ambiguous([-1.0101010101, 4.0404040404], closed(2, "stop_loss", 99, 98, -1.0101010101, -1.0101010101, 0))
      ]
    ],
    [["touch"], [scheduled(1, 99), cancelled(2, "stop_loss")]]
  ),
  ...scenario(
    "entry, stop and target in one candle, close beyond the target",
    { candles: [calm, k(1, 100, 100.5, 99.5, 100), k(2, 99, 102.5, 96.5, 96.75)], idea: short(97, 102, 60, 101) },
    [
      ["realistic", "path"],
      [
        scheduled(1, 101),
        opened(2, 101),
        // 100·(101 − 102)/101
        ambiguous([-0.9900990099, 3.9603960396], closed(2, "stop_loss", 101, 102, -0.9900990099, -0.9900990099, 0))
      ]
    ],
    [["touch"], [scheduled(1, 101), cancelled(2, "stop_loss")]]
  ),
  ...scenario(
    "path on the entry candle, extremes equally near: low first",
    { candles: [calm, k(1, 101, 103.5, 98.5, 102), k(2, 102, 102.5, 97.5, 98)], idea: long(103, 98, 60, 99) },
    [
      ["path"],
      [
        scheduled(1, 99),
        opened(1, 99),
        // 100·(103 − 99)/99
        ambiguous([4.0404040404, 4.0404040404], closed(1, "take_profit", 99, 103, 4.0404040404, 0, 4.0404040404))
      ]
    ]
  ),
  ...scenario(
    "path on the entry candle, extremes equally near: low first",
    { candles: [calm, k(1, 99, 101.5, 96.5, 98), k(2, 98, 102.5, 97.5, 102)], idea: short(97, 102, 60, 101) },
    [
      ["path"],
      [
        scheduled(1, 101),
        opened(1, 101),
        // low first: the target was passed before the entry
        ambiguous(
          [-0.9900990099, 3.9603960396],
          closed(2, "stop_loss", 101, 102, -0.9900990099, -0.9900990099, 2.9702970297)
        )
      ]
    ]
  )
]
