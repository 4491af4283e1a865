import { find } from "./dom.js"

/** Light or dark: the system's choice until the reader makes one. */

export interface Palette {
  readonly text: string
  readonly muted: string
  readonly line: string
  readonly card: string
  readonly accent: string
  readonly gain: string
  readonly loss: string
  readonly font: string
  /** Colours that tell runs apart. */
  readonly series: ReadonlyArray<string>
}

/** The colours of the present theme, from the style sheet. */
export const palette = (): Palette => {
  const style = getComputedStyle(document.documentElement)
  const of = (name: string): string => style.getPropertyValue(`--${name}`).trim()
  return {
    text: of("text"),
    muted: of("muted"),
    line: of("line"),
    card: of("card"),
    accent: of("accent"),
    gain: of("gain"),
    loss: of("loss"),
    font: getComputedStyle(document.body).fontFamily,
    series: Array.from({ length: 8 }, (_, i) => of(`series-${i + 1}`))
  }
}

const key = "effect-backtest-theme"
const system = matchMedia("(prefers-color-scheme: dark)")

/** A file opened from disk may have no storage. */
const stored = (): string | undefined => {
  try {
    return localStorage.getItem(key) ?? undefined
  } catch {
    return undefined
  }
}

const store = (theme: string): void => {
  try {
    localStorage.setItem(key, theme)
  } catch {
    // then the choice lasts as long as the page
  }
}

const root = document.documentElement
const isDark = (): boolean => (root.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark"

/** Sets up the toggle; `changed` is told of every change, the system's included. */
export const setUpTheme = (changed: () => void): void => {
  const before = stored()
  if (before === "light" || before === "dark") root.dataset.theme = before
  const toggle = find("theme")
  const show = (): void => {
    if (toggle !== undefined) toggle.textContent = isDark() ? "☀" : "☾"
  }
  toggle?.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark"
    store(root.dataset.theme)
    show()
    changed()
  })
  system.addEventListener("change", () => {
    show()
    changed()
  })
  show()
}

/** Paper is white: the light theme for as long as `print` lasts. */
export const lightTheme = (): (() => void) => {
  const before = root.dataset.theme
  root.dataset.theme = "light"
  return () => {
    if (before === undefined) delete root.dataset.theme
    else root.dataset.theme = before
  }
}
