// Keeps the reader's edits from visit to visit, and asks when the article changed under them. A chunk of its own.
import type { Cell } from "../cell/cell.ts"
import type { Texts } from "../ui/texts.ts"
import { Edits } from "./edit-storage.ts"

/** A dragged slider writes once, when it rests. */
const REST = 300

interface Choice {
  label: string
  action: string
  /** What the cell shall hold, when it is chosen. */
  code(): string
}

interface Sides {
  left: string
  right: string
  names: { left: string; right: string }
}

export class Autosave {
  readonly #cells: readonly Cell[]
  readonly #texts: Texts
  readonly #edits: Edits
  readonly #dirty = new Set<Cell>()
  /** Cells whose kept edit belongs to an earlier article: it stays until the reader has chosen. */
  readonly #undecided = new Set<Cell>()
  #timer = 0

  constructor(cells: readonly Cell[], texts: Texts, signal: AbortSignal) {
    this.#cells = cells
    this.#texts = texts
    this.#edits = new Edits(() => window.localStorage, () => this.#sayNotKept())
    const flush = (): void => this.flush()
    window.addEventListener("pagehide", flush, { signal })
    signal.addEventListener("abort", flush)
  }

  /** Put kept edits back; where the article changed since, ask. */
  restore(): void {
    for (const cell of this.#cells) {
      const edit = this.#edits.get(cell.id)
      if (!edit) continue
      if (edit.code === cell.published) this.#edits.delete(cell.id)
      else if (cell.edited) void this.#askAfterTyping(cell, edit.code)
      else if (edit.hash === cell.hash) cell.setCode(edit.code)
      else void this.#askAfterChange(cell, edit.code)
    }
  }

  /** A cell's code changed, by the reader or by what the reader pressed. */
  changed(cell: Cell): void {
    if ("shared" in cell.element.dataset || this.#undecided.has(cell)) return
    this.#dirty.add(cell)
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(() => this.flush(), REST)
  }

  keep(cell: Cell): void {
    this.changed(cell)
  }

  own(cell: Cell): string {
    const edit = this.#edits.get(cell.id)
    return edit?.hash === cell.hash ? edit.code : cell.published
  }

  /** Keep at once what was typed a moment ago. */
  flush(): void {
    clearTimeout(this.#timer)
    for (const cell of this.#dirty) {
      if (cell.edited) this.#edits.set(cell.id, { hash: cell.hash, code: cell.code })
      else this.#edits.delete(cell.id)
    }
    this.#dirty.clear()
  }

  #askAfterChange(cell: Cell, mine: string): Promise<void> {
    const t = this.#texts
    const choices = [
      { label: t("edits.keep"), action: "keep-mine", code: () => mine },
      { label: t("edits.take"), action: "take-new", code: () => cell.code },
    ]
    return this.#ask(cell, t("edits.article-changed"), choices, { left: cell.published, right: mine, names: { left: t("edits.new"), right: t("edits.mine") } })
  }

  /** The reader was faster than what was kept: neither is thrown away unasked. */
  #askAfterTyping(cell: Cell, earlier: string): Promise<void> {
    const t = this.#texts
    const choices = [
      { label: t("edits.take-typed"), action: "take-typed", code: () => cell.code },
      { label: t("edits.take-earlier"), action: "take-earlier", code: () => earlier },
    ]
    return this.#ask(cell, t("edits.typed"), choices, { left: cell.code, right: earlier, names: { left: t("edits.typed-now"), right: t("edits.earlier") } })
  }

  async #ask(cell: Cell, question: string, choices: readonly Choice[], sides: Sides): Promise<void> {
    this.#undecided.add(cell)
    this.#dirty.delete(cell)
    const { notice } = await import("../ui/notice.ts")
    const decide = (code: string): void => {
      this.#undecided.delete(cell)
      cell.setCode(code)
      this.changed(cell)
    }
    const actions = choices.map(({ label, action, code }) => ({ label, action, act: () => decide(code()) }))
    cell.element.prepend(notice(question, actions, { title: this.#texts("edits.difference"), ...sides }))
  }

  #sayNotKept(): void {
    const status = document.querySelector(".kp-controls__status")
    if (status) status.textContent = this.#texts("edits.not-kept")
    else this.#cells[0]?.status.say(this.#texts("edits.not-kept"))
  }
}
