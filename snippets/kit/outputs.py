"""What a cell puts out besides printed text, decided once for the browser and for the recording."""

import builtins
import linecache
import sys
import traceback
from functools import partial
from typing import Any

from kit import draw, ipython, labels, pictures, rich

Item = dict[str, Any]


def items(value: object = None) -> list[Item]:
    """Return what to show after a cell has run: the value of its last expression, then its figures."""
    return [*value_items(value), *figure_items()]


def value_items(value: object) -> list[Item]:
    """Return the value as a picture or HTML if it is one or knows how, else its text.

    There is nothing to show of None and of what drawing returns, a figure apart.
    """
    if draw.is_figure(value):
        return shown_figures([value])
    picture = pictures.html(value)
    if picture:
        return [{"kind": "rich", "html": picture}]
    if value is None or _drawn(value):
        return []
    shown = rich.shown(value)
    if "html" in shown:
        return [{"kind": "rich", "html": shown["html"]}]
    return [{"kind": "text", "stream": "stdout", "text": f"{shown['text']}\n"}]


def figure_items() -> list[Item]:
    """Return the open figures, and close them."""
    return shown_figures(draw.close_all())


def shown_figures(figures: list[Any]) -> list[Item]:
    """Return figures as they are now; one that is animated moves."""
    return [_figure_item(figure) for figure in figures]


def _figure_item(figure: Any) -> Item:
    animation = pictures.animation_of(figure)
    if animation is not None:
        return {"kind": "rich", "html": pictures.moving(animation)}
    return {"kind": "figure", **draw.drawn(figure)._asdict()}


_DRAWN = {
    "matplotlib.artist.Artist",
    "matplotlib.colorbar.Colorbar",
    "matplotlib.container.Container",
    "matplotlib.streamplot.StreamplotSet",
}
"""Classes of what matplotlib's drawing calls return."""


def _drawn(value: object, depth: int = 3) -> bool:
    """Tell whether the value is what a drawing call returned: an artist, or a collection that holds one."""
    if "matplotlib" not in sys.modules:
        return False
    if any(f"{base.__module__}.{base.__qualname__}" in _DRAWN for base in type(value).__mro__):
        return True
    if isinstance(value, dict):  # boxplot, subplot_mosaic
        value = list(value.values())
    elif type(value).__name__ == "ndarray" and value.dtype.hasobject:  # subplots
        value = value.ravel().tolist()
    # `ax.set` mixes texts with limits, `hist` patches with counts: one artist tells it all, and stands near the start.
    return isinstance(value, list | tuple) and depth > 0 and any(_drawn(item, depth - 1) for item in value[:100])


# Recording: the same cells, natively, in a Jupyter kernel.

MIME = "application/vnd.kamipen.items+json"
VALUES = "application/vnd.kamipen.values+json"
REPLACED = "application/vnd.kamipen.replaced+json"
KIT = __file__.rpartition("/")[0]

STREAMS = ("stdout", "stderr")

asides: dict[str, dict[str, Any]] = {}


def start(names: dict[str, str]) -> None:
    """Prepare an IPython kernel: figures, plain values, and tracebacks that name cells; `names` maps source to name."""
    shell = _shell()
    draw.install()
    draw.listen(lambda figures: _publish(MIME, shown_figures(figures)))
    ipython.install(display)
    shell.user_ns["display"] = builtins.display = display
    shell.display_trap.hook = lambda value: shell.displayhook.quiet() or _publish(MIME, value_items(value))
    shell.events.register("post_run_cell", lambda _: _publish(MIME, figure_items()))
    shell.events.register("post_run_cell", partial(_put_back, {name: getattr(sys, name) for name in STREAMS}))
    shell.events.register("post_run_cell", lambda _: labels.tell())
    shell.compile.get_code_name = lambda raw, code, number: names.get(raw.strip(), f"<{number}>")
    shell.set_custom_exc((BaseException,), _plain_traceback)


def _put_back(streams: dict[str, Any], _: object) -> None:
    """Tell of streams that a cell has replaced, and put the kernel's in their place again."""
    replaced = [f"sys.{name}" for name, stream in streams.items() if getattr(sys, name) is not stream]
    for name, stream in streams.items():
        setattr(sys, name, stream)  # before anything is said: publishing flushes them
    _publish(REPLACED, replaced)


def display(*values: object) -> None:
    """Show values in their place among the printed text."""
    for value in values:
        _publish(MIME, value_items(value))


def aside(exercise: str, name: str, source: str) -> None:
    """Run a cell of an exercise in a namespace of its own, which starts as a copy of the article's."""
    if exercise not in asides:
        asides[exercise] = dict(_shell().user_ns)
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    exec(compile(source, name, "exec"), asides[exercise])
    draw.figures()


def values(expressions: list[str], exercise: str = "") -> None:
    """Publish the values of expressions in the article's namespace or an exercise's; an unknown one says why."""
    namespace = asides[exercise] if exercise else _shell().user_ns
    _publish(VALUES, {expression: _value(expression, namespace) for expression in expressions})


def _value(expression: str, namespace: dict[str, Any]) -> Any:
    try:
        value = eval(expression, dict(namespace))
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}
    return _plain(value)


def _plain(value: Any) -> Any:
    """Return the value as JSON has it, numbers with 12 digits: fewer than machines differ in."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, bool | int):
        return int(value)
    if isinstance(value, float):
        return float(f"{value:.12g}")
    return (
        value if isinstance(value, str) else {"error": f"{type(value).__name__} is neither a number nor a list of them"}
    )


def _plain_traceback(shell: Any, kind: type[BaseException], error: BaseException, frames: Any, **_: Any) -> list[str]:
    """Return the traceback as Python prints it, with the frames of the cells and the kit only."""
    story = traceback.TracebackException(kind, error, frames)
    readers = [frame for frame in story.stack if "#" in frame.filename or f"{KIT}/" in frame.filename]
    story.stack = traceback.StackSummary.from_list([frame for frame in readers if frame.filename != __file__])
    lines = "".join(story.format()).splitlines()
    shell._showtraceback(kind, error, lines)
    return lines


def _publish(mime: str, data: Any) -> None:
    if data:
        _shell().display_pub.publish({mime: data})


def _shell() -> Any:
    from IPython.core.getipython import get_ipython

    return get_ipython()
