// Brings the service worker, and tells it of the page that came before it.
import type { ToServiceWorker } from "./caches.ts"

const here = new URL("..", import.meta.url).href

export async function register(): Promise<void> {
  if (!("serviceWorker" in navigator) || "livereload" in window) return // not while the site is being written
  try {
    const before = navigator.serviceWorker.controller
    await navigator.serviceWorker.register(`${here}sw.js`)
    const message: ToServiceWorker = { type: "visited", urls: visited() }
    if (!before) (await navigator.serviceWorker.ready).active?.postMessage(message)
  } catch {
    // a private window, or no room: the site works as before
  }
}

/** This page and all that it loaded of the site, save the runtime. */
function visited(): string[] {
  const parts = performance.getEntriesByType("resource").map(({ name }) => name)
  return [location.href.replace(/#.*/, ""), ...parts.filter((url) => url.startsWith(here) && !url.includes("/runtime/"))]
}
