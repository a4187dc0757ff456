// A notice with a choice: what happened, what was changed, and what the reader may do. A chunk of its own.
import { diffView } from "../cell/comparison.ts"
import { button, element } from "./dom.ts"

export interface Choice {
  label: string
  action: string
  choose(): void
}

export interface Difference {
  title: string
  left: string
  right: string
  names: { left: string; right: string }
}

/** Make a notice; a choice removes it. */
export function notice(text: string, choices: readonly Choice[], difference?: Difference): HTMLElement {
  const box = element("div", { class: "kp-notice-box", role: "group", "aria-label": text }, element("p", {}, text))
  if (difference) {
    const view = diffView(difference.left, difference.right, difference.names)
    box.append(element("details", { class: "kp-notice-box__difference" }, element("summary", {}, difference.title), view))
  }
  const take = ({ label, action, choose }: Choice): HTMLButtonElement =>
    button(label, action, () => {
      box.remove()
      choose()
    })
  if (choices.length > 0) box.append(element("div", { class: "kp-notice-box__choices" }, ...choices.map(take)))
  return box
}
