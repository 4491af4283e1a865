import type { Candle } from "../../src/model/candle.js"
import type { CancelReason, CloseReason, ViolationCode } from "../../src/model/event.js"
import type { FillPolicy } from "../../src/model/fill.js"
import type { Settings } from "../../src/model/settings.js"
import type { Idea } from "../../src/model/signal.js"
import type {
  OracleCancelled,
  OracleClosed,
  OracleEvent,
  OracleOpened,
  OraclePartial,
  OracleRejected,
  OracleScheduled,
  OracleStopMoved
} from "./types.js"

/** One market, one signal, and what must come of it. Times in epoch milliseconds; the base interval is one minute. */
export interface Row {
  readonly name: string
  readonly policy: FillPolicy
  readonly candles: ReadonlyArray<Candle>
  readonly base: number
  readonly start: number
  readonly end: number
  /** The tick at which the strategy answers `idea`; at every other one it answers null. */
  readonly signalAt: number
  readonly idea: Idea
  /** The tick at which `exit` is true. */
  readonly exitAt?: number
  /** Over the defaults. */
  readonly settings: Partial<Settings>
  /** Whether `expected` tells of partial levels as well. */
  readonly partials: boolean
  /** Whether it tells of moved stops. */
  readonly stops: boolean
  readonly expected: ReadonlyArray<OracleEvent>
}

const minute = 60_000

/** Settings of every row that does not name its own: no costs. */
export const free: Partial<Settings> = { slippage: 0, fee: 0 }

// Below, times are in minutes.

export const k = (at: number, open: number, high: number, low: number, close: number, volume = 1): Candle => ({
  timestamp: at * minute,
  open,
  high,
  low,
  close,
  volume
})

/** The candle before the signal's tick: the average price there is 100. */
export const calm = k(0, 100, 100, 100, 100)

export const scheduled = (at: number, priceOpen: number): OracleScheduled => ({
  type: "Scheduled",
  at: at * minute,
  priceOpen
})

export const opened = (at: number, priceOpen: number): OracleOpened => ({ type: "Opened", at: at * minute, priceOpen })

/** An unambiguous close: its interval is its PnL. */
export const closed = (
  at: number,
  reason: CloseReason,
  priceOpen: number,
  priceClose: number,
  pnlPercent: number,
  mae: number,
  mfe: number
): OracleClosed => ({
  type: "Closed",
  at: at * minute,
  reason,
  priceOpen,
  priceClose,
  pnlPercent,
  mae,
  mfe,
  ambiguous: false,
  pnlInterval: [pnlPercent, pnlPercent]
})

export const ambiguous = (pnlInterval: readonly [low: number, high: number], event: OracleClosed): OracleClosed => ({
  ...event,
  ambiguous: true,
  pnlInterval
})

/** Closed with the stop where a rule had moved it. */
export const withStopAt = (priceStopMoved: number, event: OracleClosed): OracleClosed => ({ ...event, priceStopMoved })

/** A stop rule moved the stop at the close at minute `at`. */
const stopMoved =
  (rule: OracleStopMoved["rule"]) =>
  (at: number, priceStopLoss: number): OracleStopMoved => ({ type: "StopMoved", at: at * minute, rule, priceStopLoss })

export const trailed = stopMoved("trailing")
export const evened = stopMoved("breakeven")

export const cancelled = (at: number, reason: CancelReason): OracleCancelled => ({
  type: "Cancelled",
  at: at * minute,
  reason
})

export const rejected = (at: number, ...codes: ReadonlyArray<ViolationCode>): OracleRejected => ({
  type: "Rejected",
  at: at * minute,
  codes
})

const partial =
  (type: OraclePartial["type"]) =>
  (at: number, level: number, price: number): OraclePartial => ({ type, at: at * minute, level, price })

export const profit = partial("PartialProfit")
export const loss = partial("PartialLoss")

export interface Scenario {
  readonly candles: ReadonlyArray<Candle>
  readonly idea: Idea
  readonly end?: number
  readonly exitAt?: number
  readonly settings?: Partial<Settings>
  readonly partials?: boolean
  readonly stops?: boolean
}

export interface Case {
  readonly policies: ReadonlyArray<FillPolicy>
  readonly expected: ReadonlyArray<OracleEvent>
}

export const on = (policies: ReadonlyArray<FillPolicy>, ...expected: ReadonlyArray<OracleEvent>): Case => ({
  policies,
  expected
})

export const all: ReadonlyArray<FillPolicy> = ["realistic", "path", "touch"]
/** The policies under which a level that is gapped over fills at the open. */
export const gapFills: ReadonlyArray<FillPolicy> = ["realistic", "path"]
export const notPath: ReadonlyArray<FillPolicy> = ["realistic", "touch"]
export const notRealistic: ReadonlyArray<FillPolicy> = ["path", "touch"]
export const realistic: ReadonlyArray<FillPolicy> = ["realistic"]
export const path: ReadonlyArray<FillPolicy> = ["path"]
export const touch: ReadonlyArray<FillPolicy> = ["touch"]

/** The rows of one scenario, one per policy. The signal comes at minute 1, the frame ends at minute 20 unless told. */
export const scenario = (name: string, given: Scenario, ...cases: ReadonlyArray<Case>): ReadonlyArray<Row> =>
  cases.flatMap(({ expected, policies }) =>
    policies.map((policy) => ({
      name: `${policy}, ${given.idea.position}: ${name}`,
      policy,
      candles: given.candles,
      base: minute,
      start: minute,
      end: (given.end ?? 20) * minute,
      signalAt: minute,
      idea: given.idea,
      ...(given.exitAt === undefined ? {} : { exitAt: given.exitAt * minute }),
      settings: { ...free, ...given.settings },
      partials: given.partials ?? false,
      stops: given.stops ?? false,
      expected
    }))
  )

/** An idea for a table: target, stop, lifetime in minutes, limit price. */
const idea =
  (position: Idea["position"]) =>
  (priceTakeProfit: number, priceStopLoss: number, minuteEstimatedTime: number, priceOpen?: number): Idea => ({
    position,
    priceTakeProfit,
    priceStopLoss,
    minuteEstimatedTime,
    ...(priceOpen === undefined ? {} : { priceOpen })
  })

export const long = idea("long")
export const short = idea("short")
