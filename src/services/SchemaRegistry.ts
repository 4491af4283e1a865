/**
 * Schema category: definitions by name, for whoever has only a name (command line, config files, workers). A name is
 * taken while the scope that registered it is open.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import type { Exchange } from "../clients/exchange.js"
import type { Frame } from "../clients/frame.js"
import type { Risk } from "../clients/risk.js"
import type { Strategy } from "../clients/strategy.js"
import { DuplicateName, UnknownName } from "../model/errors.js"
import type { SizingProfile } from "../model/sizing.js"
import type { RunServices } from "./Context.js"

/** One kind of definition by name. */
export interface Registry<A> {
  /** Takes the definition's name until the scope closes. */
  readonly register: (definition: A) => Effect.Effect<void, DuplicateName, Scope.Scope>
  readonly get: (name: string) => Effect.Effect<A, UnknownName>
  readonly list: Effect.Effect<ReadonlyArray<A>>
}

export class SchemaRegistry extends Context.Tag("effect-backtest/SchemaRegistry")<
  SchemaRegistry,
  {
    readonly strategy: Registry<Strategy<unknown, RunServices>>
    readonly exchange: Registry<Exchange<never>>
    readonly frame: Registry<Frame>
    readonly risk: Registry<Risk<never>>
    readonly sizing: Registry<SizingProfile>
  }
>() {}

const makeRegistry = <A extends { readonly name: string }>(kind: string): Registry<A> => {
  const entries = new Map<string, A>()
  return {
    register: (definition) =>
      Effect.acquireRelease(
        Effect.suspend(() => {
          const { name } = definition
          if (entries.has(name)) return Effect.fail(new DuplicateName({ kind, name }))
          entries.set(name, definition)
          return Effect.void
        }),
        () => Effect.sync(() => entries.delete(definition.name))
      ),
    get: (name) =>
      Effect.suspend(() => {
        const found = entries.get(name)
        return found === undefined
          ? Effect.fail(new UnknownName({ kind, name, known: [...entries.keys()].toSorted() }))
          : Effect.succeed(found)
      }),
    list: Effect.sync(() => [...entries.values()])
  }
}

export const layer: Layer.Layer<SchemaRegistry> = Layer.sync(SchemaRegistry, () => ({
  strategy: makeRegistry<Strategy<unknown, RunServices>>("strategy"),
  exchange: makeRegistry<Exchange<never>>("exchange"),
  frame: makeRegistry<Frame>("frame"),
  risk: makeRegistry<Risk<never>>("risk"),
  sizing: makeRegistry<SizingProfile>("sizing")
}))
