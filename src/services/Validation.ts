/**
 * Validation category: names and options in, a resolved run out. Every problem is collected before anything starts,
 * and nothing downstream can be missing.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Layer from "effect/Layer"
import type { Exchange } from "../clients/exchange.js"
import * as FrameClient from "../clients/frame.js"
import { listOf, problems as riskProblems, type Risk } from "../clients/risk.js"
import type { Prepared, Strategy } from "../clients/strategy.js"
import { settingsProblems } from "../engine/settings.js"
import { problems as sizingProblems } from "../engine/sizing.js"
import { problems as stepsProblems } from "../engine/steps.js"
import { InvalidRun, type Problem, type UnknownName } from "../model/errors.js"
import { FillPolicy, GapPolicy } from "../model/fill.js"
import type { StrategyInterval } from "../model/interval.js"
import type { Settings } from "../model/settings.js"
import type { RecordedSignal } from "../model/signal.js"
import type { SizingProfile } from "../model/sizing.js"
import { Base } from "./Base.js"
import type { RunServices } from "./Context.js"
import {
  distinct,
  indicatorProblems,
  moneyProblems,
  portfolioProblems,
  stopProblems,
  timeProblems
} from "./internal/problems.js"
import { SchemaRegistry } from "./SchemaRegistry.js"

/** Risk profiles: definitions, or names of registered ones. */
export type Profiles<R> = Risk<R | RunServices> | string | ReadonlyArray<Risk<R | RunServices> | string>

/** The account trades are made on. With a sizing they are told in money. */
export interface AccountOptions<out R> {
  /** Risk profiles that all have to pass each signal, besides the strategy's own. */
  readonly risk?: Profiles<R> | undefined
  /** How signals are sized, in place of the strategy's own sizing. */
  readonly sizing?: SizingProfile | string | undefined
  /** Initial balance of a sized run, in quote currency; default 10,000. */
  readonly balance?: number | undefined
  /** How many times its margin a position may be worth; default 1, a cash account. */
  readonly leverage?: number | undefined
}

/** How a run is to be done, whatever it runs. */
export interface RunOptions<out R> extends AccountOptions<R> {
  readonly exchange: Exchange<R> | string
  readonly frame: FrameClient.Frame | string
  readonly settings?: Partial<Settings> | undefined
  /** Fill policy, default `realistic`. */
  readonly fill?: FillPolicy | undefined
  /** What to do about missing candles, default `skip`. */
  readonly gaps?: GapPolicy | undefined
  /** Seed of everything generated, as signal ids; default 0. */
  readonly seed?: number | undefined
  /**
   * What is told. `signals` (default): what happens to signals. `progress`: partial levels and moved stops too.
   * `all`: every tick and candle besides.
   */
  readonly events?: Told | undefined
}

/** What a run tells of itself. */
export type Told = "signals" | "progress" | "all"

/** What `Backtest.run` takes. */
export interface BacktestOptions<out Params, out R> extends RunOptions<R> {
  readonly strategy: Strategy<Params, R | RunServices> | string
  readonly params?: Partial<Params> | undefined
}

/** One strategy on one symbol in a portfolio; what it does not say is as the portfolio's options say. */
export interface PortfolioEntry<out R> {
  readonly symbol: string
  readonly strategy: Strategy<unknown, R | RunServices> | string
  /** Parameters of the strategy; checked against its own when the run is validated. */
  readonly params?: Readonly<Record<string, unknown>> | undefined
  /** Name in reports and events, for a strategy that is there twice; default the strategy's. */
  readonly name?: string | undefined
  readonly exchange?: Exchange<R> | string | undefined
  readonly frame?: FrameClient.Frame | string | undefined
  readonly settings?: Partial<Settings> | undefined
  readonly sizing?: SizingProfile | string | undefined
}

/** What `Replay.run` takes. */
export interface ReplayOptions<out R> extends RunOptions<R> {
  readonly signals: ReadonlyArray<RecordedSignal>
  /** Name of the signals' origin in reports; default `replay`. */
  readonly name?: string | undefined
}

/** What asks for trades in a run: a strategy, or recorded signals. */
export type Asking<R> =
  | {
      readonly _tag: "Strategy"
      readonly prepared: Prepared<R>
      readonly interval: StrategyInterval | undefined
      readonly history: number
    }
  | { readonly _tag: "Recorded"; readonly signals: ReadonlyArray<RecordedSignal> }

/** A run of which every part is known to be there and to make sense. */
export interface ResolvedRun<R> {
  readonly symbol: string
  readonly strategy: string
  readonly asking: Asking<R | RunServices>
  readonly exchange: Exchange<R>
  readonly frame: FrameClient.FrameClient
  readonly settings: Settings
  readonly fill: FillPolicy
  readonly gaps: GapPolicy
  readonly seed: number
  readonly told: Told
  /** Risk profiles its signals have to pass, each once. */
  readonly profiles: ReadonlyArray<Risk<R | RunServices>>
  readonly sizing: SizingProfile | undefined
  /** The account's money; undefined where nothing is sized. */
  readonly money: AccountMoney | undefined
}

/** Money of an account at its start. */
export interface AccountMoney {
  readonly balance: number
  readonly leverage: number
}

/** Runs over one account, in the order of their symbols, then strategies. */
export interface ResolvedPortfolio<R> {
  readonly runs: ReadonlyArray<ResolvedRun<R>>
  readonly money: AccountMoney | undefined
}

export class Validation extends Context.Tag("effect-backtest/Validation")<
  Validation,
  {
    readonly backtest: <Params, R>(
      symbol: string,
      options: BacktestOptions<Params, R>
    ) => Effect.Effect<ResolvedRun<R>, InvalidRun | UnknownName>
    readonly portfolio: <R>(
      entries: ReadonlyArray<PortfolioEntry<R>>,
      options: RunOptions<R>
    ) => Effect.Effect<ResolvedPortfolio<R>, InvalidRun | UnknownName>
    readonly replay: <R>(
      symbol: string,
      options: ReplayOptions<R>
    ) => Effect.Effect<ResolvedRun<R>, InvalidRun | UnknownName>
  }
>() {}

export const layer: Layer.Layer<Validation, never, Base | SchemaRegistry> = Layer.effect(
  Validation,
  Effect.gen(function* () {
    const base = yield* Base
    const registry = yield* SchemaRegistry

    const common = Effect.fnUntraced(function* <R>(symbol: string, options: RunOptions<R>) {
      const problems: Array<Problem> = []
      const exchange: Exchange<R> =
        typeof options.exchange === "string" ? yield* registry.exchange.get(options.exchange) : options.exchange
      const definition = typeof options.frame === "string" ? yield* registry.frame.get(options.frame) : options.frame
      const frame = FrameClient.make(definition)
      if (Either.isLeft(frame)) problems.push(...frame.left)
      const settings: Settings = { ...base.settings, ...options.settings }
      problems.push(...settingsProblems(settings))
      const { fill = "realistic", gaps = "skip", seed = 0 } = options
      const fills: ReadonlyArray<string> = FillPolicy.literals
      if (!fills.includes(fill)) {
        problems.push({ path: "fill", message: `"${fill}" is not one of ${FillPolicy.literals.join(", ")}` })
      }
      const gapPolicies: ReadonlyArray<string> = GapPolicy.literals
      if (!gapPolicies.includes(gaps)) {
        problems.push({ path: "gaps", message: `"${gaps}" is not one of ${GapPolicy.literals.join(", ")}` })
      }
      if (!Number.isFinite(seed)) problems.push({ path: "seed", message: `${seed} is not a finite number` })
      problems.push(...stepsProblems(exchange.steps(symbol) ?? {}))
      if (symbol === "") problems.push({ path: "symbol", message: "is empty; name one" })
      const { events: told = "signals" } = options
      if (!tellings.includes(told)) {
        problems.push({ path: "events", message: `"${told}" is not one of ${tellings.join(", ")}` })
      }
      const parts = { symbol, exchange, settings, fill, gaps, seed, told }
      return { problems, frame, parts }
    })

    const profiles = <R>(given: ReadonlyArray<Risk<R> | string>) =>
      Effect.map(
        Effect.forEach(given, (risk) => (typeof risk === "string" ? registry.risk.get(risk) : Effect.succeed(risk))),
        (found): ReadonlyArray<Risk<R>> => [...new Set<Risk<R>>(found)]
      )

    /** The account's side of a run: profiles and sizing looked up, and everything that is wrong with them. */
    const account = Effect.fnUntraced(function* <R>(
      own: {
        readonly risk: ReadonlyArray<Risk<R | RunServices> | string>
        readonly sizing: SizingProfile | string | undefined
      },
      options: AccountOptions<R>
    ) {
      const found = yield* profiles([...listOf(options.risk), ...own.risk])
      const wanted = options.sizing ?? own.sizing
      const sizing = typeof wanted === "string" ? yield* registry.sizing.get(wanted) : wanted
      const { balance = 10_000, leverage = 1 } = options
      const problems = [
        ...found.flatMap(riskProblems),
        ...(sizing === undefined ? [] : sizingProblems(sizing)),
        ...moneyProblems(options, sizing !== undefined)
      ]
      const money = sizing === undefined ? undefined : { balance, leverage }
      return { problems, parts: { profiles: found, sizing, money } }
    })

    const backtest = Effect.fnUntraced(function* <Params, R>(symbol: string, options: BacktestOptions<Params, R>) {
      const { frame, parts, problems } = yield* common(symbol, options)
      const strategy =
        typeof options.strategy === "string" ? yield* registry.strategy.get(options.strategy) : options.strategy
      const prepared = strategy.prepare({ ...options.params })
      if (Either.isLeft(prepared)) problems.push(...prepared.left)
      else problems.push(...indicatorProblems(prepared.right), ...stopProblems(prepared.right, parts))
      const held = yield* account(strategy, options)
      problems.push(...held.problems)
      if (problems.length > 0 || Either.isLeft(frame) || Either.isLeft(prepared)) {
        return yield* new InvalidRun({ problems })
      }
      const run: ResolvedRun<R> = {
        ...parts,
        ...held.parts,
        strategy: strategy.name,
        asking: {
          _tag: "Strategy",
          prepared: prepared.right,
          interval: strategy.interval,
          history: strategy.history
        },
        frame: frame.right
      }
      return run
    })

    const portfolio = Effect.fnUntraced(function* <R>(
      entries: ReadonlyArray<PortfolioEntry<R>>,
      options: RunOptions<R>
    ) {
      const resolved = yield* Effect.forEach(entries, (entry) =>
        Effect.either(
          Effect.map(backtest(entry.symbol, optionsOf(entry, options)), (run) => ({
            ...run,
            strategy: entry.name ?? run.strategy
          }))
        )
      )
      const problems: Array<Problem> =
        entries.length === 0 ? [{ path: "entries", message: "there is none; give at least one" }] : []
      const runs: Array<ResolvedRun<R>> = []
      for (const each of resolved) {
        if (Either.isRight(each)) runs.push(each.right)
        else if (each.left._tag === "InvalidRun") problems.push(...each.left.problems)
        else return yield* each.left
      }
      problems.push(...portfolioProblems(runs))
      if (problems.length > 0) return yield* new InvalidRun({ problems: distinct(problems) })
      return { runs: runs.toSorted(byName), money: runs[0]?.money }
    })

    return {
      backtest,
      portfolio,
      replay: Effect.fnUntraced(function* (symbol, options) {
        const { frame, parts, problems } = yield* common(symbol, options)
        problems.push(...timeProblems(options.signals))
        const held = yield* account({ risk: [], sizing: undefined }, options)
        problems.push(...held.problems)
        if (problems.length > 0 || Either.isLeft(frame)) return yield* new InvalidRun({ problems })
        return {
          ...parts,
          ...held.parts,
          strategy: options.name ?? "replay",
          asking: { _tag: "Recorded", signals: options.signals },
          frame: frame.right
        }
      })
    }
  })
)

const tellings: ReadonlyArray<string> = ["signals", "progress", "all"] satisfies ReadonlyArray<Told>

/** A run's options: the entry's own, and for what it leaves undefined the portfolio's. */
const optionsOf = <R>(
  { exchange, frame, params, settings, sizing, strategy }: PortfolioEntry<R>,
  options: RunOptions<R>
): BacktestOptions<unknown, R> => ({
  ...options,
  strategy,
  exchange: exchange ?? options.exchange,
  frame: frame ?? options.frame,
  sizing: sizing ?? options.sizing,
  settings: { ...options.settings, ...settings },
  ...(params === undefined ? {} : { params })
})

/** By names, whatever order they were given in: the order in which slots have their turn at one instant. */
const byName = <R>(a: ResolvedRun<R>, b: ResolvedRun<R>): number =>
  compare(a.symbol, b.symbol) || compare(a.strategy, b.strategy)

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
