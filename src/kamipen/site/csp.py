"""A Content-Security-Policy for every page: nothing from elsewhere, and no inline script but the theme's own."""

import base64
import hashlib
import re
from pathlib import Path

POLICY = {
    "default-src": "'self'",
    # WebAssembly is compiled, never evaluated as JavaScript; inline scripts are named by their digests.
    "script-src": "'self' 'wasm-unsafe-eval'",
    # Python's worker is made from a blob, so that this policy is its own too.
    "worker-src": "'self' blob:",
    "connect-src": "'self'",
    # Figures and formulas carry style attributes.
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "object-src": "'none'",
    "frame-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
}

_SCRIPT = re.compile(r"<script\b(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.DOTALL | re.IGNORECASE)
_DATA = re.compile(r"""\btype\s*=\s*["']?(?!module\b|text/javascript\b)[\w/+.-]+""", re.IGNORECASE)
_META = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')


def script_digests(html: str) -> set[str]:
    """The CSP sources of the scripts that stand in the page itself, data blocks left out."""
    return {
        digest(found["body"])
        for found in _SCRIPT.finditer(html)
        if "src=" not in found["attributes"] and not _DATA.search(found["attributes"]) and found["body"].strip()
    }


def digest(script: str) -> str:
    """Name one inline script in a policy."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def policy(digests: set[str]) -> str:
    """The policy that admits the given inline scripts."""
    directives = {**POLICY, "script-src": " ".join([POLICY["script-src"], *sorted(digests)])}
    return "; ".join(f"{name} {sources}" for name, sources in directives.items())


def with_policy(html: str, content: str) -> str:
    """Put the policy first in the page's head, instead of an earlier one."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{content}">'
    return re.sub(r"<head\b[^>]*>", lambda head: head[0] + meta, _META.sub("", html), count=1)


def protect(pages: dict[Path, str]) -> dict[Path, str]:
    """Give all pages the same policy, since instant navigation keeps the first page's."""
    content = policy(set[str]().union(*(script_digests(html) for html in pages.values())))
    return {path: with_policy(html, content) for path, html in pages.items()}


def protect_like(html: str, other: str) -> str:
    """Give a page the policy of another one of its site; a LookupError says that this would not admit its scripts."""
    (meta,) = _META.findall(other)
    if any(digest not in meta for digest in script_digests(html)):
        raise LookupError("the page has scripts of its own")
    return with_policy(html, re.findall(r'content="([^"]*)"', meta)[0])
