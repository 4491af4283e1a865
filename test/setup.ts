import { execFileSync } from "node:child_process"
import { rmSync } from "node:fs"

/**
 * Builds the command line and the page of the HTML report once, for the tests that use them as they are published.
 * When they do not build, those tests fail for want of the file (never on an old one) and all others still run.
 */
export default () => {
  try {
    execFileSync(process.execPath, [".ci/bundle.mjs"], { stdio: "inherit" })
  } catch {
    rmSync("dist/cli/main.js", { force: true })
    rmSync("dist/assets", { recursive: true, force: true })
  }
}
