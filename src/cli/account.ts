/** The account of a run from texts: `--size` and `--risk`. */
import * as Duration from "effect/Duration"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as Risk from "../Risk.js"
import * as Sizing from "../Sizing.js"
import { CliError } from "./error.js"
import { number, numbers, pair } from "./values.js"

const fail = (message: string) => Either.left(new CliError({ message }))

/** `METHOD=VALUE` and its bounds, as help shows them. */
export const sizings = {
  amount: "amount=1000: the same amount of quote currency in every trade",
  risk: "risk=1: 1 % of the balance is lost at the stop",
  kelly: "kelly=0.55,payoff=1.5,multiplier=0.25: a quarter of Kelly's fraction at a win rate of 0.55",
  atr: "atr=1,multiplier=2,period=14: 1 % of the balance per two average true ranges of 14 candles"
}

export const bounds = ["maxPercent", "minQuantity", "maxQuantity"]

/** `--size METHOD=VALUE[,NAME=VALUE…]`. What makes no sense in it is left to the run's validation, which names it. */
export const sizing = (text: string): Either.Either<Sizing.Sizing, CliError> =>
  Either.gen(function* () {
    const option = `--size ${text}`
    const given = yield* numbers("--size", text)
    const [method = ""] = Object.keys(given)
    const { atr = Number.NaN, amount = Number.NaN, kelly = Number.NaN, risk = Number.NaN, ...rest } = given
    const extra: ReadonlyArray<string> =
      method === "kelly" ? ["payoff", "multiplier"] : method === "atr" ? ["multiplier", "period"] : []
    const unknown = Object.keys(given).find((name) => ![method, ...extra, ...bounds].includes(name))
    if (Object.hasOwn(sizings, method) && unknown !== undefined) {
      return yield* fail(`${option}: there is no "${unknown}"; there are: ${[...extra, ...bounds].join(", ")}`)
    }
    const { maxPercent, maxQuantity, minQuantity } = rest
    const bounded = {
      ...(maxPercent === undefined ? {} : { maxPercent }),
      ...(minQuantity === undefined ? {} : { minQuantity }),
      ...(maxQuantity === undefined ? {} : { maxQuantity })
    }
    const { multiplier, payoff = Number.NaN, period } = rest
    const scaled = multiplier === undefined ? bounded : { ...bounded, multiplier }
    switch (method) {
      case "amount":
        return Sizing.fixedAmount(text, { amount, ...bounded })
      case "risk":
        return Sizing.fixedPercentage(text, { riskPercent: risk, ...bounded })
      case "kelly":
        return Sizing.kelly(text, { winRate: kelly, payoff, ...scaled })
      case "atr":
        return Sizing.atr(text, { riskPercent: atr, ...scaled, ...(period === undefined ? {} : { period }) })
      default:
        return yield* fail(`${option}: there is no such method; there are: ${Object.keys(sizings).join(", ")}`)
    }
  })

/** `RULE=VALUE`, as help shows them. */
export const rules = {
  "max-positions": "max-positions=3: so many positions at once",
  "max-per-symbol": "max-per-symbol=1: so many on one symbol",
  "max-per-strategy": "max-per-strategy=2: so many of one strategy",
  "max-exposure": "max-exposure=150: worth so many % of the balance together",
  "min-reward-risk": "min-reward-risk=1.5: target at least so many times as far as the stop",
  "daily-loss": "daily-loss=3: no entry on a UTC day that lost so many % of the balance",
  drawdown: "drawdown=20: no entry while the balance is so many % below its peak",
  cooldown: 'cooldown="4 hours": no entry on a symbol so long after its stop-loss'
}

const ruled = (name: string, value: number) => {
  switch (name) {
    case "max-positions":
      return Risk.maxPositions(value)
    case "max-per-symbol":
      return Risk.maxPositionsPerSymbol(value)
    case "max-per-strategy":
      return Risk.maxPositionsPerStrategy(value)
    case "max-exposure":
      return Risk.maxExposure(value)
    case "min-reward-risk":
      return Risk.minRewardRisk(value)
    case "daily-loss":
      return Risk.dailyLossLimit(value)
    default:
      return Risk.drawdownHalt(value)
  }
}

const rule = (text: string) =>
  Either.gen(function* () {
    const [name, value] = yield* pair("--risk", text)
    if (name === "cooldown") {
      const known: ReadonlyArray<string> = ["millis", "second", "minute", "hour", "day", "week"]
      const isDuration = known.some((unit) => new RegExp(`^\\d+(\\.\\d+)? ${unit}s?$`).test(value))
      const duration = isDuration ? Duration.decodeUnknown(value) : Option.none()
      if (Option.isNone(duration)) {
        return yield* fail(
          `--risk cooldown: ${JSON.stringify(value)} is not a duration; write "30 minutes" or "4 hours"`
        )
      }
      return Risk.cooldownAfterStop(duration.value, { per: "symbol" })
    }
    if (!Object.hasOwn(rules, name)) {
      return yield* fail(`--risk ${name}: there is no such rule; there are: ${Object.keys(rules).join(", ")}`)
    }
    return ruled(name, yield* number(`--risk ${name}:`, value))
  })

/** All `--risk` rules as one profile; undefined where there is none. */
export const risk = (given: ReadonlyArray<string>): Either.Either<Risk.Risk<never> | undefined, CliError> =>
  given.length === 0
    ? Either.right(undefined)
    : Either.map(Either.all(given.map(rule)), (validations) => Risk.make("cli", { validations }))
