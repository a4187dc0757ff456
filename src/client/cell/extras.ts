// What a cell has beyond running: sliders, Repeat, a link to it.
import type { Session } from "../engine/session.ts"
import { button } from "../ui/dom.ts"
import { loadDeferredTexts, type Texts } from "../ui/texts.ts"
import type { Cell } from "./cell.ts"
import { findParameter } from "./parameters.ts"

/** How often Repeat runs a cell. */
const TIMES = 15

/** Equip a cell with what its element has a place for; `share` makes a link to it. */
export function addExtras(cell: Cell, session: Session, texts: Texts, share: () => void): void {
  addSlidersWhenNeeded(cell, texts)
  const link = cell.element.querySelector<HTMLElement>('.kp-cell__bar [data-action="share"]')
  link?.addEventListener("click", share)
  const repeat = repeatButton(cell, session, texts)
  if (repeat) link?.before(repeat)
}

function repeatButton(cell: Cell, session: Session, texts: Texts): HTMLButtonElement | undefined {
  const seed = cell.element.dataset["repeat"] ?? "seed"
  if (!findParameter(cell.published, seed)) return undefined
  const run = async (): Promise<void> => (await import("./repeat.ts")).repeat(cell, session, seed, TIMES, texts)
  const made = button(texts("repeat.run", { n: TIMES }), "repeat", () => void run())
  made.title = texts("repeat.about", { n: TIMES, name: seed })
  made.setAttribute("aria-label", made.title)
  cell.onCode.add(() => (made.disabled = !findParameter(cell.code, seed)))
  return made
}

/** The sliders' code comes when a hand nears them, or when edited code moves them. */
function addSlidersWhenNeeded(cell: Cell, texts: Texts): void {
  const place = cell.element.querySelector(".kp-cell__sliders")
  if (!place) return
  const signs = ["pointerover", "focusin", "input"]
  let moved: EventTarget | null = null
  let loading: Promise<void> | undefined
  const load = (event?: Event): void => {
    if (event?.type === "input") moved = event.target
    loading ??= Promise.all([import("./sliders.ts"), loadDeferredTexts()]).then(([{ addSliders }]) => {
      for (const sign of signs) place.removeEventListener(sign, load)
      cell.onCode.delete(load)
      addSliders(cell, texts, moved)
    })
  }
  for (const sign of signs) place.addEventListener(sign, load)
  cell.onCode.add(load)
}
