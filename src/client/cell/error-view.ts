// An error as it stands in an output. A chunk of its own.
import type { PythonError } from "../engine/engine.ts"
import "../ui/deferred-styles.ts"
import { element } from "../ui/dom.ts"
import type { Texts } from "../ui/texts.ts"

/** Its traceback, the way to its line, and a hint. */
export function errorNodes(error: PythonError, hint: string | undefined, onLine: (line: number) => void, texts: Texts): HTMLElement[] {
  const trace = element("pre", { class: "kp-error", tabindex: "0" }, error.traceback || `${error.type}: ${error.message}`)
  const { line } = error
  const help = element("p", { class: "kp-hint" })
  if (line !== undefined) {
    const go = element("button", { type: "button", class: "kp-hint__line" }, texts("cell.line", { n: line }))
    go.addEventListener("click", () => onLine(line))
    help.append(go, " ")
  }
  if (hint) help.append(hint)
  return help.hasChildNodes() ? [trace, help] : [trace]
}
