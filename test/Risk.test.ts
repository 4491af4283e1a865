import { describe, expect, it } from "@effect/vitest"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as Layer from "effect/Layer"
import { Desk, problems } from "../src/clients/risk.js"
import { Account } from "../src/engine/account.js"
import { Risk } from "../src/index.js"
import type { Signal } from "../src/model/signal.js"
import * as SchemaRegistry from "../src/services/SchemaRegistry.js"

const minute = 60_000
const hour = 60 * minute
/** Wednesday, 2024-01-03, 12:00 UTC. */
const noon = Date.UTC(2024, 0, 3, 12)

const signal = (given: Partial<Signal> = {}): Signal => ({
  id: "s",
  symbol: "A",
  strategy: "x",
  exchange: "e",
  frame: "f",
  position: "long",
  priceTakeProfit: 110,
  priceStopLoss: 95,
  minuteEstimatedTime: 60,
  scheduledAt: noon,
  ...given
})

const position = (
  symbol: string,
  strategy = "x",
  notional = 100,
  direction: "long" | "short" = "long"
): Risk.RiskPosition => ({
  symbol,
  strategy,
  signal: signal({ symbol, strategy, position: direction }),
  status: "reserved",
  price: 100,
  quantity: 1,
  notional,
  since: noon
})

const account = (given: Partial<Risk.RiskAccount> = {}): Risk.RiskAccount => ({
  initial: 1_000,
  balance: 1_000,
  peak: 1_000,
  dayStart: 1_000,
  margin: 0,
  free: 1_000,
  ...given
})

const payload = (given: Partial<Risk.RiskPayload> = {}): Risk.RiskPayload => ({
  symbol: "A",
  strategy: "x",
  signal: signal(),
  stage: "signal",
  price: 100,
  when: noon,
  quantity: 1,
  notional: 100,
  positions: [],
  account: account(),
  lastStopAt: () => undefined,
  ...given
})

const ask = (validation: Risk.Validation<never>, given: Partial<Risk.RiskPayload> = {}) =>
  validation._tag === "Plain" ? validation.check(payload(given)) : "not plain"

type Table = ReadonlyArray<
  readonly [string, Risk.Validation<never>, Partial<Risk.RiskPayload>, refused: string | undefined]
>
const table = (rows: Table) =>
  it.each(rows)("%s", (_, validation, given, refused) => {
    expect(validation.problem).toBeUndefined()
    expect(ask(validation, given)).toBe(refused)
  })

const four = [position("A"), position("B", "y"), position("B"), position("C", "z")]

describe("numbers of positions", () => {
  table([
    ["none yet", Risk.maxPositions(1), {}, undefined],
    ["room for one more", Risk.maxPositions(5), { positions: four }, undefined],
    ["full", Risk.maxPositions(4), { positions: four }, "4 positions are open or reserved, at most 4"],
    ["over", Risk.maxPositions(1), { positions: four }, "4 positions are open or reserved, at most 1"],
    ["one", Risk.maxPositions(1), { positions: [position("B")] }, "1 position is open or reserved, at most 1"],
    ["another symbol's", Risk.maxPositionsPerSymbol(2), { positions: four }, undefined],
    [
      "the symbol's, of any strategy",
      Risk.maxPositionsPerSymbol(2),
      { positions: four, symbol: "B" },
      "2 positions are open or reserved on B, at most 2"
    ],
    ["another strategy's", Risk.maxPositionsPerStrategy(2), { positions: four, strategy: "y" }, undefined],
    [
      "the strategy's, on any symbol",
      Risk.maxPositionsPerStrategy(2),
      { positions: four, symbol: "D" },
      "2 positions are open or reserved by x, at most 2"
    ]
  ])
})

describe("exposure", () => {
  table([
    ["at the bound", Risk.maxExposure(50), { positions: four }, undefined],
    ["at the bound but for rounding", Risk.maxExposure(30), { notional: 300.000_000_000_04 }, undefined],
    [
      "over the bound",
      Risk.maxExposure(49.9),
      { positions: four },
      "the exposure would be 50.00 % of the balance, at most 49.90 %"
    ],
    [
      "a little over the bound",
      Risk.maxExposure(50),
      { positions: four, notional: 100.01 },
      "the exposure would be 50.001 % of the balance, at most 50.000 %"
    ],
    ["over 100 % with leverage", Risk.maxExposure(300), { notional: 3_000 }, undefined],
    [
      "of the balance as it is",
      Risk.maxExposure(50),
      { positions: four, account: account({ balance: 800 }) },
      "the exposure would be 62.50 % of the balance, at most 50.00 %"
    ],
    [
      "shorts count as longs",
      Risk.maxExposure(15),
      { positions: [position("B", "x", 100, "short")] },
      "the exposure would be 20.00 % of the balance, at most 15.00 %"
    ],
    ["of nothing", Risk.maxExposure(50), { account: account({ balance: 0 }) }, "the account is empty"]
  ])
})

describe("correlated exposure", () => {
  const groups = { layer1: ["A", "B"], majors: ["A", "C"], metals: ["G", "S"] }
  const grouped = Risk.maxCorrelatedExposure({ percent: 20, groups })
  const correlations: Readonly<Record<string, number>> = { "A B": 0.8, "A C": -0.9, "A D": 0.79, "A E": Number.NaN }
  const correlated = Risk.maxCorrelatedExposure({
    percent: 20,
    correlation: (a, b) => correlations[`${a} ${b}`] ?? 0,
    threshold: 0.8
  })
  const shortSignal = signal({ position: "short" })
  table([
    ["a group at the bound", grouped, { positions: [position("B")] }, undefined],
    [
      "a group over the bound",
      grouped,
      { positions: [position("B", "x", 101)] },
      "the net exposure to layer1 would be 20.10 % of the balance, at most 20.00 %"
    ],
    [
      "every group of the symbol",
      grouped,
      { positions: [position("B", "x", 100), position("C", "x", 150)] },
      "the net exposure to majors would be 25.00 % of the balance, at most 20.00 %"
    ],
    ["groups of other symbols", grouped, { positions: [position("G", "x", 900)] }, undefined],
    ["a symbol of no group", grouped, { symbol: "Z", notional: 900, positions: [position("Z")] }, undefined],
    ["a short offsets longs", grouped, { signal: shortSignal, positions: [position("B", "x", 300)] }, undefined],
    ["a long offsets shorts", grouped, { positions: [position("B", "x", 290, "short")] }, undefined],
    [
      "shorts add up",
      grouped,
      { signal: shortSignal, positions: [position("B", "x", 150, "short")] },
      "the net exposure to layer1 would be 25.00 % of the balance, at most 20.00 %"
    ],
    [
      "what makes the net no larger",
      grouped,
      { notional: 600, positions: [position("B", "x", 300, "short"), position("C", "x", 300, "short")] },
      undefined
    ],
    [
      "what turns the net over",
      grouped,
      { notional: 601, positions: [position("B", "x", 300, "short")] },
      "the net exposure to layer1 would be 30.10 % of the balance, at most 20.00 %"
    ],
    ["of nothing", grouped, { account: account({ balance: -1 }) }, "the account is empty"],
    [
      "by correlation, at the threshold",
      correlated,
      { positions: [position("B", "x", 101)] },
      "the net exposure to what moves with A would be 20.10 % of the balance, at most 20.00 %"
    ],
    ["below the threshold", correlated, { positions: [position("D", "x", 900)] }, undefined],
    ["a long of what moves against it offsets", correlated, { positions: [position("C", "x", 300)] }, undefined],
    [
      "a short of what moves against it adds up",
      correlated,
      { positions: [position("C", "x", 150, "short")] },
      "the net exposure to what moves with A would be 25.00 % of the balance, at most 20.00 %"
    ],
    [
      "the symbol moves with itself",
      correlated,
      { positions: [position("A", "y", 200)] },
      "the net exposure to what moves with A would be 30.00 % of the balance, at most 20.00 %"
    ],
    [
      "a correlation that is none",
      correlated,
      { positions: [position("E")] },
      "the correlation of A and E is not a number"
    ]
  ])
})

describe("reward and risk", () => {
  const short = signal({ position: "short", priceTakeProfit: 90, priceStopLoss: 104 })
  table([
    ["at the bound", Risk.minRewardRisk(2), {}, undefined],
    [
      "at the bound but for rounding",
      Risk.minRewardRisk(2),
      { signal: signal({ priceTakeProfit: 109.999_999_999_99 }) },
      undefined
    ],
    ["below the bound", Risk.minRewardRisk(2.1), {}, "reward is 2.00 times the risk, at least 2.10 times"],
    ["of a short", Risk.minRewardRisk(2.6), { signal: short }, "reward is 2.50 times the risk, at least 2.60 times"],
    [
      "of the entry asked for",
      Risk.minRewardRisk(2),
      { price: 101 },
      "reward is 1.50 times the risk, at least 2.00 times"
    ],
    [
      "a little below",
      Risk.minRewardRisk(2),
      { signal: signal({ priceTakeProfit: 109.995 }) },
      "reward is 1.999 times the risk, at least 2.000 times"
    ]
  ])
})

describe("losses", () => {
  const at = (balance: number, given: Partial<Risk.RiskAccount> = {}) => ({ account: account({ balance, ...given }) })
  table([
    ["a day at its limit", Risk.dailyLossLimit(3), at(970), undefined],
    ["a day over its limit", Risk.dailyLossLimit(3), at(969.9), "3.01 % was lost since 00:00 UTC, at most 3.00 %"],
    ["a day that gained", Risk.dailyLossLimit(0), at(1_001), undefined],
    ["any loss", Risk.dailyLossLimit(0), at(999), "0.10 % was lost since 00:00 UTC, at most 0.00 %"],
    ["not the days before", Risk.dailyLossLimit(3), at(500, { dayStart: 510 }), undefined],
    ["a day that began with nothing", Risk.dailyLossLimit(3), at(0, { dayStart: 0 }), "the account is empty"],
    ["a drawdown at its limit", Risk.drawdownHalt(20), at(1_000, { peak: 1_250 }), undefined],
    [
      "a drawdown over its limit",
      Risk.drawdownHalt(20),
      at(999, { peak: 1_250 }),
      "20.08 % was lost since the peak, at most 20.00 %"
    ],
    ["more than everything", Risk.drawdownHalt(100), at(-100), "110.00 % was lost since the peak, at most 100.00 %"],
    ["at the peak", Risk.drawdownHalt(0), at(1_000), undefined]
  ])
})

describe("a cooldown after a stop", () => {
  const stops: ReadonlyArray<readonly [symbol: string, strategy: string, ago: number]> = [
    ["A", "x", 60 * minute],
    ["A", "y", 30 * minute],
    ["B", "x", 20 * minute],
    ["B", "y", 10 * minute]
  ]
  const lastStopAt = ({ strategy, symbol }: Risk.Of = {}) => {
    const of = stops.filter(([a, b]) => (symbol ?? a) === a && (strategy ?? b) === b)
    return of.length === 0 ? undefined : noon - Math.min(...of.map(([, , ago]) => ago))
  }
  const given = { lastStopAt }
  table([
    ["without a stop", Risk.cooldownAfterStop("1 hour"), {}, undefined],
    ["of the symbol, over", Risk.cooldownAfterStop("30 minutes"), given, undefined],
    [
      "of the symbol, not over",
      Risk.cooldownAfterStop(30 * minute + 1),
      given,
      "the last stop on A was 30m ago, wait 30m 1ms after one"
    ],
    ["of the strategy, over", Risk.cooldownAfterStop("20 minutes", { per: "strategy" }), given, undefined],
    [
      "of the strategy, not over",
      Risk.cooldownAfterStop("21 minutes", { per: "strategy" }),
      given,
      "the last stop by x was 20m ago, wait 21m after one"
    ],
    ["of both, over", Risk.cooldownAfterStop("60 minutes", { per: "both" }), given, undefined],
    [
      "of both, not over",
      Risk.cooldownAfterStop("2 hours", { per: "both" }),
      given,
      "the last stop on A by x was 1h ago, wait 2h after one"
    ],
    ["of any, over", Risk.cooldownAfterStop("10 minutes", { per: "any" }), given, undefined],
    [
      "of any, not over",
      Risk.cooldownAfterStop("11 minutes", { per: "any" }),
      given,
      "the last stop was 10m ago, wait 11m after one"
    ],
    ["of another symbol", Risk.cooldownAfterStop("1 hour", { per: "symbol" }), { ...given, symbol: "C" }, undefined],
    [
      "that just began",
      Risk.cooldownAfterStop("1 hour"),
      { lastStopAt: () => noon },
      "the last stop on A was just now, wait 1h after one"
    ]
  ])
})

describe("trading hours", () => {
  const office = Risk.tradingHours({ from: "08:00", to: "17:30" })
  const night = Risk.tradingHours({ from: "22:00", to: "02:00", days: ["fri"] })
  const weekdays = Risk.tradingHours({ days: ["mon", "tue", "wed", "thu", "fri"] })
  const wallStreet = Risk.tradingHours({ from: "09:30", to: "16:00", zone: "America/New_York" })
  const india = Risk.tradingHours({ from: "09:15", zone: "+05:30" })
  const utc = (text: string) => ({ when: Date.parse(text) })
  table([
    ["begin with the minute", office, utc("2024-01-03T08:00:00Z"), undefined],
    ["not before", office, utc("2024-01-03T07:59:59.999Z"), "it is wed 07:59 UTC, trading is from 08:00 to 17:30"],
    ["last up to the end", office, utc("2024-01-03T17:29:59.999Z"), undefined],
    ["not at it", office, utc("2024-01-03T17:30:00Z"), "it is wed 17:30 UTC, trading is from 08:00 to 17:30"],
    ["before 1970", office, utc("1969-12-31T12:00:00Z"), undefined],
    ["on a Friday night", night, utc("2024-01-05T23:00:00Z"), undefined],
    ["and into Saturday", night, utc("2024-01-06T01:59:00Z"), undefined],
    ["but no longer", night, utc("2024-01-06T02:00:00Z"), "it is sat 02:00 UTC, trading is from 22:00 to 02:00 on fri"],
    [
      "nor on Saturday night",
      night,
      utc("2024-01-06T22:00:00Z"),
      "it is sat 22:00 UTC, trading is from 22:00 to 02:00 on fri"
    ],
    [
      "nor early on Friday",
      night,
      utc("2024-01-05T01:00:00Z"),
      "it is fri 01:00 UTC, trading is from 22:00 to 02:00 on fri"
    ],
    ["all of a Monday", weekdays, utc("2024-01-01T00:00:00Z"), undefined],
    ["up to its last minute", weekdays, utc("2024-01-05T23:59:59Z"), undefined],
    [
      "no Sunday",
      weekdays,
      utc("2024-01-07T12:00:00Z"),
      "it is sun 12:00 UTC, trading is from 00:00 to 24:00 on mon, tue, wed, thu, fri"
    ],
    [
      "a Sunday before 1970",
      weekdays,
      utc("1969-12-28T12:00:00Z"),
      "it is sun 12:00 UTC, trading is from 00:00 to 24:00 on mon, tue, wed, thu, fri"
    ],
    ["in winter by the zone", wallStreet, utc("2024-01-03T14:30:00Z"), undefined],
    [
      "in winter not yet",
      wallStreet,
      utc("2024-01-03T14:29:00Z"),
      "it is wed 09:29 America/New_York, trading is from 09:30 to 16:00"
    ],
    ["in summer an hour earlier", wallStreet, utc("2024-07-03T13:30:00Z"), undefined],
    [
      "in summer done",
      wallStreet,
      utc("2024-07-03T20:00:00Z"),
      "it is wed 16:00 America/New_York, trading is from 09:30 to 16:00"
    ],
    ["by an offset", india, utc("2024-01-03T03:45:00Z"), undefined],
    [
      "by an offset not yet",
      india,
      utc("2024-01-03T03:44:00Z"),
      "it is wed 09:14 +05:30, trading is from 09:15 to 24:00"
    ]
  ])

  it("are the same in UTC, whether it is named or not", () => {
    const time = FastCheck.integer({ min: 0, max: 1439 }).map(
      (minutes) => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`
    )
    const days = FastCheck.uniqueArray(FastCheck.constantFrom<Array<Risk.Weekday>>("sun", "mon", "tue", "fri", "sat"), {
      minLength: 1
    })
    const when = FastCheck.integer({ min: -50_000_000, max: 50_000_000 }).map((minutes) => minutes * minute)
    FastCheck.assert(
      FastCheck.property(time, time, days, when, (from, to, days, when) => {
        FastCheck.pre(from !== to)
        const plain = ask(Risk.tradingHours({ from, to, days }), { when })
        expect(ask(Risk.tradingHours({ from, to, days, zone: "UTC" }), { when })).toBe(plain)
      })
    )
  })
})

describe("wrong arguments", () => {
  const hours = (options: Risk.TradingHours) => Risk.tradingHours(options)
  it.each<readonly [Risk.Validation<never>, string]>([
    [Risk.maxPositions(0), "must be a whole number of at least 1, got 0"],
    [Risk.maxPositions(Number.NaN), "must be a whole number of at least 1, got NaN"],
    [Risk.maxPositionsPerSymbol(1.5), "must be a whole number of at least 1, got 1.5"],
    [Risk.maxPositionsPerStrategy(-1), "must be a whole number of at least 1, got -1"],
    [Risk.maxExposure(0), "the percentage must be a number above 0, got 0"],
    [Risk.maxExposure(Number.POSITIVE_INFINITY), "the percentage must be a number above 0, got Infinity"],
    [Risk.maxCorrelatedExposure({ percent: -5, groups: {} }), "the percentage must be a number above 0, got -5"],
    [
      Risk.maxCorrelatedExposure({ percent: 5, correlation: () => 0, threshold: 0 }),
      "the threshold must be above 0 and at most 1, got 0"
    ],
    [
      Risk.maxCorrelatedExposure({ percent: 5, correlation: () => 0, threshold: Number.NaN }),
      "the threshold must be above 0 and at most 1, got NaN"
    ],
    [Risk.minRewardRisk(Number.NaN), "the ratio must be a number above 0, got NaN"],
    [Risk.dailyLossLimit(-0.1), "must be a percentage from 0 to 100, got -0.1"],
    [Risk.dailyLossLimit(Number.NaN), "must be a percentage from 0 to 100, got NaN"],
    [Risk.drawdownHalt(101), "must be a percentage from 0 to 100, got 101"],
    [Risk.cooldownAfterStop(0), 'must be a time above 0, as "2 hours", got 0'],
    [Risk.cooldownAfterStop(Number.NaN), 'must be a time above 0, as "2 hours", got NaN'],
    [Risk.cooldownAfterStop("-1 hours"), 'must be a time above 0, as "2 hours", got -1 hours'],
    [hours({ from: "25:00" }), 'from must be a time of day from "00:00" to "23:59", got "25:00"'],
    [hours({ from: "24:00" }), 'from must be a time of day from "00:00" to "23:59", got "24:00"'],
    [hours({ from: "8:00" }), 'from must be a time of day from "00:00" to "23:59", got "8:00"'],
    [hours({ to: "24:01" }), 'to must be a time of day from "00:00" to "24:00", got "24:01"'],
    [hours({ to: "12:60" }), 'to must be a time of day from "00:00" to "24:00", got "12:60"'],
    [hours({ from: "09:00", to: "09:00" }), 'from and to are both "09:00"; leave both out for the whole day'],
    [hours({ days: [] }), "days are empty; name one, or leave them out for all"],
    [hours({ zone: "Europe/Nowhere" }), 'there is no zone "Europe/Nowhere"; write one as "Europe/Berlin"'],
    [hours({ zone: "" }), 'there is no zone ""; write one as "Europe/Berlin"']
  ])("are a problem of the run, and pass nothing: %o", (validation, problem) => {
    expect(validation.problem).toBe(problem)
    expect(ask(validation)).toBe(problem)
    expect(problems(Risk.make("mine", { validations: [validation] }))).toEqual([
      { path: "risk.mine", message: `${validation.name}: ${problem}` }
    ])
  })

  it("that only plain JavaScript can give", () => {
    const per: ReadonlyArray<string> = ["week"]
    const isPer = (_value: string | undefined): _value is Risk.CooldownPer => true
    const isDay = (_value: string | undefined): _value is Risk.Weekday => true
    const [week] = per
    if (!isPer(week)) return
    expect(Risk.cooldownAfterStop("1 hour", { per: week }).problem).toBe(
      "per must be one of symbol, strategy, both, any, got week"
    )
    if (!isDay(week)) return
    expect(Risk.tradingHours({ days: ["mon", week] }).problem).toBe(
      '"week" is not one of sun, mon, tue, wed, thu, fri, sat'
    )
  })
})

describe("validations of one's own", () => {
  it.each<readonly [string, boolean | string | undefined, string | undefined]>([
    ["true", true, undefined],
    ["nothing", undefined, undefined],
    ["false", false, "refused"],
    ["text", "too hot", "too hot"]
  ])("by a plain function: %s", (_, answer, refused) => {
    expect(ask(Risk.check("own", () => answer))).toBe(refused)
  })

  it.effect.each<readonly [string, Effect.Effect<boolean | string | undefined | void, Error>, string | undefined]>([
    ["true", Effect.succeed(true), undefined],
    ["nothing", Effect.void, undefined],
    ["false", Effect.succeed(false), "own: refused"],
    ["text", Effect.succeed("too hot"), "own: too hot"],
    ["a failure", Effect.fail(new Error("no answer")), "own: no answer"]
  ])("by an Effect: %s", ([, answer, refused]) =>
    Effect.gen(function* () {
      const desk = new Desk(new Account({ money: undefined, slots: 1 }))
      const risk = Risk.make("mine", { validations: [Risk.checkEffect("own", () => answer)] })
      const request = { ...payload(), slot: "1" }
      expect((yield* desk.take([risk], request))?.message).toBe(refused)
    })
  )
})

class Limit extends Context.Tag("test/Limit")<Limit, number>() {}
class Mail extends Context.Tag("test/Mail")<Mail, (text: string) => void>() {}

describe("a profile", () => {
  const atMost = Risk.checkEffect("at most", ({ price }) =>
    Effect.map(Limit, (limit) => price <= limit || `${price} is over ${limit}`)
  )

  it.effect("is registered by its layer, with its services captured, while the layer lives", () => {
    const sent: Array<string> = []
    const risk: Risk.Risk<Limit | Mail> = Risk.make("mine", {
      validations: [Risk.maxPositions(1), atMost],
      callbacks: {
        onRefused: ({ symbol }, { message }) => Effect.map(Mail, (send) => send(`${symbol}: ${message}`))
      }
    })
    const services = Layer.merge(
      Layer.succeed(Limit, 99),
      Layer.succeed(Mail, (text) => void sent.push(text))
    )
    return Effect.gen(function* () {
      const registry = yield* SchemaRegistry.SchemaRegistry
      const live = Effect.gen(function* () {
        const desk = new Desk(new Account({ money: undefined, slots: 3 }))
        const named = yield* registry.risk.get("mine")
        expect((yield* registry.risk.list).map(({ name }) => name)).toEqual(["mine"])
        expect((yield* desk.take([named], { ...payload(), slot: "1" }))?.message).toBe("at most: 100 is over 99")
        expect(yield* desk.take([named], { ...payload(), slot: "1", price: 98 })).toBeUndefined()
        // by name or as itself, it is the same profile
        const direct = desk.take([risk], { ...payload(), slot: "2", price: 98 }).pipe(Effect.provide(services))
        expect((yield* direct)?.message).toBe("max positions: 1 position is open or reserved, at most 1")
        expect(sent).toEqual([
          "A: at most: 100 is over 99",
          "A: max positions: 1 position is open or reserved, at most 1"
        ])
      })
      yield* Effect.provide(live, Layer.provide(risk.layer, services))
      const error = yield* Effect.flip(registry.risk.get("mine"))
      expect(error.message).toBe('unknown risk "mine" (none is registered)')
    }).pipe(Effect.provide(SchemaRegistry.layer))
  })

  it.effect("can't take a name that is taken", () =>
    Effect.gen(function* () {
      const layers = Layer.merge(
        Risk.make("mine", { validations: [] }).layer,
        Risk.make("mine", { validations: [] }).layer
      )
      const error = yield* Effect.flip(Effect.scoped(Layer.build(layers)))
      expect(error.message).toBe('a risk named "mine" is registered already; give one of them another name')
    }).pipe(Effect.provide(SchemaRegistry.layer))
  )
})

describe("ready-made validations on an account", () => {
  it("work together over a day", () => {
    const desk = new Desk(new Account({ money: { balance: 1_000, leverage: 1 }, slots: 9 }))
    const risk = Risk.make("mine", {
      validations: [
        Risk.maxPositions(2),
        Risk.maxExposure(50),
        Risk.cooldownAfterStop("1 hour"),
        Risk.dailyLossLimit(5)
      ]
    })
    const take = (slot: string, symbol: string, quantity: number, when: number) =>
      desk.tryTake([risk], {
        slot,
        symbol,
        strategy: "x",
        signal: signal({ symbol }),
        stage: "signal",
        price: 100,
        when,
        quantity
      })?.message
    const stop = (slot: string, when: number, result: number) =>
      desk.settle(slot, { when, reason: "stop_loss", pnlPercent: -5, result })

    expect(take("1", "A", 3, noon)).toBeUndefined()
    expect(take("2", "B", 3, noon)).toBe("max exposure: the exposure would be 60.00 % of the balance, at most 50.00 %")
    expect(take("2", "B", 2, noon)).toBeUndefined()
    expect(take("3", "C", 1, noon)).toBe("max positions: 2 positions are open or reserved, at most 2")
    stop("1", noon + minute, -40)
    expect(take("1", "A", 1, noon + minute)).toBe(
      "cooldown after a stop: the last stop on A was just now, wait 1h after one"
    )
    expect(take("3", "C", 1, noon + minute)).toBeUndefined()
    stop("3", noon + 2 * minute, -11)
    expect(take("4", "D", 1, noon + hour)).toBe("daily loss limit: 5.10 % was lost since 00:00 UTC, at most 5.00 %")
    expect(take("4", "D", 1, noon + 12 * hour)).toBeUndefined()
  })
})
