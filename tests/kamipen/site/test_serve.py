"""Live reload: what is saved in any room of the client builds the site again, and nothing of others does.

A page that is saved is shown before the site is built. What cannot be built is told in the browser, and a port that is
taken before anything is built.
"""

# pyright: basic, reportPrivateUsage=false

import subprocess
from collections.abc import Callable, Generator
from pathlib import Path
from threading import Thread
from typing import cast
from urllib.request import urlopen

import pytest
from pytest import MonkeyPatch

from kamipen.errors import SourceError
from kamipen.project import CLIENT, ROOT
from kamipen.site import build, quick, recorded_states, serve
from kamipen.site.generator import Workers
from kamipen.site.live_server import LiveServer


def test_every_room_of_the_client_is_watched() -> None:
    tracked = subprocess.check_output(["git", "ls-files", "src/client"], cwd=ROOT, text=True).split()
    rooms = {CLIENT / path.split("/")[2] for path in tracked if path.count("/") > 2}
    assert len(rooms) > 5
    assert rooms <= {*serve.watched()}
    assert CLIENT / "node_modules" not in {*serve.watched()}


def test_a_room_that_is_new_is_watched_after_the_next_build(tmp_path: Path) -> None:
    (tmp_path / "node_modules").mkdir()
    before = {*serve.watched(tmp_path)}
    (tmp_path / "new").mkdir()
    assert {*serve.watched(tmp_path)} - before == {tmp_path / "new"}


def test_what_editors_leave_beside_a_source_is_none(tmp_path: Path, monkeypatch: MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "ROOT", tmp_path)
    monkeypatch.setattr(serve, "CLIENT", tmp_path)
    monkeypatch.setattr(serve, "watched", lambda: [tmp_path / "snippets"])
    for name in ("a.py", "a.py~", ".a.py.swp", ".ipynb_checkpoints/a-checkpoint.py", "__pycache__/a.cpython-313.pyc"):
        (tmp_path / "snippets" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "snippets" / name).touch()
    (tmp_path / "snippets/.#a.py").symlink_to("someone@somewhere")
    (tmp_path / "snippets/gone.py").symlink_to("nowhere")
    assert [*serve.sources()] == [tmp_path / "snippets/a.py"]


def test_what_is_watched_is_told_to_the_server(monkeypatch: MonkeyPatch) -> None:
    server = serve.LiveServer(ROOT / "site", 0, "https://a.example/")
    serve.watch(server)
    serve.watch(server)  # as after each build
    told = {Path(path) for path in server._watched_paths}
    server.server_close()
    assert {CLIENT, ROOT, *serve.watched()} == told


@pytest.fixture
def server(tmp_path: Path) -> Generator[LiveServer]:
    (tmp_path / "en/a").mkdir(parents=True)
    (tmp_path / "en/a/index.html").write_text("<html><body>as built</body></html>", "utf-8")
    server = LiveServer(tmp_path, 0, "https://a.example/")
    server.open()
    yield server
    server.shutdown()


def shown(server: LiveServer, path: str) -> str:
    with urlopen(f"http://127.0.0.1:{server.server_port}{path}", timeout=10) as answer:
        return answer.read().decode()


@pytest.fixture
def builder(server: LiveServer, tmp_path: Path, monkeypatch: MonkeyPatch) -> serve.Builder:
    """A builder of no site, whose one source is a page and whose builds do nothing."""
    page = tmp_path / "docs/en/a.md"
    page.parent.mkdir(parents=True)
    page.write_text("as built")
    monkeypatch.setattr(serve, "watch", lambda _: None)
    monkeypatch.setattr(serve, "SITE", tmp_path)
    monkeypatch.setattr(serve, "DOCS", tmp_path / "docs")
    monkeypatch.setattr(serve, "sources", lambda: {path: (0, path.stat().st_size) for path in page.parent.iterdir()})
    monkeypatch.setattr(build, "run", lambda *_, **__: "release")
    monkeypatch.setattr(build, "pages", lambda *_, **__: None)
    return serve.Builder(server, cast(Workers, None))


def fail(*_: object, **__: object) -> None:
    raise SourceError("`<crad>` is unknown: write `card`", "docs/en/a.md", 3)


def shown_by(asked: list[set[Path]]) -> Callable[..., list[str]]:
    """Return what shows pages by themselves, and notes what it was asked to show."""

    def update(_workers: Workers, changed: set[Path], _records: object) -> list[str]:
        asked.append(changed)
        return []

    return update


def test_what_cannot_be_built_is_shown_until_it_is_mended(
    server: LiveServer, builder: serve.Builder, monkeypatch: MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "run", fail)
    assert builder.build_all(), "browsers must ask anew"
    page = shown(server, "/en/a/")
    assert "docs/en/a.md:3: `&lt;crad&gt;` is unknown: write `card`" in page and "cannot be built" in page
    assert 'lang="en"' in page and "livereload(" in page
    assert "組み立てられません" in shown(server, "/ja/"), "a page that was never built, too"
    assert "as built" in shown(server, "/en/a/?built")
    monkeypatch.setattr(build, "run", lambda *_, **__: "release")
    assert builder.build_all()
    assert "as built" in shown(server, "/en/a/")


def test_a_mistake_of_ours_is_shown_too(
    server: LiveServer, builder: serve.Builder, monkeypatch: MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(build, "run", lambda *_, **__: dict[str, str]()["missing"])
    builder.build_all()
    assert "missing" in shown(server, "/en/a/") and "Traceback" in capsys.readouterr().err


def test_a_page_that_is_saved_is_shown_by_itself_and_then_all_is_built(
    builder: serve.Builder, tmp_path: Path, monkeypatch: MonkeyPatch
) -> None:
    builder.build_all()
    asked: list[set[Path]] = []
    monkeypatch.setattr(quick, "update", shown_by(asked))
    monkeypatch.setattr(build, "run", lambda *_, **__: pytest.fail("the client is as it was"))
    page = tmp_path / "docs/en/a.md"
    page.write_text("saved")
    builder.build_saved()
    assert asked == [{page}] and builder.is_behind
    assert not builder.build_all(), "no page became another: browsers have seen all"
    assert not builder.is_behind
    monkeypatch.setattr(build, "pages", lambda *_, **__: (tmp_path / "en/a/index.html").write_text("all"))
    page.write_text("saved again")
    assert builder.build_all()


def test_what_is_shown_by_itself_stays_wrong_until_it_is_mended(
    server: LiveServer, builder: serve.Builder, tmp_path: Path, monkeypatch: MonkeyPatch
) -> None:
    builder.build_all()
    monkeypatch.setattr(quick, "update", fail)
    (tmp_path / "docs/en/a.md").write_text("broken")
    builder.build_saved()
    assert "cannot be built" in shown(server, "/en/a/") and builder.is_behind
    monkeypatch.setattr(build, "pages", fail)
    assert not builder.build_all(), "the same is wrong: browsers show it"
    seen: list[set[Path]] = []
    monkeypatch.setattr(quick, "update", shown_by(seen))
    (tmp_path / "docs/en/b.md").write_text("")
    monkeypatch.setattr(build, "run", lambda *_, **__: pytest.fail("the client is as it was"))
    builder.build_saved()
    assert not seen, "a page that is new takes all"
    (tmp_path / "docs/en/b.md").unlink()
    builder.build_saved()
    assert seen == [{tmp_path / "docs/en/a.md"}], "what was broken is shown again, though it is not what was saved now"
    assert "as built" in shown(server, "/en/a/")


@pytest.mark.parametrize("name", ["snippets/kit/draw.py", "src/texts/en.yml", "mkdocs.yml"])
def test_what_makes_the_client_or_the_kit_is_built_with_them(
    name: str, builder: serve.Builder, tmp_path: Path, monkeypatch: MonkeyPatch
) -> None:
    builder.build_all()
    monkeypatch.setattr(serve, "sources", lambda: {tmp_path / name: (1, 1)})
    monkeypatch.setattr(build, "pages", lambda *_, **__: pytest.fail("without the client"))
    again: list[str] = []
    monkeypatch.setattr(build, "run", lambda *_, **__: again.append("release") or "release")
    builder.build_saved()
    assert again


def test_a_server_waits_for_what_is_saved_together(server: LiveServer) -> None:
    assert not server.saved(within=0.01)
    server._want_rebuild = True
    assert server.saved(within=10)
    assert not server.saved(within=0.01), "once"


def test_who_asks_for_a_page_that_is_being_built_waits(server: LiveServer, tmp_path: Path) -> None:
    answers: list[str] = []
    with server.holding():
        waiting = Thread(target=lambda: answers.append(shown(server, "/en/a/")))
        waiting.start()
        waiting.join(0.3)
        assert not answers
        (tmp_path / "en/a/index.html").write_text("<body>as saved</body>", "utf-8")
    waiting.join(timeout=10)
    assert "as saved" in answers[0]


def test_states_are_recorded_when_a_page_asks_for_them(
    server: LiveServer, tmp_path: Path, monkeypatch: MonkeyPatch
) -> None:
    def provide(site: Path, name: str) -> None:
        assert name == "a.cell.json"
        (site / "states").mkdir()
        (site / "states" / name).write_text("{}")

    monkeypatch.setattr(recorded_states, "provide", provide)
    assert shown(server, "/states/a.cell.json") == "{}"


def test_until_the_first_build_is_done_pages_say_so_and_then_come_by_themselves(server: LiveServer) -> None:
    server.building = True
    assert "being built" in shown(server, "/en/a/")
    epoch, answers = server._visible_epoch, list[str]()
    waiting = Thread(target=lambda: answers.append(shown(server, f"/livereload/{epoch}/1")))
    waiting.start()
    server.building = False
    server.reload()
    waiting.join(timeout=10)
    assert int(answers[0]) > epoch


def test_a_taken_port_is_told_before_anything_is_built(server: LiveServer, monkeypatch: MonkeyPatch) -> None:
    monkeypatch.setattr(build, "run", lambda *_, **__: pytest.fail("built"))
    with pytest.raises(serve.ServeError, match=f"PORT={server.server_port + 1}"):
        serve.serve(server.server_port)
