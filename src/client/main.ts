// The client's entry: makes each page live when it comes, at first and after every instant navigation.
import { pageRelease } from "./engine/release.ts"
import type { Feature, Page } from "./page/feature.ts"
import { hydratePage, openToTyping } from "./page/hydrate.ts"
import { tearDownOnLeave } from "./page/teardown.ts"
import { loadTexts } from "./ui/texts.ts"

interface Observable {
  subscribe(next: () => void): unknown
}

declare global {
  interface Window {
    /** Material's stream of pages; absent on pages of our own making. */
    document$?: Observable
    kamipen: {
      /** Resolves when all cells of the present page are live. */
      ready: Promise<void>
    }
  }
}

/** Features beyond the cells: each is a chunk that is loaded where its elements occur. */
const features: readonly [selector: string, load: () => Promise<Feature>][] = [
  ["[data-exercise], form[data-predict]", () => import("./exercise/hydrate.ts")],
  ["[data-practice]", () => import("./practice/hydrate.ts")],
  ["[data-docket]", () => import("./docket/hydrate.ts")],
  ["[data-offline]", () => import("./offline/hydrate.ts")],
]

/** Instant navigation can bring a page of a newer release, which this client does not know. */
const own = pageRelease()

/** Whether the place on the page is the browser's to choose: at first, and after its back and forward. */
let isRestored = true
addEventListener("popstate", ({ state }) => (isRestored = state !== null))

let leaving = new AbortController()
let firstIsOpen: (opened: Promise<void>) => void
window.kamipen = { ready: new Promise((resolve) => (firstIsOpen = resolve)) }

async function open(signal: AbortSignal): Promise<void> {
  const texts = await loadTexts()
  if (signal.aborted) return
  tearDownOnLeave(signal)
  const page = await hydratePage(texts, signal)
  if (signal.aborted) return
  const present = features.filter(([selector]) => document.querySelector(selector))
  await Promise.all(present.map(([, load]) => attach(load, page)))
}

/** One feature that fails leaves the others and the article alone. */
async function attach(load: () => Promise<Feature>, page: Page): Promise<void> {
  try {
    const feature = await load()
    if (!page.signal.aborted) await feature.hydrate(page)
  } catch (error) {
    console.error(error)
  }
}

function turnTo(): void {
  if (pageRelease() !== own) return location.reload() // with the client that it was made for
  // The theme notes the reader's place a moment late: after a click it can be the left page's, kept as this one's.
  if (!isRestored) location.hash ? location.replace(location.hash) : scrollTo(0, 0)
  isRestored = false
  openToTyping(document)
  leaving.abort()
  leaving = new AbortController()
  const opened = open(leaving.signal)
  window.kamipen.ready = opened
  firstIsOpen(opened)
}

// The service worker comes when the page has all that it needs.
window.addEventListener("load", () => setTimeout(() => void import("./offline/register.ts").then(({ register }) => register(), () => {}), 1_000), { once: true })

if (window.document$) window.document$.subscribe(turnTo)
else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", turnTo)
else turnTo()
