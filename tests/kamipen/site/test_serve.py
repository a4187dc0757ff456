"""Live reload: what is saved in any room of the client builds the site again, and nothing of others does."""

import subprocess
from pathlib import Path

from kamipen.project import CLIENT, ROOT
from kamipen.site import serve


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
