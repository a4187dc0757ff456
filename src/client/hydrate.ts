// Takes over a page: makes its cells live, hangs the features on them, and lets go of everything when the reader leaves.
import { BootBar } from "./bootbar.ts"
import { Cell, type CellHost } from "./cell.ts"
import { findConstant } from "./constants.ts"
import { hydrateControls } from "./controls.ts"
import { button } from "./dom.ts"
import { Keeper } from "./keeper.ts"
import { watchIntent } from "./intent.ts"
import type { Page } from "./page.ts"
import { Session } from "./session.ts"
import { addSliders } from "./sliders.ts"
import { start } from "./start.ts"
import type { Texts } from "./texts.ts"

const FRAGMENT = "#kp="

/** Each visit has names of its own, also when a reader comes back. */
let visits = 0

/** Make the cells of the present page live. */
export function hydratePage(texts: Texts, signal: AbortSignal): Page {
  const cells: Cell[] = []
  const session = new Session(`${location.pathname}@${++visits}`, cells, start)
  const keeper = new Keeper(cells, texts, signal)
  const host: CellHost = {
    texts,
    session,
    cells,
    boot: new BootBar(texts, start, signal),
    edited: (cell) => keeper.changed(cell),
    after: (cell) => cells[cells.indexOf(cell) + 1],
  }
  const roots = [...document.querySelectorAll<HTMLElement>('[data-cell][data-state="static"]')]
  for (const root of roots) cells.push(new Cell(root, host))
  for (const cell of cells) equip(cell, cells, session, texts)
  keeper.restore()

  const controls = document.querySelector<HTMLElement>("[data-controls]")
  const top = controls ?? roots[0]
  const openLink = async (): Promise<void> => {
    if (top && location.hash.startsWith(FRAGMENT)) await (await import("./shared.ts")).openShared(cells, top, texts, keeper)
  }
  if (controls) hydrateControls(controls, cells, session, texts, takeaway(controls, cells, session, texts))
  void openLink()
  window.addEventListener("hashchange", () => void openLink(), { signal })
  watchIntent(roots, () => void session.warm().catch(() => {}), signal)
  signal.addEventListener("abort", () => {
    session.dispose()
    for (const cell of cells) cell.destroy()
  })
  return { texts, signal, session, cellsBefore: (element) => cells.filter((cell) => cell.element.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) }
}

/** What a cell has beyond running: sliders, Repeat, a link to it. */
function equip(cell: Cell, cells: readonly Cell[], session: Session, texts: Texts): void {
  addSliders(cell, texts)
  const share = cell.element.querySelector<HTMLElement>('.kp-cell__bar [data-action="share"]')
  share?.addEventListener("click", () => void shareFrom(cells, cell, texts, (text) => cell.status.say(text), cell.element))
  const seed = cell.element.dataset["repeat"] ?? "seed"
  if (!findConstant(cell.published, seed)) return
  const run = async (): Promise<void> => (await import("./repeat.ts")).repeat(cell, session, seed, texts)
  const repeat = button(texts("repeat.run", { n: 15 }), "repeat", () => void run())
  repeat.title = texts("repeat.about", { n: 15, name: seed })
  repeat.setAttribute("aria-label", repeat.title)
  cell.onCode.add(() => (repeat.disabled = !findConstant(cell.code, seed)))
  share?.before(repeat)
}

function takeaway(controls: HTMLElement, cells: readonly Cell[], session: Session, texts: Texts) {
  const status = controls.querySelector<HTMLElement>(".kp-controls__status")
  const say = (text: string): void => void (status && (status.textContent = text))
  return {
    share: () => shareFrom(cells, undefined, texts, say, controls),
    download: async () => (await import("./notebook.ts")).download(cells),
    resetAll: () => {
      session.clear()
      for (const cell of cells) cell.reset()
    },
  }
}

async function shareFrom(cells: readonly Cell[], at: Cell | undefined, texts: Texts, say: (text: string) => void, place: Element): Promise<void> {
  const { shareLink } = await import("./shared.ts")
  await shareLink(cells, at, texts, say, place)
}
