"""A real voice, heard and aligned: hibari speaks, Whisper hears, PocketSphinx finds the words."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from leafcast.document.errors import NotAligned
from leafcast.narration.listening import aligning, ear
from leafcast.narration.listening.aligning import align
from leafcast.narration.listening.ear import hear
from leafcast.narration.model import Clip, Utterance, VoiceSpec
from leafcast.narration.voices import open_voice

pytestmark = pytest.mark.integration
SPOKEN = "You sit down, and we talk for fifty minutes. Nothing has to be decided."
HEARD = "you sit down and we talk for 50 minutes nothing has to be decided"
WORDS = HEARD.split()


@pytest.fixture(scope="module")
def clip() -> Clip:
    return said(SPOKEN)


def said(spoken: str) -> Clip:
    return open_voice(VoiceSpec("hibari", "hibari")).speak(Utterance("u", spoken, spoken))


def test_nothing_is_missing_here() -> None:
    assert ear.missing() == aligning.missing() == ""


def test_words_are_heard_in_their_order(clip: Clip) -> None:
    heard = hear(clip)
    assert [word.text.strip(".,").lower() for word in heard] == WORDS
    assert all(one.start <= other.start for one, other in pairwise(heard))
    assert all(0 <= word.start <= word.end <= len(clip.samples) for word in heard)
    assert min(word.probability for word in heard) > 0.3


def test_nothing_is_heard_in_silence() -> None:
    assert hear(Clip(24_000, np.zeros(48_000, np.float32))) == ()


def test_no_word_is_lost_in_a_long_sound(clip: Clip) -> None:
    pause = np.zeros(clip.rate // 2, np.float32)
    long = Clip(clip.rate, np.concatenate([clip.samples, pause] * 8))
    assert long.seconds > 32
    assert [word.text.strip(".,").lower() for word in hear(long)] == WORDS * 8


def test_each_word_lies_where_it_is_heard() -> None:
    spoken = "Quiet hours, begin gently together"
    pieces, edges, at = [], [], 0
    for word in spoken.split():
        piece, pause = said(word), np.zeros(6_000, np.float32)
        pieces += [piece.samples, pause]
        edges.append((at, at + len(piece.samples)))
        at += len(piece.samples) + len(pause)
    marks = align(Clip(24_000, np.concatenate(pieces)), spoken)
    for mark, (start, end) in zip(marks, edges, strict=True):
        assert abs(mark.start - start) < 0.08 * 24_000
        assert abs(mark.end - end) < 0.12 * 24_000


def test_a_word_moves_with_its_sound(clip: Clip) -> None:
    marks = align(clip, SPOKEN)
    assert [SPOKEN[each.text_start : each.text_end] for each in marks] == SPOKEN.split()
    assert all(one.end <= other.start for one, other in pairwise(marks))
    later = np.concatenate([np.zeros(clip.rate, np.float32), clip.samples])
    moved = align(Clip(clip.rate, later), SPOKEN)
    shift = [
        after.start - before.start - clip.rate for before, after in zip(marks, moved, strict=True)
    ]
    assert np.max(np.abs(shift)) <= 0.03 * clip.rate


def test_words_no_dictionary_has_are_found_by_their_sounds() -> None:
    spoken = "The [Kooth](/kˈuːθ/) counsellor’s so-called Zoëlogy."
    marks = align(said(spoken.replace("[Kooth](/kˈuːθ/)", "Kooth")), spoken)
    assert [spoken[each.text_start : each.text_end] for each in marks] == spoken.split()


@pytest.mark.parametrize("seconds", [0.0, 0.2])
def test_a_sound_that_does_not_say_it_is_an_error(clip: Clip, seconds: float) -> None:
    short = Clip(clip.rate, clip.samples[: round(seconds * clip.rate)])
    with pytest.raises(NotAligned, match="does not say “You sit down"):
        align(short, SPOKEN)
