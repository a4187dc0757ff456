// Idle time of the page's thread.

const LATEST = 10_000 // ms
const WITHOUT_CALLBACK = 2_000 // ms

/** Call once the thread has nothing else to do. */
export function whenIdle(work: () => void): void {
  if ("requestIdleCallback" in globalThis) requestIdleCallback(work, { timeout: LATEST })
  else setTimeout(work, WITHOUT_CALLBACK)
}
