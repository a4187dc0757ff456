"""MkDocs in a process of its own: builds a language, and renders a page of it again with what that left behind."""

# pyright: reportMissingParameterType=false, reportUnknownParameterType=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false

from contextlib import suppress
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, cast


class Left(NamedTuple):
    """What MkDocs has read and set up when it begins to write pages."""

    config: Any
    files: Any
    nav: Any
    env: Any


class Read(Exception):  # noqa: N818 (no error: all that was wanted)
    """All pages are read, and none is to be written."""


_left: dict[str, Left] = {}


def build(language: str, config: Any) -> None:
    """Build a language by these settings."""
    from mkdocs.commands.build import build

    _keep(language, config)
    build(config)


def read(language: str, config: Any) -> None:
    """Read all pages of a language as a build does, but write none; what was read before stays."""
    from mkdocs.commands.build import build

    if language in _left:
        return
    with TemporaryDirectory() as config.site_dir:  # a build empties it first
        _keep(language, config, stop=True)
        with suppress(Read):
            build(config)


def render(language: str, name: str, extra: dict[str, dict[str, str]]) -> tuple[str, str]:
    """Return where a page stands below its language, and its HTML; `name` is its file's, below the language's folder.

    What `extra` says of this page counts instead of what the build was told.
    """
    from mkdocs.commands.build import get_context

    config, files, nav, env = _left[language]
    for key, value in extra.items():
        cast(dict[str, Any], config.extra)[key] |= value
    page = files.get_file_from_path(name).page
    _read(page, config, files)
    page.active = True
    try:
        context = get_context(nav, files, config, page)
        context = config.plugins.on_page_context(context, page=page, config=config, nav=nav)
        html = env.get_template(page.meta.get("template", "main.html")).render(context)
        html = config.plugins.on_post_page(html, page=page, config=config)
    finally:
        page.active = False
    page.validate_anchor_links(files=files, log_level=config.validation.links.anchors)
    return page.file.dest_uri, html


def _keep(language: str, config: Any, *, stop: bool = False) -> None:
    """Have a build leave behind what it renders pages with, and stop there if wanted."""
    from mkdocs.plugins import event_priority

    class Keeper:
        """Sees the navigation, and then the templates, last of all plugins."""

        nav: Any = None

        @event_priority(-100)
        def on_nav(self, nav: Any, **_: Any) -> None:
            self.nav = nav

        @event_priority(-100)
        def on_env(self, env: Any, files: Any, **_: Any) -> None:
            _left[language] = Left(config, files, self.nav, env)
            if stop:
                raise Read

    config.plugins["kamipen/keeper"] = Keeper()


def _read(page: Any, config: Any, files: Any) -> None:
    """Read the page's file and make HTML of it, with the plugins' part, as a build does."""
    events = config.plugins
    page = events.on_pre_page(page, config=config, files=files)
    page.read_source(config)
    page.markdown = events.on_page_markdown(page.markdown, page=page, config=config, files=files)
    page.render(config, files)
    page.content = events.on_page_content(page.content, page=page, config=config, files=files)
