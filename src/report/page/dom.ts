/** Elements without HTML strings: what is put in is text. */

type Child = Node | string

interface Properties {
  readonly class?: string
  readonly text?: string
  readonly attributes?: Readonly<Record<string, string>>
  readonly on?: Readonly<Record<string, (event: Event) => void>>
}

/** An element with its children. */
export const h = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  { attributes = {}, class: names, on = {}, text }: Properties = {},
  ...children: ReadonlyArray<Child>
): HTMLElementTagNameMap[Tag] => {
  const element = document.createElement(tag)
  if (names !== undefined) element.className = names
  if (text !== undefined) element.textContent = text
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  for (const [name, listener] of Object.entries(on)) element.addEventListener(name, listener)
  element.append(...children)
  return element
}

/** The element of that id, if the report has it. */
export const find = (id: string): HTMLElement | undefined => document.getElementById(id) ?? undefined

/** The place for the controls of a card. */
export const controls = (id: string): HTMLElement => find(`${id}-controls`) ?? h("div")

/** A choice among texts, the first one chosen. */
export const select = (
  label: string,
  options: ReadonlyArray<readonly [value: string, text: string]>,
  change: (value: string) => void
): HTMLSelectElement => {
  const element = h(
    "select",
    { attributes: { "aria-label": label } },
    ...options.map(([value, text]) => h("option", { text, attributes: { value } }))
  )
  element.addEventListener("change", () => change(element.value))
  return element
}

export const button = (text: string, label: string, click: () => void, names = "button"): HTMLButtonElement =>
  h("button", { class: names, text, attributes: { type: "button", "aria-label": label, title: label }, on: { click } })

/** Runs at most once per frame, however often it is asked to. */
export const perFrame = (run: () => void): (() => void) => {
  let asked = false
  return () => {
    if (asked) return
    asked = true
    requestAnimationFrame(() => {
      asked = false
      run()
    })
  }
}
