import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { generate } from "../../src/adapters/synthetic.js"
import type { Columns } from "../../src/model/candle.js"
import { runNode } from "./harness.js"

/** Minutes of a year. */
export const year = 525_600

export const symbol = "SYNTH"

/** Open time of the first candle. */
const start = Date.UTC(2022, 0, 1)

/** The market every workload runs on, or another one like it. */
export const minutes = (count: number, seed = 1): Columns =>
  generate({ seed, symbol, interval: "1m", start, count, price: 42_000 })

const rowsPerWrite = 10_000

/** The market as a CSV file with a header: epoch milliseconds, open, high, low, close, volume. */
export const writeCsv = (file: string, count: number): void => {
  const { close, high, length, low, open, timestamp, volume } = minutes(count)
  const descriptor = openSync(file, "w")
  let text = "timestamp,open,high,low,close,volume\n"
  for (let i = 0; i < length; i++) {
    text += `${timestamp[i]},${open[i]},${high[i]},${low[i]},${close[i]},${volume[i]}\n`
    if (i % rowsPerWrite === rowsPerWrite - 1) {
      writeSync(descriptor, text)
      text = ""
    }
  }
  writeSync(descriptor, text)
  closeSync(descriptor)
}

/**
 * Gives `use` the name of a CSV of that many minutes in a folder of its own, which is gone afterwards. Another process
 * writes it, so that this one's peak memory is that of what it measures.
 */
export const withCsv = async <A>(count: number, use: (file: string) => Promise<A>): Promise<A> => {
  const folder = mkdtempSync(path.join(tmpdir(), "effect-backtest-bench-"))
  try {
    const file = path.join(folder, `${symbol}-1m.csv`)
    await runNode([...process.execArgv, process.argv[1], "--write", file, "--minutes", String(count)])
    return await use(file)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The command line as it is published. */
export const commandLine = "dist/cli/main.js"

export const requireCommandLine = (): void => {
  if (!existsSync(commandLine)) throw new Error(`${commandLine} is missing; build it first`)
}
