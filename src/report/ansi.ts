/** The few terminal styles reports use (ECMA-48 SGR codes), in one place. */
const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const

export type Style = keyof typeof codes

/** Paints text, or leaves it as it is. */
export type Paint = (style: Style | undefined, text: string) => string

/** A painter; without colour it adds not a single byte. */
export const painter =
  (color: boolean): Paint =>
  (style, text) =>
    color && style !== undefined && text !== "" ? `\u001b[${codes[style]}m${text}\u001b[0m` : text

/**
 * Text from outside as it may be sent to a terminal: one line, and no control characters, which could move the
 * cursor or change colours.
 */
export const plain = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ")
