"""Who may ask the studio: each way in from elsewhere is closed, each of the owner's own open."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from leafcast.studio.screens.answering import MOST_FORM_BYTES
from leafcast.studio.server import Running, running
from tests.conftest import write_practice


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(write_practice(tmp_path_factory.mktemp("studio") / "practice")) as it:
        yield it


def ask(
    studio: Running, path: str, method: str = "GET", body: str = "", **headers: str
) -> HTTPResponse:
    """One request, its Host ours and the cookie with it unless they are given."""
    port = urlsplit(studio.address).port
    own = (
        {"Cookie": f"leafcast-{port}={studio.key}", "Origin": studio.address}
        if method != "GET"
        else {"Cookie": f"leafcast-{port}={studio.key}"}
    )
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, body.encode(), {**own, **given})
    return connection.getresponse()


def test_the_key_lets_in_once_and_leaves_the_address(studio: Running) -> None:
    answer = ask(studio, f"/?key={studio.key}", Cookie="")
    cookie = answer.headers["Set-Cookie"]
    assert answer.status == 200
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie
    assert 'url=/"' in answer.read().decode()


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/", {}, 200),
        ("/", {"Cookie": ""}, 403),
        ("/", {"Cookie": "leafcast-1=wrong"}, 403),
        ("/?key=wrong", {"Cookie": ""}, 403),
        ("/?key=", {"Cookie": ""}, 403),
        ("/article/quiet-hour?key=wrong", {"Cookie": ""}, 403),
        ("/", {"Host": "evil.example"}, 421),
        ("/", {"Host": "evil.example:80"}, 421),
        ("/", {"Host": "127.0.0.1"}, 421),
        ("/", {"Host": "127.0.0.1.evil.example:PORT"}, 421),
        ("/", {"Host": "localhost.evil.example:PORT"}, 421),
        ("/", {"Host": "evil.example#127.0.0.1:PORT"}, 421),
        ("/", {"Host": "localhost:PORT@evil.example"}, 421),
        ("/", {"Host": "evil@localhost:PORT"}, 421),
        ("/", {"Host": "127.1:PORT"}, 421),
        ("/", {"Host": "0.0.0.0:PORT"}, 421),
        ("/", {"Host": "[::1]:PORT"}, 421),
        ("/", {"Host": "2130706433:PORT"}, 421),
        ("/", {"Host": "localhost.:PORT"}, 421),
        ("/", {"Host": ""}, 421),
        ("/", {"Host": "LOCALHOST:PORT"}, 200),
        ("/making", {"Sec_Fetch_Site": "cross-site", "Accept": "text/event-stream"}, 403),
        ("/making", {"Host": "evil.example"}, 421),
        ("/", {"Sec_Fetch_Site": "cross-site"}, 403),
        ("/", {"Sec_Fetch_Site": "same-site"}, 403),
        ("/", {"Origin": "http://evil.example"}, 403),
        ("/", {"Origin": "null"}, 403),
        ("/", {"Sec_Fetch_Site": "same-origin"}, 200),
        ("/assets/../practice.toml", {}, 404),
        ("/assets/..%2f..%2fpyproject.toml", {}, 404),
        ("/assets/base.html.j2", {}, 404),
        ("/dist/../source/practice.toml", {}, 404),
        ("/dist/..%2fsource/practice.toml", {}, 404),
        ("/picture/quiet-hour/practice.toml", {}, 404),
        ("/picture/quiet-hour/quiet-hour.md", {}, 404),
        ("/incoming/..%2f..%2f..%2fsource", {}, 404),
        ("/incoming/0123456789abcdef", {}, 409),
        ("/article/nothing", {}, 409),
    ],
)  # fmt: skip
def test_who_may_look(studio: Running, path: str, headers: dict[str, str], status: int) -> None:
    port = str(urlsplit(studio.address).port)
    own = {name: value.replace("PORT", port) for name, value in headers.items()}
    assert ask(studio, path, **own).status == status


def answered(studio: Running, *lines: str) -> bytes:
    """What is answered to a request as it stands here, with her cookie."""
    port = urlsplit(studio.address).port
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        cookie = f"Cookie: leafcast-{port}={studio.key}"
        line.sendall("\r\n".join([*lines, cookie, "", ""]).replace("PORT", str(port)).encode())
        line.shutdown(socket.SHUT_WR)
        return line.recv(4096).partition(b"\r\n")[0]


@pytest.mark.parametrize(
    "lines",
    [
        ("GET / HTTP/1.1", "Host: 127.0.0.1:PORT", "Host: evil.example"),
        ("GET / HTTP/1.1", "Host: evil.example", "Host: 127.0.0.1:PORT"),
        ("GET / HTTP/1.0",),
        ("GET / HTTP/1.1", "Host: 127.0.0.1:PORT", "Origin: null"),
        ("GET / HTTP/1.1", "Host: 127.0.0.1:PORT", "Origin: http://127.0.0.1:PORT.evil.example"),
        ("GET / HTTP/1.1", "Host: 127.0.0.1:PORT", "Origin: http://127.0.0.1:1"),
        ("OPTIONS /practice HTTP/1.1", "Host: 127.0.0.1:PORT", "Origin: http://evil.example"),
        ("POST / HTTP/1.1", "Host: 127.0.0.1:PORT", "Content-Length: 0", "Origin: file://"),
        ("PUT /practice HTTP/1.1", "Host: 127.0.0.1:PORT", "Content-Length: 0"),
    ],
)
def test_no_sleight_of_hand_with_who_asks_gets_in(studio: Running, lines: tuple[str, ...]) -> None:
    assert answered(studio, *lines).split()[1] in (b"400", b"403", b"421")


def test_a_web_socket_is_not_answered(studio: Running) -> None:
    upgrade = ("Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13")
    key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
    status = answered(
        studio, "GET /making HTTP/1.1", "Host: evil.example", "Origin: http://evil.example",
        *upgrade, key,
    )  # fmt: skip
    assert b"101" not in status


def test_what_is_too_large_is_told_and_the_studio_goes_on(studio: Running) -> None:
    """Told as soon as it is known, however much more would follow."""
    before = _sources(studio.studio.folder)
    large = "x" * (MOST_FORM_BYTES + 1)
    assert ask(studio, "/article/quiet-hour/words", "POST", large).status == 413
    assert ask(studio, "/").status == 200
    assert _sources(studio.studio.folder) == before


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '"x"', '{"document": 1}', "\x00"])
@pytest.mark.parametrize(
    "path",
    [
        "/article/quiet-hour/words", "/article/quiet-hour/leave", "/say", "/say-like", "/voice",
        "/pace", "/phone",
    ],
)  # fmt: skip
def test_what_is_no_answer_to_a_question_is_one_line(studio: Running, path: str, body: str) -> None:
    before = _sources(studio.studio.folder)
    answer = ask(studio, path, "POST", body, Accept="application/json")
    assert answer.status in (409, 422)
    assert len(json.loads(answer.read())["words"]) > 10
    assert _sources(studio.studio.folder) == before


@pytest.mark.skipif("sys.platform == 'win32'", reason="links need rights there")
@pytest.mark.parametrize("ending", [".png", ".md"])
def test_a_link_that_leads_out_of_her_folder_shows_nothing_of_there(
    studio: Running, tmp_path: Path, ending: str
) -> None:
    away = tmp_path / f"secret{ending}"
    away.write_text("# Secret\n\nNobody is to read this here.\n", "utf-8")
    link = studio.studio.folder / "source" / f"link{ending}"
    link.symlink_to(away)
    try:
        for path in (f"/picture/quiet-hour/link{ending}", f"/face/link{ending}", "/"):
            assert b"Nobody is to read" not in ask(studio, path).read()
        assert away.read_text("utf-8").startswith("# Secret")
    finally:
        link.unlink()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "https://127.0.0.1"}, 403),
        ({"Sec_Fetch_Site": "cross-site"}, 403),
        ({"Cookie": ""}, 403),
        ({"Host": "evil.example", "Origin": "http://evil.example"}, 421),
    ],
)
@pytest.mark.parametrize("path", ["/bring", "/practice", "/article/quiet-hour/words"])
def test_nobody_else_changes_anything(
    studio: Running, path: str, headers: dict[str, str], status: int
) -> None:
    before = _sources(studio.studio.folder)
    assert ask(studio, path, "POST", "name=Mallory", **headers).status == status
    assert _sources(studio.studio.folder) == before


def test_a_change_without_an_origin_is_refused(studio: Running) -> None:
    port = urlsplit(studio.address).port
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(
        "POST", "/practice", b"name=Mallory", {"Cookie": f"leafcast-{port}={studio.key}"}
    )
    assert connection.getresponse().status == 403


def test_every_page_has_its_policy(studio: Running) -> None:
    for path in ("/", "/practice", "/article/quiet-hour", "/article/nothing", "/assets/studio.css"):
        headers = ask(studio, path).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_the_page_that_is_shown_runs_no_script(studio: Running) -> None:
    answer = ask(studio, "/page/quiet-hour/")
    assert answer.status == 200
    policy = answer.headers["Content-Security-Policy"]
    assert "sandbox allow-same-origin" in policy and "script-src" not in policy


def _sources(folder: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes() for path in (folder / "source").rglob("*") if path.is_file()
    }
