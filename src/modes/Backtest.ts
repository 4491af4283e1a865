import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type * as Stream from "effect/Stream"
import type { BacktestDocument } from "../model/document.js"
import type { FileError, RunError } from "../model/errors.js"
import type { Event } from "../model/event.js"
import { Command } from "../services/Command.js"
import { Markdown } from "../services/Markdown.js"
import type { BacktestOptions } from "../services/Validation.js"
import * as Run from "./run.js"

const open = <Params, R>(symbol: string, options: BacktestOptions<Params, R>) =>
  Effect.flatMap(Command, (command) => command.backtest(symbol, options))

/**
 * Backtests a strategy: the events of its signals, lazily and in order. Pulling less, or interrupting, stops the work;
 * an Effect-valued strategy is never asked beyond the event that satisfied the consumer. Candles apart (48 bytes
 * each), memory does not grow with the run.
 *
 * @example
 * ```ts
 * import { Backtest, Exchange, Frame, Kit, Strategy } from "effect-backtest"
 * import { Effect, Stream } from "effect"
 *
 * const events = Backtest.run("DEMO", {
 *   strategy: Strategy.make("never", {}).signal(() => null),
 *   exchange: Exchange.synthetic("demo"),
 *   frame: Frame.make("january", { interval: "1m", start: "2024-01-01", end: "2024-02-01" })
 * })
 * const program = Stream.runForEach(events, Effect.log).pipe(Effect.provide(Kit.layerNode))
 * ```
 */
export const run = <Params, R = never>(
  symbol: string,
  options: BacktestOptions<Params, R>
): Stream.Stream<Event, RunError, Command | R> => Run.events(open(symbol, options))

/** Backtests to the end: run, statistics, trades and everything that did not become one, as one value. */
export const report = <Params, R = never>(
  symbol: string,
  options: BacktestOptions<Params, R>
): Effect.Effect<BacktestDocument, RunError, Command | R> => Run.report(open(symbol, options), Run.gatherOne)

/** Backtests on a fiber of the present scope: a handle to look at, stop, or wait for it. */
export const fork = <Params, R = never>(
  symbol: string,
  options: BacktestOptions<Params, R>
): Effect.Effect<Run.Handle, RunError, Command | R | Scope.Scope> => Run.fork(open(symbol, options), Run.gatherOne)

/** The Markdown report of a finished run. */
export const markdown = (document: BacktestDocument): Effect.Effect<string, never, Markdown> =>
  Effect.map(Markdown, ({ backtest }) => backtest.markdown(document))

/** Writes the Markdown report to a folder (default `dump/backtest`) and gives the file's path. */
export const dump = (document: BacktestDocument, folder?: string): Effect.Effect<string, FileError, Markdown> =>
  Effect.flatMap(Markdown, ({ backtest }) => backtest.dump(document, folder))
