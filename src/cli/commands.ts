/** The commands. What they do is loaded when it is needed: `--help` reads none of it. */
import * as Args from "@effect/cli/Args"
import * as Command from "@effect/cli/Command"
import * as Effect from "effect/Effect"
import * as help from "./help.js"
import * as options from "./options.js"

const backtest = Command.make("backtest", { ...options.strategy, ...options.run, ...options.shown }, (given) =>
  Effect.flatMap(
    Effect.promise(() => import("./backtest.js")),
    (module) => module.backtest(given)
  )
).pipe(Command.withDescription(help.backtest))

const replay = Command.make("replay", { signals: options.signals, ...options.run, ...options.shown }, (given) =>
  Effect.flatMap(
    Effect.promise(() => import("./replay.js")),
    (module) => module.replay(given)
  )
).pipe(Command.withDescription(help.replay))

const demo = Command.make("demo", { ...options.demo, ...options.shown }, (given) =>
  Effect.flatMap(
    Effect.promise(() => import("./backtest.js")),
    (module) => module.demo(given)
  )
).pipe(Command.withDescription(help.demo))

const record = Args.text({ name: "RECORD.json" }).pipe(
  Args.withDescription("A finished run: what --json printed, or the .json file of --out.")
)

const report = Command.make("report", { record, ...options.report, ...options.shown }, (given) =>
  Effect.flatMap(
    Effect.promise(() => import("./report.js")),
    (module) => module.report(given)
  )
).pipe(Command.withDescription(help.report))

const file = Args.text({ name: "FILE.csv" }).pipe(Args.withDescription("A file of candles."))

const check = Command.make("check", { file, interval: options.interval, ...options.shown }, (given) =>
  Effect.flatMap(
    Effect.promise(() => import("./data.js")),
    (module) => module.check(given)
  )
).pipe(Command.withDescription(help.check))

const data = Command.make("data").pipe(Command.withDescription(help.data), Command.withSubcommands([check]))

export const root = Command.make("effect-backtest").pipe(
  Command.withDescription(help.root),
  Command.withSubcommands([backtest, replay, report, data, demo])
)
