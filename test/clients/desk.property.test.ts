import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as FastCheck from "effect/FastCheck"
import * as Fiber from "effect/Fiber"
import { Desk, type Risk, type Validation } from "../../src/clients/risk.js"
import { Account, type Request } from "../../src/engine/account.js"
import type { Violation } from "../../src/model/event.js"
import type { RiskPayload } from "../../src/model/risk.js"

/**
 * Any interleaving of strategies and symbols against limits, with validations that take their time: the limits hold at
 * every moment, and whatever became of a request, nothing is left of it.
 */

/** What becomes of a request that was let through. */
type Course = "cancelled" | "filled" | "at market" | "at market, lost"

interface Attempt {
  readonly course: Course
  /** Turns given away before it asks, while it waits to be filled, and while it is open. */
  readonly turns: readonly [before: number, resting: number, open: number]
  readonly quantity: number
  readonly fill: number
  /** Asked without an Effect, as strategies with plain profiles are. */
  readonly isPlain: boolean
}

interface Slot {
  readonly attempts: ReadonlyArray<Attempt>
  /** Turns until it is interrupted; undefined: never. */
  readonly interruptAfter: number | undefined
}

interface Plan {
  /** By strategy, then symbol. */
  readonly slots: ReadonlyArray<Slot>
  readonly maxPositions: number
  /** % of the balance. */
  readonly maxExposure: number
  /** Turns each validation gives away, one after the other, round and round. */
  readonly pace: ReadonlyArray<number>
}

const turns = (count: number) => Effect.replicateEffect(Effect.yieldNow(), count, { discard: true })

const attempt: FastCheck.Arbitrary<Attempt> = FastCheck.record({
  course: FastCheck.constantFrom<Array<Course>>("cancelled", "filled", "at market", "at market, lost"),
  turns: FastCheck.tuple(FastCheck.nat(6), FastCheck.nat(6), FastCheck.nat(6)),
  quantity: FastCheck.integer({ min: 1, max: 12 }),
  fill: FastCheck.integer({ min: 80, max: 200 }),
  isPlain: FastCheck.boolean()
})

const plan: FastCheck.Arbitrary<Plan> = FastCheck.record({
  slots: FastCheck.array(
    FastCheck.record({
      attempts: FastCheck.array(attempt, { minLength: 1, maxLength: 3 }),
      interruptAfter: FastCheck.option(FastCheck.nat(25), { nil: undefined })
    }),
    { minLength: 2, maxLength: 9 }
  ),
  maxPositions: FastCheck.integer({ min: 1, max: 4 }),
  maxExposure: FastCheck.integer({ min: 5, max: 40 }),
  pace: FastCheck.array(FastCheck.nat(5), { minLength: 1, maxLength: 5 })
})

const requestOf = ({ quantity = 1, slot = "0", strategy = "x", symbol = "A" }: Partial<Request>): Request => ({
  slot,
  symbol,
  strategy,
  signal: {
    id: slot,
    symbol,
    strategy,
    exchange: "e",
    frame: "f",
    position: "long",
    priceTakeProfit: 120,
    priceStopLoss: 80,
    minuteEstimatedTime: 60,
    scheduledAt: 0
  },
  stage: "signal",
  price: 100,
  when: 0,
  quantity
})

/** An account that looks at itself whenever something is taken on. */
class Watched extends Account {
  mostPositions = 0
  /** % of the balance. */
  mostExposure = 0

  override reserve(request: Request, profiles: ReadonlyArray<object>): void {
    super.reserve(request, profiles)
    this.#look()
  }

  override open(slot: string, price: number, when: number): void {
    super.open(slot, price, when)
    this.#look()
  }

  #look(): void {
    const worth = this.positions.reduce((sum, { notional }) => sum + notional, 0)
    this.mostPositions = Math.max(this.mostPositions, this.positions.length)
    this.mostExposure = Math.max(this.mostExposure, (100 * worth) / this.balance)
  }
}

type Take = (desk: Desk, risk: Risk<never>, request: Request) => Effect.Effect<Violation | undefined>

const locked: Take = (desk, risk, request) => desk.take([risk], request)

/** What `take` would be without its lock: the same checks, and the books are made once they have passed. */
const unlocked: Take = ({ account }, risk, request) =>
  Effect.gen(function* () {
    const payload = account.payload(risk, request)
    for (const { check, name } of risk.validations) {
      const answer = check(payload)
      const reason = Effect.isEffect(answer) ? yield* Effect.orDie(answer) : answer
      if (reason === undefined) continue
      if (request.stage === "fill") account.release(request.slot)
      return { code: "risk", message: `${name}: ${reason}` } satisfies Violation
    }
    if (request.stage === "fill") account.open(request.slot, request.price, request.when)
    else account.reserve(request, [risk])
    return undefined
  })

/** The limits, as Effects that decide by what they saw before they gave other fibers their turns, and as they are. */
const limits = (plan: Plan) => {
  const checks: ReadonlyArray<readonly [string, (payload: RiskPayload) => string | undefined]> = [
    ["positions", ({ positions }) => (positions.length < plan.maxPositions ? undefined : "too many")],
    [
      "exposure",
      ({ account, notional, positions }) =>
        positions.reduce((sum, position) => sum + position.notional, notional) * 100 <=
        plan.maxExposure * account.balance
          ? undefined
          : "too much"
    ]
  ]
  let asked = 0
  const slow: Risk<never> = {
    name: "limits",
    callbacks: undefined,
    validations: checks.map(([name, check]): Validation<never> => ({
      _tag: "Effect",
      name,
      check: (payload) => {
        const reason = check(payload)
        return Effect.as(turns(plan.pace[asked++ % plan.pace.length] ?? 0), reason)
      }
    }))
  }
  const hasty: Risk<never> = {
    name: "limits",
    callbacks: undefined,
    origin: slow,
    validations: checks.map(([name, check]): Validation<never> => ({ _tag: "Plain", name, check }))
  }
  return { slow, hasty }
}

/** How often each thing happened, so that the property is known to have seen them all. */
const makeSeen = () => ({
  refused: 0,
  refusedFill: 0,
  cancelled: 0,
  closed: 0,
  interrupted: 0,
  interruptedHolding: 0,
  full: 0
})

const run = (plan: Plan, take: Take, seen = makeSeen()) =>
  Effect.gen(function* () {
    const account = new Watched({ money: { balance: 10_000, leverage: 1 }, slots: plan.slots.length })
    const desk = new Desk(account)
    const { hasty, slow } = limits(plan)

    const lives = (
      slot: string,
      index: number,
      { course, fill, isPlain, quantity, turns: [before, resting, open] }: Attempt
    ) => {
      const [symbol, strategy] = [`symbol ${index % 3}`, `strategy ${Math.floor(index / 3)}`]
      const request = requestOf({ slot, symbol, strategy, quantity })
      const ask = (request: Request) =>
        isPlain ? Effect.sync(() => desk.tryTake([hasty], request)) : take(desk, slow, request)
      const close = Effect.sync(() => {
        const result = course === "at market, lost" ? -quantity * 50 : quantity
        desk.settle(slot, { when: 0, reason: "exit", pnlPercent: result / quantity, result })
        seen.closed++
      })
      const hold = Effect.gen(function* () {
        // at market it is filled at the price it was checked at, before anything else happens
        if (course === "at market" || course === "at market, lost") desk.open(slot, 100, 0)
        else yield* turns(resting)
        if (course === "cancelled") {
          desk.release(slot)
          seen.cancelled++
          return
        }
        if (course === "filled") {
          const refusal = yield* ask({ ...request, stage: "fill", price: fill })
          if (refusal !== undefined) {
            seen.refusedFill++
            return
          }
        }
        yield* turns(open)
        yield* close
      })
      return Effect.uninterruptibleMask((restore) =>
        Effect.flatMap(Effect.zipRight(restore(turns(before)), ask(request)), (refusal) => {
          if (refusal === undefined) {
            return Effect.onInterrupt(restore(hold), () =>
              Effect.sync(() => {
                desk.release(slot)
                seen.interruptedHolding++
              })
            )
          }
          seen.refused++
          return Effect.void
        })
      )
    }

    const fibers = yield* Effect.forEach(plan.slots, ({ attempts }, index) =>
      Effect.fork(Effect.forEach(attempts, (attempt) => lives(String(index), index, attempt), { discard: true }))
    )
    yield* Effect.forEach(
      plan.slots,
      ({ interruptAfter }, index) =>
        Effect.gen(function* () {
          const fiber = fibers[index]
          if (fiber === undefined) return
          if (interruptAfter !== undefined) {
            yield* turns(interruptAfter)
            yield* Fiber.interruptFork(fiber)
          }
          const exit = yield* Fiber.await(fiber)
          if (Exit.isInterrupted(exit)) seen.interrupted++
          else expect(exit).toEqual(Exit.void)
        }),
      { concurrency: "unbounded" }
    )
    if (account.mostPositions === plan.maxPositions) seen.full++

    expect(account.mostPositions).toBeLessThanOrEqual(plan.maxPositions)
    expect(account.mostExposure).toBeLessThanOrEqual(plan.maxExposure * (1 + 1e-9))
    expect([account.positions, account.margin, account.free - account.balance]).toEqual([[], 0, 0])
    // nobody holds the lock either
    expect(yield* Effect.timeout(desk.take([], requestOf({ slot: "last" })), "5 seconds")).toBeUndefined()
  })

const property = (take: Take, seen = makeSeen()) =>
  FastCheck.asyncProperty(plan, (plan) => Effect.runPromise(run(plan, take, seen)))

describe("a desk under any schedule", () => {
  it("never exceeds a limit, and leaves nothing reserved", { timeout: 120_000 }, async () => {
    const seen = makeSeen()
    const started = await FastCheck.check(property(locked, seen), { numRuns: 3_000 })
    expect(started.failed, FastCheck.defaultReportMessage(started)).toBe(false)
    for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(100)
  })

  it("would exceed it without the lock", async () => {
    const withoutPlain = plan.map((plan) => ({
      ...plan,
      slots: plan.slots.map((slot) => ({
        ...slot,
        attempts: slot.attempts.map((attempt) => ({ ...attempt, isPlain: false }))
      }))
    }))
    const found = await FastCheck.check(
      FastCheck.asyncProperty(withoutPlain, (plan) => Effect.runPromise(run(plan, unlocked))),
      { numRuns: 500 }
    )
    expect(found.failed).toBe(true)
  })
})
