"""The part of IPython that notebooks use to show things, where IPython itself is not installed."""

import sys
from collections.abc import Callable
from importlib.machinery import PathFinder
from types import ModuleType

VERSION = (9, 0, 0)
"""matplotlib asks for it."""


class DisplayObject:
    """Something to show, given as text or bytes."""

    def __init__(self, data: object = None, **_: object) -> None:
        self.data = data


class HTML(DisplayObject):
    """HTML as it is."""

    def _repr_html_(self):
        return self.data


class SVG(DisplayObject):
    """A drawing."""

    def _repr_svg_(self):
        return self.data


class Image(DisplayObject):
    """A picture, given as the bytes of a PNG or JPEG file."""

    def _repr_png_(self):
        return self.data if isinstance(self.data, bytes) and self.data.startswith(b"\x89PNG") else None

    def _repr_jpeg_(self):
        return self.data if isinstance(self.data, bytes) and self.data.startswith(b"\xff\xd8") else None


class Markdown(DisplayObject):
    """Markdown."""

    def _repr_markdown_(self):
        return self.data

    def __repr__(self) -> str:
        return str(self.data)


class Latex(DisplayObject):
    """A formula with its delimiters."""

    def _repr_latex_(self):
        return self.data

    def __repr__(self) -> str:
        return str(self.data)


class Math(Latex):
    """A formula without delimiters."""

    def _repr_latex_(self):
        return f"$\\displaystyle {self.data}$"


def clear_output(wait: bool = False) -> None:
    """Leave the output as it is: what a cell has shown stays."""


def install(display: Callable[..., None]) -> None:
    """Let `from IPython.display import display` give this function, and the classes above where IPython is missing."""

    def show(*values: object, **_: object) -> None:
        display(*values)

    folders = [path for path in sys.path if not path.endswith(".zip")]  # the library itself comes when it is needed
    if "IPython" not in sys.modules and PathFinder.find_spec("IPython", folders) is None:
        package, module = ModuleType("IPython"), ModuleType("IPython.display")
        package.__path__ = []
        package.display = module
        package.version_info = VERSION
        package.get_ipython = lambda: None  # no shell: what asks for one does without, as matplotlib does
        for shown in (DisplayObject, HTML, SVG, Image, Markdown, Latex, Math, clear_output):
            setattr(module, shown.__name__, shown)
        sys.modules.update({"IPython": package, "IPython.display": module})
    else:
        import IPython.core.display_functions
        import IPython.display as module

        IPython.core.display_functions.display = show
    module.display = show
