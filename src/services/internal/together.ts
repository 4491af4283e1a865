/**
 * Slots on one account, in one order of time: a single sized or risk-checked run, or a portfolio. What plain functions
 * decide is decided in one synchronous loop; an Effect (an ask, a validation, more candles) interrupts that loop and
 * goes on with it.
 */
import * as Cause from "effect/Cause"
import type * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Exit from "effect/Exit"
import type * as Scope from "effect/Scope"
import type { Desk } from "../../clients/risk.js"
import type { Asker } from "../../clients/strategy.js"
import type { Request } from "../../engine/account.js"
import { floorQuantity, quantityProblem } from "../../engine/steps.js"
import { Timeline } from "../../engine/timeline.js"
import type { Ask } from "../../engine/walk.js"
import type { RunError, StrategyError } from "../../model/errors.js"
import type { Violation } from "../../model/event.js"
import type { Signal } from "../../model/signal.js"
import { type Body, pageLength, pageMillis } from "./body.js"
import * as Books from "./ledger.js"
import { ask, coarseTimeout, failed, longestStride, overrun, Thrown, withServices } from "./pager.js"
import { type Lane, laneOf, requestOf } from "./lane.js"
import * as SimulatedClock from "./simulatedClock.js"
import { extend, finish, type Slot } from "./slot.js"

type Todo<R> = Effect.Effect<void, RunError, R> | null

export const together = <R>(
  slots: ReadonlyArray<Slot<R>>,
  desk: Desk,
  clock: Clock.Clock
): Effect.Effect<Body<R>, StrategyError, R | Scope.Scope> =>
  Effect.map(
    Effect.forEach(slots, (slot) => laneOf(slot, clock)),
    (lanes) => {
      const loop = new Loop(lanes, desk, clock)
      return {
        page: Effect.suspend(() => {
          loop.begin()
          let todo: Todo<R> = null
          return Effect.whileLoop({
            while: () => {
              todo = loop.proceed()
              return todo !== null
            },
            body: (): Effect.Effect<void, RunError, R> => todo ?? Effect.void,
            step: () => {}
          })
        }).pipe(Effect.map(() => loop.take())),
        isOver: () => loop.isOver
      }
    }
  )

/** Turns between two looks at the page's deadline. */
const turnsPerLook = 16

class Loop<R> {
  isOver = false
  readonly #lanes: ReadonlyArray<Lane<R>>
  readonly #desk: Desk
  readonly #clock: Clock.Clock
  readonly #timeline: Timeline
  readonly #ledger: Books.Ledger
  /** Whoever takes no event after the first may cause no other Effect. */
  readonly #oneByOne: boolean
  #deadline = 0
  #turns = 0
  /** When the clock was last looked at for an ask, the asks since, and how many there may be. */
  #looked = 0
  #untimed = 0
  #stride = 1

  constructor(lanes: ReadonlyArray<Lane<R>>, desk: Desk, clock: Clock.Clock) {
    this.#lanes = lanes
    this.#desk = desk
    this.#clock = clock
    this.#ledger = new Books.Ledger(desk, lanes.length === 1)
    this.#oneByOne = lanes.some(({ asking, isPlain }) => asking._tag === "Effect" || !isPlain)
    this.#timeline = new Timeline(
      lanes.map((lane) => ({
        walk: lane.core.walk,
        prepare: () => {
          if (lane.recorded !== undefined) lane.core.walk.due = lane.recorded.due
        },
        bound: () => lane.extended,
        isComplete: () => lane.core.tape.isComplete() && lane.extended >= lane.core.tape.columns().length
      }))
    )
  }

  begin(): void {
    this.#deadline = this.#clock.unsafeCurrentTimeMillis() + pageMillis
    this.#turns = 0
  }

  take() {
    const { events } = this.#ledger
    this.#ledger.events = []
    return events
  }

  /** Goes on until an Effect has to be run, or the page is over: then there is none. */
  proceed(): Todo<R> {
    // whatever an Effect took is no ask's
    this.#looked = this.#clock.unsafeCurrentTimeMillis()
    while (!this.isOver) {
      const index = this.#timeline.next()
      if (index === undefined) {
        this.#ledger.finish()
        this.isOver = true
        return null
      }
      this.#ledger.flush(this.#timeline)
      if (this.#isPageOver()) return null
      const todo = this.#serve(index)
      if (todo !== null) return todo
    }
    return null
  }

  #isPageOver(): boolean {
    const { length } = this.#ledger.events
    if (length > 0 && (this.#oneByOne || length >= pageLength)) return true
    this.#turns++
    return this.#turns % turnsPerLook === 0 && this.#clock.unsafeCurrentTimeMillis() >= this.#deadline
  }

  #serve(index: number): Todo<R> {
    const lane = this.#lanes[index]
    const need = this.#timeline.need(index)
    switch (need) {
      case "more":
        return this.#more(index, lane)
      case "finish":
        return Effect.map(finish(lane), () => {
          this.#tell(lane)
          this.#timeline.end(index)
        })
      case "candle":
        return this.#candle(index, lane)
      case "signal":
      case "exit":
        return this.#ask(index, lane, need)
      case "over":
        return null
    }
  }

  /** Reads a page of candles where there is none, and takes the next ones in. */
  #more(index: number, lane: Lane<R>): Effect.Effect<void, RunError, R> {
    const { core } = lane
    const isFirst = lane.extended === 0
    return Effect.gen(this, function* () {
      while (lane.extended >= core.tape.columns().length && !core.tape.isComplete()) yield* core.pull
      const { length, timestamp } = core.tape.columns()
      const bound = Math.min(length, lane.extended + pageLength)
      yield* extend(lane, bound)
      lane.extended = bound
      if (isFirst && length > 0) lane.recorded?.begin(core.walk, timestamp[0])
      this.#next(index, lane)
    })
  }

  #candle(index: number, lane: Lane<R>): Todo<R> {
    const { run } = lane
    const { walk } = lane.core
    const fill = walk.candle()
    const done = () => this.#next(index, lane)
    if (fill === null || run.profiles.length === 0) {
      walk.confirmFill()
      return done()
    }
    const request = requestOf(lane, "fill", fill.signal, fill.priceOpen, fill.when)
    return this.#judge(lane, request, (violation) => {
      if (violation === undefined) walk.confirmFill()
      else walk.refuseFill([violation])
      return done()
    })
  }

  #ask(index: number, lane: Lane<R>, kind: Ask): Todo<R> {
    const { asking, recorded, warmth } = lane
    const { walk } = lane.core
    if (recorded !== undefined) return this.#offer(index, lane)
    if (!warmth.isWarm) {
      walk.moveOn()
      return this.#next(index, lane)
    }
    switch (asking._tag) {
      case "Plain":
        return this.#askPlain(index, lane, asking.asker, kind)
      case "Effect":
        return Effect.flatMap(asking.ask(kind), (exit) => {
          const todo = Exit.isSuccess(exit)
            ? this.#answered(index, lane, kind, exit.value)
            : this.#failed(index, lane, kind, exit.cause)
          return todo ?? Effect.void
        })
      case "Recorded":
        return null
    }
  }

  #askPlain(index: number, lane: Lane<R>, asker: Asker, kind: Ask): Todo<R> {
    const timeout = lane.run.settings.signalTimeout * 1000
    const answer = ask(asker, kind)
    const took = this.#sinceLastLook(timeout)
    if (answer instanceof Thrown) return this.#failed(index, lane, kind, Cause.die(answer.error))
    if (took > timeout) return this.#failed(index, lane, kind, overrun(took, timeout))
    return this.#answered(index, lane, kind, answer)
  }

  /** Time since the clock was looked at, which costs more than most asks: while they are fast, every few of them. */
  #sinceLastLook(timeout: number): number {
    this.#untimed++
    if (this.#untimed < this.#stride && timeout >= coarseTimeout) return 0
    const now = this.#clock.unsafeCurrentTimeMillis()
    const took = now - this.#looked
    this.#stride = took < 1 ? Math.min(2 * this.#stride, longestStride) : 1
    this.#untimed = 0
    this.#looked = now
    return took
  }

  #failed(index: number, lane: Lane<R>, kind: Ask, cause: Cause.Cause<unknown>): null {
    lane.core.walk.fail(failed(lane.run, lane.core, cause), kind)
    return this.#next(index, lane)
  }

  #answered(index: number, lane: Lane<R>, kind: Ask, answer: unknown): Todo<R> {
    const { core } = lane
    if (kind === "exit") {
      core.walk.answerExit(answer === true)
    } else {
      core.walk.answer(answer)
      if (core.walk.candidate !== null) {
        return this.#admit(lane, () => {
          core.walk.leave()
          return this.#next(index, lane)
        })
      }
    }
    return this.#next(index, lane)
  }

  /** Recorded signals of a tick, one after the other while the slot is free. */
  #offer(index: number, lane: Lane<R>): Todo<R> {
    const { core, recorded } = lane
    while (recorded?.offer(core.walk, core.market.when) === true) {
      const todo = this.#admit(lane, () => null)
      if (todo !== null) return Effect.flatMap(todo, () => this.#offer(index, lane) ?? Effect.void)
    }
    core.walk.moveOn()
    return this.#next(index, lane)
  }

  /** Sizes the candidate and asks the account to take it on; goes on with `then`. */
  #admit(lane: Lane<R>, then: () => Todo<R>): Todo<R> {
    const { market, walk } = lane.core
    const { candidate } = walk
    if (candidate === null) return then()
    const { price, signal } = candidate
    const entry = signal.priceOpen ?? price
    const quantity = this.#quantity(lane, signal, entry)
    if (typeof quantity === "object") {
      walk.refuse([quantity])
      return then()
    }
    const sized = quantity === undefined ? signal : { ...signal, quantity }
    return this.#judge(lane, requestOf(lane, "signal", sized, entry, market.when), (violation) => {
      if (violation === undefined) walk.admit(quantity)
      else walk.refuse([violation])
      return then()
    })
  }

  /** The quantity of a signal in the exchange's steps, or why there is none; undefined where nothing is sized. */
  #quantity({ core, run }: Lane<R>, signal: Signal, entry: number): number | undefined | Violation {
    if (core.quantity === undefined) return undefined
    const { balance } = this.#desk.account
    const found = core.quantity({ balance, entry, stopLoss: signal.priceStopLoss })
    if (Either.isLeft(found)) return { code: "sizing", message: found.left.reason }
    const steps = run.exchange.steps(run.symbol) ?? {}
    const quantity = floorQuantity(found.right, steps)
    const problem = quantityProblem(quantity, entry, steps)
    return problem === undefined ? quantity : { code: "sizing", message: problem }
  }

  #judge(lane: Lane<R>, request: Request, then: (violation: Violation | undefined) => Todo<R>): Todo<R> {
    const { isPlain, run } = lane
    if (isPlain) return then(this.#desk.tryTake(run.profiles, request))
    return Effect.flatMap(
      checked(lane, this.#desk, request, this.#clock),
      (violation) => then(violation) ?? Effect.void
    )
  }

  /** What happened to the lane is told, and what it needs next is found out. */
  #next(index: number, lane: Lane<R>): null {
    this.#tell(lane)
    this.#timeline.refresh(index)
    // ticks it ran over on its way, to be told when their time comes
    this.#tell(lane)
    return null
  }

  #tell(lane: Lane<R>): void {
    const { walk } = lane.core
    if (walk.events.length === 0) return
    this.#ledger.take(lane, walk.events, this.#timeline.instant)
    walk.events = []
  }
}

/** Checks that take an Effect: their clock is at the request's instant, and they have as long as an ask. */
const checked = <R>(
  { labelled, run, services }: Lane<R>,
  desk: Desk,
  request: Request,
  clock: Clock.Clock
): Effect.Effect<Violation | undefined, never, R> => {
  const timeout = run.settings.signalTimeout * 1000
  const message = `the checks took longer than ${timeout} ms (setting signalTimeout)`
  return labelled(withServices(desk.take(run.profiles, request), services)).pipe(
    Effect.withClock(SimulatedClock.make(clock, () => request.when)),
    Effect.timeoutTo({
      duration: timeout,
      onSuccess: (violation): Violation | undefined => violation,
      onTimeout: () => ({ code: "risk", message })
    })
  )
}
