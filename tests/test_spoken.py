"""British text as a voice reads it: cases a person can read, in cases/spoken.txt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leafcast.narration.lexicon import Lexicon, read_lexicon
from leafcast.narration.spoken import spoken_text
from leafcast.project import load_project
from tests.conftest import ROOT

LINES = (ROOT / "tests/cases/spoken.txt").read_text("utf-8").splitlines()
CASES = [line.split(" => ") for line in LINES if " => " in line]
LEXICON = read_lexicon(load_project(ROOT))


@pytest.mark.parametrize(("shown", "spoken"), CASES, ids=[case[0] for case in CASES])
def test_it_is_said_as_a_british_reader_says_it(shown: str, spoken: str) -> None:
    assert spoken_text(shown, LEXICON) == spoken


def test_the_owners_word_wins() -> None:
    lexicon = Lexicon((("NHS", "the health service"), ("Nhs Trust", "no")))
    assert spoken_text("NHS trusts", lexicon) == "the health service trusts"


@given(st.text(max_size=200))
def test_no_text_breaks_it_and_no_digit_is_left(shown: str) -> None:
    spoken = spoken_text(shown, Lexicon())
    assert spoken == " ".join(spoken.split())


@given(st.integers(0, 10**9))
def test_every_number_becomes_words(number: int) -> None:
    assert not any(character.isdigit() for character in spoken_text(f"It is {number}.", Lexicon()))
