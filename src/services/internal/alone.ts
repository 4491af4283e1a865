/**
 * A run of one slot on no account: nothing outside it has a say, so that candles are walked at full speed, a page of
 * them in one synchronous loop (or, for an Effect-valued strategy, one Effect loop).
 */
import type * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { RunError, StrategyError } from "../../model/errors.js"
import type { Event } from "../../model/event.js"
import { type Body, pageLength, pageMillis } from "./body.js"
import { effectPager } from "./effectPager.js"
import { type Pager, plainPager, recordedPager, withServices } from "./pager.js"
import { extend, finish, setUp, type Slot } from "./slot.js"

export const alone = <R>(slot: Slot<R>, clock: Clock.Clock): Effect.Effect<Body<R>, StrategyError, R | Scope.Scope> =>
  Effect.map(pagerOf(slot, clock), (pager) => {
    const { pull, tape, walk } = slot.core
    const isPending = () => pager.isPending?.() === true
    let extended = 0
    let over = false

    const take = () => {
      const { events } = walk
      walk.events = []
      return events
    }
    const settle = (): Effect.Effect<Array<Event>, RunError> => {
      if (!tape.isComplete() || walk.done < tape.columns().length || isPending()) return Effect.succeed(take())
      over = true
      return Effect.map(finish(slot), take)
    }
    const walkOn = (): Effect.Effect<Array<Event>, RunError, R> => {
      const bound = Math.min(tape.columns().length, walk.done + pageLength)
      if (walk.done >= bound && !isPending()) return settle()
      const walked = Effect.flatMap(pager.page(bound), settle)
      if (bound <= extended) return walked
      extended = bound
      return Effect.zipRight(extend(slot, bound), walked)
    }
    const isDry = () => walk.done >= tape.columns().length && !tape.isComplete()
    const pulled = Effect.whileLoop({ while: isDry, body: () => pull, step: () => {} })

    // an Effect-valued strategy has a page per event: no generator, which would cost as much as an ask
    return {
      page: Effect.suspend(() => (isDry() ? Effect.flatMap(pulled, walkOn) : walkOn())),
      isOver: () => over
    }
  })

/** The pager for the shape of the strategy; a set-up is run here, once. */
const pagerOf = <R>(slot: Slot<R>, clock: Clock.Clock): Effect.Effect<Pager<R>, StrategyError, R | Scope.Scope> => {
  const { core, labelled, recorded, run, services, warmth } = slot
  if (recorded !== undefined) return Effect.succeed(recordedPager({ core }, recorded))
  const context = { run, core, clock, pageMillis, warmth, labelled }
  const { behaviour } = core
  switch (behaviour?._tag) {
    case undefined:
      return Effect.succeed({ page: () => Effect.void })
    case "Plain":
      return Effect.succeed(plainPager(context, behaviour.asker))
    case "Setup":
      return Effect.map(setUp(slot, behaviour.setup), (asker) => plainPager(context, asker))
    case "Effect":
      return effectPager(context, (driver) => labelled(withServices(behaviour.asks(driver), services)))
  }
}
