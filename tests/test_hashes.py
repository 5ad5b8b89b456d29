"""Hashes of files in dist/: right whatever was done to a file, and not reckoned twice."""

from __future__ import annotations

import hashlib
import json
import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leafcast.checks.files import check_files
from leafcast.document.artifact import EditionRecord, FileRecord, Manifest
from leafcast.practice.project import Project, load_project
from leafcast.state import hashes
from leafcast.state.hashes import file_hash, is_as_made, is_intact, know, remembering
from leafcast.state.store import FILE, open_state


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read, from a fresh start."""
    names: list[str] = []
    real = hashes.read_hash

    def counted(path: Path) -> str:
        names.append(path.name)
        return real(path)

    monkeypatch.setattr(hashes, "read_hash", counted)
    monkeypatch.setattr(hashes, "_current", hashes.Hashes(Path()))
    monkeypatch.setattr(hashes, "SETTLED_NS", 0)
    return names


@pytest.fixture
def project(practice: Path) -> Project:
    project = load_project(practice)
    (project.dist / "quiet-hour").mkdir(parents=True)
    for name in ("a.mp3", "b.mp3"):
        (project.dist / "quiet-hour" / name).write_bytes(name.encode() * 99)
    return project


def look(project: Project) -> None:
    """A build that asks after both files, in a process of its own."""
    with open_state(project.work) as state, remembering(project.dist, state):
        for path in sorted((project.dist / "quiet-hour").iterdir()):
            file_hash(path)


def test_a_file_that_stands_is_read_once_in_all_builds(project: Project, reads: list[str]) -> None:
    look(project)
    look(project)
    assert reads == ["a.mp3", "b.mp3"]
    path = project.dist / "quiet-hour/a.mp3"
    with open_state(project.work) as state, remembering(project.dist, state):
        assert file_hash(path) == hashlib.sha256(path.read_bytes()).hexdigest()
    assert len(reads) == 2


@pytest.mark.parametrize("which", [1, 2])
def test_a_file_of_the_future_is_read_each_time(
    project: Project, reads: list[str], which: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the time of its content or of its entry, it was just written."""
    times = [1, 1, 1, 1]
    times[which] = time.time_ns() + 10**12
    monkeypatch.setattr(hashes, "state_of", lambda path: tuple(times))
    look(project)
    look(project)
    assert reads == ["a.mp3", "b.mp3"] * 2


@pytest.mark.parametrize("sha256", ["0" * 64, "f" * 64, ""])
def test_a_file_of_another_hash_is_not_as_made(project: Project, sha256: str) -> None:
    record = FileRecord("quiet-hour/a.mp3", 495, "audio/mpeg", sha256)
    assert not is_intact(project.dist, record) and not is_as_made(project.dist, record)


@pytest.mark.parametrize("how", ["in place", "replaced", "cut short", "same size, old times"])
def test_a_file_that_was_touched_is_read_again(
    project: Project, reads: list[str], how: str
) -> None:
    path = project.dist / "quiet-hour/a.mp3"
    look(project)
    stat, content = path.stat(), b"c" * path.stat().st_size
    match how:
        case "in place":
            with path.open("r+b") as file:
                file.write(b"c")
        case "cut short":
            path.write_bytes(content[:-1])
        case "replaced":
            (path.parent / "new").write_bytes(content)
            os.replace(path.parent / "new", path)
        case _:
            path.write_bytes(content)
            os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert file_hash(path) == hashlib.sha256(path.read_bytes()).hexdigest()
    look(project)
    assert reads[2:] == ["a.mp3", "a.mp3"]  # what was learnt outside a build is forgotten


@pytest.mark.parametrize("damaged", [b"", b"{", b"SQLite format 3\0", b"\xff" * 9000])
def test_what_was_kept_and_is_damaged_costs_a_reading(
    project: Project, reads: list[str], damaged: bytes
) -> None:
    look(project)
    (project.work / FILE).write_bytes(damaged)
    look(project)
    assert reads == ["a.mp3", "b.mp3"] * 2


def test_what_is_gone_is_not_kept(project: Project, reads: list[str]) -> None:
    look(project)
    (project.dist / "quiet-hour/a.mp3").unlink()
    (project.dist / "quiet-hour/c.mp3").write_bytes(b"new")
    look(project)
    with open_state(project.work) as state:
        kept = json.loads(state.read(hashes.KIND, "dist/quiet-hour") or b"")
    assert set(kept) == {"quiet-hour/b.mp3", "quiet-hour/c.mp3"}


def test_a_file_that_was_put_in_its_place_is_not_read(project: Project, reads: list[str]) -> None:
    path = project.dist / "quiet-hour/a.mp3"
    know(path, "its hash")
    assert (file_hash(path), reads) == ("its hash", [])


def test_a_file_that_was_just_written_is_read_each_time(
    project: Project, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hashes, "SETTLED_NS", 60_000_000_000)
    look(project)
    look(project)
    assert reads == ["a.mp3", "b.mp3"] * 2


@pytest.mark.parametrize(("seconds", "times"), [(1, 2), (10, 1)])
def test_a_file_that_stood_for_seconds_is_read_once(
    project: Project, monkeypatch: pytest.MonkeyPatch, seconds: int, times: int
) -> None:
    then = time.time_ns() - seconds * 10**9
    monkeypatch.setattr(hashes, "state_of", lambda path: (1, then, then, 1))
    monkeypatch.setattr(hashes.time, "time_ns", lambda: then + seconds * 10**9)
    read: list[Path] = []
    real = hashes.read_hash
    monkeypatch.setattr(hashes, "read_hash", lambda path: (read.append(path), real(path))[1])
    kept = hashes.Hashes(project.dist)
    for _ in range(2):
        kept.of(project.dist / "quiet-hour/a.mp3")
    assert len(read) == times


@given(content=st.binary(max_size=40), other=st.binary(max_size=40))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_the_hash_is_always_that_of_the_bytes(tmp_path: Path, content: bytes, other: bytes) -> None:
    path = tmp_path / "file"
    for each in (content, other):
        path.unlink(missing_ok=True)
        path.write_bytes(each)
        assert file_hash(path) == hashlib.sha256(each).hexdigest()


def test_a_check_reads_every_byte_whatever_the_disk_says(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bit that turned by itself changes no time: a build overlooks it, a check does not."""
    path = project.dist / "quiet-hour/a.mp3"
    record = FileRecord("quiet-hour/a.mp3", path.stat().st_size, "audio/mpeg", file_hash(path))
    monkeypatch.setattr(hashes, "state_of", lambda path: (1, 2, 3, 4))
    know(path, record.sha256)
    path.write_bytes(b"d" * record.bytes)
    assert is_intact(project.dist, record) and not is_as_made(project.dist, record)
    manifest = Manifest().with_publication("quiet-hour", "", {"a": EditionRecord({}, (record,))})
    assert [finding.code for finding in check_files(project.dist, manifest)] == ["file-changed"]
    path.write_bytes(b"a.mp3" * 99)
    assert is_as_made(project.dist, record)
    path.unlink()
    assert not is_as_made(project.dist, record)
