"""One notation: the table of symbols is the same in both languages, and formulas and scripts keep to it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from kamipen.article.scripts import Scripts
from kamipen.check.pages import AuthoredPage
from kamipen.errors import SourceError

INSTEAD = {
    "lr": "eta",
    "learning_rate": "eta",
    "lambda_": "lam",
    "lmbda": "lam",
    "y_pred": "y_hat",
    "yhat": "y_hat",
    "pred": "y_hat",
    "preds": "y_hat",
    "grad": "gradient",
    "epsilon": "eps",
    "random_state": "rng",
}
"""Other people's names, and what the table of symbols calls them."""

FORMULAS = {
    r"\\epsilon\b": r"\varepsilon",
    r"\\(?:mathbf|boldsymbol|bm|vec)\b": "the plain letter: vectors and matrices are not set in bold",
    r"\\phi\b": r"\varphi",
}
_ROW = re.compile(r"^\| *(?P<formula>[^|]*?) *\| *(?P<code>[^|]*?) *\|")


def find_in_formulas(page: AuthoredPage) -> Iterator[SourceError]:
    """Find symbols in formulas that the table writes in another way."""
    for number, line in page.uncoded:
        for pattern, instead in FORMULAS.items():
            if match := re.search(pattern, line):
                yield page.problem(f"`{match[0]}` is not in the table of symbols: write {instead}", number)


def find_in_scripts(docs: Path, scripts: Scripts) -> Iterator[SourceError]:
    """Find names in scripts that the table calls otherwise, and tables that differ between the languages."""
    ja, en = (_rows(docs / language / "style.md") for language in ("ja", "en"))
    for (formula, code), line in en.items():
        if (formula, code) not in ja:
            problem = f"`{formula}`, `{code}` is not in the Japanese table: both list the same symbols"
            yield SourceError(problem, docs / "en/style.md", line)
    for (formula, code), line in ja.items():
        if (formula, code) not in en:
            problem = f"`{formula}`, `{code}` is not in the English table: both list the same symbols"
            yield SourceError(problem, docs / "ja/style.md", line)
    for script in scripts.values():
        for node in ast.walk(ast.parse(script.source)):
            name = node.arg if isinstance(node, ast.arg) else node.id if _is_set(node) else ""  # type: ignore[attr-defined]
            if name in INSTEAD:
                problem = f"`{name}` is `{INSTEAD[name]}` in the table of symbols (docs/en/style.md)"
                yield SourceError(problem, script.path, getattr(node, "lineno", None))


def _is_set(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)


def _rows(page: Path) -> dict[tuple[str, str], int]:
    """Return the formula and code columns of the table under the heading `#symbols`, with their lines."""
    if not page.exists():
        return {}
    rows: dict[tuple[str, str], int] = {}
    inside = False
    for number, line in enumerate(page.read_text("utf-8").splitlines(), 1):
        if line.startswith("#"):
            inside = "{#symbols}" in line
        elif inside and (match := _ROW.match(line)) and not line.startswith("|--") and "`" in match["code"]:
            rows[match["formula"], match["code"]] = number
    return rows
