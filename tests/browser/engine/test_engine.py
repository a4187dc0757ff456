"""What the interpreter promises its cells."""

from collections.abc import Generator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from kamipen.browser.pages_server import PagesServer
from tests.browser.engine.interpreter import Interpreter, open_interpreter


@pytest.fixture(scope="module")
def python(browser: Browser, server: PagesServer, site: Path) -> Generator[Interpreter]:
    """One interpreter for all tests here: each uses names of its own."""
    context = browser.new_context(service_workers="block")
    context.set_default_timeout(120_000)
    yield open_interpreter(context.new_page(), server.address, site)
    context.close()


def test_the_value_of_the_last_expression_is_shown_unless_it_ends_in_a_semicolon(python: Interpreter) -> None:
    assert python.text("x = 3\nx + 1", namespace="value") == "4\n"
    assert python.text("x + 1;  # quiet", namespace="value") == ""


def test_output_comes_while_the_cell_runs(python: Interpreter) -> None:
    result = python.run("import time\nfor i in range(4):\n    print(i)\n    time.sleep(0.2)")
    assert "".join(item["text"] for item in result["items"]) == "0\n1\n2\n3\n"
    assert result["times"][0] < result["times"][-1] - 400


def test_an_error_shows_the_readers_frames_and_its_line(python: Interpreter) -> None:
    result = python.run("import numpy as np\ndef f(n):\n    return np.ones(n).reshape(2, 3)\n\nf(5)")
    error = result["error"]
    assert (result["status"], error["type"], error["line"]) == ("error", "ValueError", 3)
    assert "in f" in error["traceback"]
    assert "/lib/" not in error["traceback"]
    assert "_kamipen" not in error["traceback"]


def test_a_syntax_error_names_its_line(python: Interpreter) -> None:
    error = python.run("x = 1\nif x\n    pass")["error"]
    assert (error["type"], error["line"]) == ("SyntaxError", 2)


def test_output_is_cut_at_its_limit_and_says_so(python: Interpreter) -> None:
    result = python.run("for i in range(20_000): print(i)")
    assert result["status"] == "done"
    assert result["items"][-1] == {"kind": "notice", "code": "truncated"}
    lines = sum(item["text"].count("\n") for item in result["items"] if item["kind"] == "text")
    assert lines == 5_000


def test_a_question_is_answered_in_the_page(python: Interpreter) -> None:
    assert python.text("name = input('who? ')\nprint('hello', name)", answer="紙") == "who? 紙\nhello 紙\n"


def test_articles_share_no_names(python: Interpreter) -> None:
    python.text("secret = 1", namespace="one")
    assert python.run("secret", namespace="two")["error"]["type"] == "NameError"


def test_a_check_runs_in_a_copy_of_the_names(python: Interpreter) -> None:
    python.text("level = 1", namespace="article")
    check = """request => engine.check({ namespace: "article", cell: "exercise", packages: [], ...request })"""
    passed = python.page.evaluate(check, {"code": "level = 2", "check": "assert level == 2"})
    failed = python.page.evaluate(check, {"code": "level = 3", "check": "assert level == 2, 'two, by the law'"})
    assert passed["status"] == "done"
    assert failed["error"]["message"] == "two, by the law"
    assert python.text("level", namespace="article") == "1\n"


def test_figures_are_vectors_and_take_the_pages_colours(python: Interpreter) -> None:
    packages = ("numpy", "matplotlib")
    result = python.run("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.title('学習率')", packages=packages)
    (figure,) = result["items"]
    assert figure["kind"] == "figure"
    assert "学習率" in figure["svg"]
    assert "var(--kp-c0)" in figure["svg"]


def test_edited_code_may_import_what_the_page_did_not_ask_for(python: Interpreter) -> None:
    code = "from sklearn.linear_model import Ridge\nRidge().fit([[0], [1]], [0, 1]).coef_.round(3)"
    assert python.text(code) == "array([0.333])\n"


def test_names_are_completed_from_the_running_namespace(python: Interpreter) -> None:
    python.text("import numpy as np", namespace="names")
    found = python.page.evaluate("engine.complete('names', 'y = np.lins', 11)")
    assert found == {"from": 7, "options": [{"label": "linspace", "type": "function"}]}


def test_random_numbers_differ_from_start_to_start(python: Interpreter) -> None:
    code = "import random, numpy as np\n(random.random(), np.random.random())"
    first = python.text(code)
    python.stop_during("while True: pass")
    assert python.text(code) != first


@pytest.mark.parametrize(
    "endless",
    [
        "while True: pass",
        "import time\ntime.sleep(100)",
        "import numpy as np\nA = np.ones((3000, 3000))\nwhile True: A @ A",
    ],
)
def test_stop_ends_anything_within_a_second(python: Interpreter, endless: str) -> None:
    generation = python.generation
    result, took = python.stop_during(endless)
    assert result["status"] == "stopped"
    assert took < 1000
    assert python.generation == generation + 1
    assert python.text("1 + 1") == "2\n"


def test_a_crash_ends_the_run_and_not_the_page(python: Interpreter) -> None:
    result = python.run("import os\nos.abort()")
    assert result["status"] == "crashed"
    assert python.text("1 + 1") == "2\n"


def test_without_memory_the_run_ends_and_python_starts_afresh(python: Interpreter) -> None:
    generation = python.generation
    result = python.run("import numpy as np\nkept = []\nwhile True: kept.append(np.ones(30_000_000))")
    assert (result["status"], result["reason"]) == ("crashed", "memory")
    assert python.generation == generation + 1
    assert python.text("1 + 1") == "2\n"
