import { execFileSync } from "node:child_process"
import { rmSync } from "node:fs"

/**
 * Builds the command line once, for the tests that start it as a program of its own. When it does not build, those
 * tests fail for want of the file (never on an old one) and all others still run.
 */
export default () => {
  try {
    execFileSync(process.execPath, [".ci/bundle.mjs"], { stdio: "inherit" })
  } catch {
    rmSync("dist/cli/main.js", { force: true })
  }
}
