// Takes over a page: makes its cells live, hangs the features on them, and lets go of everything when the reader leaves.
import { bootIndicator } from "../cell/boot-indicator.ts"
import { Cell, type CellHost } from "../cell/cell.ts"
import { addExtras } from "../cell/extras.ts"
import { loader } from "../engine/loader.ts"
import { explainFailure } from "../engine/release.ts"
import { Session } from "../engine/session.ts"
import { loadDeferredTexts, type Texts } from "../ui/texts.ts"
import { EDIT_PREFIX, SHARED_PREFIX } from "./addresses.ts"
import type { Autosave } from "./autosave.ts"
import { hydrateControls, type ArticleActions } from "./controls.ts"
import type { Page } from "./feature.ts"
import { watchIntent, watchNear } from "./intent.ts"

export { openToTyping } from "../cell/plain-code.ts"

/** Each visit has names of its own, also when a reader comes back. */
let visits = 0

/** Make the cells of the present page live. */
export async function hydratePage(texts: Texts, signal: AbortSignal): Promise<Page> {
  const cells: Cell[] = []
  const session = new Session(`${location.pathname}@${++visits}`, cells, loader, explainFailure)
  const autosave = lazyAutosave(cells, texts, signal)
  const host: CellHost = {
    texts,
    signal,
    session,
    cells,
    boot: bootIndicator(texts, loader, signal),
    edited: (cell) => void autosave().then((loaded) => loaded.changed(cell)),
    after: (cell) => cells[cells.indexOf(cell) + 1],
  }
  const roots = [...document.querySelectorAll<HTMLElement>('[data-cell][data-state="static"]')]
  for (const root of roots) cells.push(new Cell(root, host))
  const ahead = cells.map((cell) => addExtras(cell, session, texts, () => void shareLink(cells, cell, texts, (text) => cell.status.say(text), cell.element)))

  const controls = document.querySelector<HTMLElement>("[data-controls]")
  if (controls) hydrateControls(controls, cells, session, texts, articleActions(controls, cells, session, texts))
  watchIntent(roots, () => void session.warm().catch(() => {}), signal)
  signal.addEventListener("abort", () => {
    session.dispose()
    for (const cell of cells) cell.destroy()
  })
  watchNear(ahead, signal)
  await openEdits(cells, controls ?? roots[0], texts, autosave, signal)
  const cellsBefore = (element: Element): readonly Cell[] =>
    cells.filter((cell) => cell.element.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING)
  return { texts, signal, session, cellsBefore }
}

function lazyAutosave(cells: readonly Cell[], texts: Texts, signal: AbortSignal): () => Promise<Autosave> {
  let loading: Promise<Autosave> | undefined
  return () => (loading ??= Promise.all([import("./autosave.ts"), loadDeferredTexts()]).then(([{ Autosave }]) => new Autosave(cells, texts, signal)))
}

/** Put kept edits back, then those that a link carries, now and whenever the address changes. */
async function openEdits(cells: readonly Cell[], place: HTMLElement | undefined, texts: Texts, autosave: () => Promise<Autosave>, signal: AbortSignal): Promise<void> {
  const openLink = async (): Promise<void> => {
    if (place && location.hash.startsWith(SHARED_PREFIX)) await (await import("./share.ts")).openShared(cells, place, texts, await autosave())
  }
  window.addEventListener("hashchange", () => void openLink(), { signal })
  if (hasEdits()) (await autosave()).restore()
  await openLink()
}

function hasEdits(): boolean {
  try {
    return Object.keys(window.localStorage).some((key) => key.startsWith(EDIT_PREFIX))
  } catch {
    return false
  }
}

function articleActions(controls: HTMLElement, cells: readonly Cell[], session: Session, texts: Texts): ArticleActions {
  const status = controls.querySelector<HTMLElement>(".kp-controls__status")
  const say = (text: string): void => void (status && (status.textContent = text))
  return {
    share: () => shareLink(cells, undefined, texts, say, controls),
    download: async () => (await import("./notebook-download.ts")).download(cells),
    resetAll: () => {
      session.clear()
      for (const cell of cells) cell.reset()
    },
  }
}

async function shareLink(...share: Parameters<typeof import("./share.ts").shareLink>): Promise<void> {
  await (await import("./share.ts")).shareLink(...share)
}
