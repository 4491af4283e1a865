import * as Effect from "effect/Effect"
import type * as Either from "effect/Either"
import type { Candles } from "../engine/cursor.js"
import type { HandleOf, Indicator } from "../engine/indicators/definition.js"
import type { Feed } from "../engine/indicators/feed.js"
import type { Cursor } from "../engine/indicators/line.js"
import type { Market } from "../engine/market.js"
import type { PositionView } from "../engine/state.js"
import type { Problem } from "../model/errors.js"
import type { Cancelled, Closed, Failed, Opened, Rejected, Scheduled } from "../model/event.js"
import { type CandleInterval, type StrategyInterval, toMillis } from "../model/interval.js"
import type { Answer, StopRules } from "../model/signal.js"
import type { SizingProfile } from "../model/sizing.js"
import type { Risk } from "./risk.js"

/** Indicators by the names a strategy gives them. */
export type Indicators = Readonly<Record<string, Indicator<unknown>>>

/** What a strategy sees when it is asked. One object per run: read it, do not keep what it returned for later. */
export interface View<out Params, out Handles> {
  readonly symbol: string
  /** The run's instant, epoch milliseconds: only candles closed by then exist. */
  readonly when: number
  /** Average price (VWAP) of the last closed base candles, in quote currency. */
  readonly price: number
  readonly params: Params
  readonly indicators: Handles
  /** The open position; null while the strategy is asked for a signal. */
  readonly position: PositionView | null
  /** Closed candles of an interval. */
  readonly candles: (interval: CandleInterval) => Candles
}

export type HandlesOf<I extends Indicators> = { readonly [Name in keyof I]: HandleOf<I[Name]> }

/** Effects to run when something happens to a strategy's signals, before the event reaches the consumer. */
export interface Callbacks<out R> {
  readonly onScheduled?: (event: Scheduled) => Effect.Effect<void, unknown, R>
  readonly onOpened?: (event: Opened) => Effect.Effect<void, unknown, R>
  readonly onClosed?: (event: Closed) => Effect.Effect<void, unknown, R>
  readonly onCancelled?: (event: Cancelled) => Effect.Effect<void, unknown, R>
  readonly onRejected?: (event: Rejected) => Effect.Effect<void, unknown, R>
  readonly onFailed?: (event: Failed) => Effect.Effect<void, unknown, R>
}

/** A strategy's plain functions in one run. Whatever they return is validated; whatever they throw is a `Failed`. */
export interface Asker {
  readonly signal: () => unknown
  readonly exit: (() => boolean) | undefined
}

/** How a loop of Effect-valued asks is driven: `advance` goes to the next due tick, or says that the page is over. */
export interface Driver {
  readonly advance: () => "signal" | "exit" | "stop"
  readonly answer: (answer: unknown) => void
  readonly answerExit: (exit: boolean) => void
}

export type Behaviour<R> =
  | { readonly _tag: "Plain"; readonly asker: Asker }
  | { readonly _tag: "Setup"; readonly setup: Effect.Effect<Asker, unknown, R> }
  | { readonly _tag: "Effect"; readonly asks: (driver: Driver) => Effect.Effect<void, unknown, R> }

/** What a strategy is bound to in one run. */
export interface Binding {
  readonly symbol: string
  readonly market: Market
  readonly position: () => PositionView | null
}

/** A strategy with its parameters decoded: ready to be bound to a run. */
export interface Prepared<out R> {
  readonly params: Readonly<Record<string, unknown>>
  readonly indicators: Indicators
  readonly asksExit: boolean
  /** Stop rules of its signals that do not bring their own. */
  readonly stops: StopRules
  readonly bind: (
    binding: Binding,
    interval: number
  ) => { readonly feeds: ReadonlyArray<FeedInRun>; readonly behaviour: Behaviour<R> }
  readonly callbacks: Callbacks<R> | undefined
}

/** An indicator's live copy in a run, and the candles it reads. */
export interface FeedInRun {
  readonly feed: Feed
  readonly cursor: Cursor
  /** Length of its candles, ms. */
  readonly interval: number
}

/** The definition of a strategy: an immutable value with a name. */
export interface Strategy<out Params, out R> {
  readonly name: string
  /** How often it is asked; undefined: at every base candle. */
  readonly interval: StrategyInterval | undefined
  /** How far before the frame it wants to look on exchanges that page, ms, besides what its indicators need. */
  readonly history: number
  /** Risk profiles that have to pass each of its signals: definitions, or names of registered ones. */
  readonly risk: ReadonlyArray<Risk<R> | string>
  /** How its signals are sized where the run does not say otherwise. */
  readonly sizing: SizingProfile | string | undefined
  /** Decodes parameters and names every problem with them. */
  readonly prepare: (params: Readonly<Record<string, unknown>>) => Either.Either<Prepared<R>, ReadonlyArray<Problem>>
  /** Only for types: the shape of its parameters. */
  readonly Params?: Params
}

/** Starts a run's own copy of every indicator, fed with the candles of its interval. */
export const startIndicators = <I extends Indicators>(
  indicators: I | undefined,
  market: Market,
  interval: number
): { readonly handles: HandlesOf<I>; readonly feeds: ReadonlyArray<FeedInRun> } => {
  const feeds: Array<FeedInRun> = []
  const handles: Record<string, unknown> = {}
  for (const [name, indicator] of Object.entries(indicators ?? {})) {
    const millis = indicator.interval === undefined ? interval : toMillis(indicator.interval)
    const cursor = market.cursor(millis)
    const { feed, handle } = indicator.start(cursor)
    market.attach(millis, feed)
    feeds.push({ feed, cursor, interval: millis })
    handles[name] = handle
  }
  const complete = (value: Record<string, unknown>): value is Record<string, unknown> & HandlesOf<I> =>
    Object.keys(indicators ?? {}).every((name) => Object.hasOwn(value, name))
  // every name was given its handle by the loop above
  if (!complete(handles)) throw new Error("an indicator was not started")
  return { handles, feeds }
}

/** The loop of Effect-valued asks: one Effect for many ticks. */
export const askLoop = <E, R>(
  signal: Effect.Effect<Answer, E, R>,
  exit: (() => boolean) | undefined
): ((driver: Driver) => Effect.Effect<void, E, R>) => {
  const exitEffect: Effect.Effect<boolean> | undefined = exit === undefined ? undefined : Effect.sync(exit)
  return (driver) => {
    let reason: "signal" | "exit" | "stop" = "stop"
    return Effect.whileLoop({
      while: () => {
        reason = driver.advance()
        return reason !== "stop"
      },
      body: (): Effect.Effect<unknown, E, R> => (reason === "exit" && exitEffect !== undefined ? exitEffect : signal),
      step: (answer) => (reason === "exit" ? driver.answerExit(answer === true) : driver.answer(answer))
    })
  }
}

/** The view of a run, as one stable object. */
export class RunView<Params, Handles> implements View<Params, Handles> {
  readonly symbol: string
  readonly params: Params
  readonly indicators: Handles
  readonly #market: Market
  readonly #position: () => PositionView | null

  constructor({ market, position, symbol }: Binding, params: Params, indicators: Handles) {
    this.symbol = symbol
    this.params = params
    this.indicators = indicators
    this.#market = market
    this.#position = position
  }

  get when(): number {
    return this.#market.when
  }
  get price(): number {
    return this.#market.price
  }
  get position(): PositionView | null {
    return this.#position()
  }
  candles = (interval: CandleInterval): Candles => this.#market.candles(interval)
}

/** The same callbacks with their requirements changed by `provide`. */
export const mapCallbacks = <R, R2>(
  callbacks: Callbacks<R>,
  provide: <A, E>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R2>
): Callbacks<R2> => {
  const { onCancelled, onClosed, onFailed, onOpened, onRejected, onScheduled } = callbacks
  return {
    ...(onScheduled && { onScheduled: (event) => provide(onScheduled(event)) }),
    ...(onOpened && { onOpened: (event) => provide(onOpened(event)) }),
    ...(onClosed && { onClosed: (event) => provide(onClosed(event)) }),
    ...(onCancelled && { onCancelled: (event) => provide(onCancelled(event)) }),
    ...(onRejected && { onRejected: (event) => provide(onRejected(event)) }),
    ...(onFailed && { onFailed: (event) => provide(onFailed(event)) })
  }
}
