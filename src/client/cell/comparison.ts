// The published result beside the reader's, where they differ. A chunk of its own.
import { diffLines, hunks, type Line } from "../ui/diff.ts"
import { element } from "../ui/dom.ts"
import "../ui/deferred-styles.ts"
import type { OutputView } from "./output.ts"
import type { Texts } from "../ui/texts.ts"

/** Show the differing lines under the reader's output, and the whole published output folded. */
export function showBeside(output: OutputView, texts: Texts): void {
  const yours = output.read()
  const { published } = output
  const box = element("div", { class: "kp-beside" })
  const text = { left: withError(published), right: withError(yours) }
  if (text.left !== text.right) {
    box.append(element("p", { class: "kp-beside__title" }, texts("cell.difference")))
    box.append(diffView(text.left, text.right, { left: texts("cell.only-published"), right: texts("cell.only-yours") }))
  } else box.append(element("p", { class: "kp-beside__title" }, texts("cell.figure-size")))
  const copies = output.publishedNodes.map((node) => node.cloneNode(true))
  const whole = copies.some((node) => node.textContent?.trim() || node instanceof Element) ? copies : [texts("cell.no-output")]
  const details = element("details", { class: "kp-beside__published" }, element("summary", {}, texts("cell.published")), ...whole)
  details.open = yours.figures.length + published.figures.length > 0
  box.append(details)
  output.append(box)
}

const withError = (shown: { text: string; error: string }): string => [shown.text.replace(/\n$/, ""), shown.error].filter(Boolean).join("\n")

/** Two texts as one list of lines: what only one side has is marked by a sign and by words for those who cannot see it. */
export function diffView(left: string, right: string, names: { left: string; right: string }): HTMLElement {
  const list = element("div", { class: "kp-diff", tabindex: "0", role: "group", "aria-label": `${names.left} / ${names.right}` })
  const legend = element("p", { class: "kp-diff__legend" })
  legend.append(element("span", { class: "kp-diff__left" }, `− ${names.left}`), " ", element("span", { class: "kp-diff__right" }, `+ ${names.right}`))
  list.append(legend)
  hunks(diffLines(left, right)).forEach((group, index) => {
    if (index > 0) list.append(element("div", { class: "kp-diff__gap", "aria-hidden": "true" }, "⋯"))
    list.append(...group.map((line) => lineView(line, names)))
  })
  return list
}

function lineView({ side, text }: Line, names: { left: string; right: string }): HTMLElement {
  if (side === "both") return element("div", { class: "kp-diff__both" }, text || " ")
  const tag = side === "left" ? "del" : "ins"
  const words = element("span", { class: "kp-hidden" }, `${names[side]}: `)
  return element("div", { class: `kp-diff__${side}` }, element(tag, {}, words, text || " "))
}
