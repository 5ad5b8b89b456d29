"""A short text is said behind another sentence, of which nothing is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from leafcast.narration.model import Utterance, VoiceSpec
from leafcast.narration.voices import kokoro
from leafcast.narration.voices.phoneme_lines import FrameClock, sign_times
from leafcast.narration.voices.short_lines import (
    MOST_LOUDER_DB,
    PAUSE,
    PEAK,
    Say,
    quicker,
    say_behind,
)
from tests.conftest import ROOT

RATE = 24_000
CLOCK = FrameClock(frame=600, lead=1920)
CARRIER = "ənˈʌðə."
Sound = npt.NDArray[np.float32]


def high(level: Sound) -> Sound:
    """The highest of tones, whose samples are all as far from nothing as the tone is loud."""
    return level * np.resize(np.array([1, -1], np.float32), len(level))


class FakeModel:
    """Every sign of the carrier is loud, every other half as loud, pauses and the ends are nearly
    silent; a sound is as high throughout.

    A sign lasts `each` frames and is heard `CLOCK.lead` before them, as the model's are.
    """

    def __init__(self, each: int = 6, *, tells: bool = True) -> None:
        self.each, self.tells = each, tells
        self.lines: list[str] = []

    def say(self, line: str) -> tuple[Sound, tuple[float, ...]]:
        self.lines.append(line)
        frames = (8, *(self.each for _ in line), 8)
        level = np.full(sum(frames) * CLOCK.frame, 1e-5, np.float32)
        for at, (start, end) in sign_times([(0, len(line))], [frames], CLOCK.frame).items():
            if line[at] not in " .…":
                loud = at < len(CARRIER) and line.startswith(CARRIER)
                level[start - CLOCK.lead : end - CLOCK.lead] = 0.6 if loud else 0.3
        return high(level), frames if self.tells else ()


def behind(model: FakeModel, signs: str = "fˈiːz.") -> tuple[Sound, tuple[float, ...]]:
    made = say_behind(CARRIER, signs, model.say, CLOCK, RATE)
    assert made is not None
    return made[0], tuple(made[1])


@pytest.mark.parametrize("each", [2, 4, 6])
def test_nothing_of_the_carrier_is_left(each: int) -> None:
    sound, _ = behind(FakeModel(each))
    loud = np.abs(sound[np.abs(sound) > 0.2])
    assert len(loud) == 5 * each * CLOCK.frame
    assert loud.max() == pytest.approx(loud.min(), rel=1e-3)


def test_a_text_is_as_loud_as_the_carrier() -> None:
    """Its five sounds last as long as the carrier's five."""
    sound, _ = behind(FakeModel(12))
    assert np.abs(sound).max() == pytest.approx(0.6, rel=0.1)


def test_a_very_soft_text_is_made_louder_by_so_much_and_no_sound_is_clipped() -> None:
    def saying(text: float) -> Say:
        def say(line: str) -> tuple[Sound, Sequence[float]]:
            sound, frames = FakeModel(12).say(line)
            return np.where(np.abs(sound) == np.float32(0.3), sound / 0.3 * text, sound), frames

        return say

    def peak(text: float) -> float:
        made = say_behind(CARRIER, "fˈiːz.", saying(text), CLOCK, RATE)
        assert made is not None
        return float(np.abs(made[0]).max())

    assert peak(0.01) == pytest.approx(0.01 * 10 ** (MOST_LOUDER_DB / 20), rel=1e-3)
    assert peak(0.55) < PEAK + 0.01


def test_its_frames_say_where_it_is_in_the_sound() -> None:
    model = FakeModel()
    sound, frames = behind(model)
    assert model.lines == [f"{CARRIER}{PAUSE}fˈiːz."]
    assert len(sound) == sum(frames) * CLOCK.frame
    times = sign_times([(0, 6)], [frames], CLOCK.frame)
    loud = np.flatnonzero(np.abs(sound) > 0.2)
    assert loud[0] == times[0][0] - CLOCK.lead
    assert loud[-1] + 1 == times[4][1] - CLOCK.lead


def test_it_begins_with_silence_and_without_a_click() -> None:
    sound, _ = behind(FakeModel())
    assert not sound[: RATE * 40 // 1000].any()
    assert np.abs(np.diff(sound[: RATE * 90 // 1000])).max() < 0.01


def test_pauses_too_short_to_cut_in_lose_no_sound_of_the_word() -> None:
    def hasty(line: str) -> tuple[Sound, tuple[float, ...]]:
        frames = (4, *(0 if sign in " .…" else 3 for sign in line), 4)
        return high(np.full(int(sum(frames)) * CLOCK.frame, 0.5, np.float32)), frames

    made = say_behind(CARRIER, "ʌs", hasty, CLOCK, RATE)
    assert made is not None
    assert (np.abs(made[0]) > 0.2).sum() >= 2 * 3 * CLOCK.frame - CLOCK.lead


def test_a_model_that_does_not_say_when_is_not_cut() -> None:
    assert say_behind(CARRIER, "fˈiːz.", FakeModel(tells=False).say, CLOCK, RATE) is None


@pytest.mark.parametrize(
    ("signs", "spoken", "expected"),
    [
        ("fˈiːz.", "Fees.", 1.25),
        ("bI fˈQn.", "By phone.", 1.25),
        ("jˈʌŋ pˈiːpᵊl.", "Young people.", 1.1),
        ("bˈiːɪŋ ɐ pˈɛːɹənt.", "Being a parent.", None),
        ("wˈʌn wˈʌn sˈɪks,", "one one six,", None),
        ("ˈQ wˈʌn,", "Oh one,", None),
        ("wˈʌn.", "One.", 1.25),
        ("…", "…", None),
        ("", "", None),
    ],
)
def test_the_shortest_are_spoken_quickest(signs: str, spoken: str, expected: float | None) -> None:
    assert quicker(signs, spoken) == expected


def test_the_published_voice_says_a_point_behind_the_carrier(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("hibari")
    vocabulary = {
        sign: at for at, sign in enumerate("ˈˌː,.…abdefhijklmnopstuvwzðŋəɐɑɒɛɜɪɹʃʊʌʤʧθᵊAIOQWY ")
    }
    signs = {number: sign for sign, number in vocabulary.items()}
    given: list[tuple[str, float]] = []

    def run(inputs: Mapping[str, Any]) -> tuple[Sound, tuple[float, ...]]:
        line = "".join(signs[number] for number in inputs["tokens"][0][1:-1])
        given.append((line, round(float(inputs["speed"][0]), 3)))
        return FakeModel().say(line)

    monkeypatch.setattr(kokoro, "open_model", lambda spec: run)
    monkeypatch.setattr(kokoro, "read_vocabulary", lambda: vocabulary)
    settings = (("speed", 0.8), ("voice", "bf_emma"))
    voice = kokoro.open_voice(
        VoiceSpec("kokoro", "kokoro", settings, (str(ROOT / "audio/voices"),))
    )
    short = voice.speak(Utterance("u", "Fees."))
    long = voice.speak(Utterance("u", "We can talk about the fees."))
    assert [line.count("…") for line, _ in given] == [1, 0]
    assert given[0][0].endswith(" … fˈiːz.")
    assert [speed for _, speed in given] == [1.0, 0.8]
    assert [(mark.text_start, mark.text_end) for mark in short.words] == [(0, 4)]
    assert short.seconds < 1.2 < long.seconds
