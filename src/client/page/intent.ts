// When does a reader mean to run something? Python starts then, and not before.
import type { Ahead } from "../cell/extras.ts"
import { isCostly } from "../shared/connection.ts"
import { whenIdle } from "../shared/idle.ts"
import { nearObserver } from "../ui/near.ts"

const RUN = '[data-action="run"], [data-action="run-all"], [data-action="check"], .kp-cell:not([data-states]) .kp-control'

/** Have what was recorded for controls at hand when a reader nears them and the browser is idle. */
export function watchNear(ahead: readonly Ahead[], signal: AbortSignal): void {
  if (isCostly()) return
  for (const { places, load } of ahead) {
    const observer = nearObserver(() => {
      observer.disconnect()
      whenIdle(() => signal.aborted || load())
    }, signal)
    for (const place of places) observer.observe(place)
  }
}

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
