"""Bundle the browser side: TypeScript and styles into `site/kamipen/`."""

import json
from pathlib import Path

from kamipen import node
from kamipen.project import SITE
from kamipen.runtime import served


class ClientError(Exception):
    """The client does not bundle; the message is esbuild's."""


def build(site: Path = SITE, *, dev: bool = False) -> str:
    """Bundle the client into `site`, for the runtime that is staged there; return the release that both make."""
    options = ["--dev"] if dev else []
    environment = {"KAMIPEN_RUNTIME": json.dumps(served.identity(site))}
    try:
        return node.run("build.mjs", str(site / "kamipen"), *options, environment=environment)
    except node.NodeError as problem:
        raise ClientError(f"The client does not bundle:\n{problem}") from None
