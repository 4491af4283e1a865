// Effect's own diagnostics over the whole project. The rules are in tsconfig.json, where editors read them too.
//
// The tool takes its options from the tsconfig.json nearest to each file, and recognises `Effect.gen` and its like only
// through imports it need not wrap: under `esModuleInterop` a deep import (`effect/Effect`) hides half the rules. So it
// reads a copy of the sources whose tsconfig.json switches that off; TypeScript 7 would refuse it in the real one.
import { execFile } from "node:child_process"
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises"
import path from "node:path"
import { root } from "./bundle.mjs"

const folders = ["src", "test", "examples"]
const copy = path.join(root, ".cache/effect")
const tool = path.join(root, "node_modules/@effect/language-service/cli.js")
const args = [tool, "diagnostics", "--project", path.join(copy, "tsconfig.json"), "--format", "json"]

/** Programs provide Layers, print and draw lots, and tests and examples are programs; the library does none of it. */
const isProgram = (file) => /^(test|examples|src\/cli)\//.test(file)
const forPrograms = new Set([
  "globalConsole",
  "globalConsoleInEffect",
  "globalRandom",
  "strictEffectProvide",
  "globalErrorInEffectFailure",
  "globalDateInEffect"
])

const config = {
  extends: "../../tsconfig.json",
  compilerOptions: {
    esModuleInterop: false,
    allowSyntheticDefaultImports: false,
    paths: { "effect-backtest": ["./src/index.ts"], "effect-backtest/*": ["./src/*.ts"] }
  },
  include: folders,
  // runs in a browser, where there is no Effect
  exclude: ["src/report/page"]
}

const prepare = async () => {
  await rm(copy, { recursive: true, force: true })
  await mkdir(copy, { recursive: true })
  for (const folder of folders) {
    await cp(path.join(root, folder), path.join(copy, folder), { recursive: true }).catch((error) => {
      if (error.code !== "ENOENT") throw error
    })
  }
  await writeFile(path.join(copy, "package.json"), await readFile(path.join(root, "package.json")))
  await writeFile(path.join(copy, "tsconfig.json"), JSON.stringify(config))
}

/** It exits non-zero when it finds something; whether its report is whole is seen by parsing it. */
const diagnose = () =>
  new Promise((resolve, reject) => {
    execFile(process.execPath, args, { maxBuffer: 1 << 28 }, (_, stdout, stderr) => {
      try {
        resolve(JSON.parse(stdout))
      } catch {
        reject(new Error(`effect-language-service gave no report\n${stdout}\n${stderr}`))
      }
    })
  })

await prepare()
const { diagnostics, summary } = await diagnose()
const problems = diagnostics
  .map((found) => ({ ...found, file: path.relative(copy, found.file) }))
  .filter(({ file, name }) => !(isProgram(file) && forPrograms.has(name)))
  .filter(({ severity }) => severity === "error" || severity === "warning")
for (const { column, file, line, message, name } of problems) {
  console.log(`${file}:${line}:${column} ${name}: ${message.replaceAll(/\s+/g, " ").slice(0, 200)}`)
}

const { filesChecked, totalFiles } = summary
console.log(`${filesChecked} of ${totalFiles} files, ${problems.length} problems`)
if (problems.length > 0 || filesChecked === 0 || filesChecked !== totalFiles) process.exitCode = 1
