"""What the reader's code shows: text as it is printed, values, figures; and the field that answers input()."""

import builtins
import io
import sys
from contextlib import contextmanager, suppress
from functools import wraps
from warnings import catch_warnings

from _kamipen_streams import Input, Output
from kit import draw, ipython, labels, outputs

_BUILTINS = dict(vars(builtins))
_STDIN = {0, "/dev/stdin"}


class Page:
    """The page's callbacks, set once after each start: a snapshot holds none of them."""

    text = rich = figure = ask = stack = None
    out = err = keys = None


def connect(text, rich, figure, ask, stack) -> None:
    """Send what Python prints, shows and asks to the page; `stack` tells how deep calls may go."""
    Page.text, Page.rich, Page.figure, Page.ask, Page.stack = text, rich, figure, ask, stack
    _BUILTINS.update(input=answer, display=display, open=_open, exit=Exit("exit"), quit=Exit("quit"))
    begin()
    draw.listen(show)
    ipython.install(display)


def begin() -> None:
    """Have working streams and builtins, whatever an earlier cell did to them."""
    sys.stdout = sys.__stdout__ = Page.out = Output("stdout", Page.text)
    sys.stderr = sys.__stderr__ = Page.err = Output("stderr", Page.text)
    sys.stdin = sys.__stdin__ = Page.keys = Input(_line)
    sys.displayhook = sys.__displayhook__ = display
    sys.breakpointhook = no_debugger
    with catch_warnings():
        pass  # which forgets the warnings that were shown: a second run warns again
    restore_builtins()


def restore_builtins() -> None:
    """Have the built-in functions, as what runs the cells needs them, too."""
    vars(builtins).update(_BUILTINS)


class Exit:
    """What ends a cell; unlike the shell's own it leaves standard input open, which help() and others look at."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __repr__(self) -> str:
        return f"{self._name}()"

    def __call__(self, code: object = None) -> None:
        raise SystemExit(code)


def no_debugger(*_: object, **__: object) -> None:
    """Stand in for the debugger: it would trace the page's own way of waiting for an answer, and hang there."""
    raise RuntimeError("this page has no debugger")


@contextmanager
def whole_stack():
    """Use all of the browser's stack, as far as it reaches: a program that is read goes deeper than one that runs."""
    Page.stack(False)
    try:
        yield
    finally:
        Page.stack(True)


def flush() -> None:
    """Hand on what is printed, also where a cell has put other streams in place."""
    for stream in (Page.out, Page.err, sys.stdout, sys.stderr):
        with suppress(Exception):
            stream.flush()


def display(*values: object) -> None:
    """Show values as the published output shows them."""
    flush()
    for value in values:
        _send(outputs.value_items(value))


def show(figures: list) -> None:
    """Show figures in their place among the printed text, as `plt.show()` does."""
    flush()
    _send(outputs.shown_figures(figures))


def show_figures() -> None:
    """Send the figures that pyplot holds open; costs nothing where nothing was drawn."""
    flush()
    _send(outputs.figure_items())
    labels.tell()


def _send(items: list) -> None:
    for item in items:
        match item:
            case {"kind": "text", "text": text}:
                Page.text("stdout", _sayable(text), True)
            case {"kind": "rich", "html": html}:
                Page.rich(_sayable(html))
            case {"kind": "figure", "svg": svg, "width": width, "height": height, "alt": alt}:
                Page.figure(_sayable(svg), width, height, _sayable(alt))


def answer(prompt: object = "", /) -> str:
    """Ask in the page, and leave question and answer in the output as a terminal would."""
    if sys._getframe(1).f_globals.get("__name__") == "cmd":  # pdb's prompt
        no_debugger()
    if sys.stdin is not Page.keys:
        return _read(prompt)
    flush()
    text = _ask(str(prompt))
    print(f"{prompt}{text}", file=Page.out)
    return text


def _read(prompt: object) -> str:
    """Read a line where a cell has put another stream in the keyboard's place."""
    print(prompt, end="", flush=True)
    line = sys.stdin.readline()
    if not line:
        raise EOFError("EOF when reading a line")
    return line.removesuffix("\n")


def _line() -> str:
    """Ask for a line of sys.stdin."""
    flush()
    return _ask("")


def _ask(prompt: str) -> str:
    text = Page.ask(_sayable(prompt))
    if hasattr(text, "then"):  # a promise: wait without giving up the cell
        from pyodide.ffi import run_sync

        text = run_sync(text)
    if text is None:
        raise EOFError("this browser cannot wait for input while Python runs")
    return text


@wraps(io.open)
def _open(file, *args, **options):
    if (type(file) is int or type(file) is str) and file in _STDIN:
        mode = args[0] if args else options.get("mode", "r")
        return Page.keys.buffer if "b" in mode else Page.keys
    return io.open(file, *args, **options)  # noqa: UP020 (the built-in one is this)


def _sayable(text: str) -> str:
    """Write out what UTF-8 has no bytes for: halves of surrogate pairs."""
    return text.encode("utf-8", "backslashreplace").decode()
