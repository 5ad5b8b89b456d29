"""Who may ask the studio: each way in from elsewhere is closed, each of the owner's own open."""

from __future__ import annotations

from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest

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
    assert ask(studio, path, **headers).status == status


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
