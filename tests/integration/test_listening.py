"""Faults put into sound, all heard: words cut, doubled, silenced, swapped, and numbers said wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from leafcast.narration.listening import proof as listening
from leafcast.narration.listening.aligning import align
from leafcast.narration.listening.proof import Heard, listen, proof
from leafcast.narration.model import Clip, Utterance, VoiceSpec
from leafcast.narration.voices import open_voice
from leafcast.state.cache import Cache
from tests.conftest import ROOT

pytestmark = pytest.mark.integration
LIFE = (
    "You may talk about what brings you to therapy, your history, or how your life feels right now."
)
CHANGE = "They help you understand yourself on a deeper level, so that change comes from within."
SAMARITANS = "Call free on one one six, one two three."
RING = "The number is oh three oh oh, one two three."
HIBARI = open_voice(VoiceSpec("hibari", "hibari"))
KOKORO = open_voice(
    VoiceSpec("kokoro", "kokoro", (("variant", "int8"),), (str(ROOT / "audio/voices"),))
)
"""As it is shipped, so that it is the same voice on every machine."""


def said(spoken: str) -> Clip:
    return HIBARI.speak(Utterance("u", spoken, spoken))


def heard(clip: Clip, spoken: str) -> Heard:
    return proof(clip, Utterance("u", spoken, spoken))


def around(spoken: str, word: str) -> tuple[Clip, int, int]:
    """A clip, and where one of its words and the next begin."""
    clip = said(spoken)
    marks = align(clip, spoken)
    (at,) = (
        n for n, m in enumerate(marks) if spoken[m.text_start : m.text_end].strip(".,") == word
    )
    return clip, marks[at].start, marks[at + 1].start


def without(spoken: str, word: str) -> Clip:
    clip, start, after = around(spoken, word)
    return Clip(clip.rate, np.concatenate([clip.samples[:start], clip.samples[after:]]))


def doubled(spoken: str, word: str) -> Clip:
    clip, start, after = around(spoken, word)
    return Clip(clip.rate, np.concatenate([clip.samples[:after], clip.samples[start:]]))


def half_silent(spoken: str) -> Clip:
    clip = said(spoken)
    samples = clip.samples.copy()
    samples[len(samples) // 2 :] = 0
    return Clip(clip.rate, samples)


def repeated(spoken: str) -> Clip:
    clip = said(spoken)
    pause = np.zeros(clip.rate // 3, np.float32)
    return Clip(clip.rate, np.concatenate([clip.samples, pause, clip.samples]))


@pytest.mark.parametrize(
    ("spoken", "sound", "least"),
    [
        pytest.param(LIFE, lambda: without(LIFE, "history"), 1, id="a word cut out"),
        pytest.param(CHANGE, lambda: without(CHANGE, "you"), 1, id="a short word cut out"),
        pytest.param(LIFE, lambda: doubled(LIFE, "feels"), 1, id="a word doubled"),
        pytest.param(CHANGE, lambda: doubled(CHANGE, "you"), 1, id="a short word doubled"),
        pytest.param(LIFE, lambda: half_silent(LIFE), 4, id="half a sentence silenced"),
        pytest.param(CHANGE, lambda: repeated(CHANGE), 10, id="a sentence repeated"),
        pytest.param(LIFE, lambda: said(CHANGE), 10, id="two clips swapped"),
        pytest.param(CHANGE, lambda: said(LIFE), 10, id="and the other one"),
        pytest.param(SAMARITANS, lambda: said(SAMARITANS.replace("two three", "three two")), 1, id="132"),
        pytest.param(RING, lambda: said(RING.replace("oh oh", "three oh")), 1, id="0330"),
    ],
)  # fmt: skip
def test_a_fault_is_heard(spoken: str, sound: Callable[[], Clip], least: int) -> None:
    found = heard(sound(), spoken)
    assert sum(each.weight for each in found.differences) >= least, found


@pytest.mark.parametrize(
    ("spoken", "instead"),
    [
        ("You are allowed to say no.", "You are allowed to say number."),
        ("What happened to you is not your fault.", "What happened to you is your fault."),
        ("A session costs sixty pounds.", "A session costs sixteen pounds."),
        ("Many people find it possible to talk.", "Many people find it impossible to talk."),
        ("We meet on Monday evenings.", "We meet on Sunday evenings."),
    ],
    ids=["number for no", "not dropped", "a wrong figure", "the opposite", "another day"],
)
def test_one_wrong_word_of_the_default_voice_is_heard(spoken: str, instead: str) -> None:
    """A few rows of benchmarks/one_word.txt; `python -m benchmarks hearing` tries them all."""
    wrong, right = (KOKORO.speak(Utterance("u", each, each)) for each in (instead, spoken))
    assert heard(wrong, spoken).differences
    assert heard(right, spoken).differences == ()


@pytest.mark.parametrize("spoken", [LIFE, CHANGE, SAMARITANS, RING])
def test_what_is_said_as_written_is_no_fault(spoken: str) -> None:
    assert heard(said(spoken), spoken).differences == ()


def test_a_sentence_is_heard_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clip, utterance = said(RING), Utterance("u", RING, RING)
    first = listen(clip, utterance, Cache(tmp_path))
    monkeypatch.setattr(listening, "hear", lambda clip: pytest.fail("heard again"))
    assert listen(clip, utterance, Cache(tmp_path)) == first
    assert first.text
