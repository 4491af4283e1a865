/**
 * Two numbers for one sentence, with so many decimals (at least two) that they can be told apart: a message never says
 * that 100.00 is more than 100.00.
 */
export const apart = (a: number, b: number): readonly [a: string, b: string] => {
  for (let decimals = 2; decimals < 12; decimals++) {
    const texts = [a.toFixed(decimals), b.toFixed(decimals)] as const
    if (texts[0] !== texts[1] || a === b) return texts
  }
  return [String(a), String(b)]
}
