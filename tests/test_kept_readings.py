"""Readings that are kept: the same article as when it is read anew, and read anew when it changed."""

from __future__ import annotations

import os
import pickle
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from leafcast.document.article import Reading
from leafcast.document.report import Report
from leafcast.practice.project import load_project
from leafcast.readers import READERS, folder, readings
from leafcast.readers.folder import read_articles
from leafcast.readers.markdown import read_markdown  # noqa: F401  (a reader of another package)
from leafcast.readers.readings import KIND, KeptReadings
from leafcast.state import hashes
from leafcast.state.store import State, open_state
from tests.conftest import CASES

LONG_AGO = 1_700_000_000


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[State]:
    monkeypatch.setattr(hashes, "_current", hashes.Hashes(Path()))
    with open_state(tmp_path / "work") as opened:
        yield opened


@pytest.fixture
def torture(practice: Path) -> Path:
    """A practice whose one article has everything that an article can have, with a picture."""
    (practice / "source/quiet-hour.md").unlink()
    for name in ("torture.md", "armchairs.png"):
        shutil.copy(CASES / name, practice / "source")
    for path in (practice / "source").iterdir():
        os.utime(path, (LONG_AGO, LONG_AGO))
    return practice


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are read anew."""
    found: list[str] = []
    real = folder.read_article

    def read(path: Path, source: Path) -> Reading:
        found.append(path.name)
        return real(path, source)

    monkeypatch.setattr(folder, "read_article", read)
    return found


def read_all(practice: Path, state: State | None, rules: str = "r1") -> tuple[object, Report]:
    project, report = load_project(practice), Report()
    known = KeptReadings(project.source, state, rules) if state else None
    return read_articles(project, report, (), known), report


def test_what_is_kept_is_what_is_read(torture: Path, state: State, reads: list[str]) -> None:
    anew, found = read_all(torture, None)
    first, told = read_all(torture, state)
    again, told_again = read_all(torture, state)
    assert reads == ["torture.md", "torture.md"]  # not a third time
    assert first == again == anew
    assert told.findings == told_again.findings == found.findings


CHANGES: dict[str, Callable[[Path], object]] = {
    "a word": lambda p: (p / "torture.md").write_text((p / "torture.md").read_text() + "\nMore.\n"),
    "the picture": lambda p: (p / "armchairs.png").write_bytes(b"x"),
    "the picture gone": lambda p: (p / "armchairs.png").unlink(),
    "a picture that came": lambda p: shutil.copy(CASES / "armchairs.png", p / "more.png"),
    "a picture in a folder": lambda p: (p / "in").mkdir() or (p / "in/x.png").write_bytes(b"x"),
    "another name": lambda p: (p / "torture.md").rename(p / "other.md"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_read(torture: Path, state: State, reads: list[str], change: str) -> None:
    read_all(torture, state)
    CHANGES[change](torture / "source")
    reads.clear()
    changed, _ = read_all(torture, state)
    assert len(reads) == 1
    assert changed == read_all(torture, None)[0]


def test_another_program_reads_anew(torture: Path, state: State, reads: list[str]) -> None:
    read_all(torture, state)
    read_all(torture, state, "r2")
    assert len(reads) == 2


def test_what_is_gone_is_forgotten(torture: Path, state: State) -> None:
    read_all(torture, state)
    (torture / "source/torture.md").unlink()
    read_all(torture, state)
    assert not state.keys(KIND)


def test_a_file_saved_while_it_is_read_is_not_kept(
    torture: Path, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, path = folder.read_article, torture / "source/torture.md"
    before = path.read_text("utf-8")

    def read(asked: Path, source: Path) -> Reading:
        path.write_text(before + "\nSaved meanwhile.\n", encoding="utf-8")
        return real(asked, source)

    monkeypatch.setattr(folder, "read_article", read)
    read_all(torture, state)
    monkeypatch.setattr(folder, "read_article", real)
    path.write_text(before, encoding="utf-8")
    os.utime(path, (LONG_AGO, LONG_AGO))
    assert read_all(torture, state)[0] == read_all(torture, None)[0]


def test_a_link_is_read_each_time(torture: Path, state: State, reads: list[str]) -> None:
    (torture / "source/linked.md").symlink_to("torture.md")
    read_all(torture, state)
    reads.clear()
    read_all(torture, state)
    assert reads == ["linked.md"]


def test_a_reader_of_another_package_reads_each_time(
    torture: Path, state: State, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hash of our readers says nothing of it."""
    there = replace(READERS[".md"], function="tests.test_kept_readings:read_markdown")
    monkeypatch.setitem(READERS, ".md", there)
    read_all(torture, state)
    read_all(torture, state)
    assert len(reads) == 2


class Harm:
    def __reduce__(self) -> tuple[object, tuple[str, ...]]:
        return os.system, ("touch /nowhere/harm",)


@pytest.mark.parametrize(
    "harm",
    [
        pickle.dumps(Harm()),
        pickle.dumps(os.getcwd),
        pickle.dumps(Path("x")),
        b"cleafcast.document.article\nreplace\n.",  # a function that is imported there
        b"cleafcast.document.report\ndataclass\n.",
        pickle.dumps(date(2026, 1, 1)),
        b"", b"\x80", b"garbage", pickle.dumps(None), pickle.dumps({}),
    ],
)  # fmt: skip
def test_nothing_else_comes_of_what_is_kept(
    torture: Path, state: State, reads: list[str], harm: bytes
) -> None:
    """A row that somebody made, with a hash that fits it."""
    read_all(torture, state)
    (row,) = state.read_all(KIND).values()
    state.write(KIND, "torture.md", row[:40] + harm)
    again, _ = read_all(torture, state)
    assert reads == ["torture.md", "torture.md"]
    assert again == read_all(torture, None)[0]
    assert readings._unpacked(harm) is None
