/**
 * Everything a run can say, as a tagged union.
 */
export type {
  Active,
  Cancelled,
  CancelReason,
  Closed,
  CloseReason,
  Event,
  EventTag,
  Failed,
  Idle,
  Opened,
  PartialLoss,
  PartialProfit,
  Rejected,
  Scheduled,
  StopMoved,
  Violation,
  ViolationCode
} from "./model/event.js"
export type { Money } from "./model/account.js"
export { isOf, isPrimary, strategyOf, symbolOf } from "./model/event.js"
