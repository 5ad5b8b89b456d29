"""What comes between: many windows, half a request, a full disk, a build from the command line."""

from __future__ import annotations

import errno
import json
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from leafcast.build.lock import only_build
from leafcast.practice.project import load_project
from leafcast.state import cache
from leafcast.studio import incoming, work
from leafcast.studio.screens.answering import FULL
from leafcast.studio.server import Running, running
from tests.studio.test_access import ask
from tests.studio.test_bringing_in import first_session

MANY = 60
"""More than there are threads that answer (anyio has 40)."""


@pytest.fixture
def studio(practice: Path) -> Iterator[Running]:
    with running(practice) as it:
        yield it


def opened(studio: Running, head: str) -> socket.socket:
    """A connection on which `head` was sent, and nothing since: a lid that was closed."""
    port = urlsplit(studio.address).port
    assert port
    line = socket.create_connection(("127.0.0.1", port), timeout=20)
    own = f"Host: 127.0.0.1:{port}\r\nCookie: leafcast-{port}={studio.key}\r\n"
    line.sendall(f"{head}\r\n{own}\r\n".encode())
    return line


def test_many_windows_that_watch_leave_the_studio_free(studio: Running) -> None:
    lines = [opened(studio, "GET /making HTTP/1.1") for _ in range(MANY)]
    assert b"200 OK" in lines[-1].recv(4096)
    assert ask(studio, "/").status == 200
    for line in lines:
        line.close()
    assert ask(studio, "/").status == 200


def test_requests_that_never_end_leave_the_studio_free(studio: Running) -> None:
    length = "POST /article/quiet-hour/words HTTP/1.1\r\nContent-Length: 1000"
    origin = f"Origin: {studio.address}"
    lines = [opened(studio, f"{length}\r\n{origin}") for _ in range(MANY)]
    assert ask(studio, "/article/quiet-hour").status == 200
    for line in lines:
        line.close()
    words = (studio.studio.folder / "source" / "quiet-hour.md").read_text("utf-8")
    assert "You sit down." in words


def full(monkeypatch: pytest.MonkeyPatch) -> None:
    def mkstemp(**given: Any) -> tuple[int, str]:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(cache.tempfile, "mkstemp", mkstemp)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/practice", "name=Ann+Example&phone=01632+960+142"),
        ("/bring", "An Hour\n\nIt is quiet here, and nobody hurries us at all."),
        ("/article/quiet-hour/make", ""),
        ("/phone", json.dumps({"phone": "01632 960 142"})),
    ],
)
def test_a_full_disk_is_one_line_and_nothing_is_lost(
    studio: Running, monkeypatch: pytest.MonkeyPatch, path: str, body: str
) -> None:
    """Of the rest see `test_killed`."""
    source = studio.studio.folder / "source"
    file = source / "quiet-hour.md"
    with monkeypatch.context() as patch:
        full(patch)
        if path.endswith("make"):
            file.write_text(file.read_text("utf-8") + "\nMore.\n", "utf-8")
        before = {each: each.read_bytes() for each in source.rglob("*") if each.is_file()}
        answer = ask(studio, path, "POST", body, Accept="application/json")
        said = answer.read().decode()
    assert FULL in said
    assert {each: each.read_bytes() for each in source.rglob("*") if each.is_file()} == before
    if path == "/practice":
        assert 'value="01632 960 142"' in said, "what she typed is still there"
    elif not path.endswith("make"):
        assert ask(studio, path, "POST", body).status in (200, 303), "once there is room again"


def test_what_she_confirmed_is_still_there_when_it_could_not_be_kept(
    studio: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = incoming.take(studio.studio.project, "a.docx", first_session())
    with monkeypatch.context() as patch:
        full(patch)
        answer = ask(studio, f"/incoming/{id_}", "POST", "title=Another+Title&author=Ann")
    said = answer.read().decode()
    assert answer.status == 422 and FULL in said and 'value="Another Title"' in said
    assert ask(studio, f"/incoming/{id_}", "POST", "title=Another+Title").status == 303
    assert (studio.studio.folder / "source" / "another-title.md").is_file()


def test_a_build_from_the_command_line_meanwhile_is_told(
    practice: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = load_project(practice)
    with only_build(project):
        assert work.main(str(practice), "quiet-hour") == 1
    last = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert last == {"done": False, "words": work.BUSY}


@pytest.mark.parametrize("act", ["write", "remove", "break"])
def test_files_that_others_change_meanwhile_are_told(studio: Running, act: str) -> None:
    """By hand, or by another program."""
    file = studio.studio.folder / "source" / "quiet-hour.md"
    does: dict[str, Callable[[], object]] = {
        "write": lambda: file.write_text(file.read_text("utf-8") + "\nMore.\n", "utf-8"),
        "remove": file.unlink,
        "break": lambda: file.write_bytes(b"\x00\xff\x00"),
    }
    page = ask(studio, "/article/quiet-hour").read().decode()
    document = page.split('id="document">')[1].split("</script>")[0]
    version = page.split('data-version="')[1].split('"')[0]
    does[act]()
    after = file.read_bytes() if file.exists() else None
    body = json.dumps({"version": version, "document": json.loads(document)})
    answer = ask(studio, "/article/quiet-hour/words", "POST", body, Accept="application/json")
    assert answer.status == 409
    assert len(json.loads(answer.read())["words"]) > 20
    assert (file.read_bytes() if file.exists() else None) == after
    assert ask(studio, "/").status == 200
