import { compute } from "../engine/statistics.js"
import type { BacktestDocument, CancelledSignal, FailedAsk, RejectedAnswer, RunInfo, Trade } from "../model/document.js"
import type { Closed, Event } from "../model/event.js"

/** Gathers the events of a run into its document. */
export class Collector {
  readonly #trades: Array<Trade> = []
  readonly #cancelled: Array<CancelledSignal> = []
  readonly #rejected: Array<RejectedAnswer> = []
  readonly #failed: Array<FailedAsk> = []

  observe(event: Event): void {
    switch (event._tag) {
      case "Closed":
        this.#trades.push(tradeOf(event))
        return
      case "Cancelled": {
        const { id, position, scheduledAt } = event.signal
        this.#cancelled.push({ id, position, scheduledAt, at: event.when, reason: event.reason })
        return
      }
      case "Rejected":
        this.#rejected.push({
          at: event.when,
          reasons: event.violations.map(({ code, message }) => `${code}: ${message}`)
        })
        return
      case "Failed":
        this.#failed.push({ at: event.when, error: event.message })
        return
      default:
        return
    }
  }

  document(run: RunInfo, replayed: { readonly skipped: number; readonly shifted: number }): BacktestDocument {
    const { end, start } = run.frame
    const { firstOpen, lastClose } = run
    const { periodsPerYear } = run.settings
    return {
      run,
      statistics: compute({ trades: this.#trades, start, end, firstOpen, lastClose, periodsPerYear }),
      trades: this.#trades,
      cancelled: this.#cancelled,
      rejected: this.#rejected,
      failed: this.#failed,
      ...replayed
    }
  }
}

const tradeOf = ({ signal, ...event }: Closed): Trade => ({
  id: signal.id,
  position: signal.position,
  scheduledAt: signal.scheduledAt,
  pendingAt: signal.pendingAt ?? signal.scheduledAt,
  closedAt: event.when,
  priceOpen: event.priceOpen,
  priceClose: event.priceClose,
  priceTakeProfit: signal.priceTakeProfit,
  priceStopLoss: signal.priceStopLoss,
  reason: event.reason,
  pnlPercent: event.pnlPercent,
  mae: event.mae,
  mfe: event.mfe,
  ambiguous: event.ambiguous,
  pnlInterval: event.pnlInterval,
  ...(signal.note === undefined ? {} : { note: signal.note })
})
