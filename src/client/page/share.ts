// Opening a link that carries code, and making one. A chunk of its own.
import type { Cell } from "../cell/cell.ts"
import "../ui/deferred-styles.ts"
import { button, element } from "../ui/dom.ts"
import { notice } from "../ui/notice.ts"
import { loadDeferredTexts, type Texts } from "../ui/texts.ts"
import { decode, encode, type Shared } from "./share-codec.ts"

/** The reader's own edits, as far as a link meets them. */
export interface OwnEdits {
  /** Keep a cell's present code as the reader's own edit. */
  keep(cell: Cell): void
  /** Keep at once what was typed a moment ago. */
  flush(): void
  /** The reader's own code of a cell, as it was before the link. */
  own(cell: Cell): string
}

/** Put the code of the address's fragment into the cells, say so, and run nothing. */
export async function openShared(cells: readonly Cell[], place: Element, texts: Texts, edits: OwnEdits): Promise<void> {
  const [shared] = await Promise.all([decode(location.hash), loadDeferredTexts()])
  place.querySelector(".kp-shared")?.remove()
  const put = (box: HTMLElement): void => {
    box.classList.add("kp-shared")
    place.append(box)
  }
  if (!shared) return put(notice(texts("share.broken"), []))
  edits.flush()
  const changed = cells.filter((cell) => shared[cell.id] !== undefined && shared[cell.id] !== cell.published)
  for (const cell of changed) showShared(cell, shared, texts)
  const unknown = Object.keys(shared).filter((id) => !cells.some((cell) => cell.id === id)).length
  const text = texts("share.notice") + (unknown > 0 ? `\n${texts("share.unknown", { n: unknown })}` : "")
  const done = (act: (cell: Cell) => void) => (): void => {
    for (const cell of changed) {
      unmark(cell)
      act(cell)
    }
    history.replaceState(history.state, "", location.pathname + location.search)
  }
  const actions = [
    { label: texts("share.keep"), action: "keep-shared", act: done((cell) => edits.keep(cell)) },
    { label: texts("share.discard"), action: "discard-shared", act: done((cell) => cell.setCode(edits.own(cell))) },
  ]
  put(notice(text, changed.length > 0 ? actions : []))
}

/** Show shared code in its cell, with what it changes. */
function showShared(cell: Cell, shared: Shared, texts: Texts): void {
  const code = shared[cell.id] ?? cell.published
  cell.element.dataset["shared"] = ""
  cell.setCode(code)
  const difference = {
    title: texts("cell.difference-code"),
    left: cell.published,
    right: code,
    names: { left: texts("cell.only-published"), right: texts("share.cell") },
  }
  cell.element.prepend(notice(texts("share.notice"), [], difference))
}

function unmark(cell: Cell): void {
  delete cell.element.dataset["shared"]
  cell.element.querySelector(":scope > .kp-notice-box")?.remove()
}

/** Copy a link with the page's edits; where the clipboard is closed, show it. */
export async function shareLink(cells: readonly Cell[], at: Cell | undefined, texts: Texts, say: (text: string) => void, place: Element): Promise<void> {
  await loadDeferredTexts()
  const edited = cells.filter((cell) => cell.edited)
  const url = new URL(location.href)
  const fragment = edited.length > 0 ? await encode(Object.fromEntries(edited.map((cell) => [cell.id, cell.code]))) : (at?.element.id ?? "")
  if (fragment === undefined) return say(texts("share.too-large"))
  url.hash = fragment
  const text = texts(edited.length > 0 ? "share.copied" : "share.copied-page")
  const copied = await navigator.clipboard?.writeText(url.href).then(() => true, () => false)
  if (copied) return say(text)
  const field = element("input", { class: "kp-share__link", readonly: true, value: url.href, "aria-label": texts("share.link") })
  const box = element("div", { class: "kp-share" }, field)
  box.append(button(texts("share.close"), "close", () => box.remove()))
  place.querySelector(":scope > .kp-share")?.remove()
  place.append(box)
  field.focus()
  field.select()
}
