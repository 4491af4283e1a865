import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as fc from "effect/FastCheck"
import { equityReturn } from "../../src/engine/statistics/input.js"
import { type PortfolioDocument, type RunRecord, type Trade, tradesOf } from "../../src/model/document.js"
import {
  equityCsv,
  equityCsvPieces,
  equityJsonLines,
  equityJsonLinesPieces,
  tradesCsv,
  tradesCsvPieces,
  tradesJsonLines,
  tradesJsonLinesPieces
} from "../../src/report/exports.js"
import { kit } from "../modes/support.js"
import { at, document, empty, trade } from "./fixtures.js"
import { records } from "./records.fixtures.js"

/** CSV as RFC 4180 has it: the rows of a text. */
const parse = (text: string): ReadonlyArray<ReadonlyArray<string>> => {
  const rows: Array<Array<string>> = []
  let row: Array<string> = []
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/g)) {
    row.push(quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'))
    if (end === ",") continue
    rows.push(row)
    row = []
  }
  return rows
}

/** The rows of a text by the names of its header. */
const table = (text: string): ReadonlyArray<Readonly<Record<string, string>>> => {
  const [header = [], ...rows] = parse(text)
  return rows.map((row) => {
    expect(row).toHaveLength(header.length)
    return Object.fromEntries(header.map((name, i) => [name, row[i] ?? ""]))
  })
}

const objects = (text: string): ReadonlyArray<Readonly<Record<string, unknown>>> =>
  text
    .split("\n")
    .slice(0, -1)
    .map((line): Readonly<Record<string, unknown>> => JSON.parse(line))

const money = { quantity: 0.5, notional: 21_000.25, fees: 42.0005, result: -1e-7, balance: 9957.9994999 }

const sized: PortfolioDocument = {
  version: 1,
  kind: "portfolio",
  statistics: empty.statistics,
  account: { initial: 10_000, final: 10_100, leverage: 1, peakMargin: 1 },
  runs: [
    {
      ...empty,
      run: { ...empty.run, symbol: "A" },
      trades: [
        trade({ id: "late", closedAt: at("2022-01-05 00:00"), equityPercent: 2, money: { ...money, balance: 10_100 } })
      ]
    },
    {
      ...empty,
      run: {
        ...empty.run,
        symbol: "B",
        strategy: "-other",
        frame: { ...empty.run.frame, start: at("2021-12-31 00:00") }
      },
      trades: [
        trade({ id: "early", closedAt: at("2022-01-04 00:00"), equityPercent: -1, money: { ...money, balance: 9900 } })
      ]
    }
  ]
}

describe("trades as CSV", () => {
  it("are written in full", () => {
    expect(tradesCsv({ ...document, trades: document.trades.slice(0, 2) })).toBe(
      [
        "symbol,strategy,id,position,scheduledAt,pendingAt,closedAt,priceOpen,priceClose,priceLimit,priceTakeProfit," +
          "priceStopLoss,priceStopMoved,minuteEstimatedTime,reason,pnlPercent,equityPercent,mae,mfe,ambiguous,pnlLow," +
          "pnlHigh,note",
        "BTCUSDT,sma-cross,a1,long,2022-01-03T10:00:00.000Z,2022-01-03T10:00:00.000Z,2022-01-03T12:05:00.000Z,46319.5," +
          "46782.695,,46782.695,45856.305,,240,take_profit,0.598,0.598,-0.2,1,false,0.598,0.598,",
        "BTCUSDT,sma-cross,b2,short,2022-01-03T10:00:00.000Z,2022-01-10T00:00:00.000Z,2022-01-11T02:30:00.000Z,41800.12," +
          '42300,,40900,42300,,240,stop_loss,-1.306,-1.306,-0.2,1,true,-1.306,0.594,"fade | the spike',
        'second line"',
        ""
      ].join("\n")
    )
  })

  it("tell money where there is an account, over all runs in close order", () => {
    const [first, second] = table(tradesCsv(sized))
    expect(Object.keys(first ?? {}).slice(-6)).toEqual(["quantity", "notional", "fees", "result", "balance", "note"])
    expect(first).toMatchObject({
      symbol: "B",
      // text, which no spreadsheet reckons with; numbers stay numbers
      strategy: "'-other",
      id: "early",
      quantity: "0.5",
      notional: "21000.25",
      fees: "42.0005",
      result: "-1e-7",
      balance: "9900",
      equityPercent: "-1",
      mae: "-0.2",
      note: ""
    })
    expect(second).toMatchObject({ symbol: "A", strategy: "sma-cross", id: "late", balance: "10100" })
  })

  it("hold whatever a note says, and no formula", () => {
    const notes = [
      ["plain", "plain"],
      ['"quoted", with commas', '"quoted", with commas'],
      ["two\nlines", "two\nlines"],
      ["old\r\nlines\r", "old\r\nlines\r"],
      ["", ""],
      ["=1+1", "'=1+1"],
      ['=HYPERLINK("http://x","y")', `'=HYPERLINK("http://x","y")`],
      ["+1", "'+1"],
      ["-1", "'-1"],
      ["@SUM(A1)", "'@SUM(A1)"],
      ["\t=1", "'\t=1"],
      ["\uFF1D1", "'\uFF1D1"],
      ["1=1", "1=1"],
      ["🙂 ü", "🙂 ü"]
    ] as const
    const written = tradesCsv({ ...document, trades: notes.map(([note]) => trade({ note })) })
    expect(table(written).map(({ note }) => note)).toEqual(notes.map(([, wanted]) => wanted))
  })

  it("without any are a header", () => {
    expect(parse(tradesCsv(empty))).toHaveLength(1)
    expect(tradesJsonLines(empty)).toBe("")
  })

  it("tell limits, moved stops and endless lifetimes", () => {
    const given = trade({ priceLimit: 1.1, priceStopMoved: 1.05, minuteEstimatedTime: "infinite", pnlPercent: -150 })
    expect(table(tradesCsv({ ...document, trades: [given] }))[0]).toMatchObject({
      priceLimit: "1.1",
      priceStopMoved: "1.05",
      minuteEstimatedTime: "infinite",
      pnlPercent: "-150",
      // an account loses no more than it holds
      equityPercent: "-100"
    })
  })
})

describe("trades as JSON Lines", () => {
  it("have the same names, times in epoch milliseconds, and nothing they lack", () => {
    expect(tradesJsonLines({ ...document, trades: document.trades.slice(1, 2) })).toBe(
      '{"symbol":"BTCUSDT","strategy":"sma-cross","id":"b2","position":"short","scheduledAt":1641204000000,' +
        '"pendingAt":1641772800000,"closedAt":1641868200000,"priceOpen":41800.12,"priceClose":42300,' +
        '"priceTakeProfit":40900,"priceStopLoss":42300,"minuteEstimatedTime":240,"reason":"stop_loss",' +
        '"pnlPercent":-1.306,"mae":-0.2,"mfe":1,"ambiguous":true,"equityPercent":-1.306,"pnlLow":-1.306,' +
        '"pnlHigh":0.594,"note":"fade | the spike\\nsecond line"}\n'
    )
  })
})

describe("the equity", () => {
  it("unsized is a multiple of the start", () => {
    const pnls = [10, -20, -5, 50]
    const trades = pnls.map((pnlPercent, i) =>
      trade({ id: `t${i}`, pnlPercent, closedAt: at(`2022-01-0${i + 2} 00:00`) })
    )
    const rows = table(equityCsv({ ...document, trades }))
    expect(rows.map((row) => row["at"])).toEqual([
      "2022-01-01T00:00:00.000Z",
      "2022-01-02T00:00:00.000Z",
      "2022-01-03T00:00:00.000Z",
      "2022-01-04T00:00:00.000Z",
      "2022-01-05T00:00:00.000Z"
    ])
    // 1.1; 1.1 · 0.8 = 0.88; 0.88 · 0.95 = 0.836; 0.836 · 1.5 = 1.254
    for (const [i, equity] of [1, 1.1, 0.88, 0.836, 1.254].entries()) {
      expect(Number(rows[i]?.["equity"])).toBeCloseTo(equity, 12)
    }
    // of the peak 1.1, 0.8 and 0.76 are left
    for (const [i, drawdown] of [0, 0, 20, 24, 0].entries()) {
      expect(Number(rows[i]?.["drawdownPercent"])).toBeCloseTo(drawdown, 12)
    }
    expect(rows.map(({ id }) => id)).toEqual(["", "t0", "t1", "t2", "t3"])
  })

  it("sized is the account's balance, over all runs, from the earliest start", () => {
    expect(objects(equityJsonLines(sized))).toEqual([
      { at: at("2021-12-31 00:00"), equity: 10_000, drawdownPercent: 0 },
      {
        at: at("2022-01-04 00:00"),
        equity: 9900,
        drawdownPercent: expect.closeTo(1, 12),
        symbol: "B",
        strategy: "-other",
        id: "early"
      },
      { at: at("2022-01-05 00:00"), equity: 10_100, drawdownPercent: 0, symbol: "A", strategy: "sma-cross", id: "late" }
    ])
  })

  it("without a trade is its start", () => {
    expect(equityCsv(empty)).toBe("at,equity,drawdownPercent,symbol,strategy,id\n2022-01-01T00:00:00.000Z,1,0,,,\n")
  })

  it("after a total loss stays at nothing", () => {
    const trades = [-150, 10].map((pnlPercent) => trade({ pnlPercent }))
    expect(table(equityCsv({ ...document, trades })).map(({ equity }) => equity)).toEqual(["1", "0", "0"])
  })
})

const numbers = ["priceOpen", "priceClose", "priceTakeProfit", "priceStopLoss", "pnlPercent", "mae", "mfe"] as const
const times = ["scheduledAt", "pendingAt", "closedAt"] as const
const amounts = ["quantity", "notional", "fees", "result", "balance"] as const

/** Exact, but for the sign of zero, which neither CSV nor JSON keeps. */
const same = (text: string | undefined, value: number) => text !== "" && Number(text) === value

const agrees = (record: RunRecord) => {
  const trades = tradesOf(record)
  const read = table(tradesCsv(record))
  const lines = objects(tradesJsonLines(record))
  expect([read.length, lines.length]).toEqual([trades.length, trades.length])
  for (const [i, { strategy, symbol, trade }] of trades.entries()) {
    const [row = {}, line = {}] = [read[i], lines[i]]
    for (const name of numbers) expect(same(row[name], trade[name]), `${name} ${row[name]}`).toBe(true)
    for (const name of times) expect(Date.parse(row[name] ?? "")).toBe(trade[name])
    expect([row["pnlLow"], row["pnlHigh"]].map(Number)).toEqual(trade.pnlInterval.map((value) => value + 0))
    expect(same(row["equityPercent"], equityReturn(trade))).toBe(true)
    expect(row["ambiguous"]).toBe(String(trade.ambiguous))
    for (const name of amounts) {
      if (trade.money === undefined) expect(row[name] ?? "").toBe("")
      else expect(same(row[name], trade.money[name]), `${name} ${row[name]}`).toBe(true)
    }
    // what is a number in JSON is the same number in CSV, or that instant
    for (const [name, value] of Object.entries(line)) {
      const cell = row[name] ?? ""
      if (typeof value === "number") expect(value).toBe(/^.*T.*Z$/.test(cell) ? Date.parse(cell) : Number(cell))
    }
    expect([line["symbol"], line["strategy"], line["id"]]).toEqual([symbol, strategy, trade.id])
  }
}

describe("every number reads back exactly", () => {
  it("of any trade", () => {
    const float = fc.double({ noNaN: true, noDefaultInfinity: true })
    const instant = fc.integer({ min: 0, max: 4_102_444_800_000 })
    const any = fc.record({
      pnlPercent: float,
      priceOpen: float,
      priceClose: float,
      mae: float,
      mfe: float,
      closedAt: instant,
      pendingAt: instant,
      pnlInterval: fc.tuple(float, float),
      note: fc.string(),
      ambiguous: fc.boolean(),
      money: fc.record({ quantity: float, notional: float, fees: float, result: float, balance: float })
    })
    fc.assert(
      fc.property(fc.array(any, { maxLength: 5 }), (given) => {
        const account = { initial: 1, final: 1, leverage: 1, peakMargin: 0 }
        agrees({ ...document, account, trades: given.map((each) => trade(each)) })
      })
    )
  })

  it.effect("of real runs; the deepest drawdown and the last equity are those of the record", () =>
    Effect.gen(function* () {
      let trades = 0
      for (const seed of [1, 2]) {
        for (const record of yield* records(seed)) {
          agrees(record)
          trades += tradesOf(record).length
          const equity = objects(equityJsonLines(record))
          expect(equity).toHaveLength(tradesOf(record).length + 1)
          const deepest = Math.max(...equity.map((row) => Number(row["drawdownPercent"])))
          expect(deepest).toBe(record.statistics.maxDrawdown)
          const last = Number(equity.at(-1)?.["equity"])
          if (record.account !== undefined) expect(last).toBe(record.account.final)
          else expect(100 * (last - 1)).toBe(record.statistics.totalReturn)
        }
      }
      expect(trades).toBeGreaterThan(300)
    }).pipe(Effect.provide(kit))
  )
})

describe("any number of trades", () => {
  const of = (n: number) => ({
    ...document,
    trades: Array.from({ length: n }, (_, i): Trade => trade({ id: `t${i}`, closedAt: i, pnlPercent: (i % 7) - 3 }))
  })
  const lines = (text: string) => text.split("\n").length - 1

  it("comes in pieces of a thousand lines that make the whole", () => {
    for (const n of [0, 1, 999, 1000, 1001, 2500]) {
      const record = of(n)
      for (const [pieces, whole, rows, head] of [
        [tradesCsvPieces, tradesCsv, n, 1],
        [tradesJsonLinesPieces, tradesJsonLines, n, 0],
        [equityCsvPieces, equityCsv, n + 1, 1],
        [equityJsonLinesPieces, equityJsonLines, n + 1, 0]
      ] as const) {
        const all = [...pieces(record)]
        expect(all.map(lines).slice(head)).toEqual(
          Array.from({ length: Math.ceil(rows / 1000) }, (_, i) => Math.min(1000, rows - 1000 * i))
        )
        expect(all.join("")).toBe(whole(record))
        expect(lines(whole(record))).toBe(rows + head)
      }
    }
  })

  it("is written out, 100,000 too", () => {
    const record = of(100_000)
    expect(lines(tradesCsv(record))).toBe(100_001)
    expect(lines(equityJsonLines(record))).toBe(100_001)
    expect(objects(tradesJsonLines(record)).at(-1)).toMatchObject({ id: "t99999" })
  })
})
