/** What backtest, replay and demo have in common: options in, a run with its progress, the result out. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Frame from "../Frame.js"
import type { Columns } from "../model/candle.js"
import type { RunRecord } from "../model/document.js"
import type { RunError } from "../model/errors.js"
import type { FillPolicy, GapPolicy } from "../model/fill.js"
import type { FrameInterval } from "../model/interval.js"
import { encode } from "../report/record.js"
import { portfolioSummary, summary } from "../report/terminal.js"
import type { RunOptions } from "../services/Validation.js"
import { risk, sizing } from "./account.js"
import { CliError } from "./error.js"
import { candlesOf, exchangeOf, type MarketsGiven, note, readMarkets } from "./markets.js"
import { colored, err, out, width } from "./output.js"
import { measured, withProgress } from "./progress.js"
import { instant, number, settings } from "./values.js"

/** How the result is shown. */
export interface Shown {
  readonly json: boolean
  readonly noColor: boolean
}

/** The options every run over files of candles has. */
export interface Common extends Shown, MarketsGiven {
  readonly from: Option.Option<string>
  readonly to: Option.Option<string>
  readonly frameInterval: FrameInterval
  readonly fill: FillPolicy
  readonly set: ReadonlyArray<string>
  readonly gaps: GapPolicy
  readonly seed: number
  readonly balance: Option.Option<string>
  readonly leverage: Option.Option<string>
  readonly size: Option.Option<string>
  readonly risk: ReadonlyArray<string>
  readonly out: Option.Option<string>
}

const frameOf = Effect.fnUntraced(function* (given: Common) {
  const bound = (option: string, text: Option.Option<string>) =>
    Option.isSome(text) ? Effect.map(instant(option, text.value), Option.some) : Effect.succeedNone
  const start = yield* bound("--from", given.from)
  const end = yield* bound("--to", given.to)
  if (Option.isSome(start) && Option.isSome(end) && start.value >= end.value) {
    const [a, b] = [Option.getOrThrow(given.from), Option.getOrThrow(given.to)]
    return yield* new CliError({ message: `--from ${a} is not before --to ${b}; swap them or move one` })
  }
  return Frame.make("cli", {
    interval: given.frameInterval,
    ...(Option.isSome(start) ? { start: start.value } : {}),
    ...(Option.isSome(end) ? { end: end.value } : {})
  })
})

/** The options of a run from those of the command line, with the candles read. */
export const prepare = Effect.fnUntraced(function* (given: Common) {
  const frame = yield* frameOf(given)
  const changed = yield* settings(given.set)
  const profile = yield* risk(given.risk)
  const sized = Option.isSome(given.size) ? yield* sizing(given.size.value) : undefined
  const markets = yield* readMarkets(given)
  const options: RunOptions<never> = {
    exchange: exchangeOf(markets),
    frame,
    settings: changed,
    fill: given.fill,
    gaps: given.gaps,
    seed: given.seed,
    events: "progress",
    sizing: sized,
    ...(profile === undefined ? {} : { risk: profile }),
    ...(Option.isSome(given.balance) ? { balance: yield* number("--balance", given.balance.value) } : {}),
    ...(Option.isSome(given.leverage) ? { leverage: yield* number("--leverage", given.leverage.value) } : {})
  }
  return {
    symbols: markets.map(({ symbol }) => symbol),
    candles: candlesOf(markets),
    options,
    note: given.json ? "" : note(markets)
  }
})

/** Runs, shows the result and writes the files that were asked for. */
export const finish = <R>(
  run: Effect.Effect<RunRecord, RunError, R>,
  shown: Shown & { readonly out: Option.Option<string> },
  candles: ReadonlyMap<string, Columns>,
  note = ""
) =>
  Effect.gen(function* () {
    const { performance, result: record } = yield* measured(withProgress(run))
    // Only now: when a run fails, its error is all there is to read.
    if (note !== "") yield* err(note)
    yield* show(record, shown)
    if (Option.isNone(shown.out)) return
    const { write } = yield* Effect.promise(() => import("./write.js"))
    const files = yield* write(record, { folder: shown.out.value, candles, performance })
    const told = files.map((file) => `written: ${file}\n`).join("")
    yield* shown.json ? err(told) : out(told)
  })

/** The result on a screen, or as JSON. */
export const show = (record: RunRecord, { json, noColor }: Shown) => {
  if (json) return out(`${encode(record)}\n`)
  const options = { width: width(), color: colored(!noColor) }
  return out(`${record.kind === "portfolio" ? portfolioSummary(record, options) : summary(record, options)}\n`)
}
