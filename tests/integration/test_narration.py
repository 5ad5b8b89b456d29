"""The real article in the default voice, heard by a machine and measured as delivered."""

from __future__ import annotations

import shutil
import sys

import numpy as np
import pytest

from leafcast.cache import Cache
from leafcast.checks.sound import measure_levels
from leafcast.narration.sound import decode
from leafcast.pipeline import Outcome, Request, available_cores, build, tell
from leafcast.project import Project, load_project
from leafcast.publish.measure import mp3_seconds
from leafcast.readers import read_article
from leafcast.report import Report
from tests.conftest import ARTICLE, ROOT
from tests.integration.listening import heard_words, word_error_rate, word_errors, words_of
from tests.test_interrupted import Silent

pytestmark = [pytest.mark.integration, pytest.mark.slow]
SLUG = ARTICLE.stem


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Outcome]:
    folder = tmp_path_factory.mktemp("whole")
    shutil.copytree(ROOT / "source", folder / "source")
    project = load_project(folder)
    report = Report()
    outcome = build(project, Request(jobs=available_cores()), Silent(), report)
    assert report.exit_code == 0, report.findings
    return project, outcome


def test_every_edition_is_made(built: tuple[Project, Outcome]) -> None:
    _, outcome = built
    assert {made.edition for made in outcome.made if made.new} == {
        "booklet", "trifold", "a4", "large-print", "dyslexia", "test-sheet", "pictures",
        "sections", "episode", "slower",
    }  # fmt: skip


def test_a_machine_hears_what_was_said(built: tuple[Project, Outcome]) -> None:
    project, _ = built
    article = read_article(ARTICLE, ARTICLE.parent).article
    assert article
    script = tell(project, article, "").script
    said = words_of(" ".join(each.spoken for each in script.utterances))
    sections = sorted((project.dist / SLUG / "audio").glob("*.mp3"))
    heard = [word for path in sections for word in heard_words(path)]
    errors = word_errors(said, heard)
    rate = word_error_rate(said, heard)
    sys.stdout.write(f"word error {rate:.2%} of {len(said)} words: {errors}\n")
    assert len(said) > 1000
    assert rate <= 0.01, errors


def test_the_level_is_as_delivered(built: tuple[Project, Outcome]) -> None:
    project, _ = built
    sound = project.practice.sound
    found = measure_levels(project.dist / SLUG, SLUG, Cache(project.work / "fresh"), sound)
    assert len(found) == 14
    for level in found:
        assert not level.whole or level.levels.lufs == pytest.approx(-16, abs=0.5)
        assert level.levels.peak_dbtp <= -1.0
    samples = decode(project.dist / SLUG / f"{SLUG}.mp3")
    assert np.abs(samples).max() < 1.0


def test_the_sections_are_the_episode(built: tuple[Project, Outcome]) -> None:
    project, _ = built
    sections = sorted((project.dist / SLUG / "audio").glob("*.mp3"))
    total = sum(mp3_seconds(path) for path in sections)
    assert total == pytest.approx(mp3_seconds(project.dist / SLUG / f"{SLUG}.mp3"), abs=0.01)
    assert len(sections) == 10


def test_a_second_build_does_nothing(built: tuple[Project, Outcome]) -> None:
    project, _ = built
    outcome = build(project, Request(), Silent(), Report())
    assert not any(made.new for made in outcome.made)
