import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as fc from "effect/FastCheck"
import { type RunRecord, runsOf } from "../../src/model/document.js"
import { decode, encode } from "../../src/report/record.js"
import { kit } from "../modes/support.js"
import { document, empty, trade } from "./fixtures.js"
import { records } from "./records.fixtures.js"

const reason = (text: string, file?: string): string =>
  Either.match(decode(text, file), { onLeft: ({ message }) => message, onRight: () => "it was read" })

/** The record as JSON, changed. */
const changed = (change: object, record: object = document): string => JSON.stringify({ ...record, ...change })

const read = (text: string): RunRecord => Either.getOrThrow(decode(text))

describe("a record as JSON", () => {
  it("is what it is, and infinity in a word", () => {
    const settings = { ...document.run.settings, maxLifetime: Number.POSITIVE_INFINITY }
    const record: RunRecord = { ...empty, run: { ...empty.run, settings } }
    const text = encode(record)
    expect(text).toContain('{"version":1,"kind":"backtest","run":{"symbol":"BTCUSDT","strategy":"sma-cross",')
    expect(text).toContain('"maxLifetime":"infinite","signalTimeout":180,')
    expect(text).toContain('"sharpeRatio":null')
    expect(text).not.toContain("\n")
    expect(encode(record, 2).split("\n").slice(0, 4)).toEqual([
      "{",
      '  "version": 1,',
      '  "kind": "backtest",',
      '  "run": {'
    ])
    expect(read(text)).toEqual(record)
    expect(read(encode(record, 2))).toEqual(record)
  })

  it("has infinity in every setting that may be without a limit", () => {
    for (const name of ["awaitMinutes", "maxLifetime", "signalTimeout", "anomalyFactor", "periodsPerYear"]) {
      const settings = { ...document.run.settings, [name]: Number.POSITIVE_INFINITY }
      const run = { ...document, run: { ...document.run, settings } }
      const { statistics, version } = run
      for (const record of [run, { version, kind: "portfolio", statistics, runs: [run, document] } as const]) {
        expect(encode(record)).toContain(`"${name}":"infinite"`)
        expect(read(encode(record))).toEqual(record)
      }
    }
  })

  it("keeps the order of its keys", () => {
    const backwards = (json: unknown): unknown =>
      Array.isArray(json)
        ? json.map(backwards)
        : typeof json === "object" && json !== null
          ? Object.fromEntries(
              Object.entries(json)
                .map(([key, value]) => [key, backwards(value)])
                .toReversed()
            )
          : json
    const text = JSON.stringify(backwards(JSON.parse(encode(document))))
    expect(text).toMatch(/^\{"shifted":0,"skipped":0,/)
    expect(encode(read(text))).toBe(text)
  })

  it("keeps what only looks like infinity", () => {
    const record: RunRecord = {
      ...document,
      run: { ...document.run, params: { settings: { maxLifetime: "infinite" }, maxLifetime: "infinite" } },
      trades: [trade({ minuteEstimatedTime: "infinite", note: "infinite" })]
    }
    expect(read(encode(record))).toEqual(record)
  })

  it.effect("of a real run reads back the same, and writes back the same to the letter", () =>
    Effect.gen(function* () {
      const holds = { infinite: 0, endless: 0, partials: 0, stops: 0, money: 0, violations: 0, failed: 0, missing: 0 }
      for (const seed of [1, 2, 3]) {
        const made = yield* records(seed)
        expect(made).toHaveLength(7)
        for (const record of made) {
          for (const indent of [undefined, 2]) {
            const text = encode(record, indent)
            const back = read(text)
            expect(encode(back, indent)).toBe(text)
            // but for the sign of zero, which JSON does not keep
            expect(plain(back)).toEqual(plain(record))
          }
          for (const { cancelled, failed, rejected, run, statistics, trades } of runsOf(record)) {
            if (run.settings.maxLifetime === Number.POSITIVE_INFINITY) holds.infinite++
            holds.endless += trades.filter((each) => each.minuteEstimatedTime === "infinite").length
            holds.partials += trades.filter(({ partials }) => partials !== undefined).length
            holds.stops += trades.filter(({ stops }) => stops !== undefined).length
            holds.money += trades.filter(({ money }) => money !== undefined).length
            holds.violations += [...cancelled, ...rejected].filter(({ violations }) => violations !== undefined).length
            holds.failed += failed.length
            if (statistics.sharpeRatio === null) holds.missing++
          }
        }
      }
      for (const [what, count] of Object.entries(holds)) expect(count, what).toBeGreaterThan(0)
    }).pipe(Effect.provide(kit))
  )

  it("keeps any finite number to the last bit", () => {
    const float = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)
    fc.assert(
      fc.property(float, float, float, fc.string(), (a, b, c, note) => {
        const record: RunRecord = {
          ...document,
          run: { ...document.run, firstOpen: a, settings: { ...document.run.settings, fee: b } },
          statistics: { ...document.statistics, sharpeRatio: c },
          trades: [trade({ pnlPercent: a, pnlInterval: [b, c], note })]
        }
        expect(read(encode(record))).toEqual(record)
      })
    )
  })

  it("leaves out what its version does not know", () => {
    expect(read(changed({ surprise: 1 }))).toEqual(document)
  })
})

/** Without the signs of zeros. */
const plain = (value: unknown): unknown => {
  if (typeof value === "number") return value + 0
  if (Array.isArray(value)) return value.map(plain)
  return typeof value === "object" && value !== null
    ? Object.fromEntries(
        Object.entries(value).flatMap(([key, each]) => (each === undefined ? [] : [[key, plain(each)]]))
      )
    : value
}

describe("what is no record", () => {
  const { version: _, ...unversioned } = document
  const give = "give what --json printed, or the .json file that --out wrote"
  const broken = "the file was changed or cut: run it again"
  const table: ReadonlyArray<readonly [string, string]> = [
    ["", `it is not JSON, or only a part of it; ${give}`],
    ["timestamp,open\n1,2", `it is not JSON, or only a part of it; ${give}`],
    [encode(document).slice(0, -1), `it is not JSON, or only a part of it; ${give}`],
    ["null", `it is no record of a run; ${give}`],
    ["7", `it is no record of a run; ${give}`],
    ["[]", `it is no record of a run; ${give}`],
    ['{"version":1}', `it is no record of a run; ${give}`],
    [JSON.stringify(unversioned), "it was written before records had a version; run it again to get a new one"],
    [
      changed({ version: 7 }),
      "it was written by a newer version (version 7; this program reads 1); update effect-backtest"
    ],
    [
      changed({ version: 7, kind: "dream", trades: 5 }),
      "it was written by a newer version (version 7; this program reads 1); update effect-backtest"
    ],
    [changed({ version: 0 }), "its version is 0, and this program reads 1; run it again"],
    [changed({ version: "1" }), 'its version is "1", and this program reads 1; run it again'],
    [changed({ version: null }), "its version is null, and this program reads 1; run it again"],
    [changed({ kind: "live" }), `its kind is "live", and must be "backtest" or "portfolio"; ${give}`],
    [changed({ kind: undefined }), `its kind is missing, and must be "backtest" or "portfolio"; ${give}`],
    [changed({ trades: undefined }), `trades can't be what it is (missing); ${broken}`],
    [changed({ trades: 5 }), `trades can't be what it is (5); ${broken}`],
    [
      changed({ trades: [trade({}), { ...trade({}), pnlPercent: "1" }] }),
      `trades.1.pnlPercent can't be what it is ("1"); ${broken}`
    ],
    [
      changed({ run: { ...document.run, settings: { ...document.run.settings, fee: "infinite" } } }),
      `run.settings.fee can't be what it is ("infinite"); ${broken}`
    ],
    [
      changed({ run: { ...document.run, settings: { ...document.run.settings, maxLifetime: "long" } } }),
      `run.settings.maxLifetime can't be what it is ("long"); ${broken}`
    ],
    [
      JSON.stringify({ version: 1, kind: "portfolio", statistics: document.statistics, runs: [document, unversioned] }),
      `runs.1.version can't be what it is (missing); ${broken}`
    ]
  ]
  it.each(table.map(([text, wanted]) => [wanted, text] as const))("%#: %s", (wanted, text) => {
    expect(reason(text, "run.json")).toBe(`run.json: ${wanted}`)
  })

  it("is called the record where it has no file", () => {
    expect(reason("{}")).toBe(`the record: it is no record of a run; ${give}`)
  })

  it("gives one line, whatever it is, and never throws", () => {
    const text = encode({ ...document, run: { ...document.run, symbol: "S\nT" } })
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.nat(text.length).map((length) => text.slice(0, length)),
          // one value anywhere in the record is replaced by another
          fc.tuple(fc.nat(), fc.jsonValue()).map(([at, value]) => replaced(JSON.parse(text), at, value))
        ),
        (given) => {
          const result = decode(given)
          if (Either.isRight(result)) expect(read(encode(result.right))).toEqual(result.right)
          else {
            expect(result.left._tag).toBe("FileError")
            expect(result.left.message).toMatch(/^the record: [^\n]{10,300}$/)
          }
        }
      ),
      { numRuns: 500 }
    )
  })
})

/** JSON with the value at one of its places replaced. */
const replaced = (json: unknown, place: number, value: unknown): string => {
  const total = count(json)
  let left = place % total
  return JSON.stringify(json, (_, each: unknown) => (left-- === 0 ? value : each))
}

const count = (json: unknown): number => {
  let places = 0
  JSON.stringify(json, (_, each: unknown) => {
    places++
    return each
  })
  return places
}
