// `npm run bench [-- --json] [-- --only kernel-1m,csv]`: every workload in a fresh process, one after the other.
import { cpus } from "node:os"
import { parseArgs } from "node:util"
import { writeCsv } from "./data.js"
import { runNode } from "./harness.js"
import { type Broken, isMet, type Row, table } from "./table.js"
import { workloads } from "./workloads.js"

const options = {
  json: { type: "boolean", default: false },
  only: { type: "string" },
  /** Internal: measure this one here and print its row. */
  worker: { type: "string" },
  /** Internal: write the market to this file. */
  write: { type: "string" },
  minutes: { type: "string" }
} as const

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const measureHere = async (name: string): Promise<Row | Broken> => {
  try {
    const workload = workloads.get(name)
    if (workload === undefined) throw new Error(`no workload "${name}" (there are ${[...workloads.keys()].join(", ")})`)
    return await workload()
  } catch (error) {
    return { name, title: name, error: messageOf(error) }
  }
}

/** Node's own options (`--expose-gc`) are handed on; the worker's last line is its row. */
const measureApart = async (name: string): Promise<Row | Broken> => {
  try {
    const { output } = await runNode([...process.execArgv, process.argv[1], "--worker", name])
    const row: Row | Broken = JSON.parse(output.trimEnd().split("\n").at(-1) ?? "")
    return row
  } catch (error) {
    return { name, title: name, error: messageOf(error) }
  }
}

const withVerdicts = (row: Row | Broken) =>
  "error" in row
    ? row
    : {
        ...row,
        figures: row.figures.map((figure) =>
          figure.target === undefined ? figure : { ...figure, met: isMet(figure.value, figure.target) }
        )
      }

const main = async () => {
  const { values } = parseArgs({ options })
  if (values.worker !== undefined) {
    process.stdout.write(`${JSON.stringify(await measureHere(values.worker))}\n`)
    return
  }
  if (values.write !== undefined) {
    writeCsv(values.write, Number(values.minutes))
    return
  }
  const names = values.only?.split(",") ?? [...workloads.keys()]
  const rows: Array<Row | Broken> = []
  for (const [i, name] of names.entries()) {
    process.stderr.write(`${i + 1}/${names.length} ${name}\n`)
    rows.push(await measureApart(name))
  }
  const machine = { node: process.version, cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length }
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ ...machine, workloads: rows.map(withVerdicts) }, null, 2)}\n`
      : `Node ${machine.node}, ${machine.cores} × ${machine.cpu}\n\n${table(rows)}\n`
  )
  if (rows.some((row) => "error" in row)) process.exitCode = 1
}

await main()
