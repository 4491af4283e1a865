import { describe, expect, it } from "@effect/vitest"
import * as FileSystem from "@effect/platform/FileSystem"
import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem"
import * as NodePath from "@effect/platform-node/NodePath"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Html from "../../src/services/Html.js"
import { fileName } from "../../src/services/Markdown.js"
import { document, empty } from "../report/fixtures.js"

const platform = Layer.merge(NodeFileSystem.layer, NodePath.layer)
const live = Layer.provideMerge(Html.layer, platform)

describe("Html", () => {
  it.effect("renders with the page that was built", () =>
    Effect.gen(function* () {
      const html = yield* Html.Html
      const text = yield* html.render(document)
      expect(text.startsWith("<!doctype html>")).toBe(true)
      expect(text).toContain("Apache License")
      // the licences name where they are to be read; nothing else names a place on the network
      expect(text).not.toMatch(/(?:src|href)="(?!#)/)
    }).pipe(Effect.provide(live))
  )

  it.scoped("dumps one file per record, named after it", () =>
    Effect.gen(function* () {
      const fs = yield* FileSystem.FileSystem
      const html = yield* Html.Html
      const folder = yield* fs.makeTempDirectoryScoped()
      const file = yield* html.dump(document, { folder })
      expect(file).toBe(`${folder}/${fileName(document)}.html`)
      expect(yield* fs.readFileString(file)).toBe(yield* html.render(document))
      expect(yield* html.dump(empty, { folder })).not.toBe(file)
    }).pipe(Effect.provide(live))
  )

  it.effect("says what to do when the page is not there", () =>
    Effect.gen(function* () {
      const html = yield* Html.Html
      const error = yield* Effect.flip(html.render(document))
      expect(error.message).toMatch(/report\.js.*npm run build/s)
      expect(error.message).not.toContain("\n")
    }).pipe(Effect.provide(Layer.provide(Html.layer, Layer.merge(FileSystem.layerNoop({}), NodePath.layer))))
  )

  it.scoped("says what kept a file from being written", () =>
    Effect.gen(function* () {
      const fs = yield* FileSystem.FileSystem
      const html = yield* Html.Html
      const file = yield* fs.makeTempFileScoped()
      const error = yield* Effect.flip(html.dump(document, { folder: `${file}/below` }))
      expect(error.message).toContain("a part of the path is a file; write elsewhere")
    }).pipe(Effect.provide(live))
  )
})
