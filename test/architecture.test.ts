import { describe, expect, it } from "@effect/vitest"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import path from "node:path"
import ts from "typescript"
import { type Finding, forbiddenIn, type Import, importsOf, parse, tagsOf, valuesTaken } from "./syntax.js"

/** Rooms from low to high: a file imports from its own room or from lower ones. `api` stands for `src/*.ts`. */
const heights: Record<string, number> = {
  model: 0,
  engine: 1,
  persistence: 2,
  clients: 3,
  adapters: 3,
  report: 3,
  services: 4,
  modes: 5,
  api: 6,
  cli: 7
}
const folders = Object.keys(heights).filter((room) => room !== "api")

const heightOf = (room: string): number => heights[room] ?? Number.NaN
const roomOf = (file: string): string => (file.includes("/") ? (file.split("/")[0] ?? "") : "api")

const files = readdirSync("src", { recursive: true, encoding: "utf8" })
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => file.endsWith(".ts"))
  .toSorted()
const sources = new Map(files.map((file) => [file, parse(file, readFileSync(path.join("src", file), "utf8"))]))
const modules = files.filter((file) => roomOf(file) === "api" && file !== "index.ts")

/** The file of ours an import leads to, or undefined for a package. */
const targetOf = (file: string, specifier: string): string | undefined =>
  specifier.startsWith(".")
    ? path.posix.join(path.posix.dirname(file), specifier.replace(/\.js$/, ".ts"))
    : /^effect-backtest(\/|$)/.test(specifier)
      ? `${specifier.split("/").slice(1).join("/") || "index"}.ts`
      : undefined

const problems = (check: (file: string, source: ts.SourceFile) => ReadonlyArray<Finding>): ReadonlyArray<string> =>
  [...sources].flatMap(([file, source]) => check(file, source).map(({ line, what }) => `src/${file}:${line} ${what}`))

/** Imports of one file that point up, sideways or out of `src`. */
const upward = (file: string, imports: ReadonlyArray<Import>): ReadonlyArray<Finding> =>
  imports.flatMap(({ line, specifier }) => {
    const target = targetOf(file, specifier)
    if (target === undefined) return []
    const [from, to] = [roomOf(file), roomOf(target)]
    return from === to || heightOf(to) < heightOf(from) ? [] : [{ line, what: `${from} must not import ${specifier}` }]
  })

/** The first cycle through a graph as a path that ends where it began, or undefined. */
const cycleIn = (graph: ReadonlyMap<string, ReadonlyArray<string>>): ReadonlyArray<string> | undefined => {
  const done = new Set<string>()
  const follow = (file: string, trail: ReadonlyArray<string>): ReadonlyArray<string> | undefined => {
    if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file]
    if (done.has(file)) return undefined
    for (const next of graph.get(file) ?? []) {
      const cycle = follow(next, [...trail, file])
      if (cycle !== undefined) return cycle
    }
    done.add(file)
    return undefined
  }
  for (const file of graph.keys()) {
    const cycle = follow(file, [])
    if (cycle !== undefined) return cycle
  }
  return undefined
}

describe("imports", () => {
  it("stay within the known rooms and lead to a file", () => {
    expect(files.length).toBeGreaterThan(0)
    expect(files.filter((file) => Number.isNaN(heightOf(roomOf(file))))).toEqual([])
    expect(
      problems((file, source) =>
        importsOf(source).flatMap(({ line, specifier }) => {
          const target = targetOf(file, specifier)
          return target === undefined || sources.has(target) ? [] : [{ line, what: `no such file: ${specifier}` }]
        })
      )
    ).toEqual([])
  })

  it("point down only", () => {
    expect(problems((file, source) => upward(file, importsOf(source)))).toEqual([])
  })

  it("make no cycle, not even of types", () => {
    const graph = new Map(
      [...sources].map(([file, source]) => [
        file,
        importsOf(source).flatMap(({ specifier }) => targetOf(file, specifier) ?? [])
      ])
    )
    expect(cycleIn(graph)?.join(" -> ")).toBeUndefined()
  })

  it("bring clients neither Layers nor Tags", () => {
    const tags = new Map([...sources].map(([file, source]) => [file, tagsOf(source)]))
    const clients = [...sources].filter(([file]) => roomOf(file) === "clients")
    const found = clients.flatMap(([file, source]) =>
      source.statements.filter(ts.isImportDeclaration).flatMap((node) => {
        const specifier = node.moduleSpecifier
        if (!ts.isStringLiteral(specifier) || node.importClause === undefined) return []
        const taken = valuesTaken(source, node.importClause)
        const target = targetOf(file, specifier.text)
        const bad =
          specifier.text === "effect/Layer"
            ? ["Layer"]
            : specifier.text === "effect/Context"
              ? taken.filter((name) => ["GenericTag", "Reference", "Tag"].includes(name))
              : taken.filter((name) => target !== undefined && tags.get(target)?.includes(name))
        return bad.map((name) => `src/${file} uses ${name} of ${specifier.text}`)
      })
    )
    expect(found).toEqual([])
  })
})

describe("sources", () => {
  it("use no ambient clock, randomness or console, and never silence the checker", () => {
    expect(problems((_, source) => forbiddenIn(source))).toEqual([])
  })
})

describe("the story told in three places", () => {
  it("src/index.ts exports every public module under its own name, and nothing else", () => {
    expect(files, "src/index.ts is missing").toContain("index.ts")
    const expected = modules.map((file) => file.slice(0, -".ts".length))
    const actual = (sources.get("index.ts")?.statements ?? []).map((statement) => statement.getText().replace(/;$/, ""))
    expect(actual.toSorted()).toEqual(expected.map((name) => `export * as ${name} from "./${name}.js"`).toSorted())
  })

  it("README.md names every room, and only rooms that exist", () => {
    expect(existsSync("README.md"), "README.md is missing").toBe(true)
    const readme = readFileSync("README.md", "utf8")
    const existing = readdirSync("src", { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? [one.name] : []))
    expect(existing.toSorted()).toEqual(folders.toSorted())
    const silent = folders.filter((room) => !new RegExp(`(?:^|[^a-z])${room}/`, "m").test(readme))
    expect(silent, "rooms README.md does not mention, as `room/`").toEqual([])
    const named = [...readme.matchAll(/\bsrc\/([a-z]+)\//g)].map(([, room]) => room ?? "")
    expect(
      named.filter((room) => !folders.includes(room)),
      "rooms README.md invents"
    ).toEqual([])
  })
})

// ---------------------------------------------------------------------------------------------------------------------
// The rules above, shown to catch what they are for
// ---------------------------------------------------------------------------------------------------------------------

describe("the rules themselves", () => {
  it("see every spelling of an import", () => {
    const text = [
      `import * as A from "./a.js"`,
      `import type { B } from "./b.js"`,
      `export * from "./c.js"`,
      `export type { D } from "./d.js"`,
      `const e = () => import("./e.js")`,
      `type F = import("./f.js").F`,
      `// import "./comment.js"`,
      `const s = 'import "./string.js"'`
    ].join("\n")
    expect(importsOf(parse("x.ts", text))).toEqual([
      { line: 1, specifier: "./a.js" },
      { line: 2, specifier: "./b.js" },
      { line: 3, specifier: "./c.js" },
      { line: 4, specifier: "./d.js" },
      { line: 5, specifier: "./e.js" },
      { line: 6, specifier: "./f.js" }
    ])
  })

  it("know up from down", () => {
    const from = (file: string, specifier: string) => upward(file, [{ line: 1, specifier }]).length
    expect(from("model/candle.ts", "./signal.js")).toBe(0)
    expect(from("model/candle.ts", "../engine/step.js")).toBe(1)
    expect(from("engine/indicators/sma.ts", "../../model/candle.js")).toBe(0)
    expect(from("engine/indicators/sma.ts", "../../clients/exchange.js")).toBe(1)
    expect(from("report/html.ts", "../clients/exchange.js")).toBe(1)
    expect(from("model/candle.ts", "../../test/setup.js")).toBe(1)
    expect(from("services/Core.ts", "../Strategy.js")).toBe(1)
    expect(from("modes/backtest.ts", "effect-backtest")).toBe(1)
    expect(from("modes/backtest.ts", "effect-backtest/services/Core")).toBe(0)
    expect(from("Strategy.ts", "./modes/backtest.js")).toBe(0)
    expect(from("Strategy.ts", "./cli/main.js")).toBe(1)
    expect(from("clients/exchange.ts", "effect/Effect")).toBe(0)
  })

  it("see forbidden code, and only code", () => {
    const text = [
      `Date.now(); new Date(); Math.random(); console.log(1)`,
      `const a: any = 1; const b = a as unknown as string; const c = a as any`,
      `// @ts-ignore`,
      `new Date(0); Math.floor(1); "console.log Date.now() : any" /* Math.random() */; const d = a as unknown`
    ].join("\n")
    expect(forbiddenIn(parse("x.ts", text)).map(({ line, what }) => `${line} ${what}`)).toEqual([
      "1 Date.now",
      "1 new Date()",
      "1 Math.random",
      "1 console",
      "2 any",
      "2 as unknown as",
      "2 any",
      "3 @ts-ignore"
    ])
  })

  it("recognise Tags and who uses them as values", () => {
    const declared = `class A extends Context.Tag("a")<A, number>() {}
      class B extends Data.Class {}
      const C = Context.GenericTag<number>("c")
      class D extends Context.Reference<D>()("d", { defaultValue: () => 1 }) {}`
    expect(tagsOf(parse("x.ts", declared))).toEqual(["A", "C", "D"])
    const user = parse(
      "y.ts",
      `import { A, type B, C as X } from "./x.js"\nimport * as Ns from "./x.js"\nimport type * as T from "./x.js"\nNs.D`
    )
    const taken = user.statements
      .filter(ts.isImportDeclaration)
      .map(({ importClause }) => (importClause === undefined ? [] : valuesTaken(user, importClause)))
    expect(taken).toEqual([["A", "C"], ["D"], []])
  })

  it("find a cycle", () => {
    expect(
      cycleIn(
        new Map([
          ["a", ["b"]],
          ["b", ["c"]],
          ["c", ["b"]]
        ])
      )
    ).toEqual(["b", "c", "b"])
    expect(
      cycleIn(
        new Map([
          ["a", ["b", "c"]],
          ["b", ["c"]],
          ["c", []]
        ])
      )
    ).toBeUndefined()
  })
})
