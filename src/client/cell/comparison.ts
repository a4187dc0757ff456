// The published result beside the reader's, where they differ. A chunk of its own.
import "../ui/deferred-styles.ts"
import { diffView } from "../ui/diff-view.ts"
import { element } from "../ui/dom.ts"
import type { Texts } from "../ui/texts.ts"
import { readOutput } from "./compare.ts"
import type { OutputView } from "./output.ts"

/** Show the differing lines under the reader's output, and the whole published output folded. */
export function showComparison(output: OutputView, expected: readonly Node[], texts: Texts): void {
  const [yours, published] = [readOutput(output.nodes), readOutput(expected)]
  const box = element("div", { class: "kp-beside" })
  const text = { left: withError(published), right: withError(yours) }
  if (text.left !== text.right) {
    box.append(element("p", { class: "kp-beside__title" }, texts("cell.difference")))
    box.append(diffView(text.left, text.right, { left: texts("cell.only-published"), right: texts("cell.only-yours") }))
  } else box.append(element("p", { class: "kp-beside__title" }, texts("cell.figure-size")))
  const copies = expected.map((node) => node.cloneNode(true))
  const whole = copies.some((node) => node.textContent?.trim() || node instanceof Element) ? copies : [texts("cell.no-output")]
  const details = element("details", { class: "kp-beside__published" }, element("summary", {}, texts("cell.published")), ...whole)
  details.open = yours.figures.length + published.figures.length > 0
  box.append(details)
  output.append(box)
}

const withError = (shown: { text: string; error: string }): string => [shown.text.replace(/\n$/, ""), shown.error].filter(Boolean).join("\n")
