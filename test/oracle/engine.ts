import * as Cause from "effect/Cause"
import * as Columns from "../../src/engine/columns.js"
import { Market } from "../../src/engine/market.js"
import { Recorded } from "../../src/engine/recorded.js"
import { type Detail, rules } from "../../src/engine/rules.js"
import { Walk } from "../../src/engine/walk.js"
import type { Event } from "../../src/model/event.js"
import type { OracleEvent, OracleInput, ReplaySignal, Run } from "./types.js"

/** How the engine is driven: candles per page, and how much it tells of open positions. */
export interface Driving {
  readonly page: number
  readonly detail: Detail
}

const names = { symbol: "S", strategy: "s", exchange: "e", frame: "f" }

const assemble = (run: Run, detail: Detail) => {
  const columns = Columns.fromCandles(run.candles.filter((candle) => candle.timestamp < run.end))
  const market = new Market({ interval: run.base, columns, vwapCandles: run.settings.vwapCandles })
  const walk = new Walk(
    {
      ...names,
      start: run.start,
      end: run.end,
      tick: run.frameInterval,
      interval: run.strategyInterval,
      seed: 0,
      settings: run.settings,
      rules: rules(run.settings, run.policy, run.base, detail),
      stops: {},
      asksExit: run.exit !== undefined,
      idle: false,
      onAccount: false,
      steps: undefined
    },
    market,
    columns
  )
  return { columns, market, walk }
}

/** The engine over the same input as the oracle. */
export const backtest = (input: OracleInput, { detail, page }: Driving): ReadonlyArray<OracleEvent> => {
  const { columns, market, walk } = assemble(input, detail)
  const candles = Columns.toCandles(columns)
  const attempt = (next: "signal" | "exit", ask: () => void) => {
    try {
      ask()
    } catch (error) {
      walk.fail({ _tag: "Failed", when: market.when, ...names, message: "", cause: Cause.die(error) }, next)
    }
  }
  while (walk.done < columns.length) {
    const bound = Math.min(columns.length, walk.done + page)
    market.extend(columns, bound)
    for (let next = walk.next(bound); next === "signal" || next === "exit"; next = walk.next(bound)) {
      const closed = candles.slice(0, market.index + 1)
      if (next === "exit") attempt(next, () => walk.answerExit(input.exit?.(market.when, closed) === true))
      else attempt(next, () => walk.answer(input.ask(market.when, closed, market.price)))
    }
  }
  walk.finish()
  return toOracle(walk.events)
}

/** The engine's replay over the same input as the oracle's. */
export const replay = (run: Run, signals: ReadonlyArray<ReplaySignal>, { detail, page }: Driving) => {
  const { columns, market, walk } = assemble({ ...run, exit: undefined }, detail)
  const recorded = new Recorded(signals, { ...names, start: run.start, end: run.end, tick: run.frameInterval })
  if (columns.length > 0) recorded.begin(walk, columns.timestamp[0])
  while (walk.done < columns.length) {
    const bound = Math.min(columns.length, walk.done + page)
    market.extend(columns, bound)
    walk.due = recorded.due
    while (walk.next(bound) !== "page") {
      while (recorded.offer(walk, market.when));
      walk.moveOn()
      walk.due = recorded.due
    }
  }
  walk.finish()
  recorded.finish(walk)
  return { events: toOracle(walk.events), skipped: recorded.skipped, shifted: recorded.shifted }
}

/** Events of the library as the oracle words them. */
export const toOracle = (events: ReadonlyArray<Event>): ReadonlyArray<OracleEvent> =>
  events.flatMap((event): ReadonlyArray<OracleEvent> => {
    const at = event.when
    switch (event._tag) {
      case "Scheduled":
        return [{ type: "Scheduled", at, priceOpen: event.signal.priceOpen ?? Number.NaN }]
      case "Opened":
        return [{ type: "Opened", at, priceOpen: event.priceOpen }]
      case "Closed": {
        const { _tag, signal: _, when: __, ...rest } = event
        return [{ type: _tag, at, ...rest }]
      }
      case "Cancelled":
        return [{ type: "Cancelled", at, reason: event.reason }]
      case "Rejected":
        return [{ type: "Rejected", at, codes: [...new Set(event.violations.map(({ code }) => code))] }]
      case "Failed":
        return [{ type: "Failed", at }]
      case "PartialProfit":
      case "PartialLoss":
        return [{ type: event._tag, at, level: event.level, price: event.price }]
      case "StopMoved":
        return [{ type: "StopMoved", at, rule: event.rule, priceStopLoss: event.priceStopLoss }]
      default:
        return []
    }
  })
