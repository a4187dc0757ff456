// Exercises and guesses of a page, before a reader nears them: results are veiled at once, all else comes when needed.
import { element } from "./dom.ts"
import type { Page } from "./page.ts"

/** How near one must be, in pixels, before its code is fetched. */
const NEAR = 300
/** What tells that a reader is there. */
const SIGNS = ["scroll", "pointermove", "pointerdown", "keydown"]

/** Veil what is to be guessed; take over each exercise and guess when it comes near the window or gets the focus. */
export function hydrate(page: Page): void {
  const waiting = new Set(document.querySelectorAll<HTMLElement>("[data-exercise], form[data-predict]"))
  const takeOver = async (root: HTMLElement): Promise<void> => {
    if (!waiting.delete(root)) return
    observer.unobserve(root)
    try {
      if ("exercise" in root.dataset) await (await import("./exercise.ts")).takeOver(root, page)
      else await (await import("./predict.ts")).takeOver(root as HTMLFormElement, page)
    } catch (error) {
      console.error(error)
      giveWay(root)
    }
  }
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) void takeOver(target as HTMLElement)
    },
    { rootMargin: `${NEAR}px` },
  )
  for (const root of waiting) {
    if (root.dataset["predict"]) veil(root.dataset["predict"])
    root.addEventListener("focusin", () => void takeOver(root), { once: true, signal: page.signal })
  }
  // Nobody reads yet who has not so much as moved the pointer.
  const begin = (): void => waiting.forEach((root) => observer.observe(root))
  for (const sign of SIGNS) window.addEventListener(sign, begin, { once: true, passive: true, signal: page.signal })
  page.signal.addEventListener("abort", () => observer.disconnect())
}

/** Where the code does not come, the page is as without JavaScript: all there. */
function giveWay(root: HTMLElement): void {
  root.dataset["hydrated"] = ""
  const { predict } = root.dataset
  if (predict) outputOf(predict)?.closest(".kp-veiled")?.classList.remove("kp-veiled")
}

function outputOf(cell: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-cell="${CSS.escape(cell)}"] [data-output]`)
}

/** Hide a cell's published output; its place stays. */
function veil(cell: string): void {
  const output = outputOf(cell)
  if (!output || output.parentElement?.classList.contains("kp-veiled")) return
  const wrap = element("div", { class: "kp-veiled" })
  output.before(wrap)
  wrap.append(output)
}
