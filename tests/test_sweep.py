"""What nothing needs any more leaves the store by itself, and nothing else does."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leafcast.build import sweep as sweeping
from leafcast.build.pipeline import Outcome, build
from leafcast.commands.build import show_outcome
from leafcast.document.artifact import EditionRecord, Manifest
from leafcast.document.report import Report
from leafcast.execution.request import Request, Silent
from leafcast.narration.kept import KIND as NARRATIONS
from leafcast.narration.kept import keep_narrations, read_narration
from leafcast.practice.project import load_project
from leafcast.state.cache import Cache, noting
from leafcast.state.store import State, open_state
from leafcast.state.uses import KIND, SUPERSEDED, Needed, forget_superseded, keep_uses, unknown
from tests.conftest import write_practice

DAY = sweeping.DAY_SECONDS
ONE, TWO = EditionRecord({"article": "1"}, ()), EditionRecord({"article": "2"}, ())


@pytest.fixture
def state() -> Iterator[State]:
    kept = State(None)
    yield kept
    kept.close()


# ---------------------------------------------------------------- uses


def standing(**editions: EditionRecord) -> Manifest:
    return Manifest({"hour": "An Hour"}, {"hour": editions})


def test_what_stands_needs_what_it_was_made_from(state: State) -> None:
    keep_uses(state, "hour", {"sections": ONE, "episode": ONE}, {"cache/clips/ab/abc"})
    keep_uses(state, "hour", {"episode": TWO}, {"cache/mp3/cd/cde"})
    needed = Needed(state)
    assert "cache/clips/ab/abc" in needed and "cache/mp3/cd/cde" in needed
    assert "cache/clips/ab/abd" not in needed and "cache/mp3/ab/abc" not in needed


def forget(state: State, manifest: Manifest, days: float) -> Needed:
    forget_superseded(state, manifest, days * DAY, 30 * DAY)
    return Needed(state)


def test_a_use_holds_as_long_as_one_of_its_editions_stands(state: State) -> None:
    keep_uses(state, "hour", {"sections": ONE, "episode": ONE}, {"old"})
    keep_uses(state, "hour", {"episode": TWO}, {"new"})
    for days in (0, 1000):
        needed = forget(state, standing(sections=ONE, episode=TWO), days)
        assert "old" in needed and "new" in needed
    after = standing(sections=TWO, episode=TWO)
    assert "old" in forget(state, after, 2000) and "old" in forget(state, after, 2029)
    needed = forget(state, after, 2031)
    assert "old" not in needed and "new" in needed
    forget(state, Manifest(), 3000)
    assert "new" not in forget(state, Manifest(), 3031)
    assert not state.keys(KIND) and not state.keys(SUPERSEDED)


def test_what_stands_again_is_not_superseded(state: State) -> None:
    keep_uses(state, "hour", {"episode": ONE}, {"old"})
    forget(state, standing(episode=TWO), 0)
    forget(state, standing(episode=ONE), 20)
    assert "old" in forget(state, standing(episode=TWO), 40)
    assert "old" in forget(state, standing(episode=TWO), 60)
    assert "old" not in forget(state, standing(episode=TWO), 71)


def test_another_articles_use_is_not_this_ones(state: State) -> None:
    keep_uses(state, "other", {"episode": ONE}, {"its"})
    forget(state, standing(episode=ONE), 0)
    assert "its" not in forget(state, standing(episode=ONE), 31)


def test_of_what_was_made_before_it_is_said_that_it_is_unknown(state: State) -> None:
    keep_uses(state, "hour", {"episode": ONE}, {"x"})
    assert not unknown(state, standing(episode=ONE), {"episode"})
    assert unknown(state, standing(episode=TWO), {"episode"})
    assert unknown(state, standing(episode=ONE, sections=ONE), {"episode", "sections"})
    assert not unknown(state, standing(episode=ONE, a4=ONE), {"episode", "sections"})


def test_a_build_that_made_nothing_notes_nothing(state: State) -> None:
    keep_uses(state, "hour", {}, {"x"})
    assert not state.keys(KIND)


@settings(max_examples=25)
@given(st.sets(st.text()), st.text())
def test_all_that_was_noted_is_needed_and_little_else(names: set[str], other: str) -> None:
    state = State(None)
    keep_uses(state, "hour", {"episode": ONE}, names)
    needed = Needed(state)
    assert all(name in needed for name in names)
    assert (other in needed) == (other in names)
    state.close()


def test_what_is_asked_for_is_noted_by_its_name(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    others = [Cache(tmp_path / name) for name in ("another", "caches", "other")]
    cache.write("clips", "ab1", b"before")
    with noting() as outer:
        cache.read("mp3", "cd1")
        with noting() as inner:
            cache.has("clips", "ab1")
            cache.write("opus", "ef1", b"sound")
            for each in others:
                each.read("program", "gh1")
    assert inner == {"cache/clips/ab/ab1", "cache/opus/ef/ef1"}
    assert outer == {"cache/mp3/cd/cd1"}


@pytest.mark.parametrize("days", [-40, -2, 2, 40])
def test_what_is_used_is_not_old(tmp_path: Path, days: int) -> None:
    cache = Cache(tmp_path / "cache")
    for key, use in (("ab1", cache.has), ("ab2", cache.read)):
        cache.write("clips", key, b"sound")
        path = cache.path("clips", key)
        os.utime(path, (0, time.time() + days * DAY))
        assert use("clips", key)
        assert abs(path.stat().st_mtime - time.time()) < DAY / 2


@pytest.mark.parametrize("days", [-0.9, 0.9])
def test_what_was_used_today_is_not_marked_again(tmp_path: Path, days: float) -> None:
    """A build of thousands of entries writes to none of them."""
    cache = Cache(tmp_path / "cache")
    cache.write("clips", "ab1", b"sound")
    path, then = cache.path("clips", "ab1"), int(time.time() + days * DAY)
    os.utime(path, (then, then))
    assert cache.has("clips", "ab1") and cache.read("clips", "ab1")
    assert path.stat().st_mtime == then


# ---------------------------------------------------------------- whole builds


@pytest.fixture(scope="module", autouse=True)
def own_user_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("user")))
        yield


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    practice = write_practice(tmp_path_factory.mktemp("sweep") / "practice")
    assert make(practice).report.exit_code == 0
    return practice


@pytest.fixture
def made(made_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made_once, tmp_path / "practice"))


def make(practice: Path) -> Outcome:
    request = Request(editions=("sections",), jobs=1)
    return build(load_project(practice), request, Silent(), Report())


def later(practice: Path, days: float = 60) -> None:
    """Let all in the store be older, and the time to look through it be there."""
    for path in (practice / ".leafcast").rglob("*"):
        if path.is_file() and not path.name.startswith("state"):
            then = path.stat().st_mtime - days * DAY
            os.utime(path, (then, then))
    with open_state(practice / ".leafcast") as state:
        last = int(state.read(sweeping.KIND, sweeping.KIND) or b"0")
        state.write(sweeping.KIND, sweeping.KIND, str(int(last - days * DAY)).encode())
        for key, since in state.read_all(SUPERSEDED).items():
            state.write(SUPERSEDED, key, str(float(since) - days * DAY).encode())


def clips(practice: Path) -> set[str]:
    return {p.name for p in (practice / ".leafcast/cache/clips").rglob("*") if p.is_file()}


def put(path: Path, content: bytes = b"old") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_what_stands_keeps_all_it_was_made_from(made: Path) -> None:
    there, stray = clips(made), put(made / ".leafcast/cache/clips/00/00stray", b"12345678")
    parts = [put(made / f".leafcast/{each}/x/.a.part") for each in ("cache/clips", "templates")]
    blob = put(made / ".leafcast/shared/blobs/ab/abc")
    shared = put(made / ".leafcast/shared/cache/clips/00/00stray")
    others = [put(made / name) for name in ("audio/stray.wav", ".leafcast/versions/1.json")]
    assert make(made).freed_bytes == 0  # it is not yet time
    later(made)
    outcome = make(made)
    assert outcome.freed_bytes >= 8 + 3 * 4
    assert clips(made) == there and there
    assert not any(path.exists() for path in (stray, *parts, blob, shared))
    assert all(path.exists() for path in others)
    assert make(made).freed_bytes == 0


def test_what_an_edit_left_behind_goes_after_a_month(made: Path) -> None:
    source = made / "source/quiet-hour.md"
    text, before = source.read_text("utf-8"), clips(made)
    source.write_text(text.replace("You go home.", "You walk home slowly."), "utf-8")
    make(made)
    later(made, days=10)
    make(made)
    assert clips(made) > before  # whoever takes it back finds it there
    later(made)
    make(made)
    assert before - clips(made) and clips(made) - before
    source.write_text(text, "utf-8")
    assert make(made).report.exit_code == 0
    assert clips(made) >= before


def test_where_it_is_unknown_what_a_publication_needs_all_stays(made: Path) -> None:
    stray = put(made / ".leafcast/cache/clips/00/00other")
    with open_state(made / ".leafcast") as state:
        state.forget(KIND, state.keys(KIND))
    later(made)
    assert make(made).freed_bytes == 0 and stray.exists()
    stray.unlink()


def test_a_link_out_of_the_store_is_not_followed(tmp_path: Path) -> None:
    mine = put(tmp_path / "mine/letter.txt")
    os.utime(mine, (0, 0))
    (tmp_path / "store").mkdir()
    (tmp_path / "store/cache").symlink_to(tmp_path / "mine")
    (tmp_path / "other/cache").mkdir(parents=True)
    link = tmp_path / "other/cache/link"
    link.symlink_to(tmp_path / "mine")
    for root in ("store", "other"):
        sweeping._swept(tmp_path / root, ("cache",), time.time(), lambda name: False)
    assert mine.exists()


@pytest.mark.parametrize(
    ("age", "needed", "stays"),
    [(29.9, False, True), (30.1, False, False), (30.1, True, True), (-500, False, True)],
)
def test_the_limits(tmp_path: Path, age: float, *, needed: bool, stays: bool) -> None:
    path, now = put(tmp_path / "cache/clips/ab/abc"), time.time()
    os.utime(path, (now - age * DAY,) * 2)
    asked: list[str] = []
    freed = sweeping._swept(
        tmp_path,
        ("cache",),
        now,
        lambda name: asked.append(name) or needed,  # type: ignore[func-returns-value]
    )
    assert path.exists() == stays and freed == (0 if stays else 3)
    assert asked == (["cache/clips/ab/abc"] if age > 30 else [])


def test_half_of_a_file_is_nobodys_after_a_day(tmp_path: Path) -> None:
    now = time.time()
    for age, stays in ((0.9, True), (1.1, False)):
        path = put(tmp_path / "cache/clips/ab/.abc.part")
        os.utime(path, (now - age * DAY,) * 2)
        sweeping._swept(tmp_path, ("cache",), now, lambda name: True)
        assert path.exists() == stays


@pytest.mark.parametrize(
    ("last", "due"), [(None, False), (-8, True), (-6.9, False), (0, False), (8, True)]
)
def test_it_is_looked_through_once_a_week(state: State, last: float | None, *, due: bool) -> None:
    now = time.time()
    if last is not None:
        state.write(sweeping.KIND, sweeping.KIND, str(int(now + last * DAY)).encode())
    assert sweeping._is_due(state, now) == due
    assert not sweeping._is_due(state, now) or due


def test_it_is_told_in_one_line(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outcome = Outcome(Report(), freed_bytes=45_200_000)
    show_outcome(outcome, load_project(made), quiet=False, full=False, files=False)
    assert capsys.readouterr().out.startswith("Made room: 45.2 MB of sound and pictures")
    show_outcome(
        replace(outcome, freed_bytes=0), load_project(made), quiet=False, full=False, files=False
    )
    assert "Made room" not in capsys.readouterr().out


# ---------------------------------------------------------------- narrations


def test_a_narration_leaves_with_its_article_and_a_damaged_one_says_nothing(state: State) -> None:
    for slug in ("hour", "gone"):
        state.write(NARRATIONS, slug, b'{"passages": []}')
    keep_narrations(state, {"hour", "new"})
    assert state.keys(NARRATIONS) == {"hour"}
    assert read_narration(state, "hour") is None and read_narration(state, "gone") is None
    state.write(NARRATIONS, "hour", b"no JSON")
    assert read_narration(state, "hour") is None
