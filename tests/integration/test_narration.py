"""The real article in the default voice, heard by a machine and measured as delivered."""

from __future__ import annotations

import shutil
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from leafcast.build.parts import SITE
from leafcast.build.pipeline import Outcome, build, check_project
from leafcast.checks.sound import measure_levels
from leafcast.document.report import Report
from leafcast.execution.request import Request, Silent, available_cores
from leafcast.narration.clips import KIND
from leafcast.narration.listening.proof import Heard, listen, said_parts, word_errors
from leafcast.narration.model import Utterance
from leafcast.narration.narrate import clip_reader, tell
from leafcast.narration.sound.rates import HEARING_RATE_HZ
from leafcast.narration.sound.wave import decode
from leafcast.page.media import mp3_seconds
from leafcast.practice.project import Project, load_project
from leafcast.readers import read_article
from leafcast.state.cache import Cache
from tests.conftest import ARTICLE, ROOT, UNASKED
from tests.integration.conftest import said_by_all
from tests.integration.dnsmos import overall

pytestmark = [pytest.mark.integration, pytest.mark.slow]
SLUG = ARTICLE.stem


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Outcome]:
    folder = tmp_path_factory.mktemp("whole")
    shutil.copytree(ROOT / "source", folder / "source")
    settings = folder / "source/practice.toml"  # a second telling would take as long as the first
    settings.write_text(settings.read_text("utf-8").replace("slower = true", "slower = false"))
    clips = folder / ".leafcast" / "cache" / KIND
    clips.parent.mkdir(parents=True)
    (said_by_all(tmp_path_factory) / KIND).mkdir(parents=True, exist_ok=True)
    clips.symlink_to(said_by_all(tmp_path_factory) / KIND, target_is_directory=True)
    project = load_project(folder)
    report = Report()
    outcome = build(project, Request(jobs=available_cores()), Silent(), report)
    assert report.exit_code == 0, report.findings
    return project, outcome


def test_every_edition_is_made(built: tuple[Project, Outcome]) -> None:
    _, outcome = built
    made = {made.edition for made in outcome.made if made.new}
    assert made == {*UNASKED, *SITE} - {"slower"}


def test_a_machine_hears_what_was_said(built: tuple[Project, Outcome]) -> None:
    project, _ = built
    article = read_article(ARTICLE, ARTICLE.parent).article
    assert article
    telling = tell(project, article, "")
    cache = Cache(project.work / "cache")
    read = clip_reader(telling.cast, cache)

    def hear(said: Utterance) -> Heard:
        clip = read(said)
        assert clip
        return listen(clip, said, cache)

    said = [each for each in telling.script.utterances if each.spoken]
    with ThreadPoolExecutor(available_cores()) as ears:
        heard = list(ears.map(hear, said))
    pairs = zip(said, heard, strict=True)
    errors = [error for each, found in pairs for error in word_errors(each.spoken, found.text)]
    words = sum(len(said_parts(each.spoken)) for each in said)
    wrong = sum(max(len(a.split()), len(b.split())) for a, b in errors)
    doubted = [each for each in heard if each.differences]
    sys.stdout.write(f"word error {wrong / words:.2%} of {words} words: {errors}\n{doubted}\n")
    assert words > 1000
    assert wrong / words <= 0.01, errors
    assert len(doubted) <= len(said) / 100, doubted


def test_the_check_hears_no_fault_and_hears_nothing_twice(built: tuple[Project, Outcome]) -> None:
    project, _ = built
    report = Report()
    check_project(project, (SLUG,), report, ("listening",))
    found = [each for each in report.findings if each.code in ("said-otherwise", "not-listened")]
    assert len(found) <= 1, found


def test_it_sounds_good_to_a_machine(built: tuple[Project, Outcome]) -> None:
    project, _ = built
    samples = decode(project.dist / SLUG / f"{SLUG}.mp3", HEARING_RATE_HZ)[:, 0]
    quality = overall(samples)
    sys.stdout.write(f"DNSMOS overall {quality:.2f}\n")
    assert quality >= 3.4


def test_the_level_is_as_delivered(built: tuple[Project, Outcome]) -> None:
    project, _ = built
    sound = project.practice.sound
    found = measure_levels(project.dist / SLUG, SLUG, Cache(project.work / "fresh"), sound)
    assert len(found) == 3 + 10  # MP3, M4B and Opus; a file a section
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
