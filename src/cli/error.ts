import * as Data from "effect/Data"

/** The options or the files given can't be used; the message is one line. */
export class CliError extends Data.TaggedError("CliError")<{ readonly message: string }> {}
