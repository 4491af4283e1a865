import { runsOf, type RunRecord } from "../model/document.js"
import type { Event } from "../model/event.js"
import * as Format from "./format.js"

/** Decimals the prices of each symbol are written with. */
export type Decimals = Readonly<Record<string, number>>

/** A price that a symbol traded at. */
export interface Quote {
  readonly symbol: string
  readonly price: number
}

/** Finds the decimals each symbol is quoted in from the prices it trades at. */
export class Precision {
  readonly #most = new Map<string, number>()

  constructor(quotes: Iterable<Quote> = []) {
    for (const { price, symbol } of quotes) this.see(symbol, price)
  }

  see(symbol: string, price: number): void {
    this.#most.set(symbol, Math.max(this.#most.get(symbol) ?? 2, Format.decimals([price])))
  }

  /** Takes the prices of an event that come from the market; targets and stops are computed, and have no say. */
  observe(event: Event): void {
    switch (event._tag) {
      case "Opened":
        this.see(event.signal.symbol, event.priceOpen)
        return
      case "PartialProfit":
      case "PartialLoss":
        this.see(event.signal.symbol, event.price)
        return
      case "Closed":
        if (event.reason !== "take_profit" && event.reason !== "stop_loss") {
          this.see(event.signal.symbol, event.priceClose)
        }
        return
      default:
        return
    }
  }

  get decimals(): Decimals {
    return Object.fromEntries(this.#most)
  }
}

/** Writes a price with the decimals of its symbol. */
export type PriceOf = (symbol: string, price: number | null) => string

/** Prices with the decimals of their symbols; of a symbol nothing is known of, with those that suit the price itself. */
export const priceWriter =
  (decimals: Decimals): PriceOf =>
  (symbol, price) =>
    Format.price(
      price,
      Object.hasOwn(decimals, symbol) ? decimals[symbol] : Format.decimals(price === null ? [] : [price])
    )

/** Prices that the markets of a record traded at. */
export const quotesOf = (record: RunRecord): ReadonlyArray<Quote> =>
  runsOf(record).flatMap(({ run: { firstOpen, lastClose, symbol } }) => [
    { symbol, price: firstOpen },
    { symbol, price: lastClose }
  ])

/** What the reducers of reports with prices are made with. */
export interface QuoteOptions {
  /** Prices the symbols are known to trade at, besides those of the events: they decide on decimals. */
  readonly quotes?: Iterable<Quote> | undefined
}
