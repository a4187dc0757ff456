// The controls at the top of an article: run, stop and reset everything, and take the article away.
import type { Cell } from "../cell/cell.ts"
import { button } from "../ui/dom.ts"
import type { Session } from "../engine/session.ts"
import type { Texts } from "../ui/texts.ts"

/** A shorter run shows no Stop. */
const PATIENCE = 300

export interface Takeaway {
  share(): Promise<void>
  download(): Promise<boolean>
  resetAll(): void
}

export function hydrateControls(root: HTMLElement, cells: readonly Cell[], session: Session, texts: Texts, takeaway: Takeaway): void {
  const status = root.querySelector<HTMLElement>(".kp-controls__status") ?? root
  const say = (text: string): void => {
    status.textContent = text
  }
  const stop = button(texts("cell.stop"), "stop", () => session.stop())
  stop.hidden = true
  const runAllButton = root.querySelector<HTMLButtonElement>('[data-action="run-all"]')
  runAllButton?.after(stop)

  let going = false
  const runAll = async (): Promise<void> => {
    if (going) return
    going = true
    const timer = window.setTimeout(() => swap(runAllButton, stop), PATIENCE)
    const total = cells.length
    const count = (): void => {
      const at = cells.findIndex((cell) => cell.state === "running" || cell.state === "booting")
      if (at >= 0) say(texts("controls.running", { n: at + 1, total }))
    }
    const observer = new MutationObserver(count)
    for (const cell of cells) observer.observe(cell.element, { attributeFilter: ["data-state"] })
    const result = await session.runAll()
    observer.disconnect()
    clearTimeout(timer)
    swap(stop, runAllButton)
    going = false
    const failed = cells.find((cell) => cell.state === "error")
    if (result.status === "done") say(texts("controls.done", { total }))
    else if (result.status === "stopped") say(texts("cell.stopped"))
    else say(texts("controls.failed", { name: failed?.name ?? "" }))
  }

  runAllButton?.addEventListener("click", () => void runAll())
  root.querySelector('[data-action="reset-all"]')?.addEventListener("click", () => {
    takeaway.resetAll()
    say(texts("controls.reset"))
  })
  const download = button(texts("controls.notebook"), "notebook", () => {
    void takeaway.download().then((made) => say(made ? "" : texts("controls.notebook-failed")))
  })
  status.before(button(texts("controls.share"), "share", () => void takeaway.share()), " ", download, " ")
}

/** One place, two buttons; the focus stays in it. */
function swap(from: HTMLButtonElement | null, to: HTMLButtonElement | null): void {
  if (!from || !to || from.hidden) return
  const hadFocus = from === document.activeElement
  from.hidden = true
  to.hidden = false
  if (hadFocus) to.focus()
}
