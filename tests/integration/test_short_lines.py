"""Points of one to three words: at a speaker's pace, understood alone, nothing of another sentence.

By the published voices, in each form that this machine can take.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from leafcast.narration.listening.ear import hear
from leafcast.narration.model import Clip, Utterance, VoiceSpec
from leafcast.narration.voices.kokoro import KokoroVoice, form, open_voice, prepare
from leafcast.narration.voices.phoneme_lines import NO_SOUND, read_line
from leafcast.narration.voices.short_lines import CARRIER, MARKS
from tests.integration.forms import VOICES, said_twice, spec_of

pytestmark = pytest.mark.integration
SENTENCES = (
    "Many people find it hard to say what hurts.",
    "What you say stays between the two of you.",
)
POINTS = (
    "Anger.", "Shame.", "Yes.", "Us.", "Cash.", "Numbness.", "Couples.", "Why now?", "By phone.",
    "Young people.", "Low mood.", "Work stress.", "Panic attacks.",
)  # fmt: skip
FEWER = POINTS[::3]
"""Those that are heard of the forms and voices that this machine does not take by itself."""
AS_LONG = 1.4
AUDIBLE_DB = -30.0


@pytest.fixture(
    scope="module",
    params=[("int8", "bf_emma"), ("int8", "bm_george"), ("f32k", "bf_emma"), ("ovbf16", "bf_emma")],
    ids="-".join,
)
def voice(request: pytest.FixtureRequest, forms: Path) -> KokoroVoice:
    variant, style = request.param
    spec = spec_of(variant, ("voice", style))
    if variant != "int8":
        said_twice(variant, forms)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(forms))
        prepare(spec)
        if form(spec) != variant:
            pytest.skip(f"this machine takes another form: {form(spec)}")
        return open_voice(spec)


@pytest.fixture
def points(voice: KokoroVoice, request: pytest.FixtureRequest) -> tuple[str, ...]:
    """The points to hear: all of them in the form that a build takes here."""
    of_itself = form(VoiceSpec("kokoro", "kokoro", (), (VOICES,)))
    return POINTS if request.node.callspec.id == f"{of_itself}-bf_emma" else FEWER


def said(voice: KokoroVoice, text: str) -> Clip:
    return voice.speak(Utterance("u", text, text))


def sound_seconds(clip: Clip) -> float:
    """From the first moment that is audible beside the loudest to the last."""
    loud = np.abs(clip.samples)
    audible = np.flatnonzero(loud > loud.max() * 10 ** (AUDIBLE_DB / 20))
    return float(audible[-1] - audible[0]) / clip.rate


def sounds(voice: KokoroVoice, text: str) -> int:
    signs = read_line(voice.phonemes, text, voice.vocabulary).signs
    return sum(sign not in NO_SOUND and sign not in MARKS for sign in signs)


def test_short_points_are_spoken_at_a_speakers_pace_and_understood(
    voice: KokoroVoice, points: tuple[str, ...]
) -> None:
    each = sum(sound_seconds(said(voice, text)) for text in SENTENCES) / sum(
        sounds(voice, text) for text in SENTENCES
    )
    clips = {text: said(voice, text) for text in POINTS}
    short = sum(map(sound_seconds, clips.values())) / sum(sounds(voice, text) for text in POINTS)
    heard = {
        text: " ".join(word.text for word in hear(clip))
        for text, clip in clips.items()
        if text in points
    }
    sys.stdout.write(f"{short / each:.2f} times as long a sound; {heard}\n")
    assert short / each <= AS_LONG
    others = {word.strip(".").casefold() for word in CARRIER.split()}
    for text, words in heard.items():
        assert not others & set(words.casefold().strip(".?!").split())
        assert abs(len(words.split()) - len(text.split())) <= 1
    right = [text.casefold().strip(".?") == heard[text].casefold().strip(".?!") for text in points]
    assert sum(right) >= len(points) * 3 / 4
    for clip in clips.values():
        assert np.abs(clip.samples[-clip.rate // 50 :]).max() < 0.01


def test_the_comparison_can_fail(voice: KokoroVoice, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Low mood."
    quick = sound_seconds(said(voice, text))
    monkeypatch.setattr(KokoroVoice, "_say_short", lambda *line: None)
    assert sound_seconds(said(voice, text)) > quick * 1.25
