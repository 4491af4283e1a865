import * as Either from "effect/Either"
import * as ParseResult from "effect/ParseResult"
import * as Schema from "effect/Schema"
import type { Problem } from "../model/errors.js"

/** One parameter of a strategy: a Schema and the value it has when nobody says otherwise. */
export interface Param<out A> {
  readonly default: A
  /** Decodes a value; the problems are for people. */
  readonly decode: (input: unknown) => Either.Either<A, ReadonlyArray<string>>
  /** The Schema as a tree, for whoever searches its space. */
  readonly ast: Schema.Schema.All["ast"]
}

export type Fields = Readonly<Record<string, Param<unknown>>>

export type TypeOf<F extends Fields> = { readonly [Name in keyof F]: F[Name] extends Param<infer A> ? A : never }

/** Bounds of a number, both inclusive. */
export interface Bounds {
  readonly min?: number
  readonly max?: number
}

/** A parameter by any Schema without requirements. */
export const param = <A, I>(schema: Schema.Schema<A, I>, options: { readonly default: A }): Param<A> => {
  const decode = Schema.decodeUnknownEither(schema, { errors: "all" })
  return {
    default: options.default,
    ast: schema.ast,
    decode: (input) =>
      Either.mapLeft(decode(input), (error) =>
        ParseResult.ArrayFormatter.formatErrorSync(error).map(({ message }) => message)
      )
  }
}

const { MAX_SAFE_INTEGER, MAX_VALUE } = Number

/** A whole number. */
export const int = (value: number, { max = MAX_SAFE_INTEGER, min = -MAX_SAFE_INTEGER }: Bounds = {}): Param<number> =>
  param(bounded(Schema.Int, "a whole number", min, max, MAX_SAFE_INTEGER), { default: value })

/** A finite number. */
export const number = (value: number, { max = MAX_VALUE, min = -MAX_VALUE }: Bounds = {}): Param<number> =>
  param(bounded(Schema.Finite, "a number", min, max, MAX_VALUE), { default: value })

const bounded = (schema: Schema.Schema<number>, what: string, min: number, max: number, limit: number) => {
  const bounds = [min > -limit ? `at least ${min}` : "", max < limit ? `at most ${max}` : ""].filter(
    (each) => each !== ""
  )
  const wanted = [what, bounds.join(" and ")].filter((each) => each !== "").join(" of ")
  return schema.pipe(Schema.between(min, max)).annotations({
    message: (issue) => ({ message: `must be ${wanted}, got ${JSON.stringify(issue.actual)}`, override: true })
  })
}

/** True or false. */
export const boolean = (value: boolean): Param<boolean> => param(Schema.Boolean, { default: value })

/** One of several texts. */
export const literal = <const L extends readonly [string, ...Array<string>]>(
  values: L,
  value: L[number]
): Param<L[number]> => param<L[number], L[number]>(Schema.Literal(...values), { default: value })

/** Decodes parameters: defaults for what is not given, every problem by its name. */
export const decode = <F extends Fields>(
  fields: F | undefined,
  input: Readonly<Record<string, unknown>>
): Either.Either<TypeOf<F>, ReadonlyArray<Problem>> => {
  const problems: Array<Problem> = []
  const all: Fields = fields ?? {}
  const known = Object.keys(all)
  for (const name of Object.keys(input)) {
    if (!Object.hasOwn(all, name)) {
      const there = known.length === 0 ? "the strategy has no parameters" : `there are: ${known.join(", ")}`
      problems.push({ path: `params.${name}`, message: `there is no such parameter; ${there}` })
    }
  }
  const decoded: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(all)) {
    const given = input[name]
    const result = given === undefined ? Either.right(field.default) : field.decode(given)
    if (Either.isRight(result)) decoded[name] = result.right
    else problems.push(...result.left.map((message) => ({ path: `params.${name}`, message })))
  }
  const complete = (value: Record<string, unknown>): value is Record<string, unknown> & TypeOf<F> =>
    known.every((name) => Object.hasOwn(value, name))
  return problems.length === 0 && complete(decoded) ? Either.right(decoded) : Either.left(problems)
}
