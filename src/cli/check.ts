/** `--check`: a strategy file's types, with the declarations of the program that runs it. */
import { existsSync } from "node:fs"
import { createRequire } from "node:module"
import path from "node:path"
import { fileURLToPath } from "node:url"
import * as Effect from "effect/Effect"
import type TypeScript from "typescript"
import { CliError } from "./error.js"
import { oneLine } from "./failure.js"

/** The package's own folder: the nearest one above with a package.json. */
const home = (): string => {
  let folder = path.dirname(fileURLToPath(import.meta.url))
  while (!existsSync(path.join(folder, "package.json")) && path.dirname(folder) !== folder)
    folder = path.dirname(folder)
  return folder
}

const paths = (): Record<string, Array<string>> => {
  const root = home()
  const shipped = existsSync(path.join(root, "dist", "index.d.ts"))
  const ours = (name: string) => path.join(root, shipped ? `dist/${name}.d.ts` : `src/${name}.ts`)
  const effect = path.join(path.dirname(createRequire(import.meta.url).resolve("effect/package.json")), "dist", "dts")
  return {
    "effect-backtest": [ours("index")],
    "effect-backtest/*": [ours("*")],
    effect: [path.join(effect, "index.d.ts")],
    "effect/*": [path.join(effect, "*.d.ts")]
  }
}

/** Fails with one line per error in the file and in what it imports from beside it. */
export const check = Effect.fnUntraced(function* (file: string) {
  if (!existsSync(file)) {
    return yield* new CliError({ message: `--strategy ${file}: there is no such file; check the path` })
  }
  const { default: ts } = yield* Effect.tryPromise({
    try: () => import("typescript"),
    catch: () => new CliError({ message: "--check needs the typescript package; npm install -D typescript" })
  })
  const found = diagnostics(ts, file)
  if (found.length === 0) return
  return yield* new CliError({ message: found.map((each) => lineOf(ts, each)).join("\n") })
})

const diagnostics = (ts: typeof TypeScript, file: string): ReadonlyArray<TypeScript.Diagnostic> => {
  const program = ts.createProgram([path.resolve(file)], {
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2023.d.ts", "lib.dom.d.ts"],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    moduleDetection: ts.ModuleDetectionKind.Force,
    allowImportingTsExtensions: true,
    allowJs: true,
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    types: [],
    paths: paths()
  })
  const own = path.join(home(), "src") + path.sep
  return program
    .getSourceFiles()
    .filter(({ fileName, isDeclarationFile }) => !isDeclarationFile && !path.normalize(fileName).startsWith(own))
    .flatMap((source) => [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)])
}

const lineOf = (ts: typeof TypeScript, { code, file, messageText, start }: TypeScript.Diagnostic): string => {
  const text = `${oneLine(ts.flattenDiagnosticMessageText(messageText, "\n"))} (TS${code})`
  if (file === undefined || start === undefined) return text
  const { character, line } = file.getLineAndCharacterOfPosition(start)
  return `${path.relative(process.cwd(), file.fileName)}:${line + 1}:${character + 1}: ${text}`
}
