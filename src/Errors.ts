/**
 * Every error a run can end with; each message is one line that ends in what to change.
 */
export {
  DuplicateName,
  ExchangeError,
  FileError,
  GapFound,
  InvalidCandle,
  InvalidRun,
  NoCandles,
  NotWarm,
  SizingError,
  StrategyError,
  UnknownName,
  UnknownSymbol
} from "./model/errors.js"
export type { CandleFault, Problem, RunError, SizingFault } from "./model/errors.js"
