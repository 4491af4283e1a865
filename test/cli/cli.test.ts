import { afterAll, describe, expect, it } from "@effect/vitest"
import { spawn, spawnSync } from "node:child_process"
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"

const main = path.resolve("dist/cli/main.js")
const folder = mkdtempSync(path.join(tmpdir(), "effect-backtest-cli-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const file = (name: string, text: string): string => {
  writeFileSync(path.join(folder, name), text)
  return name
}

const cli = (...args: ReadonlyArray<string>) => {
  const { status, stderr, stdout } = spawnSync(process.execPath, [main, ...args], { cwd: folder, encoding: "utf8" })
  return { status, stderr, stdout }
}

/** Fails with exactly this one line and no output. */
const refuses = (args: ReadonlyArray<string>, line: string | RegExp) => {
  const { status, stderr, stdout } = cli(...args)
  expect(stderr.trimEnd().split("\n")).toHaveLength(1)
  expect(stderr).toMatch(line)
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" })
}

const start = Date.UTC(2024, 0, 1)
const row = (index: number, price: number | string) => `${start + index * 60_000},${price},${price},${price},${price},1`
const csv = (prices: ReadonlyArray<number>) =>
  `time,open,high,low,close,volume\n${prices.map((p, i) => row(i, p)).join("\n")}\n`

// Flat at 100, then 101: a long from 100 with its target at 101 closes there.
const flat = Array.from({ length: 20 }, () => 100)
const up = file("btc-up.csv", csv([...flat, 101.5, 101.5]))
const long = (more: string) =>
  `{"position":"long","priceTakeProfit":101,"priceStopLoss":99,"minuteEstimatedTime":60,${more}}`

describe("help and version", () => {
  it("teach without colours where there is no terminal", () => {
    const { status, stderr, stdout } = cli("backtest", "--help")
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" })
    for (const text of ["sma-cross", "fast=20", "maxLifetime=1440", "realistic", "EXAMPLES", "--frame-interval"]) {
      expect(stdout).toContain(text)
    }
    expect(stdout).not.toContain("\u001b")
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100)
  })

  it("say the version", () => {
    expect(cli("--version")).toEqual({ status: 0, stderr: "", stdout: "0.1.0\n" })
  })
})

describe("replay", () => {
  it("prints one JSON document, with infinity in words", () => {
    const signals = file("s.jsonl", `${long(`"time":"2024-01-01T00:06"`)}\n\n`)
    const { status, stderr, stdout } = cli(
      "replay",
      "--signals",
      signals,
      "--data",
      up,
      "--json",
      "--set",
      "max-lifetime=infinite"
    )
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" })
    const document = JSON.parse(stdout)
    expect(document.run.symbol).toBe("BTC")
    expect(document.run.settings.maxLifetime).toBe("infinite")
    expect(document.trades).toHaveLength(1)
    expect(document.trades[0].reason).toBe("take_profit")
  })

  it("names the line of a broken signal", () => {
    refuses(["replay", "--signals", file("a.jsonl", `\n{"time"`), "--data", up], /^a\.jsonl:2: the line is not JSON/)
    refuses(["replay", "--signals", file("b.jsonl", `{"time":"soon"}`), "--data", up], /^b\.jsonl:1: "time" is "soon"/)
  })

  it("leaves nonsense prices to the run", () => {
    const signals = file("c.jsonl", `{"time":${start + 360_000},"position":"long","priceTakeProfit":"x"}`)
    const { status, stdout } = cli("replay", "--signals", signals, "--data", up, "--json")
    expect(status).toBe(0)
    expect(JSON.parse(stdout).rejected).toHaveLength(1)
  })
})

const strategy = `import { Signal, Strategy } from "effect-backtest"
import * as Effect from "effect/Effect"
import { percent } from "./lib"
export const Mine = Strategy.make("mine", { params: { target: Strategy.number(1) } }).setup(
  Effect.succeed(({ params, price }) =>
    Signal.long({ priceTakeProfit: price * percent(params.target), priceStopLoss: price * percent(-1), minuteEstimatedTime: 60 })
  )
)
`

describe("backtest", () => {
  file("lib.ts", "export const percent = (x: number): number => 1 + x / 100\n")
  const mine = file("mine.ts", strategy)

  it("runs a TypeScript file with imports, checked, and writes the files asked for", () => {
    const { status, stderr, stdout } = cli("backtest", "--strategy", mine, "--check", "--data", up, "--out", "reports")
    expect(status, stderr).toBe(0)
    expect(stderr).toMatch(/^read btc-up\.csv: comma-separated with a header/)
    expect(stdout).toContain("BTC · mine")
    const written = [...stdout.matchAll(/^written: reports\/(.+)$/gm)].map(([, name]) =>
      name.replace(/_[0-9a-f]{8}/, "")
    )
    expect(written).toEqual([
      "BTC_mine.html",
      "BTC_mine.md",
      "BTC_mine.json",
      "BTC_mine.trades.csv",
      "BTC_mine.equity.csv",
      "schedule/BTC_mine.md",
      "heatmap/BTC_mine.md",
      "partial/BTC_mine.md",
      "risk/BTC_mine.md",
      "performance/BTC_mine.md"
    ])
    const found = readdirSync(path.join(folder, "reports"), { recursive: true, withFileTypes: true })
    expect(found.filter((entry) => entry.isFile())).toHaveLength(written.length)
  })

  it("says where a strategy file is wrong", () => {
    refuses(
      ["backtest", "--strategy", file("bad.ts", "export const x: = 1\n"), "--data", up],
      /^bad\.ts:1:17: Unexpected "="/
    )
    const typed = file("typed.ts", strategy.replace("percent(-1)", 'percent("1")'))
    refuses(["backtest", "--strategy", typed, "--check", "--data", up], /^typed\.ts:6:\d+: Argument of type 'string'/)
    refuses(
      ["backtest", "--strategy", file("none.ts", "export {}\n"), "--data", up],
      /^none\.ts: it exports no strategy/
    )
  })

  const sma = ["backtest", "--strategy", "sma-cross"]
  it.each([
    [["backtest", "--strategy", "nope", "--data", up], /there are: sma-cross, rsi-reversion/],
    [[...sma, "--data", "missing.csv"], /^missing\.csv: there is no such file/],
    [[...sma, "--data", file("empty.csv", "")], /^empty\.csv: the file is empty/],
    [
      [...sma, "--data", file("text.csv", `${csv([100, 100])}${row(2, "abc")}\n`)],
      /^text\.csv:4: open \(column 2\) is "abc"/
    ],
    [[...sma, "--data", file("negative.csv", csv([100, -5, 100]))], /^negative\.csv:3: open is -5/],
    [[...sma, "--data", file("order.csv", `${csv([100, 100, 100])}${row(1, 100)}\n`)], /^order\.csv:5: .* comes after/],
    [[...sma, "--data", file("twice.csv", `${csv([100, 100, 100])}${row(2, 100)}\n`)], /^twice\.csv:5: /],
    [[...sma, "--data", up], /sma\(50\) needs 50 closed 1m candles and BTC has 22/],
    [[...sma, "--data", up, "--from", "2024-02-01", "--to", "2024-01-01"], /^--from 2024-02-01 is not before --to/],
    [[...sma, "--data", up, "--from", "soon"], /^--from "soon" is not a time/],
    [[...sma, "--data", up, "--param", "fst=3"], /^--param fst: there is no such parameter; there are: fast, slow/],
    [[...sma, "--data", up, "--set", "fe=3"], /^--set fe: there is no such setting; there are: awaitMinutes/],
    [[...sma, "--data", up, "--set", "fee=-1"], /^--set fee: must be a number of at least 0, got -1/],
    [[...sma, "--data", up, "--fill", "best"], /realistic, touch, path/],
    [["backtest", "--strategy", mine, "--data", up, "--bad"], /--bad/],
    [["nonsense"], /backtest/]
  ])("refuses %j", (args, message) => refuses(args, message))

  it("says what keeps a report from being written, after the result", () => {
    const { status, stderr, stdout } = cli("backtest", "--strategy", mine, "--data", up, "--json", "--out", `${up}/x`)
    expect({ status, lines: stderr.trimEnd().split("\n").length }).toEqual({ status: 1, lines: 1 })
    expect(stderr).toMatch(/a part of the path is a file/)
    expect(JSON.parse(stdout).run.strategy).toBe("mine")
  })

  it("ends at once with 130 on Ctrl-C", async () => {
    const slow = strategy.replace("Effect.succeed(", "Effect.never.pipe(Effect.as(").replace(/\)\n$/, "))\n")
    const child = spawn(process.execPath, [main, "backtest", "--strategy", file("slow.ts", slow), "--data", up], {
      cwd: folder
    })
    await new Promise((resolve) => setTimeout(resolve, 2000))
    const sent = performance.now()
    child.kill("SIGINT")
    const code = await new Promise((resolve) => child.on("exit", resolve))
    expect(code).toBe(130)
    expect(performance.now() - sent).toBeLessThan(250)
  })
})

describe("several markets and an account", () => {
  const down = file("eth-down.csv", csv([...flat, 98.5, 98.5]))
  const mine = file("portfolio.ts", strategy)
  const both = ["backtest", "--strategy", mine, "--symbol", `BTC=${up}`, "--symbol", `ETH=${down}`]

  it("share the balance in one document", () => {
    const { status, stderr, stdout } = cli(...both, "--balance", "1000", "--size", "amount=400", "--json")
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" })
    const document = JSON.parse(stdout)
    expect(document.kind).toBe("portfolio")
    expect(document.runs.map((each: { run: { symbol: string } }) => each.run.symbol)).toEqual(["BTC", "ETH"])
    const results = document.runs.flatMap((each: { trades: Array<{ money: { result: number } }> }) =>
      each.trades.map(({ money }) => money.result)
    )
    expect(results.length).toBeGreaterThan(2)
    expect(document.account.final).toBeCloseTo(1000 + results.reduce((sum: number, one: number) => sum + one, 0), 9)
  })

  it("are shown again from the saved record, candles and all", () => {
    const run = cli(...both, "--risk", "max-positions=1", "--out", "saved")
    expect(run.status, run.stderr).toBe(0)
    const [, record = ""] = /written: (saved\/portfolio_2x1_\w+\.json)/.exec(run.stdout) ?? []
    const { status, stderr, stdout } = cli("report", record, "--out", "again")
    expect(status, stderr).toBe(0)
    expect(stderr).toMatch(/^read btc-up\.csv: .*\nread eth-down\.csv: /)
    const above = (text: string) => text.slice(0, text.indexOf("written: "))
    expect(above(stdout)).toBe(above(run.stdout))
    const html = (output: string) =>
      readFileSync(path.join(folder, /written: (.+\.html)/.exec(output)?.[1] ?? ""), "utf8")
    expect(html(stdout)).toBe(html(run.stdout))
  })

  it.each([
    [[...both, "--balance", "1000"], /^--balance: needs a sizing/],
    [[...both, "--size", "risk=0"], /^--size riskPercent: /],
    [[...both, "--size", "lots=1"], /^--size lots=1: there is no such method; there are: amount, risk, kelly, atr/],
    [[...both, "--size", "risk=1,maximum=5"], /there is no "maximum"; there are: maxPercent, minQuantity, maxQuantity/],
    [[...both, "--size", "risk=1,amount=5"], /there is no "amount"; there are: maxPercent, minQuantity, maxQuantity/],
    [[...both, "--size", "risk=x"], /^--size risk: "x" is not a number/],
    [[...both, "--risk", "max-positions=-1"], /^--risk .*max positions/],
    [[...both, "--risk", "max-positions=x"], /^--risk max-positions: "x" is not a number/],
    [[...both, "--size", "risk=1", "--balance", "abc"], /^--balance "abc" is not a number/],
    [[...both, "--risk", "luck=1"], /^--risk luck: there is no such rule; there are: max-positions/],
    [[...both, "--risk", "toString=1"], /^--risk toString: there is no such rule/],
    [[...both, "--size", "risk=1,risk=2"], /^--size "risk" is there twice/],
    [[...both, "--risk", "cooldown=soon"], /^--risk cooldown: "soon" is not a duration/],
    [[...both, "--symbol", `BTC=${up}`], /^--symbol BTC is there twice/],
    [[...both, "--data", up], /^--data names one file for one --symbol/],
    [["backtest", "--strategy", mine, "--symbol", "BTC"], /^--symbol BTC: it has no file/],
    [["backtest", "--strategy", mine], /^there are no candles; give --data/],
    [[...both, "--strategy", mine], /strategy "mine" is there twice for BTC/],
    [
      [...both, "--strategy", "sma-cross", "--param", "width=1"],
      /^--param width: no strategy has such a parameter; mine has/
    ],
    [["report", "missing.json"], /^missing\.json: there is no such file/],
    [["report", up], /^btc-up\.csv: it is not JSON/],
    [["report", file("other.json", `{"a":1}`)], /^other\.json: it is no record of a run/],
    [["report", file("old.json", `{"run":{}}`)], /^old\.json: it was written before records had a version/],
    [
      ["report", file("new.json", `{"run":{},"version":7}`)],
      /^new\.json: it was written by a newer version \(version 7; this program reads 1\)/
    ],
    [["report", file("torn.json", `{"version":1,"kind":"backtest","run":{}}`)], /^torn\.json: /]
  ])("refuses %j", (args, message) => refuses(args, message))
})

describe("data check", () => {
  it("sums a file up", () => {
    const { status, stderr, stdout } = cli("data", "check", up, "--json")
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" })
    expect(JSON.parse(stdout)).toMatchObject({ rows: 22, intervalName: "1m", usable: true })
  })

  it("fails on unusable data, with the lines to mend", () => {
    const { status, stderr, stdout } = cli("data", "check", file("bad.csv", csv([100, -5, 100])))
    expect(status).toBe(1)
    expect(stdout).toContain("line 3: open is -5")
    expect(stderr).toBe("bad.csv: 1 candle can't be true; mend the lines listed\n")
  })
})
