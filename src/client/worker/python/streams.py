"""Standard streams that lead to the page: the very classes of the standard library, on the page instead of a file."""

import codecs
import io
from collections.abc import Callable


class _Screen(io.RawIOBase):
    """Takes the bytes of a stream, and hands them on as text."""

    def __init__(self, name: str, show: Callable[[str, str], None]) -> None:
        self.name = name
        self._show = show
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        text = self._decode(bytes(data))
        if text:
            self._show(self.name.strip("<>"), text)
        return len(data)


class _Keyboard(io.RawIOBase):
    """Asks the reader for a line when there is none left."""

    def __init__(self, ask: Callable[[], str]) -> None:
        self._ask, self._left = ask, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        self._left = self._left or f"{self._ask()}\n".encode("utf-8", "surrogateescape")
        part, self._left = self._left[: len(buffer)], self._left[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)

    def fileno(self) -> int:
        return 0


class Output(io.TextIOWrapper):
    """Hands on all text at once: the worker may end at any moment, and the page's side holds back what is much."""

    def __init__(self, stream: str, show: Callable[[str, str], None]) -> None:
        errors = "backslashreplace" if stream == "stderr" else "strict"
        buffer = io.BufferedWriter(_Screen(f"<{stream}>", show))
        super().__init__(buffer, encoding="utf-8", errors=errors, newline="\n")
        self.mode = "w"

    def write(self, text: str, /) -> int:
        count = super().write(text)
        self.flush()
        return count


class Input(io.TextIOWrapper):
    """What the reader types into the page's field. Reading to the end ends with an empty line."""

    def __init__(self, ask: Callable[[], str]) -> None:
        super().__init__(io.BufferedReader(_Keyboard(ask)), encoding="utf-8", errors="surrogateescape", newline="\n")
        self.mode = "r"

    def read(self, size: int | None = -1, /) -> str:
        return "".join(self) if size is None or size < 0 else super().read(size)

    def readlines(self, hint: int = -1, /) -> list[str]:
        return [*self]

    def __next__(self) -> str:
        line = self.readline()
        if line == "\n":
            raise StopIteration
        return line
