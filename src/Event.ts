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
  Violation,
  ViolationCode
} from "./model/event.js"
export { isPrimary } from "./model/event.js"
