// Keeps the reader's edits from visit to visit, and asks when the article changed under them. A chunk of its own.
import type { Cell } from "../cell/cell.ts"
import type { Texts } from "../ui/texts.ts"
import { Edits } from "./edit-storage.ts"

/** A dragged slider writes once, when it rests. */
const REST = 300

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
    const flush = (): void => this.#flush()
    window.addEventListener("pagehide", flush, { signal })
    signal.addEventListener("abort", flush)
  }

  /** Put kept edits back; where the article changed since, ask. */
  restore(): void {
    for (const cell of this.#cells) {
      const edit = this.#edits.get(cell.id)
      if (!edit) continue
      if (edit.code === cell.published) this.#edits.delete(cell.id)
      else if (edit.hash === cell.hash) cell.setCode(edit.code)
      else void this.#ask(cell, edit.code)
    }
  }

  /** A cell's code changed, by the reader or by what the reader pressed. */
  changed(cell: Cell): void {
    if ("shared" in cell.element.dataset || this.#undecided.has(cell)) return
    this.#dirty.add(cell)
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(() => this.#flush(), REST)
  }

  keep(cell: Cell): void {
    this.changed(cell)
  }

  own(cell: Cell): string {
    const edit = this.#edits.get(cell.id)
    return edit?.hash === cell.hash ? edit.code : cell.published
  }

  #flush(): void {
    clearTimeout(this.#timer)
    for (const cell of this.#dirty) {
      if (cell.edited) this.#edits.set(cell.id, { hash: cell.hash, code: cell.code })
      else this.#edits.delete(cell.id)
    }
    this.#dirty.clear()
  }

  async #ask(cell: Cell, mine: string): Promise<void> {
    this.#undecided.add(cell)
    const { notice } = await import("../ui/notice.ts")
    const t = this.#texts
    const decide = (code: string) => (): void => {
      this.#undecided.delete(cell)
      cell.setCode(code)
      this.changed(cell)
    }
    const actions = [
      { label: t("edits.keep"), action: "keep-mine", act: decide(mine) },
      { label: t("edits.take"), action: "take-new", act: () => decide(cell.code)() },
    ]
    const names = { left: t("edits.new"), right: t("edits.mine") }
    const difference = { title: t("edits.difference"), left: cell.published, right: mine, names }
    cell.element.prepend(notice(t("edits.article-changed"), actions, difference))
  }

  #sayNotKept(): void {
    const status = document.querySelector(".kp-controls__status")
    if (status) status.textContent = this.#texts("edits.not-kept")
    else this.#cells[0]?.status.say(this.#texts("edits.not-kept"))
  }
}
