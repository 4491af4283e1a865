/**
 * effect-backtest: strategies backtested, compared and traded on Effect, where the code you test is the code you trade.
 */
export * as Backtest from "./Backtest.js"
export * as Errors from "./Errors.js"
export * as Event from "./Event.js"
export * as Exchange from "./Exchange.js"
export * as Frame from "./Frame.js"
export * as Indicator from "./Indicator.js"
export * as Kit from "./Kit.js"
export * as Market from "./Market.js"
export * as Replay from "./Replay.js"
export * as Runs from "./Runs.js"
export * as Settings from "./Settings.js"
export * as Signal from "./Signal.js"
export * as Statistics from "./Statistics.js"
export * as Strategy from "./Strategy.js"
