"""The command line: `python -m kamipen <command>`. Each command is one line into the module that does it."""

import argparse
import sys
from collections.abc import Callable

Command = Callable[[argparse.Namespace], object]


def main() -> None:
    """Run the command that was asked for; an error that says what to mend is shown without a traceback."""
    parser = _parser()
    options, options.rest = parser.parse_known_args()
    if options.rest and options.run is not bench:
        parser.error(f"unrecognized arguments: {' '.join(options.rest)}")
    try:
        options.run(options)
    except Exception as problem:
        if not _explained(problem):
            raise
        sys.exit(f"\n✗ {problem}")


def runtime(_: argparse.Namespace) -> None:
    """Stage Pyodide, the wheels and the kit."""
    from kamipen.runtime.stage import stage

    stage()


def client(options: argparse.Namespace) -> None:
    """Bundle the client."""
    from kamipen.site.bundle import build

    build(dev=options.dev)


def record(_: argparse.Namespace) -> None:
    """Run the snippets that changed and keep what they print and draw."""
    from kamipen.recording.records import record_all

    record_all()


def build(_: argparse.Namespace) -> None:
    """Write the whole site."""
    from kamipen.site.build import build

    build()


def serve(options: argparse.Namespace) -> None:
    """Serve the site with live reload."""
    from kamipen.site.serve import serve

    serve(options.port)


def export(_: argparse.Namespace) -> None:
    """Write the plain Markdown and the notebooks of the articles."""
    from kamipen.article.articles import discover
    from kamipen.article.history import last_changes
    from kamipen.export import export_all
    from kamipen.project import DOCS, SITE

    export_all(discover(DOCS), last_changes(), SITE)


def notebooks(options: argparse.Namespace) -> None:
    """Generate the GPU companions, and record their outputs if asked for."""
    from kamipen.export.companions import main

    main(options.names, record=options.record, smoke=options.smoke)


def snapshot(_: argparse.Namespace) -> None:
    """Make the memory snapshots that the site ships."""
    from kamipen.runtime.snapshot import build

    build()


def bench(options: argparse.Namespace) -> None:
    """Measure start-up and build; takes --rounds, --parts, --profiles, --sizes and --report."""
    from kamipen.bench import main

    main(options.rest)


def new(options: argparse.Namespace) -> None:
    """Scaffold an article or a refresher: a pair of pages and a script."""
    from kamipen.scaffold import from_options

    from_options(options)


def check(options: argparse.Namespace) -> None:
    """Say everything about articles, or about one, that can be said within a minute."""
    from kamipen.check import main

    main(options.article)


def links(_: argparse.Namespace) -> None:
    """Visit every address outside the site that pages link to."""
    from kamipen.check.external_links import main

    main()


def zensical(_: argparse.Namespace) -> None:
    """Build the articles with Zensical, and compare them with site/."""
    from kamipen.check.zensical import main

    main()


def upstream(_: argparse.Namespace) -> None:
    """Ask whether a newer Pyodide can be taken."""
    from kamipen.runtime.upstream import main

    main()


def browser(_: argparse.Namespace) -> None:
    """Find a Chromium and its headless shell, or install them."""
    from kamipen.browser.chromium import ensure, ensure_shell

    print(ensure())
    print(ensure_shell())


def engines(_: argparse.Namespace) -> None:
    """Find Firefox and WebKitGTK, or install them."""
    from kamipen.browser.other_engines import ensure

    print("\n".join(ensure()))


COMMANDS: tuple[Command, ...] = (
    runtime,
    client,
    record,
    build,
    serve,
    export,
    notebooks,
    snapshot,
    bench,
    new,
    check,
    links,
    zensical,
    upstream,
    browser,
    engines,
)


NEW = {
    "name": "the slug, such as gradient-descent-physics",
    "--kind": "article, or refresher",
    "--part": "part of the road, such as maths",
    "--ja": "Japanese title",
    "--en": "English title",
    "--claims": "numbers of the claims it settles, such as '1.14 3.6'",
    "--prereq": "slugs of the articles to be read before",
    "--skills": "refreshers of what it takes for granted",
    "--discussion": "addresses of the discussions it starts from",
    "--level": "difficulty, 400 to 1600",
}
"""What `new` takes; what is not given is taken from the plan, or asked for."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kamipen", description=__doc__)
    subparsers = parser.add_subparsers(required=True, metavar="command")
    commands = {
        run.__name__: subparsers.add_parser(run.__name__, help=run.__doc__, description=run.__doc__) for run in COMMANDS
    }
    for run in COMMANDS:
        commands[run.__name__].set_defaults(run=run)
    commands["client"].add_argument("--dev", action="store_true", help="readable, with source maps")
    commands["check"].add_argument("article", nargs="?", default="", help="slug; all if none")
    commands["serve"].add_argument("--port", type=int, default=8000)
    commands["notebooks"].add_argument("names", nargs="*", help="slugs; all if none")
    commands["notebooks"].add_argument("--record", action="store_true", help="run them here and keep the outputs")
    commands["notebooks"].add_argument("--smoke", action="store_true", help="run them with SMOKE=1, keep nothing")
    commands["new"].add_argument("--from", dest="notebook", default="", help="a notebook that becomes script and pages")
    for name, meaning in NEW.items():
        commands["new"].add_argument(name, help=meaning, default="article" if name == "--kind" else "")
    return parser


def _explained(problem: Exception) -> bool:
    """Tell the errors that speak to the reader (ours) from those that need a traceback."""
    return type(problem).__module__.startswith("kamipen.")


if __name__ == "__main__":
    main()
