/** Signals made elsewhere (Python, a chat, a model), held against the same honest fills. */
import { Effect } from "effect"
import { Exchange, Frame, Kit, Replay } from "effect-backtest"

const program = Effect.gen(function* () {
  const exchange = Exchange.synthetic("market", { days: 10, price: 100 })
  const document = yield* Replay.report("DEMO", {
    signals: [3, 30, 75, 120].map((hours) => ({
      time: Date.UTC(2024, 0, 1) + hours * 3_600_000,
      position: "long" as const,
      priceTakeProfit: 130,
      priceStopLoss: 85,
      minuteEstimatedTime: 600
    })),
    exchange,
    frame: Frame.make("january", { start: "2024-01-01", end: "2024-01-11" }),
    fill: "path"
  })
  for (const { closedAt, pnlPercent, reason } of document.trades) {
    yield* Effect.log(`${new Date(closedAt).toISOString()} ${reason} ${pnlPercent.toFixed(2)} %`)
  }
  yield* Effect.log("not taken", { rejected: document.rejected, skipped: document.skipped })
})

await Effect.runPromise(program.pipe(Effect.provide(Kit.layerNode)))
