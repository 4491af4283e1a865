import type { ClosedTrade, StatisticsInput } from "../../src/engine/statistics.js"

/** "2022-01-01 02:00", UTC, as epoch milliseconds. */
export const at = (time: string): number => Date.parse(`${time.replace(" ", "T")}:00Z`)

type Row = readonly [opened: string, closed: string, r: number, mae: number, mfe: number, interval?: [number, number]]

export const trades = (rows: ReadonlyArray<Row>): Array<ClosedTrade> =>
  rows.map(([opened, closed, r, mae, mfe, interval]) => ({
    pendingAt: at(opened),
    closedAt: at(closed),
    pnlPercent: r,
    mae,
    mfe,
    ambiguous: interval !== undefined,
    pnlInterval: interval ?? [r, r]
  }))

/** Trades of the given returns, one a day at noon from 2022-01-01 on, each held for an hour. */
export const daily = (...returns: ReadonlyArray<number>): Array<ClosedTrade> =>
  returns.map((r, i) => {
    const pendingAt = at("2022-01-01 11:00") + i * 86_400_000
    return {
      pendingAt,
      closedAt: pendingAt + 3_600_000,
      pnlPercent: r,
      mae: Math.min(0, r),
      mfe: Math.max(0, r),
      ambiguous: false,
      pnlInterval: [r, r]
    }
  })

/** A frame of `days` days from 2022-01-01 on. */
export const frame = (days: number, list: ReadonlyArray<ClosedTrade>): StatisticsInput => ({
  trades: list,
  start: at("2022-01-01 00:00"),
  end: at("2022-01-01 00:00") + days * 86_400_000,
  firstOpen: 100,
  lastClose: 100,
  periodsPerYear: 365
})

/** Three days, three trades: too short for anything annualised. The last trade closes at the frame's very end. */
export const short: StatisticsInput = {
  trades: trades([
    ["2022-01-01 02:00", "2022-01-01 05:00", 2, -0.4, 2.2],
    ["2022-01-01 10:00", "2022-01-02 10:00", -1, -1.1, 0.3, [-1, 0.5]],
    ["2022-01-03 22:30", "2022-01-04 00:00", 0.5, -0.2, 0.8, [-0.7, 0.9]]
  ]),
  start: at("2022-01-01 00:00"),
  end: at("2022-01-04 00:00"),
  firstOpen: 100,
  lastClose: 110,
  periodsPerYear: 365
}

/** Fourteen days and ten trades: exactly enough for everything. */
export const enough: StatisticsInput = {
  trades: trades([
    ["2022-01-01 12:00", "2022-01-01 18:00", 3, -0.5, 3.1],
    ["2022-01-02 00:00", "2022-01-02 06:00", -2, -2.1, 0.4],
    ["2022-01-02 08:00", "2022-01-02 20:00", 1, -0.3, 1.2],
    ["2022-01-03 01:00", "2022-01-03 02:00", -1, -1.2, 0.1, [-1, 1.5]],
    ["2022-01-04 10:00", "2022-01-05 10:00", -1.5, -1.6, 0.6],
    ["2022-01-06 00:00", "2022-01-06 12:00", 4, -0.1, 4.2],
    ["2022-01-08 00:00", "2022-01-08 08:00", 0, -0.6, 0.6],
    ["2022-01-10 06:00", "2022-01-10 07:00", 2, -0.7, 2.3],
    ["2022-01-12 00:00", "2022-01-12 03:00", 0.5, -0.2, 0.9, [-1.8, 0.5]],
    ["2022-01-14 12:00", "2022-01-15 00:00", -2.5, -2.6, 0.2]
  ]),
  start: at("2022-01-01 00:00"),
  end: at("2022-01-15 00:00"),
  firstOpen: 40000,
  lastClose: 38000,
  periodsPerYear: 365
}

/** From noon to evening (14.25 days, 15 of them touched), 252 days a year, and a loss of more than everything. */
export const ruin: StatisticsInput = {
  trades: trades([
    ["2022-03-01 13:00", "2022-03-01 14:00", 10, -1, 11],
    ["2022-03-01 23:00", "2022-03-02 01:00", -120, -125, 0],
    ["2022-03-03 00:00", "2022-03-03 04:00", 5, -2, 6, [-3, 5]],
    ["2022-03-04 10:00", "2022-03-04 11:30", -8, -9, 0]
  ]),
  start: at("2022-03-01 12:00"),
  end: at("2022-03-15 18:00"),
  firstOpen: 2,
  lastClose: 1,
  periodsPerYear: 252
}
