/** The program `effect-backtest`. */
import { readFileSync } from "node:fs"
import * as CliConfig from "@effect/cli/CliConfig"
import * as Command from "@effect/cli/Command"
import * as NodeContext from "@effect/platform-node/NodeContext"
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as Cause from "effect/Cause"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { root } from "./commands.js"
import { type Failure, line, oneLine } from "./failure.js"
import { colored, err, out, tidy, width, withoutColor } from "./output.js"

const args = process.argv
const color = colored(!args.includes("--no-color"))
const debug = args.includes("--debug")

const version = (): string => {
  const parsed: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"))
  return typeof parsed === "object" && parsed !== null && "version" in parsed ? String(parsed.version) : "unknown"
}

/** @effect/cli prints in colours and prints its errors itself; here both are decided in one place. */
const printer = (platform: Console.Console): Console.Console => ({
  ...platform,
  log: (...parts) => {
    const text = tidy(parts.join(" "), Math.min(width(), 120)).trimEnd()
    return Effect.ignore(out(`${color ? text : withoutColor(text)}\n`))
  },
  error: () => Effect.void
})

/** One line for whoever made the mistake; `--debug` adds where in the program it came from. */
const report = (cause: Cause.Cause<Failure>): Effect.Effect<void> => {
  if (Cause.isInterruptedOnly(cause)) return Effect.void
  const failure = Cause.failureOption(cause)
  const text = Option.isSome(failure)
    ? line(failure.value)
    : `this is a fault of effect-backtest, please report it: ${oneLine(String(Cause.squash(cause)))}`
  return err(`${text}\n${debug ? `${Cause.pretty(cause, { renderErrorCause: true })}\n` : ""}`)
}

const program = Effect.gen(function* () {
  const platform = yield* Console.consoleWith(Effect.succeed)
  yield* Command.run(root, { name: "effect-backtest", version: version() })(args).pipe(
    Console.withConsole(printer(platform))
  )
}).pipe(
  Effect.provide(Layer.merge(NodeContext.layer, CliConfig.layer({ showBuiltIns: false }))),
  Effect.tapErrorCause(report)
)

let signal = 130
/** A signal interrupts the program; where that takes too long (a slow disk, a busy strategy), it ends all the same. */
const onSignal = (code: number) => () => {
  signal = code
  setTimeout(() => process.exit(code), 80).unref()
}
process.once("SIGINT", onSignal(130))
process.once("SIGTERM", onSignal(143))
// A closed pipe is told to whoever writes; without a listener it would end the program with a stack trace.
process.stdout.on("error", () => undefined)
process.stderr.on("error", () => undefined)

NodeRuntime.runMain(program, {
  disableErrorReporting: true,
  disablePrettyLogger: true,
  teardown: (exit) => {
    const code = Exit.isSuccess(exit) ? 0 : Cause.isInterruptedOnly(exit.cause) ? signal : 1
    process.exit(code)
  }
})
