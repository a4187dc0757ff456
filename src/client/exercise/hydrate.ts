// Exercises and guesses of a page, before a reader nears them: results are veiled at once, all else comes when needed.
import type { Page } from "../page/feature.ts"
import { element } from "../ui/dom.ts"
import { nearObserver } from "../ui/near.ts"

/** What tells that a reader is there. */
const SIGNS = ["scroll", "pointermove", "pointerdown", "keydown"]

/** Veil what is to be guessed; take over each exercise and guess when it comes near the window or gets the focus. */
export function hydrate(page: Page): void {
  const roots = [...document.querySelectorAll<HTMLElement>("[data-exercise], form[data-predict]")]
  const woken = new Map<HTMLElement, Promise<void>>()
  const takeOver = (root: HTMLElement): Promise<void> => {
    observer.unobserve(root)
    const waking = woken.get(root) ?? wake(root, page)
    woken.set(root, waking)
    return waking
  }
  /** A button that was pressed too early is pressed again once it does something. */
  const repeat = (root: HTMLElement, target: Element): void => {
    const pressed = target.closest("button")
    if (pressed && !("hydrated" in root.dataset)) void takeOver(root).then(() => pressed.click())
  }
  const observer = nearObserver((root) => void takeOver(root), page.signal)
  for (const root of roots) {
    if (root.dataset["predict"]) veil(root.dataset["predict"])
    root.addEventListener("submit", (event) => event.preventDefault(), { signal: page.signal }) // Enter would leave the page
    root.addEventListener("focusin", () => void takeOver(root), { once: true, signal: page.signal })
    root.addEventListener("click", ({ target }) => repeat(root, target as Element), { signal: page.signal })
  }
  // Nobody reads yet who stands at the top and has not so much as moved the pointer.
  const begin = (): void => roots.forEach((root) => woken.has(root) || observer.observe(root))
  if (scrollY > 0) begin()
  else for (const sign of SIGNS) window.addEventListener(sign, begin, { once: true, passive: true, signal: page.signal })
}

async function wake(root: HTMLElement, page: Page): Promise<void> {
  try {
    if ("exercise" in root.dataset) await (await import("./exercise.ts")).hydrateExercise(root, page)
    else await (await import("./prediction.ts")).hydratePrediction(root as HTMLFormElement, page)
  } catch (error) {
    console.error(error)
    giveWay(root)
  }
}

/** Where the code does not come, the page is as without JavaScript: all there. */
function giveWay(root: HTMLElement): void {
  root.dataset["hydrated"] = ""
  root.querySelectorAll(".kp-exercise__locked, .kp-predict__controls > :not(fieldset)").forEach((part) => part.remove())
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
