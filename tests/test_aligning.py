"""What can be known of words in sound without an engine: which words there are, their sounds, cuts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leafcast.narration.listening.aligning import said_words
from leafcast.narration.listening.arpabet import spelt_out, to_arpabet
from leafcast.narration.listening.ear import LONGEST_SECONDS, pieces
from leafcast.narration.model import Clip
from leafcast.narration.sound.rates import HEARING_RATE_HZ, clip_position, hearing_samples

RATE = 8_000


def parts(spoken: str) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    return [(spoken[each.text_start : each.text_end], each.parts) for each in said_words(spoken)]


@pytest.mark.parametrize(
    ("spoken", "words"),
    [
        ("It’s “quiet” – so.", ["It’s", "“quiet”", "so."]),
        ("not-so-subtle ways", ["not-so-subtle", "ways"]),
        (
            "[Melanie Klein’s](/mˈɛləni klˈInz/) view",
            ["[Melanie Klein’s](/mˈɛləni klˈInz/)", "view"],
        ),
        ("B A C P.", ["B", "A", "C", "P."]),
        ("… — !", []),
    ],
)
def test_a_word_is_a_run_that_has_a_letter(spoken: str, words: list[str]) -> None:
    assert [word for word, _ in parts(spoken)] == words


def test_a_word_with_hyphens_has_parts() -> None:
    assert parts("not-so") == [("not-so", (("not", ""), ("so", "")))]


def test_sounds_in_the_text_are_the_words_sounds() -> None:
    marked = "([Melanie Klein’s](/mˈɛləni klˈInz/)),"
    assert parts(marked) == [(marked, (("Melanie", "mˈɛləni"), ("Klein’s", "klˈInz")))]


@pytest.mark.parametrize(
    ("signs", "sounds"),
    [("kˈWnsɪlə", "K AW N S IH L AH"), ("ʧˈɜːʧ", "CH ER CH"), ("bˈɛː", "B EH R"), ("…“", "")],
)
def test_british_sounds_as_the_aligner_writes_them(signs: str, sounds: str) -> None:
    assert to_arpabet(signs) == sounds


@pytest.mark.parametrize(
    ("word", "sounds"),
    [("Kooth", "K UW TH"), ("Zoë", "Z AA EH"), ("time", "T IH M"), ("Łódź", "AA D Z"), ("漢", "")],
)
def test_letters_give_rough_sounds(word: str, sounds: str) -> None:
    assert spelt_out(word) == sounds


# ---------------------------------------------------------------- long sounds


@given(st.integers(0, 200 * 100), st.integers(0, 9))
@settings(max_examples=30, deadline=None)
def test_a_long_sound_is_cut_without_a_gap(hundredths: int, seed: int) -> None:
    samples = np.random.default_rng(seed).normal(0, 0.1, hundredths * 2).astype(np.float32)
    cuts = list(pieces(Clip(200, samples)))
    assert cuts[0][0] == 0 and cuts[-1][1] == len(samples)
    assert [start for start, _ in cuts[1:]] == [end for _, end in cuts[:-1]]
    assert all(end - start <= LONGEST_SECONDS * 200 for start, end in cuts)
    assert len(cuts) == 1 or all(end - start >= 2 * 200 for start, end in cuts)


def test_it_is_cut_in_the_silence() -> None:
    samples = np.full(40 * RATE, 0.1, np.float32)
    samples[20 * RATE : 21 * RATE] = 0
    (_, cut), _ = pieces(Clip(RATE, samples))
    assert 20 * RATE < cut < 21 * RATE


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 24_000, 44_100])
def test_places_in_the_heard_sound_lie_in_the_clip(rate: int) -> None:
    clip = Clip(rate, np.zeros(rate, np.float32))
    heard = hearing_samples(clip, 1600, 800)
    assert len(heard) == HEARING_RATE_HZ + 2400
    assert clip_position(0, 1600, clip) == 0
    assert clip_position(1600 + 8_000, 1600, clip) == rate // 2
    assert clip_position(len(heard), 1600, clip) == rate
