import { describe, expect, it } from "@effect/vitest"
import * as Schedule from "../../src/report/schedule.js"
import { cancelled, cells, opened, over, scheduled, signal } from "./events.fixtures.js"

const a = signal()
const b = signal({
  id: "s2",
  position: "short",
  scheduledAt: Date.UTC(2024, 0, 1, 4),
  priceTakeProfit: 98,
  priceStopLoss: 101
})
const c = signal({ id: "s3", scheduledAt: Date.UTC(2024, 0, 1, 8), note: "dip | buy" })
const d = signal({ id: "s4", scheduledAt: Date.UTC(2024, 0, 1, 12) })
const market = signal({ id: "m1", scheduledAt: Date.UTC(2024, 0, 1, 16) })

/** One filled after 12 minutes, one cancelled after 120 and one after 30, one that still rests; one never rested. */
const events = [
  scheduled(a, 100.25),
  opened(a, "2024-01-01 00:12", 99.5),
  scheduled(b, 99.75),
  cancelled(b, "2024-01-01 06:00"),
  scheduled(c, 101),
  cancelled(c, "2024-01-01 08:30", { reason: "risk" }),
  scheduled(d, 101),
  opened(market, "2024-01-01 16:00", 103)
]

describe("make", () => {
  const data = over(Schedule.make(), events)

  it("counts what became of the limit entries", () => {
    expect(data).toMatchObject({
      scheduled: 4,
      opened: 1,
      cancelled: 2,
      cancelledBy: [
        { name: "risk", count: 1 },
        { name: "timeout", count: 1 }
      ],
      resting: 1,
      activationRate: 25,
      cancellationRate: 50,
      avgActivation: 12 * 60_000,
      avgWait: 75 * 60_000
    })
    expect(data.rows.map(({ action, id }) => `${action} ${id}`)).toEqual([
      "scheduled s1",
      "opened s1",
      "scheduled s2",
      "cancelled s2",
      "scheduled s3",
      "cancelled s3",
      "scheduled s4"
    ])
  })

  it("gives a value that later events leave as it is", () => {
    const reducer = Schedule.make()
    reducer.observe(scheduled(a, 100))
    const before = reducer.data()
    reducer.observe(opened(a, "2024-01-01 00:12", 99.5))
    expect(before.rows).toHaveLength(1)
    expect(before.resting).toBe(1)
    expect(reducer.data().resting).toBe(0)
  })

  it("tells signals of one id apart by where and when they were made", () => {
    const twin = signal({ strategy: "other" })
    const data = over(Schedule.make(), [scheduled(a, 100), opened(twin, "2024-01-01 00:10", 100)])
    expect(data).toMatchObject({ scheduled: 1, opened: 0, resting: 1 })
  })
})

describe("markdown", () => {
  it("has the rates on top and every event below, newest first", () => {
    expect(Schedule.markdown(over(Schedule.make(), events))).toBe(
      `# Schedule: \`X\`, \`ruled\`

- Scheduled: 4
- Opened: 1 (25.00%), after 12m on average
- Cancelled: 2 (50.00%; risk 1, timeout 1), after 1h 15m on average
- Still resting: 1

## Limit entries (7 events)

| Timestamp        | Action    | Symbol | Signal ID | Position | Current Price | Entry Price |     TP |     SL | Wait Time |
| :--------------- | :-------- | :----- | :-------- | :------- | ------------: | ----------: | -----: | -----: | --------: |
| 2024-01-01 12:00 | scheduled | X      | s4        | long     |        101.00 |      100.00 | 102.00 |  98.50 |       N/A |
| 2024-01-01 08:30 | cancelled | X      | s3        | long     |           N/A |      100.00 | 102.00 |  98.50 |       30m |
| 2024-01-01 08:00 | scheduled | X      | s3        | long     |        101.00 |      100.00 | 102.00 |  98.50 |       N/A |
| 2024-01-01 06:00 | cancelled | X      | s2        | short    |           N/A |      100.00 |  98.00 | 101.00 |    2h 00m |
| 2024-01-01 04:00 | scheduled | X      | s2        | short    |         99.75 |      100.00 |  98.00 | 101.00 |       N/A |
| 2024-01-01 00:12 | opened    | X      | s1        | long     |         99.50 |      100.00 | 102.00 |  98.50 |       12m |
| 2024-01-01 00:00 | scheduled | X      | s1        | long     |        100.25 |      100.00 | 102.00 |  98.50 |       N/A |
`
    )
  })

  it("shows notes, and strategies where there are several", () => {
    const other = scheduled(signal({ id: "o1", strategy: "other", symbol: "Y" }), 5)
    const data = over(Schedule.make(), [scheduled(c, 101), other])
    const rows = cells(Schedule.markdown(data, { notes: true }).split("\n"))
    expect(rows[0]?.slice(2, 7)).toEqual(["Symbol", "Strategy", "Signal ID", "Position", "Note"])
    expect(rows[2]?.slice(2, 7)).toEqual(["X", "ruled", "s3", "long", "dip \\| buy"])
    expect(Schedule.markdown(data)).toContain("# Schedule: 2 symbols, 2 strategies\n")
    expect(Schedule.markdown(data)).not.toContain("dip")
  })

  it("has the columns that are asked for, in that order", () => {
    const data = over(Schedule.make(), events.slice(2, 4))
    expect(cells(Schedule.markdown(data, { columns: ["reason", "wait", "signalId"] }).split("\n"))).toEqual([
      ["Reason", "Wait Time", "Signal ID"],
      [":------", "--------:", ":--------"],
      ["timeout", "2h 00m", "s2"],
      ["", "N/A", "s2"]
    ])
  })

  it("writes prices with the decimals of their symbol", () => {
    const tiny = { symbol: "SHIB", priceOpen: 0.000028, priceTakeProfit: 0.00003, priceStopLoss: 0.000025 }
    const large = { symbol: "BTC", priceOpen: 46000, priceTakeProfit: 47000, priceStopLoss: 45000 }
    const quotes = [
      { symbol: "BTC", price: 46319.5 },
      { symbol: "SHIB", price: 0.00002854 }
    ]
    const data = over(Schedule.make({ quotes }), [
      scheduled(signal(tiny), 0.00002854 / 3),
      scheduled(signal(large), 46319.5 / 3)
    ])
    const columns = ["price", "priceLimit", "takeProfit", "stopLoss"] as const
    expect(cells(Schedule.markdown(data, { columns }).split("\n")).slice(2)).toEqual([
      ["15439.83", "46000.00", "47000.00", "45000.00"],
      ["0.00000951", "0.00002800", "0.00003000", "0.00002500"]
    ])
  })

  it("says so when there is nothing", () => {
    expect(Schedule.markdown(over(Schedule.make(), []))).toBe("# Schedule\n\nNo limit entry was scheduled.\n")
    expect(over(Schedule.make(), [])).toMatchObject({ activationRate: null, avgWait: null, avgActivation: null })
  })
})
