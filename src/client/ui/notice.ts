// A notice: what happened, what was changed, and what the reader may do. A chunk of its own.
import { diffView, type Sides } from "./diff-view.ts"
import { button, element } from "./dom.ts"

export interface NoticeAction {
  label: string
  action: string
  act(): void
}

export interface Difference {
  title: string
  left: string
  right: string
  names: Sides
}

/** Make a notice; an action removes it. */
export function notice(text: string, actions: readonly NoticeAction[], difference?: Difference): HTMLElement {
  const box = element("div", { class: "kp-notice-box", role: "group", "aria-label": text }, element("p", {}, text))
  if (difference) {
    const view = diffView(difference.left, difference.right, difference.names)
    box.append(element("details", { class: "kp-notice-box__difference" }, element("summary", {}, difference.title), view))
  }
  const take = ({ label, action, act }: NoticeAction): HTMLButtonElement =>
    button(label, action, () => {
      box.remove()
      act()
    })
  if (actions.length > 0) box.append(element("div", { class: "kp-notice-box__choices" }, ...actions.map(take)))
  return box
}
