// The control that saves the whole site comes when a reader nears its place.
import type { Page } from "../page/feature.ts"
import { nearObserver } from "../ui/near.ts"

export function hydrate(page: Page): void {
  const load = async (): Promise<void> => (await import("./save-control.ts")).hydrate(page)
  const observer = nearObserver(() => void load().catch(console.error), page.signal)
  for (const place of document.querySelectorAll("[data-offline]")) observer.observe(place)
}
