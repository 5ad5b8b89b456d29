"""The preview: dist/ in a browser, byte ranges, and a page shown anew as soon as it is saved."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from leafcast.build.pipeline import Request, build
from leafcast.commands.cli import leafcast
from leafcast.document.report import Finding, Report
from leafcast.execution.request import Silent
from leafcast.narration.kept import read_narration
from leafcast.practice.project import load_project
from leafcast.state.store import open_state
from leafcast.studio import serving as serving_module
from leafcast.studio.live import ASK, Live
from leafcast.studio.serving import Served, asked_range, serving
from tests.conftest import write_practice


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_practice(tmp_path_factory.mktemp("practice"))
    report = Report()
    build(load_project(folder), Request(editions=("page", "library"), jobs=1), Silent(), report)
    assert report.exit_code == 0, report.findings
    return folder


@pytest.fixture
def built(built_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built_once, tmp_path / "practice"))


@pytest.fixture
def live(built: Path) -> Live:
    return Live(built, lambda words, findings: None)


@pytest.fixture
def served(built: Path, live: Live) -> Iterator[Served]:
    with serving(built / "dist", instead=live.instead) as served:
        yield served


def ask(address: str, asked: str = "") -> tuple[int, dict[str, str], bytes]:
    request = urllib.request.Request(address, headers={"Range": asked} if asked else {})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()


def edit(folder: Path, what: str, there: str) -> None:
    path = folder / "source/quiet-hour.md"
    path.write_text(path.read_text("utf-8").replace(what, there), encoding="utf-8")


# ---------------------------------------------------------------- byte ranges (RFC 9110, 14)


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("", None),
        ("bytes=0-9", (0, 9)),
        ("bytes=90-", (90, 99)),
        ("bytes=90-500", (90, 99)),
        ("bytes=-10", (90, 99)),
        ("bytes=-500", (0, 99)),
        ("bytes=100-", ()),
        ("bytes=9-3", None),
        ("bytes=200-199", None),
        ("bytes=200-300", ()),
        ("bytes=٠-١", None),
        ("bytes=0-1, bytes=2-3", None),
        ("bytes=-0", ()),
        ("bytes=0-1,5-6", None),
        ("lines=1-2", None),
        ("bytes=-", None),
    ],
)
def test_the_range_that_is_asked_for(header: str, wanted: object) -> None:
    assert asked_range(header, 100) == wanted


@given(st.integers(0, 300), st.integers(0, 300), st.integers(1, 200))
def test_a_range_never_leaves_the_file(first: int, last: int, size: int) -> None:
    found = asked_range(f"bytes={first}-{last}", size)
    if last < first:
        assert found is None
    else:
        assert found == () or (found and 0 <= found[0] <= found[1] < size)


def test_a_part_of_the_sound_is_just_that_part(built: Path, served: Served) -> None:
    sound = (built / "dist/quiet-hour/quiet-hour.mp3").read_bytes()
    status, headers, content = ask(f"{served.address}/quiet-hour/quiet-hour.mp3", "bytes=1000-1999")
    assert (status, content) == (206, sound[1000:2000])
    assert headers["Content-Range"] == f"bytes 1000-1999/{len(sound)}"
    assert headers["Content-Type"] == "audio/mpeg"
    status, headers, _ = ask(f"{served.address}/quiet-hour/quiet-hour.mp3", "bytes=99999999-")
    assert (status, headers["Content-Range"]) == (416, f"bytes */{len(sound)}")


def say(site: Served, *lines: str, host: str = "") -> bytes:
    """What the server answers to these very lines."""
    port = int(site.address.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        named = () if host == "none" else (f"Host: {host or f'127.0.0.1:{port}'}",)
        head = "\r\n".join((lines[0], *named, *lines[1:], "Connection: close", "", ""))
        connection.sendall(head.encode("latin-1"))
        return b"".join(iter(lambda: connection.recv(65_536), b""))


SECRET = "a client's letter"


@pytest.fixture(scope="module")
def secrets(built_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice with pages beside dist/, above it, and linked from within."""
    built = tmp_path_factory.mktemp("secrets") / "practice"
    shutil.copytree(built_once, built)
    dist = built / "dist"
    for folder in (built, built.parent, built / "source", built / "dist-secret"):
        folder.mkdir(exist_ok=True)
        (folder / "secret.html").write_text(f"<p>{SECRET}</p>")
    (dist / "link.html").symlink_to(built / "secret.html")
    (dist / "out").symlink_to(built.parent)
    (dist / "quiet-hour/up").symlink_to("..")
    (dist / "round.html").symlink_to("round.html")
    if hasattr(os, "mkfifo"):
        os.mkfifo(dist / "pipe.html")
    (dist / "a bé").mkdir()
    return built


@pytest.fixture(scope="module")
def site(secrets: Path) -> Iterator[Served]:
    """It, served, for tests that change nothing."""
    live = Live(secrets, lambda words, findings: None)
    with serving(secrets / "dist", instead=live.instead) as served:
        yield served


@pytest.mark.parametrize(
    "path",
    [
        "/../source/practice.toml",
        "/%2e%2e/source/practice.toml",
        "/nothing",
        "/../secret.html",
        "/..%2fsecret.html",
        "/%2e%2e%2fsecret.html",
        "/%2e%2e%2fsource%2fsecret.html",
        "/../../secret.html",
        "/quiet-hour/../../secret.html",
        "/quiet-hour/..%2f..%2fsecret.html",
        "/./../secret.html",
        "//../secret.html",
        "/..//secret.html",
        "/..%5csecret.html",
        "/.%2e/secret.html",
        "/%252e%252e/secret.html",
        "/%c0%ae%c0%ae/secret.html",
        "/..;/secret.html",
        "/.../secret.html",
        "/pipe.html",
        "/%2e%2e%5csecret.html",
        "/..%00/secret.html",
        "/secret.html%00.html",
        "/../dist-secret/secret.html",
        "/link.html",
        "/out/secret.html",
        "/out/",
        "/out",
        "/quiet-hour/up/../../secret.html",
        "/round.html",
        "/" + "long" * 2000 + ".html",
        "/{folder}/secret.html",
        "/%2f{folder}/secret.html",
        "/index.html/",
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_nothing_outside_the_folder_is_served(
    secrets: Path, site: Served, path: str, method: str
) -> None:
    answer = say(site, f"{method} {path.replace('{folder}', str(secrets))} HTTP/1.1")
    assert answer.startswith(b"HTTP/1.1 404"), answer[:200]
    assert SECRET.encode() not in answer


@pytest.mark.parametrize(
    "path", ["/../secret.html", "/out/secret.html", "secret.html", "/link.html"]
)
def test_no_page_outside_dist_is_shown(secrets: Path, path: str) -> None:
    assert Live(secrets, lambda words, findings: None).instead(path) is None


def test_links_within_dist_are_followed(secrets: Path, site: Served) -> None:
    assert ask(f"{site.address}/quiet-hour/up/quiet-hour/index.html")[0] == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "127.0.0.1",
        "127.0.0.1:1",
        "localhost",
        "localhost.evil.example:{port}",
        "127.0.0.1.evil.example:{port}",
        "evil.example#localhost:{port}",
        "user@localhost:{port}",
        "localhost:{port}:{port}",
        "localhost.:{port}",
        "localhost:+{port}",
        "localhost:0{port}",
        "127.1:{port}",
        "2130706433:{port}",
        "0177.0.0.1:{port}",
        "[::ffff:127.0.0.1]:{port}",
        "[",
        "localhost:{port}\r\n evil.example",
        "[::1]:{port}",
        "",
        "none",
        "localhost:{port}\r\nHost: evil.example",
        "evil.example\r\nHost: localhost:{port}",
    ],
)
def test_only_this_machine_is_answered(site: Served, host: str) -> None:
    port = site.address.rpartition(":")[2]
    for path in ("/quiet-hour/", f"{ASK}1"):
        answer = say(site, f"GET {path} HTTP/1.1", host=host.replace("{port}", port) or " ")
        assert answer.startswith((b"HTTP/1.1 421", b"HTTP/1.1 400")), answer[:200]
        assert b"Quiet Hour" not in answer


def test_this_machine_has_two_names(site: Served) -> None:
    port = site.address.rpartition(":")[2]
    for host in (f"localhost:{port}", f"LOCALHOST:{port}", f"127.0.0.1:{port}"):
        answer = say(site, "GET /quiet-hour/ HTTP/1.1", host=host)
        assert answer.startswith(b"HTTP/1.1 200") and b"Quiet Hour" in answer


def test_a_target_in_full_is_held_to_the_same(site: Served) -> None:
    """RFC 9112, 3.2.2: what the target names counts, and not the Host beside it."""
    answer = say(site, "GET http://evil.example/quiet-hour/ HTTP/1.1")
    assert answer.startswith(b"HTTP/1.1 421")
    assert say(site, f"GET {site.address}/quiet-hour/ HTTP/1.1").startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(
    "path", ["/quiet-hour%0d%0aSet-Cookie:%20a=b%0d%0aX:", "/quiet-hour/%0d%0aSet-Cookie:%20a=b%0d%0aX:/..",
             "/quiet-hour%0a", "/quiet-hour/.%0d%0aSet-Cookie:%20a=b/../../quiet-hour"]
)  # fmt: skip
def test_no_header_is_of_the_askers_making(site: Served, path: str) -> None:
    head = say(site, f"GET {path} HTTP/1.1").partition(b"\r\n\r\n")[0]
    assert head.startswith(b"HTTP/1.1 404")
    assert b"Cookie" not in head


@pytest.mark.parametrize(
    ("path", "leads"),
    [
        ("/quiet-hour", "/quiet-hour/"),
        ("//quiet-hour", "/quiet-hour/"),
        ("/./quiet-hour", "/quiet-hour/"),
        ("/a%20b%c3%a9", "/a%20b%C3%A9/"),
        ("/%2f%2fevil.example", ""),
        ("//evil.example/..", ""),
    ],
)
def test_a_folder_leads_to_its_own_place(site: Served, path: str, leads: str) -> None:
    head = say(site, f"GET {path} HTTP/1.1").partition(b"\r\n\r\n")[0].decode("latin-1")
    where = re.findall(r"^Location: (.*?)\r?$", head, re.M)
    assert where == ([leads] if leads else [])


def test_no_other_site_may_use_what_is_served(site: Served) -> None:
    _, headers, _ = ask(f"{site.address}/quiet-hour/")
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("said", ["", "GET /quiet-hour/ HT", "GET / HTTP/1.1\r\nHost: x\r\n"])
def test_a_connection_that_does_not_say_what_it_wants_is_closed(
    served: Served, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving_module, "ASKING_SECONDS", 0.3)
    port = int(served.address.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(said.encode())
        while connection.recv(1024):
            pass
    assert ask(f"{served.address}/quiet-hour/")[0] == 200


def test_who_says_it_letter_by_letter_is_closed_too(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving_module, "ASKING_SECONDS", 0.5)
    port = int(served.address.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        with pytest.raises(OSError, match=r"Broken pipe|reset|aborted"):
            _say_slowly(connection)


def _say_slowly(connection: socket.socket, seconds: float = 10) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        connection.sendall(b"G")
        time.sleep(0.05)


def test_what_waits_for_a_change_is_not_closed(
    live: Live, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving_module, "ASKING_SECONDS", 0.1)
    monkeypatch.setattr("leafcast.studio.live.WAIT_SECONDS", 1.2)
    assert ask(f"{served.address}{ASK}0")[2] == b"0"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_nothing_is_written(site: Served, method: str) -> None:
    assert say(site, f"{method} /quiet-hour/ HTTP/1.1").startswith(b"HTTP/1.1 501")


@pytest.mark.parametrize(
    ("first", "status"),
    [
        ("GET http://[ HTTP/1.1", 421),
        ("GET http://[::1]x/ HTTP/1.1", 421),
        ("GET file:///etc/passwd HTTP/1.1", 421),
        ("GET http://me:word@127.0.0.1/ HTTP/1.1", 421),
        ("OPTIONS * HTTP/1.1", 421),
        ("CONNECT 127.0.0.1:22 HTTP/1.1", 421),
        ("get / HTTP/1.1", 501),
        ("PRI * HTTP/2.0", 505),
        ("GET / HTTP/-1.1", 400),
        ("GET / HTTP/1.+1", 400),
        ("GET / HTTP/1." + "1" * 5000, 400),
        ("\x16\x03\x01\x02", 400),
        ("GET /" + "a" * 70_000 + " HTTP/1.1", 414),
        ("GET / HTTP/1.1\r\nX: " + "a" * 70_000, 431),
        ("GET / HTTP/1.1" + "\r\nX: a" * 200, 431),
    ],
)
def test_what_is_no_request_for_a_file_is_answered_as_such(
    site: Served, first: str, status: int
) -> None:
    answer = say(site, first)
    assert answer.startswith(b"HTTP/1.1 %d " % status), answer[:100]
    assert b"Quiet Hour" not in answer


@pytest.mark.parametrize(
    "brought", ["Content-Length: 60", "Transfer-Encoding: chunked", "content-length: 0"]
)
def test_what_comes_with_a_request_is_no_request(site: Served, brought: str) -> None:
    """A page from elsewhere chooses what it sends; it cannot say who is asked."""
    port = int(site.address.rpartition(":")[2])
    within = f"GET /quiet-hour/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"
    sent = f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{brought}\r\n\r\n{within}"
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(sent.encode())
        answer = b"".join(iter(lambda: _received(connection), b""))
    assert answer.count(b"HTTP/1.1 200 OK") == 1


def _received(connection: socket.socket) -> bytes:
    """What comes next; nothing once the other side is gone, whether it said so or not."""
    try:
        return connection.recv(65_536)
    except ConnectionError:
        return b""


def test_nobody_is_told_to_go_on_sending(site: Served) -> None:
    answer = say(site, "GET / HTTP/1.1", "Expect: 100-continue", host="evil.example")
    assert answer.startswith(b"HTTP/1.1 421")


def test_of_what_is_only_asked_about_all_is_told(site: Served) -> None:
    """RFC 9110, 14.2: a range is of what GET brings."""
    answer = say(site, "HEAD /quiet-hour/ HTTP/1.1", "Range: bytes=0-1")
    assert answer.startswith(b"HTTP/1.1 200") and b"Content-Range" not in answer


def test_a_range_beyond_all_numbers_is_answered_with_everything(site: Served) -> None:
    asked = f"Range: bytes=0-{'9' * 5000}"
    assert say(site, "GET /quiet-hour/ HTTP/1.1", asked).startswith(b"HTTP/1.1 200")


def test_a_folder_is_its_index(served: Served) -> None:
    for path in ("/", "/quiet-hour/", "/quiet-hour"):
        status, headers, content = ask(served.address + path)
        assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
        assert b"A Quiet Hour" in content


# ---------------------------------------------------------------- saved and shown


def test_a_saved_sentence_is_shown_and_the_sound_stays(built: Path, live: Live) -> None:
    before = {p: p.read_bytes() for p in (built / "dist").rglob("*") if p.is_file()}
    edit(built, "You go home.", "You walk home.")
    began = time.perf_counter()
    live.show({"source/quiet-hour.md"})
    took = time.perf_counter() - began
    page = (live.instead("/quiet-hour/index.html") or b"").decode()
    assert "You walk home." in page and "You go home." not in page
    assert took < 1.0
    cues = json.loads(re.search(r'id="_times">(.*?)</script>', page)[1])["cues"]  # type: ignore[index]
    with open_state(built / ".leafcast") as state:
        told = read_narration(state, "quiet-hour")
    assert told
    assert [cue[0] for cue in cues] == [
        cue.sentence_id for cue in told.cues if cue.text != "You go home."
    ]
    assert {p: p.read_bytes() for p in (built / "dist").rglob("*") if p.is_file()} == before


def test_a_page_that_changed_loads_itself_anew(built: Path, live: Live, served: Served) -> None:
    page = ask(f"{served.address}/quiet-hour/")[2].decode()
    assert f"{ASK}0" in page
    answers: list[bytes] = []
    waiting = Thread(target=lambda: answers.append(ask(f"{served.address}{ASK}0")[2]))
    waiting.start()
    time.sleep(0.3)
    assert not answers
    edit(built, "You go home.", "You walk home.")
    live.show({"source/quiet-hour.md"})
    waiting.join(5)
    assert answers == [b"1"]
    assert ask(f"{served.address}{ASK}0")[2] == b"1"


def test_the_watch_sees_what_is_saved_and_when_it_was_built(built: Path) -> None:
    told: list[str] = []
    live, ended = Live(built, lambda words, findings: told.append(words)), Event()
    watch = Thread(target=live.watch, args=(ended.is_set,), daemon=True)
    watch.start()
    time.sleep(0.5)
    edit(built, "You go home.", "You walk home.")
    _until(lambda: told == ["Showing quiet-hour as it is now"])
    build(load_project(built), Request(editions=("page",), jobs=1), Silent(), Report())
    _until(lambda: told[-1:] == ["A build finished"])
    assert live.shown == {}
    ended.set()
    watch.join(5)


def _until(true: object, seconds: float = 10) -> None:
    until = time.monotonic() + seconds
    while not true() and time.monotonic() < until:  # type: ignore[operator]
        time.sleep(0.05)
    assert true()  # type: ignore[operator]


def test_a_text_that_cannot_be_read_is_told_and_the_last_page_stays(built: Path) -> None:
    told: list[tuple[str, tuple[Finding, ...]]] = []
    live = Live(built, lambda words, findings: told.append((words, findings)))
    edit(built, "title: A Quiet Hour\n", "")
    live.show({"source/quiet-hour.md"})
    assert [finding.code for finding in told[0][1]]
    assert b"A Quiet Hour" in (live.instead("/quiet-hour/index.html") or b"")
    (built / "source/practice.toml").write_text("[practice\n")
    live.show({"source/practice.toml"})
    assert told[1][0].startswith("This cannot be shown yet")


def test_there_must_be_something_to_show(practice: Path) -> None:
    done = CliRunner().invoke(leafcast, ["preview", "--project", str(practice)])
    assert done.exit_code == 2
    assert "nothing in dist/ to show yet" in done.output
