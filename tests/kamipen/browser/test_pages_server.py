"""The server of tests and benchmark answers as GitHub Pages does: these headers, and none that it cannot send."""

from collections.abc import Generator
from http.client import HTTPConnection, HTTPResponse

import pytest

from kamipen.browser.pages_server import PagesServer, serving

# As GitHub Pages answers, apart from what names its machines and requests.
HEADERS = {
    "Access-Control-Allow-Origin", "Cache-Control", "Content-Length", "Content-Type", "Date", "ETag", "Expires",
    "Last-Modified", "Server", "Vary",
}  # fmt: skip
TYPES = {
    "page.html": "text/html; charset=utf-8",
    "code.js": "application/javascript; charset=utf-8",
    "code.mjs": "application/javascript; charset=utf-8",
    "style.css": "text/css; charset=utf-8",
    "data.json": "application/json; charset=utf-8",
    "robots.txt": "text/plain; charset=utf-8",
    "module.wasm": "application/wasm",
    "memory.bin": "application/octet-stream",
    "wheel.whl": "application/octet-stream",
    "font.woff2": "font/woff2",
    "picture.svg": "image/svg+xml",
}
UNCOMPRESSED = {"memory.bin", "wheel.whl", "font.woff2"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Generator[PagesServer]:
    folder = tmp_path_factory.mktemp("site")
    for name in TYPES:
        (folder / name).write_bytes(bytes(range(200)) * 10)
    (folder / "404.html").write_text("lost")
    (folder / "folder").mkdir()
    (folder / "folder" / "index.html").write_text("a page")
    with serving(folder) as server:
        yield server


def get(server: PagesServer, path: str, headers: dict[str, str] | None = None) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", server.server_address[1])
    connection.request("GET", f"/kamipen/{path}", headers=headers or {})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


@pytest.mark.parametrize("name", TYPES)
def test_type_compression_and_caching(server: PagesServer, name: str) -> None:
    response, _ = get(server, name, {"Accept-Encoding": "gzip"})
    assert response.headers["Content-Type"] == TYPES[name]
    assert response.headers["Content-Encoding"] == (None if name in UNCOMPRESSED else "gzip")
    assert response.headers["Cache-Control"] == "max-age=600"
    assert set(response.headers.keys()) - {"Content-Encoding", "Accept-Ranges"} == HEADERS


def test_nothing_isolates_the_page(server: PagesServer) -> None:
    response, _ = get(server, "page.html")
    assert not [name for name in response.headers if name.startswith("Cross-Origin")]


def test_what_is_known_is_not_sent_again(server: PagesServer) -> None:
    first, _ = get(server, "page.html")
    for name, value in (
        ("If-None-Match", first.headers["ETag"]),
        ("If-Modified-Since", first.headers["Last-Modified"]),
    ):
        again, body = get(server, "page.html", {name: value})
        assert (again.status, body) == (304, b"")
    assert get(server, "page.html", {"If-None-Match": '"another"'})[0].status == 200


def test_parts_of_a_file(server: PagesServer) -> None:
    response, body = get(server, "memory.bin", {"Range": "bytes=10-13"})
    assert (response.status, body) == (206, bytes([10, 11, 12, 13]))
    assert response.headers["Content-Range"] == "bytes 10-13/2000"
    assert get(server, "memory.bin", {"Range": "bytes=-2"})[1] == bytes([198, 199])
    assert get(server, "memory.bin", {"Range": "bytes=1998-"})[1] == bytes([198, 199])


def test_folders_and_lost_pages(server: PagesServer) -> None:
    moved, _ = get(server, "folder")
    assert (moved.status, moved.headers["Location"]) == (301, "/kamipen/folder/")
    assert get(server, "folder/")[1] == b"a page"
    lost, body = get(server, "nowhere")
    assert (lost.status, body) == (404, b"lost")
