/**
 * Portfolios: several strategies and symbols over one account, in one Stream in the order of time.
 */
export type { PortfolioDocument } from "./model/document.js"
export { cross, fork, type Options, report, run } from "./modes/Portfolio.js"
export type { Handle } from "./modes/run.js"
export type { PortfolioEntry as Entry } from "./services/Validation.js"
