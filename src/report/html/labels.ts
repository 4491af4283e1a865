/** What tables and charts share. */

export const monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

/** One of eleven tints: how strong a gain or loss is beside the strongest. */
export const tintOf = (value: number, strongest: number): string => {
  const strength = strongest === 0 ? 0 : Math.min(5, Math.ceil((5 * Math.abs(value)) / strongest))
  return strength === 0 ? "t0" : `${value > 0 ? "g" : "l"}${strength}`
}
