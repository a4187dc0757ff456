// An exercise outside its article: taken from the article's page, with a session over the article's cells.

import { loader } from "../engine/loader.ts"
import { explainFailure } from "../engine/release.ts"
import { silent } from "../engine/runnable.ts"
import type { Runnable } from "../engine/runnable.ts"
import { Session } from "../engine/session.ts"

export interface FetchedExercise {
  root: HTMLElement
  session: Session
  /** Where the article has it. */
  href: string
}

const PATIENCE = 2_000 // ms

const pages = new Map<string, Promise<Document>>()
let visits = 0

/** Fetch an exercise from its article's page; rejects where the page or the exercise does not come. */
export async function fetchExercise(id: string, page: URL): Promise<FetchedExercise> {
  const article = await loadPage(page)
  const found = article.querySelector<HTMLElement>(`[data-exercise="${CSS.escape(id)}"]`)
  if (!found) throw new Error(`no exercise ${id} in ${page.pathname}`)
  const root = document.importNode(found, true)
  root.querySelector(".headerlink")?.remove()
  for (const name of ["href", "src"] as const) {
    for (const linked of root.querySelectorAll(`[${name}]`)) {
      linked.setAttribute(name, new URL(linked.getAttribute(name) ?? "", page).href)
    }
  }
  const session = new Session(`${page.pathname}@practice${++visits}`, cellsOf(article), loader, explainFailure)
  return { root, session, href: `${page.href}#exercise-${id}` }
}

function loadPage(page: URL): Promise<Document> {
  const known = pages.get(page.href)
  if (known) return known
  const loading = fetch(page)
    .then((response) => {
      if (!response.ok) throw new Error(`${page.pathname}: ${response.status}`)
      return response.text()
    })
    .then((html) => new DOMParser().parseFromString(html, "text/html"))
  pages.set(page.href, loading)
  loading.catch(() => pages.delete(page.href))
  return loading
}

/** Wait, not for long, until what was just put into the page has its fonts: formulas would move while the reader reads. */
export async function fontsReady(root: HTMLElement): Promise<void> {
  root.getBoundingClientRect() // a font is asked for when it is first laid out
  await Promise.race([document.fonts.ready, new Promise((resolve) => setTimeout(resolve, PATIENCE))])
}

/** The article's cells as published: what an exercise may build on. Nothing shows how they run. */
function cellsOf(article: Document): Runnable[] {
  return [...article.querySelectorAll<HTMLElement>("[data-cell][data-state]")].map((cell) => {
    const code = (cell.querySelector(".kp-cell__code code")?.textContent ?? "").replace(/\n$/, "")
    return silent(cell.dataset["cell"] ?? "", code, (cell.dataset["packages"] ?? "").split(" ").filter(Boolean))
  })
}
