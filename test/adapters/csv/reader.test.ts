import { SystemError } from "@effect/platform/Error"
import * as FileSystem from "@effect/platform/FileSystem"
import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem"
import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { inspect, render } from "../../../src/adapters/csv/inspect.js"
import { parse, read } from "../../../src/adapters/csv/reader.js"
import { toCandles } from "../../../src/engine/columns.js"

const t0 = Date.UTC(2022, 0, 1)
const row = (minute: number, rest = "100,101,99,100.5,2") => `${t0 + minute * 60_000},${rest}`

/** Writes a file into a folder that goes with the test, and runs the effect on its path. */
const withFile = <A, E>(text: string, use: (file: string) => Effect.Effect<A, E, FileSystem.FileSystem>) =>
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const file = `${yield* fs.makeTempDirectoryScoped()}/candles.csv`
    yield* fs.writeFileString(file, text)
    return yield* use(file)
  }).pipe(Effect.scoped, Effect.provide(NodeFileSystem.layer))

describe("read", () => {
  it.effect("reads a file of many pieces as parse reads its bytes", () =>
    withFile(
      [
        "time,open,high,low,close,volume",
        ...Array.from({ length: 60_000 }, (_, i) => row(i, `${i + 1}.5,${i + 3},${i},${i + 2}.25,${i}`))
      ].join("\n"),
      (file) =>
        Effect.gen(function* () {
          const found = yield* read(file)
          expect(found.rows).toBe(60_000)
          expect(found.interval).toBe(60_000)
          expect(found.columns.close[59_999]).toBe(60_001.25)
          expect(found.columns.timestamp[59_999]).toBe(t0 + 59_999 * 60_000)
          const bytes = yield* Effect.flatMap(FileSystem.FileSystem, (fs) => fs.readFile(file))
          const whole = yield* parse(bytes, file)
          for (const field of ["timestamp", "open", "high", "low", "close", "volume"] as const) {
            const wrong = whole.columns[field]
              .subarray(0, 60_000)
              .findIndex((value, i) => value !== found.columns[field][i])
            expect(wrong).toBe(-1)
          }
        })
    )
  )

  it.effect("takes options", () =>
    withFile(`${row(0)}\n${row(5)}\n`, (file) =>
      Effect.gen(function* () {
        expect((yield* read(file)).interval).toBe(300_000)
        expect((yield* read(file, { interval: "1m" })).interval).toBe(60_000)
      })
    )
  )

  it.effect("names file and line of a fault", () =>
    withFile(`${row(0)}\n${row(1, "100,x,99,100.5,2")}\n`, (file) =>
      Effect.gen(function* () {
        const error = yield* Effect.flip(read(file))
        expect(error).toMatchObject({ _tag: "FileError", file, row: 2 })
      })
    )
  )

  it.effect("says what is wrong with a path", () =>
    withFile("", (file) =>
      Effect.gen(function* () {
        const reason = (path: string) => Effect.map(Effect.flip(read(path)), (error) => error.reason)
        expect(yield* reason(`${file}.not`)).toBe("there is no such file; check the path")
        expect(yield* reason(file.replace("/candles.csv", ""))).toBe("this is a folder; give a file in it")
        expect(yield* reason(file)).toBe("the file is empty; it needs a row per candle")
      })
    )
  )

  const failing = (reason: "PermissionDenied" | "Busy") =>
    FileSystem.layerNoop({
      open: () => Effect.fail(new SystemError({ reason, module: "FileSystem", method: "open", description: "no luck" }))
    })

  it.effect("says what is wrong with permissions and disks", () =>
    Effect.gen(function* () {
      const denied = yield* Effect.flip(read("a.csv")).pipe(Effect.provide(failing("PermissionDenied")))
      expect(denied.message).toBe("a.csv: reading it is not permitted; change its permissions or run as another user")
      const busy = yield* Effect.flip(read("a.csv")).pipe(Effect.provide(failing("Busy")))
      expect(busy.message).toBe("a.csv: it can't be read (Busy: FileSystem.open: no luck); check the path and the disk")
    })
  )
})

describe("inspect", () => {
  it.effect("sums a sound file up", () =>
    Effect.gen(function* () {
      const minutes = [0, 1, 2, 5, 6, 10, 11, 2000, 2001]
      const lines = minutes.map((minute, i) => row(minute, `100,101,99,100.5,${i < 2 ? 0 : 2.5}`))
      const summary = inspect(yield* parse(new TextEncoder().encode(lines.join("\n")), "a.csv"), { gaps: 2 })
      expect(summary).toEqual({
        file: "a.csv",
        rows: 9,
        first: t0,
        last: t0 + 2001 * 60_000,
        interval: 60_000,
        intervalName: "1m",
        gaps: {
          gaps: 3,
          missing: 1993,
          largest: [
            { from: t0 + 12 * 60_000, to: t0 + 2000 * 60_000, missing: 1988, index: 7 },
            { from: t0 + 7 * 60_000, to: t0 + 10 * 60_000, missing: 3, index: 5 }
          ]
        },
        volume: { column: true, total: 17.5, zero: 2 },
        problems: { count: 0, list: [] },
        dialect:
          "comma-separated without a header; time in column 1 (epoch milliseconds); open, high, low, close in columns 2 to 5; volume in column 6",
        usable: true
      })
      expect(render(summary)).toBe(
        [
          "a.csv: usable",
          "  candles   9 of 1m",
          "  span      2022-01-01 00:00 to 2022-01-02 09:21 UTC (open times)",
          "  gaps      3 gaps, 1,993 candles missing; the widest:",
          "            2022-01-01 00:12 to 2022-01-02 09:20: 1,988 missing",
          "            2022-01-01 00:07 to 2022-01-01 00:10: 3 missing",
          "  volume    17.5000 in total, 2 of the candles without",
          "  problems  none",
          "  format    comma-separated without a header; time in column 1 (epoch milliseconds); open, high, low, close in columns 2 to 5; volume in column 6"
        ].join("\n")
      )
    })
  )

  it.effect("lists the first problems with their lines", () =>
    Effect.gen(function* () {
      const bad = "100,101,99,-1,2"
      const lines = [
        "time,open,high,low,close",
        ...[0, 1, 2, 3, 4, 5].map((m) => row(m, m % 2 === 1 ? bad : "100,101,99,100.5"))
      ]
      const data = yield* parse(new TextEncoder().encode(lines.join("\n")), "b.csv")
      const summary = inspect(data, { problems: 2 })
      expect(summary.usable).toBe(false)
      expect(summary.problems.count).toBe(3)
      expect(summary.problems.list.map((problem) => problem.row)).toEqual([3, 5])
      expect(render(summary)).toBe(
        [
          "b.csv: not usable as it is",
          "  candles   6 of 1m",
          "  span      2022-01-01 00:00 to 2022-01-01 00:05 UTC (open times)",
          "  gaps      none",
          "  volume    no volume column: every volume is 0, so average prices weigh all candles alike",
          "  problems  3 candles; the first:",
          "            line 3: close is -1 and a price must be above 0; mend or remove this candle",
          "            line 5: close is -1 and a price must be above 0; mend or remove this candle",
          "  format    comma-separated with a header; time in column 1 (epoch milliseconds); open, high, low, close in columns 2 to 5; no volume column (volume 0)"
        ].join("\n")
      )
    })
  )

  it.effect("takes the anomaly factor", () =>
    Effect.gen(function* () {
      const text = [row(0), row(1), row(2, "100,101,20,100.5,2")].join("\n")
      const data = yield* parse(new TextEncoder().encode(text), "c.csv")
      expect(inspect(data).usable).toBe(true)
      expect(inspect(data, { anomalyFactor: 4 }).problems.list[0]).toMatchObject({
        row: 3,
        fault: "anomalous",
        field: "low",
        value: 20
      })
      expect(toCandles(data.columns).length).toBe(3)
    })
  )
})
