import { describe, expect, it } from "@effect/vitest"
import { defaults } from "../../src/model/settings.js"
import { type Row, rows } from "../engine/step.tables.js"
import { differences, primary } from "./compare.js"
import { backtest } from "./oracle.js"

const minute = 60_000

const run = (row: Row) =>
  backtest({
    candles: row.candles,
    base: row.base,
    start: row.start,
    end: row.end,
    frameInterval: minute,
    strategyInterval: minute,
    policy: row.policy,
    settings: { ...defaults, ...row.settings },
    ask: (when) => (when === row.signalAt ? row.idea : null),
    exit: (when) => when === row.exitAt
  })

describe("the oracle against the tables", () => {
  it.each(rows.map((row) => [row.name, row] as const))("%s", (_, row) => {
    expect(differences(primary(run(row), row), row.expected)).toEqual([])
  })
})
