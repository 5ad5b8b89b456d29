"""Words shown and words spoken: cases a person can read, and what holds for every text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leafcast.narration.model import Utterance, VoiceSpec, WordCue, WordMark
from leafcast.narration.shown_words import WORD, word_cues
from leafcast.narration.voices import tone
from tests.test_spoken import CASES

SPEC = VoiceSpec("tone", "tone")


def cues(shown: str, spoken: str, offset: int = 0) -> tuple[WordCue, ...]:
    """The words of a text that says one word a hundred samples."""
    marks = tuple(
        WordMark(offset + at * 100, offset + at * 100 + 90, *word.span())
        for at, word in enumerate(WORD.finditer(spoken))
    )
    said = Utterance("u", spoken, shown)
    return word_cues(said, marks, offset, offset + len(marks) * 100)


@pytest.mark.parametrize(
    ("shown", "spoken", "times"),
    [
        ("It is quiet.", "It is quiet.", "It 0-90, is 100-190, quiet. 200-290"),
        ("It costs £60 now.", "It costs sixty pounds now.", "It 0-90, costs 100-190, £60 200-390, now. 400-490"),
        ("BACP member", "B A C P member", "BACP 0-390, member 400-490"),
        ("by 31/3/27 – yes", "by the thirty-first of March twenty twenty-seven yes", "by 0-90, 31/3/27 100-690, yes 700-790"),
        ("Mr [sic] Klein", "Mister [Klein](/klˈIn/)", "Mr 0-36, [sic] 36-90, Klein 100-190"),
        ("silent end here", "silent", "silent 0-42, end 42-62, here 62-90"),
        ("not said at first", "first", "not 0-19, said 19-45, at 45-58, first 58-90"),
        ("Tuesday 3 May", "Tuesday the third of May", "Tuesday 0-90, 3 100-390, May 400-490"),
        ("Call 116 123.", "Call one one six, one two three.", "Call 0-90, 116 100-390, 123. 400-690"),
        ("0300 123", "oh three oh oh, one two three", "0300 0-390, 123 400-690"),
        ("one-off", "one off", "one-off 0-190"),
        ("Sat/Sun 9–5", "Saturday or Sunday nine to five", "Sat/Sun 0-290, 9–5 300-590"),
    ],
)  # fmt: skip
def test_each_shown_word_has_its_time(shown: str, spoken: str, times: str) -> None:
    told = (f"{shown[c.text_start : c.text_end]} {c.start}-{c.end}" for c in cues(shown, spoken))
    assert ", ".join(told) == times


def test_every_case_of_spoken_text_has_its_words_in_order() -> None:
    for shown, spoken in CASES:
        found = cues(shown, spoken)
        hold(found, shown, (0, 100 * len(WORD.findall(spoken))))
        assert all(cue.start < cue.end for cue in found), shown


def test_words_that_a_voice_has_marked_are_shown_in_order() -> None:
    voice = tone.open_voice(SPEC)
    for shown, spoken in CASES[::30]:
        clip = voice.speak(Utterance("u", spoken, shown))
        found = word_cues(Utterance("u", spoken, shown), clip.words, 0, len(clip.samples))
        hold(found, shown, (0, len(clip.samples)))
        assert all(cue.start < cue.end for cue in found), shown


@given(
    st.text("ab 1.£-", max_size=30),
    st.text("ab 1.£-", max_size=30),
    st.lists(st.integers(-50, 500), max_size=12),
    st.tuples(st.integers(0, 300), st.integers(0, 300)),
)
@settings(max_examples=200, deadline=None)
def test_whatever_the_marks_words_are_in_order_inside_their_cue(
    shown: str, spoken: str, times: list[int], edges: tuple[int, int]
) -> None:
    start, end = sorted(edges)
    words = list(WORD.finditer(spoken))
    marks = [WordMark(at, at + 20, *word.span()) for at, word in zip(times, words, strict=False)]
    found = word_cues(Utterance("u", spoken, shown), marks, start, end)
    hold(found, shown if marks else "", (start, end))


@given(
    st.lists(st.sampled_from(["quiet", "hour", "£60", "12/03", "BACP", "–", "it’s"]), max_size=8)
)
def test_the_same_words_have_exactly_their_times(words: list[str]) -> None:
    text = " ".join(words)
    found = cues(text, text, 1000)
    assert [(c.start, c.end) for c in found] == [
        (1000 + at * 100, 1090 + at * 100) for at in range(len(found))
    ]


def hold(found: tuple[WordCue, ...], shown: str, inside: tuple[int, int]) -> None:
    """What holds for all: each shown word once, in order, no overlap, inside the cue."""
    if shown:
        assert [(c.text_start, c.text_end) for c in found] == [
            w.span() for w in WORD.finditer(shown)
        ]
    assert all(inside[0] <= c.start <= c.end <= inside[1] for c in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
