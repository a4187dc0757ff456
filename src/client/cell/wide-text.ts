// Japanese in aligned tables: where text is set in columns, a wide character takes two cells, as in a terminal.
import { element } from "../ui/dom.ts"

/** What East Asian typography sets in a square: kana, kanji, hangul, full-width forms. */
const WIDE = /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]+/g
const COLUMNS = /\S(?: {2,}|\u3000| ?[|│] ?)\S/

/** Mark the wide characters of printed text that stands in columns; the build marks the published one. */
export function alignWide(output: Element): void {
  for (const pre of output.querySelectorAll(".kp-text")) {
    const text = pre.textContent ?? ""
    if (text.search(WIDE) < 0 || !COLUMNS.test(text)) continue
    const walker = document.createTreeWalker(pre, NodeFilter.SHOW_TEXT)
    const nodes: Text[] = []
    while (walker.nextNode()) nodes.push(walker.currentNode as Text)
    for (const node of nodes) if (!node.parentElement?.classList.contains("kp-wide")) mark(node)
  }
}

function mark(node: Text): void {
  const parts: (string | Node)[] = []
  let last = 0
  for (const found of node.data.matchAll(WIDE)) {
    parts.push(node.data.slice(last, found.index), element("span", { class: "kp-wide" }, found[0]))
    last = found.index + found[0].length
  }
  if (last > 0) node.replaceWith(...parts, node.data.slice(last))
}
