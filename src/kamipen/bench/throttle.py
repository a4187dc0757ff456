"""A slower line and a slower processor, whatever the browser: a proxy that holds bytes back, and pauses of its processes."""

import os
import signal
import socket
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

CHUNK = 16_384
PERIOD = 0.02
LATENCY = 0.04
PROCESSES = Path("/proc")


class _Line:
    """The capacity that all connections share."""

    def __init__(self, bits_per_second: float) -> None:
        self._seconds_per_byte = 8 / bits_per_second
        self._free_at = time.monotonic()
        self._lock = threading.Lock()

    def wait(self, size: int) -> None:
        with self._lock:
            self._free_at = max(time.monotonic(), self._free_at) + size * self._seconds_per_byte
            until = self._free_at
        time.sleep(max(0.0, until - time.monotonic()))


@contextmanager
def line(port: int, megabits: float | None) -> Generator[int]:
    """Return a port from which that server is reached over a line of so many Mbit/s; without a number, its own port."""
    if megabits is None:
        yield port
        return
    capacity = _Line(megabits * 1e6)
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    threading.Thread(target=_accept, args=(listener, port, capacity), daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.close()


def _accept(listener: socket.socket, port: int, capacity: _Line) -> None:
    while True:
        try:
            client, _ = listener.accept()
        except OSError:
            return
        server = socket.create_connection(("127.0.0.1", port))
        threading.Thread(target=_carry, args=(client, server, None), daemon=True).start()
        threading.Thread(target=_carry, args=(server, client, capacity), daemon=True).start()


def _carry(source: socket.socket, target: socket.socket, capacity: _Line | None) -> None:
    try:
        while content := source.recv(CHUNK):
            if capacity is None:
                time.sleep(LATENCY)
            else:
                capacity.wait(len(content))
            target.sendall(content)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        target.close()


@contextmanager
def processor(process: int, slowdown: float) -> Generator[None]:
    """Let this process's descendants run only a part of the time: 1/slowdown."""
    if slowdown <= 1:
        yield
        return
    over = threading.Event()
    thread = threading.Thread(target=_pause, args=(process, slowdown, over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _pause(process: int, slowdown: float, over: threading.Event) -> None:
    while not over.is_set():
        children = browsers(process)
        _signal(children, signal.SIGSTOP)
        time.sleep(PERIOD * (1 - 1 / slowdown))
        _signal(children, signal.SIGCONT)
        time.sleep(PERIOD / slowdown)


def _signal(processes: list[int], number: signal.Signals) -> None:
    for process in processes:
        try:
            os.kill(process, number)
        except ProcessLookupError:
            continue


def browsers(ancestor: int) -> list[int]:
    """Return the page processes among the descendants."""
    parents: dict[int, int] = {}
    pages: list[int] = []
    if not PROCESSES.exists():
        return pages
    for folder in PROCESSES.iterdir():
        if not folder.name.isdigit():
            continue
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if b"--type=renderer" in (folder / "cmdline").read_bytes():
                pages.append(int(folder.name))
        except (OSError, IndexError):
            continue
    return [page for page in pages if ancestor in _line_of(page, parents)]


def _line_of(process: int, parents: dict[int, int]) -> list[int]:
    line: list[int] = []
    while process in parents and process not in line:
        line.append(process)
        process = parents[process]
    return [*line, process]
