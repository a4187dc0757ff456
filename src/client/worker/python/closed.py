"""What stands in the place of the browser's own names: it says that they are closed."""


class Closed:
    """A name of the browser that the reader's code cannot have."""

    def __init__(self, name: str) -> None:
        self._name = name

    def _refuse(self) -> PermissionError:
        return PermissionError(f"{self._name} is closed to code in a page")

    def __call__(self, *_: object, **__: object) -> None:
        raise self._refuse()

    def __getattr__(self, name: str) -> None:
        if name.startswith("_"):
            raise AttributeError(name)
        raise self._refuse()

    def __repr__(self) -> str:
        return f"<{self._name}: closed to code in a page>"
