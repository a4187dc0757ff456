"""Live reload: what is saved in any room of the client builds the site again, and nothing of others does.

What cannot be built is told in the browser, and a port that is taken before anything is built.
"""

import subprocess
from collections.abc import Generator
from pathlib import Path
from threading import Thread
from urllib.request import urlopen

import pytest

from kamipen.errors import SourceError
from kamipen.project import CLIENT, ROOT
from kamipen.site import build, serve
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


def test_what_is_watched_is_told_to_the_server(monkeypatch) -> None:
    server = serve.LiveServer(lambda: None, ROOT / "site", 0, "https://a.example/")
    serve.watch(server)
    serve.watch(server)  # as after each build
    told = {Path(path) for path in server._watched_paths}
    server.server_close()
    assert {CLIENT, ROOT, *serve.watched()} == told


@pytest.fixture
def server(tmp_path: Path) -> Generator[LiveServer]:
    (tmp_path / "en/a").mkdir(parents=True)
    (tmp_path / "en/a/index.html").write_text("<html><body>as built</body></html>", "utf-8")
    server = LiveServer(lambda: None, tmp_path, 0, "https://a.example/")
    server.open()
    yield server
    server.shutdown()


def shown(server: LiveServer, path: str) -> str:
    with urlopen(f"http://127.0.0.1:{server.server_port}{path}", timeout=10) as answer:
        return answer.read().decode()


def test_what_cannot_be_built_is_shown_until_it_is_mended(server: LiveServer, monkeypatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise SourceError("`<crad>` is unknown: write `card`", "docs/en/a.md", 3)

    monkeypatch.setattr(serve, "watch", lambda _: None)
    monkeypatch.setattr(build, "run", fail)
    serve.build_for(server, None)
    page = shown(server, "/en/a/")
    assert "docs/en/a.md:3: `&lt;crad&gt;` is unknown: write `card`" in page and "cannot be built" in page
    assert 'lang="en"' in page and "livereload(" in page
    assert "組み立てられません" in shown(server, "/ja/"), "a page that was never built, too"
    assert "as built" in shown(server, "/en/a/?built")
    monkeypatch.setattr(build, "run", lambda *_, **__: None)
    serve.build_for(server, None)
    assert "as built" in shown(server, "/en/a/")


def test_a_mistake_of_ours_is_shown_too(server: LiveServer, monkeypatch, capsys) -> None:
    monkeypatch.setattr(serve, "watch", lambda _: None)
    monkeypatch.setattr(build, "run", lambda *_, **__: {}["missing"])
    serve.build_for(server, None)
    assert "missing" in shown(server, "/en/a/") and "Traceback" in capsys.readouterr().err


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


def test_a_taken_port_is_told_before_anything_is_built(server: LiveServer, monkeypatch) -> None:
    monkeypatch.setattr(build, "run", lambda *_, **__: pytest.fail("built"))
    with pytest.raises(serve.ServeError, match=f"PORT={server.server_port + 1}"):
        serve.serve(server.server_port)
