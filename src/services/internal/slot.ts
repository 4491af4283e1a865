/**
 * A slot of a run: one strategy, or recorded signals, on one symbol, put together and about to be walked.
 */
import * as Cause from "effect/Cause"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type { Risk } from "../../clients/risk.js"
import type { Asker, Callbacks } from "../../clients/strategy.js"
import { Recorded } from "../../engine/recorded.js"
import type { RunInfo } from "../../model/document.js"
import { NotWarm, type RunError, StrategyError } from "../../model/errors.js"
import type { Event } from "../../model/event.js"
import type { SizingProfile } from "../../model/sizing.js"
import { fromMillis } from "../../model/interval.js"
import { ExecutionContext, Market, MethodContext, type RunServices } from "../Context.js"
import { candlesWithin, marketService, noCandles, type RunCore } from "../Core.js"
import type { ResolvedRun } from "../Validation.js"
import { messageOf, Warmth, withServices } from "./pager.js"

export interface Slot<R> {
  readonly run: ResolvedRun<R>
  readonly core: RunCore<R>
  readonly services: Context.Context<RunServices>
  readonly warmth: Warmth
  /** The signals of a replay. */
  readonly recorded: Recorded | undefined
  /** Annotates the logs of the strategy's code with the run they come from. */
  readonly labelled: <A, E, R2>(effect: Effect.Effect<A, E, R2>) => Effect.Effect<A, E, R2>
}

export const makeSlot = <R>(
  run: ResolvedRun<R>,
  core: RunCore<R>,
  runId: string,
  labelled: Slot<R>["labelled"]
): Slot<R> => ({
  run,
  core,
  services: runServices(run, runId, core),
  warmth: new Warmth(core.feeds),
  recorded: recordedOf(run, core),
  labelled
})

const runServices = <R>(
  run: ResolvedRun<R>,
  runId: string,
  { market, walk }: RunCore<R>
): Context.Context<RunServices> =>
  Context.make(ExecutionContext, {
    mode: run.asking._tag === "Strategy" ? "backtest" : "replay",
    runId,
    symbol: run.symbol,
    now: Effect.sync(() => market.when)
  }).pipe(
    Context.add(MethodContext, { strategy: run.strategy, exchange: run.exchange.name, frame: run.frame.name }),
    Context.add(Market, marketService(market, walk))
  )

const recordedOf = <R>({ asking, frame, strategy, symbol }: ResolvedRun<R>, { end, start }: RunCore<R>) =>
  asking._tag === "Recorded"
    ? new Recorded(asking.signals, { symbol, strategy, start, end, tick: frame.tick })
    : undefined

/** Takes in candles; an indicator of the user's that throws on one ends the run, for its values would be wrong. */
export const extend = <R>({ core, run }: Slot<R>, bound: number): Effect.Effect<void, StrategyError> =>
  Effect.try({
    try: () => core.extend(bound),
    catch: (cause) => setupError(run.strategy, Cause.die(cause))
  })

const setupError = (strategy: string, cause: Cause.Cause<unknown>): StrategyError =>
  new StrategyError({ strategy, reason: messageOf(cause), cause: Cause.squash(cause) })

/** Runs a strategy's set-up, once. */
export const setUp = <R>(
  { labelled, run, services }: Slot<R>,
  setup: Effect.Effect<Asker, unknown, R | RunServices>
): Effect.Effect<Asker, StrategyError, R> =>
  labelled(withServices(setup, services)).pipe(
    Effect.catchAllCause((cause) => Effect.fail(setupError(run.strategy, cause)))
  )

/** Ends what is open, and says what made the run pointless. */
export const finish = <R>({ core, recorded, run, warmth }: Slot<R>): Effect.Effect<void, RunError> =>
  Effect.suspend((): Effect.Effect<void, RunError> => {
    const { end, market, start, tape, walk } = core
    const columns = tape.columns()
    const [, candles] = candlesWithin(columns, start)
    if (candles === 0) return Effect.fail(noCandles(run.symbol, start, end, tape.extent))
    walk.finish()
    recorded?.finish(walk)
    market.seek(columns.length - 1)
    const { cold } = warmth
    if (cold === undefined) return Effect.void
    const { has, interval, name, warmup } = cold
    return Effect.fail(
      new NotWarm({
        strategy: run.strategy,
        symbol: run.symbol,
        indicator: name,
        needs: warmup,
        has,
        interval: fromMillis(interval) ?? `${interval} ms`
      })
    )
  })

/** What the slot ran over: complete when its events are. */
export const infoOf = <R>({ core, run }: Slot<R>): RunInfo => {
  const { end, start, tape } = core
  const columns = tape.columns()
  const [from, candles] = candlesWithin(columns, start)
  const last = columns.length - 1
  return {
    symbol: run.symbol,
    strategy: run.strategy,
    params: run.asking._tag === "Strategy" ? run.asking.prepared.params : {},
    exchange: run.exchange.name,
    frame: { name: run.frame.name, interval: run.frame.interval, start, end },
    fill: run.fill,
    settings: run.settings,
    seed: run.seed,
    candles,
    ...tape.gaps(start),
    truncated: candles > 0 && columns.timestamp[last] + tape.interval < end,
    firstOpen: columns.open[from],
    lastClose: columns.close[last],
    dataHash: tape.hash(),
    ...(run.profiles.length === 0 ? {} : { risk: run.profiles.map(riskInfo) }),
    ...(run.sizing === undefined ? {} : { sizing: sizingInfo(run.sizing) }),
    ...(tape.file === undefined ? {} : { file: tape.file })
  }
}

const riskInfo = ({ name, validations }: Risk<unknown>) => ({
  name,
  validations: validations.map(({ limit, name: rule }) => (limit === undefined ? rule : `${rule} ${limit}`))
})

const sizingInfo = ({ maxPercent, maxQuantity, method, minQuantity, name }: SizingProfile) => {
  const { _tag, ...own } = method
  const parameters = Object.entries({ ...own, maxPercent, minQuantity, maxQuantity }).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const]
  )
  return { name, method: _tag, parameters: Object.fromEntries(parameters) }
}

/** How far the slot has come: its instant, and the candles of the frame that are done. */
export const progressOf = <R>({ core }: Slot<R>) => {
  const { market, start, tape, walk } = core
  const [from] = candlesWithin(tape.columns(), start)
  const last = walk.done - 1
  return {
    when: last < 0 ? start : tape.columns().timestamp[last] + market.interval,
    candles: Math.max(0, walk.done - from)
  }
}

/** Runs the strategy's callbacks for events in order; one that fails is logged and changes nothing. */
export const callBack = <R>(slot: Slot<R>, events: ReadonlyArray<Event>): Effect.Effect<void, never, R> => {
  const { asking } = slot.run
  const callbacks = asking._tag === "Strategy" ? asking.prepared.callbacks : undefined
  if (callbacks === undefined || events.length === 0) return Effect.void
  const calls = Effect.forEach(
    events,
    (event) =>
      Effect.catchAllCause(callbackOf(callbacks, event), (cause) =>
        Effect.logError(`the on${event._tag} callback failed`, cause)
      ),
    { discard: true }
  )
  return slot.labelled(withServices(calls, slot.services))
}

const callbackOf = <R>(callbacks: Callbacks<R>, event: Event): Effect.Effect<void, unknown, R> => {
  switch (event._tag) {
    case "Scheduled":
      return callbacks.onScheduled?.(event) ?? Effect.void
    case "Opened":
      return callbacks.onOpened?.(event) ?? Effect.void
    case "Closed":
      return callbacks.onClosed?.(event) ?? Effect.void
    case "Cancelled":
      return callbacks.onCancelled?.(event) ?? Effect.void
    case "Rejected":
      return callbacks.onRejected?.(event) ?? Effect.void
    case "Failed":
      return callbacks.onFailed?.(event) ?? Effect.void
    default:
      return Effect.void
  }
}
