import { describe, expect, it } from "@effect/vitest"
import * as Either from "effect/Either"
import * as FastCheck from "effect/FastCheck"
import { describe as describeDialect } from "../../../src/adapters/csv/dialect.js"
import type { CsvData } from "../../../src/adapters/csv/parser.js"
import { make } from "../../../src/adapters/csv/parser.js"
import type { CsvOptions } from "../../../src/adapters/csv/reader.js"
import { locate, parse } from "../../../src/adapters/csv/reader.js"
import { firstProblem } from "../../../src/engine/check.js"
import { toCandles } from "../../../src/engine/columns.js"
import type { Candle } from "../../../src/model/candle.js"

const encode = (text: string) => new TextEncoder().encode(text)
const parseText = (text: string, options?: CsvOptions) => parse(encode(text), "x.csv", options)
const data = (text: string, options?: CsvOptions): CsvData =>
  Either.getOrThrowWith(parseText(text, options), (error) => error)
const message = (text: string | Uint8Array, options?: CsvOptions): string =>
  Either.match(parse(typeof text === "string" ? encode(text) : text, "x.csv", options), {
    onLeft: (error) => error.message,
    onRight: () => "no error"
  })

const t0 = Date.UTC(2022, 0, 31, 5, 6)
const two: ReadonlyArray<Candle> = [
  { timestamp: t0, open: 46319.5, high: 46385, low: 46318, close: 46377.25, volume: 12.5 },
  { timestamp: t0 + 60_000, open: 46377.25, high: 46411, low: 46370.1, close: 46400, volume: 0 }
]
const withoutVolume = two.map((candle) => ({ ...candle, volume: 0 }))
const a = "46319.5,46385,46318,46377.25,12.5"
const b = "46377.25,46411,46370.1,46400,0"

describe("dialects", () => {
  it.each<[string, string, string]>([
    [
      "header, ISO time",
      `timestamp,open,high,low,close,volume\n2022-01-31 05:06:00.000,${a}\n2022-01-31 05:07:00.000,${b}\n`,
      "comma-separated with a header; time in column 1 (calendar time without a zone, read as UTC); open, high, low, close in columns 2 to 5; volume in column 6"
    ],
    [
      "zone",
      `Date,Open,High,Low,Close,Volume\n2022-01-31T06:06:00+01:00,${a}\n2022-01-31T06:07:00+01:00,${b}`,
      "comma-separated with a header; time in column 1 (calendar time with a zone); open, high, low, close in columns 2 to 5; volume in column 6"
    ],
    [
      "no header, epoch ms",
      `1643605560000,${a}\n1643605620000,${b}\n`,
      "comma-separated without a header; time in column 1 (epoch milliseconds); open, high, low, close in columns 2 to 5; volume in column 6"
    ],
    [
      "exchange dump with 12 columns",
      `1643605560000000,${a},1643605619999999,1.5,79,3.5,0.5,0\r\n1643605620000000,${b},1643605679999999,0,0,0,0,0\r\n`,
      "comma-separated without a header; time in column 1 (epoch microseconds); open, high, low, close in columns 2 to 5; volume in column 6"
    ],
    [
      "unit that changes half-way",
      `1643605560000,${a}\n1643605620000000,${b}\n`,
      "comma-separated without a header; time in column 1 (epoch milliseconds); open, high, low, close in columns 2 to 5; volume in column 6"
    ],
    [
      "epoch seconds, semicolons, CRLF, byte order mark",
      `\uFEFF"Unix";"Open";"High";"Low";"Close";"Vol"\r\n1643605560;${a.replaceAll(",", ";")}\r\n1643605620;${b.replaceAll(",", ";")}\r\n\r\n`,
      "semicolon-separated with a header; time in column 1 (epoch seconds); open, high, low, close in columns 2 to 5; volume in column 6"
    ],
    [
      "nanoseconds, tabs",
      `ts\to\th\tl\tc\tv\n1643605560000000000\t${a.replaceAll(",", "\t")}\n1643605620000000000\t${b.replaceAll(",", "\t")}`,
      "tab-separated with a header; time in column 1 (epoch nanoseconds); open, high, low, close in columns 2 to 5; volume in column 6"
    ],
    [
      "columns in any order, newest first, a line before the header",
      "https://www.example.com\nunix,date,symbol,close,low,high,open,Volume USDT,Volume BTC,tradecount\n" +
        "1643605620000,2022-01-31 05:07,BTC/USDT,46400,46370.1,46411,46377.25,7,0,9\n1643605560000,x,BTC/USDT,46377.25,46318,46385,46319.5,8,12.5,9\n",
      "comma-separated with a header; 1 line before it skipped; time in column 1 (epoch milliseconds); open, high, low, close in columns 7, 6, 5, 4; volume in column 9; newest first, turned round"
    ],
    [
      "date and time apart",
      `2022.01.31,05:06,${a}\n2022.01.31,05:07,${b}\n`,
      "comma-separated without a header; time in columns 1 and 2 (calendar time without a zone, read as UTC); open, high, low, close in columns 3 to 6; volume in column 7"
    ],
    [
      "date and time apart, by name, compact",
      `<TICKER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>\nBTC,20220131,050600,${a}\nBTC,20220131,050700,${b}\n`,
      "comma-separated with a header; time in columns 2 and 3 (calendar time without a zone, read as UTC); open, high, low, close in columns 4 to 7; volume in column 8"
    ],
    [
      "date and time far apart and quoted",
      `date,open,high,low,close,volume,time\n"2022-01-31",${a},"05:06"\n"2022-01-31",${b},"05:07"\n`,
      "comma-separated with a header; time in columns 1 and 7 (calendar time without a zone, read as UTC); open, high, low, close in columns 2 to 5; volume in column 6"
    ],
    [
      "date and time apart, quoted and compact",
      `date,time,open,high,low,close,volume\n"20220131","050600",${a}\n"20220131","050700",${b}\n`,
      "comma-separated with a header; time in columns 1 and 2 (calendar time without a zone, read as UTC); open, high, low, close in columns 3 to 6; volume in column 7"
    ],
    [
      "nameless index column",
      `,open,high,low,close,volume\n2022-01-31 05:06:00,${a}\n2022-01-31 05:07:00,${b}\n`,
      "comma-separated with a header; time in column 1 (calendar time without a zone, read as UTC); open, high, low, close in columns 2 to 5; volume in column 6"
    ],
    [
      "comment, blanks around fields and a doubled quote",
      `# a, b, c, d, e\ntime, open, high, low, close, volume, note\n 1643605560 , ${a} ,"say ""a, b"""\n 1643605620, ${b},\n`,
      "comma-separated with a header; 1 line before it skipped; time in column 1 (epoch seconds); open, high, low, close in columns 2 to 5; volume in column 6"
    ],
    [
      "exponents",
      `1.64360556e9|4.63195e4|4.6385E+04|46318.0e0|4637725e-2|1.25e+1\n1643605620.0|46377.25|46411|46370.1|4.64e04|0e5\n`,
      "bar-separated without a header; time in column 1 (epoch seconds); open, high, low, close in columns 2 to 5; volume in column 6"
    ]
  ])("reads %s", (_, text, sentence) => {
    const found = data(text)
    expect(toCandles(found.columns)).toEqual(two)
    expect(found.interval).toBe(60_000)
    expect(found.rows).toBe(2)
    expect(describeDialect(found.dialect)).toBe(sentence)
  })

  it("reads a file without volume as volume 0, and says so", () => {
    const found = data(
      "timestamp,open,high,low,close\n2022-01-31 05:06:00,46319.5,46385,46318,46377.25\n2022-01-31 05:07:00,46377.25,46411,46370.1,46400\n"
    )
    expect(toCandles(found.columns)).toEqual(withoutVolume)
    expect(describeDialect(found.dialect)).toContain("no volume column (volume 0)")
  })

  it("reads rows of a date and a time by their names even when a price looks like a time", () => {
    const found = data("20220131,1200,1201,1199,1200,5\n20220201,1200,1201,1199,1200,5\n")
    expect(found.columns.open[0]).toBe(1200)
    expect(found.interval).toBe(86_400_000)
  })

  it("reads 14 digits as date and time", () => {
    expect(toCandles(data(`20220131050600,${a}\n20220131050700,${b}\n`).columns)).toEqual(two)
  })

  it.each([
    "0",
    "0.0",
    "00012.50",
    ".5",
    "5.",
    "9007199254740991",
    "9007199254740993",
    "0.1234567890123456789012",
    "1e22",
    "1e23",
    "5e-22",
    "1e25",
    "123456789e22",
    "3e-23",
    "7.1e-30",
    "1e308",
    "5e-324",
    "1e400",
    "2.8530000000000003e-05",
    "1E5",
    "1e+05",
    "1e005",
    "1e0005",
    "179769313486231570000",
    "+1.5",
    "-1.5"
  ])("reads %s as Number does, plain or quoted", (text) => {
    const found = data(`1643605560,${text},"${text}",${text},${text},${text}\n1643605620,1,1,1,1,1\n`).columns
    for (const values of [found.open, found.high, found.low, found.close, found.volume]) {
      expect(Object.is(values[0], Number(text))).toBe(true)
    }
  })

  it.each([
    "",
    ".",
    "-",
    "1e",
    "1e+",
    "e5",
    "1e5x",
    "1x",
    "0x10",
    "1 2",
    "1.2.3",
    "--1",
    "1_000",
    "five",
    "1e1e1",
    '1"2'
  ])("refuses %j as a price", (text) => {
    expect(message(`1643605560,${text},1,1,1,1\n1643605620,1,1,1,1,1\n`)).toMatch(/^x\.csv:1: open \(column 2\) is /)
    expect(message(`time,open,high,low,close,volume\n1643605560,1,1,1,1,${text}\n`)).toMatch(
      /^x\.csv:2: volume \(column 6\) is /
    )
  })

  it("takes no date without its time of day for midnight", () => {
    const names = "open,high,low,close,date,time\n"
    expect(message(`${names}1,1,1,1,2022-01-31,05:06\n1,1,1,1,2022-01-31\n`)).toMatch(
      /^x\.csv:3: the row has 5 columns and needs 6/
    )
    expect(message(`${names}1,1,1,1,"2022-01-31,05:06"\n`)).toMatch(/^x\.csv:2: the row has 5 columns and needs 6/)
    expect(message(`${names}1,1,1,1,2022-01-31,\n`)).toMatch(/^x\.csv:2: time \(column 5\) is "2022-01-31 "/)
  })

  it("follows what the caller knows better", () => {
    const odd = `BTC,${b.split(",").toReversed().join(",")},1643605620000\nBTC,${a.split(",").toReversed().join(",")},1643605560000\n`
    const columns = ["symbol", "volume", "close", "low", "high", "open", "timestamp"]
    expect(toCandles(data(odd, { columns }).columns)).toEqual(two)
    expect(toCandles(data(`what,ever,is,up,here,now,then\n${odd}`, { columns, header: true }).columns)).toEqual(two)
    expect(data(`1643605560,${a}\n1643605620,${b}\n`, { timeUnit: "ms", interval: "5m" })).toMatchObject({
      interval: 300_000,
      rows: 2
    })
    expect(data(`1643605560,${a}\n1643605620,${b}\n`, { timeUnit: "ms", interval: "5m" }).columns.timestamp[1]).toBe(
      1_643_605_620
    )
    expect(data(`20220131,${a}\n20280131,${b}\n`, { timeUnit: "s", interval: "1d" }).columns.timestamp[0]).toBe(
      20_220_131_000
    )
    expect(toCandles(data(`1643605560,${a}\n`, { interval: "1m", delimiter: "," }).columns)).toEqual(two.slice(0, 1))
  })
})

describe("faults of a file", () => {
  const header = "timestamp,open,high,low,close,volume\n"
  it.each<[string, string | Uint8Array, string]>([
    ["empty", "", "x.csv: the file is empty; it needs a row per candle"],
    ["blank", "\n \r\n", "x.csv: the file is empty; it needs a row per candle"],
    ["header only", header, "x.csv:1: there is a header and no row after it; the file needs a row per candle"],
    [
      "text in a price",
      `${header}1643605560,${a}\n1643605620,46377.25,oops,46370.1,46400,0\n`,
      'x.csv:3: high (column 3) is "oops", not a number; mend it, or name the columns if this is another one'
    ],
    [
      "text in the first row's price",
      `1643605560,${a.replace("46385", "oops")}\n`,
      'x.csv:1: high (column 3) is "oops", not a number; mend it, or name the columns if this is another one'
    ],
    [
      "empty price",
      `${header}1643605560,46319.5,,46318,46377.25,12.5\n`,
      "x.csv:2: high (column 3) is empty; write a number there, or remove the row"
    ],
    [
      "decimal comma",
      "1643605560;46319,5;46385;46318;46377,25;12,5\n",
      'x.csv:1: open (column 2) is "46319,5"; write it with a decimal point and without thousands separators'
    ],
    [
      "two points",
      `${header}1643605560,46.319.5,46385,46318,46377.25,12.5\n`,
      'x.csv:2: open (column 2) is "46.319.5", not a number; mend it, or name the columns if this is another one'
    ],
    [
      "cut off",
      `${header}1643605560,${a}\n\n1643605620,46377.25,464`,
      "x.csv:4: the row has 3 columns and needs 6; mend it, or remove it where the file was cut off"
    ],
    [
      "unclosed quote",
      `${header}1643605560,"46319.5,46385,46318,46377.25,12.5\n`,
      "x.csv:2: the row has 2 columns and needs 6; mend it, or remove it where the file was cut off"
    ],
    [
      "no time",
      `${header}31/01/2022 05:06,${a}\n`,
      'x.csv:2: time (column 1) is "31/01/2022 05:06"; write it as 2022-01-31 05:06:00, with or without a zone, or as epoch s, ms, us or ns'
    ],
    [
      "empty time",
      `${header},${a}\n`,
      "x.csv:2: time (column 1) is empty; write the open time there, or remove the row"
    ],
    [
      "no close",
      "timestamp,open,high,low,price\n1,2,3,4,5\n",
      'x.csv:1: no column is named close (found "timestamp", "open", "high", "low", "price"); rename them, or name the columns'
    ],
    [
      "too narrow",
      "timestamp,price,volume\n1,2,3\n",
      "x.csv:1: the row has 3 columns and a candle needs time, open, high, low and close, separated by comma, semicolon, tab or bar; give a file of candles"
    ],
    ["one candle", `1643605560,${a}\n`, "x.csv: the interval can't be told from one time; give it"],
    [
      "odd interval",
      `1643605560,${a}\n1643605560,${b}\n1643605680,${b}\n`,
      "x.csv:3: the smallest distance between two candles is 2 min, which is no candle interval (1m 3m 5m 15m 30m 1h 2h 4h 6h 8h 12h 1d); mend the time, or give the interval"
    ],
    [
      "old line ends",
      `1643605560,${a}\r1643605620,${b}\r`,
      "x.csv: lines end in CR alone; save the file with LF or CRLF line ends"
    ],
    ["zip", Uint8Array.of(0x50, 0x4b, 3, 4), "x.csv: the file is compressed; unpack it first"],
    ["gzip", Uint8Array.of(0x1f, 0x8b, 8, 0), "x.csv: the file is compressed; unpack it first"],
    ["UTF-16", Uint8Array.of(0xff, 0xfe, 49, 0), "x.csv: the file is UTF-16; save it as UTF-8"],
    [
      "binary",
      Uint8Array.of(80, 65, 82, 49, 0, 0, 10),
      "x.csv: the file is binary; give a text file with a row per candle"
    ],
    [
      "no line end at all",
      "x".repeat(100_000),
      "x.csv: the first line is longer than 64 KiB; give a text file with a row per candle"
    ]
  ])("%s", (_, text, expected) => expect(message(text)).toBe(expected))

  it("says which names are missing among the ones given", () => {
    expect(message(`1643605560,${a}\n`, { columns: ["time", "open", "high"] })).toBe(
      "x.csv:1: the columns given lack low, close; name all of them"
    )
    expect(message(`timestamp,open,high,low,close,volume\n1643605560,${a}\n`, { header: false })).toBe(
      'x.csv:1: time (column 1) is "timestamp"; write it as 2022-01-31 05:06:00, with or without a zone, or as epoch s, ms, us or ns'
    )
  })

  it("finds a line too long for a row of candles", () => {
    const parser = make("x.csv", 0)
    parser.push(encode(`${header}1643605560,${a}\n`.padEnd(70_000, "\n")))
    const part = encode("9".repeat(600_000))
    expect(parser.push(part)).toBeUndefined()
    expect(parser.push(part)?.message).toBe(
      "x.csv: a line is longer than 1 MiB; give a text file with a row per candle"
    )
  })
})

describe("what is left to the data check", () => {
  const rows = (...times: ReadonlyArray<number>) => times.map((m) => `${1_643_605_560 + m * 60},${a}\n`).join("")

  it("names file and line, past blank lines and header", () => {
    const text = `time,open,high,low,close,volume\n\n${rows(0, 1)}\r\n\n${rows(2)}${rows(3).replace(",12.5", ",-1")}${rows(4)},,,,,\n\n`
    const found = data(text)
    expect([0, 1, 2, 3, 4].map(found.rowOf)).toEqual([3, 4, 7, 8, 9])
    const problem = firstProblem(found.columns, { interval: found.interval, anomalyFactor: 1000 })
    expect(problem === undefined ? undefined : locate(found, problem, "BTC").message).toBe(
      "x.csv:8: volume is -1 and must not be below 0; mend it, or write 0 where it is unknown"
    )
  })

  it("counts lines from the end where the newest is first", () => {
    const found = data(`\n${rows(4, 3)}\n${rows(2, 1, 0)}`)
    expect(found.dialect.order).toBe("descending")
    expect([0, 1, 2, 3, 4].map(found.rowOf)).toEqual([7, 6, 5, 3, 2])
    expect([...found.columns.timestamp.subarray(0, 2)]).toEqual([1_643_605_560_000, 1_643_605_620_000])
  })

  it("leaves mixed order, doubles and values that are not finite as they are", () => {
    const mixed = data(rows(2, 1, 0, 3))
    expect(mixed.dialect.order).toBe("ascending")
    expect(firstProblem(mixed.columns, { interval: 60_000, anomalyFactor: 1000 })).toMatchObject({
      index: 1,
      fault: "unordered"
    })
    const doubled = data(rows(0, 1, 1, 2))
    expect(firstProblem(doubled.columns, { interval: 60_000, anomalyFactor: 1000 })).toMatchObject({
      index: 2,
      fault: "duplicate"
    })
    const broken = data(`${rows(0)}1643605620,NaN,-inf,Infinity,-5,-0.0\n`)
    expect(toCandles(broken.columns)[1]).toEqual({
      timestamp: t0 + 60_000,
      open: Number.NaN,
      high: Number.NEGATIVE_INFINITY,
      low: Number.POSITIVE_INFINITY,
      close: -5,
      volume: -0
    })
  })
})

describe("properties", () => {
  const price = FastCheck.oneof(
    FastCheck.double({ noNaN: true, noDefaultInfinity: true }),
    FastCheck.double({ min: 1e-9, max: 1e6, noNaN: true }),
    FastCheck.integer({ min: 0, max: 10_000_000 }).map((cents) => cents / 100)
  )
  /** How one number may be written. */
  const written = (value: number, style: number): string =>
    style === 0
      ? String(value)
      : style === 1
        ? value.toExponential()
        : Math.abs(value) < 1e6
          ? value.toFixed(style)
          : String(value)
  const times = [
    (t: number) => String(t / 1000),
    (t: number) => String(t),
    (t: number) => `${t}000`,
    (t: number) => `${t}000000`,
    (t: number) => new Date(t).toISOString(),
    (t: number) => new Date(t).toISOString().slice(0, 16).replace("T", " "),
    (t: number) => `${new Date(t + 7_200_000).toISOString().slice(0, 19)}+02:00`,
    (t: number) =>
      new Date(t)
        .toISOString()
        .replaceAll(/[-:]|\.000Z/g, "")
        .replace("T", " ")
  ]
  const file = FastCheck.record({
    rows: FastCheck.array(FastCheck.tuple(price, price, price, price, price), { minLength: 2, maxLength: 40 }),
    style: FastCheck.constantFrom(0, 1, 2, 8),
    time: FastCheck.constantFrom(...times),
    delimiter: FastCheck.constantFrom(",", ";", "\t", "|"),
    header: FastCheck.boolean(),
    end: FastCheck.constantFrom("\n", "\r\n"),
    last: FastCheck.constantFrom("", "end", "end end"),
    quote: FastCheck.constantFrom("", '"'),
    blank: FastCheck.constantFrom("", "", " "),
    descending: FastCheck.boolean()
  }).map(({ blank, delimiter, descending, end, header, last, quote, rows, style, time }) => {
    const lines = rows.map((values, i) =>
      [time(t0 + i * 60_000), ...values.map((value) => written(value, style))]
        .map((text) => `${blank}${quote}${text}${quote}`)
        .join(delimiter)
    )
    const names = ["time", "open", "high", "low", "close", "volume"].join(delimiter)
    const text =
      [...(header ? [names] : []), ...(descending ? lines.toReversed() : lines)].join(end) +
      last.replaceAll(/end ?/g, end)
    const expected = rows.map((values, i) => [t0 + i * 60_000, ...values.map((value) => Number(written(value, style)))])
    return { text, expected }
  })

  it("reads back the same doubles from any dialect, however the file is cut", () => {
    FastCheck.assert(
      FastCheck.property(
        file,
        FastCheck.infiniteStream(FastCheck.integer({ min: 1, max: 400 })),
        ({ expected, text }, sizes) => {
          const bytes = encode(text)
          const parser = make("x.csv", 0)
          for (let from = 0; from < bytes.length;) {
            const size = sizes.next().value
            const chunk = bytes.slice(from, from + size)
            expect(parser.push(chunk)).toBeUndefined()
            // A reader uses its buffer again.
            chunk.fill(120)
            from += size
          }
          const { columns } = Either.getOrThrowWith(parser.finish(), (error) => error)
          const found = toCandles(columns).map((c) => [c.timestamp, c.open, c.high, c.low, c.close, c.volume])
          expect(found.length).toBe(expected.length)
          found.forEach((row, i) => row.forEach((value, j) => expect(Object.is(value, expected[i][j])).toBe(true)))
        }
      ),
      { numRuns: 400 }
    )
  })

  it("reads a file longer than the head it detects from, cut anywhere, as in one piece", () => {
    const lines = Array.from({ length: 3000 }, (_, i) => `${t0 + i * 60_000},${i}.5,${i + 1}.25,${i},${i}.75,${i * 3}`)
    const bytes = encode(`timestamp,open,high,low,close,volume\n${lines.join("\n")}`)
    for (const size of [777, 65_535, 65_536, 65_537, 100_000, bytes.length]) {
      const parser = make("x.csv", 0)
      const buffer = new Uint8Array(size)
      for (let from = 0; from < bytes.length; from += size) {
        const piece = bytes.subarray(from, from + size)
        buffer.set(piece)
        expect(parser.push(buffer.subarray(0, piece.length))).toBeUndefined()
        buffer.fill(120)
      }
      const found = Either.getOrThrowWith(parser.finish(), (error) => error)
      expect(found.rows).toBe(3000)
      expect(found.rowOf(2999)).toBe(3001)
      const candles = toCandles(found.columns)
      const wrong = candles.findIndex(
        (c, i) =>
          c.timestamp !== t0 + i * 60_000 ||
          c.open !== i + 0.5 ||
          c.high !== i + 1.25 ||
          c.low !== i ||
          c.close !== i + 0.75 ||
          c.volume !== i * 3
      )
      expect(wrong).toBe(-1)
    }
  })

  it("names the right line of a fault wherever the file is cut", () => {
    const lines = Array.from({ length: 3000 }, (_, i) => (i === 2500 ? "1,2,3" : `${t0 + i * 60_000},${a}`))
    const bytes = encode(lines.join("\n"))
    for (const size of [1000, 65_536, bytes.length]) {
      const parser = make("x.csv", bytes.length)
      let error
      for (let from = 0; from < bytes.length && error === undefined; from += size)
        error = parser.push(bytes.slice(from, from + size))
      expect(error?.row).toBe(2501)
    }
  })
})
