// What a cell has beyond running: controls, Repeat, a link to it.
import type { Session } from "../engine/session.ts"
import { button } from "../ui/dom.ts"
import type { Texts } from "../ui/texts.ts"
import type { Cell } from "./cell.ts"

/** How often Repeat runs a cell. */
const TIMES = 15

/** What loads the rest of a cell, and the places that a reader would touch. */
export interface Ahead {
  places: readonly HTMLElement[]
  load(): void
}

/** Equip a cell with what its element has a place for; `share` makes a link to it. */
export function addExtras(cell: Cell, session: Session, texts: Texts, share: () => void): Ahead {
  const ahead = addControlsWhenNeeded(cell, session, texts)
  const link = cell.element.querySelector<HTMLElement>('.kp-cell__bar [data-action="share"]')
  link?.addEventListener("click", share)
  const repeat = repeatButton(cell, session, texts, ahead.load)
  if (repeat) link?.before(repeat)
  return ahead
}

function repeatButton(cell: Cell, session: Session, texts: Texts, load: () => Promise<unknown>): HTMLButtonElement | undefined {
  const seed = cell.element.dataset["repeat"] ?? "seed"
  const isThere = (code: string): boolean => new RegExp(`^${seed}\\b[^=\\n]*= *\\d`, "m").test(code)
  if (!isThere(cell.published)) return undefined
  const run = async (): Promise<void> => {
    const [{ repeat }] = await Promise.all([import("./repeat.ts"), load()])
    await repeat(cell, session, seed, TIMES, texts)
  }
  const made = button(texts("repeat.run", { n: TIMES }), "repeat", () => void run())
  made.title = texts("repeat.about", { n: TIMES, name: seed })
  made.setAttribute("aria-label", made.title)
  cell.onCode.add(() => (made.disabled = !isThere(cell.code)))
  return made
}

/** The controls' code and what was recorded for them come when a hand nears them, or when the code is changed. */
function addControlsWhenNeeded(cell: Cell, session: Session, texts: Texts): Ahead & { load(): Promise<unknown> } {
  const { states } = cell.element.dataset
  const places = [...document.querySelectorAll<HTMLElement>(`[data-cell="${cell.id}"] .kp-cell__controls, .kp-scrub[data-of="${cell.id}"]`)]
  const signs = ["pointerover", "focusin", "input", "click"]
  let moved: EventTarget | null = null
  let loading: Promise<unknown> | undefined
  const load = (): Promise<unknown> => {
    if (places.length === 0 && !states) return Promise.resolve()
    const file = states && !loading ? fetch(new URL(`../states/${states}`, import.meta.url)) : undefined
    file?.catch(() => {}) // whoever reads it hears of it
    loading ??= import("./controls/controls.ts")
      .then(({ addControls }) => addControls(cell, session, texts, file, () => moved))
      .then(forget, () => (loading = undefined))
    return loading
  }
  const touched = ({ type, target }: Event): void => {
    if (type === "input" || type === "click") moved = target
    void load()
  }
  const changed = (): void => void load()
  const forget = (): void => {
    cell.onCode.delete(changed)
    for (const place of places) for (const sign of signs) place.removeEventListener(sign, touched)
  }
  for (const place of places) {
    if (place.matches(".kp-scrub")) place.tabIndex = 0
    for (const sign of signs) place.addEventListener(sign, touched)
  }
  if (places.length > 0) cell.onCode.add(changed)
  return { places, load }
}
