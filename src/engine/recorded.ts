import type { Event } from "../model/event.js"
import type { RecordedSignal } from "../model/signal.js"
import type { Walk } from "./walk.js"

/** What a replay is over. */
export interface RecordedFrame {
  readonly symbol: string
  readonly strategy: string
  readonly start: number
  readonly end: number
  /** Distance of ticks, ms. */
  readonly tick: number
}

/**
 * Recorded signals on their way into a walk, in the order of their times. A time off the grid of ticks is rounded up;
 * one without a tick moves to the next (`shifted`); one that comes while another rests or is open is passed over
 * (`skipped`); one outside the data is rejected.
 */
export class Recorded {
  skipped = 0
  shifted = 0
  readonly #frame: RecordedFrame
  readonly #signals: ReadonlyArray<RecordedSignal>
  #next = 0

  constructor(signals: ReadonlyArray<RecordedSignal>, frame: RecordedFrame) {
    this.#frame = frame
    this.#signals = signals.toSorted((a, b) => a.time - b.time)
  }

  /** The tick the next signal belongs to; Infinity when none is left. */
  get due(): number {
    return this.#next < this.#signals.length ? this.#rounded(this.#signals[this.#next]) : Number.POSITIVE_INFINITY
  }

  /** Refuses what comes before the data, whose first candle opens at `first`. */
  begin(walk: Walk, first: number): void {
    const earliest = Math.max(this.#frame.start, first)
    while (this.due < earliest) this.#refuse(walk)
  }

  /** Offers the next signal that belongs to the tick `when` while the slot is free; false when there is none. */
  offer(walk: Walk, when: number): boolean {
    while (this.due <= when && walk.isFlat) {
      const signal = this.#signals[this.#next]
      const time = this.due
      this.#next++
      if (time <= walk.lastClosing) {
        this.skipped++
      } else {
        if (time < when) this.shifted++
        walk.offer(signal)
        return true
      }
    }
    return false
  }

  /** The frame is over: what is left came while a signal lived, or has no data. */
  finish(walk: Walk): void {
    while (this.#next < this.#signals.length) {
      if (this.due <= walk.lastClosing && this.due < this.#frame.end) {
        this.skipped++
        this.#next++
      } else {
        this.#refuse(walk)
      }
    }
  }

  #rounded({ time }: RecordedSignal): number {
    return Math.ceil(time / this.#frame.tick) * this.#frame.tick
  }

  #refuse(walk: Walk): void {
    const { strategy, symbol } = this.#frame
    const event: Event = {
      _tag: "Rejected",
      when: this.due,
      symbol,
      strategy,
      violations: [{ code: "no_data", message: "the data have no tick at or after this time in the frame" }],
      answer: this.#signals[this.#next]
    }
    this.#next++
    walk.events.push(event)
  }
}
