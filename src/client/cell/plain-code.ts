// The code that the page came with, as something to type into: nothing typed is lost while the editor is on its way,
// however long that takes. The theme's keys leave alone what can be edited.

/** What the article published there, kept before anything is typed. */
type Code = HTMLElement & { kpPublished?: string }

const CODE = ":is(.kp-cell__code, .kp-exercise__code) > pre"

/** Let a reader type into all code of the page at once. The page's own first lines (src/theme/partials/typing.html) do the same. */
export function openToTyping(root: ParentNode): void {
  for (const pre of root.querySelectorAll<Code>(CODE)) open(pre)
}

function open(pre: Code): void {
  if (pre.kpPublished !== undefined) return
  pre.kpPublished = (pre.querySelector("code") ?? pre).innerHTML
  pre.spellcheck = false
  pre.setAttribute("autocapitalize", "off")
  try {
    pre.contentEditable = "plaintext-only"
  } catch {
    pre.contentEditable = "true" // Firefox before 136
  }
}

/** Where a selection begins and ends, as offsets in the code. */
export interface Selected {
  anchor?: number
  head?: number
}

export class PlainCode {
  readonly element: HTMLElement
  readonly published: string
  readonly publishedHtml: string
  #composing = false

  constructor(host: HTMLElement) {
    const pre: Code = host.querySelector("pre") ?? host
    open(pre)
    this.element = pre
    this.publishedHtml = pre.kpPublished ?? ""
    const published = document.createElement("template")
    published.innerHTML = this.publishedHtml
    this.published = (published.content.textContent ?? "").replace(/\n$/, "")
    pre.setAttribute("role", "textbox")
    pre.setAttribute("aria-multiline", "true")
    pre.addEventListener("compositionstart", () => (this.#composing = true))
    pre.addEventListener("compositionend", () => (this.#composing = false))
  }

  get text(): string {
    return textOf(this.element).replace(/\n$/, "")
  }

  get focused(): boolean {
    return document.activeElement === this.element
  }

  /** Put other code in; false where it has lost its colours by that. */
  set(text: string): boolean {
    if (text === this.published) this.#code.innerHTML = this.publishedHtml
    else if (!this.#replaceWithinToken(text)) {
      this.#code.textContent = text
      return false
    }
    return true
  }

  /** Give the code its colours, unless the reader's caret is in it. */
  paint(code: DocumentFragment): void {
    if (!this.focused) this.#code.replaceChildren(code)
  }

  focus(at?: number): void {
    this.element.focus()
    if (at !== undefined) document.getSelection()?.collapse(...placeOf(this.#code, at))
  }

  /** The selection; where there is none, the caret. */
  get selected(): Selected {
    const selection = document.getSelection()
    const anchor = this.#offset(selection?.anchorNode ?? null, selection?.anchorOffset ?? 0)
    const head = this.#offset(selection?.focusNode ?? null, selection?.focusOffset ?? 0)
    return { ...(anchor === undefined ? {} : { anchor }), ...(head === undefined ? {} : { head }) }
  }

  /** Resolves when no word is being composed: a replaced element would take it along. */
  async composed(): Promise<void> {
    while (this.#composing) await new Promise((resolve) => this.element.addEventListener("compositionend", resolve, { once: true }))
  }

  /** Made anew where everything was deleted. */
  get #code(): HTMLElement {
    return this.element.querySelector("code") ?? this.element.appendChild(document.createElement("code"))
  }

  #offset(node: Node | null, at: number): number | undefined {
    if (!node || !this.element.contains(node)) return undefined
    const range = document.createRange()
    range.setStart(this.element, 0)
    range.setEnd(node, at)
    return textOf(range.cloneContents()).length
  }

  /** Change one token in place, so that the colours around it stay; false if the change is larger. */
  #replaceWithinToken(text: string): boolean {
    const old = this.text
    let from = 0
    while (from < old.length && from < text.length && old[from] === text[from]) from++
    let same = 0
    while (same < Math.min(old.length, text.length) - from && old.at(-1 - same) === text.at(-1 - same)) same++
    const walker = document.createTreeWalker(this.element, NodeFilter.SHOW_TEXT)
    let start = 0
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const data = node.nodeValue ?? ""
      const end = start + data.length
      if (from >= start && from <= end && old.length - same >= from && old.length - same <= end) {
        if (data.includes("\n") || from === end) return false
        node.nodeValue = data.slice(0, from - start) + text.slice(from, text.length - same) + data.slice(old.length - same - start)
        return true
      }
      start = end
    }
    return false
  }
}

/** The text; a browser may write a new line as an element. */
function textOf(node: Element | DocumentFragment): string {
  if (!node.querySelector("br")) return node.textContent ?? "" // asked for several times at each move of a control
  const copy = node.cloneNode(true) as typeof node
  for (const line of copy.querySelectorAll("br")) line.replaceWith("\n")
  return copy.textContent ?? ""
}

/** The node and the offset in it of a place in the text. */
export function placeOf(root: Node, at: number): [Node, number] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  let left = at
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const { length } = node as Text
    if (left <= length) return [node, left]
    left -= length
  }
  return [root, root.childNodes.length]
}
