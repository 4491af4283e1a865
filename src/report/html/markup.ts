/** HTML as values: what goes into a template is escaped unless it is HTML itself. */

/** A piece of HTML. */
export interface Markup {
  readonly markup: string
}

type Part = Markup | string | number | ReadonlyArray<Markup>

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;"
}

/** Text as it may stand between tags and in quoted attributes. */
export const escape = (text: string): string => text.replace(/[&<>"']/g, (char) => entities[char])

const written = (part: Part): string => {
  if (typeof part === "string") return escape(part)
  if (typeof part === "number") return String(part)
  return "markup" in part ? part.markup : part.map(({ markup }) => markup).join("")
}

/** A template of HTML: strings put into it are escaped, pieces of HTML are not. */
export const html = (strings: TemplateStringsArray, ...parts: ReadonlyArray<Part>): Markup => ({
  markup: strings.reduce((text, string, i) => text + written(parts[i - 1]) + string)
})

/** Nothing. */
export const none: Markup = { markup: "" }

/** Text that is HTML, CSS or JavaScript of our own already. */
export const raw = (markup: string): Markup => ({ markup })

/** A value as JSON that no HTML parser takes for a tag, a comment or the end of its element. */
export const json = (value: unknown): Markup => ({
  markup: JSON.stringify(value)
    .replaceAll("<", "\\u003c")
    .replaceAll(">", "\\u003e")
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029")
})
