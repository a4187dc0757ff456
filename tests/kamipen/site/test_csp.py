"""One policy for all pages, which names their inline scripts."""

import base64
import hashlib
from pathlib import Path

from kamipen.site import csp

PAGE = Path("page.html")


def test_policy_names_each_inline_script_and_no_data_block() -> None:
    scripts = '<script>run()</script><script type="application/json">{}</script><script src="a.js"></script>'
    html = f"<html><head></head>{scripts}"
    digest = base64.b64encode(hashlib.sha256(b"run()").digest()).decode()
    assert csp.script_digests(html) == {f"'sha256-{digest}'"}
    protected = csp.protect({PAGE: html})[PAGE]
    assert f"script-src 'self' 'wasm-unsafe-eval' 'sha256-{digest}'" in protected
    assert "unsafe-inline" not in protected.split("script-src")[1].split(";")[0]


def test_policy_is_the_same_on_all_pages_and_put_in_once() -> None:
    pages = {Path("a"): "<head></head><script>one()</script>", Path("b"): "<head></head><script>two()</script>"}
    once = csp.protect(pages)
    assert csp.protect(once) == once
    assert len({html.split('content="')[1].split('"')[0] for html in once.values()}) == 1
