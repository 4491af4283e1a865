import type { Steps } from "../model/sizing.js"
import { roundPrice } from "./steps.js"

const levels = ["priceOpen", "priceTakeProfit", "priceStopLoss"] as const

/** An answer with its prices rounded to what can be quoted; whatever is no price is left for validation to refuse. */
export const roundLevels = (answer: unknown, steps: Steps): unknown => {
  if (typeof answer !== "object" || answer === null) return answer
  const rounded: Record<string, unknown> = { ...answer }
  for (const name of levels) {
    const price = rounded[name]
    if (typeof price === "number" && Number.isFinite(price)) rounded[name] = roundPrice(price, steps)
  }
  return rounded
}
