// Takes over a page: makes its cells live, hangs the features on them, and lets go of everything when the reader leaves.
import { Cell, type CellHost, type Progress } from "../cell/cell.ts"
import { findConstant } from "../cell/parameters.ts"
import { hydrateControls, type Takeaway } from "./controls.ts"
import { button } from "../ui/dom.ts"
import { watchIntent } from "./intent.ts"
import type { Keeper } from "./autosave.ts"
import type { Page } from "./feature.ts"
import { Session } from "../engine/session.ts"
import { start } from "../engine/loader.ts"
import type { Texts } from "../ui/texts.ts"

/** What the fragment of a link with code begins with, and the keys of kept edits: the rest of both is loaded when needed. */
const SHARED = "#kp="
const KEPT = "kamipen:edit:"

/** Each visit has names of its own, also when a reader comes back. */
let visits = 0

/** Make the cells of the present page live. */
export async function hydratePage(texts: Texts, signal: AbortSignal): Promise<Page> {
  const cells: Cell[] = []
  const session = new Session(`${location.pathname}@${++visits}`, cells, start)
  let keeping: Promise<Keeper> | undefined
  const keeper = (): Promise<Keeper> => (keeping ??= import("./autosave.ts").then(({ Keeper }) => new Keeper(cells, texts, signal)))
  const host: CellHost = {
    texts,
    session,
    cells,
    boot: progress(texts, signal),
    edited: (cell) => void keeper().then((kept) => kept.changed(cell)),
    after: (cell) => cells[cells.indexOf(cell) + 1],
  }
  const roots = [...document.querySelectorAll<HTMLElement>('[data-cell][data-state="static"]')]
  for (const root of roots) cells.push(new Cell(root, host))
  for (const cell of cells) equip(cell, cells, session, texts)

  const controls = document.querySelector<HTMLElement>("[data-controls]")
  if (controls) hydrateControls(controls, cells, session, texts, takeaway(controls, cells, session, texts))
  const openLink = async (): Promise<void> => {
    const place = controls ?? roots[0]
    if (place && location.hash.startsWith(SHARED)) await (await import("./share.ts")).openShared(cells, place, texts, await keeper())
  }
  window.addEventListener("hashchange", () => void openLink(), { signal })
  watchIntent(roots, () => void session.warm().catch(() => {}), signal)
  signal.addEventListener("abort", () => {
    session.dispose()
    for (const cell of cells) cell.destroy()
  })
  if (hasEdits()) (await keeper()).restore()
  await openLink()
  const cellsBefore = (element: Element): readonly Cell[] =>
    cells.filter((cell) => cell.element.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING)
  return { texts, signal, session, cellsBefore }
}

function hasEdits(): boolean {
  try {
    return Object.keys(window.localStorage).some((key) => key.startsWith(KEPT))
  } catch {
    return false
  }
}

/** The bar comes with the first start that has to be waited for. */
function progress(texts: Texts, signal: AbortSignal): Progress {
  const wanted = new Set<HTMLElement>()
  let bar: Progress | undefined
  const load = async (): Promise<Progress> => {
    const { BootBar } = await import("../cell/boot-progress.ts")
    return (bar ??= new BootBar(texts, start, signal))
  }
  return {
    show(place) {
      wanted.add(place)
      void load().then((loaded) => wanted.has(place) && loaded.show(place), () => {})
    },
    hide(place) {
      wanted.delete(place)
      bar?.hide(place)
    },
  }
}

/** What a cell has beyond running: sliders, Repeat, a link to it. */
function equip(cell: Cell, cells: readonly Cell[], session: Session, texts: Texts): void {
  equipSliders(cell, texts)
  const share = cell.element.querySelector<HTMLElement>('.kp-cell__bar [data-action="share"]')
  share?.addEventListener("click", () => void shareFrom(cells, cell, texts, (text) => cell.status.say(text), cell.element))
  const seed = cell.element.dataset["repeat"] ?? "seed"
  if (!findConstant(cell.published, seed)) return
  const run = async (): Promise<void> => (await import("../cell/repeat.ts")).repeat(cell, session, seed, texts)
  const repeat = button(texts("repeat.run", { n: 15 }), "repeat", () => void run())
  repeat.title = texts("repeat.about", { n: 15, name: seed })
  repeat.setAttribute("aria-label", repeat.title)
  cell.onCode.add(() => (repeat.disabled = !findConstant(cell.code, seed)))
  share?.before(repeat)
}

/** The sliders' code comes when a hand nears them, or when edited code moves them. */
function equipSliders(cell: Cell, texts: Texts): void {
  const place = cell.element.querySelector(".kp-cell__sliders")
  if (!place) return
  const signs = ["pointerover", "focusin", "input"]
  let moved: EventTarget | null = null
  let loading: Promise<void> | undefined
  const load = (event?: Event): void => {
    if (event?.type === "input") moved = event.target
    loading ??= import("../cell/sliders.ts").then(({ addSliders }) => {
      for (const sign of signs) place.removeEventListener(sign, load)
      cell.onCode.delete(load)
      addSliders(cell, texts, moved)
    })
  }
  for (const sign of signs) place.addEventListener(sign, load)
  cell.onCode.add(load)
}

function takeaway(controls: HTMLElement, cells: readonly Cell[], session: Session, texts: Texts): Takeaway {
  const status = controls.querySelector<HTMLElement>(".kp-controls__status")
  const say = (text: string): void => void (status && (status.textContent = text))
  return {
    share: () => shareFrom(cells, undefined, texts, say, controls),
    download: async () => (await import("./notebook-download.ts")).download(cells),
    resetAll: () => {
      session.clear()
      for (const cell of cells) cell.reset()
    },
  }
}

async function shareFrom(cells: readonly Cell[], at: Cell | undefined, texts: Texts, say: (text: string) => void, place: Element): Promise<void> {
  const { shareLink } = await import("./share.ts")
  await shareLink(cells, at, texts, say, place)
}
