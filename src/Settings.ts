/**
 * The settings of a run: a value with defaults, given per run (`settings`) or for all runs of a program (`layer`).
 */
import type * as Layer from "effect/Layer"
import type { Settings } from "./model/settings.js"
import { type Base, layerSettings } from "./services/Base.js"

export { defaults, Settings } from "./model/settings.js"

/** Other defaults for every run of a program: give it to `Kit.layerWith` or `Kit.layerNodeWith`. */
export const layer = (settings: Partial<Settings>): Layer.Layer<Base> => layerSettings(settings)
