/**
 * Replay mode: recorded signals (from a file, a chat, another program) over the candles of a historical frame.
 */
export type { RecordedSignal } from "./model/signal.js"
export { report, run } from "./modes/Replay.js"
export type { ReplayOptions as Options } from "./services/Validation.js"
