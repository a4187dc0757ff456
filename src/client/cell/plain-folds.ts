// Folds of plain code, made where the reader's own code takes the place of the published one.
import type { Texts } from "../ui/texts.ts"
import { placeOf } from "./plain-code.ts"
import { regionsOf } from "./regions.ts"

/** The folds of plain code, in order. */
export const foldsOf = (code: ParentNode): HTMLDetailsElement[] => [...code.querySelectorAll("details")]

/** What the page calls its regions, by their names in the code. */
export function namesOf(html: string): Map<string, string> {
  const published = document.createElement("template")
  published.innerHTML = html
  const names = foldsOf(published.content).map(
    (fold) => [regionsOf(`${fold.querySelector("summary")?.textContent ?? ""}# endregion`)[0]?.name ?? "", fold.dataset["name"] ?? ""] as const,
  )
  return new Map(names)
}

/** Fold coloured code as the build does (src/kamipen/markdown/highlight.py), each region open as `like` has it. */
export function foldPlain(code: DocumentFragment, text: string, names: ReadonlyMap<string, string>, like: readonly HTMLDetailsElement[], texts: Texts): void {
  const regions = regionsOf(text)
  for (const [index, { name, from, to, lines }] of [...regions.entries()].reverse()) {
    const fold = document.createElement("details")
    fold.className = "kp-fold"
    fold.dataset["name"] = names.get(name) ?? name
    fold.open = like.length === regions.length && like[index]?.open === true
    const head = document.createElement("summary")
    head.contentEditable = "false"
    head.setAttribute("aria-label", texts("fold.label", { name: fold.dataset["name"], n: lines }))
    const range = document.createRange()
    range.setStart(...placeOf(code, from))
    range.setEnd(...placeOf(code, text.indexOf("\n", from) + 1))
    head.append(range.extractContents())
    range.setEnd(...placeOf(code, Math.min(to + 1, text.length) - (head.textContent ?? "").length))
    fold.append(head, range.extractContents())
    range.insertNode(fold)
  }
}
