// Numbers in sentences that a cell computed, and rulings on what it put out: both follow what stands there now.
// A chunk of its own.
import type { SentenceValues } from "../engine/engine.ts"
import "../ui/deferred-styles.ts"
import { button, element } from "../ui/dom.ts"
import { loadDeferredTexts, type Texts } from "../ui/texts.ts"

/** What stands for a value that cannot be had. */
const NONE = "–"

/** A cell, as far as sentences go. */
interface Source {
  readonly id: string
  reset(): void
}

const published = new WeakMap<HTMLElement, string>()
/** The cells of a ruling that are not in their published state. */
const away = new WeakMap<Element, Set<Source>>()

/** Bring the sentences and rulings that name a cell to its present output; `isAway`: that is not the published one. */
export function follow(cell: Source, isAway: boolean, values: SentenceValues | undefined, texts: Texts): void {
  const name = CSS.escape(cell.id)
  for (const place of document.querySelectorAll<HTMLElement>(`[data-of="${name}"][data-value]`)) {
    if (!published.has(place)) published.set(place, place.textContent ?? "")
    if (!isAway) place.textContent = published.get(place) ?? ""
    else if (values) place.textContent = values[place.dataset["value"] ?? ""] ?? NONE
    place.toggleAttribute("data-away", isAway)
  }
  const rulings = `.kp-verdict:is([data-evidence~="${name}"], :has([data-of="${name}"]))`
  for (const ruling of document.querySelectorAll(rulings)) step(ruling, cell, isAway, texts)
}

/** A ruling steps back while one of its cells is elsewhere, and offers the way back. */
function step(ruling: Element, cell: Source, isAway: boolean, texts: Texts): void {
  const cells = away.get(ruling) ?? new Set()
  away.set(ruling, cells)
  if (isAway) cells.add(cell)
  else cells.delete(cell)
  ruling.toggleAttribute("data-away", cells.size > 0)
  const note = ruling.querySelector(":scope > .kp-verdict__away")
  if (cells.size === 0) return note?.remove()
  if (!note) void loadDeferredTexts().then(() => offerReturn(ruling, cells, texts))
}

function offerReturn(ruling: Element, cells: ReadonlySet<Source>, texts: Texts): void {
  if (cells.size === 0 || ruling.querySelector(":scope > .kp-verdict__away")) return
  const back = button(texts("sentences.back"), "published", () => [...cells].forEach((cell) => cell.reset()))
  ruling.append(element("div", { class: "kp-verdict__away" }, element("span", {}, texts("sentences.away")), back))
}
