/** Strategy files: bundled by esbuild into one module that shares the program's own packages, and imported. */
import { existsSync } from "node:fs"
import path from "node:path"
import * as Effect from "effect/Effect"
import type { Plugin } from "esbuild"
import type { Strategy } from "../Strategy.js"
import { CliError } from "./error.js"
import { oneLine } from "./failure.js"
import { standIn } from "./modules.js"

const shared: Plugin = {
  name: "running-copies",
  setup: ({ onLoad, onResolve }) => {
    const namespace = "running"
    onResolve({ filter: /^effect(-backtest)?(\/|$)/ }, ({ path }) => ({ path, namespace }))
    onLoad({ filter: /.*/, namespace }, async ({ path }) => {
      const contents = await standIn(path)
      return contents === undefined ? { errors: [{ text: `there is no module "${path}"` }] } : { contents }
    })
  }
}

/** The strategy a file exports: by default, or as the only one. */
export const load = Effect.fnUntraced(function* (file: string) {
  if (!existsSync(file)) {
    return yield* new CliError({ message: `--strategy ${file}: there is no such file; check the path` })
  }
  const text = yield* bundle(file)
  const module = yield* Effect.tryPromise({
    try: (): Promise<unknown> => import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`),
    catch: (error) => new CliError({ message: `${file}: it could not be loaded: ${reason(error)}` })
  })
  return yield* pick(file, module)
})

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const bundle = (file: string): Effect.Effect<string, CliError> =>
  Effect.gen(function* () {
    const { build } = yield* Effect.tryPromise({
      try: () => import("esbuild"),
      catch: (error) =>
        new CliError({ message: `${file}: esbuild can't be loaded (${reason(error)}); npm install esbuild` })
    })
    const built = yield* Effect.tryPromise({
      try: () =>
        build({
          entryPoints: [path.resolve(file)],
          bundle: true,
          format: "esm",
          platform: "node",
          target: "node20",
          write: false,
          logLevel: "silent",
          plugins: [shared]
        }),
      catch: (error) => new CliError({ message: diagnosis(file, error) })
    })
    return built.outputFiles[0]?.text ?? ""
  })

interface Complaint {
  readonly text: string
  readonly location: { readonly file: string; readonly line: number; readonly column: number } | null
}

const hasErrors = (error: unknown): error is { readonly errors: ReadonlyArray<Complaint> } =>
  typeof error === "object" && error !== null && "errors" in error && Array.isArray(error.errors)

/** The first thing esbuild found: `file:line:column: message`. */
const diagnosis = (file: string, error: unknown): string => {
  const [first] = hasErrors(error) ? error.errors : []
  if (first === undefined) return `${file}: ${oneLine(reason(error))}`
  const { location, text } = first
  const at = location === null ? file : `${location.file}:${location.line}:${location.column + 1}`
  return `${at}: ${oneLine(text)}`
}

const isStrategy = (value: unknown): value is Strategy<unknown, never> =>
  typeof value === "object" &&
  value !== null &&
  "name" in value &&
  typeof value.name === "string" &&
  "prepare" in value &&
  typeof value.prepare === "function"

const pick = (file: string, module: unknown): Effect.Effect<Strategy<unknown, never>, CliError> => {
  const exported = typeof module === "object" && module !== null ? Object.entries(module) : []
  const strategies = exported.flatMap(([name, value]) => (isStrategy(value) ? [{ name, value }] : []))
  const chosen = strategies.find(({ name }) => name === "default") ?? strategies[0]
  if (chosen !== undefined && (strategies.length === 1 || chosen.name === "default"))
    return Effect.succeed(chosen.value)
  const message =
    strategies.length === 0
      ? `${file}: it exports no strategy; write export default Strategy.make("name", { … }).signal(…)`
      : `${file}: it exports several strategies (${strategies.map(({ name }) => name).join(", ")}); make one the default export`
  return Effect.fail(new CliError({ message }))
}
