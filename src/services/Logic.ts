/**
 * Logic category: the Stream body of a run. Candles come in pages; a page is one synchronous loop (or, where an Effect
 * has a say, one Effect loop) and gives one Chunk of events.
 */
import * as Chunk from "effect/Chunk"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import { Desk } from "../clients/risk.js"
import { Account } from "../engine/account.js"
import type { AccountInfo } from "../model/account.js"
import type { RunInfo } from "../model/document.js"
import type { RunError } from "../model/errors.js"
import { type Event, isPrimary, strategyOf, symbolOf } from "../model/event.js"
import { Base } from "./Base.js"
import type { Mode } from "./Context.js"
import { Core } from "./Core.js"
import { EventHub } from "./EventHub.js"
import { Global } from "./Global.js"
import { alone } from "./internal/alone.js"
import { pageMillis } from "./internal/body.js"
import { macrotask } from "./internal/macrotask.js"
import { callBack, infoOf, makeSlot, progressOf, type Slot } from "./internal/slot.js"
import { together } from "./internal/together.js"
import type { AccountMoney, ResolvedPortfolio, ResolvedRun, Told } from "./Validation.js"

/** What is known of a slot once its events have been read. */
export interface SlotOutcome {
  readonly run: RunInfo
  /** Recorded signals passed over, and moved to the next tick. */
  readonly skipped: number
  readonly shifted: number
}

/** A run that has been put together and not begun: its events, and what can be said of it once they have been read. */
export interface Session<R> {
  readonly events: Stream.Stream<Event, RunError, R>
  /** One per slot, in the order in which slots have their turn. */
  readonly outcomes: Effect.Effect<ReadonlyArray<SlotOutcome>>
  /** The account's money; undefined where nothing is sized. */
  readonly account: Effect.Effect<AccountInfo | undefined>
}

export class Logic extends Context.Tag("effect-backtest/Logic")<
  Logic,
  {
    /** One slot: on an account of its own where it is sized or has risk profiles, else on none. */
    readonly open: <R>(run: ResolvedRun<R>, runId: string) => Effect.Effect<Session<R>, RunError, R | Scope.Scope>
    /** Several slots on one account. */
    readonly openPortfolio: <R>(
      portfolio: ResolvedPortfolio<R>,
      runId: string
    ) => Effect.Effect<Session<R>, RunError, R | Scope.Scope>
  }
>() {}

export const layer: Layer.Layer<Logic, never, Core | EventHub | Base | Global> = Layer.effect(
  Logic,
  Effect.gen(function* () {
    const core = yield* Core
    const hub = yield* EventHub
    const base = yield* Base
    const global = yield* Global

    const openSlots = <R>(runs: ReadonlyArray<ResolvedRun<R>>, runId: string, onAccount: boolean) =>
      Effect.forEach(runs, (run) => {
        const told = hub.wants("partials") && run.told === "signals" ? "progress" : run.told
        const labelled = base.labelled({ runId, symbol: run.symbol, strategy: run.strategy })
        return Effect.map(core.open(run, { onAccount, told }), (opened) => makeSlot(run, opened, runId, labelled))
      })

    /** Positions and account can be looked at from outside while the run's scope is open. */
    const follow = Effect.fnUntraced(function* <R>(
      slots: ReadonlyArray<Slot<R>>,
      runId: string,
      desk: Desk | undefined
    ) {
      for (const { core, run } of slots) {
        const name = slots.length === 1 ? runId : `${runId}/${run.symbol}/${run.strategy}`
        yield* Effect.acquireRelease(
          global.partial.follow(name, () => core.walk.position),
          () => global.partial.forget(name)
        )
      }
      if (desk !== undefined) {
        yield* Effect.acquireRelease(global.risk.follow(runId, desk), () => global.risk.forget(runId))
      }
    })

    const open = Effect.fnUntraced(function* <R>(
      runs: ReadonlyArray<ResolvedRun<R>>,
      money: AccountMoney | undefined,
      runId: string
    ) {
      const clock = yield* Effect.clock
      const began = clock.unsafeCurrentTimeMillis()
      const [first] = runs
      const needsAccount = runs.length > 1 || money !== undefined || (first !== undefined && first.profiles.length > 0)
      const desk = needsAccount ? new Desk(new Account({ money, slots: runs.length })) : undefined
      const slots = yield* openSlots(runs, runId, needsAccount)
      const label = labelOf(runs, runId)
      const since = (from: number) => clock.unsafeCurrentTimeMillis() - from
      hub.publish({ _tag: "Performance", ...label, phase: "load", millis: since(began) })
      const body = desk === undefined ? yield* alone(slots[0], clock) : yield* together(slots, desk, clock)
      yield* follow(slots, runId, desk)
      const find = finder(slots)
      const told = first?.told ?? "signals"

      const timed = <A, E>(page: Effect.Effect<A, E, R>) =>
        Effect.map(Effect.timedWith(page, clock.currentTimeNanos), ([took, events]) => {
          hub.publish({ _tag: "Performance", ...label, phase: "page", millis: Duration.toMillis(took) })
          return events
        })

      let lastYield = began
      const page = Effect.gen(function* () {
        const now = clock.unsafeCurrentTimeMillis()
        if (now - lastYield >= pageMillis) {
          yield* macrotask
          lastYield = clock.unsafeCurrentTimeMillis()
          hub.publish({ _tag: "Progress", ...label, ...progress(slots) })
        }
        const events = yield* hub.wants("messages") ? timed(body.page) : body.page
        yield* callBackEach(find, slots, events)
        if (hub.wants("signals")) {
          hub.publishAll(events.map((event) => ({ _tag: "Signal", runId, mode: label.mode, event }) as const))
        }
        const over = body.isOver()
        if (over) {
          hub.publish({ _tag: "Progress", ...label, ...progress(slots) })
          hub.publish({ _tag: "Performance", ...label, phase: "run", millis: since(began) })
        }
        return [Chunk.unsafeFromArray(tell(events, told)), over ? Option.none() : Option.some(undefined)] as const
      })

      return {
        events: Stream.paginateChunkEffect(undefined, () => page),
        outcomes: Effect.sync(() => slots.map(outcomeOf)),
        account: Effect.sync(() => (desk === undefined || money === undefined ? undefined : accountOf(desk, money)))
      }
    })

    return {
      open: (run, runId) => open([run], run.money, runId),
      openPortfolio: ({ money, runs }, runId) => open(runs, money, runId)
    }
  })
)

/** The events a consumer wants, of those the run was made to tell. */
const tell = (events: Array<Event>, told: Told): Array<Event> =>
  told === "signals" ? events.filter(isPrimary) : events

/** What messages say of a run: several symbols or strategies are told in one line. */
const labelOf = <R>(runs: ReadonlyArray<ResolvedRun<R>>, runId: string) => {
  const names = (pick: (run: ResolvedRun<R>) => string) => [...new Set(runs.map(pick))].join(", ")
  const mode: Mode = runs[0]?.asking._tag === "Recorded" ? "replay" : "backtest"
  return { runId, mode, symbol: names(({ symbol }) => symbol), strategy: names(({ strategy }) => strategy) }
}

/** How far the slowest slot has come, and the candles of all of them. */
const progress = <R>(slots: ReadonlyArray<Slot<R>>) => {
  let when = Number.POSITIVE_INFINITY
  let start = Number.POSITIVE_INFINITY
  let end = Number.NEGATIVE_INFINITY
  let candles = 0
  for (const slot of slots) {
    const each = progressOf(slot)
    when = Math.min(when, each.when)
    candles += each.candles
    start = Math.min(start, slot.core.start)
    end = Math.max(end, slot.core.end)
  }
  return { when, start, end, candles }
}

/** Finds the slot of an event. */
const finder = <R>(slots: ReadonlyArray<Slot<R>>): ((event: Event) => Slot<R> | undefined) => {
  if (slots.length === 1) return () => slots[0]
  const byName = new Map(slots.map((slot) => [JSON.stringify([slot.run.symbol, slot.run.strategy]), slot]))
  return (event) => byName.get(JSON.stringify([symbolOf(event), strategyOf(event)]))
}

const callBackEach = <R>(
  find: (event: Event) => Slot<R> | undefined,
  slots: ReadonlyArray<Slot<R>>,
  events: ReadonlyArray<Event>
): Effect.Effect<void, never, R> => {
  const calls = slots.some(({ run }) => run.asking._tag === "Strategy" && run.asking.prepared.callbacks !== undefined)
  if (!calls || events.length === 0) return Effect.void
  if (slots.length === 1) return callBack(slots[0], events)
  return Effect.forEach(
    events,
    (event) => {
      const slot = find(event)
      return slot === undefined ? Effect.void : callBack(slot, [event])
    },
    { discard: true }
  )
}

const outcomeOf = <R>(slot: Slot<R>): SlotOutcome => ({
  run: infoOf(slot),
  skipped: slot.recorded?.skipped ?? 0,
  shifted: slot.recorded?.shifted ?? 0
})

const accountOf = ({ account }: Desk, { leverage }: AccountMoney): AccountInfo => ({
  initial: account.initial,
  final: account.balance,
  leverage,
  peakMargin: account.peakMargin
})
