import type { Candle } from "../../src/model/candle.js"
import { Slot } from "./slot.js"
import type { OracleEvent, OracleInput, ReplaySignal, Run } from "./types.js"

/** What happens at one tick, once everything that closed before it has been seen. */
type OnTick = (when: number) => void

/** Walks the candles of the frame one by one: the candle first, then the tick at its close. */
const walkFrame = (run: Run, slot: Slot, onTick: OnTick): void => {
  const seen = run.candles.filter((candle) => candle.timestamp < run.end)
  for (const candle of seen) {
    if (candle.timestamp >= run.start) slot.step(candle)
    const when = candle.timestamp + run.base
    if (!isTick(run, when)) continue
    // An expiry or timeout before this tick has freed the slot, whichever candle it will trade at. Only candles
    // longer than the signal's minutes get here.
    if (slot.runsOutAt() < when) {
      const next = seen.find((other) => other.timestamp >= when)
      if (next !== undefined) slot.step(next)
    }
    onTick(when)
  }
  slot.finish()
}

/** Ticks lie on the frame's grid, from its start to before its end; the caller has the candle that closes there. */
const isTick = (run: Run, when: number): boolean =>
  when >= run.start && when < run.end && when % run.frameInterval === 0

/** Asks at a due instant and hands on the answer; what the strategy throws becomes `Failed`. */
const asking = (run: Run, slot: Slot) => {
  let lastAsked: number | undefined
  return <A>(when: number, ask: (closed: ReadonlyArray<Candle>) => A, use: (answer: A) => void): void => {
    const period = (instant: number) => Math.floor(instant / run.strategyInterval)
    if (lastAsked !== undefined && period(when) <= period(lastAsked)) return
    lastAsked = when
    const answered = attempt(() => ask(slot.closedBy(when)))
    if (answered === undefined) slot.events.push({ type: "Failed", at: when })
    else use(answered.value)
  }
}

const attempt = <A>(ask: () => A): { readonly value: A } | undefined => {
  try {
    return { value: ask() }
  } catch {
    return undefined
  }
}

/** Notes an answer to `exit`: the position closes at the next open. */
const heedExit =
  (slot: Slot) =>
  (leave: boolean): void => {
    if (leave && slot.state?.kind === "open") slot.state.exitAsked = true
  }

/** A backtest from first principles: slow, and meant to be read next to the rules. */
export const backtest = (input: OracleInput): ReadonlyArray<OracleEvent> => {
  const slot = new Slot(input)
  const whenDue = asking(input, slot)
  walkFrame(input, slot, (when) => {
    const { ask, exit } = input
    if (slot.state?.kind === "open" && exit !== undefined) {
      whenDue(when, (closed) => exit(when, closed), heedExit(slot))
    } else if (slot.state === undefined && when > slot.freedAt) {
      whenDue(
        when,
        (closed) => ask(when, closed, slot.priceAt(when)),
        (answer) => slot.accept(when, answer)
      )
    }
  })
  return slot.events
}

export interface Replayed {
  readonly events: ReadonlyArray<OracleEvent>
  readonly skipped: number
  readonly shifted: number
}

/** Puts an event before the first one that is later. */
const insert = (events: Array<OracleEvent>, event: OracleEvent): void => {
  const later = events.findIndex((other) => other.at > event.at)
  events.splice(later === -1 ? events.length : later, 0, event)
}

/** Recorded signals in place of a strategy; a recorded signal is not an ask. */
export const replay = (run: Run, signals: ReadonlyArray<ReplaySignal>): Replayed => {
  const slot = new Slot(run)
  const whenDue = asking(run, slot)
  const ticks = run.candles.map((candle) => candle.timestamp + run.base).filter((when) => isTick(run, when))
  const first = run.candles[0]?.timestamp ?? Number.POSITIVE_INFINITY
  const placed = signals
    .toSorted((a, b) => a.time - b.time)
    .map((signal) => ({ signal, time: Math.ceil(signal.time / run.frameInterval) * run.frameInterval }))
    .map(({ signal, time }) => ({ signal, time, tick: ticks.find((when) => when >= time) }))
  const outside = placed.filter(({ tick, time }) => time < run.start || time < first || tick === undefined)
  const inside = placed.filter((one) => !outside.includes(one))

  let skipped = 0
  let shifted = 0
  walkFrame(run, slot, (when) => {
    const wasOpen = slot.state?.kind === "open"
    for (const { signal, tick, time } of inside) {
      if (tick !== when) continue
      if (slot.state !== undefined || time <= slot.freedAt) {
        skipped++
        continue
      }
      if (time !== when) shifted++
      const { time: _, ...idea } = signal
      slot.accept(when, idea)
    }
    const { exit } = run
    if (wasOpen && exit !== undefined) whenDue(when, (closed) => exit(when, closed), heedExit(slot))
  })
  const events = [...slot.events]
  for (const { tick, time } of outside) {
    // it came while a signal lived, and no tick was left after that
    if (tick === undefined && time < run.end && time <= slot.freedAt) {
      skipped++
      continue
    }
    insert(events, { type: "Rejected", at: time, codes: ["no_data"] })
  }
  return { events, skipped, shifted }
}
