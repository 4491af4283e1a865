/**
 * The modules a strategy file shares with the program that runs it: its own `effect-backtest` and `effect`. A second
 * copy of either would make other Tags and other classes of the same names.
 */
type Module = Readonly<Record<string, unknown>>

const services: Readonly<Record<string, () => Promise<Module>>> = {
  Base: () => import("../services/Base.js"),
  Command: () => import("../services/Command.js"),
  Connection: () => import("../services/Connection.js"),
  Context: () => import("../services/Context.js"),
  Core: () => import("../services/Core.js"),
  EventHub: () => import("../services/EventHub.js"),
  Global: () => import("../services/Global.js"),
  Html: () => import("../services/Html.js"),
  Logic: () => import("../services/Logic.js"),
  Markdown: () => import("../services/Markdown.js"),
  Runs: () => import("../services/Runs.js"),
  SchemaRegistry: () => import("../services/SchemaRegistry.js"),
  Validation: () => import("../services/Validation.js")
}

const member = (module: Module, name: string): Module | undefined => {
  const value = Object.hasOwn(module, name) ? module[name] : undefined
  return typeof value === "object" && value !== null ? { ...value } : undefined
}

/** The running copy of a module, undefined where there is none. */
const find = async (specifier: string): Promise<Module | undefined> => {
  const [packageName, first, second] = specifier.split("/")
  if (packageName === "effect") {
    // All of it is wanted here: nobody knows what a strategy imports.
    // oxlint-disable-next-line no-restricted-imports
    const effect: Module = await import("effect")
    return first === undefined ? effect : member(effect, first)
  }
  if (first === "services" && second !== undefined) return services[second]?.()
  const library: Module = await import("../index.js")
  return first === undefined ? library : member(library, first)
}

const key = Symbol.for("effect-backtest/modules")

const registry = (): Map<string, Module> => {
  const present: unknown = Reflect.get(globalThis, key)
  if (present instanceof Map) return present
  const created = new Map<string, Module>()
  Reflect.set(globalThis, key, created)
  return created
}

/** The text of a module that hands out the running copy, or undefined where there is nothing to hand out. */
export const standIn = async (specifier: string): Promise<string | undefined> => {
  const module = await find(specifier)
  if (module === undefined) return undefined
  registry().set(specifier, module)
  const names = Object.keys(module)
  return [
    `const running = globalThis[Symbol.for("effect-backtest/modules")].get(${JSON.stringify(specifier)})`,
    ...names.map((name, index) => `const $${index} = running[${JSON.stringify(name)}]`),
    `export { ${names.map((name, index) => `$${index} as ${JSON.stringify(name)}`).join(", ")} }`
  ].join("\n")
}
