"""How a word is said goes into the lexicon the command line reads; a sentence is heard as WAV."""

from __future__ import annotations

import io
import wave
from pathlib import Path

import pytest

from leafcast.document.errors import LeafcastError, UsageError
from leafcast.narration.lexicon import read_lexicon
from leafcast.practice.project import load_project
from leafcast.studio.hearing import Speaker, choose, keep_word, speak


def test_a_word_is_kept_beside_what_stands_there(practice: Path) -> None:
    file = practice / "audio" / "lexicon.toml"
    file.parent.mkdir()
    file.write_text(
        '# hers\n[words]\n"Klein" = "Kline"   # as in wine\n\n[expansions]\n"DBS" = "check"\n',
        "utf-8",
    )
    project = load_project(practice)
    keep_word(project, " Bhraonáin ", "Vreen-awn")
    text = file.read_text("utf-8")
    assert "# hers" in text and "# as in wine" in text and '"DBS" = "check"' in text
    assert ("Bhraonáin", "Vreen-awn") in read_lexicon(project).words
    keep_word(project, "Bhraonáin", "")
    assert "Bhraonáin" not in file.read_text("utf-8")


def test_a_lexicon_begins_with_the_first_word(practice: Path) -> None:
    project = load_project(practice)
    keep_word(project, 'O"Neill', "oh neel")
    assert ('O"Neill', "oh neel") in read_lexicon(project).words
    with pytest.raises(UsageError):
        keep_word(project, "  ", "x")


def test_another_voice_is_chosen_and_the_rest_stays(practice: Path) -> None:
    file = practice / "source" / "practice.toml"
    before = file.read_text("utf-8")
    choose(load_project(practice), "kokoro")
    assert file.read_text("utf-8") == before.replace('voice = "tone"', 'voice = "kokoro"')
    with pytest.raises(LeafcastError):
        choose(load_project(practice), "nobody")
    assert load_project(practice).practice.sound.voice == "kokoro"


def test_a_sentence_is_heard(practice: Path) -> None:
    with wave.open(io.BytesIO(speak(practice, "", "You sit down.", ("", "")))) as sound:
        assert sound.getnchannels() == 1 and sound.getnframes() > sound.getframerate() / 4


@pytest.mark.parametrize("words", ["", "  ", "a" * 5000])
def test_what_is_no_sentence_is_not_said(practice: Path, words: str) -> None:
    with pytest.raises(UsageError):
        Speaker(practice).say("", words)
