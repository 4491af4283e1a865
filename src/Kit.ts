/**
 * Everything a run needs, as one Layer. Registrations (`Strategy.layer`, `Exchange.layer`, `Frame.layer`) go on top of
 * it: `Layer.provideMerge(Layer.mergeAll(MyStrategy.layer, MyExchange.layer), Kit.layerNode)`.
 */
import type * as FileSystem from "@effect/platform/FileSystem"
import type * as Path from "@effect/platform/Path"
import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem"
import * as NodePath from "@effect/platform-node/NodePath"
import * as Layer from "effect/Layer"
import * as Base from "./services/Base.js"
import type { Command } from "./services/Command.js"
import * as CommandLive from "./services/Command.js"
import * as Connection from "./services/Connection.js"
import * as Core from "./services/Core.js"
import * as EventHub from "./services/EventHub.js"
import * as Global from "./services/Global.js"
import * as Html from "./services/Html.js"
import * as Logic from "./services/Logic.js"
import * as Markdown from "./services/Markdown.js"
import * as Runs from "./services/Runs.js"
import * as SchemaRegistry from "./services/SchemaRegistry.js"
import * as Validation from "./services/Validation.js"

/** The services of the kit: all public, all replaceable by a Layer of your own. */
export type Kit =
  | Base.Base
  | Command
  | Connection.Connection
  | Core.Core
  | EventHub.EventHub
  | Global.Global
  | Html.Html
  | Logic.Logic
  | Markdown.Markdown
  | Runs.Runs
  | SchemaRegistry.SchemaRegistry
  | Validation.Validation

/** The kit on defaults of your own, on any platform that has a file system. */
export const layerWith = (base: Layer.Layer<Base.Base>): Layer.Layer<Kit, never, FileSystem.FileSystem | Path.Path> =>
  CommandLive.layer.pipe(
    Layer.provideMerge(Logic.layer),
    Layer.provideMerge(Core.layer),
    Layer.provideMerge(Validation.layer),
    Layer.provideMerge(
      Layer.mergeAll(
        base,
        Connection.layer,
        EventHub.layer,
        Global.layer,
        Html.layer,
        Markdown.layer,
        Runs.layer,
        SchemaRegistry.layer
      )
    )
  )

/** The kit on any platform that has a file system. */
export const layer: Layer.Layer<Kit, never, FileSystem.FileSystem | Path.Path> = layerWith(Base.layer)

/** The kit on Node with defaults of your own: `Kit.layerNodeWith(Settings.layer({ fee: 0.05 }))`. */
export const layerNodeWith = (base: Layer.Layer<Base.Base>): Layer.Layer<Kit | FileSystem.FileSystem | Path.Path> =>
  Layer.provideMerge(layerWith(base), Layer.merge(NodeFileSystem.layer, NodePath.layer))

/** The kit on Node, its file system included. */
export const layerNode: Layer.Layer<Kit | FileSystem.FileSystem | Path.Path> = layerNodeWith(Base.layer)
