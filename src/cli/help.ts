/** What `--help` teaches besides the options. */
import * as HelpDoc from "@effect/cli/HelpDoc"
import * as Either from "effect/Either"
import { defaults } from "../model/settings.js"
import { bounds, rules, sizings } from "./account.js"
import { builtIns } from "./strategies.js"

const command = "effect-backtest"

const section = (title: string, lines: ReadonlyArray<string>): HelpDoc.HelpDoc =>
  HelpDoc.blocks([HelpDoc.h1(title), ...lines.map((line) => HelpDoc.p(line))])

const strategies = section(
  "BUILT-IN STRATEGIES",
  builtIns.map(({ about, strategy }) => {
    const prepared = strategy.prepare({})
    const params = Either.isRight(prepared) ? Object.entries(prepared.right.params) : []
    return `${strategy.name}: ${about}. Parameters: ${params.map(([name, value]) => `${name}=${String(value)}`).join(" ")}`
  })
)

const fills = section("FILL POLICIES", [
  "realistic (default): of a stop and a target in one candle the stop comes first; what opens beyond a level fills at the open.",
  "touch: the target comes first, and every level fills at exactly its price, also across a gap. Optimistic; comparable with backtest-kit.",
  "path: each candle is walked from its open to the nearer extreme, the farther one and the close, level by level."
])

const settings = section("SETTINGS", [
  `Defaults, each changed with --set: ${Object.entries(defaults)
    .map(([name, value]) => `${name}=${value}`)
    .join(" ")}`,
  "Percentages are numbers: fee=0.1 is 0.1 % per side. maxLifetime takes infinite; showNotes true or false."
])

const examples = (lines: ReadonlyArray<string>) =>
  section(
    "EXAMPLES",
    lines.map((line) => `${command} ${line}`)
  )

const about = (text: string, ...sections: ReadonlyArray<HelpDoc.HelpDoc>): HelpDoc.HelpDoc =>
  HelpDoc.blocks([HelpDoc.p(text), ...sections])

const account = [
  section("SIZING", [
    "With --size a run trades on an account: quantities, fees and the result are money, and cash is limited.",
    ...Object.values(sizings),
    `Bounds may be added: ${bounds.map((name) => `${name}=…`).join(", ")}; maxPercent is a share of the balance.`
  ]),
  section("RISK", Object.values(rules))
]

export const root = about(
  "Backtests strategies on candles from CSV files. Each command has its own --help.",
  examples([
    "demo",
    "data check btcusdt-1m-2024.csv",
    "backtest --strategy sma-cross --data btcusdt-1m-2024.csv",
    "backtest --strategy ./my-strategy.ts --check --data btcusdt-1m-2024.csv --from 2024-03-01 --json",
    "replay --signals signals.jsonl --data btcusdt-1m-2024.csv --fill touch"
  ]),
  strategies
)

export const backtest = about(
  "Backtests strategies, yours or built-in ones, on files of candles. Several of either share one account.",
  examples([
    "backtest --strategy sma-cross --strategy rsi-reversion --symbol BTC=btc.csv --symbol ETH=eth.csv --size risk=1 --out reports",
    "backtest --strategy sma-cross --data btcusdt-1m-2024.csv --param fast=10 --param slow=60",
    "backtest --strategy ./my-strategy.ts --check --data btcusdt-1m-2024.csv --from 2024-03-01 --to 2024-04-01",
    "backtest --strategy rsi-reversion --data eurusd.csv --set fee=0 --set slippage=0.02 --out reports",
    "backtest --strategy sma-cross --data eurusd.csv --json | jq .statistics.totalReturn"
  ]),
  strategies,
  section("STRATEGY FILES", [
    'import { Indicator, Signal, Strategy } from "effect-backtest"; the strategy is the default export or the only one. TypeScript needs no build, and relative imports work.'
  ]),
  ...account,
  fills,
  settings
)

export const report = about(
  "Shows a finished run again, and writes its reports anew; with the candles at hand they are drawn too.",
  examples([
    "report reports/BTCUSDT_sma-cross_1cd89e18.json",
    "report run.json --symbol BTC=btc.csv --symbol ETH=eth.csv --out reports"
  ])
)

export const replay = about(
  "Backtests signals that were recorded elsewhere: a chat, another program, another backtest.",
  section("SIGNALS", [
    '{"time":"2024-03-01T10:00Z","position":"long","priceTakeProfit":63000,"priceStopLoss":60000,"minuteEstimatedTime":240}',
    'One JSON object per line. time is ISO 8601 (UTC without a zone) or epoch milliseconds; priceOpen (a limit entry), id and note may be added; minuteEstimatedTime may be "infinite".'
  ]),
  examples([
    "replay --signals signals.jsonl --data btcusdt-1m-2024.csv",
    "replay --signals signals.jsonl --data btcusdt-1m-2024.csv --fill path --set maxLifetime=infinite --out reports"
  ]),
  ...account,
  fills,
  settings
)

export const data = about("Looks at files of candles.", examples(["data check btcusdt-1m-2024.csv"]))

export const check = about(
  "Says what is in a file of candles and whether a run can use it; exit code 1 when not.",
  examples(["data check btcusdt-1m-2024.csv", "data check eurusd.csv --interval 1h --json"])
)

export const demo = about(
  "Backtests two built-in strategies on a year of three synthetic markets, and writes the reports.",
  examples(["demo", "demo --seed 7 --out reports"])
)
