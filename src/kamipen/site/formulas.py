"""Typeset formulas at build time: a page carries them as HTML and MathML, and needs no script to show them."""

import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from kamipen import node
from kamipen.project import CACHE, CLIENT

_FORMULA = re.compile(
    r'<(?P<tag>span|div) class="arithmatex">\\[(\[](?P<tex>.*?)\\[)\]]</(?P=tag)>'
    r"(?P<after>[、。，．）」』！？：；・),.;:!?’”]*)",
    re.DOTALL,
)
# Browsers let a line begin with the mark after a formula. A short one, which fits a phone, stays in one piece with it.
_TIE = ".kp-tie{white-space:nowrap}"
_SHORT = 24  # characters of TeX
_OPENING = "（「『("
_KATEX = CLIENT / "node_modules/katex"
_TYPESET = CACHE / "formulas.json"
_SHEET = re.compile(r'(?=<link rel="stylesheet" href="(?P<folder>[^"]*formulas/)formulas\.css")')
_PRELOAD = re.compile(r'<link rel="preload" as="font"[^>]*>')
# A choice that is a formula alone; what stands in its MathML names it, for no name comes out of a formula by itself.
_NAMELESS = re.compile(
    r'(?<=<label><input)(?= (?!aria-label)[^>]*/> <span><span class="katex"><span class="katex-mathml">'
    r'<math[^>]*><semantics>(?P<spoken>(?:(?!</math>).)*?)<annotation (?:(?!<label>|class="katex").)*?'
    r"</span></span></span></span></label>)"
)
_GLYPHS = re.compile(r'class="([^"]*)"[^>]*>([^<]?)')
# Which classes of a typeset formula ask for which font, as katex.css has it; the upright one is for what has no other.
_FONTS = {
    "Main-Bold": r"\bmathbf\b",
    "Math-Italic": r"\bmathnormal\b",
    "AMS-Regular": r"\b(?:mathbb|amsrm)\b",
    "Caligraphic-Regular": r"\bmathcal\b",
    "Size1-Regular": r"\b(?:small-op|delimsizing size1|delim-size1)\b",
    "Size2-Regular": r"\b(?:large-op|delimsizing size2)\b",
    "Size3-Regular": r"\bdelimsizing size3\b",
    "Size4-Regular": r"\b(?:delimsizing size4|delim-size4)\b",
}
_UPRIGHT = re.compile(r"m(?:ord|bin|rel|op|open|close|punct|inner)(?: mtight)?")

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

    def pieces(page: str) -> Iterator[str]:
        last = 0
        for found in _FORMULA.finditer(page):
            html = known[_key(_formula(found), version)]
            before = page[found.start() - 1]
            before = before if before in _OPENING else ""
            yield page[last : found.start() - len(before)]
            last = found.end()
            marked = f"{before}{html}{found['after']}"
            if found["tag"] == "div":  # wide formulas scroll by themselves, also by keyboard
                yield f'{before}<div class="kp-formula" tabindex="0">{html}</div>{found["after"]}'
            else:
                yield (
                    f'<span class="kp-tie">{marked}</span>'
                    if marked != html and len(found["tex"]) <= _SHORT
                    else marked
                )
        yield page[last:]

    return {path: preload_fonts(_name_choices("".join(pieces(html)))) for path, html in pages.items()}


def _name_choices(html: str) -> str:
    def name(choice: re.Match[str]) -> str:
        spoken = re.sub(r"<[^>]*>", "", choice["spoken"])
        return f' aria-label="{spoken}"'

    return _NAMELESS.sub(name, html)


def preload_fonts(html: str) -> str:
    """Ask for the fonts of a page's formulas with its style sheets, so that no line moves when they come."""
    glyphs = set(_GLYPHS.findall(html)) if 'class="katex' in html else set[tuple[str, str]]()
    classes = {name for name, _ in glyphs}
    needed = ["Main-Regular"] if any(text and _UPRIGHT.fullmatch(name) for name, text in glyphs) else []
    needed += [font for font, asking in _FONTS.items() if any(re.search(asking, name) for name in classes)]

    def before(sheet: re.Match[str]) -> str:
        fonts = (f"{sheet['folder']}fonts/KaTeX_{font}.woff2" for font in needed)
        return "".join(f'<link rel="preload" as="font" type="font/woff2" crossorigin href="{font}">' for font in fonts)

    return _SHEET.sub(before, _PRELOAD.sub("", html))


def stage(folder: Path) -> None:
    """Put the style sheet and fonts of the formulas where pages look for them."""
    css = (_KATEX / "dist/katex.min.css").read_text("utf-8")
    woff2_only = re.sub(r',url\([^)]*\.(?:woff|ttf)\) format\("[^"]*"\)', "", css)
    (folder / "fonts").mkdir(parents=True, exist_ok=True)
    (folder / "formulas.css").write_text(woff2_only + _TIE, "utf-8")
    for font in (_KATEX / "dist/fonts").glob("*.woff2"):
        shutil.copyfile(font, folder / "fonts" / font.name)


def _formula(found: re.Match[str]) -> Formula:
    return unescape(found["tex"]).strip(), found["tag"] == "div"


def _key(formula: Formula, version: str) -> str:
    return hashlib.sha256(json.dumps([*formula, version]).encode()).hexdigest()[:16]


def _run(formulas: list[Formula]) -> list[dict[str, str]]:
    try:
        return json.loads(node.run("formulas.mjs", given=json.dumps(formulas)))
    except node.NodeError as problem:
        raise FormulaError(f"KaTeX did not run:\n{problem}") from None
