"""Fresh Jupyter kernels, in which scripts and companions are executed."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncGenerator, Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nbclient import NotebookClient


@asynccontextmanager
async def kernel(notebook: Any, environment: Mapping[str, str], **options: Any) -> AsyncGenerator[NotebookClient]:
    """Start a kernel for a notebook and give the client that executes its cells; `options` are those of nbclient.

    They talk through sockets in a folder of their own: free TCP ports are found before they are taken, and two kernels
    that start at once can find the same.
    """
    from nbclient import NotebookClient  # slow to import, and needed only when something changed
    from traitlets.config import Config

    with tempfile.TemporaryDirectory() as folder:
        place = {"transport": "ipc", "connection_file": f"{folder}/kernel.json"}
        options |= {"allow_errors": True, "shutdown_kernel": "immediate"}  # it has nothing to save
        client = NotebookClient(notebook, config=Config(KernelManager=place), **options)
        async with client.async_setup_kernel(env=dict(environment)):
            yield client


def run_apart(work: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine in a loop of its own, closed behind it, whatever loop the caller runs in."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()
