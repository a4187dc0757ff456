"""What the reader's code shows: text as it is printed, values, figures; and the field that answers input()."""

import builtins
import io
import sys

from kit import notebook


class Output(io.TextIOBase):
    """Hand all text to the page at once: the worker may end at any moment, and holds it back where it is much."""

    encoding = "utf-8"
    errors = "strict"

    def __init__(self, stream: str, post) -> None:
        self._stream, self._post = stream, post

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._post(self._stream, text)
        return len(text)


class Page:
    """The page's callbacks, set once after each start: a snapshot holds none of them."""

    text = rich = figure = ask = None


def connect(text, rich, figure, ask) -> None:
    """Send what Python prints, shows and asks to the page."""
    Page.text, Page.rich, Page.figure, Page.ask = text, rich, figure, ask
    sys.stdout, sys.stderr = Output("stdout", text), Output("stderr", text)
    sys.displayhook = display
    builtins.input = answer
    builtins.display = display


def flush() -> None:
    sys.stdout.flush()
    sys.stderr.flush()


def display(*values: object) -> None:
    """Show values as the published output shows them."""
    flush()
    for value in values:
        _send(notebook.value_items(value))


def show_figures() -> None:
    """Send the figures that pyplot holds open; costs nothing where nothing was drawn."""
    flush()
    _send(notebook.figure_items())


def _send(items: list) -> None:
    for item in items:
        match item:
            case {"kind": "text", "text": text}:
                Page.text("stdout", text)
            case {"kind": "rich", "html": html}:
                Page.rich(html)
            case {"kind": "figure", "svg": svg, "width": width, "height": height, "alt": alt}:
                Page.figure(svg, width, height, alt)


def answer(prompt: object = "", /) -> str:
    """Ask in the page, and leave question and answer in the output as a terminal would."""
    flush()
    text = Page.ask(str(prompt))
    if hasattr(text, "then"):  # a promise: wait without giving up the cell
        from pyodide.ffi import run_sync

        text = run_sync(text)
    if text is None:
        raise EOFError("this browser cannot wait for input while Python runs")
    print(f"{prompt}{text}")
    return text
