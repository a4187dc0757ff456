"""What our build adds to plain Material on the same text, and whether it stays linear."""

import re
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from kamipen.project import DOCS, ROOT, SITE

KINDS = ("plain", "ours")
ROUNDS = 3
SHORT = 300  # articles in all rounds: with many, one round tells enough
ARTICLE = "maths/gradient-descent-physics"
SOURCES = {
    "ours": DOCS / "en" / f"{ARTICLE}.md",
    "plain": SITE / "en" / ARTICLE / "index.md",  # the twin: the same text, its code and output spelled out
}


class BuildError(Exception):
    """Generated articles do not build; the message is MkDocs'."""


def measure(sizes: Sequence[int]) -> list[dict[str, float]]:
    """Return, for each number of articles, the processor's seconds with plain Material and with ours: medians."""
    results: list[dict[str, float]] = []
    for size in sizes:
        rounds = [_round(size) for _ in range(max(1, min(ROUNDS, SHORT // size)))]
        plain, ours = (statistics.median(seconds[kind] for seconds in rounds) for kind in KINDS)
        print(f"  {size} articles: plain {plain:.1f} s, ours {ours:.1f} s, ratio {ours / plain:.2f}", flush=True)
        results.append({"articles": size, "plain": round(plain, 2), "ours": round(ours, 2)})
    return results


def _round(size: int) -> dict[str, float]:
    """Build with each once, one right after the other."""
    with tempfile.TemporaryDirectory(prefix="kamipen-bench-") as folder:
        return {kind: _built(Path(folder) / kind, kind, size) for kind in KINDS}


def _built(folder: Path, kind: str, size: int) -> float:
    """Build so many copies of a real article, each a little different; return the processor's seconds."""
    text = re.sub(r"\]\((?!http)[^)]*\)", "](../index.md)", SOURCES[kind].read_text("utf-8"))
    docs = folder / "docs"
    (docs / "maths").mkdir(parents=True)
    (docs / "index.md").write_text("# Generated\n", "utf-8")
    (docs / "tags.md").write_text("# Tags\n", "utf-8")
    for number in range(1, size + 1):
        own = re.sub(r"^(title: *\"?)", rf"\g<1>{number} ", text, count=1, flags=re.MULTILINE)
        (docs / "maths" / f"generated-{number}.md").write_text(own, "utf-8")
    return _seconds(folder, kind)


def _seconds(folder: Path, kind: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "kamipen.bench.one_build", str(folder / "docs"), str(folder / "site"), kind]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if result.returncode:
        raise BuildError(
            f"The {kind} site of {len(list(folder.glob('docs/*/*')))} articles does not build:\n{result.stderr[-2000:]}"
        )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
