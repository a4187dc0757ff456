"""What a page has a browser fetch beyond NumPy and matplotlib, which all articles share: told before it is fetched."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kamipen.article.imports import KIT
from kamipen.project import SITE
from kamipen.runtime import served

SHARED = ("numpy", "matplotlib", KIT)


def extra(packages: Iterable[str], site: Path = SITE) -> tuple[list[str], int]:
    """Return the packages beyond the shared ones, and the bytes of these with all they need, as they are served.

    Where no runtime is staged nothing can be run, and nothing is said.
    """
    named = set(packages) - set(SHARED)
    if not named or not (site / "runtime" / served.VERSION / served.LOCK).exists():
        return [], 0
    staged = served.identity(site)
    entries: dict[str, Any] = staged["lockfile"]["packages"]
    more = entries.keys() & (served.closure(named, entries) - served.closure(SHARED, entries))
    brought = {other for name in named for other in entries[name]["depends"]}
    return sorted(named - brought), sum(staged["files"][entries[name]["file_name"]] for name in more)
