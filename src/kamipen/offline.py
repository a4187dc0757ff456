"""List the site's files with sizes and digests: what a reader who saves the whole site for offline use will get."""

import json
from hashlib import sha256
from pathlib import Path

LISTING = "offline.json"
LEFT_OUT = (".ipynb", ".map", ".md", ".txt", ".xml", ".gz", LISTING, "sw.js", "sbom.cdx.json")
"""What a page in a browser does not ask for."""


def write(site: Path) -> None:
    """Write `offline.json`; the client reads it (src/client/offline/site.ts)."""
    files = {_address(path, site): _describe(path) for path in sorted(site.rglob("*")) if _is_wanted(path)}
    (site / LISTING).write_text(json.dumps({"files": files}, separators=(",", ":")), "utf-8")


def _is_wanted(path: Path) -> bool:
    return path.is_file() and not path.name.endswith(LEFT_OUT)


def _address(path: Path, site: Path) -> str:
    """Return the address below the site's root at which a browser asks for the file."""
    return path.relative_to(site).as_posix().removesuffix("index.html")


def _describe(path: Path) -> tuple[int, str]:
    content = path.read_bytes()
    return len(content), sha256(content).hexdigest()[:8]
