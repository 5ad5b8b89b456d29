"""How a word is said goes into the lexicon the command line reads; a sentence is heard as WAV."""

from __future__ import annotations

import io
import time
import wave
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from leafcast.document.errors import LeafcastError, UsageError
from leafcast.narration.clips import clip_key, read_clip
from leafcast.narration.lexicon import read_lexicon
from leafcast.narration.model import Utterance
from leafcast.narration.voices import fingerprint
from leafcast.narration.voices.specs import read_voices
from leafcast.practice.project import load_project
from leafcast.state.cache import Cache
from leafcast.studio.hearing import Speaker, keep_word, speak
from leafcast.studio.reading_voice import at_pace_of, choose, choose_pace, pace_of


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


def test_a_pace_is_her_own_voices_setting_and_is_heard(practice: Path) -> None:
    """Beside what stands in her file; the shipped one stays as it is."""
    file = practice / "audio" / "voices.toml"
    file.parent.mkdir()
    file.write_text('# hers\n[voices.mine]\nengine = "tone"\n', "utf-8")
    project = load_project(practice)
    spec = read_voices(project)["tone"]
    assert pace_of(spec) == "unhurried"
    usual = seconds(speak(practice, "", "You sit down.", ("", ""), quick=False).sound)
    choose_pace(project, "slower")
    slower = read_voices(project)["tone"]
    assert pace_of(slower) == "slower" and slower.accent == spec.accent
    assert seconds(speak(practice, "", "You sit down.", ("", ""), quick=False).sound) > usual
    assert file.read_text("utf-8").startswith('# hers\n[voices.mine]\nengine = "tone"\n')
    choose_pace(project, "brisk")
    assert pace_of(read_voices(project)["tone"]) == "brisk"
    with pytest.raises(UsageError):
        choose_pace(project, "gallop")


def test_every_voice_takes_the_pace_of_the_one_before(practice: Path) -> None:
    project = load_project(practice)
    choose_pace(project, "slower")
    all_ = read_voices(project)
    for name in ("kokoro", "george", "hibari", "system"):
        assert pace_of(at_pace_of(all_[name], all_["tone"])) == "slower"
    assert dict(at_pace_of(all_["system"], all_["tone"]).settings)["words_per_minute"] == 132
    no_pace = replace(all_["tone"], engine="some.module:voice")
    assert pace_of(no_pace) == "" and at_pace_of(no_pace, all_["tone"]) == no_pace


def seconds(sound: bytes) -> float:
    with wave.open(io.BytesIO(sound)) as file:
        return file.getnframes() / file.getframerate()


def test_a_sentence_is_heard(practice: Path) -> None:
    spoken = speak(practice, "", "You sit down.", ("", ""), quick=False)
    with wave.open(io.BytesIO(spoken.sound)) as sound:
        assert sound.getnchannels() == 1 and sound.getnframes() > sound.getframerate() / 4
    assert not spoken.quick


def test_a_quick_voice_answers_until_the_own_one_has_spoken(practice: Path) -> None:
    """And what the own one said is what a build finds said."""
    own = speak(practice, "", "You sit down.", ("", ""), quick=False)
    assert speak(practice, "", "You sit down.", ("", ""), quick=True) == own
    before = time.process_time()
    quick = speak(practice, "", "You go home.", ("", ""), quick=True)
    assert quick.quick
    long = " ".join(["you go home, slowly and well, and you sit down"] * 5)
    speak(practice, "", long, ("", ""), quick=True)
    assert time.process_time() - before < 4, "0.6 s were measured, the voice opened"
    again = time.process_time()
    assert speak(practice, "", long + " now", ("", ""), quick=True).quick
    assert time.process_time() - again < 1, "0.1 s were measured"
    cache = Cache(practice / ".leafcast" / "cache")
    (spec,) = (each for each in read_voices(load_project(practice)).values() if each.name == "tone")
    said = Utterance("x", "You sit down.", "You sit down.")
    assert read_clip(cache, clip_key(fingerprint(spec), said)) is not None


def test_of_those_that_wait_the_last_one_is_said(practice: Path) -> None:
    speaker = Speaker(practice)
    speaker.lock.acquire()
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(speaker.say, "", "One.")
        while speaker.newest < 1:
            time.sleep(0.001)
        second = threads.submit(speaker.say, "", "Two.")
        while speaker.newest < 2:
            time.sleep(0.001)
        speaker.lock.release()
        with pytest.raises(UsageError, match="instead"):
            first.result(60)
        assert second.result(60).sound.startswith(b"RIFF")
    speaker.close()


@pytest.mark.parametrize("words", ["", "  ", "a" * 5000])
def test_what_is_no_sentence_is_not_said(practice: Path, words: str) -> None:
    with pytest.raises(UsageError):
        Speaker(practice).say("", words)
