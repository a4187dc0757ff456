"""A reader at a page: opens it, runs cells, waits for what is kept."""

from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, expect

PATIENCE = 90_000
WAIT = """async (arg) => {
  const begin = performance.now()
  const holds = %s
  while (!(await holds(arg))) {
    if (performance.now() - begin > 90_000) throw new Error(`never: ${holds}`)
    await new Promise((done) => setTimeout(done, 200))
  }
}"""
KEPT = """async (wanted) => {
  const urls = []
  for (const name of await caches.keys()) for (const { url } of await (await caches.open(name)).keys()) urls.push(url)
  return wanted.every((part) => urls.some((url) => url.includes(part)))
}"""
CONTROLLED = "async () => (await navigator.serviceWorker.ready) && navigator.serviceWorker.controller !== null"


class Reader:
    """One tab."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.set_default_timeout(PATIENCE)

    def open(self, path: str = "en/lab/") -> None:
        self.page.goto(path)
        self.page.evaluate("window.kamipen.ready")
        saving = self.page.locator("[data-offline]")
        if saving.count():  # its control comes when a reader nears it
            saving.evaluate("place => place.scrollIntoView()")
            saving.locator("button").wait_for()

    def cell(self, name: str = "sum") -> Locator:
        return self.page.locator(f'[data-cell$="#{name}"]')

    def run(self, name: str = "sum", state: str = "done") -> None:
        self.press(name)
        self.reached(state, name)

    def press(self, name: str = "sum", action: str = "run") -> None:
        self.cell(name).locator(f'[data-action="{action}"]').first.click()

    def reached(self, state: str, name: str = "sum") -> None:
        """Wait until a cell is in a state."""
        self.page.locator(f'[data-cell$="#{name}"][data-state="{state}"]').wait_for()

    def output(self, name: str = "sum") -> Locator:
        return self.cell(name).locator("[data-output]")

    def printed(self, name: str = "sum") -> str:
        """Return what a cell's run printed."""
        return self.output(name).locator("pre.kp-text").first.inner_text()

    def status(self, name: str = "sum") -> Locator:
        return self.cell(name).locator(".kp-cell__status")

    def adds_up(self) -> None:
        """Run the lab's sum, and see it right."""
        self.run()
        expect(self.output()).to_have_text("sum 10\n")

    def wait(self, condition: str, arg: Any = None) -> None:
        """Wait until an async function of JavaScript returns true."""
        self.page.evaluate(WAIT % condition, arg)

    def wait_for_kept(self, *parts: str) -> None:
        """Wait until the caches hold addresses with all these parts."""
        self.wait(KEPT, list(parts))

    def wait_for_worker(self) -> None:
        """Wait until the service worker has the page in its care."""
        self.wait(CONTROLLED)

    def caches(self, prefix: str = "kamipen-") -> list[str]:
        return [name for name in self.page.evaluate("caches.keys()") if name.startswith(prefix)]


def watch_workers(context: BrowserContext) -> list[str]:
    """Collect the addresses of all workers that pages start."""
    found: list[str] = []

    def watch(page: Page) -> None:
        page.on("worker", lambda worker: found.append(worker.url))

    for page in context.pages:
        watch(page)
    context.on("page", watch)
    return found
