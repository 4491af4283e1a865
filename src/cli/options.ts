/** The options of the commands and what is said about them. */
import * as Options from "@effect/cli/Options"
import { FillPolicy, GapPolicy } from "../model/fill.js"
import { candleIntervals, frameIntervals } from "../model/interval.js"

const text = (name: string, value: string, about: string) =>
  Options.text(name).pipe(Options.withPseudoName(value), Options.withDescription(about))

const flag = (name: string, about: string) => Options.boolean(name).pipe(Options.withDescription(about))

/** How anything is shown. */
export const shown = {
  json: flag("json", "Print the result as one JSON document on standard output, everything else on standard error."),
  noColor: flag("no-color", "No colours. NO_COLOR=1 and anything but a terminal have the same effect."),
  debug: flag("debug", "Say where in the program an error came from.")
}

export const interval = Options.choice("interval", candleIntervals).pipe(
  Options.withDescription("Interval of the candles. Default: told from their times."),
  Options.optional
)

/** How any run is done. */
export const data = text(
  "data",
  "FILE.csv",
  "The candles: time, open, high, low, close and, if known, volume. The format is detected."
).pipe(Options.optional)

export const symbol = text(
  "symbol",
  "NAME[=FILE.csv]",
  "What is traded. With a file, any number of times: each is a market of its own. Default: the first part of the file's name, in capitals."
).pipe(Options.repeated)

export const run = {
  data,
  symbol,
  interval,
  from: text(
    "from",
    "TIME",
    "Start: 2022-01-31, 2022-01-31T10:00Z (UTC without a zone) or epoch ms. Default: the first candle."
  ).pipe(Options.optional),
  to: text("to", "TIME", "End, exclusive. Default: the end of the last candle.").pipe(Options.optional),
  frameInterval: Options.choice("frame-interval", frameIntervals).pipe(
    Options.withDescription("How often the run looks at the market."),
    Options.withDefault("1m" as const)
  ),
  fill: Options.choice("fill", FillPolicy.literals).pipe(
    Options.withDescription("How prices are assumed to be reached within a candle; see FILL POLICIES."),
    Options.withDefault("realistic" as const)
  ),
  set: text("set", "SETTING=VALUE", "Change a setting, any number of times; see SETTINGS.").pipe(Options.repeated),
  gaps: Options.choice("gaps", GapPolicy.literals).pipe(
    Options.withDescription("Missing candles: skip over them, fail, or fill them with flat ones."),
    Options.withDefault("skip" as const)
  ),
  seed: Options.float("seed").pipe(
    Options.withPseudoName("N"),
    Options.withDescription("Seed of everything generated, as the ids of signals."),
    Options.withDefault(0)
  ),
  balance: text(
    "balance",
    "MONEY",
    "Initial balance of the account, in quote currency; needs --size. Default 10000."
  ).pipe(Options.optional),
  leverage: text(
    "leverage",
    "TIMES",
    "How many times its margin a position may be worth; needs --size. Default 1."
  ).pipe(Options.optional),
  size: text("size", "METHOD=VALUE", "How trades are sized, so that the result is money; see SIZING.").pipe(
    Options.optional
  ),
  risk: text("risk", "RULE=VALUE", "A limit for all trades together, any number of times; see RISK.").pipe(
    Options.repeated
  ),
  out: text(
    "out",
    "DIR",
    "Write all reports (HTML, Markdown), exports (CSV) and the record (JSON) into this folder."
  ).pipe(Options.optional)
}

/** What a backtest has besides. */
export const strategy = {
  strategy: text(
    "strategy",
    "FILE.ts|NAME",
    "A strategy file (TypeScript or JavaScript) or a built-in strategy; any number of times."
  ).pipe(Options.atLeast(1)),
  param: text(
    "param",
    "NAME=VALUE",
    "Change a parameter, any number of times; STRATEGY.NAME=VALUE changes it for one of several strategies only."
  ).pipe(Options.repeated),
  check: flag("check", "Check the strategy file's types first (needs the typescript package).")
}

export const signals = text("signals", "FILE.jsonl", "The recorded signals: one JSON object per line.")

export const demo = {
  seed: Options.integer("seed").pipe(
    Options.withPseudoName("N"),
    Options.withDescription("Seed of the synthetic market: another number is another market."),
    Options.withDefault(1)
  ),
  out: text("out", "DIR", "Folder for the reports.").pipe(Options.withDefault("dump/demo"))
}

/** What `report` has besides the record. */
export const report = {
  data,
  symbol,
  interval,
  out: text("out", "DIR", "Folder for the reports. Default: that of the record.").pipe(Options.optional)
}
