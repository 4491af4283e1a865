// Bundles the command line into dist/cli: `node .ci/bundle.mjs`. An unbundled @effect/cli program takes three times as
// long to start. Also the helper with which other scripts here turn one TypeScript file into something Node 20 runs.
import { build } from "esbuild"
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises"
import path from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))

const shared = {
  absWorkingDir: root,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  logLevel: "error",
  write: false
}

const bin = "dist/cli/main.js"

/** Writes only what differs, so that a second run never pulls a file from under a program that is just starting. */
const writeChanged = async (file, bytes) => {
  const old = await readFile(file).catch(() => undefined)
  if (old !== undefined && Buffer.compare(old, bytes) === 0) return
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, bytes)
}

/**
 * The command line with everything inside, except the two tools it loads only when a command needs them.
 * Names are left alone: `keepNames` would run a helper for every closure made in the engine's loops.
 */
export const bundleCli = async (entry = "src/cli/main.ts", outdir = "dist/cli") => {
  const result = await build({
    ...shared,
    entryPoints: { main: entry },
    outdir,
    chunkNames: "chunks/[name]-[hash]",
    splitting: true,
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: "none",
    external: ["esbuild", "typescript"],
    // Some dependencies are CommonJS and call `require` for Node's own modules.
    banner: { js: 'import{createRequire as $require}from"node:module";const require=$require(import.meta.url);' }
  })
  const main = path.resolve(root, outdir, "main.js")
  for (const { contents, path: file, text } of result.outputFiles) {
    const plain = file !== main || text.startsWith("#!")
    await writeChanged(file, plain ? contents : Buffer.from(`#!/usr/bin/env node\n${text}`))
  }
  await chmod(main, 0o755)
}

/**
 * The program and the looks of the HTML report, which puts both into the file it writes: dist/assets. Licence notices
 * of what is inside stay in it.
 */
export const bundlePage = async (outdir = "dist/assets") => {
  const result = await build({
    ...shared,
    entryPoints: { report: "src/report/page/main.ts", style: "src/report/page/style.css" },
    outdir,
    entryNames: "[name]",
    format: "iife",
    platform: "browser",
    target: "es2022",
    minify: true,
    legalComments: "inline",
    banner: { js: await licences() },
    tsconfigRaw: {}
  })
  for (const { contents, path: file } of result.outputFiles) await writeChanged(file, contents)
}

/** What the makers of the parts inside ask to be told with every copy. */
const licences = async () => {
  const texts = await Promise.all(
    ["echarts/NOTICE", "echarts/licenses/LICENSE-d3", "zrender/LICENSE", "effect/LICENSE"].map(async (file) => {
      const text = await readFile(path.join(root, "node_modules", file), "utf8")
      return `${file.split("/")[0]}\n\n${text.trim()}`
    })
  )
  const apache = "echarts is licensed under the Apache License 2.0: http://www.apache.org/licenses/LICENSE-2.0"
  return `/*!\n${[apache, ...texts].join("\n\n----\n\n").replaceAll("*/", "* /")}\n*/`
}

/** Sends every import of a source of ours to the built file: what runs is what is published. */
const againstDist = {
  name: "against-dist",
  setup: ({ onResolve }) => {
    onResolve({ filter: /^\.\.?\/.*\.js$/ }, ({ path: specifier, resolveDir }) => {
      const inside = path.relative(path.join(root, "src"), path.resolve(resolveDir, specifier))
      if (inside.startsWith("..")) return undefined
      return { path: pathToFileURL(path.join(root, "dist", inside)).href, external: true }
    })
  }
}

/**
 * One TypeScript file, made runnable under `.cache`; returns where. Its packages stay outside, ours is the built one
 * (Node finds `effect-backtest` by self-reference), and `import.meta.url` still names the source.
 */
export const bundleScript = async (file) => {
  const source = path.resolve(root, file)
  const outfile = path.join(root, ".cache", path.relative(root, source).replace(/\.ts$/, ".mjs"))
  await build({
    ...shared,
    entryPoints: [source],
    outfile,
    packages: "external",
    plugins: [againstDist],
    sourcemap: "inline",
    tsconfigRaw: {},
    define: { "import.meta.url": JSON.stringify(pathToFileURL(source).href) },
    write: true
  })
  return outfile
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await Promise.all([bundleCli(), bundlePage()]).catch((error) => {
    console.error(`${bin} or the page of the HTML report was not built: ${error.message}`)
    process.exitCode = 1
  })
}
