import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type * as Stream from "effect/Stream"
import type { Strategy } from "../clients/strategy.js"
import type { PortfolioDocument } from "../model/document.js"
import type { RunError } from "../model/errors.js"
import type { Event } from "../model/event.js"
import { Command } from "../services/Command.js"
import type { RunServices } from "../services/Context.js"
import type { PortfolioEntry, RunOptions } from "../services/Validation.js"
import * as Run from "./run.js"

/** What is shared by the runs of a portfolio. */
export type Options<R> = RunOptions<R>

const open = <R>(entries: ReadonlyArray<PortfolioEntry<R>>, options: RunOptions<R>) =>
  Effect.flatMap(Command, (command) => command.portfolio(entries, options))

/** Every strategy on every symbol; what strategies need of the run itself is no requirement of the portfolio. */
export function cross<R = never>(
  symbols: ReadonlyArray<string>,
  strategies: ReadonlyArray<Strategy<unknown, R> | string>
): ReadonlyArray<PortfolioEntry<Exclude<R, RunServices>>>
export function cross(
  symbols: ReadonlyArray<string>,
  strategies: ReadonlyArray<Strategy<unknown, unknown> | string>
): ReadonlyArray<PortfolioEntry<unknown>> {
  return symbols.flatMap((symbol) => strategies.map((strategy) => ({ symbol, strategy })))
}

/**
 * Backtests strategies on symbols over one account: their events in one Stream, in the order of time. They share its
 * risk profiles and, where they are sized, its balance and cash; without a sizing the account is divided evenly among
 * them. The order in which they are given changes nothing: at one instant, asks come before fills, fills before
 * closings, and slots have their turn by symbol, then strategy.
 *
 * @example
 * ```ts
 * import { Event, Exchange, Frame, Indicator, Kit, Portfolio, Risk, Signal, Sizing, Strategy } from "effect-backtest"
 * import { Effect, Stream } from "effect"
 *
 * const Reversion = Strategy.make("reversion", { interval: "15m", indicators: () => ({ rsi: Indicator.rsi(14) }) }).signal(
 *   ({ indicators: { rsi }, price }) =>
 *     rsi.crossedAbove(30)
 *       ? Signal.long({ priceTakeProfit: price * 1.02, priceStopLoss: price * 0.99, minuteEstimatedTime: 720 })
 *       : null
 * )
 *
 * const events = Portfolio.run(Portfolio.cross(["BTC", "ETH", "SOL"], [Reversion]), {
 *   exchange: Exchange.synthetic("demo"),
 *   frame: Frame.make("january", { start: "2024-01-01", end: "2024-02-01" }),
 *   balance: 10_000,
 *   sizing: Sizing.fixedPercentage("one percent", { riskPercent: 1 }),
 *   risk: Risk.make("desk", { validations: [Risk.maxPositions(2)] })
 * })
 * const ofEth = Stream.filter(events, Event.isOf({ symbol: "ETH" }))
 * const program = Stream.runForEach(ofEth, Effect.log).pipe(Effect.provide(Kit.layerNode))
 * ```
 */
export const run = <R = never>(
  entries: ReadonlyArray<PortfolioEntry<R>>,
  options: RunOptions<R>
): Stream.Stream<Event, RunError, Command | R> => Run.events(open(entries, options))

/** The same to the end: every run with its trades and statistics, and the account as a whole. */
export const report = <R = never>(
  entries: ReadonlyArray<PortfolioEntry<R>>,
  options: RunOptions<R>
): Effect.Effect<PortfolioDocument, RunError, Command | R> => Run.report(open(entries, options), Run.gatherAll)

/** The same on a fiber of the present scope: a handle to look at, stop, or wait for it. */
export const fork = <R = never>(
  entries: ReadonlyArray<PortfolioEntry<R>>,
  options: RunOptions<R>
): Effect.Effect<Run.Handle<PortfolioDocument>, RunError, Command | R | Scope.Scope> =>
  Run.fork(open(entries, options), Run.gatherAll)
