// Runs every examples/*.ts once against the built library; one that fails or takes over a minute fails the build.
import { spawn } from "node:child_process"
import { readdir } from "node:fs/promises"
import path from "node:path"
import { bundleScript, root } from "./bundle.mjs"

const limit = 60_000

/** The exit code and everything printed. */
const run = (file) =>
  new Promise((resolve) => {
    const chunks = []
    const child = spawn(process.execPath, ["--enable-source-maps", file], { cwd: root, timeout: limit })
    child.stdout.on("data", (data) => chunks.push(data))
    child.stderr.on("data", (data) => chunks.push(data))
    child.on("close", (code, signal) => {
      const why = signal === null ? "" : `\nended by ${signal} (the limit is ${limit / 1000} s)`
      resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString() + why })
    })
  })

const found = await readdir(path.join(root, "examples")).catch(() => [])
const files = found.filter((file) => file.endsWith(".ts")).toSorted()
let failed = 0
for (const file of files) {
  const started = performance.now()
  const { code, output } = await bundleScript(path.join("examples", file)).then(run, (error) => ({
    code: 1,
    output: error.message
  }))
  console.log(
    `${code === 0 ? "ok    " : "failed"} examples/${file} ${((performance.now() - started) / 1000).toFixed(1)} s`
  )
  if (code !== 0) {
    failed += 1
    console.log(output.trimEnd().replace(/^/gm, "       "))
  }
}
console.log(`${files.length} examples, ${failed} failed`)
if (failed > 0 || files.length === 0) process.exitCode = 1
