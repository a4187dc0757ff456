"""Make the memory snapshots that the site ships: interpreters in which NumPy, or also matplotlib, is imported already.

A headless Chromium runs the client's own maker (`src/client/worker/snapshot/maker.ts`).
What it makes is kept by content.
"""

import base64
import gzip
import json
import shutil
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from kamipen import node
from kamipen.browser.chromium import find
from kamipen.browser.pages_server import serving
from kamipen.project import CACHE, SITE
from kamipen.runtime import served

KINDS = ("numpy", "matplotlib")
PARTS = ("libraries", "memory")
SECONDS = 300

PAGE = '<!doctype html><link rel="icon" href="data:,"><title>kamipen</title>'
MAKE = """async ([maker, kind]) => {
  const worker = new Worker(maker, { type: "module" })
  const made = await new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data)
    worker.onerror = (event) => reject(new Error(event.message))
    worker.postMessage({ kind, runtime: new URL("../runtime/VERSION/", maker).href })
  })
  worker.terminate()
  if (made.type === "failed") throw new Error(made.message)
  const encode = async (bytes) => {
    const packed = await new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"))).blob()
    return new Promise((resolve) => {
      const reader = new FileReader()
      reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1))
      reader.readAsDataURL(packed)
    })
  }
  return { libraries: await encode(made.libraries), memory: await encode(made.memory) }
}""".replace("VERSION", served.VERSION)


class SnapshotError(Exception):
    """A snapshot cannot be made; the message says why."""


def build(site: Path = SITE) -> list[Path]:
    """Put the snapshots beside the runtime in `site`, made anew where the runtime or the maker changed."""
    chromium = find()
    folder = site / "runtime" / served.VERSION
    if chromium is None:
        print("no Chromium here: the site ships none, and Python starts slower", end=" ", flush=True)
        _remove(folder, keep=())
        return []
    maker = _bundle(folder)
    lock = served.identity(site)["lock"]  # the client takes only snapshots of its own runtime
    key = f"{lock}-{sha256(maker.read_bytes()).hexdigest()[:8]}"
    made = [path for kind in KINDS for path in _snapshot(kind, key, maker, folder, chromium)]
    _remove(folder, keep=[path.name for path in made])
    for path in made:
        if not (folder / path.name).exists():
            shutil.copyfile(path, folder / path.name)
    return made


def _bundle(folder: Path) -> Path:
    """Bundle the maker by itself, for a runtime without snapshots."""
    output = CACHE / "snapshot" / "kamipen"
    identity = served.identity(folder.parents[1])
    identity["files"] = {name: size for name, size in identity["files"].items() if not name.startswith("snapshot-")}
    try:
        node.run("build.mjs", str(output), "--maker", environment={"KAMIPEN_RUNTIME": json.dumps(identity)})
    except node.NodeError as problem:
        raise SnapshotError(f"The maker of snapshots does not bundle:\n{problem}") from None
    return next(output.glob("maker*.js"))


def _snapshot(kind: str, key: str, maker: Path, folder: Path, chromium: Path) -> list[Path]:
    paths = [CACHE / "snapshot" / f"snapshot-{kind}-{key}.{part}.bin" for part in PARTS]
    if not all(path.exists() for path in paths):
        with _page(maker, folder, chromium) as (page, address):
            made: dict[str, str] = page.evaluate(MAKE, [f"{address}kamipen/{maker.name}", kind])
        for path, part in zip(paths, PARTS, strict=True):
            content = gzip.decompress(base64.b64decode(made[part]))
            path.write_bytes(gzip.compress(content, compresslevel=9, mtime=0))
            print(f"  {path.name}: {path.stat().st_size / 1e6:.1f} MB", flush=True)
    return paths


@contextmanager
def _page(maker: Path, folder: Path, chromium: Path) -> Generator[tuple[Any, str]]:
    """Open a page in Chromium beside the maker and the runtime."""
    from playwright.sync_api import sync_playwright

    site = maker.parents[1]
    (site / "index.html").write_text(PAGE)
    runtime_link = site / "runtime" / served.VERSION
    runtime_link.parent.mkdir(exist_ok=True)
    runtime_link.unlink(missing_ok=True)
    runtime_link.symlink_to(folder.resolve())
    with serving(site) as server, sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = launched.new_page()
        page.set_default_timeout(1000 * SECONDS)
        page.goto(server.address)
        yield page, server.address
        launched.close()


def _remove(folder: Path, keep: Sequence[str]) -> None:
    for path in folder.glob("snapshot-*.bin"):
        if path.name not in keep:
            path.unlink()
