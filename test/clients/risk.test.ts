import { describe, expect, it } from "@effect/vitest"
import * as Context from "effect/Context"
import * as Data from "effect/Data"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Logger from "effect/Logger"
import {
  Desk,
  listOf,
  mapRisk,
  problems,
  type Risk,
  type RiskCallbacks,
  type Validation
} from "../../src/clients/risk.js"
import { Account, type Request } from "../../src/engine/account.js"
import type { Violation } from "../../src/model/event.js"
import type { RiskPayload } from "../../src/model/risk.js"

const request = (given: Partial<Request> = {}): Request => ({
  slot: "1",
  symbol: "A",
  strategy: "x",
  signal: {
    id: "s",
    symbol: "A",
    strategy: "x",
    exchange: "e",
    frame: "f",
    position: "long",
    priceTakeProfit: 110,
    priceStopLoss: 95,
    minuteEstimatedTime: 60,
    scheduledAt: 0
  },
  stage: "signal",
  price: 100,
  when: 60_000,
  quantity: 1,
  ...given
})

/** Lets a check answer what its type forbids, as plain JavaScript may. */
const isAnswer = (_answer: unknown): _answer is string | undefined => true
const untyped = (answer: unknown): string | undefined => (isAnswer(answer) ? answer : undefined)

const plain = (name: string, check: (payload: RiskPayload) => unknown): Validation<never> => ({
  _tag: "Plain",
  name,
  check: (payload) => untyped(check(payload))
})

const effect = <R = never>(
  name: string,
  check: (payload: RiskPayload) => Effect.Effect<unknown, unknown, R>
): Validation<R> => ({ _tag: "Effect", name, check: (payload) => Effect.map(check(payload), untyped) })

const profile = <R = never>(
  name: string,
  validations: ReadonlyArray<Validation<R>>,
  callbacks?: RiskCallbacks<R>
): Risk<R> => ({ name, validations, callbacks })

const most = (limit: number) =>
  plain("most", ({ positions }) => (positions.length < limit ? undefined : `${positions.length} of ${limit}`))

const same = <A, E>(self: Effect.Effect<A, E>): Effect.Effect<A, E> => Effect.suspend(() => self)

const makeDesk = (balance = 10_000) => new Desk(new Account({ money: { balance, leverage: 1 }, slots: 10 }))
const held = ({ account }: Desk) => account.positions.map(({ status, strategy }) => `${strategy} ${status}`)
const refused = (message: string, name = "p"): Violation => ({ code: "risk", profile: name, message })

type Take = (desk: Desk, profiles: ReadonlyArray<Risk<never>>, given?: Partial<Request>) => Violation | undefined

/** Both ways to ask must say the same of plain profiles. */
describe.each<readonly [string, Take]>([
  ["at once", (desk, profiles, given) => desk.tryTake(profiles, request(given))],
  ["as an Effect", (desk, profiles, given) => Effect.runSync(desk.take(profiles, request(given)))]
])("check-and-reserve %s", (_, take) => {
  it("reserves what passes, with nothing to pass too", () => {
    const desk = makeDesk()
    expect(take(desk, [profile("p", [most(1)])])).toBeUndefined()
    expect(take(desk, [], { slot: "2", strategy: "y" })).toBeUndefined()
    expect(held(desk)).toEqual(["x reserved", "y reserved"])
    expect(desk.account.margin).toBe(200)
  })

  it("reserves nothing of what is refused", () => {
    const desk = makeDesk()
    expect(take(desk, [profile("p", [plain("never", () => "not today")])])).toEqual(refused("never: not today"))
    expect([held(desk), desk.account.margin]).toEqual([[], 0])
  })

  it("asks the account, then profiles, then validations in order, and ends at the first refusal", () => {
    const asked: Array<string> = []
    const ask = (name: string, answer?: string) =>
      plain(name, () => {
        asked.push(name)
        return answer
      })
    const profiles = [
      profile("p", [ask("1"), ask("2")]),
      profile("q", [ask("3"), ask("4", "no"), ask("5")]),
      profile("r", [ask("6")])
    ]
    expect(take(makeDesk(99.99), profiles)?.code).toBe("cash")
    expect(asked).toEqual([])
    expect(take(makeDesk(), profiles)).toEqual(refused("4: no", "q"))
    expect(asked).toEqual(["1", "2", "3", "4"])
  })

  it("keeps each profile's positions apart, whatever their names", () => {
    const desk = makeDesk()
    const [one, other] = [profile("p", [most(1)]), profile("p", [most(1)])]
    expect(take(desk, [one], { slot: "1" })).toBeUndefined()
    expect(take(desk, [other], { slot: "2" })).toBeUndefined()
    expect(take(desk, [one], { slot: "3" })).toEqual(refused("most: 1 of 1"))
    expect(take(desk, [other, one], { slot: "3" })).toEqual(refused("most: 1 of 1"))
  })

  it("counts a profile once, however often it is named, and a copy as its origin", () => {
    const desk = makeDesk()
    const one = profile("p", [most(2)])
    const copy = mapRisk(one, same)
    let asked = 0
    const counting = profile("q", [plain("count", () => void asked++)])
    expect(take(desk, [one, counting, copy, counting, one], { slot: "1" })).toBeUndefined()
    expect(asked).toBe(1)
    expect(take(desk, [copy], { slot: "2" })).toBeUndefined()
    expect(take(desk, [mapRisk(copy, same)], { slot: "3" })).toEqual(refused("most: 2 of 2"))
    expect(take(desk, [one], { slot: "3" })).toEqual(refused("most: 2 of 2"))
  })

  it("checks a fill without its own reservation, and opens it as filled", () => {
    const desk = makeDesk()
    const profiles = [profile("p", [most(1)])]
    take(desk, profiles)
    expect(take(desk, profiles, { stage: "fill", price: 98, when: 120_000 })).toBeUndefined()
    expect(desk.account.positions).toMatchObject([{ status: "open", price: 98, notional: 98, since: 120_000 }])
    expect(desk.account.margin).toBe(100)
  })

  it("releases a fill that is refused", () => {
    const desk = makeDesk()
    const onlySignals = profile("p", [plain("stage", ({ stage }) => (stage === "fill" ? "too late" : undefined))])
    take(desk, [onlySignals])
    expect(take(desk, [onlySignals], { stage: "fill" })).toEqual(refused("stage: too late"))
    expect([held(desk), desk.account.margin]).toEqual([[], 0])
  })

  it("makes room again by release and by settle", () => {
    const desk = makeDesk()
    const profiles = [profile("p", [most(1)])]
    take(desk, profiles)
    desk.release("1")
    expect(take(desk, profiles, { slot: "2" })).toBeUndefined()
    desk.open("2", 101, 60_000)
    expect(take(desk, profiles, { slot: "3" })).toEqual(refused("most: 1 of 1"))
    expect(desk.settle("2", { when: 120_000, reason: "exit", pnlPercent: -1, result: -100 })).toBe(-1)
    expect(take(desk, profiles, { slot: "3" })).toBeUndefined()
    expect(desk.account.balance).toBe(9_900)
  })

  it.each<readonly [string, () => unknown, string]>([
    [
      "throws an error",
      () => {
        throw new Error("boom\nat line 2")
      },
      "the validation failed: boom"
    ],
    [
      "throws anything",
      () => {
        throw { code: 7 }
      },
      'the validation failed: {"code":7}'
    ],
    ["answers null", () => null, "the validation failed: it answered null, which is neither a reason nor undefined"],
    ["answers true", () => true, "the validation failed: it answered true, which is neither a reason nor undefined"],
    ["answers false", () => false, "the validation failed: it answered false, which is neither a reason nor undefined"],
    ["answers 0", () => 0, "the validation failed: it answered 0, which is neither a reason nor undefined"],
    ["answers an empty text", () => "", "refused"]
  ])("refuses where a validation %s", (_name, check, message) => {
    const desk = makeDesk()
    expect(take(desk, [profile("p", [plain("v", check)])])).toEqual(refused(`v: ${message}`))
    expect(held(desk)).toEqual([])
  })
})

class TooHot extends Data.TaggedError("TooHot")<{ readonly degrees: number }> {
  override get message() {
    return `${this.degrees} degrees`
  }
}
class Silent extends Data.TaggedError("Silent") {}
class Limit extends Context.Tag("test/Limit")<Limit, number>() {}

describe("validations that are Effects", () => {
  it.effect.each<readonly [string, Effect.Effect<unknown, unknown>, string | undefined]>([
    ["passes", Effect.void, undefined],
    ["gives a reason", Effect.succeed("full"), "full"],
    ["fails with an error", Effect.fail(new TooHot({ degrees: 90 })), "90 degrees"],
    ["fails with an error without a message", Effect.fail(new Silent()), "Silent"],
    ["fails with text", Effect.fail("closed"), "closed"],
    ["fails with nothing", Effect.fail(""), "no reason given"],
    ["fails with a value", Effect.fail({ code: 7 }), '{"code":7}'],
    ["dies", Effect.die(new Error("boom")), "the validation failed: boom"],
    ["interrupts itself", Effect.interrupt, "the validation failed: it was interrupted"],
    [
      "answers anything else",
      Effect.succeed(true),
      "the validation failed: it answered true, which is neither a reason nor undefined"
    ],
    [
      "throws before it is one",
      Effect.suspend(() => {
        throw new Error("no Effect")
      }),
      "the validation failed: no Effect"
    ]
  ])("one that %s", ([, check, message]) =>
    Effect.gen(function* () {
      const desk = makeDesk()
      const violation = yield* desk.take([profile("p", [effect("v", () => check)])], request())
      expect(violation).toEqual(message === undefined ? undefined : refused(`v: ${message}`))
      expect(held(desk)).toEqual(message === undefined ? ["x reserved"] : [])
    })
  )

  it.effect("one that throws instead of giving an Effect", () =>
    Effect.gen(function* () {
      const throwing = effect("v", () => {
        throw new Error("no Effect")
      })
      expect(yield* makeDesk().take([profile("p", [throwing])], request())).toEqual(
        refused("v: the validation failed: no Effect")
      )
    })
  )

  it.effect("see the services of whoever asks", () =>
    Effect.gen(function* () {
      const limit = effect("limit", ({ price }) =>
        Effect.map(Limit, (most) => (price <= most ? undefined : `${price} is over ${most}`))
      )
      const take = makeDesk().take([profile("p", [limit])], request())
      expect(yield* Effect.provideService(take, Limit, 99)).toEqual(refused("limit: 100 is over 99"))
      expect(yield* Effect.provideService(take, Limit, 100)).toBeUndefined()
    })
  )

  it("pass nothing where no Effect can be asked", () => {
    const desk = makeDesk()
    const violation = desk.tryTake([profile("p", [effect("v", () => Effect.void)])], request())
    expect(violation).toEqual(refused("v: the validation failed: it takes an Effect to ask it"))
    expect(held(desk)).toEqual([])
  })

  it.effect("are asked again where the account changed meanwhile", () =>
    Effect.gen(function* () {
      const desk = makeDesk()
      const [asked, go] = [yield* Deferred.make<void>(), yield* Deferred.make<void>()]
      const seen: Array<number> = []
      const slow = effect("slow", ({ positions }) =>
        Effect.gen(function* () {
          seen.push(positions.length)
          yield* Deferred.succeed(asked, undefined)
          yield* Deferred.await(go)
          return positions.length === 0 ? undefined : "taken"
        })
      )
      const shared = profile("p", [slow])
      const fiber = yield* Effect.fork(desk.take([shared], request()))
      yield* Deferred.await(asked)
      // one that waits for nobody, and counts in the same profile
      const hasty: Risk<never> = { ...profile("p", []), origin: shared }
      expect(desk.tryTake([hasty], request({ slot: "2", strategy: "y" }))).toBeUndefined()
      yield* Deferred.succeed(go, undefined)
      expect(yield* Fiber.join(fiber)).toEqual(refused("slow: taken"))
      expect([seen, held(desk)]).toEqual([[0, 1], ["y reserved"]])
    })
  )

  it.effect("wait for each other", () =>
    Effect.gen(function* () {
      const desk = makeDesk()
      const slow = effect("slow", ({ positions }) =>
        Effect.as(Effect.yieldNow(), positions.length < 2 ? undefined : "full")
      )
      const shared = profile("p", [slow])
      const answers = yield* Effect.forEach(
        ["1", "2", "3", "4"],
        (slot) => desk.take([shared], request({ slot, strategy: slot })),
        { concurrency: "unbounded" }
      )
      expect(answers).toEqual([undefined, undefined, refused("slow: full"), refused("slow: full")])
      expect(held(desk)).toEqual(["1 reserved", "2 reserved"])
    })
  )
})

describe("an interruption", () => {
  const waiting = (asked: Deferred.Deferred<void>) =>
    profile<never>("slow", [
      effect<never>("never", () => Effect.zipRight(Deferred.succeed(asked, undefined), Effect.never))
    ])

  it.effect.each<readonly [string, <A>(effect: Effect.Effect<A>) => Effect.Effect<A>]>([
    ["that may be interrupted", Effect.interruptible],
    ["that may not", Effect.uninterruptible]
  ])("while a check is running leaves nothing reserved and the desk free, in a region %s", ([, region]) =>
    Effect.gen(function* () {
      const desk = makeDesk()
      const asked = yield* Deferred.make<void>()
      const fiber = yield* Effect.fork(region(desk.take([waiting(asked)], request())))
      yield* Deferred.await(asked)
      const queued = yield* Effect.fork(desk.take([], request({ slot: "2", strategy: "y" })))
      yield* Effect.yieldNow()
      expect(held(desk)).toEqual([])
      expect(Exit.isInterrupted(yield* Fiber.interrupt(fiber))).toBe(true)
      expect(yield* Fiber.join(queued)).toBeUndefined()
      expect(held(desk)).toEqual(["y reserved"])
    })
  )

  it.effect("at a fill releases it", () =>
    Effect.gen(function* () {
      const desk = makeDesk()
      const asked = yield* Deferred.make<void>()
      desk.tryTake([], request())
      const fiber = yield* Effect.fork(desk.take([waiting(asked)], request({ stage: "fill" })))
      yield* Deferred.await(asked)
      expect(held(desk)).toEqual(["x reserved"])
      yield* Fiber.interrupt(fiber)
      expect([held(desk), desk.account.margin]).toEqual([[], 0])
    })
  )

  it.effect("while waiting for its turn leaves nothing reserved", () =>
    Effect.gen(function* () {
      const desk = makeDesk()
      const asked = yield* Deferred.make<void>()
      desk.tryTake([], request({ slot: "2" }))
      const first = yield* Effect.fork(desk.take([waiting(asked)], request()))
      yield* Deferred.await(asked)
      const second = yield* Effect.fork(desk.take([], request({ slot: "2", stage: "fill" })))
      const third = yield* Effect.fork(desk.take([], request({ slot: "3" })))
      yield* Effect.yieldNow()
      yield* Fiber.interruptAll([second, third])
      expect(held(desk)).toEqual([])
      yield* Fiber.interrupt(first)
      expect(yield* desk.take([], request())).toBeUndefined()
    })
  )

  it.effect("while it is told leaves nothing reserved", () =>
    Effect.gen(function* () {
      const desk = makeDesk()
      const told = yield* Deferred.make<void>()
      const telling = profile("p", [], {
        onAllowed: () => Effect.zipRight(Deferred.succeed(told, undefined), Effect.never)
      })
      const fiber = yield* Effect.fork(desk.take([telling], request()))
      yield* Deferred.await(told)
      expect(held(desk)).toEqual(["x reserved"])
      yield* Fiber.interrupt(fiber)
      expect(held(desk)).toEqual([])
    })
  )
})

describe("callbacks", () => {
  const recorded = () => {
    const calls: Array<string> = []
    const callbacks = (name: string): RiskCallbacks<never> => ({
      onAllowed: ({ stage, symbol }) => Effect.sync(() => calls.push(`${name} allowed ${symbol} ${stage}`)),
      onRefused: ({ stage }, { message }) => Effect.sync(() => calls.push(`${name} refused ${stage}: ${message}`))
    })
    return { calls, callbacks }
  }

  it.effect("tell of what was decided: all that passed, or the one that refused", () =>
    Effect.gen(function* () {
      const { calls, callbacks } = recorded()
      const desk = makeDesk(250)
      const one = profile("one", [], callbacks("one"))
      const two = profile("two", [most(1)], callbacks("two"))
      const three = profile("three", [], callbacks("three"))
      yield* desk.take([one, two, three], request())
      yield* desk.take([one, two, three], request({ slot: "2" }))
      yield* desk.take([one, two, three], request({ stage: "fill" }))
      // the account's own refusal is no profile's
      yield* desk.take([one], request({ slot: "3", quantity: 2 }))
      expect(calls).toEqual([
        "one allowed A signal",
        "two allowed A signal",
        "three allowed A signal",
        "two refused signal: most: 1 of 1",
        "one allowed A fill",
        "two allowed A fill",
        "three allowed A fill"
      ])
    })
  )

  it.effect.each<readonly [string, () => Effect.Effect<void, unknown>]>([
    ["fail", () => Effect.fail(new Error("no mail"))],
    ["die", () => Effect.die(new Error("no mail"))],
    [
      "throw",
      () => {
        throw new Error("no mail")
      }
    ]
  ])("that %s are logged and change nothing", ([, broken]) => {
    const logs: Array<string> = []
    const logger = Logger.make(({ cause, logLevel, message }) => {
      logs.push(`${logLevel.label} ${String(message)} ${String(cause).includes("no mail")}`)
    })
    return Effect.gen(function* () {
      const desk = makeDesk()
      const risk = profile("p", [most(1)], { onAllowed: broken, onRefused: broken })
      expect(yield* desk.take([risk], request())).toBeUndefined()
      expect(held(desk)).toEqual(["x reserved"])
      expect(yield* desk.take([risk], request({ slot: "2" }))).toEqual(refused("most: 1 of 1"))
      expect(logs).toEqual([
        'ERROR risk profile "p": onAllowed failed true',
        'ERROR risk profile "p": onRefused failed true'
      ])
    }).pipe(Effect.provide(Logger.replace(Logger.defaultLogger, logger)))
  })
})

describe("a profile", () => {
  it("is plain without Effects and callbacks", () => {
    const simple = profile("p", [most(1)])
    expect(Desk.isPlain([])).toBe(true)
    expect(Desk.isPlain([simple, profile("q", [], {})])).toBe(true)
    expect(Desk.isPlain([simple, profile("q", [effect("v", () => Effect.void)])])).toBe(false)
    expect(Desk.isPlain([profile("q", [], { onAllowed: () => Effect.void })])).toBe(false)
    expect(Desk.isPlain([profile("q", [], { onRefused: () => Effect.void })])).toBe(false)
  })

  it("tells the problems of its validations", () => {
    const wrong: Validation<never> = { ...most(1), problem: "must be a whole number" }
    expect(problems(profile("p", [most(1), wrong, { ...wrong, name: "other" }]))).toEqual([
      { path: "risk.p", message: "most: must be a whole number" },
      { path: "risk.p", message: "other: must be a whole number" }
    ])
    expect(problems(profile("p", [most(1)]))).toEqual([])
  })

  it("comes alone or in a list", () => {
    const one = profile("p", [])
    expect(listOf(undefined)).toEqual([])
    expect(listOf<Risk<never> | string>(one)).toEqual([one])
    expect(listOf<Risk<never> | string>("p")).toEqual(["p"])
    expect(listOf<Risk<never> | string>(["p", one])).toEqual(["p", one])
  })

  it.effect("has all of its Effects changed by a map", () =>
    Effect.gen(function* () {
      const told: Array<string> = []
      const needs = (what: string) => Effect.map(Limit, (limit) => void told.push(`${what} ${limit}`))
      const risk = profile<Limit>("p", [most(1), effect<Limit>("v", () => needs("check"))], {
        onAllowed: () => needs("allowed"),
        onRefused: () => needs("refused")
      })
      const desk = makeDesk()
      const copy = mapRisk<Limit, never>(risk, (self) => Effect.provideService(self, Limit, 7))
      expect(yield* desk.take([copy], request())).toBeUndefined()
      expect(yield* desk.take([copy], request({ slot: "2" }))).toEqual(refused("most: 1 of 1"))
      expect(told).toEqual(["check 7", "allowed 7", "refused 7"])
      const { callbacks } = mapRisk(profile("q", [], { onAllowed: () => Effect.void }), same)
      expect(Object.keys(callbacks ?? {})).toEqual(["onAllowed"])
    })
  )
})
