"""Words whose voice did not say when it says them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from leafcast.document.errors import NotAligned
from leafcast.narration.clips import KIND, pack_clip, read_clip
from leafcast.narration.listening import aligning
from leafcast.narration.model import Clip, Utterance, VoiceSpec, WordMark
from leafcast.narration.timed import time_words
from leafcast.narration.voices import open_voice
from leafcast.state.cache import Cache

TONE = VoiceSpec("tone", "tone")
SAID = [("aa1", Utterance("1", "One two.")), ("bb2", Utterance("2", "Three four.")),
        ("cc3", Utterance("3", ""))]  # fmt: skip


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """Clips of a voice that gives no times."""
    cache, voice = Cache(tmp_path), open_voice(TONE)
    for key, utterance in SAID[:2]:
        cache.write(KIND, key, pack_clip(replace(voice.speak(utterance), words=())))
    return cache


def words(cache: Cache, key: str) -> list[int]:
    clip = read_clip(cache, key)
    assert clip
    return [mark.start for mark in clip.words]


def at_hundred(clip: Clip, spoken: str) -> tuple[WordMark, ...]:
    if spoken.startswith("Three"):
        raise NotAligned("It says something else")
    return (WordMark(100, 200, 0, 3), WordMark(300, 400, 4, 7))


def test_clips_without_words_are_aligned_and_kept(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aligning, "missing", lambda: "")
    monkeypatch.setattr(aligning, "align", at_hundred)
    assert list(time_words(SAID, TONE, cache, 2)) == []
    assert words(cache, "aa1") == [100, 300]
    assert words(cache, "bb2") == []


def test_a_voice_that_says_its_words_needs_no_aligner(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.write(KIND, "aa1", pack_clip(open_voice(TONE).speak(SAID[0][1])))
    before = words(cache, "aa1")
    monkeypatch.setattr(aligning, "missing", lambda: "it is not here")
    assert list(time_words(SAID, TONE, cache, 2)) == []
    assert words(cache, "aa1") == before


def test_without_an_aligner_it_is_advised_once(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aligning, "missing", lambda: "it is not here")
    (finding,) = time_words(SAID, TONE, cache, 2)
    assert finding.code == "words-not-timed"
    assert "leafcast[listen]" in finding.fix
