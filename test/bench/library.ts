import type { Indicator as Indicators } from "../../src/index.js"
import { minutes, symbol, withCsv, year } from "./data.js"
import { often, peakMemory, seldom, time, timeTogether, type Work } from "./harness.js"
import * as kernel from "./kernel.js"
import { atLeast, below, type Row, type Target } from "./table.js"

// The places where the library plugs in. It is loaded only inside a workload that measures it, so that the kernel's
// process holds nothing else.

export const load = async () => {
  const library = await import("../../src/index.js")
  const Effect = await import("effect/Effect")
  const ManagedRuntime = await import("effect/ManagedRuntime")
  const Stream = await import("effect/Stream")
  return { ...library, Effect, ManagedRuntime, Stream }
}

export type Library = Awaited<ReturnType<typeof load>>

/** What W1's rule reads of a strategy's view. */
interface Seen {
  readonly price: number
  readonly indicators: { readonly fast: Indicators.Line; readonly slow: Indicators.Line }
}

/** W1 in every shape a strategy can have. `asks` counts the calls of the Effect-valued one. */
const strategies = ({ Effect, Indicator, Signal, Strategy }: Library, asks: { count: number }) => {
  const decide = ({ indicators: { fast, slow }, price }: Seen) =>
    fast.crossedAbove(slow)
      ? Signal.long({ priceTakeProfit: price * 1.01, priceStopLoss: price * 0.99, minuteEstimatedTime: 1440 })
      : null
  const indicators = () => ({ fast: Indicator.sma(20), slow: Indicator.sma(50) })
  const every = (interval: "1m" | "5m") => Strategy.make("sma-cross", { interval, indicators })
  return {
    plain: every("1m").signal((view) => decide(view)),
    five: every("5m").signal((view) => decide(view)),
    setup: every("1m").setup(Effect.succeed((view) => decide(view))),
    effect: every("1m").signalEffect((view) => {
      asks.count++
      return Effect.succeed(decide(view))
    })
  }
}

/** The library, a year of minutes in its memory, and a runtime made once as a program makes it. */
const stage = async () => {
  const library = await load()
  const { Backtest, Exchange, Frame, Kit, ManagedRuntime, Stream } = library
  const columns = minutes(year)
  const exchange = Exchange.memory("memory", { [symbol]: columns })
  const frame = Frame.make("year", { interval: "1m", start: "2022-01-01", end: "2023-01-01" })
  const runtime = ManagedRuntime.make(Kit.layerNode)
  const asks = { count: 0 }
  const all = strategies(library, asks)
  type Shape = keyof typeof all
  const report = (shape: Shape) =>
    runtime.runPromise(Backtest.report(symbol, { strategy: all[shape], exchange, frame }))
  const drain = (shape: Shape) =>
    runtime.runPromise(Stream.runDrain(Backtest.run(symbol, { strategy: all[shape], exchange, frame })))
  return { asks, columns, drain, report }
}

interface Case {
  readonly name: string
  readonly title: string
  readonly shape: "plain" | "five" | "setup"
  readonly target?: Target
}

/** `Backtest.report` in turns with the kernel that does the same work. */
const candles = async ({ name, shape, target, title }: Case): Promise<Row> => {
  const { columns, report } = await stage()
  const bare: Work = shape === "five" ? () => kernel.everyFive(columns) : () => kernel.everyMinute(columns)
  const [library, limit] = await timeTogether([() => report(shape), bare], often)
  const { statistics } = await report(shape)
  const value = columns.length / library.median / 1e6
  return {
    name,
    title,
    figures: [{ value, unit: "M candles/s", ...(target === undefined ? {} : { target }) }],
    timing: library,
    peak: peakMemory(),
    ratio: limit.median / library.median,
    note: `${statistics.totalSignals} trades`
  }
}

export const plain = () =>
  candles({ name: "plain-1m", title: "plain function, every minute", shape: "plain", target: atLeast(15) })

export const five = () =>
  candles({ name: "plain-5m", title: "plain function, every 5 minutes", shape: "five", target: atLeast(25) })

export const setup = () => candles({ name: "setup-1m", title: "setup Effect, then plain", shape: "setup" })

/** An Effect per ask: counted in asks, as those are what it costs. */
export const effect = async (): Promise<Row> => {
  const { asks, columns, report } = await stage()
  const [library, limit] = await timeTogether([() => report("effect"), () => kernel.everyMinute(columns)], seldom)
  asks.count = 0
  const { statistics } = await report("effect")
  return {
    name: "effect-1m",
    title: "Effect-valued, every minute",
    figures: [
      { value: asks.count / library.median / 1e6, unit: "M asks/s", target: atLeast(0.8) },
      { value: columns.length / library.median / 1e6, unit: "M candles/s" }
    ],
    timing: library,
    peak: peakMemory(),
    ratio: limit.median / library.median,
    note: `${asks.count} asks, ${statistics.totalSignals} trades`
  }
}

/** What the Stream of events costs over the report made by the same run. */
export const stream = async (): Promise<Row> => {
  const { columns, drain, report } = await stage()
  const works = [() => drain("plain"), () => report("plain"), () => kernel.everyMinute(columns)]
  const [drained, reported, limit] = await timeTogether(works, often)
  return {
    name: "stream-1m",
    title: "Stream of events, drained",
    figures: [
      { value: 100 * (drained.median / reported.median - 1), unit: "%", target: below(5) },
      { value: columns.length / drained.median / 1e6, unit: "M candles/s" }
    ],
    timing: drained,
    peak: peakMemory(),
    ratio: limit.median / drained.median,
    note: "% over Backtest.report"
  }
}

/** A year's file into checked columns. */
export const csv = (): Promise<Row> =>
  withCsv(year, async (file) => {
    const Csv = await import("../../src/adapters/csv/reader.js")
    const Effect = await import("effect/Effect")
    const NodeFileSystem = await import("@effect/platform-node/NodeFileSystem")
    const read = () => Effect.runPromise(Csv.read(file).pipe(Effect.provide(NodeFileSystem.layer)))
    const { columns } = await read()
    const timing = await time(read, seldom)
    return {
      name: "csv",
      title: "CSV of a year into columns",
      figures: [{ value: columns.length / timing.median / 1e6, unit: "M rows/s", target: atLeast(5) }],
      timing,
      peak: peakMemory(),
      ratio: null,
      note: `${columns.length} rows`
    }
  })
