// The controls at the top of an article: run, stop and reset everything, and take the article away.
import type { Cell } from "../cell/cell.ts"
import type { Session } from "../engine/session.ts"
import { button } from "../ui/dom.ts"
import { RunStop } from "../ui/run-stop.ts"
import type { Texts } from "../ui/texts.ts"

export interface ArticleActions {
  share(): Promise<void>
  download(): Promise<boolean>
  resetAll(): void
}

/** Make the controls work; resolved texts are said in their status line. */
export function hydrateControls(root: HTMLElement, cells: readonly Cell[], session: Session, texts: Texts, actions: ArticleActions): void {
  const status = root.querySelector<HTMLElement>(".kp-controls__status") ?? root
  const say = (text: string): void => {
    status.textContent = text
  }
  const run = root.querySelector<HTMLButtonElement>('[data-action="run-all"]')
  if (run) hydrateRunAll(run, cells, session, texts, say)
  root.querySelector('[data-action="reset-all"]')?.addEventListener("click", () => {
    actions.resetAll()
    say(texts("controls.reset"))
  })
  const download = button(texts("controls.notebook"), "notebook", () => {
    void actions.download().then((made) => say(made ? "" : texts("controls.notebook-failed")))
  })
  status.before(button(texts("controls.share"), "share", () => void actions.share()), " ", download, " ")
}

function hydrateRunAll(run: HTMLButtonElement, cells: readonly Cell[], session: Session, texts: Texts, say: (text: string) => void): void {
  const stop = button(texts("cell.stop"), "stop", () => session.stop())
  stop.hidden = true
  run.after(stop)
  const runStop = new RunStop(run, stop)
  let busy = false
  run.addEventListener("click", () => {
    if (busy) return
    busy = true
    runStop.busy(true)
    void runAll(cells, session, texts, say).finally(() => {
      busy = false
      runStop.busy(false)
    })
  })
}

/** Run all cells, and say which of them runs and how it ended. */
async function runAll(cells: readonly Cell[], session: Session, texts: Texts, say: (text: string) => void): Promise<void> {
  const total = cells.length
  const observer = new MutationObserver(() => {
    const at = cells.findIndex((cell) => cell.state === "running" || cell.state === "booting")
    if (at >= 0) say(texts("controls.running", { n: at + 1, total }))
  })
  for (const cell of cells) observer.observe(cell.element, { attributeFilter: ["data-state"] })
  const { status } = await session.runAll()
  observer.disconnect()
  if (status === "done") say(texts("controls.done", { total }))
  else if (status === "stopped") say(texts("cell.stopped"))
  else say(texts("controls.failed", { name: cells.find((cell) => cell.state === "error")?.name ?? "" }))
}
