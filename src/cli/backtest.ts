/** The commands `backtest` and `demo`. */
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as Exchange from "../Exchange.js"
import * as Frame from "../Frame.js"
import * as Kit from "../Kit.js"
import * as Backtest from "../modes/Backtest.js"
import * as Portfolio from "../modes/Portfolio.js"
import * as Risk from "../Risk.js"
import * as Sizing from "../Sizing.js"
import type { Strategy } from "../Strategy.js"
import { CliError } from "./error.js"
import { err } from "./output.js"
import { type Common, finish, prepare, type Shown } from "./run.js"
import { builtIns } from "./strategies.js"
import { params } from "./values.js"

export interface BacktestGiven extends Common {
  readonly strategy: ReadonlyArray<string>
  readonly param: ReadonlyArray<string>
  readonly check: boolean
}

const looksLikeFile = (text: string): boolean => /[\\/]|\.[cm]?[jt]sx?$/.test(text)

/** A built-in strategy by its name, or the one a file exports. */
const strategyOf = Effect.fnUntraced(function* (text: string, check: boolean) {
  const builtIn = builtIns.find(({ strategy }) => strategy.name === text)
  if (builtIn !== undefined) return builtIn.strategy
  if (!looksLikeFile(text)) {
    const known = builtIns.map(({ strategy }) => strategy.name).join(", ")
    return yield* new CliError({
      message: `--strategy ${text}: there is no built-in strategy of that name; there are: ${known}; or give a file like ./${text}.ts`
    })
  }
  if (check) {
    const checker = yield* Effect.promise(() => import("./check.js"))
    yield* checker.check(text)
  }
  const loader = yield* Effect.promise(() => import("./load.js"))
  const strategy: Strategy<unknown, never> = yield* loader.load(text)
  return strategy
})

/** A strategy with the parameters that are meant for it. */
interface Chosen {
  readonly strategy: Strategy<unknown, never>
  readonly params: Readonly<Record<string, unknown>>
}

/** Parameters a strategy has, as far as its defaults tell. */
const namesOf = (strategy: Strategy<unknown, never>): ReadonlyArray<string> => {
  const prepared = strategy.prepare({})
  return Either.isRight(prepared) ? Object.keys(prepared.right.params) : []
}

/** Gives each strategy its parameters: `name=value` to all that have it, `strategy.name=value` to that one. */
const choose = (
  strategies: ReadonlyArray<Strategy<unknown, never>>,
  given: Readonly<Record<string, unknown>>
): Either.Either<ReadonlyArray<Chosen>, CliError> => {
  if (strategies.length === 1) return Either.right(strategies.map((strategy) => ({ strategy, params: given })))
  const chosen = strategies.map((strategy) => ({
    strategy,
    names: namesOf(strategy),
    params: new Map<string, unknown>()
  }))
  for (const [name, value] of Object.entries(given)) {
    const takers = chosen.flatMap(({ names, params, strategy }) => {
      const own = name.startsWith(`${strategy.name}.`) ? name.slice(strategy.name.length + 1) : name
      return names.includes(own) ? [{ params, own }] : []
    })
    if (takers.length === 0) {
      const known = chosen.map(({ names, strategy }) => `${strategy.name} has ${names.join(", ") || "none"}`).join("; ")
      return Either.left(new CliError({ message: `--param ${name}: no strategy has such a parameter; ${known}` }))
    }
    for (const { own, params } of takers) params.set(own, value)
  }
  return Either.right(chosen.map(({ params, strategy }) => ({ strategy, params: Object.fromEntries(params) })))
}

export const backtest = (given: BacktestGiven) =>
  Effect.gen(function* () {
    const changed = yield* params(given.param)
    const strategies = yield* Effect.forEach(given.strategy, (text) => strategyOf(text, given.check))
    const chosen = yield* choose(strategies, changed)
    const { candles, note, options, symbols } = yield* prepare(given)
    const [first] = chosen
    const [symbol = ""] = symbols
    if (symbols.length === 1 && chosen.length === 1 && first !== undefined) {
      return yield* finish(Backtest.report(symbol, { ...options, ...first }), given, candles, note)
    }
    const entries = symbols.flatMap((each) => chosen.map((one) => ({ symbol: each, ...one })))
    yield* finish(Portfolio.report(entries, options), given, candles, note)
  }).pipe(Effect.provide(Kit.layerNode))

export interface DemoGiven extends Shown {
  readonly seed: number
  readonly out: string
}

const symbols = ["ALFA", "BRAVO", "DELTA"]

/** Slow enough that costs, 0.4 % of each trade, do not eat it up. */
const demoed = [
  {
    name: "rsi-reversion",
    params: { period: 1440, oversold: 48, overbought: 52, takeProfit: 4, stopLoss: 2, lifetime: 4320 }
  },
  {
    name: "bollinger-reversion",
    params: { period: 2880, deviations: 3, takeProfit: 6, stopLoss: 2, lifetime: 4320, trailing: 4 }
  }
]

const demoEntries = Effect.forEach(demoed, ({ name, params }) => {
  const found = builtIns.find(({ strategy }) => strategy.name === name)
  return found === undefined
    ? Effect.fail(new CliError({ message: `${name} is missing` }))
    : Effect.succeed(symbols.map((symbol) => ({ symbol, strategy: found.strategy, params })))
}).pipe(Effect.map((entries) => entries.flat()))

/** A year of candles for each symbol, made once for the run and its reports. */
const demoCandles = (seed: number) => {
  const exchange = Exchange.synthetic("synthetic", { seed })
  const each = Effect.forEach(symbols, (symbol) =>
    Effect.map(Exchange.candles(exchange, symbol), (columns) => [symbol, columns] as const)
  )
  return Effect.map(each, (loaded) => new Map(loaded))
}

export const demo = (given: DemoGiven) =>
  Effect.gen(function* () {
    yield* err(
      `A year of three synthetic markets: made up from seed ${given.seed}, the same every time. Two strategies share an\n` +
        "account of 10,000: each trade risks 0.5 % of it, three are open at the most, and a day that lost 1.5 % is over.\n" +
        "Their parameters were chosen for this kind of market: the result says nothing about a real one.\n\n"
    )
    const entries = yield* demoEntries
    const candles = yield* demoCandles(given.seed)
    const run = Portfolio.report(entries, {
      exchange: Exchange.memory("synthetic", Object.fromEntries(candles), { interval: "1m" }),
      frame: Frame.make("year"),
      settings: { maxLifetime: 4320 },
      events: "progress",
      balance: 10_000,
      sizing: Sizing.fixedPercentage("half a percent", { riskPercent: 0.5, maxPercent: 25 }),
      risk: Risk.make("desk", { validations: [Risk.maxPositions(3), Risk.dailyLossLimit(1.5)] })
    })
    yield* finish(run, { ...given, out: Option.some(given.out) }, candles)
    yield* err(
      "\nNow with data of yours:\n" +
        "  effect-backtest backtest --strategy rsi-reversion --data FILE.csv --out reports\n  effect-backtest --help\n"
    )
  }).pipe(Effect.provide(Kit.layerNode))
