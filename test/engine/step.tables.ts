import { ambiguousRows } from "../oracle/rows.ambiguous.js"
import { answersRows } from "../oracle/rows.answers.js"
import { breakevenRows } from "../oracle/rows.breakeven.js"
import { costsRows } from "../oracle/rows.costs.js"
import { endRows } from "../oracle/rows.end.js"
import { exitRows } from "../oracle/rows.exit.js"
import { expiryRows } from "../oracle/rows.expiry.js"
import { insideRows } from "../oracle/rows.inside.js"
import type { Row } from "../oracle/rows.js"
import { limitRows } from "../oracle/rows.limit.js"
import { marketRows } from "../oracle/rows.market.js"
import { partialRows } from "../oracle/rows.partial.js"
import { stopsRows } from "../oracle/rows.stops.js"
import { timeoutRows } from "../oracle/rows.timeout.js"
import { trailingRows } from "../oracle/rows.trailing.js"

export type { Row } from "../oracle/rows.js"

/** Every hand-computed row: each fill policy, long and short. Nothing in them is taken from code under test. */
export const rows: ReadonlyArray<Row> = [
  ...marketRows,
  ...limitRows,
  ...insideRows,
  ...ambiguousRows,
  ...expiryRows,
  ...timeoutRows,
  ...exitRows,
  ...endRows,
  ...partialRows,
  ...costsRows,
  ...answersRows,
  ...trailingRows,
  ...breakevenRows,
  ...stopsRows
]
