import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import type { Account, Closing, Request } from "../engine/account.js"
import type { Problem } from "../model/errors.js"
import type { Violation } from "../model/event.js"
import type { RiskPayload } from "../model/risk.js"

/**
 * One rule of a risk profile. Its check gives `undefined` to pass and a reason to refuse, with the numbers in it;
 * a check that fails, dies, throws or answers anything else refuses too.
 */
export type Validation<R> =
  | {
      readonly _tag: "Plain"
      readonly name: string
      /** What it allows, as a record tells it: "3", "2 h per symbol". */
      readonly limit?: string | undefined
      readonly check: (payload: RiskPayload) => string | undefined
      /** What is wrong with its arguments; reported when a run is validated. */
      readonly problem?: string | undefined
    }
  | {
      readonly _tag: "Effect"
      readonly name: string
      readonly limit?: string | undefined
      readonly check: (payload: RiskPayload) => Effect.Effect<string | undefined, unknown, R>
      readonly problem?: string | undefined
    }

/** Effects to run when a profile has decided. One that fails is logged and changes nothing. */
export interface RiskCallbacks<out R> {
  /** This profile refused. */
  readonly onRefused?: (payload: RiskPayload, violation: Violation) => Effect.Effect<void, unknown, R>
  /** Every profile passed, and the position is taken on. */
  readonly onAllowed?: (payload: RiskPayload) => Effect.Effect<void, unknown, R>
}

/** The definition of a risk profile: an immutable value with a name. */
export interface Risk<out R> {
  readonly name: string
  readonly validations: ReadonlyArray<Validation<R>>
  readonly callbacks: RiskCallbacks<R> | undefined
  /** The definition of which this is a copy with its services provided: both count the same positions. */
  readonly origin?: object | undefined
}

/** One, several or none, as a list. */
export const listOf = <A extends object | string>(given: A | ReadonlyArray<A> | undefined): ReadonlyArray<A> =>
  given === undefined ? [] : isList(given) ? given : [given]

const isList = <A>(given: A | ReadonlyArray<A>): given is ReadonlyArray<A> => Array.isArray(given)

/** What is wrong with a profile's rules. */
export const problems = ({ name, validations }: Risk<unknown>): ReadonlyArray<Problem> =>
  validations.flatMap((validation) =>
    validation.problem === undefined
      ? []
      : [{ path: `risk.${name}`, message: `${validation.name}: ${validation.problem}` }]
  )

/** The same profile with its Effects changed, as by providing what they need. */
export const mapRisk = <R, R2>(
  risk: Risk<R>,
  change: <A, E>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R2>
): Risk<R2> => {
  const { callbacks, name, validations } = risk
  const { onAllowed, onRefused } = callbacks ?? {}
  return {
    name,
    origin: originOf(risk),
    validations: validations.map((validation) =>
      validation._tag === "Plain"
        ? validation
        : { ...validation, check: (payload) => change(Effect.suspend(() => validation.check(payload))) }
    ),
    callbacks: callbacks && {
      ...(onRefused && {
        onRefused: (payload, violation) => change(Effect.suspend(() => onRefused(payload, violation)))
      }),
      ...(onAllowed && { onAllowed: (payload) => change(Effect.suspend(() => onAllowed(payload))) })
    }
  }
}

/** What the account's books know a profile by. */
const originOf = (risk: Risk<unknown>): object => risk.origin ?? risk

interface Decision<out R> {
  readonly violation: Violation | undefined
  readonly callbacks: ReadonlyArray<Effect.Effect<void, never, R>>
}

/**
 * Check-and-reserve over one account. A request that passes is taken on in the same step, so that no two of them can
 * both be let through to the last free place.
 */
export class Desk {
  readonly account: Account
  readonly #lock = Effect.unsafeMakeSemaphore(1)

  constructor(account: Account) {
    this.account = account
  }

  /** Whether all of it can be decided without an Effect: plain validations only, and no callbacks. */
  static isPlain(profiles: ReadonlyArray<Risk<unknown>>): boolean {
    return profiles.every(
      ({ callbacks, validations }) =>
        callbacks?.onAllowed === undefined &&
        callbacks?.onRefused === undefined &&
        validations.every(({ _tag }) => _tag === "Plain")
    )
  }

  /**
   * Decides at once; plain profiles only. Stage `signal`: undefined means reserved. Stage `fill`: checked again without
   * its own reservation; undefined means opened at the request's price and instant, a violation means released.
   */
  tryTake(profiles: ReadonlyArray<Risk<unknown>>, request: Request): Violation | undefined {
    const violation = this.account.problem(request) ?? this.#firstRefusal(profiles, request)
    this.#book(profiles, request, violation)
    return violation
  }

  /**
   * The same for any profiles, one request at a time. Where the account changed while Effects were asked, as by a
   * position that closed, they are asked again: what is decided is true of the account as it is. An interruption before the answer leaves nothing reserved, and
   * the checks can be interrupted even where the caller can't: run it uninterruptibly where an interruption that comes
   * along with the answer would leave nobody to release the position.
   */
  take<R = never>(profiles: ReadonlyArray<Risk<R>>, request: Request): Effect.Effect<Violation | undefined, never, R> {
    return this.#decide(profiles, request).pipe(
      this.#lock.withPermits(1),
      Effect.interruptible,
      Effect.onInterrupt(() => Effect.sync(() => this.release(request.slot))),
      Effect.uninterruptible
    )
  }

  /** The slot's entry was filled. */
  open(slot: string, price: number, when: number): void {
    this.account.open(slot, price, when)
  }

  /** The slot's entry will not be filled. */
  release(slot: string): void {
    this.account.release(slot)
  }

  /** The slot's position was closed: see `Account.settle`. */
  settle(slot: string, closing: Closing): number {
    return this.account.settle(slot, closing)
  }

  #decide<R>(profiles: ReadonlyArray<Risk<R>>, request: Request): Effect.Effect<Violation | undefined, never, R> {
    return Effect.suspend(() => {
      const { changes } = this.account
      return Effect.flatMap(this.#check(profiles, request), ({ callbacks, violation }) => {
        if (violation === undefined && changes !== this.account.changes) return this.#decide(profiles, request)
        this.#book(profiles, request, violation)
        return Effect.as(Effect.all(callbacks, { discard: true }), violation)
      })
    })
  }

  /** Everything that has a say, in order; the first that refuses ends it. */
  #check<R>(profiles: ReadonlyArray<Risk<R>>, request: Request): Effect.Effect<Decision<R>, never, R> {
    const { account } = this
    return Effect.gen(function* () {
      const problem = account.problem(request)
      if (problem !== undefined) return { violation: problem, callbacks: [] }
      const callbacks: Array<Effect.Effect<void, never, R>> = []
      for (const profile of distinct(profiles)) {
        const payload = account.payload(originOf(profile), request)
        const { onAllowed, onRefused } = profile.callbacks ?? {}
        for (const validation of profile.validations) {
          const reason = validation._tag === "Plain" ? ask(validation, payload) : yield* askEffect(validation, payload)
          if (reason === undefined) continue
          const violation = refusal(profile, validation, reason)
          const told = onRefused && callback(profile, "onRefused", () => onRefused(payload, violation))
          return { violation, callbacks: told === undefined ? [] : [told] }
        }
        if (onAllowed !== undefined) callbacks.push(callback(profile, "onAllowed", () => onAllowed(payload)))
      }
      return { violation: undefined, callbacks }
    })
  }

  #firstRefusal(profiles: ReadonlyArray<Risk<unknown>>, request: Request): Violation | undefined {
    for (const profile of distinct(profiles)) {
      const payload = this.account.payload(originOf(profile), request)
      for (const validation of profile.validations) {
        const reason =
          validation._tag === "Plain" ? ask(validation, payload) : `${failed}: it takes an Effect to ask it`
        if (reason !== undefined) return refusal(profile, validation, reason)
      }
    }
    return undefined
  }

  #book(profiles: ReadonlyArray<Risk<unknown>>, request: Request, violation: Violation | undefined): void {
    const { price, slot, stage, when } = request
    if (stage === "fill") {
      if (violation === undefined) this.account.open(slot, price, when)
      else this.account.release(slot)
    } else if (violation === undefined) {
      this.account.reserve(request, distinct(profiles).map(originOf))
    }
  }
}

/** Each profile once, however often it was named. */
const distinct = <R>(profiles: ReadonlyArray<Risk<R>>): ReadonlyArray<Risk<R>> =>
  profiles.length < 2 ? profiles : [...new Map(profiles.map((profile) => [originOf(profile), profile])).values()]

const refusal = (profile: Risk<unknown>, validation: Validation<unknown>, reason: string): Violation => ({
  code: "risk",
  profile: profile.name,
  message: `${validation.name}: ${reason}`
})

const failed = "the validation failed"

const ask = (validation: Extract<Validation<unknown>, { _tag: "Plain" }>, payload: RiskPayload): string | undefined => {
  try {
    return reasonOf(validation.check(payload))
  } catch (error) {
    return `${failed}: ${messageOf(error)}`
  }
}

const askEffect = <R>(
  validation: Extract<Validation<R>, { _tag: "Effect" }>,
  payload: RiskPayload
): Effect.Effect<string | undefined, never, R> =>
  Effect.suspend(() => validation.check(payload)).pipe(
    Effect.map(reasonOf),
    Effect.catchAllCause((cause) => Effect.succeed(reasonOfCause(cause)))
  )

/** A failure is the validation's own reason; anything else is a fault of it. */
const reasonOfCause = (cause: Cause.Cause<unknown>): string =>
  Cause.isInterruptedOnly(cause)
    ? `${failed}: it was interrupted`
    : `${Cause.isFailure(cause) ? "" : `${failed}: `}${messageOf(Cause.squash(cause))}`

/** The same, where `true` passes and `false` refuses. */
export const verdictOf = (answer: unknown): string | undefined =>
  answer === true ? undefined : answer === false ? "refused" : reasonOf(answer)

/** Whatever the types say, only nothing passes and only text is a reason. */
const reasonOf = (answer: unknown): string | undefined =>
  answer === undefined
    ? undefined
    : typeof answer !== "string"
      ? `${failed}: it answered ${messageOf(answer)}, which is neither a reason nor undefined`
      : answer === ""
        ? "refused"
        : answer

/** One line about anything thrown, failed with or answered. */
const messageOf = (error: unknown): string => {
  const text = error instanceof Error ? error.message || error.name : typeof error === "string" ? error : render(error)
  return text.split("\n", 1)[0] || "no reason given"
}

const render = (value: unknown): string => {
  try {
    return JSON.stringify(value) ?? String(value)
  } catch {
    return Object.prototype.toString.call(value)
  }
}

const callback = <R>(
  profile: Risk<unknown>,
  name: string,
  run: () => Effect.Effect<void, unknown, R>
): Effect.Effect<void, never, R> =>
  Effect.catchAllCause(Effect.suspend(run), (cause) =>
    Effect.logError(`risk profile "${profile.name}": ${name} failed`, cause)
  )
