// Type-checks every ```ts block in the docstrings of src and in README.md, as a reader would paste it into a file of
// their own. Each block is a whole module; a fragment that cannot stand alone is fenced as ```text. Blocks live only in
// memory, next to package.json, and what the compiler finds is reported at the line it was written on.
import { readFileSync } from "node:fs"
import path from "node:path"
import ts from "typescript"
import { root } from "./bundle.mjs"

/** The text of a docstring without its decoration, line for line. */
const undecorated = (comment) =>
  comment
    .replace(/^\/\*\*/, "")
    .replace(/\*\/$/, "")
    .replace(/^[ \t]*\*[ \t]?/gm, "")

/** Every block fenced as `ts`, and the line of the file its first line stands on. */
const blocksIn = (text, firstLine) => {
  const blocks = []
  let open
  for (const [index, line] of text.split("\n").entries()) {
    const fence = /^\s*```\s*(\S*)/.exec(line)
    if (open === undefined) {
      if (fence !== null) open = { language: fence[1], line: firstLine + index + 1, lines: [] }
    } else if (fence !== null) {
      if (open.language === "ts") blocks.push({ line: open.line, code: open.lines.join("\n") })
      open = undefined
    } else open.lines.push(line)
  }
  return blocks
}

const lineAt = (text, offset) => text.slice(0, offset).split("\n").length

const blocksOf = (file) => {
  const text = readFileSync(file, "utf8")
  const found = file.endsWith(".md")
    ? blocksIn(text, 1)
    : [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap(({ 0: comment, index }) =>
        blocksIn(undecorated(comment), lineAt(text, index))
      )
  return found.map((block) => ({ ...block, file: path.relative(root, file) }))
}

const sources = ts.sys.readDirectory(path.join(root, "src"), [".ts"])
const readme = path.join(root, "README.md")
const blocks = [...sources, ...(ts.sys.fileExists(readme) ? [readme] : [])].flatMap(blocksOf)
const modules = new Map(blocks.map((block, index) => [path.join(root, `example-${index}.ts`), block]))

const config = ts.readConfigFile(path.join(root, "tsconfig.json"), ts.sys.readFile).config
const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root)
const host = ts.createCompilerHost(options)
const { fileExists, readFile } = host
host.fileExists = (file) => modules.has(path.normalize(file)) || fileExists(file)
host.readFile = (file) => modules.get(path.normalize(file))?.code ?? readFile(file)
const program = ts.createProgram({
  rootNames: [...modules.keys()],
  // An example may name a value just to show it.
  options: { ...options, noUnusedLocals: false, noUnusedParameters: false },
  host
})

let failed = 0
for (const [file, block] of modules) {
  const source = program.getSourceFile(file)
  for (const { messageText, start } of ts.getPreEmitDiagnostics(program, source)) {
    failed += 1
    const line = block.line + source.getLineAndCharacterOfPosition(start ?? 0).line
    console.log(`${block.file}:${line} ${ts.flattenDiagnosticMessageText(messageText, " ")}`)
  }
}
console.log(`${blocks.length} examples, ${failed} errors`)
if (failed > 0) process.exitCode = 1
