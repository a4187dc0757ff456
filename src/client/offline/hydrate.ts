// The control that saves the whole site comes when a reader nears its place.
import type { Page } from "../page/feature.ts"

export function hydrate(page: Page): void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return
      observer.disconnect()
      void import("./save-control.ts").then(({ hydrate }) => hydrate(page)).catch(console.error)
    },
    { rootMargin: "300px" },
  )
  for (const place of document.querySelectorAll("[data-offline]")) observer.observe(place)
  page.signal.addEventListener("abort", () => observer.disconnect())
}
