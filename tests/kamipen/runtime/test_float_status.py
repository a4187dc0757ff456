"""NumPy's status functions return what whoever loads the library answers; a library built otherwise is refused."""

import json
import subprocess

import pytest

from kamipen.node import node
from kamipen.runtime.float_status import LIBRARIES, FloatStatusError, reporting

NAME = "numpy/_core/_multiarray_umath.cpython-314-wasm32-emscripten.so"
FAILING = "numpy/linalg/_umath_linalg.cpython-314-wasm32-emscripten.so"

TEST = (
    b"\1\1\x7f" + b"\x41\0\x10\0\x1a" + b"\x20\0\x04\x40\x20\0\x22\1\x1a\x0b" + b"\x41\0\x0b"
)  # asks, and drops the answer
CLEAR = b"\0" + b"\x20\0\x10\2\x1a" + b"\x41\0\x0b"  # calls it, and returns zero
RAISE = b"\0" + b"\x41\0\x10\1\x1a" + b"\x20\0\x0b"


def library(*bodies: bytes, imports: tuple[str, str] = ("fetestexcept", "feraiseexcept")) -> bytes:
    """Return WebAssembly that imports these functions of one number and exports its own as f2, f3, …"""

    def section(kind: int, *items: bytes) -> bytes:
        content = bytes([len(items)]) + b"".join(items)
        return bytes([kind, len(content)]) + content

    def text(value: str) -> bytes:
        return bytes([len(value)]) + value.encode()

    return b"\0asm\1\0\0\0" + b"".join(
        [
            section(1, b"\x60\1\x7f\1\x7f"),
            section(2, *(text("env") + text(name) + b"\0\0" for name in imports)),
            section(3, *(b"\0" for _ in bodies)),
            section(7, *(text(f"f{number}") + bytes([0, number]) for number in range(2, 2 + len(bodies)))),
            section(10, *(bytes([len(body)]) + body for body in bodies)),
        ]
    )


def answers(content: bytes) -> dict[str, list[int]]:
    """Call each function with 5, where the test of the status answers 2 more and the raising notes what it is given."""
    script = f"""
      const raised = []
      const env = {{ fetestexcept: (x) => x + 2, feraiseexcept: (x) => (raised.push(x), 0) }}
      const {{ instance }} = await WebAssembly.instantiate(new Uint8Array({list(content)}), {{ env }})
      const results = Object.values(instance.exports).map((call) => call(5))
      console.log(JSON.stringify({{ results, raised }}))
    """
    run = subprocess.run([node(), "--input-type=module", "-e", script], capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


def test_the_answer_is_passed_on() -> None:
    content = library(TEST, CLEAR, RAISE)
    assert answers(content) == {"results": [0, 0, 5], "raised": [0]}
    changed = reporting(NAME, content)
    assert len(changed) == len(content)
    assert answers(changed) == {"results": [7, 7, 5], "raised": [0]}


def test_a_failed_decomposition_is_invalid() -> None:
    assert answers(reporting(FAILING, library(TEST, CLEAR, RAISE)))["raised"] == [8]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (library(TEST, TEST, RAISE), "the test of the status stands in 2 functions"),
        (library(RAISE), "the test of the status stands in 0 functions"),
        (library(TEST, imports=("fetestexcept", "other")), "does not import"),
        (b"no WebAssembly", "no WebAssembly"),
    ],
)
def test_a_library_that_is_built_otherwise_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(FloatStatusError, match=reason):
        reporting(NAME, content)


def test_it_is_numpys_own_two() -> None:
    assert LIBRARIES.search(NAME)
    assert LIBRARIES.search(FAILING)
    assert not LIBRARIES.search("scipy/linalg/_umath_linalg.py")
