/**
 * Logic category: the Stream body of a run. Candles come in pages; a page is one synchronous loop (or, for an
 * Effect-valued strategy, one Effect loop) and gives one Chunk of events.
 */
import * as Chunk from "effect/Chunk"
import * as Context from "effect/Context"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import type { Callbacks } from "../clients/strategy.js"
import { Recorded } from "../engine/recorded.js"
import type { RunInfo } from "../model/document.js"
import { NotWarm, type RunError, StrategyError } from "../model/errors.js"
import { type Event, isPrimary } from "../model/event.js"
import { fromMillis } from "../model/interval.js"
import { Base } from "./Base.js"
import { ExecutionContext, Market, MethodContext, type RunServices } from "./Context.js"
import { candlesWithin, Core, marketService, noCandles, type RunCore } from "./Core.js"
import { EventHub } from "./EventHub.js"
import { Global } from "./Global.js"
import { effectPager } from "./internal/effectPager.js"
import { macrotask } from "./internal/macrotask.js"
import {
  messageOf,
  type PageContext,
  type Pager,
  plainPager,
  recordedPager,
  Warmth,
  withServices
} from "./internal/pager.js"
import type { ResolvedRun } from "./Validation.js"

/** A run that has been put together and not begun: its events, and what can be said of it once they have been read. */
export interface Session<R> {
  readonly events: Stream.Stream<Event, RunError, R>
  /** What the run was over: complete when the events are. */
  readonly info: Effect.Effect<RunInfo>
  /** Recorded signals passed over, and moved to the next tick. */
  readonly replayed: Effect.Effect<{ readonly skipped: number; readonly shifted: number }>
}

export class Logic extends Context.Tag("effect-backtest/Logic")<
  Logic,
  {
    readonly open: <R>(run: ResolvedRun<R>, runId: string) => Effect.Effect<Session<R>, RunError, R | Scope.Scope>
  }
>() {}

/** Candles a page holds at the most: how far a plain strategy may run ahead of its consumer. */
const pageLength = 4096
/** The longest a page keeps the event loop waiting, ms. */
const pageMillis = 10

export const layer: Layer.Layer<Logic, never, Core | EventHub | Base | Global> = Layer.effect(
  Logic,
  Effect.gen(function* () {
    const core = yield* Core
    const hub = yield* EventHub
    const base = yield* Base
    const global = yield* Global

    const open = Effect.fnUntraced(function* <R>(run: ResolvedRun<R>, runId: string) {
      const clock = yield* Effect.clock
      const began = clock.unsafeCurrentTimeMillis()
      const opened = yield* core.open(run)
      hub.publish({ _tag: "Performance", runId, phase: "load", millis: clock.unsafeCurrentTimeMillis() - began })
      const labelled = base.labelled({ runId, symbol: run.symbol, strategy: run.strategy })
      const services = runServices(run, runId, opened)
      const warmth = new Warmth(opened.feeds)
      const recorded = recordedOf(run, opened)
      const pager: Pager<R> =
        recorded === undefined
          ? yield* strategyPager({ run, core: opened, clock, pageMillis, warmth, labelled }, services)
          : recordedPager({ core: opened }, recorded)
      const callbacks = run.asking._tag === "Strategy" ? run.asking.prepared.callbacks : undefined
      const finishing = Effect.suspend(() => finish(run, opened, warmth, recorded))

      yield* global.partial.follow(runId, () => opened.walk.position)

      let lastYield = began
      const page = Effect.gen(function* () {
        const now = clock.unsafeCurrentTimeMillis()
        if (now - lastYield >= pageMillis) {
          yield* macrotask
          lastYield = clock.unsafeCurrentTimeMillis()
          hub.publish(progress(run, runId, opened))
        }
        const { tape, walk } = opened
        while (walk.done >= tape.columns().length && !tape.isComplete()) yield* opened.pull
        const { length } = tape.columns()
        const bound = Math.min(length, walk.done + pageLength)
        const isPending = () => pager.isPending?.() === true
        if (walk.done < bound || isPending()) {
          yield* extend(run.strategy, opened, bound)
          yield* pager.page(bound)
        }
        const over = tape.isComplete() && walk.done >= tape.columns().length && !isPending()
        if (over) yield* finishing
        const { events } = walk
        walk.events = []
        if (callbacks !== undefined) yield* labelled(withServices(callEach(callbacks, events), services))
        if (over) {
          hub.publish(progress(run, runId, opened))
          hub.publish({ _tag: "Performance", runId, phase: "run", millis: clock.unsafeCurrentTimeMillis() - began })
        }
        const told = run.all ? events : events.filter(isPrimary)
        return [Chunk.unsafeFromArray(told), over ? Option.none() : Option.some(undefined)] as const
      })

      const events = Stream.paginateChunkEffect(undefined, () => page).pipe(
        Stream.ensuring(global.partial.forget(runId))
      )
      return {
        events,
        info: Effect.sync(() => infoOf(run, opened)),
        replayed: Effect.sync(() => ({ skipped: recorded?.skipped ?? 0, shifted: recorded?.shifted ?? 0 }))
      }
    })

    return { open }
  })
)

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

const progress = <R>(run: ResolvedRun<R>, runId: string, { end, market, start, tape, walk }: RunCore<R>) => {
  const [from] = candlesWithin(tape.columns(), start)
  const last = walk.done - 1
  const when = last < 0 ? start : tape.columns().timestamp[last] + market.interval
  const candles = Math.max(0, walk.done - from)
  return { _tag: "Progress", runId, symbol: run.symbol, strategy: run.strategy, when, start, end, candles } as const
}

const recordedOf = <R>({ asking, frame, strategy, symbol }: ResolvedRun<R>, { end, start }: RunCore<R>) =>
  asking._tag === "Recorded"
    ? new Recorded(asking.signals, { symbol, strategy, start, end, tick: frame.tick })
    : undefined

/** The pager for the shape of the strategy; a set-up is run here, once. */
const strategyPager = <R>(
  context: PageContext<R>,
  services: Context.Context<RunServices>
): Effect.Effect<Pager<R>, StrategyError, R | Scope.Scope> => {
  const { behaviour } = context.core
  switch (behaviour?._tag) {
    case undefined:
      return Effect.succeed({ page: () => Effect.void })
    case "Plain":
      return Effect.succeed(plainPager(context, behaviour.asker))
    case "Setup":
      return context.labelled(withServices(behaviour.setup, services)).pipe(
        Effect.map((asker) => plainPager(context, asker)),
        Effect.catchAllCause((cause) => Effect.fail(setupError(context.run.strategy, cause)))
      )
    case "Effect":
      return effectPager(context, (driver) => context.labelled(withServices(behaviour.asks(driver), services)))
  }
}

/** Takes in candles; an indicator of the user's that throws on one ends the run, for its values would be wrong. */
const extend = <R>(strategy: string, { extend }: RunCore<R>, bound: number): Effect.Effect<void, StrategyError> =>
  Effect.try({
    try: () => extend(bound),
    catch: (cause) => setupError(strategy, Cause.die(cause))
  })

const setupError = (strategy: string, cause: Cause.Cause<unknown>): StrategyError =>
  new StrategyError({ strategy, reason: messageOf(cause), cause: Cause.squash(cause) })

/** Ends what is open, and says what made the run pointless. */
const finish = <R>(
  run: ResolvedRun<R>,
  { end, market, start, tape, walk }: RunCore<R>,
  warmth: Warmth,
  recorded: Recorded | undefined
): Effect.Effect<void, RunError> => {
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
}

const infoOf = <R>(run: ResolvedRun<R>, { end, start, tape }: RunCore<R>): RunInfo => {
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
    dataHash: tape.hash()
  }
}

/** Runs the callbacks of a page's events in order; one that fails is logged and changes nothing. */
const callEach = <R>(callbacks: Callbacks<R>, events: ReadonlyArray<Event>): Effect.Effect<void, never, R> =>
  Effect.forEach(
    events,
    (event) =>
      Effect.catchAllCause(callbackOf(callbacks, event), (cause) =>
        Effect.logError(`the on${event._tag} callback failed`, cause)
      ),
    { discard: true }
  )

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
