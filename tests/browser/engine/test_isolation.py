"""One cell does not spoil the next, nor one article another: streams, built-ins, settings, modules, depth."""

from collections.abc import Generator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from kamipen.browser.pages_server import PagesServer
from tests.browser.engine.interpreter import Interpreter, open_interpreter

PLOT = ("numpy", "matplotlib")


@pytest.fixture(scope="module")
def python(browser: Browser, server: PagesServer, site: Path) -> Generator[Interpreter]:
    context = browser.new_context(service_workers="block", timezone_id="Asia/Tokyo")
    context.set_default_timeout(120_000)
    yield open_interpreter(context.new_page(), server.address, site)
    context.close()


SPOILERS = {
    "another stream": "import io, sys\nsys.stdout = sys.stderr = io.StringIO()",
    "no stream": "import sys\nsys.stdout = sys.stderr = sys.stdin = None",
    "a closed stream": "import sys\nsys.stdout.close()",
    "a stream that lost its method": "import sys\nsys.stdout.write = lambda text: 0",
    "no print": "import builtins\ndel builtins.print, builtins.len, builtins.__import__",
    "another print": "import builtins\nbuiltins.print = lambda *values: None",
    "another display": "import sys\nsys.displayhook = None",
    "no json": "import json\njson.dumps = None",
}


@pytest.mark.parametrize("spoiler", SPOILERS)
def test_every_run_begins_with_working_streams_and_builtins(python: Interpreter, spoiler: str) -> None:
    python.run(SPOILERS[spoiler], namespace="spoiled")
    assert python.text("import sys\nprint(len('ok'))\n'shown'", namespace="spoiled") == "2\n'shown'\n"
    python.page.evaluate("engine.drop('spoiled')")


CHANGES = """
import decimal, locale, logging, math, os, random, sys, warnings
import matplotlib.pyplot as plt
import numpy as np
plt.rcParams["font.size"] = 30
plt.rcParams["text.usetex"] = True
plt.rcParams["font.sans-serif"].insert(0, "Comic Sans")
np.set_printoptions(precision=2)
np.seterr(all="ignore")
np.random.seed(0)
random.seed(0)
warnings.simplefilter("ignore")
os.environ["KAMIPEN"] = "1"
os.chdir("/tmp")
sys.path.insert(0, "/nowhere")
sys.setrecursionlimit(300)
decimal.getcontext().prec = 3
logging.disable(logging.CRITICAL)
locale.setlocale(locale.LC_ALL, "C")
math.pi = 3
np.sum = lambda *values: 42
plt.Axes.plot = lambda *values: None
del np.mean
sys.modules["numpy"] = None
"""
SETTINGS = """
import decimal, locale, logging, math, os, random, sys, warnings
import matplotlib.pyplot as plt
import numpy as np
print(plt.rcParams["font.size"], plt.rcParams["text.usetex"], plt.rcParams["font.sans-serif"][0])
print(np.get_printoptions()["precision"], np.geterr()["divide"], warnings.filters[0][0], "KAMIPEN" in os.environ)
print(os.getcwd(), sys.path[0], sys.getrecursionlimit(), decimal.getcontext().prec, logging.root.manager.disable)
print(locale.setlocale(locale.LC_ALL), math.pi, np.sum([1, 2]), plt.Axes.plot.__name__, np.mean([1, 3]))
"""


def test_settings_stay_with_their_article_and_reset_brings_the_first_ones_back(python: Interpreter) -> None:
    first = python.text(SETTINGS, packages=PLOT, namespace="before")
    seeded = "import random, numpy as np\nprint(random.random(), np.random.random())"
    python.text(CHANGES, packages=PLOT, namespace="changed")
    own = python.text("print(math.pi, np.sum(0), plt.rcParams['font.size'])", namespace="changed")
    assert own == "3 42 30.0\n"
    assert python.text(SETTINGS, packages=PLOT, namespace="other") == first
    assert python.text("print(math.pi, np.sum(0), plt.rcParams['font.size'])", namespace="changed") == own
    python.text("np.random.seed(0); random.seed(0)", namespace="changed")
    random_here = python.text(seeded, namespace="another")
    python.page.evaluate("engine.drop('changed')")
    assert python.text(SETTINGS, packages=PLOT, namespace="changed") == first
    assert python.text(seeded, namespace="changed") != random_here


def test_what_an_answer_sets_is_gone_after_its_check(python: Interpreter) -> None:
    python.text("import numpy as np", namespace="article")
    check = """request => engine.check({ namespace: "article", cell: "exercise", packages: [], ...request })"""
    code = "np.set_printoptions(precision=1)"
    assert (
        python.page.evaluate(check, {"code": code, "check": "assert str(np.array([1/3])) == '[0.3]'"})["status"]
        == "done"
    )
    assert python.text("print(np.array([1/3]))", namespace="article") == "[0.33333333]\n"


DEEP = {
    "a cached function": "import functools\n@functools.cache\ndef f(n): return 1 + f(n - 1)\nf(0)",
    "a key": "def f(n): return sorted([n], key=lambda _: f(n + 1))\nf(0)",
    "a repr": "class A:\n    def __repr__(self): return repr(self)\nrepr(A())",
    "an attribute": "class A:\n    def __getattr__(self, name): return getattr(self, name + 'x')\nA().x",
    "a pickle": "import pickle\na = []\nfor _ in range(100_000): a = [a]\npickle.dumps(a)",
    "a high limit": "import sys\nsys.setrecursionlimit(10**6)\ndef f(n): return max([n], key=lambda _: f(n + 1))\nf(0)",
}


@pytest.mark.parametrize("deep", DEEP)
def test_depth_is_an_ordinary_error(python: Interpreter, deep: str) -> None:
    generation = python.generation
    result = python.run(DEEP[deep], namespace="deep")
    assert (result["status"], result["error"]["type"]) == ("error", "RecursionError")
    assert result["error"]["line"] >= 1
    assert python.generation == generation
    python.page.evaluate("engine.drop('deep')")


SHALLOW = {
    "a cached function": "import functools\n@functools.cache\ndef f(n): return n and 1 + f(n - 1)\nprint(f(400))",
    "a long sum": "y = 1\nprint(" + " + ".join(["y"] * 3000) + ")",
    "many branches": "x = 499\nif x < 0: pass\n" + "".join(f"elif x == {i}: print(x)\n" for i in range(500)),
}


@pytest.mark.parametrize("shallow", SHALLOW)
def test_ordinary_depth_works(python: Interpreter, shallow: str) -> None:
    assert python.text(SHALLOW[shallow], namespace="shallow") in ("400\n", "3000\n", "499\n")


def test_where_the_stack_ends_all_the_same_the_result_says_so_and_where(python: Interpreter) -> None:
    result = python.run("a = []\nfor _ in range(200_000): a = [a]\nrepr(a)", namespace="ended")
    assert (result["status"], result["reason"], result["error"]["line"]) == ("crashed", "stack", 3)
    assert not [item for item in result["items"] if "Stack" in item.get("text", "")]
    assert python.text("1 + 1") == "2\n"


def test_what_cannot_be_said_is_an_ordinary_error(python: Interpreter) -> None:
    mute = python.run("class E(Exception):\n    def __str__(self): raise RuntimeError\nraise E")
    assert (mute["error"]["type"], mute["error"]["line"]) == ("E", 3)
    half = python.run("print('before')\nprint('\\ud800')")
    assert (half["error"]["type"], half["error"]["line"]) == ("UnicodeEncodeError", 2)
    assert "".join(item["text"] for item in half["items"]) == "before\n"
    assert python.run("raise ValueError('\\ud800')")["error"]["type"] == "ValueError"
    shown = "class A:\n    def __repr__(self): return 'a\\ud800'\nA()"
    assert python.text(shown) == "a\\ud800\n"


def test_standard_input_is_the_page(python: Interpreter) -> None:
    code = (
        "import sys\nprint(repr(sys.stdin.readline()), repr(open(0).readline()), sys.stdin.buffer.readline().decode())"
    )
    assert python.text(code, answer="紙") == "'紙\\n' '紙\\n' 紙\n\n"
    replaced = "import io, sys\nsys.stdin = io.StringIO('3\\n')\nprint(int(input('n? ')) + 1)"
    assert python.text(replaced) == "n? 4\n"


def test_standard_output_is_a_stream_like_any_other(python: Interpreter) -> None:
    code = (
        "import sys\nprint('a', end='')\nsys.stdout.flush()\nsys.stdout.buffer.write('é\\n'.encode())\n"
        "sys.stdout.buffer.flush()\nsys.stdout.reconfigure(errors='replace')\nprint('\\ud800', sys.stdout.encoding)"
    )
    assert python.text(code) == "aé\n? utf-8\n"


def test_the_last_value_has_a_name(python: Interpreter) -> None:
    python.text("6 * 7", namespace="last")
    python.text("0;", namespace="last")
    python.text("None", namespace="last")
    assert python.text("_ + 1", namespace="last") == "43\n"
    assert python.run("_", namespace="first")["error"]["type"] == "NameError"
    python.text("_ = 'mine'\n5", namespace="last")
    assert python.text("_", namespace="last") == "'mine'\n"


def test_the_time_zone_is_the_readers(python: Interpreter) -> None:
    assert python.text("import time\nprint(time.timezone, time.strftime('%z'))") == "-32400 +0900\n"


def test_values_show_themselves_as_in_jupyter(python: Interpreter) -> None:
    def html(method: str, value: str) -> str:
        result = python.run(f"class A:\n    def {method}(self, **_): return {value}\nA()")
        (item,) = result["items"]
        return item["html"] if item["kind"] == "rich" else item["text"]

    assert html("_repr_png_", "b'png'") == '<img alt="A" src="data:image/png;base64,cG5n">'
    assert html("_repr_jpeg_", "b'jpeg', {}") == '<img alt="A" src="data:image/jpeg;base64,anBlZw==">'
    assert html("_repr_latex_", "'$x < 1$'") == r'<div class="arithmatex">\[x &lt; 1\]</div>'
    assert html("_repr_markdown_", "'*a*'") == '<div class="kp-markdown">*a*</div>'
    assert html("_repr_mimebundle_", "{'text/html': '<b>b</b>', 'text/plain': 'b'}") == "<b>b</b>"
    assert html("_repr_mimebundle_", "{'text/plain': 'plain'}, {}") == "plain\n"
    assert python.text("class D(dict): __getattr__ = dict.get\nD(a=1)") == "{'a': 1}\n"


def test_a_long_traceback_is_no_long_wait(page: Page, base_url: str, site: Path) -> None:
    python = open_interpreter(page, base_url, site)
    result = python.run("import sys\nsys.setrecursionlimit(50_000)\ndef f(n): return f(n + 1)\nf(0)")
    assert result["error"]["type"] == "RecursionError"
    assert result["elapsed"] < 20_000


def test_a_start_reads_no_standard_library(page: Page, base_url: str, site: Path) -> None:
    if not list(site.glob("runtime/*/snapshot-numpy-*")):
        pytest.skip("the site ships no snapshot")
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    assert open_interpreter(page, base_url, site).text("import numpy as np\nprint(np.arange(3).sum())") == "3\n"
    assert any("snapshot-numpy" in url for url in asked)
    assert not [url for url in asked if "python_stdlib" in url]
