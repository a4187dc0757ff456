"""A page of cells made for these tests, beside the built client and runtime: no article can break them."""

from collections.abc import Generator
from html import escape
from pathlib import Path

import pytest
from markdown import Markdown
from playwright.sync_api import Locator, Page, expect

from kamipen.browser.pages_server import serving
from kamipen.markdown import KamipenExtension
from kamipen.site import csp

HERE = Path(__file__).parent
CELLS = "\n\n".join(
    f"```cell\nlab#{cell}\n```"
    for cell in (
        "base",
        "scale",
        "total",
        "drawing\ntitle: 図\nalt: 右上がりの線",
        "slide\nslider: eta 0.01 0.25 0.01\nstates: off",
        "seeded\nrepeat: seed\nstates: off",
        "table",
        "clock\nvolatile: true",
    )
)
SHOWN = "```cell\nlab#progress\n```\n\n```cell\nlab#widget\n```"
FOLDED = "```cell\nlab#folded\nslider: weight 1 9 1\nstates: off\nalt: a line\ncaption: 素数に重みを掛ける\n```"
DIAGRAM = """```diagram
alt: 入力から損失まで
digraph { rankdir=LR; 入力 -> 正則化つきモデル -> 予測 -> 損失 -> 勾配; 損失 [URL="#cell-folded"] }
```"""
LABELS = """---
labels:
  prime: 素数
  weighted: 重みつき
  measured $w x_i^2$ at $t = 0$: $t = 0$ で測った $w x_i^2$
---
"""
PAGE = """<!DOCTYPE html><html lang="{language}" style="font-size: 125%"><head><meta charset="utf-8"><title>Lab</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<link rel="stylesheet" href="../../kamipen/style.css"><script type="module" src="../../kamipen/main.js"></script></head>
<body data-md-color-scheme="{scheme}" style="margin: 0"><main class="md-content">
<article class="md-typeset md-content__inner" style="margin: 0 0.8rem">
<h1>Lab</h1>{body}</article></main></body></html>"""


@pytest.fixture(scope="session")
def lab(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a site that holds the client, the runtime and the lab's page in both languages."""
    folder = tmp_path_factory.mktemp("lab")
    for shared in ("kamipen", "runtime", "formulas", "sw.js"):
        if (site / shared).exists():
            (folder / shared).symlink_to(site / shared)
    for language in ("ja", "en"):
        extension = KamipenExtension(lang=language, scripts=str(HERE), cache=str(folder / "record"))
        body = Markdown(extensions=[extension, "pymdownx.superfences"]).convert(CELLS)
        for name, scheme in (("lab", "default"), ("dark", "slate")):
            write(folder / language / name, body, language, scheme)
        source = folder / "docs" / language / "folded.md"
        source.parent.mkdir(parents=True)
        source.write_text((LABELS if language == "ja" else "") + FOLDED, "utf-8")
        words = KamipenExtension(
            lang=language, docs=str(folder / "docs"), scripts=str(HERE), cache=str(folder / "record")
        )
        diagram = Markdown(extensions=[words, "pymdownx.superfences"]).convert(f"{DIAGRAM}\n\n{FOLDED}")
        write(folder / language / "diagram", diagram, language)
        folded = Markdown(extensions=[words, "pymdownx.superfences"]).convert(FOLDED)
        write(folder / language / "folded", folded, language)
        write(folder / language / "folded-dark", folded, language, "slate")
        shown = Markdown(extensions=[extension, "pymdownx.superfences"]).convert(SHOWN)
        write(folder / language / "shown", shown, language)
        write(folder / language / "shown-dark", shown, language, "slate")
    return folder


def write(folder: Path, body: str, language: str = "en", scheme: str = "default") -> None:
    """Write a page of the lab."""
    folder.mkdir(parents=True, exist_ok=True)
    page = PAGE.format(language=escape(language), scheme=scheme, body=body)
    page = csp.with_policy(page, csp.policy(csp.script_digests(page)))
    (folder / "index.html").write_text(page, "utf-8")


@pytest.fixture(scope="session")
def base_url(lab: Path) -> Generator[str]:
    with serving(lab) as server:
        yield server.address


HOSTILE = """class Hostile:
    def _repr_html_(self):
        return (
            '<b>bold</b><script>window.harmed = 1</script><img src="data:," onerror="window.harmed = 2">'
            '<svg><a href="javascript:window.harmed = 3"><text>x</text></a><script>window.harmed = 4</script></svg>'
            '<form action="https://example.com"><button>send</button></form><iframe srcdoc="x"></iframe>'
            '<a href="javascript:window.harmed = 5">link</a><p style="background: url(https://example.com/x)">p</p>'
        )
Hostile()
"""
"""Code whose result would harm the page, were it shown as it is."""


class Lab:
    """The lab's page in a browser."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, path: str = "en/lab/") -> None:
        self.page.goto(path)
        self.page.evaluate("window.kamipen.ready")

    def cell(self, name: str) -> Locator:
        return self.page.locator(f'[data-cell="lab#{name}"]')

    def output(self, name: str) -> Locator:
        return self.cell(name).locator("[data-output]")

    def status(self, name: str) -> Locator:
        return self.cell(name).locator(".kp-cell__status")

    def press(self, name: str, action: str) -> None:
        self.cell(name).locator(f'.kp-cell__bar [data-action="{action}"]').click()

    def state(self, name: str, state: str, timeout: float = 60_000) -> None:
        """Wait until a cell is in a state."""
        self.page.locator(f'[data-cell="lab#{name}"][data-state="{state}"]').wait_for(timeout=timeout)

    def run(self, name: str, state: str = "done") -> None:
        self.press(name, "run")
        self.state(name, state)

    def write(self, name: str, code: str) -> None:
        """Replace a cell's code as a reader does: touch it, select all, type."""
        self.enter(name)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.press("Delete")
        self.page.keyboard.insert_text(code)

    def enter(self, name: str) -> None:
        editor = self.cell(name).locator(".cm-content")
        if not editor.count():
            self.cell(name).locator("pre.highlight").click()
        editor.wait_for()
        editor.focus()

    def kept(self, name: str, code: str | None) -> None:
        """Wait until the browser keeps an edit of a cell that holds this code, or none."""
        self.page.wait_for_function(
            "([id, code]) => {"
            "  const kept = localStorage.getItem(`kamipen:edit:${id}`);"
            "  return code === null ? kept === null : JSON.parse(kept)?.code.includes(code) }",
            arg=[f"lab#{name}", code],
        )

    def unharmed(self, name: str) -> None:
        """Assert that a cell which ran HOSTILE shows what is harmless of it, and that nothing else came of it."""
        rich = self.output(name).locator(".kp-rich")
        expect(rich.locator("b")).to_have_text("bold")
        assert rich.locator("script, form, iframe, [onerror], [href^=javascript]").count() == 0
        self.page.evaluate("""() => new Promise(resolve => {
            document.body.append(Object.assign(new Image(), { onerror: resolve, src: "data:," }))
        })""")  # an image of the cell's would have failed before this one
        assert self.page.evaluate("window.harmed") is None

    def code(self, name: str) -> str:
        """Return the code that a cell shows, editor or not."""
        view = self.cell(name).locator(".kp-cell__code")
        lines = view.locator(".cm-line")
        return "\n".join(lines.all_inner_texts()) if lines.count() else view.locator("code").inner_text().rstrip("\n")


@pytest.fixture
def cells(page: Page) -> Lab:
    """Return the lab's page, open and live."""
    lab = Lab(page)
    lab.open()
    return lab
