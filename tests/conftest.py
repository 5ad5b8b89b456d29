"""A practice to test with: small, quick, and told by the `tone` voice."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

from leafcast.braille import liblouis
from leafcast.editions.table import EDITIONS
from leafcast.execution.workers import start_with
from leafcast.state.cache import sharing, write_beside
from tests.speeds import SPEEDS, imports_of, speed

settings.register_profile("leafcast", deadline=None)
settings.load_profile("leafcast")
"""Other work on the machine makes no example wrong; what must be quick is tested in CPU time."""

ROOT = Path(__file__).parent.parent
start_with((
    "leafcast.checks.preload", "leafcast.narration.voice_pool", "leafcast.studio.seeing",
    "leafcast.studio.judging", "leafcast.studio.hearing",
))  # fmt: skip
"""Processes of every pool start with what each of them needs: it is imported once in a test run."""
ARTICLE = ROOT / "source" / "therapeutic-relationship.md"
CASES = ROOT / "tests" / "cases" / "articles"

TODAY = "1795478400"
"""24 November 2026, in seconds since 1970."""

PRACTICE = """\
[practice]
name = "Jo Example"
description = "Counsellor"
website = "https://example.org"

[contact]
invitation = "Please visit the website to get in touch."

[[crisis]]
name = "Samaritans"
how = "Call 116 123"

[sound]
voice = "tone"
"""

SHORT_ARTICLE = """\
---
title: A Quiet Hour
author: Jo Example
published: 2026-03-01
review: 2028-03-01
summary: What an hour of therapy is like.
---

This is how it begins. It is a quiet hour.

## What happens

You sit down. You may bring:

- a worry
- a question

## What comes after

You go home. Nothing has to be decided.
"""


UNASKED = {
    name
    for name, edition in EDITIONS.items()
    if not edition.on_request and (liblouis.version() or not edition.needs)
}
"""The editions a build makes on this machine when none is named: braille only with liblouis."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Say of each test how quick it is, and let the quick ones come first; see `tests.speeds`."""
    for item in items:
        marks = {mark.name for mark in item.iter_markers()}
        fixtures = getattr(item, "fixturenames", ())
        item.add_marker(speed(marks, imports_of(item.path), fixtures))
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> tuple[int, bool]:
    """When a test is run: the quick first; the neural voice before the other integration tests, so
    that it is not what one process is left with at the end.
    """
    its_speed = next(each for each in SPEEDS if item.get_closest_marker(each))
    return SPEEDS.index(its_speed), item.get_closest_marker("slow") is None


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI everything must be there: a test that was skipped is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if os.environ.get("CI") and skipped and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def _still_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test runs on the same day: 24 November 2026."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY)


def write_practice(folder: Path) -> Path:
    """A practice's folder with one short article, `quiet-hour`."""
    (folder / "source").mkdir(parents=True)
    (folder / "source" / "practice.toml").write_text(PRACTICE, encoding="utf-8")
    (folder / "source" / "quiet-hour.md").write_text(SHORT_ARTICLE, encoding="utf-8")
    return folder


@pytest.fixture
def practice(tmp_path: Path) -> Path:
    """A practice with one short article, which nothing was made of yet."""
    return write_practice(tmp_path / "practice")


TALKING = """
[podcast]
title = "Talking & listening"
sections = true
licence = "CC-BY-NC-4.0"
"""


def of_all_workers(factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of a test run have together."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@dataclass(frozen=True, slots=True)
class Together:
    """What its content alone decides and takes long to make: made once in a test run."""

    folder: Path

    def has(self, name: str) -> bool:
        return (self.folder / name).is_file()

    def read(self, name: str) -> bytes | None:
        try:
            return (self.folder / name).read_bytes()
        except OSError:
            return None

    def write(self, name: str, content: bytes) -> None:
        if name.split("/")[1] in TOGETHER:
            with suppress(OSError):  # as a test has it whose disk is full
                write_beside(self.folder / name, content)


TOGETHER = ("woff2", "covers", "pictures", "mp3", "aac", "opus", "levels", "power")
"""The kinds of a cache that are shared: fonts and pictures, and sound encoded and measured. Not what
voices said or checks found, which tests count."""


ALONE = frozenset({
    "test_benchmarks", "test_blobs", "test_cache", "test_cancel", "test_cluster", "test_elsewhere",
    "test_ffmpeg", "test_files", "test_hashes", "test_hostile", "test_killed", "test_kills",
    "test_levels", "test_little_memory", "test_mastering", "test_opening", "test_own_pictures",
    "test_owners_face", "test_quick", "test_sound_in_parts", "test_sweep",
})  # fmt: skip
"""Files of tests that are about sound, pictures or caches themselves, that kill or measure builds, or
count what those open: theirs is all made there."""


@pytest.fixture(scope="module", autouse=True)
def _made_together(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Builds find what those of other tests made; see `made_here`."""
    if request.path.stem in ALONE:
        yield
        return
    with sharing(Together(of_all_workers(tmp_path_factory) / "together")):
        yield


@pytest.fixture
def made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is made is made in this test: nothing of it comes from another."""
    monkeypatch.setattr("leafcast.state.cache._shared", None)


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice with pages, sound and feeds of the first article and of `torture`, which has
    everything that an article can have: made once for all tests, which may only read it."""
    shared = of_all_workers(tmp_path_factory)
    folder = shared / "published"
    with FileLock(shared / "published.lock"):
        if not folder.exists():
            practice = write_practice(tmp_path_factory.mktemp("published") / "practice")
            _publish(practice).rename(folder)
    return folder


def _publish(practice: Path) -> Path:
    from tests.test_pipeline import run

    (practice / "source" / "quiet-hour.md").unlink()
    for path in (ARTICLE, CASES / "torture.md", CASES / "armchairs.png"):
        shutil.copy(path, practice / "source")
    email = '[contact]\nemail = "jo@example.org"'
    settings = PRACTICE.replace("[contact]", email) + TALKING
    (practice / "source" / "practice.toml").write_text(settings, encoding="utf-8")
    editions = ("page", "sections", "episode", "slower", "podcast", "library")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", TODAY)
        outcome = run(practice, editions=editions)
    assert outcome.report.exit_code == 0, outcome.report.findings
    return practice


@pytest.fixture(scope="session")
def cores() -> int:
    """How many processes a test may use."""
    return min(2, os.cpu_count() or 1)
