/** The commands `backtest` and `demo`. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Exchange from "../Exchange.js"
import * as Frame from "../Frame.js"
import * as Kit from "../Kit.js"
import * as Backtest from "../modes/Backtest.js"
import type { Strategy } from "../Strategy.js"
import { CliError } from "./error.js"
import { err } from "./output.js"
import { type Common, finish, prepare, type Shown } from "./run.js"
import { builtIns } from "./strategies.js"
import { params } from "./values.js"

export interface BacktestGiven extends Common {
  readonly strategy: string
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

export const backtest = (given: BacktestGiven) =>
  Effect.gen(function* () {
    const changed = yield* params(given.param)
    const strategy = yield* strategyOf(given.strategy, given.check)
    const { note, options, symbol } = yield* prepare(given)
    yield* finish(Backtest.report(symbol, { ...options, strategy, params: changed }), given, note)
  }).pipe(Effect.provide(Kit.layerNode))

export interface DemoGiven extends Shown {
  readonly seed: number
  readonly out: string
}

/** Slow enough that costs, 0.4 % of each trade, do not eat it up. */
const demoed = {
  name: "rsi-reversion",
  params: { period: 1440, oversold: 48, overbought: 52, takeProfit: 4, stopLoss: 2, lifetime: 4320 }
}

export const demo = (given: DemoGiven) =>
  Effect.gen(function* () {
    const found = builtIns.find(({ strategy }) => strategy.name === demoed.name)
    if (found === undefined) return yield* new CliError({ message: `${demoed.name} is missing` })
    yield* err(
      `A year of a synthetic market: made up from seed ${given.seed}, the same every time. ${demoed.name}\n` +
        `${found.about}.\n` +
        "Its parameters were chosen for this kind of market: the result says nothing about a real one.\n\n"
    )
    const run = Backtest.report("DEMO", {
      strategy: found.strategy,
      params: demoed.params,
      settings: { maxLifetime: demoed.params.lifetime },
      exchange: Exchange.synthetic("synthetic", { seed: given.seed }),
      frame: Frame.make("year")
    })
    yield* finish(run, { ...given, out: Option.some(given.out) })
    yield* err(
      `\nNow with data of yours:\n  effect-backtest backtest --strategy ${demoed.name} --data FILE.csv\n  effect-backtest --help\n`
    )
  }).pipe(Effect.provide(Kit.layerNode))
