"""The pages that are compared: one cell each, the same code, on the same server."""

import html
import json
import shutil
import subprocess
import tarfile
from pathlib import Path

from kamipen.node import node
from kamipen.project import CACHE, SITE
from kamipen.runtime import served, stage
from kamipen.runtime.sources import Unavailable, sources

FOLDER = CACHE / "bench"
PYSCRIPT = "@pyscript/core@0.7.31"

NUMPY = """\
import numpy as np
x = np.arange(5)
print(x.sum(), np.linalg.svd(np.ones((3, 3)))[1].round(3))
"""
FIGURE = """\
import matplotlib.pyplot as plt
import numpy as np
fig, ax = plt.subplots(figsize=(6.4, 3.6))
ax.plot(np.arange(10) ** 2, label="square")
ax.set(title="title", xlabel="x", ylabel="y")
ax.legend()
"""
SNIPPETS = {"numpy": NUMPY, "figure": FIGURE}
PACKAGES = {"numpy": ["numpy"], "figure": ["numpy", "matplotlib"]}

# What a page that knows nothing of kamipen does to show a figure.
SAVE = """
import io
buffer = io.StringIO()
fig.savefig(buffer, format="svg")
plt.close(fig)
print(buffer.getvalue())
"""

OURS = """<!doctype html><html lang="en"><meta charset="utf-8"><title>kamipen</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="../kamipen/style.css">
<script type="module" src="../kamipen/main.js"></script>
<body data-md-color-scheme="default"><div style="height: {above}px"></div>
<div class="kp-cell" id="cell-bench" data-cell="bench#bench" data-state="static" data-hash="000000000000"
 data-packages="{packages} kamipen-kit"><div class="kp-cell__code"><pre class="highlight" tabindex="0"><code>{code}</code></pre></div>
<div class="kp-cell__bar" role="group" aria-label="cell"><button type="button" data-action="run">Run</button>
<button data-action="stop" type="button" hidden>Stop</button><button data-action="copy" type="button">Copy</button>
<button data-action="share" type="button">Share</button><button data-action="reset" type="button" hidden>Reset</button>
<span class="kp-cell__status" role="status"></span></div>
<div class="kp-cell__output" data-output aria-live="polite"></div></div>"""

BARE = """<!doctype html><meta charset="utf-8"><title>bare Pyodide</title><link rel="icon" href="data:,">
<button>Run</button><pre></pre><script type="module">
document.querySelector("button").onclick = () => {{
  const worker = new Worker("bare.mjs", {{ type: "module" }})
  worker.onmessage = ({{ data }}) => (document.querySelector("pre").textContent = data)
  worker.postMessage({{ packages: {packages}, code: {code} }})
}}</script>"""
WORKER = """import { loadPyodide } from "./pyodide/pyodide.mjs"
self.onmessage = async ({ data: { packages, code } }) => {
  const python = await loadPyodide({ env: { MPLBACKEND: "svg" } })
  let text = ""
  python.setStdout({ batched: (line) => (text += line + "\\n") })
  await python.loadPackage(packages, { messageCallback: () => {} })
  python.runPython(code)
  self.postMessage(text)
}
"""

EDITOR = """<!doctype html><meta charset="utf-8"><title>PyScript</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="pyscript/core.css"><script type="module" src="pyscript/core.js"></script>
<script type="py-editor" config='{config}'>
{code}</script>"""


class SubjectError(Exception):
    """Something to compare with cannot be had; the message names it."""


def prepare() -> Path:
    """Return a folder that holds the built site and, under `bench/`, the pages that are compared."""
    site = FOLDER / "site"
    shutil.rmtree(site, ignore_errors=True)
    pages = site / "bench"
    pages.mkdir(parents=True)
    for path in SITE.iterdir():
        (site / path.name).symlink_to(path)
    _originals(pages / "pyodide")
    kinds = ["bare", "editor"] if _has_pyscript(pages) else ["bare"]
    (pages / "bare.mjs").write_text(WORKER)
    for name, code in SNIPPETS.items():
        whole = code + SAVE if name == "figure" else code
        for kind, above in (("ours", 0), ("unseen", 5000)):
            page = OURS.format(above=above, packages=" ".join(PACKAGES[name]), code=html.escape(code.rstrip()))
            (pages / f"{kind}-{name}.html").write_text(page)
        config = json.dumps({"interpreter": "./pyodide/pyodide.mjs", "packages": PACKAGES[name]})
        others = {
            "bare": BARE.format(packages=PACKAGES[name], code=json.dumps(whole)),
            "editor": EDITOR.format(config=config, code=whole),
        }
        for kind in kinds:
            (pages / f"{kind}-{name}.html").write_text(others[kind])
    return site


def _has_pyscript(pages: Path) -> bool:
    """Put PyScript and what it installs with beside Pyodide; without it the rest is measured all the same."""
    try:
        _pyscript(pages / "pyscript")
        _micropip(pages / "pyodide")
    except (SubjectError, OSError, subprocess.CalledProcessError) as problem:
        print(f"  PyScript cannot be had, and is left out: {problem}", flush=True)
        return False
    return True


def _originals(folder: Path) -> None:
    """Pyodide as npm ships it, with the original wheels."""
    folder.mkdir()
    for name in stage.CORE:
        (folder / name).symlink_to(stage.NPM / name)
    for wheel in (CACHE / "runtime").glob("*.whl"):
        (folder / wheel.name).symlink_to(wheel)


def _micropip(folder: Path) -> None:
    lock = json.loads((stage.NPM / served.LOCK).read_bytes())
    micropip = FOLDER / lock["packages"]["micropip"]["file_name"]  # PyScript installs with it
    if not micropip.exists():
        micropip.write_bytes(_read(micropip.name))
    (folder / micropip.name).symlink_to(micropip)


def _read(wheel: str) -> bytes:
    for source in sources(served.VERSION):
        try:
            return source.read(wheel)
        except Unavailable:
            continue
    raise SubjectError(f"{wheel} is needed to measure PyScript and could not be had")


def _pyscript(folder: Path) -> None:
    """PyScript from npm: for this measurement only."""
    archive = FOLDER / "pyscript.tgz"
    if not archive.exists():
        npm = Path(node()).with_name("npm")
        command = [str(npm), "pack", "--silent", PYSCRIPT, "--pack-destination", str(FOLDER)]
        name = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()[-1]
        (FOLDER / name).rename(archive)
    unpacked = FOLDER / "pyscript"
    if not unpacked.exists():
        with tarfile.open(archive) as content:
            content.extractall(unpacked, filter="data")
    folder.symlink_to(unpacked / "package" / "dist")
