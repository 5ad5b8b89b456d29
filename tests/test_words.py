"""The words of a spoken text, and when a voice says each of them."""

from __future__ import annotations

import itertools
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leafcast.narration.lexicon import read_lexicon
from leafcast.narration.model import Clip, Utterance, VoiceSpec, WordMark
from leafcast.narration.spoken import spoken_text
from leafcast.narration.voices import open_voice
from leafcast.narration.voices.phoneme_lines import (
    FrameClock,
    Line,
    read_line,
    split_signs,
    word_marks,
)
from leafcast.narration.voices.specs import read_voices
from leafcast.narration.voices.system import heard_words
from leafcast.narration.voices.trim import trim
from leafcast.narration.words import spoken_words
from leafcast.practice.project import load_project
from tests.conftest import ROOT

PROJECT = load_project(ROOT)


def words(spoken: str) -> list[str]:
    return [spoken[start:end] for start, end in spoken_words(spoken)]


@pytest.mark.parametrize(
    ("spoken", "expected"),
    [
        ("You sit down.", ["You", "sit", "down"]),
        ("“Don’t,” she said – quietly.", ["Don’t", "she", "said", "quietly"]),
        ("a well-being you’ve (sometimes not-so-subtle)", [
            "a", "well-being", "you’ve", "sometimes", "not-so-subtle"]),
        ("this—and that", ["this", "and", "that"]),
        ("Dr [Klein](/klˈIn/) asks", ["Dr", "Klein", "asks"]),
        ("by [Sarah James](/sˈɛːɹə ʤˈAmz/).", ["by", "Sarah", "James"]),
        ("[Klein’s](/klˈInz/)", ["Klein’s"]),
        ("…", []),
    ],
)  # fmt: skip
def test_the_words_of_a_spoken_text(spoken: str, expected: list[str]) -> None:
    assert words(spoken) == expected


# ---------------------------------------------------------------- from text to signs


@cache
def converter(british: bool = True) -> Any:
    return pytest.importorskip("hibari.g2p").G2P(british=british)


VOCABULARY = {sign: at for at, sign in enumerate(
    "$;:,.!?—…\"()“” ̃ʣʥʦʨᵝAIOQSTWYᵊabcdefhijklmnopqrstuvwxyzɑɐɒæβɔɕçɖðʤəɚɛɜɟɡɥɨɪʝɯɰŋɳɲɴøɸθœɹɾɻʁɽʂʃʈʧʊʋʌɣɤχʎʒʔˈˌːʰʲ↓→↗↘ᵻ"
)}  # fmt: skip


def line_of(spoken: str) -> Line:
    return read_line(converter(), spoken, VOCABULARY)


def heard(spoken: str) -> list[tuple[str, str]]:
    line = line_of(spoken)
    return [(spoken[a:b], line.signs[first:last]) for first, last, a, b in line.words]


SENTENCES = [
    "You don’t have to get it perfect.",
    "Well-being isn’t a not-so-subtle side note – it’s the heart.",
    "What, if anything (at all), did Dr [Klein](/klˈIn/) say?",
    "Written by [Sarah James](/sˈɛːɹə ʤˈAmz/), therapist.",
    "In 1990 it cost 25 pounds, that is 3.5 per cent; call 116 123.",
    "on the 3rd of March 2024, at 10:30, 1,250 people came to St Paul for 5 kg of tea",
    "Therapy & you: the NHS, BACP and UKCP.",
]


@pytest.mark.parametrize("spoken", SENTENCES)
def test_the_line_is_what_the_converter_says(spoken: str) -> None:
    expected = "".join(sign for sign in converter()(spoken) if sign in VOCABULARY)
    assert line_of(spoken).signs == expected.strip()


@pytest.mark.parametrize(
    ("spoken", "word"),
    [
        ("You are allowed to say no.", "nˈQ."),
        ("Yes or no.", "nˈQ."),
        ("It is fine to say no. Then rest.", "nˈQ."),
        ("Saying “no.”", "“nˈQ.”"),
        ('He said "no."', "“nˈQ.”"),
        ("No means no.", "nˈQ."),
        ("See fig.", "fˈɪɡ."),
        ("At nine a m.", "ˈɛm."),
        ('"I’m fine," he said.', "“ˌIm"),
        ('"I\'ve had enough," he said.', "“ˌIv"),
        ('"I\'ll wait."', "“ˌIl"),
        ('"I\'d rather not."', "“ˌId"),
        ('"Don\'t go."', "“dˈQnt"),
        ('"Won\'t it hurt?"', "“wˌQnt"),
        ('"Can\'t you see?"', "“kˈɑːnt"),
        ('"That\'s all."', "“ðˈats"),
        ('He said "don\'t" twice.', "“dˈQnt”"),
        ('He ("I\'m ill") left.', "(“ˌIm"),
        ('She asked: "Isn\'t it?" and "I\'m here."', "“ˌIm"),
    ],
)
def test_a_stop_is_a_stop_and_quotation_marks_spoil_no_word(spoken: str, word: str) -> None:
    assert word in line_of(spoken).signs.split()


@pytest.mark.parametrize("spoken", SENTENCES)
def test_every_word_has_its_own_signs_in_order(spoken: str) -> None:
    line = line_of(spoken)
    assert [(a, b) for _, _, a, b in line.words] == list(spoken_words(spoken))
    edges = [edge for first, last, _, _ in line.words for edge in (first, last)]
    assert edges == sorted(edges)
    for first, last, _, _ in line.words:
        signs = line.signs[first:last]
        assert signs == signs.strip(' ;:,.!?—…"()“”') != ""


HOMOGRAPHS = [
    row.split(" | ")
    for row in (ROOT / "tests/cases/homographs.txt").read_text("utf-8").splitlines()
    if " | " in row and not row.startswith("#")
]


def test_words_written_alike_are_said_as_they_are_meant() -> None:
    """Ninety words in two to six sentences each; 95 % of them must be right, and all are."""
    lexicon = read_lexicon(PROJECT, read_voices(PROJECT)["kokoro"])
    wrong = []
    for shown, word, signs in HOMOGRAPHS:
        spoken = spoken_text(shown, lexicon)
        said = [each for written, each in heard(spoken) if written.casefold() == word.casefold()]
        wrong += [(shown, said)] if set(said) != {signs} else []
    assert len(HOMOGRAPHS) > 250
    assert wrong == []


NAMES = {
    "Siân": "ʃˈɑːn", "Rhys": "ɹˈiːs", "Eilidh": "ˈAli", "Chloe": "klˈQi", "Wojciech": "vˈYʧɛk",
    "Bicester": "bˈɪstə", "Chiswick": "ʧˈɪzɪk", "Alnwick": "ˈanɪk", "Glasgow": "ɡlˈɑːzɡQ",
    "Piaget": "piˈaʒA", "Kleinian": "klˈIniən", "polyvagal": "pˌɒlivˈAɡəl",
    "Áine": "ˈɔːnjə", "Éabha": "ˈAvə", "Sadhbh": "sˈIv", "Llinos": "lˈiːnɒs", "Patel": "pətˈɛl",
    "Iestyn": "jˈɛstɪn", "Foucault": "fˈuːkQ", "Vygotsky": "vɪɡˈɒtski", "Siegel": "sˈiːɡəl",
    "sertraline": "sˈɜːtɹəliːn", "mirtazapine": "mɜːtˈazəpiːn",
}  # fmt: skip


@pytest.mark.parametrize(("name", "signs"), NAMES.items())
def test_names_that_a_voice_guesses_wrong_are_in_the_lexicon(name: str, signs: str) -> None:
    lexicon = read_lexicon(PROJECT, read_voices(PROJECT)["kokoro"])
    assert heard(spoken_text(name, lexicon)) == [(name, signs)]
    assert heard(name) != [(name, signs)]


def test_signs_belong_to_the_word_they_say() -> None:
    assert heard("“Perhaps,” said [Klein](/klˈIn/) – Sarah.") == [
        ("Perhaps", "pəhˈaps"), ("said", "sˈɛd"), ("Klein", "klˈIn"), ("Sarah", "sˈɛːɹə"),
    ]  # fmt: skip


@pytest.mark.parametrize("spoken", ["Perhaps not.", "Don’t worry.", "Well-being is all."])
def test_a_word_sounds_the_same_in_quotation_marks(spoken: str) -> None:
    quoted = f"“{spoken}”"
    assert [signs for _, signs in heard(quoted)] == [signs for _, signs in heard(spoken)]
    assert [word for word, _ in heard(quoted)] == [word for word, _ in heard(spoken)]


def test_sounds_for_two_words_are_shared_between_them() -> None:
    assert heard("by [Sarah James](/sˈɛːɹə ʤˈAmz/).")[1:] == [
        ("Sarah", "sˈɛːɹə"), ("James", "ʤˈAmz"),
    ]  # fmt: skip


def test_a_word_the_converter_spells_out_keeps_its_place() -> None:
    said = dict(heard("About 5 kg, Dr Who, then tea."))
    assert said["kg"].startswith("kˈɪl")
    assert said["Dr"].startswith("dˈ")
    assert said["tea"] == "tˈiː"


# ---------------------------------------------------------------- from signs to samples


@given(st.text(alphabet="ab ,.", max_size=60), st.integers(1, 20))
def test_pieces_are_short_whole_and_in_order(signs: str, most: int) -> None:
    pieces = list(split_signs(signs, most))
    assert all(0 < last - first <= most for first, last in pieces)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(pieces))
    kept = {at for first, last in pieces for at in range(first, last)}
    assert all(at in kept for at, sign in enumerate(signs) if sign != " ")


def test_a_long_line_is_cut_after_a_clause_else_a_word() -> None:
    def pieces(line: str, most: int) -> list[str]:
        return [line[first:last] for first, last in split_signs(line, most)]

    assert pieces("aaa, bbb ccc ddd", 12) == ["aaa,", "bbb ccc ddd"]
    assert pieces("aaa bbb ccc", 8) == ["aaa bbb", "ccc"]
    assert pieces("aaabbb", 4) == ["aaab", "bb"]


def test_marks_count_frames_over_all_pieces() -> None:
    line = Line("ab, cd ef", ((0, 2, 0, 2), (4, 6, 4, 6), (7, 9, 7, 9)))
    pieces = [(0, 3), (4, 9)]
    frames = [(3, 1, 1, 4, 2), (5, 1, 1, 2, 1, 1, 7)]
    marks = word_marks(line, pieces, frames, FrameClock(frame=10, lead=20))
    assert marks == (
        WordMark(10, 30, 0, 2),  # its comma is no part of it
        WordMark(140, 180, 4, 6),  # until the next begins, where there is no pause
        WordMark(180, 200, 7, 9),
    )


def test_a_model_that_does_not_say_gives_no_marks() -> None:
    assert word_marks(Line("ab", ((0, 2, 0, 2),)), [(0, 2)], [()], FrameClock(10, 0)) == ()


@settings(deadline=None)
@given(st.integers(0, 4000), st.integers(1, 4000))
def test_marks_move_with_what_is_trimmed(before: int, loud: int) -> None:
    samples = np.zeros(before + loud + 3000, np.float32)
    samples[before : before + loud] = 0.5
    mark = WordMark(before, before + loud, 0, 1)
    trimmed = trim(Clip(24_000, samples, (mark,)))
    assert trimmed.words[0].start == min(before, 720)
    assert trimmed.words[0].end - trimmed.words[0].start == loud


# ---------------------------------------------------------------- voices


@pytest.mark.parametrize("engine", ["tone", "hibari", "system"])
def test_a_voice_marks_every_word_in_order(engine: str) -> None:
    spoken = "Somewhere safe, you don’t have to hurry – not today."
    folders = (str(ROOT / "audio/voices"),)
    clip = open_voice(VoiceSpec(engine, engine, (), folders)).speak(Utterance("u", spoken))
    assert [(mark.text_start, mark.text_end) for mark in clip.words] == list(spoken_words(spoken))
    times = [time for mark in clip.words for time in (mark.start, mark.end)]
    assert times == sorted(times)
    assert all(mark.start < mark.end for mark in clip.words)
    assert times[-1] <= len(clip.samples)
    loud = [np.abs(clip.samples[mark.start : mark.end]).max() for mark in clip.words]
    assert min(loud) > 0.02


def test_a_word_of_the_system_ends_with_its_clause() -> None:
    heard = [(0, 1), (100, 5), (180, 0), (250, 9), (300, 9)]
    assert heard_words("You sit, down", heard, 400) == (
        WordMark(0, 100, 0, 3), WordMark(100, 180, 4, 7), WordMark(250, 400, 9, 13),
    )  # fmt: skip


def test_what_the_system_says_of_no_word_is_left_out() -> None:
    assert heard_words("Hi.", [(0, 1), (5, 99), (900, 1)], 100) == (WordMark(0, 100, 0, 2),)
