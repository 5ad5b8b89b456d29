"""A practice to test with: small, quick, and told by the `tone` voice."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

from leafcast.braille import liblouis
from leafcast.editions.table import EDITIONS
from leafcast.execution.workers import start_with
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


def share_sound(practice: Path, factory: pytest.TempPathFactory) -> Path:
    """Let a practice use the sound that another has encoded and measured, which takes long."""
    for kind in ("mp3", "aac", "opus", "levels"):
        shared = of_all_workers(factory) / "sound" / kind
        shared.mkdir(parents=True, exist_ok=True)
        (practice / ".leafcast" / "cache").mkdir(parents=True, exist_ok=True)
        (practice / ".leafcast" / "cache" / kind).symlink_to(shared, target_is_directory=True)
    return practice


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice with pages, sound and feeds of the first article and of `torture`, which has
    everything that an article can have: made once for all tests, which may only read it."""
    shared = of_all_workers(tmp_path_factory)
    folder = shared / "published"
    with FileLock(shared / "published.lock"):
        if not folder.exists():
            practice = write_practice(tmp_path_factory.mktemp("published") / "practice")
            _publish(share_sound(practice, tmp_path_factory)).rename(folder)
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
