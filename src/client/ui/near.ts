// What comes when a reader nears it.

/** How near the window something must be, in pixels, before its code is fetched. */
const NEAR = 300

/** Observes elements, each until it comes near the window, and none after the signal's abort. */
export function nearObserver(onNear: (element: HTMLElement) => void, signal: AbortSignal): IntersectionObserver {
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue
        observer.unobserve(target)
        onNear(target as HTMLElement)
      }
    },
    { rootMargin: `${NEAR}px` },
  )
  signal.addEventListener("abort", () => observer.disconnect())
  return observer
}
