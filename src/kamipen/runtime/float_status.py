"""Give NumPy for WebAssembly its floating-point status back.

WebAssembly has no status flags, so NumPy is compiled with flags that are all zero: it asks C's `fetestexcept` after
each operation, drops the answer, and reports nothing. Here the answer is returned instead. Whoever provides
`fetestexcept` (src/client/worker) thereby decides what NumPy reports: `LinAlgError`, `RuntimeWarning`, whatever
`numpy.errstate` asks for.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

MAGIC = b"\0asm\1\0\0\0"
IMPORTS, CODE = 2, 10
CALL, DROP, END, NOP, CONSTANT, LOCAL = 0x10, 0x1A, 0x0B, 0x01, 0x41, 0x20
ZERO = bytes([CONSTANT, 0, END])
INVALID = 8  # NPY_FPE_INVALID

LIBRARIES = re.compile(r"numpy/(_core/_multiarray_umath|linalg/_umath_linalg)\.[^/]*\.so$")
FAILING = "/_umath_linalg."  # the one that sets the status only where a decomposition fails


class FloatStatusError(Exception):
    """The library is not built as this module expects; the message says what was sought."""


class _Body(NamedTuple):
    start: int
    end: int


def reporting(name: str, library: bytes) -> bytes:
    """Return the library with its status functions asking the one who loads it; the length stays the same."""
    imported = list(_imported_functions(library))
    try:
        test, raise_ = (_call(imported.index(name)) for name in ("fetestexcept", "feraiseexcept"))
    except ValueError as missing:
        raise FloatStatusError(f"NumPy does not import what sets its status: {missing}") from None
    changed = bytearray(library)
    number, body = _only(library, bytes([CONSTANT, 0]) + test + bytes([DROP]), "the test of the status")
    answer = bytes([LOCAL, 0]) + test + bytes([END])
    locals_ = b"\1\1\x7f"  # one of type i32, as before: what follows fits behind it
    filler = bytes([NOP]) * (body.end - body.start - len(locals_) - len(answer))
    changed[body.start : body.end] = locals_ + filler + answer
    _pass_on(changed, _call(len(imported) + number) + bytes([DROP]))
    if FAILING in name:
        call = bytes([CONSTANT, 0]) + raise_ + bytes([DROP])
        _, body = _only(library, call, "the setting of the status")
        changed[library.index(call, body.start, body.end) + 1] = INVALID
    return bytes(changed)


def _pass_on(library: bytearray, call: bytes) -> None:
    """Let the functions that only call this one return its answer, not the zero that the compiler knew it to be."""
    for body in _bodies(bytes(library)):
        at = library.find(call, body.start, body.end)
        if at >= 0 and bytes(library[body.end - 3 : body.end]) == ZERO:
            library[at + len(call) - 1] = NOP
            library[body.end - 3 : body.end - 1] = bytes([NOP, NOP])


def _call(function: int) -> bytes:
    return bytes([CALL]) + _encoded(function)


def _only(library: bytes, code: bytes, what: str) -> tuple[int, _Body]:
    """Return the one function that contains this code, with its number among those defined."""
    found = [(number, body) for number, body in enumerate(_bodies(library)) if code in library[body.start : body.end]]
    if len(found) != 1:
        raise FloatStatusError(f"{what} stands in {len(found)} functions of NumPy, not in one")
    return found[0]


def _bodies(library: bytes) -> Iterator[_Body]:
    at = _section(library, CODE)
    count, at = _number(library, at)
    for _ in range(count):
        length, at = _number(library, at)
        yield _Body(at, at + length)
        at += length


def _imported_functions(library: bytes) -> Iterator[str]:
    """Yield the names of the imported functions, in the order of their numbers."""
    count, at = _number(library, _section(library, IMPORTS))
    for _ in range(count):
        _, at = _name(library, at)
        name, at = _name(library, at)
        kind, at = library[at], at + 1
        if kind == 0:
            yield name
        at = _after_type(library, kind, at)


def _after_type(library: bytes, kind: int, at: int) -> int:
    """Skip what describes an import: a function's or tag's number, a table's or memory's limits, a global's type."""
    match kind:
        case 0:
            return _number(library, at)[1]
        case 1 | 2:
            at += kind == 1
            numbers = 2 if library[at] & 1 else 1
            at += 1
            for _ in range(numbers):
                _, at = _number(library, at)
            return at
        case 3:
            return at + 2
        case _:
            return _number(library, at + 1)[1]


def _section(library: bytes, wanted: int) -> int:
    if not library.startswith(MAGIC):
        raise FloatStatusError("this is no WebAssembly")
    at = len(MAGIC)
    while at < len(library):
        kind, (length, content) = library[at], _number(library, at + 1)
        if kind == wanted:
            return content
        at = content + length
    raise FloatStatusError(f"there is no section {wanted}")


def _name(library: bytes, at: int) -> tuple[str, int]:
    length, at = _number(library, at)
    return library[at : at + length].decode(), at + length


def _number(library: bytes, at: int) -> tuple[int, int]:
    """Read an unsigned LEB128 number; return it and the place after it."""
    value = shift = 0
    while True:
        byte, at = library[at], at + 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at


def _encoded(value: int) -> bytes:
    parts: list[int] = []
    while value >= 0x80:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*parts, value])
