"""Her own voice in the studio: readings where the command line takes them, and what they are like."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from leafcast.document.article import Article
from leafcast.document.errors import UsageError
from leafcast.document.report import Finding, Severity
from leafcast.narration.narrate import tell
from leafcast.narration.takes import acoustics, listener
from leafcast.narration.takes import decode as recording
from leafcast.narration.takes import reverberation as room
from leafcast.narration.takes.recorded_article import perform
from leafcast.practice.project import Project, load_project
from leafcast.readers.folder import read_source
from leafcast.state.cache import Cache
from leafcast.studio import own_voice
from leafcast.studio.judging import AGAIN, NO_FAULT, NOT_USED, Verdict, judged, verdict_of
from leafcast.studio.versions import Versions
from leafcast.studio.wording import FILE_WORDS
from tests.conftest import write_practice
from tests.recordings import ARTICLE, KnowingEar, in_turn, read, save

SLUG, PART = "quiet-hour", "what-happens"
STOP = "You can stop whenever you like."


@pytest.fixture
def house(tmp_path: Path) -> Path:
    folder = write_practice(tmp_path / "practice")
    (folder / "source" / f"{SLUG}.md").write_text(ARTICLE, "utf-8")
    return folder


@pytest.fixture
def ear(monkeypatch: pytest.MonkeyPatch) -> KnowingEar:
    knowing = KnowingEar()
    monkeypatch.setattr(listener, "find_listener", lambda: (knowing.listener(), ""))
    return knowing


def article_of(house: Path) -> tuple[Project, Article]:
    project = load_project(house)
    article = read_source(project, project.source / f"{SLUG}.md").article
    assert article
    return project, article


def place_of(house: Path, words: str) -> tuple[str, str]:
    part = own_voice.part_of(*article_of(house), PART)
    return PART, next(line.id for line in part.lines if line.words == words)


def keep(house: Path, words: str, sound: bytes) -> Path:
    project, article = article_of(house)
    return own_voice.keep_reading(project, article, place_of(house, words), sound)


def verdict(house: Path, words: str) -> Verdict:
    (found,) = judged(house, house / "source" / f"{SLUG}.md", PART, (place_of(house, words)[1],))
    return found


def test_every_sentence_can_be_read(house: Path) -> None:
    parts = own_voice.parts(*article_of(house))
    assert [part.id for part in parts] == ["introduction", PART, "what-comes-after"]
    assert [line.words for line in parts[1].lines][::5] == ["What happens", STOP]
    assert [line.heading for line in parts[1].lines] == [True, *[False] * 5]
    assert all(part.there == 0 for part in parts)


def test_a_reading_lies_where_the_command_line_takes_it(
    house: Path, ear: KnowingEar, tmp_path: Path
) -> None:
    sound = ear.read(tmp_path / "read.wav", [STOP]).read_bytes()
    file = keep(house, STOP, sound)
    assert file == house / "audio" / "takes" / SLUG / PART / "06-you-can-stop-whenever.wav"
    assert own_voice.part_of(*article_of(house), PART).there == 1
    assert verdict(house, STOP).good
    project, article = article_of(house)
    performance = perform(tell(project, article, ""), Cache(project.work / "cache"))
    assert performance.findings == ()
    (hers,) = (each for each in performance.readings if each.own)
    assert [each.source for each in hers.parts].count("retake") == 1


def test_reading_it_again_leaves_one_file_and_the_choice_is_made_anew(
    house: Path, ear: KnowingEar, tmp_path: Path
) -> None:
    """She may have recorded it herself before, under another of the names that are known."""
    own = house / "audio" / "takes" / SLUG / PART / "6.wav"
    ear.read(own, ["It is another sentence."])
    first = verdict(house, STOP)
    assert (first.good, first.words) == (False, "Other words were heard. Once more?")
    project, article = article_of(house)
    own_voice.choose_use(project, article, place_of(house, STOP), "retake")
    assert verdict(house, STOP).good
    file = keep(house, STOP, ear.read(tmp_path / "a.wav", ["And still another."]).read_bytes())
    assert [each.name for each in own.parent.iterdir()] == [file.name]
    assert not verdict(house, STOP).good


def test_a_reading_is_taken_back_step_by_step(house: Path, ear: KnowingEar, tmp_path: Path) -> None:
    versions = Versions(house)
    versions.begin()
    first = ear.read(tmp_path / "a.wav", [STOP]).read_bytes()
    second = ear.read(tmp_path / "b.wav", [0.4, STOP]).read_bytes()
    for sound in (first, second):
        file = keep(house, STOP, sound)
        versions.keep("read", SLUG, "You read a sentence")
    versions.take_back(file)
    assert file.read_bytes() == first
    versions.keep("read", SLUG, "You took a reading back")
    versions.take_back(file)
    assert file.read_bytes() == second
    words = (house / "source" / f"{SLUG}.md").read_text("utf-8")
    assert words == ARTICLE


def test_a_first_reading_is_taken_back_to_none(house: Path, ear: KnowingEar) -> None:
    versions = Versions(house)
    versions.begin()
    sound = ear.read(house / "read.wav", [STOP]).read_bytes()
    file = keep(house, STOP, sound)
    versions.keep("read", SLUG, "You read a sentence")
    versions.take_back(file)
    assert not file.exists()
    versions.keep("read", SLUG, "You took a reading back")
    versions.take_back(file)
    assert file.read_bytes() == sound


def test_nothing_to_take_back_changes_nothing(house: Path) -> None:
    versions = Versions(house)
    versions.begin()
    versions.take_back(house / "audio" / "takes" / SLUG / PART / "06-x.wav")
    assert not (house / "audio" / "takes").exists()


@pytest.mark.parametrize(
    "sound", [b"", b"RIFF", b"RIFF\x00\x00\x00\x00WAVEfmt ", b"OggS" + bytes(90), bytes(9000)]
)
def test_what_is_no_recording_is_not_kept(house: Path, sound: bytes) -> None:
    with pytest.raises(UsageError, match="Nothing was recorded"):
        keep(house, STOP, sound)
    assert not (house / "audio" / "takes").exists()


@pytest.mark.parametrize("place", [(PART, "gone"), ("gone", "gone"), ("../../x", "y"), ("", "y")])
def test_a_sentence_that_is_gone_is_not_written(house: Path, place: tuple[str, str]) -> None:
    with pytest.raises(UsageError, match="not there any more"):
        own_voice.keep_reading(*article_of(house), place, b"")
    assert not (house / "audio" / "takes").exists()


@pytest.mark.parametrize(
    ("sound", "words", "possible"),
    [
        (lambda: read([STOP]) * 0.01, "A little quiet. Once more?", True),
        (lambda: np.clip(read([STOP]) * 8, -1, 1), "A little loud. Once more?", True),
        (
            lambda: read([STOP], noise_db=-38),
            "The room is heard under your voice. Once more?",
            True,
        ),
        (lambda: np.zeros(44_100), "Nothing was heard.", False),
        (lambda: read([STOP])[:9000], "That was too short.", False),
    ],
    ids=["quiet", "loud", "noisy", "silent", "short"],
)
def test_a_reading_is_judged_as_a_build_does(
    house: Path,
    monkeypatch: pytest.MonkeyPatch,
    sound: Callable[[], np.ndarray],
    words: str,
    possible: bool,
) -> None:
    monkeypatch.setattr(listener, "find_listener", lambda: (None, "nothing listens"))
    keep(house, STOP, save(house / "read.wav", sound()).read_bytes())
    found = verdict(house, STOP)
    assert (found.good, found.words, found.possible) == (False, words, possible)


def test_a_good_reading_where_nothing_listens_says_so(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listener, "find_listener", lambda: (None, "nothing listens"))
    keep(house, STOP, save(house / "read.wav", read(in_turn([STOP]))).read_bytes())
    found = verdict(house, STOP)
    assert found.good and "Nobody here can listen" in found.cure


def test_every_fault_of_a_reading_has_words_of_its_own() -> None:
    """And none that names a file, or blames her."""
    codes = {
        name
        for module in (acoustics, room)
        for name in _codes(Path(str(module.__file__)).read_text("utf-8"))
    }
    assert codes <= {*AGAIN, *NO_FAULT}
    unusable = _codes(Path(str(recording.__file__)).read_text("utf-8"))
    assert {"take-silent", "take-too-short", "take-too-long"} <= unusable
    for words, cure in (*AGAIN.values(), *NOT_USED.values()):
        assert not FILE_WORDS.search(f"{words} {cure}")
    other = Finding("take-damaged", Severity.WARNING, "damaged", "")
    assert not verdict_of((other,), used=False, listens=True).possible


def _codes(program: str) -> set[str]:
    return set(re.findall(r'"(take-[a-z-]+)"', program))
