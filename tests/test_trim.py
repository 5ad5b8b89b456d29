"""A clip ends where its word ends: what an engine leaves behind it is cut, a soft last sound is not."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from leafcast.narration.model import Clip, WordMark
from leafcast.narration.voices.phoneme_lines import FrameClock, Line, said_until
from leafcast.narration.voices.trim import AFTER_MS, BEFORE_MS, trim

RATE = 24_000
Sound = npt.NDArray[np.float32]


def hum(ms: int, db: float) -> Sound:
    times = np.arange(ms * RATE // 1000) / RATE
    return (10 ** (db / 20) * np.sin(2 * np.pi * 150 * times)).astype(np.float32)


def breath(ms: int, db: float) -> Sound:
    noise = np.random.default_rng(1).uniform(-1, 1, ms * RATE // 1000)
    return (10 ** (db / 20) * noise).astype(np.float32)


def silence(ms: int) -> Sound:
    return np.zeros(ms * RATE // 1000, np.float32)


def clip(*sounds: Sound) -> Clip:
    return Clip(RATE, np.concatenate([silence(200), *sounds]))


def ms_of(made: Clip) -> float:
    return len(made.samples) * 1000 / RATE


WORD = hum(400, -3)
UNTIL = 600 * RATE // 1000
BARE_MS = BEFORE_MS + 400 + AFTER_MS


@pytest.mark.parametrize(
    "noise",
    [
        pytest.param([silence(100), breath(40, -35)], id="a burst"),
        pytest.param([silence(90), hum(300, -20)], id="a hum"),
        pytest.param([silence(80), breath(400, -30)], id="a breath"),
        pytest.param([silence(70), breath(20, -8), silence(50), breath(20, -8)], id="two clicks"),
        pytest.param([silence(300), breath(30, -4)], id="a click as loud as the word"),
        pytest.param([silence(300), breath(30, 0)], id="a click louder than the word"),
        pytest.param([silence(300)], id="silence"),
    ],
)
def test_what_follows_the_word_is_cut(noise: list[Sound]) -> None:
    assert ms_of(trim(clip(WORD, *noise), UNTIL)) == pytest.approx(BARE_MS, abs=6)


def test_noise_that_follows_at_once_is_cut_at_the_quietest_moment_or_soon() -> None:
    risen = trim(clip(WORD, breath(40, -38), breath(200, -20)), UNTIL)
    assert ms_of(risen) <= BEFORE_MS + 400 + 45
    going_on = trim(clip(WORD, hum(2000, -30)), UNTIL)
    assert ms_of(going_on) <= BEFORE_MS + 400 + 115


@pytest.mark.parametrize(
    ("last", "until_ms"),
    [
        pytest.param([silence(50), breath(60, -15)], 700, id="the release of a last t"),
        pytest.param([silence(80), breath(25, -30)], 750, id="a faint one"),
        pytest.param([breath(120, -40)], 600, id="a soft f that outlasts its time"),
    ],
)
def test_a_last_sound_is_kept(last: list[Sound], until_ms: int) -> None:
    whole = clip(WORD, *last)
    spoken_ms = len(whole.samples) * 1000 // RATE - 200
    made = trim(clip(WORD, *last, silence(300)), until_ms * RATE // 1000)
    assert ms_of(made) >= BEFORE_MS + spoken_ms - 15


def test_a_sound_that_is_over_before_its_time_has_no_silence_behind_it() -> None:
    made = trim(clip(WORD, silence(700), breath(40, -30)), 1000 * RATE // 1000)
    assert ms_of(made) == pytest.approx(BARE_MS, abs=6)


def test_without_times_only_a_burst_that_stands_alone_is_noise() -> None:
    assert ms_of(trim(clip(WORD, silence(150), breath(40, -35)))) == pytest.approx(BARE_MS, abs=6)
    for last in ([silence(90), breath(40, -35)], [silence(150), breath(200, -35)]):
        assert ms_of(trim(clip(WORD, *last, silence(200)))) > BARE_MS + 100


def test_a_pause_within_a_sentence_is_no_end() -> None:
    made = trim(clip(WORD, silence(500), WORD, silence(300)), 1500 * RATE // 1000)
    assert ms_of(made) == pytest.approx(BARE_MS + 900, abs=6)


def test_marks_move_with_the_sound_and_silence_stays_as_it_is() -> None:
    marked = Clip(RATE, clip(WORD, silence(300)).samples, (WordMark(UNTIL // 3, UNTIL, 0, 4),))
    (mark,) = trim(marked, UNTIL).words
    assert mark.start == BEFORE_MS * RATE // 1000 - 1  # a sine begins with a nought
    empty = Clip(RATE, silence(100))
    assert trim(empty, 50) is empty


def test_the_last_sound_is_over_before_the_stop() -> None:
    line, clock = Line("nˈQ.", ((0, 3, 0, 2),)), FrameClock(frame=600, lead=1920)
    assert said_until(line, [(0, 4)], [(10, 2, 3, 5, 4, 2)], clock) == 20 * 600 - 1920
    assert said_until(line, [(0, 4)], [()], clock) is None
    assert said_until(Line("…", ()), [(0, 1)], [(2, 3, 2)], clock) is None
