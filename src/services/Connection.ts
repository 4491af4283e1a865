/**
 * Connection category: what runs share of an exchange, kept while a run uses it and a little longer. The key is the
 * definition itself, not its name: two exchanges called "file" never share a candle. Strategies and frames hold
 * nothing that runs could share, so every run makes its own client of them.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as RcMap from "effect/RcMap"
import type * as Scope from "effect/Scope"
import { type Exchange, ExchangeState } from "../clients/exchange.js"

export class Connection extends Context.Tag("effect-backtest/Connection")<
  Connection,
  {
    /** The data already read of an exchange, shared until the scope closes. */
    readonly exchange: <R>(exchange: Exchange<R>) => Effect.Effect<ExchangeState, never, Scope.Scope>
  }
>() {}

export const layer: Layer.Layer<Connection> = Layer.scoped(
  Connection,
  Effect.gen(function* () {
    const exchanges = yield* RcMap.make({
      lookup: (_exchange: object) => Effect.sync(() => new ExchangeState()),
      idleTimeToLive: "2 seconds"
    })
    return { exchange: (exchange) => RcMap.get(exchanges, exchange) }
  })
)
