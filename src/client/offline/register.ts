// Brings the service worker, and tells it of the page that came before it.
import type { ToServiceWorker } from "../shared/protocol.ts"

const here = new URL("..", import.meta.url).href

export async function register(): Promise<void> {
  if (!("serviceWorker" in navigator) || "livereload" in window) return // not while the site is being written
  try {
    const before = navigator.serviceWorker.controller
    await navigator.serviceWorker.register(`${here}sw.js`)
    const message: ToServiceWorker = before ? { type: "refresh" } : { type: "visited", urls: visited() }
    const { active } = await navigator.serviceWorker.ready
    active?.postMessage(message)
  } catch {
    // a private window, or no room: the site works as before
  }
}

/** This page and all that it loaded of the site, save the runtime. */
function visited(): string[] {
  const parts = performance.getEntriesByType("resource").map(({ name }) => name)
  return [location.href.replace(/#.*/, ""), ...searchParts(), ...parts.filter((url) => url.startsWith(here) && !url.includes("/runtime/"))]
}

/** What the search fetches in a worker of its own, where no page sees it: its fragment names the theme's worker. */
function searchParts(): string[] {
  const config = document.getElementById("__config")
  if (!config) return []
  const { base, search } = JSON.parse(config.textContent) as { base: string; search: string }
  const [, theme] = search.split("#")
  const lunr = ["tinyseg.js", "min/lunr.stemmer.support.min.js", "min/lunr.ja.min.js"].map((name) => `${base}/assets/javascripts/lunr/${name}`)
  const names = [search, `${base}/search/search_index.json`, ...(theme ? [`${base}/../${theme}`] : []), ...(document.documentElement.lang === "ja" ? lunr : [])]
  return names.map((name) => new URL(name, location.href).href)
}
