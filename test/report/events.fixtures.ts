import type {
  Cancelled,
  Closed,
  Event,
  Opened,
  PartialLoss,
  PartialProfit,
  Rejected,
  Scheduled
} from "../../src/model/event.js"
import type { Signal } from "../../src/model/signal.js"
import { at } from "./fixtures.js"

/** A limit entry at 100 of "2024-01-01 00:00", unless said otherwise. */
export const signal = (given: Partial<Signal> = {}): Signal => ({
  id: "s1",
  symbol: "X",
  strategy: "ruled",
  exchange: "memory",
  frame: "frame",
  position: "long",
  priceOpen: 100,
  priceTakeProfit: 102,
  priceStopLoss: 98.5,
  minuteEstimatedTime: 240,
  scheduledAt: at("2024-01-01 00:00"),
  ...given
})

export const scheduled = (of: Signal, price: number): Scheduled => ({
  _tag: "Scheduled",
  when: of.scheduledAt,
  signal: of,
  price
})

export const opened = (of: Signal, time: string, priceOpen: number): Opened => ({
  _tag: "Opened",
  when: at(time),
  signal: { ...of, pendingAt: at(time) },
  priceOpen
})

export const closed = (of: Signal, time: string, pnlPercent: number, given: Partial<Closed> = {}): Closed => ({
  _tag: "Closed",
  when: at(time),
  signal: { pendingAt: of.scheduledAt, ...of },
  reason: pnlPercent > 0 ? "take_profit" : "stop_loss",
  priceOpen: 100,
  priceClose: 100 + pnlPercent,
  pnlPercent,
  mae: 0,
  mfe: 0,
  ambiguous: false,
  pnlInterval: [pnlPercent, pnlPercent],
  ...given
})

export const cancelled = (of: Signal, time: string, given: Partial<Cancelled> = {}): Cancelled => ({
  _tag: "Cancelled",
  when: at(time),
  signal: of,
  reason: "timeout",
  ...given
})

export const rejected = (time: string, given: Partial<Rejected>): Rejected => ({
  _tag: "Rejected",
  when: at(time),
  symbol: "X",
  strategy: "ruled",
  violations: [],
  answer: null,
  ...given
})

export const partial = (
  tag: "PartialProfit" | "PartialLoss",
  of: Signal,
  time: string,
  level: number,
  price: number
): PartialLoss | PartialProfit => ({ _tag: tag, when: at(time), signal: of, level, price })

/** Cells of the rows of a Markdown table, without padding. */
export const cells = (lines: ReadonlyArray<string>): Array<Array<string>> =>
  lines
    .filter((line) => line.startsWith("|"))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim())
    )

/** What a reducer comes to over events. */
export const over = <Data>(
  reducer: { readonly observe: (event: Event) => void; readonly data: () => Data },
  events: ReadonlyArray<Event>
): Data => {
  for (const event of events) reducer.observe(event)
  return reducer.data()
}
