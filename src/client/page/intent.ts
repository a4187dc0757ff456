// When does a reader mean to run something? Python starts then, and not before.
import { isCostly } from "../shared/connection.ts"
import { whenIdle } from "../shared/idle.ts"

const RUN = '[data-action="run"], [data-action="run-all"], [data-action="check"], [data-slider]'

/** Call `warm` once: at a pointer or the focus on something that runs, or when a cell is in sight and the browser idle. */
export function watchIntent(cells: readonly Element[], warm: () => void, signal: AbortSignal): void {
  const done = new AbortController()
  signal.addEventListener("abort", () => done.abort())
  const once = (): void => {
    if (done.signal.aborted) return
    done.abort()
    warm()
  }
  for (const type of ["pointerover", "pointerdown", "focusin"])
    document.addEventListener(type, ({ target }) => target instanceof Element && target.closest(RUN) && once(), { passive: true, signal: done.signal })
  if (isCostly()) return // someone who pays by the byte is asked by nobody but themselves
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return
    observer.disconnect()
    whenIdle(once)
  })
  for (const cell of cells) observer.observe(cell)
  done.signal.addEventListener("abort", () => observer.disconnect())
}
