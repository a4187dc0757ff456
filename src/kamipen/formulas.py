"""Typeset formulas at build time: a page carries them as HTML and MathML, and needs no script to show them."""

import hashlib
import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

from kamipen import CACHE, ROOT
from kamipen.client import SOURCE, node

_FORMULA = re.compile(r'<(?P<tag>span|div) class="arithmatex">\\[(\[](?P<tex>.*?)\\[)\]]</(?P=tag)>', re.DOTALL)
_KATEX = ROOT / "src/client/node_modules/katex"
_TYPESET = CACHE / "formulas.json"

Formula = tuple[str, bool]
"""TeX, and whether it stands on a line of its own."""


class FormulaError(Exception):
    """A formula cannot be typeset; the message names its page."""


def typeset(pages: dict[Path, str]) -> dict[Path, str]:
    """Return the pages with every formula typeset, all new ones in one go."""
    known: dict[str, str] = json.loads(_TYPESET.read_text("utf-8")) if _TYPESET.exists() else {}
    version = json.loads((_KATEX / "package.json").read_text("utf-8"))["version"]
    places = {_formula(found): path for path, html in pages.items() for found in _FORMULA.finditer(html)}
    new = {formula: key for formula in places if (key := _key(formula, version)) not in known}
    if new:
        for (formula, key), answer in zip(new.items(), _run(list(new)), strict=True):
            if "error" in answer:
                raise FormulaError(f"{places[formula]}: `{formula[0]}`: {answer['error']}")
            known[key] = answer["html"]
        _TYPESET.parent.mkdir(parents=True, exist_ok=True)
        _TYPESET.write_text(json.dumps(known, ensure_ascii=False), "utf-8")

    def html_of(found: re.Match[str]) -> str:
        html = known[_key(_formula(found), version)]
        # Wide formulas scroll by themselves, also by keyboard.
        return f'<div class="kp-formula" tabindex="0">{html}</div>' if found["tag"] == "div" else html

    return {path: _FORMULA.sub(html_of, html) for path, html in pages.items()}


def stage(folder: Path) -> None:
    """Put the style sheet and fonts of the formulas where pages look for them."""
    css = (_KATEX / "dist/katex.min.css").read_text("utf-8")
    woff2_only = re.sub(r',url\([^)]*\.(?:woff|ttf)\) format\("[^"]*"\)', "", css)
    (folder / "fonts").mkdir(parents=True, exist_ok=True)
    (folder / "formulas.css").write_text(woff2_only, "utf-8")
    for font in (_KATEX / "dist/fonts").glob("*.woff2"):
        shutil.copyfile(font, folder / "fonts" / font.name)


def _formula(found: re.Match[str]) -> Formula:
    return unescape(found["tex"]).strip(), found["tag"] == "div"


def _key(formula: Formula, version: str) -> str:
    return hashlib.sha256(json.dumps([*formula, version]).encode()).hexdigest()[:16]


def _run(formulas: list[Formula]) -> list[dict[str, str]]:
    answer = subprocess.run(
        [node(), "formulas.mjs"], cwd=SOURCE, input=json.dumps(formulas), capture_output=True, text=True, check=False
    )
    if answer.returncode:
        raise FormulaError(f"KaTeX did not run:\n{answer.stderr.strip()}")
    return json.loads(answer.stdout)
