// A cell's code: the text that the page came with, plain to type into, until the editor takes its place.
import type { CodeOptions, Editor } from "./editor.ts"
import { PlainCode } from "./plain-code.ts"
import { isComposing } from "../ui/dom.ts"

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
  readonly #plain: PlainCode
  readonly #options: CodeOptions
  readonly #onEdit: () => void
  #editor: Editor | undefined
  #mounting: Promise<void> | undefined
  #byPointer = false
  /** Until the reader does something here, Tab moves on. */
  #passing = false

  constructor(host: HTMLElement, options: CodeOptions) {
    this.#host = host
    this.#options = { ...options, onEdit: () => this.#edited() }
    this.#onEdit = options.onEdit
    this.#plain = new PlainCode(host)
    this.published = this.#plain.published
    this.#plain.element.setAttribute("aria-label", options.label)
    this.#plain.element.setAttribute("aria-description", options.description)
    this.#listen()
  }

  get text(): string {
    return this.#editor?.text ?? this.#plain.text
  }

  /** Put other code in, as a slider, a restored edit or Reset does; the reader's own typing does not come this way. */
  set(text: string): void {
    if (text === this.text) return
    this.mark(undefined)
    if (this.#editor) return this.#editor.set(text)
    if (!this.#plain.set(text)) void this.#paint(text).catch(() => {})
  }

  /** Mark a line, counted from 1, where an error arose; the mark goes with the next edit. */
  mark(line: number | undefined): void {
    if (line === undefined) delete this.#host.dataset["errorLine"]
    else {
      this.#host.dataset["errorLine"] = String(line)
      this.#editor?.unfold()
      for (const fold of this.#host.querySelectorAll("details")) fold.open = true
    }
    this.#host.style.setProperty("--kp-error-line", String((line ?? 1) - 1))
  }

  /** Enter the code, as Shift+Enter does from the cell above. */
  focus(): void {
    if (this.#editor) return this.#editor.focus()
    this.#plain.focus()
    void this.#mount()
  }

  focusLine(line: number): void {
    if (this.#editor) return this.#editor.focus(this.#editor.lineStart(line))
    const before = this.text.split("\n").slice(0, line - 1)
    this.#plain.focus(before.join("\n").length + (before.length > 0 ? 1 : 0))
    void this.#mount()
  }

  destroy(): void {
    this.#editor?.destroy()
  }

  #edited(): void {
    this.mark(undefined)
    this.#onEdit()
  }

  /** A click that ends a selection keeps it: the reader may only want to copy. So the editor comes after it. */
  #listen(): void {
    const { element } = this.#plain
    element.addEventListener("pointerdown", () => {
      this.#byPointer = true
      loadEditor().catch(() => {})
    })
    element.addEventListener("click", () => void this.#mount())
    element.addEventListener("focus", () => {
      this.#passing = lastKey === "Tab"
      if (!this.#byPointer) void this.#mount()
    })
    element.addEventListener("blur", () => (this.#byPointer = false))
    element.addEventListener("keydown", (event) => this.#onKey(event))
    element.addEventListener("input", () => {
      this.#passing = false
      this.#edited()
      void this.#mount()
    })
    watchKeys()
  }

  /** The editor's own keys, before it is there. */
  #onKey(event: KeyboardEvent): void {
    const { onRun, onRunNext, onLeave } = this.#options
    if (isComposing(event)) return
    if (event.key === "Escape") onLeave()
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) onRun()
    else if (event.key === "Enter" && event.shiftKey) onRunNext()
    else return
    event.preventDefault()
  }

  #mount(): Promise<void> {
    this.#mounting ??= this.#replaceByEditor().catch(() => {
      this.#mounting = undefined
      this.#options.onFailure()
    })
    return this.#mounting
  }

  async #replaceByEditor(): Promise<void> {
    this.#editor = await (await loadEditor()).openEditor(this.#plain, this.#options, () => this.#passing)
  }

  async #paint(text: string): Promise<void> {
    await (await loadEditor()).repaint(this.#plain, text)
  }
}
