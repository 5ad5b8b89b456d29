"""A studio that is killed at any moment of anything it writes: what she had is there, or what she
just made, and each is whole; the next one opens.
"""

from __future__ import annotations

import errno
import io
import os
import re
import shutil
import signal
import tempfile
import time
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from leafcast.practice.project import load_project
from leafcast.readers.folder import read_source
from leafcast.studio import incoming, own_voice, tidying, writing
from leafcast.studio.screens import answering
from leafcast.studio.screens.answering import FULL
from leafcast.studio.studio import Studio
from tests.conftest import write_practice
from tests.studio.asked import post
from tests.studio.test_bringing_in import a_picture
from tests.test_interrupted import posix_only

SLUG = "quiet-hour"
MOST_STEPS = 60


def silence() -> bytes:
    held = io.BytesIO()
    with wave.open(held, "wb") as file:
        file.setparams((1, 2, 48_000, 0, "NONE", ""))
        file.writeframes(bytes(48_000))
    return held.getvalue()


def written(studio: Studio) -> dict[str, Any]:
    shown = writing.editor(studio, SLUG)
    blocks = shown["document"]["blocks"]
    blocks.append({"kind": "paragraph", "runs": [{"text": "She typed this."}]})
    return {"version": shown["version"], "document": shown["document"]}


TEXT = """Your First Session

It is natural to feel nervous.

{first}

Nobody is judged here, and nobody is hurried.
"""


def waiting(studio: Studio, first: str = "We sit down together.") -> str:
    return incoming.take(studio.project, "Session.txt", TEXT.format(first=first).encode())


Act = Callable[[Studio], object]


def newer(studio: Studio) -> Act:
    slug = incoming.keep(
        studio.project, waiting(studio, "We sit down."), {"title": "First"}, frozenset()
    )
    id_ = waiting(studio)
    return lambda it: post(it, f"/incoming/{id_}/newer", f"of={slug}")


def kept(studio: Studio) -> Act:
    id_ = waiting(studio)
    return lambda it: post(it, f"/incoming/{id_}", "title=Another")


def gone_back(studio: Studio, where: str = "versions/1") -> Act:
    file = studio.folder / "source" / f"{SLUG}.md"
    file.write_text(file.read_text("utf-8").replace("You sit down.", "You stand up."), "utf-8")
    version = studio.articles.read(studio.project, file).hash
    return lambda it: post(it, f"/article/{SLUG}/{where}", f"version={version}")


def sent(path: str, body: bytes | str | dict[str, Any], **head: str) -> Callable[[Studio], Act]:
    return lambda studio: lambda it: post(it, path, body, **head)


WRITES: dict[str, Callable[[Studio], Act]] = {
    "words": lambda studio: lambda it: post(it, f"/article/{SLUG}/words", written(it)),
    "practice": sent("/practice", "name=Ann+Example&phone=01632+960+142"),
    "logo": sent("/face/logo", a_picture(), x_name="leaf.png"),
    "picture": sent(f"/article/{SLUG}/picture", a_picture(), x_name="leaf.png"),
    "kept": kept,
    "newer": newer,
    "like": sent("/say-like", {"word": "sit", "like": "sitt"}),
    "voice": sent("/voice", {"voice": "kokoro"}),
    "pace": sent("/pace", {"pace": "slower"}),
    "reading": lambda studio: own_voice_kept,
    "back": gone_back,
    "sentence": lambda studio: gone_back(studio, "versions/1/0"),
    "away": sent(f"/article/{SLUG}/take-away", ""),
    "answers": sent("/answers", f"slug={SLUG}&printer=print-long-edge"),
    "advice": sent(f"/article/{SLUG}/leave", {"key": "0123456789abcdef"}),
}


def own_voice_kept(studio: Studio) -> None:
    """What the address of a reading does, without listening to it."""
    article = read_source(studio.project, studio.path(SLUG)).article
    assert article
    part = own_voice.parts(studio.project, article)[0]
    own_voice.keep_reading(studio.project, article, (part.id, part.lines[0].id), silence())
    studio.versions.keep("read", SLUG, "You read a sentence")


def hers(folder: Path) -> dict[str, bytes]:
    """All that is hers, without what is hidden."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for part in ("source", "audio")
        for path in (folder / part).rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def killed_at(step: int, folder: Path, act: Act) -> bool:
    """Do something in a process that is killed before its `step`th change of a file; whether it
    was.
    """
    child = os.fork()
    if not child:
        try:
            dying(step)
            act(Studio(folder))
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def dying(step: int) -> None:
    """End at the `step`th time that a file is begun, put in its place or taken away."""
    left = [step]

    def counted(do: Callable[..., Any]) -> Callable[..., Any]:
        def then(*given: Any, **more: Any) -> Any:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return do(*given, **more)

        return then

    os.replace = counted(os.replace)
    os.unlink = counted(os.unlink)
    tempfile.mkstemp = counted(tempfile.mkstemp)
    shutil.rmtree = counted(shutil.rmtree)  # type: ignore[assignment]


@posix_only
@pytest.mark.parametrize("what", WRITES)
def test_nothing_is_lost_whenever_it_is_killed(tmp_path: Path, what: str) -> None:
    ready, done = write_practice(tmp_path / "ready"), tmp_path / "done"
    studio = Studio(ready)
    studio.begin()
    act = WRITES[what](studio)
    shutil.copytree(ready, done)
    act(Studio(done))
    before, after = hers(ready), hers(done)
    names = {*before, *after}
    for step in range(1, MOST_STEPS):
        folder = tmp_path / f"at-{step}"
        shutil.copytree(ready, folder)
        if not killed_at(step, folder, act):
            break
        now = hers(folder)
        for name in names:
            assert now.get(name) in (before.get(name), after.get(name)), (step, name)
        again = Studio(folder)
        again.begin()
        titles = {each.title for each in again.articles.entries(again.project)}
        assert what == "away" or "A Quiet Hour" in titles
        for name in {*before} - {*now}:
            assert any(name in each.files for each in again.versions.all()), name
        shutil.rmtree(folder)
    else:
        pytest.fail("it never ended")


@pytest.mark.parametrize("what", WRITES)
def test_a_full_disk_is_one_line_whatever_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """It is full half-way through the first file that is written after any number of others."""
    ready, done = write_practice(tmp_path / "ready"), tmp_path / "done"
    studio = Studio(ready)
    studio.begin()
    act = WRITES[what](studio)
    shutil.copytree(ready, done)
    act(Studio(done))
    before, after = hers(ready), hers(done)
    for spare in range(MOST_STEPS):
        folder = tmp_path / f"after-{spare}"
        shutil.copytree(ready, folder)
        with monkeypatch.context() as patch:
            full_after(patch, [spare])
            said = told(act, folder)
        if said is None:
            break
        assert said == FULL, (spare, said)
        now = hers(folder)
        assert spare > 0 or now == before
        assert not list(folder.rglob("*.part")), "what was half written is taken away"
        assert all(now.get(name) in (before.get(name), after.get(name)) for name in now)
        assert told(act, folder) is None, "once there is room again"
        now = hers(folder)
        articles = [name for name in after if re.fullmatch(r"source/[^/]+\.md", name)]
        assert all(now[name] == after[name] for name in articles)
    else:
        pytest.fail("it never had room")
    assert hers(folder) == after


def full_after(monkeypatch: pytest.MonkeyPatch, room: list[int]) -> None:
    """Let a disk be full once so many files were written."""
    write = Path.write_bytes

    def write_bytes(path: Path, content: bytes) -> int:
        if room[0] == 0:
            write(path, content[: len(content) // 2])
            raise OSError(errno.ENOSPC, "No space left on device")
        room[0] -= 1
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", write_bytes)


def told(act: Act, folder: Path) -> str | None:
    """What is said of a fault; None where all was well."""
    try:
        answer = act(Studio(folder))
    except OSError as error:  # a screen tells it so
        return answering.told(error)
    body = bytes(getattr(answer, "body", b"")).decode()
    if getattr(answer, "status_code", 200) < 400:
        return None
    return FULL if FULL in body else body


def test_what_was_half_written_is_cleared_away_later(practice: Path) -> None:
    part = practice / "source" / ".abc.part"
    fresh = practice / "source" / ".def.part"
    dropped = practice / ".leafcast" / "studio" / "incoming" / "0123456789abcdef"
    dropped.mkdir(parents=True)
    for path in (part, fresh):
        path.write_bytes(b"half")
    long_ago = time.time() - tidying.WAITS_SECONDS - 60
    for path in (part, dropped):
        os.utime(path, (long_ago, long_ago))
    before = hers(practice)
    tidying.tidy(practice)
    assert not part.exists() and not dropped.exists() and fresh.exists()
    assert hers(practice) == before
    assert load_project(practice)
