/** Texts of options into values: settings, parameters, symbols. */
import * as Either from "effect/Either"
import { toMillis } from "../model/instant.js"
import { defaults, type Settings } from "../model/settings.js"
import { CliError } from "./error.js"

const plain = (name: string): string => name.toLowerCase().replaceAll(/[-_]/g, "")

const names = Object.keys(defaults)

const isSetting = (name: string): name is keyof Settings => Object.hasOwn(defaults, name)

const fail = (message: string) => Either.left(new CliError({ message }))

/** `name=value` in its two parts. */
export const pair = (option: string, text: string): Either.Either<readonly [string, string], CliError> => {
  const at = text.indexOf("=")
  const [name, value] = [text.slice(0, at).trim(), text.slice(at + 1).trim()]
  return at > 0 && name !== "" && value !== ""
    ? Either.right([name, value])
    : fail(`${option} ${JSON.stringify(text)}: write name=value`)
}

const numeric = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** A number, true or false where a text looks like one, else the text. */
export const scalar = (text: string): number | boolean | string => {
  if (numeric.test(text)) return Number(text)
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === "true"
  return text
}

/** A number given to an option, which the message names. */
export const number = (option: string, text: string): Either.Either<number, CliError> =>
  numeric.test(text) ? Either.right(Number(text)) : fail(`${option} ${JSON.stringify(text)} is not a number`)

/** `name=number,name=number` by names, in the order given; no name may be there twice. */
export const numbers = (option: string, text: string): Either.Either<Readonly<Record<string, number>>, CliError> =>
  Either.gen(function* () {
    const pairs = new Map<string, number>()
    for (const part of text.split(",")) {
      const [name, value] = yield* pair(option, part)
      if (pairs.has(name)) return yield* fail(`${option} ${JSON.stringify(name)} is there twice`)
      pairs.set(name, yield* number(`${option} ${name}:`, value))
    }
    return Object.fromEntries(pairs)
  })

/** `--param name=value`, given any number of times. */
export const params = (given: ReadonlyArray<string>): Either.Either<Readonly<Record<string, unknown>>, CliError> =>
  Either.map(Either.all(given.map((text) => pair("--param", text))), (pairs) =>
    Object.fromEntries(pairs.map(([name, value]) => [name, scalar(value)]))
  )

/** `--set setting=value`, given any number of times; any spelling of a setting's name. */
export const settings = (given: ReadonlyArray<string>): Either.Either<Partial<Settings>, CliError> =>
  Either.map(Either.all(given.map(setting)), (pairs): Partial<Settings> => Object.fromEntries(pairs))

const setting = (text: string): Either.Either<readonly [keyof Settings, number | boolean], CliError> =>
  Either.flatMap(pair("--set", text), ([given, written]) => {
    const name = names.find((each) => plain(each) === plain(given))
    if (name === undefined || !isSetting(name)) {
      return fail(`--set ${given}: there is no such setting; there are: ${names.join(", ")}`)
    }
    const value = /^\+?inf(inity|inite)?$/i.test(written) ? Number.POSITIVE_INFINITY : scalar(written)
    if (typeof value === typeof defaults[name] && typeof value !== "string") return Either.right([name, value])
    const wanted = typeof defaults[name] === "boolean" ? "true or false" : 'a number, or "infinite"'
    return fail(`--set ${name}: ${JSON.stringify(written)} is not ${wanted}; the settings are: ${names.join(", ")}`)
  })

/** A time given to an option, checked here so that the message can name the option. */
export const instant = (option: string, text: string): Either.Either<number, CliError> => {
  const millis = toMillis(text)
  return millis === undefined
    ? fail(`${option} ${JSON.stringify(text)} is not a time; write 2022-01-31, 2022-01-31T10:00Z or epoch milliseconds`)
    : Either.right(millis)
}

/** The symbol a file is named after: `data/btcusdt-1m-2024.csv` is BTCUSDT. */
export const symbolOf = (file: string): string => {
  const stem =
    file
      .replaceAll("\\", "/")
      .split("/")
      .at(-1)
      ?.replace(/\.[^.]*$/, "") ?? ""
  return (
    stem
      .split(/[-_.\s]/)
      .find((part) => part !== "")
      ?.toUpperCase() ?? "DATA"
  )
}
