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
    const { options, symbol } = yield* prepare(given)
    yield* finish(Backtest.report(symbol, { ...options, strategy, params: changed }), given)
  }).pipe(Effect.provide(Kit.layerNode))

export interface DemoGiven extends Shown {
  readonly seed: number
  readonly out: string
}

const demoStrategy = "donchian-breakout"

export const demo = (given: DemoGiven) =>
  Effect.gen(function* () {
    const found = builtIns.find(({ strategy }) => strategy.name === demoStrategy)
    if (found === undefined) return yield* new CliError({ message: `${demoStrategy} is missing` })
    yield* err(
      `A year of a synthetic market (seed ${given.seed}: made up, reproducible, and no promise about any real one).\n` +
        `${demoStrategy} ${found.about}.\n\n`
    )
    const run = Backtest.report("DEMO", {
      strategy: found.strategy,
      exchange: Exchange.synthetic("synthetic", { seed: given.seed }),
      frame: Frame.make("year")
    })
    yield* finish(run, { ...given, out: Option.some(given.out) })
    yield* err(
      `\nNow with data of yours:\n  effect-backtest backtest --strategy ${demoStrategy} --data FILE.csv\n  effect-backtest --help\n`
    )
  }).pipe(Effect.provide(Kit.layerNode))
