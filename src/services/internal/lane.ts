/** A slot on an account: what asks for its trades, and how it is known there. */
import type * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { Desk } from "../../clients/risk.js"
import type { Asker } from "../../clients/strategy.js"
import type { Request } from "../../engine/account.js"
import { costs } from "../../engine/pnl.js"
import type { Ask } from "../../engine/walk.js"
import type { StrategyError } from "../../model/errors.js"
import type { Signal } from "../../model/signal.js"
import { type Answered, makeAsks } from "./asks.js"
import type * as Books from "./ledger.js"
import { withServices } from "./pager.js"
import { setUp, type Slot } from "./slot.js"

/** What asks for trades in a slot. */
type Asking<R> =
  | { readonly _tag: "Plain"; readonly asker: Asker }
  | { readonly _tag: "Effect"; readonly ask: (ask: Ask) => Effect.Effect<Answered, never, R> }
  | { readonly _tag: "Recorded" }

export interface Lane<R> extends Slot<R>, Books.Account {
  readonly asking: Asking<R>
  /** Risk can be decided without an Effect. */
  readonly isPlain: boolean
  /** Candles taken in. */
  extended: number
}

export const laneOf = <R>(slot: Slot<R>, clock: Clock.Clock): Effect.Effect<Lane<R>, StrategyError, R | Scope.Scope> =>
  Effect.map(askingOf(slot, clock), (asking) => ({
    ...slot,
    asking,
    key: JSON.stringify([slot.run.symbol, slot.run.strategy]),
    costs: costs(slot.run.settings, slot.run.fill),
    isPlain: Desk.isPlain(slot.run.profiles),
    extended: 0
  }))

const askingOf = <R>(slot: Slot<R>, clock: Clock.Clock): Effect.Effect<Asking<R>, StrategyError, R | Scope.Scope> => {
  const { core, labelled, run, services } = slot
  const { behaviour, market } = core
  switch (behaviour?._tag) {
    case undefined:
      return Effect.succeed({ _tag: "Recorded" })
    case "Plain":
      return Effect.succeed({ _tag: "Plain", asker: behaviour.asker })
    case "Setup":
      return Effect.map(setUp(slot, behaviour.setup), (asker) => ({ _tag: "Plain", asker }))
    case "Effect":
      return Effect.map(
        makeAsks((driver) => labelled(withServices(behaviour.asks(driver), services)), {
          clock,
          timeout: run.settings.signalTimeout * 1000,
          now: () => market.when
        }),
        (ask) => ({ _tag: "Effect", ask })
      )
  }
}

/** What the lane asks its account for. */
export const requestOf = <R>(
  { key, run }: Lane<R>,
  stage: Request["stage"],
  signal: Signal,
  price: number,
  when: number
): Request => ({
  slot: key,
  symbol: run.symbol,
  strategy: run.strategy,
  signal,
  stage,
  price,
  when,
  quantity: signal.quantity
})
