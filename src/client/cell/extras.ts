// What a cell has beyond running: controls, Repeat, a link to it.
import { explainFailure } from "../engine/release.ts"
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
  const ahead = addControlsWhenNeeded(cell, texts)
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
function addControlsWhenNeeded(cell: Cell, texts: Texts): Ahead & { load(): Promise<unknown> } {
  const { states } = cell.element.dataset
  const places = [...document.querySelectorAll<HTMLElement>(`[data-cell="${cell.id}"] .kp-cell__controls, .kp-scrub[data-of="${cell.id}"]`)]
  const signs = ["pointerover", "focusin", "input", "click", "pointercancel"]
  const moved = new Set<Element>()
  let loading: Promise<unknown> | undefined
  const load = (): Promise<unknown> => {
    if (places.length === 0 && !states) return Promise.resolve()
    const file = states && !loading ? fetch(new URL(`../states/${states}`, import.meta.url)) : undefined
    file?.catch(() => {}) // whoever reads it hears of it
    loading ??= import("./controls/controls.ts")
      .then(({ addControls }) => addControls(cell, texts, file, moved))
      .then(forget, failed)
    return loading
  }
  const touched = ({ type, target }: Event): void => {
    if (type === "pointercancel") moved.clear() // a finger that came down scrolls the page
    else if (target instanceof Element && (type === "input" || type === "click")) note(target)
    void load()
  }
  /** The last comes last; a button that is pressed twice is as if it had not been pressed. */
  const note = (target: Element): void => {
    if (!moved.delete(target) || !target.closest("button")) moved.add(target)
  }
  const failed = async (): Promise<void> => {
    loading = undefined
    if (moved.size === 0) return
    const { reason } = await explainFailure({ status: "crashed", elapsed: 0, reason: "network" })
    cell.status.say(texts(reason === "outdated" ? "crash.outdated" : "cell.control-failed"))
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
