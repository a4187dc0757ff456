"""The client's engine, driven from a test as the cells drive it."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SETUP = """async (url) => {
  const { engine } = await import(url)
  window.engine = engine()
  window.states = []
  window.engine.on((event) => event.type === "state" && window.states.push(event.state))
  window.go = async (request, answer) => {
    const items = []
    const times = []
    const begin = performance.now()
    const onOutput = (item) => { items.push(item); times.push(performance.now() - begin) }
    const result = await window.engine.run(request, onOutput, async () => answer)
    return { ...result, items, times, whole: performance.now() - begin }
  }
}"""


class Interpreter:
    """A page's interpreter."""

    def __init__(self, page: Page, site: Path) -> None:
        """Take the engine of the page's own bundle; nothing is started by this."""
        self.page = page
        chunk = next((site / "kamipen").glob("engine-*.js")).name
        root = re.split("/(?:ja|en)/", page.url)[0]
        page.evaluate(SETUP, f"{root}/kamipen/{chunk}")

    def run(
        self, code: str, *, packages: tuple[str, ...] = ("numpy",), namespace: str = "test", answer: str = ""
    ) -> dict[str, Any]:
        """Run a cell; the result with what it put out."""
        request = {"namespace": namespace, "cell": "cell", "code": code, "packages": list(packages)}
        return self.page.evaluate("([request, answer]) => go(request, answer)", [request, answer])

    def text(self, code: str, **options: Any) -> str:
        """Run a cell that must succeed, and return what it printed."""
        result = self.run(code, **options)
        assert result["status"] == "done", result
        return "".join(item["text"] for item in result["items"] if item["kind"] == "text")

    def stop_during(self, code: str, seconds: float = 0.7) -> tuple[dict[str, Any], float]:
        """Run a cell, stop it after a while, and return its result and the milliseconds that stopping took."""
        return self.page.evaluate(
            """async ([code, wait]) => {
              const running = go({ namespace: "test", cell: "cell", code, packages: ["numpy"] }, "")
              await new Promise((done) => setTimeout(done, wait))
              const begin = performance.now()
              engine.stop()
              return [await running, performance.now() - begin]
            }""",
            [code, 1000 * seconds],
        )

    @property
    def generation(self) -> int:
        return self.page.evaluate("engine.generation")


def open_interpreter(page: Page, base_url: str, site: Path) -> Interpreter:
    """Open a page without cells, and its interpreter."""
    page.goto(f"{base_url}en/about/")
    return Interpreter(page, site)
