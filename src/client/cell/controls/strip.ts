// An animation on paper: some of its frames side by side, from the recorded states.
import { element } from "../../ui/dom.ts"
import type { Assignment } from "./assignment.ts"

const FRAMES = 5

/** While the page is printed, put the frames of the cell's animation below its output. */
export function stripOnPaper(assignment: Assignment): void {
  const { cell } = assignment
  const play = cell.element.querySelector<HTMLElement>('.kp-control[data-control="play"]')
  const name = play?.dataset["parameter"]
  if (name === undefined) return
  const remove = (): void => cell.element.querySelector(":scope > .kp-strip")?.remove()
  const build = (): void => {
    remove()
    const frames = assignment.veiled ? [] : assignment.frames(name, FRAMES)
    const shown = frames.map(({ state, nodes }) => element("figure", { class: "kp-strip__frame" }, element("figcaption", {}, state), ...nodes))
    if (shown.length > 0) cell.element.append(element("div", { class: "kp-strip" }, ...shown))
  }
  window.addEventListener("beforeprint", build, { signal: cell.signal })
  window.addEventListener("afterprint", remove, { signal: cell.signal })
}
