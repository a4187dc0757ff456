"""A page with every kind of control and its recorded states, beside the built client and runtime."""

import shutil
from collections.abc import Generator
from pathlib import Path

import pytest
from markdown import Markdown
from playwright.sync_api import Locator, Page

from kamipen.article import outline
from kamipen.article.scripts import Scripts
from kamipen.article.values import wanted
from kamipen.browser.pages_server import PagesServer, serving
from kamipen.markdown import KamipenExtension
from kamipen.recording.states import States
from kamipen.site import recorded_states
from tests.browser.cell.conftest import Lab, write

HERE = Path(__file__).parent
LABEL = {"en": "rate", "ja": "学習率"}
EVIDENCE = """/// verdict | {ruling}
    evidence: moves#descent

The rate is **0.15**.
///"""
PREDICT = """/// predict | {question}
    cell: moves#guess
///"""
RULING = {"en": "Confirmed", "ja": "確認"}
TEXT = """# Moves

The rate is {{{{descent: eta}}}}, the limit {{{{descent: limit .3f}}}},
and the last one {{{{descent: abs(w[-1]) .4f}}}}.

```cell
moves#descent
slider: eta 0.05 0.25 0.01
label-eta: {label}
alt: a line
```

{evidence}

```cell
moves#below
slider: k 1 3 1
```

```cell
moves#kernel
choice: kernel rbf linear poly
toggle: centred
grid: full
```

```cell
moves#walk
play: step 0 20 1
alt: a line
```

```cell
moves#point
slider: a 0 4 1
slider: b 0.1 10 1.1
handle: a b
alt: a point
```

```cell
moves#seeded
repeat: seed
```

```cell
moves#failing
slider: n 1 4 1
```

{predict}

```cell
moves#guess
slider: guess 1 4 1
```

```cell
moves#alone
slider: m 0.5 2.0 0.5
states: off
```

```cell
moves#rich
slider: rows 1 3 1
```
"""


@pytest.fixture(scope="session")
def moves(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a site that holds the client, the runtime, the page in both languages, and its states."""
    folder = tmp_path_factory.mktemp("moves")
    for shared in ("kamipen", "runtime", "formulas", "sw.js"):
        if (site / shared).exists():
            (folder / shared).symlink_to(site / shared)
    scripts, states = Scripts(HERE), States(Scripts(HERE), folder / "cache")
    for language in ("ja", "en"):
        evidence = EVIDENCE.format(ruling=RULING[language])
        predict = PREDICT.format(question="?")
        text = TEXT.format(label=LABEL[language], evidence=evidence, predict=predict)
        extension = KamipenExtension(lang=language, scripts=str(HERE), cache=str(folder / "record"))
        body = Markdown(extensions=[extension, "pymdownx.superfences"]).convert(text)
        requests = {name: [one] for name, one in wanted(outline.parse(text, 1), scripts).items()}
        for name in states.refresh(requests, quiet=True):
            (folder / "states").mkdir(exist_ok=True)
            shutil.copy(states.path(name), folder / "states" / name)
        body = recorded_states.with_room(body, folder / "states")
        for name, scheme in (("moves", "default"), ("dark", "slate")):
            write(folder / language / name, body, language, scheme)
    return folder


@pytest.fixture(scope="session")
def moves_server(moves: Path) -> Generator[PagesServer]:
    with serving(moves) as server:
        yield server


@pytest.fixture(scope="session")
def base_url(moves_server: PagesServer) -> str:
    return moves_server.address


class Moves(Lab):
    """The page in a browser."""

    def cell(self, name: str) -> Locator:
        return self.page.locator(f'[data-cell="moves#{name}"]')

    def state(self, name: str, state: str, timeout: float = 60_000) -> None:
        self.page.locator(f'[data-cell="moves#{name}"][data-state="{state}"]').wait_for(timeout=timeout)

    def control(self, name: str, parameter: str) -> Locator:
        return self.cell(name).locator(f'.kp-control[data-parameter="{parameter}"]')

    def slider(self, name: str, parameter: str) -> Locator:
        return self.control(name, parameter).locator("input")

    def move(self, name: str, parameter: str, value: str) -> None:
        """Move a slider as a hand does that is already there."""
        slider = self.slider(name, parameter)
        slider.focus()
        slider.evaluate(
            "(input, value) => { input.value = value; input.dispatchEvent(new Event('input', { bubbles: true })) }",
            value,
        )

    def workers(self) -> int:
        """Return how many workers there are: with none, Python is asleep."""
        return len(self.page.workers)


SPARING = "Object.defineProperty(navigator, 'connection', { value: { saveData: true, effectiveType: '4g' } })"
"""Someone who pays by the byte: nothing is fetched before it is touched, and Python does not start by itself."""


@pytest.fixture
def moved(page: Page) -> Moves:
    """Return the page, open and live, with Python asleep until a reader runs something."""
    page.add_init_script(SPARING)
    lab = Moves(page)
    lab.open("en/moves/")
    return lab
