// A cell's code: the static text that the page came with, until a reader touches it and the editor takes its place.
import type { CodeOptions, Editor } from "./editor.ts"

let lastKey: string | undefined

/** Once for all pages: the key that moves the focus into a cell goes down outside of it. */
function watchKeys(): void {
  if (lastKey !== undefined) return
  lastKey = ""
  document.addEventListener("keydown", ({ key }) => (lastKey = key), { capture: true, passive: true })
  document.addEventListener("pointerdown", () => (lastKey = ""), { capture: true, passive: true })
}

/** The editor comes with its highlighter; both stay out of the page until needed. */
const loadEditor = () => import("./editor.ts")

export class CodeView {
  readonly published: string
  readonly #host: HTMLElement
  readonly #pre: HTMLElement
  readonly #code: HTMLElement
  readonly #publishedHtml: string
  readonly #options: CodeOptions
  #editor: Editor | undefined
  #mounting: Promise<void> | undefined
  #byPointer = false

  constructor(host: HTMLElement, options: CodeOptions) {
    this.#host = host
    this.#options = options
    this.#pre = host.querySelector("pre") ?? host
    this.#code = host.querySelector("code") ?? this.#pre
    this.#publishedHtml = this.#code.innerHTML
    this.published = (this.#code.textContent ?? "").replace(/\n$/, "")
    this.#pre.setAttribute("aria-label", options.label)
    this.#pre.setAttribute("role", "group")
    this.#listen()
  }

  get text(): string {
    return this.#editor?.text ?? (this.#code.textContent ?? "").replace(/\n$/, "")
  }

  get focused(): boolean {
    return this.#host.contains(document.activeElement)
  }

  /** Put other code in, as a slider, a restored edit or Reset does; the reader's own typing does not come this way. */
  set(text: string): void {
    if (text === this.text) return
    this.mark(undefined)
    if (this.#editor) this.#editor.set(text)
    else if (text === this.published) this.#code.innerHTML = this.#publishedHtml
    else if (!this.#replaceWithinToken(text)) void this.#repaint(text)
  }

  /** Mark a line, counted from 1, where an error arose; the mark goes with the next edit. */
  mark(line: number | undefined): void {
    if (line === undefined) delete this.#host.dataset["errorLine"]
    else this.#host.dataset["errorLine"] = String(line)
    this.#host.style.setProperty("--kp-error-line", String((line ?? 1) - 1))
  }

  /** Enter the code, as Shift+Enter does from the cell above. */
  async focus(): Promise<void> {
    await this.#mount()
    this.#editor?.focus()
  }

  async focusLine(line: number): Promise<void> {
    await this.#mount()
    this.#editor?.focus(this.#editor.lineStart(line))
  }

  destroy(): void {
    this.#editor?.destroy()
  }

  #listen(): void {
    const pre = this.#pre
    pre.addEventListener("pointerdown", () => {
      this.#byPointer = true
      loadEditor().catch(() => {})
    })
    pre.addEventListener("click", () => void this.#enterByPointer())
    pre.addEventListener("focus", () => void this.#enterByFocus())
    pre.addEventListener("blur", () => (this.#byPointer = false))
    watchKeys()
  }

  /** A click that ends a selection keeps it: the reader may only want to copy. */
  async #enterByPointer(): Promise<void> {
    const { anchor, head } = this.#selection()
    await this.#mount()
    this.#editor?.focus(anchor, head)
  }

  async #enterByFocus(): Promise<void> {
    if (this.#byPointer) return // the click decides
    const byTab = lastKey === "Tab"
    await this.#mount()
    // While the editor is on its way the reader may have gone on.
    if (document.activeElement !== document.body && !this.focused) return
    this.#editor?.focus()
    if (byTab) this.#editor?.letTabPass()
  }

  #mount(): Promise<void> {
    this.#mounting ??= this.#replaceByEditor().catch(() => {
      this.#mounting = undefined
      this.#options.onFailure()
    })
    return this.#mounting
  }

  async #replaceByEditor(): Promise<void> {
    const { createEditor } = await loadEditor()
    if (!this.#host.isConnected) return
    const hadFocus = document.activeElement === this.#pre
    const scroll = this.#pre.scrollLeft
    const { onEdit } = this.#options
    const editor = createEditor(this.text, {
      ...this.#options,
      onEdit: () => {
        this.mark(undefined)
        onEdit()
      },
    })
    this.#pre.replaceWith(editor.dom)
    editor.dom.querySelector(".cm-scroller")?.scrollTo(scroll, 0)
    this.#editor = editor
    if (hadFocus) editor.focus()
  }

  /** The selection as offsets in the code; where there is none, the caret of the click. */
  #selection(): { anchor?: number; head?: number } {
    const selection = document.getSelection()
    const offset = (node: Node | null, at: number): number | undefined => {
      if (!node || !this.#code.contains(node)) return undefined
      const range = document.createRange()
      range.setStart(this.#code, 0)
      range.setEnd(node, at)
      return range.toString().length
    }
    const anchor = offset(selection?.anchorNode ?? null, selection?.anchorOffset ?? 0)
    const head = offset(selection?.focusNode ?? null, selection?.focusOffset ?? 0)
    return { ...(anchor === undefined ? {} : { anchor }), ...(head === undefined ? {} : { head }) }
  }

  /** Change one token in place, so that the colours around it stay; false if the change is larger. */
  #replaceWithinToken(text: string): boolean {
    const old = this.text
    let from = 0
    while (from < old.length && from < text.length && old[from] === text[from]) from++
    let same = 0
    while (same < Math.min(old.length, text.length) - from && old.at(-1 - same) === text.at(-1 - same)) same++
    const walker = document.createTreeWalker(this.#code, NodeFilter.SHOW_TEXT)
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

  async #repaint(text: string): Promise<void> {
    this.#code.textContent = text
    const { highlight } = await loadEditor()
    if (!this.#editor && this.text === text) this.#code.replaceChildren(highlight(text))
  }
}
