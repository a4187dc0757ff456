"""Stamp every page with the release of the client that it belongs to, so that caches never give it another's."""

import re
from pathlib import Path

_ENTRY = re.compile(r"(kamipen/(?:main\.js|search\.js|\w+\.css))(?:\?\w+)?(?=[\"#])")
_CONTAINER = re.compile(r"(data-md-component=\"container\")(?: data-release=\"\w+\")?")


def stamp(site: Path, release: str) -> int:
    """Name the release wherever a page asks for the client; return how many pages were changed."""
    pages = [path for path in site.rglob("*.html") if "runtime" not in path.parts]
    written = {path: path.read_text("utf-8") for path in pages}
    changed = {path: html for path in pages if (html := stamped(written[path], release)) != written[path]}
    for path, html in changed.items():
        path.write_text(html, "utf-8")
    return len(changed)


def stamped(html: str, release: str) -> str:
    """Put the release into a page's addresses, and where instant navigation brings it along (src/client/main.ts)."""
    return _CONTAINER.sub(rf'\1 data-release="{release}"', _ENTRY.sub(rf"\1?{release}", html))


def of(html: str) -> str:
    """Return the release that a page is stamped with."""
    return re.findall(r" data-release=\"(\w+)\"", html)[0]
