"""What our build adds to plain Material on the same text, and whether it stays linear."""

import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from kamipen import ROOT

CONFIG = ROOT / "mkdocs.en.yml"
TEXT = ROOT / "docs" / "en" / "how-it-works.md"
FRONT = """---
title: Generated article {number}
date: 2026-11-20
tags: [generated]
order: {number}
level: 900
audience: practitioner
claims: ["0.0"]
---

"""

# Run in a process of its own, so that each build pays for its own imports.
BUILD = """
import sys
from pathlib import Path
from mkdocs.commands.build import build
from mkdocs.config import load_config
config_file, docs, site, kind = sys.argv[1:]
config = load_config(config_file, docs_dir=docs, site_dir=site, nav=None, strict=False)
if kind == "plain":
    config["markdown_extensions"] = [name for name in config["markdown_extensions"] if not name.startswith("kamipen")]
    config["theme"] = type(config["theme"])(name="material", language="en", features=["navigation.instant"])
config["plugins"]["mkdocs-jupyter"].config["include"] = []
build(config)
if kind == "ours":
    from kamipen import finish
    finish.finish(Path(site))
"""


def measure(sizes: Sequence[int]) -> list[dict[str, float]]:
    """Return, for each number of articles, the processor's seconds with plain Material and with ours."""
    results: list[dict[str, float]] = []
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="kamipen-bench-") as folder:
            _generate(Path(folder) / "docs", size)
            plain, ours = (_seconds(Path(folder), kind) for kind in ("plain", "ours"))
        print(f"  {size} articles: plain {plain:.1f} s, ours {ours:.1f} s, ratio {ours / plain:.2f}", flush=True)
        results.append({"articles": size, "plain": round(plain, 2), "ours": round(ours, 2)})
    return results


def _generate(docs: Path, size: int) -> None:
    """Write articles of the length of a real page, each a little different, on ten to a folder."""
    text = _plain(TEXT.read_text("utf-8"))
    docs.mkdir()
    (docs / "index.md").write_text("# Generated\n", "utf-8")
    (docs / "tags.md").write_text("# Tags\n", "utf-8")
    for number in range(1, size + 1):
        path = docs / "maths" / f"generated-{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(FRONT.format(number=number) + text.replace("kamipen", f"kamipen {number}"), "utf-8")


def _plain(text: str) -> str:
    """Leave out what only our own extension understands, and links to pages that are not there."""
    body = text.split("---", 2)[-1]
    return "\n".join(line for line in body.splitlines() if not line.startswith("///") and "](" not in line)


def _seconds(folder: Path, kind: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-c", BUILD, str(CONFIG), str(folder / "docs"), str(folder / kind), kind]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
