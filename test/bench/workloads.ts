import * as bare from "./bare.js"
import * as library from "./library.js"
import * as portfolio from "./portfolio.js"
import * as processes from "./processes.js"
import * as reports from "./reports.js"
import type { Row } from "./table.js"

/** Every workload by its name, in the order of the table; each runs in a process of its own. */
export const workloads: ReadonlyMap<string, () => Promise<Row>> = new Map([
  ["kernel-1m", bare.everyMinute],
  ["kernel-5m", bare.everyFive],
  ["callback-1m", bare.callback],
  ["plain-1m", library.plain],
  ["plain-5m", library.five],
  ["setup-1m", library.setup],
  ["effect-1m", library.effect],
  ["stream-1m", library.stream],
  ["portfolio", portfolio.together],
  ["account", portfolio.onAccount],
  ["reports", reports.all],
  ["synthetic", bare.synthetic],
  ["csv", library.csv],
  ["process", processes.whole],
  ["help", processes.help],
  ["memory", processes.memory]
])
