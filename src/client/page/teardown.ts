// Taking a page apart that was left. The theme's contents list keeps subscriptions on what is gone, and one node of a
// page would hold the whole of it: so the page is taken apart.

/** Remember the page's container now, and take it apart once instant navigation has put another in its place. */
export function tearDownOnLeave(signal: AbortSignal): void {
  const container = document.querySelector('[data-md-component="container"]')
  if (!container) return
  const tearDown = (): void => {
    if (container.isConnected) return
    for (const part of container.querySelectorAll("[data-md-component], [data-md-component] *:not(article *), article")) part.remove()
    container.replaceChildren()
  }
  signal.addEventListener("abort", () => setTimeout(tearDown)) // after everyone's own goodbye
}
