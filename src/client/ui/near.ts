// What comes when a reader nears it.

/** How near the window something must be, in pixels, before its code is fetched. */
const NEAR = 300

/** Watches elements: each is told of once, when it comes near the window, until the signal aborts. */
export class NearObserver {
  readonly #observer: IntersectionObserver

  constructor(onNear: (element: HTMLElement) => void, signal: AbortSignal) {
    this.#observer = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) {
          if (!isIntersecting) continue
          this.#observer.unobserve(target)
          onNear(target as HTMLElement)
        }
      },
      { rootMargin: `${NEAR}px` },
    )
    signal.addEventListener("abort", () => this.#observer.disconnect())
  }

  observe(element: Element): void {
    this.#observer.observe(element)
  }

  unobserve(element: Element): void {
    this.#observer.unobserve(element)
  }
}
