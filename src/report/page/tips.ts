import { find } from "./dom.js"

/** The convention of a number, shown while it is hovered, focused or tapped. */
export const setUpTips = (): void => {
  const tip = find("tip")
  if (tip === undefined) return
  let shown: HTMLElement | undefined

  const hide = (): void => {
    tip.hidden = true
    shown?.removeAttribute("aria-describedby")
    shown = undefined
  }
  const show = (target: HTMLElement): void => {
    if (target === shown) return
    hide()
    shown = target
    tip.textContent = target.dataset.tip ?? ""
    tip.hidden = false
    target.setAttribute("aria-describedby", "tip")
    const at = target.getBoundingClientRect()
    const { height, width } = tip.getBoundingClientRect()
    const left = Math.min(Math.max(8, at.left), document.documentElement.clientWidth - width - 8)
    const below = at.bottom + 6
    tip.style.left = `${left}px`
    tip.style.top = `${below + height > innerHeight - 8 ? Math.max(8, at.top - height - 6) : below}px`
  }
  const targetOf = (event: Event): HTMLElement | undefined => {
    const found = event.target instanceof Element ? event.target.closest("[data-tip]") : null
    return found instanceof HTMLElement ? found : undefined
  }
  for (const type of ["pointerover", "focusin", "click"]) {
    document.addEventListener(type, (event) => {
      const target = targetOf(event)
      if (target === undefined) hide()
      else show(target)
    })
  }
  document.addEventListener("focusout", hide)
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide()
  })
  addEventListener("scroll", hide, { passive: true })
}
