"""List the site's files with sizes and digests: what a reader who saves the whole site for offline use will get."""

import json
import re
from hashlib import sha256
from pathlib import Path

LISTING = "offline.json"
LEFT_OUT = (".ipynb", ".map", ".md", ".txt", ".xml", ".gz", LISTING, "sw.js", "sbom.cdx.json", ".nojekyll")
LANGUAGES = re.compile(r"/lunr/(?!tinyseg|min/lunr\.(ja|stemmer\.support)\.)|^en/.*/lunr/")
"""What a page in a browser does not ask for: among others, how to search in languages that the site does not speak."""

CLIENT = re.compile(r"^kamipen/(main\.js|search\.js|\w+\.css)$")


def write(site: Path, release: str) -> None:
    """Write `offline.json`; the client reads it (src/client/offline/whole-site.ts)."""
    wanted = [path for path in sorted(site.rglob("*")) if _is_wanted(path, site)]
    files = {CLIENT.sub(rf"\g<0>?{release}", _address(path, site)): _describe(path) for path in wanted}
    (site / LISTING).write_text(json.dumps({"release": release, "files": files}, separators=(",", ":")), "utf-8")


def _is_wanted(path: Path, site: Path) -> bool:
    return path.is_file() and not (path.name.endswith(LEFT_OUT) or LANGUAGES.search(str(path.relative_to(site))))


def _address(path: Path, site: Path) -> str:
    """Return the address below the site's root at which a browser asks for the file."""
    return path.relative_to(site).as_posix().removesuffix("index.html")


def _describe(path: Path) -> tuple[int, str]:
    content = path.read_bytes()
    return len(content), sha256(content).hexdigest()[:8]
