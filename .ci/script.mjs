// Runs one TypeScript file against the built library: `node .ci/script.mjs <file.ts> [arguments]`.
import { spawnSync } from "node:child_process"
import { bundleScript, root } from "./bundle.mjs"

const [file, ...rest] = process.argv.slice(2)
if (file === undefined) {
  console.error("usage: node .ci/script.mjs <file.ts> [arguments]")
  process.exit(2)
}
const built = await bundleScript(file)
const args = ["--enable-source-maps", "--expose-gc", built, ...rest]
process.exitCode = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" }).status ?? 1
