// Prints `N passed, N failed` from vitest's JSON report and fails unless tests ran and all of them passed.
import { readFileSync } from "node:fs"

const read = () => {
  try {
    return JSON.parse(readFileSync(process.argv[2], "utf8"))
  } catch {
    console.error("the test runner left no report")
    return { numPassedTests: 0, numFailedTests: 0, testResults: [] }
  }
}

const { numFailedTests, numPassedTests, testResults } = read()
// A file that fails before its first test has no failed test to count; it counts as one itself.
const broken = testResults.filter(
  ({ assertionResults, status }) => status === "failed" && assertionResults.every((test) => test.status !== "failed")
)
for (const { name } of broken) console.error(`failed outside its tests: ${name}`)
const failed = numFailedTests + broken.length
console.log(`${numPassedTests} passed, ${failed} failed`)
if (failed > 0 || numPassedTests === 0) process.exitCode = 1
