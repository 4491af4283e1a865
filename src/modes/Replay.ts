import * as Effect from "effect/Effect"
import type * as Stream from "effect/Stream"
import type { BacktestDocument } from "../model/document.js"
import type { RunError } from "../model/errors.js"
import type { Event } from "../model/event.js"
import { Command } from "../services/Command.js"
import type { ReplayOptions } from "../services/Validation.js"
import * as Run from "./run.js"

const open = <R>(symbol: string, options: ReplayOptions<R>) =>
  Effect.flatMap(Command, (command) => command.replay(symbol, options))

/**
 * Backtests recorded signals instead of a strategy. A time off the grid of ticks is rounded up; one without a tick
 * moves to the next; one outside the data is rejected; one that comes while another rests or is open is passed over.
 */
export const run = <R = never>(
  symbol: string,
  options: ReplayOptions<R>
): Stream.Stream<Event, RunError, Command | R> => Run.events(open(symbol, options))

/** The same to the end; the document counts the signals passed over and moved. */
export const report = <R = never>(
  symbol: string,
  options: ReplayOptions<R>
): Effect.Effect<BacktestDocument, RunError, Command | R> => Run.report(open(symbol, options), Run.gatherOne)
