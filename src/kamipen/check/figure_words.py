"""Words in the figures of a Japanese page: each has its Japanese in the front matter's `labels:`."""

import re
from collections.abc import Iterator

from kamipen.article import figure_words, outline
from kamipen.check.drawn import Drawn
from kamipen.check.pages import FORM, AuthoredPage
from kamipen.errors import SourceError, nearest

_JAPANESE = re.compile("[\u3041-\u30ff\u3400-\u9fff]")
_WORD = re.compile(r"(?![a-z][A-Z]\b)[A-Za-z]{2,}")  # tY is a product
_FUNCTIONS = (
    "abs acc argmax argmin cos cosh det diag dim div erf exp lim ln log max min mod sgn sigmoid sin sinh softmax"
)
_METHODS = "sqrt std sup tan tanh tr var ReLU NaN inf Adam"
_UNITS = "bit bits byte bytes kB kHz Hz MHz GHz ms ns us min km cm mm kg mg pt px dB eV flop flops"
_MATHS = frozenset(f"{_FUNCTIONS} {_METHODS} {_UNITS}".split())


def find(page: AuthoredPage, drawn: Drawn) -> Iterator[SourceError]:
    """Find words without a translation, and translations without a word."""
    if page.language != "ja" or page.form < FORM:
        return
    used: set[str] = set()
    for fence in outline.cells(page.nodes):
        figures = drawn.by(fence)
        for word in dict.fromkeys(word for svg in figures for word in figure_words.texts(svg)):
            used.add(word)
            if word not in page.labels and needs_translation(word):
                problem = f"a figure says `{word}`: add `{word}: …` to `labels:` in the front matter"
                yield page.problem(problem, fence.line)
        for word in dict.fromkeys(word for svg in figures for word in figure_words.fixed(svg)):
            if needs_translation(word):
                problem = f"a figure says `{word}`: write its formula without a bar, so that it can be translated"
                yield page.problem(problem, fence.line)
    if page.labels and not page.draft and drawn.complete:
        for word in page.labels:
            if word not in used:
                yield page.problem(f"no figure says `{word}`{nearest(word, used)}", page.line_of("labels:"))


def needs_translation(text: str) -> bool:
    """Tell whether a line of a figure has a word: not numbers, symbols, functions, units, names written in capitals."""
    if _JAPANESE.search(text):
        return False
    found = _WORD.findall(figure_words.without_formulas(text))
    return any(word not in _MATHS and not word.isupper() for word in found)
