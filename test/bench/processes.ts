import { commandLine, requireCommandLine, withCsv, year } from "./data.js"
import { peakOf, type Repeats, runNode, time } from "./harness.js"
import { below, type Row } from "./table.js"

// Whole programs, as a user starts them.

const repeats: Repeats = { warmup: { rounds: 1, seconds: 0 }, repeats: 5 }

const backtest = (file: string): ReadonlyArray<string> => [
  commandLine,
  "backtest",
  "--strategy",
  "sma-cross",
  "--data",
  file,
  "--json"
]

/** Number of trades in what `--json` printed; an error when that is not a report. */
const tradesIn = (output: string): number => {
  const printed: unknown = JSON.parse(output)
  if (typeof printed === "object" && printed !== null && "trades" in printed && Array.isArray(printed.trades)) {
    return printed.trades.length
  }
  throw new Error("--json printed no report")
}

/** From a year's file to the printed result. */
export const whole = (): Promise<Row> => {
  requireCommandLine()
  return withCsv(year, async (file) => {
    const args = backtest(file)
    const trades = tradesIn((await runNode(args)).output)
    const timing = await time(() => runNode(args), repeats)
    const peak = await peakOf(args)
    return {
      name: "process",
      title: "program, a year's CSV to result",
      figures: [
        { value: timing.median, unit: "s", target: below(0.9) },
        { value: peak, unit: "MB", target: below(200) }
      ],
      timing,
      peak,
      ratio: null,
      note: `${trades} trades`
    }
  })
}

export const help = async (): Promise<Row> => {
  requireCommandLine()
  const args = [commandLine, "--help"]
  const timing = await time(() => runNode(args), { ...repeats, repeats: 9 })
  return {
    name: "help",
    title: "program, --help",
    figures: [{ value: timing.median, unit: "s", target: below(0.5) }],
    timing,
    peak: await peakOf(args),
    ratio: null
  }
}

/** How memory grows with the data. */
export const memory = async (): Promise<Row> => {
  requireCommandLine()
  const one = await withCsv(year, (file) => peakOf(backtest(file)))
  const three = await withCsv(3 * year, (file) => peakOf(backtest(file)))
  return {
    name: "memory",
    title: "program, memory of three years",
    figures: [{ value: three / one, unit: "x", target: below(2.5) }],
    timing: null,
    peak: three,
    ratio: null,
    note: `one year ${one.toFixed(0)} MB, three ${three.toFixed(0)} MB`
  }
}
