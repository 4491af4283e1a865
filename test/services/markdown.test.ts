import { describe, expect, it } from "@effect/vitest"
import * as FileSystem from "@effect/platform/FileSystem"
import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem"
import * as NodePath from "@effect/platform-node/NodePath"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { PortfolioDocument } from "../../src/model/document.js"
import { fileName, layer, Markdown } from "../../src/services/Markdown.js"
import { cancelled, closed, over, partial, rejected, scheduled, signal } from "../report/events.fixtures.js"
import { document, empty } from "../report/fixtures.js"

const live = Layer.provideMerge(layer, Layer.merge(NodeFileSystem.layer, NodePath.layer))

const portfolio: PortfolioDocument = {
  version: 1,
  kind: "portfolio",
  statistics: document.statistics,
  runs: [document, { ...empty, run: { ...empty.run, symbol: "ETHUSDT" } }]
}

const events = [
  scheduled(signal(), 100),
  cancelled(signal(), "2024-01-01 02:00"),
  closed(signal(), "2024-01-01 03:00", 1),
  partial("PartialProfit", signal(), "2024-01-01 02:30", 10, 101),
  rejected("2024-01-01 04:00", { violations: [{ code: "risk", message: "too many", profile: "desk" }] })
]

describe("dump", () => {
  it.scoped("writes each report as it reads", () =>
    Effect.gen(function* () {
      const fs = yield* FileSystem.FileSystem
      const folder = yield* fs.makeTempDirectoryScoped()
      const service = yield* Markdown
      const name = fileName(document)
      const measured = service.performance.make()
      measured.observe({ phase: "run", millis: 12 })
      const data = {
        schedule: over(service.schedule.make(), events),
        heat: over(service.heat.make(), events),
        partial: over(service.partial.make({ mode: "live" }), events),
        risk: over(service.risk.make(), events)
      }
      const into = (report: string) => ({ folder: `${folder}/${report}`, name })
      const written = [
        [yield* service.backtest.dump(document, `${folder}/backtest`), service.backtest.markdown(document)],
        [yield* service.portfolio.dump(portfolio, `${folder}/backtest`), service.portfolio.markdown(portfolio)],
        [yield* service.schedule.dump(data.schedule, into("schedule")), service.schedule.markdown(data.schedule)],
        [yield* service.heat.dump(data.heat, into("heat")), service.heat.markdown(data.heat)],
        [yield* service.partial.dump(data.partial, into("partial")), service.partial.markdown(data.partial)],
        [yield* service.risk.dump(data.risk, into("risk")), service.risk.markdown(data.risk)],
        [
          yield* service.performance.dump(measured.data(), into("performance")),
          service.performance.markdown(measured.data())
        ]
      ] as const
      for (const [file, text] of written) expect(yield* fs.readFileString(file)).toBe(text)
      expect(written.map(([file]) => file.slice(folder.length + 1))).toEqual([
        `backtest/${name}.md`,
        `backtest/${fileName(portfolio)}.md`,
        `schedule/${name}.md`,
        `heat/${name}.md`,
        `partial/${name}.md`,
        `risk/${name}.md`,
        `performance/${name}.md`
      ])
    }).pipe(Effect.provide(live))
  )

  it.scoped("takes the columns that are asked for, and any name for the file that it is", () =>
    Effect.gen(function* () {
      const fs = yield* FileSystem.FileSystem
      const folder = yield* fs.makeTempDirectoryScoped()
      const service = yield* Markdown
      const heat = over(service.heat.make(), events)
      const file = yield* service.heat.dump(heat, {
        folder,
        name: "../my heat/of_today",
        columns: ["symbol", "trades"]
      })
      expect(file).toBe(`${folder}/-my-heat-of_today.md`)
      expect(yield* fs.readFileString(file)).toContain("| Symbol        | Trades |\n")
      const trades = yield* service.backtest.dump(document, folder, { columns: ["signalId"] })
      expect(yield* fs.readFileString(trades)).toContain("| Signal ID |\n")
    }).pipe(Effect.provide(live))
  )

  it.scoped("goes to a folder of its own by default", () =>
    Effect.gen(function* () {
      const fs = yield* FileSystem.FileSystem
      const written: Array<string> = []
      const watched = FileSystem.FileSystem.of({
        ...fs,
        makeDirectory: (path) => Effect.sync(() => void written.push(path)),
        open: () => Effect.dieMessage("not to be written")
      })
      const service = yield* Markdown.pipe(
        Effect.provide(Layer.provide(layer, Layer.merge(Layer.succeed(FileSystem.FileSystem, watched), NodePath.layer)))
      )
      const name = "x"
      yield* Effect.forEach(
        [
          service.backtest.dump(document),
          service.portfolio.dump(portfolio),
          service.schedule.dump(service.schedule.make().data(), { name }),
          service.performance.dump(service.performance.make().data(), { name }),
          service.heat.dump(service.heat.make().data(), { name }),
          service.partial.dump(service.partial.make().data(), { name }),
          service.risk.dump(service.risk.make().data(), { name })
        ],
        Effect.exit
      )
      expect(written).toEqual([
        "dump/backtest",
        "dump/backtest",
        "dump/schedule",
        "dump/performance",
        "dump/heatmap",
        "dump/partial",
        "dump/risk"
      ])
    }).pipe(Effect.provide(live))
  )

  it.scoped("says in one line why a file can't be written", () =>
    Effect.gen(function* () {
      const fs = yield* FileSystem.FileSystem
      const folder = yield* fs.makeTempDirectoryScoped()
      const service = yield* Markdown
      yield* fs.writeFileString(`${folder}/risk`, "a file")
      const error = yield* Effect.flip(
        service.risk.dump(service.risk.make().data(), { folder: `${folder}/risk`, name: "x" })
      )
      expect(error._tag).toBe("FileError")
      expect(error.file).toBe(`${folder}/risk/x.md`)
      expect(error.message).not.toContain("\n")
      expect(error.reason).toContain("write elsewhere")
    }).pipe(Effect.provide(live))
  )
})

describe("fileName", () => {
  it("names symbol and strategy, of a portfolio how many there are", () => {
    expect(fileName(document)).toMatch(/^BTCUSDT_sma-cross_[0-9a-f]{8}$/)
    expect(fileName(portfolio)).toMatch(/^portfolio_2x1_[0-9a-f]{8}$/)
    expect(fileName({ ...document, run: { ...document.run, symbol: "../A/B:C", strategy: "" } })).toMatch(
      /^-A-B-C_unnamed_[0-9a-f]{8}$/
    )
  })

  it("is the same for the same run, and another for any other", () => {
    const { run } = document
    const account = { initial: 1000, final: 1010, leverage: 1, peakMargin: 10 }
    const others = [
      { ...document, run: { ...run, seed: 1 } },
      { ...document, run: { ...run, params: { fast: 21 } } },
      { ...document, run: { ...run, fill: "path" } as const },
      { ...document, run: { ...run, settings: { ...run.settings, fee: 0.2 } } },
      { ...document, run: { ...run, dataHash: "0" } },
      // names that become one in a file
      { ...document, run: { ...run, strategy: "sma cross" } },
      // profiles of risk and sizing, which documents tell of by what came of them alone
      { ...document, account },
      { ...document, account: { ...account, final: 1011 } },
      { ...document, rejected: [] }
    ]
    const names = [document, ...others, portfolio, { ...portfolio, account }].map(fileName)
    expect(new Set(names).size).toBe(names.length)
    expect(fileName({ ...document })).toBe(names[0])
  })
})
