"""NumPy in the browser against NumPy here: the same errors of linear algebra, the same warnings, and integers told."""

import contextlib
import io
import json
from collections.abc import Generator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from kamipen.browser.pages_server import PagesServer
from tests.browser.engine.interpreter import Interpreter, open_interpreter

CASES = Path(__file__).with_name("numbers_cases.py").read_text("utf-8")

NO_NUMBERS = {"all nan", "batch nan", "nan", "one nan", "one nan only"}
MAY_REFUSE = ("cholesky", "inv", "solve", "matrix_power", "tensorinv", "tensorsolve", "raising")
"""Of a matrix with NaN in it, this LAPACK refuses more than the one of ordinary Python."""

SILENT = ("det", "slogdet", "matmul", "matrix_power", "multi_dot")
"""A warning natively, of numbers that were none before."""


@pytest.fixture(scope="module")
def python(browser: Browser, server: PagesServer, site: Path) -> Generator[Interpreter]:
    context = browser.new_context(service_workers="block")
    context.set_default_timeout(120_000)
    yield open_interpreter(context.new_page(), server.address, site)
    context.close()


def native(call: str) -> dict[str, list]:
    """Run the cases here."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(f"{CASES}\n{call}", {"__name__": "cases"})
    return json.loads(printed.getvalue())


def both(python: Interpreter, call: str) -> tuple[dict[str, list], dict[str, list]]:
    here = native(call)
    there = json.loads(python.text(f"{CASES}\n{call}", namespace="numbers"))
    assert here.keys() == there.keys()
    return here, there


def is_known(function: str, matrix: str, here: list, there: list) -> bool:
    """Tell whether this is one of the differences that remain, which "How it works" states."""
    if matrix in NO_NUMBERS and function.startswith(MAY_REFUSE) and there[0] == "LinAlgError":
        return True
    return here[:-1] == there[:-1] and not there[-1] and (function.startswith(SILENT) or matrix == "complex")


def test_linear_algebra_fails_as_natively(python: Interpreter) -> None:
    here, there = both(python, "linear_algebra()")
    different = {name: (here[name], there[name]) for name in here if here[name] != there[name]}
    unknown = {name: outcomes for name, outcomes in different.items() if not is_known(*name.split(" of "), *outcomes)}
    assert not unknown
    assert sum(outcome[0] == "LinAlgError" for outcome in here.values()) > 150


def test_floating_point_problems_are_told_as_natively(python: Interpreter) -> None:
    here, there = both(python, "warnings_given()")
    assert there == here


@pytest.mark.parametrize(
    ("code", "wraps"),
    [
        ("np.arange(100000).sum()", True),
        ("np.array([2**30] * 4).sum()", True),
        ("np.array([20000]) ** 3", True),
        ("np.arange(70000) * np.arange(70000)", True),
        ("np.array([2**31 - 1]) + 1", True),
        ("np.array([-2**31]) - 1", True),
        ("np.cumsum(np.arange(100000))", True),
        ("np.full((2, 2), 50000) @ np.full((2, 2), 50000)", True),
        ("x = np.array([2**30, 1]); x += x", True),
        ("np.arange(60000).sum()", False),
        ("np.array([3, -4]) ** 2 - np.array([2, 5]) * 7", False),
        ("np.arange(100000, dtype=np.int64).sum()", False),
        ("np.uint32(5) * np.array([4000000000], dtype=np.uint32)", False),
        ("np.full((2, 2), 3) @ np.full((2, 2), -7)", False),
    ],
)
def test_an_integer_that_wraps_around_is_told(python: Interpreter, code: str, wraps: bool) -> None:
    result = python.run(f"import numpy as np\n{code};", namespace="integers")
    assert result["status"] == "done"
    notices = [item["code"] for item in result["items"] if item["kind"] == "notice"]
    told = "".join(item["text"] for item in result["items"] if item["kind"] == "text" and item["stream"] == "stderr")
    assert notices == (["int32"] if wraps else [])
    assert ("RuntimeWarning: overflow encountered" in told) == wraps
    assert ("cell:2" in told or "site-packages" in told) == wraps


def test_errors_of_linear_algebra_can_be_caught(python: Interpreter) -> None:
    code = "try:\n    np.linalg.cholesky([[1.0, 2], [2, 1]])\nexcept np.linalg.LinAlgError:\n    print('indefinite')"
    assert python.text(f"import numpy as np\n{code}", namespace="caught") == "indefinite\n"


def test_libraries_that_ask_for_silence_get_it(python: Interpreter) -> None:
    code = (
        "import numpy as np\nfrom scipy import linalg, special\nfrom sklearn.linear_model import LinearRegression\n"
        "X = np.column_stack([np.arange(5.0), 2 * np.arange(5.0)])\n"
        "print(LinearRegression().fit(X, X[:, 0]).predict(X).round(6))\nprint(special.xlogy(0, 0))\n"
        "with np.errstate(all='ignore'):\n    print(1 / np.zeros(1), np.float64(0) / 0)"
    )
    assert python.text(code, namespace="libraries") == "[0. 1. 2. 3. 4.]\n0.0\n[inf] nan\n"
