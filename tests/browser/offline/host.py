"""A host that can fail: it serves a site as GitHub Pages would, until a test tells it to do worse."""

import re
import shutil
import threading
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from kamipen.browser.pages_server import PagesServer
from kamipen.runtime import served
from kamipen.site import bundle, offline_list, release

PAGE = """<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>Lab</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<link rel="stylesheet" href="../../kamipen/style.css"><script type="module" src="../../kamipen/main.js"></script></head>
<body data-md-color-scheme="default"><div data-md-component="container"><div style="height: {above}px"></div>{cells}
</div></body></html>"""
CELL = """<div class="kp-cell" id="cell-{name}" data-cell="lab#{name}" data-state="static" data-hash="000000000000"
 data-packages="numpy kamipen-kit">
<div class="kp-cell__code"><pre class="highlight" tabindex="0"><code>{code}</code></pre></div>
<div class="kp-cell__bar" role="group" aria-label="{name}"><button type="button" data-action="run">Run</button>
<button type="button" data-action="stop" hidden>Stop</button>
<button type="button" data-action="reset" hidden>Reset</button>
<span class="kp-cell__status" role="status"></span></div>
<div class="kp-cell__output" data-output aria-live="polite"><pre class="kp-text">{output}</pre></div></div>"""
SUM = "import numpy as np\nprint('sum', int(np.arange(5).sum()))"


class Host:
    """Serves `site`, which may be changed meanwhile; `gone` answers nothing, `cut` sends half, `hold` waits."""

    def __init__(self, server: PagesServer) -> None:
        self.server = server
        self.reset()
        server.RequestHandlerClass = handler(self, server.RequestHandlerClass)

    def reset(self) -> None:
        """Be a good host again."""
        self.gone = False
        self.cut = ""
        self.last = ""  # the file after which the network is lost
        self.hold = ""
        self.go_on = threading.Event()
        self.asked: list[str] = []
        self.server.headers = {}

    @property
    def address(self) -> str:
        return self.server.address

    @property
    def runtime(self) -> list[str]:
        """The files of the runtime that were asked for."""
        return [path.rpartition("/")[2] for path in self.asked if "/runtime/" in path]


def handler(host: Host, base: Any) -> Any:
    """Make the server's handler fail as the host says."""

    class Handler(base):
        def do_GET(self) -> None:  # noqa: N802 (http.server's name)
            path = urlsplit(self.path).path
            host.asked.append(path)
            if host.hold and re.search(host.hold, path):
                host.go_on.wait(30)
            if host.gone:
                raise ConnectionResetError
            if host.cut and re.search(host.cut, path):
                self.wfile = Half(self.wfile)
            if host.last and re.search(host.last, path):
                self.wfile, host.gone = Half(self.wfile), True
            super().do_GET()

    return Handler


class Half:
    """Sends the half of what is large, and hangs up."""

    def __init__(self, file: Any) -> None:
        self.file = file

    def write(self, content: bytes) -> None:
        if len(content) < 5000:
            return self.file.write(content)
        self.file.write(content[: len(content) // 2])
        raise ConnectionResetError

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)


def copy(site: Path, target: Path) -> Path:
    """Copy a site whose files may be replaced; the runtime's are links."""
    for path in site.iterdir():
        if path.is_file():
            shutil.copy2(path, target / path.name)
        elif path.name != "runtime":
            shutil.copytree(path, target / path.name)
    folder = target / "runtime" / served.VERSION
    folder.mkdir(parents=True)
    for path in (site / "runtime" / served.VERSION).iterdir():
        (folder / path.name).symlink_to(path)
    return target


def files(site: Path) -> Path:
    """Return the folder of the runtime's files."""
    return site / "runtime" / served.VERSION


def replace(path: Path, content: bytes) -> None:
    """Put other content in the place of a file or a link to one."""
    path.unlink()
    path.write_bytes(content)


def write(site: Path, cells: dict[str, str] | None = None, above: int = 0) -> None:
    """Put a small page of cells, `lab/`, into both languages."""
    body = "".join(
        CELL.format(name=name, code=code, output="sum 10\n" if code == SUM else "")
        for name, code in (cells or {"sum": SUM}).items()
    )
    for language in ("ja", "en"):
        page = site / language / "lab" / "index.html"
        page.parent.mkdir(exist_ok=True)
        page.write_text(PAGE.format(language=language, cells=body, above=above), "utf-8")


def rebuild(site: Path, mark: str = "") -> str:
    """Bundle the client anew for the runtime that is there, stamp the pages; `mark` makes another release of it."""
    version = bundle.build(site, dev=bool(mark))
    for path in site.glob("??/**/index.html"):
        if mark:
            path.write_text(path.read_text("utf-8").replace("<title>", f"<title>{mark} "), "utf-8")
    release.stamp(site, version)
    offline_list.write(site, version)
    return version


def next_runtime(site: Path) -> None:
    """Let a release have another lock and another standard library: new names, as after a change."""
    folder = files(site)
    lock = (folder / "pyodide-lock.json").read_text("utf-8")
    library = next(folder.glob("python_stdlib-*")).name
    before = served.identity(site)["lock"]
    (folder / library).rename(folder / "python_stdlib-00000000.zip")
    lock = lock.replace(library, "python_stdlib-00000000.zip")
    replace(folder / "pyodide-lock.json", lock.encode())
    after = served.identity(site)["lock"]
    for path in folder.glob(f"snapshot-*-{before}-*"):
        path.rename(folder / path.name.replace(before, after))
