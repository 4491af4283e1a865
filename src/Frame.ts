/**
 * Frames: historical periods, walked at an interval.
 */
import * as Layer from "effect/Layer"
import * as Effect from "effect/Effect"
import type { Frame as Spec } from "./clients/frame.js"
import type { DuplicateName } from "./model/errors.js"
import type { InstantInput } from "./model/instant.js"
import type { FrameInterval } from "./model/interval.js"
import { SchemaRegistry } from "./services/SchemaRegistry.js"

export type { FrameInterval } from "./model/interval.js"

/** A frame, and the Layer that registers it by its name. */
export interface Frame extends Spec {
  readonly layer: Layer.Layer<never, DuplicateName, SchemaRegistry>
}

/**
 * A period from `start` to `end` (exclusive): epoch milliseconds, a Date, or text like `2022-01-31` or
 * `2022-01-31T10:00Z` (UTC without a zone). Without a bound, the data's own is taken. Ticks come at the UTC-aligned
 * `interval` (default 1m). What does not make sense is reported when a run is validated.
 */
export const make = (
  name: string,
  options: { readonly interval?: FrameInterval; readonly start?: InstantInput; readonly end?: InstantInput } = {}
): Frame => {
  const spec: Spec = { name, interval: options.interval ?? "1m", start: options.start, end: options.end }
  return {
    ...spec,
    layer: Layer.scopedDiscard(Effect.flatMap(SchemaRegistry, (registry) => registry.frame.register(spec)))
  }
}
