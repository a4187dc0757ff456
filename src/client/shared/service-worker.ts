// The page's line to the service worker.
import type { ToServiceWorker } from "./protocol.ts"

/** Post a message, once a service worker is there; without one nothing is lost but the offline copy. */
export async function tellServiceWorker(message: ToServiceWorker): Promise<void> {
  const registration = await navigator.serviceWorker?.ready
  registration?.active?.postMessage(message)
}
