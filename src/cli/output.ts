/** Standard output and standard error of the program. */
import * as Effect from "effect/Effect"
import { CliError } from "./error.js"

const write = (stream: NodeJS.WriteStream, name: string, text: string): Effect.Effect<void, CliError> =>
  Effect.async((resume) => {
    stream.write(text, (error) => {
      // A reader that has seen enough (`| head`) is no failure.
      const broken = error !== undefined && error !== null && !("code" in error && error.code === "EPIPE")
      const why = broken && "code" in error && error.code === "ENOSPC" ? "the disk is full" : error?.message
      resume(broken ? Effect.fail(new CliError({ message: `${name} can't be written: ${why}` })) : Effect.void)
    })
  })

/** Writes to standard output and waits until it is out. */
export const out = (text: string): Effect.Effect<void, CliError> => write(process.stdout, "standard output", text)

/** Writes to standard error; there is nowhere to report that it failed. */
export const err = (text: string): Effect.Effect<void> => Effect.ignore(write(process.stderr, "standard error", text))

/** Columns of the terminal, 80 where there is none. */
export const width = (): number => process.stdout.columns ?? 80

/** Colours are for terminals, and for people who have not said no. */
export const colored = (wanted: boolean): boolean =>
  wanted && process.stdout.isTTY === true && (process.env["NO_COLOR"] ?? "") === ""

// oxlint-disable-next-line no-control-regex
const escapes = /\u001b\[[0-9;]*m/g

export const withoutColor = (text: string): string => text.replaceAll(escapes, "")

const filler =
  /^(A user-defined piece of text|A true or false value|A floating point number|An integer|This setting is optional|This option may be repeated zero or more times)\.$/

/** The help of @effect/cli in lines of at most `columns`, without the sentences that say nothing. */
export const tidy = (text: string, columns: number): string =>
  text
    .split("\n")
    .filter((line) => !filler.test(withoutColor(line).trim()))
    .flatMap((line) => wrap(line.trimEnd(), columns))
    .join("\n")
    .replaceAll(/\n{3,}/g, "\n\n")

const wrap = (line: string, columns: number): ReadonlyArray<string> => {
  const size = (text: string) => withoutColor(text).length
  if (size(line) <= columns) return [line]
  const indent = " ".repeat(line.length - line.trimStart().length)
  const lines: Array<string> = []
  let current = indent
  for (const word of line.trim().split(" ")) {
    if (current.trim() !== "" && size(current) + 1 + size(word) > columns) {
      lines.push(current)
      current = `${indent}    ${word}`
    } else current = current.trim() === "" ? `${current}${word}` : `${current} ${word}`
  }
  return [...lines, current]
}
