"""List the site's files with sizes and digests: what a reader may save whole, and what the service worker believes."""

import base64
import json
import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

LISTING = "offline.json"
LEFT_OUT = (".ipynb", ".map", ".md", ".txt", ".xml", ".gz", LISTING, "sw.js", "sbom.cdx.json", ".nojekyll")
LANGUAGES = re.compile(r"/lunr/(?!tinyseg|min/lunr\.(ja|stemmer\.support)\.)|^en/.*/lunr/")
"""What a page in a browser does not ask for: among others, how to search in languages that the site does not speak."""

RUNTIME_DATA = re.compile(r"^runtime/.*(?<!\.mjs)$")
"""What runs only where Python does, which reaches nothing of the site: too large to be looked through at each start."""

LISTED = re.compile(r"kamipen:listed")
SAFE = re.compile(r"[\w./?|=+ -]*", re.ASCII)

CLIENT = re.compile(r"^kamipen/(main\.js|search\.js|\w+\.css)$")


class OfflineListError(Exception):
    """The list cannot be written; the message says why."""


def write(site: Path, release: str) -> None:
    """Write `offline.json`; the client reads it (src/client/offline/whole-site.ts)."""
    wanted = [path for path in sorted(site.rglob("*")) if _is_wanted(path, site)]
    addresses = {CLIENT.sub(rf"\g<0>?{release}", _address(path, site)): path for path in wanted}
    edition = _tell_service_worker(site, addresses)
    files = {address: _describe(path) for address, path in addresses.items()}
    listing = {"release": release, "edition": edition, "files": files}
    (site / LISTING).write_text(json.dumps(listing, separators=(",", ":")), "utf-8")


def _tell_service_worker(site: Path, addresses: Mapping[str, Path]) -> str:
    """Write into `sw.js` which content it may serve (src/client/offline/listed.ts); return the edition's name."""
    believed = {address: path for address, path in addresses.items() if not RUNTIME_DATA.search(address)}
    lines = [f"{address} {_digest(path)}" for address, path in believed.items()]
    edition = sha256("|".join(lines).encode()).hexdigest()[:8]
    listed = "|".join([edition, *lines])
    if not SAFE.fullmatch(listed):
        raise OfflineListError("An address of the site holds a character that the service worker's list cannot")
    worker = site / "sw.js"
    code, places = LISTED.subn(listed, worker.read_text("utf-8"))
    if places != 1:
        raise OfflineListError(f"sw.js has {places} places for its list of files; it must be bundled anew first")
    worker.write_text(code, "utf-8")
    return edition


def _digest(path: Path) -> str:
    """Return the first 16 bytes of a content's SHA-256, as the service worker spells them."""
    return base64.urlsafe_b64encode(sha256(path.read_bytes()).digest()[:16]).decode().rstrip("=")


def _is_wanted(path: Path, site: Path) -> bool:
    return path.is_file() and not (path.name.endswith(LEFT_OUT) or LANGUAGES.search(str(path.relative_to(site))))


def _address(path: Path, site: Path) -> str:
    """Return the address below the site's root at which a browser asks for the file."""
    return path.relative_to(site).as_posix().removesuffix("index.html")


def _describe(path: Path) -> tuple[int, str]:
    content = path.read_bytes()
    return len(content), sha256(content).hexdigest()[:8]
