"""British text as a voice reads it: cases a person can read, in cases/spoken.txt."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from leafcast.narration.lexicon import Lexicon, read_lexicon
from leafcast.narration.spoken import spoken_text
from leafcast.narration.voices.specs import read_voices
from leafcast.practice.project import load_project
from tests.conftest import ARTICLE, ROOT

SECTIONS = [
    section.splitlines()
    for section in (ROOT / "tests/cases/spoken.txt").read_text("utf-8").split("\n# ")[1:]
]
CASES = [tuple(line.split(" => ")) for section in SECTIONS for line in section if " => " in line]
PROJECT = load_project(ROOT)
LEXICON = read_lexicon(PROJECT)
KOKORO = read_lexicon(PROJECT, read_voices(PROJECT)["kokoro"])

WORDS = (
    "after again although anxious because before begin being between body calm change child colour "
    "counselling crisis daily doubt each early enough evening family fear feel feelings friend gentle "
    "grief grow hear heart help home honest hope hurt learn listen little live loss mind mother month "
    "need never night nothing often once other pain parent people person quiet ready rest room safe "
    "session share short slow small some sometimes soon speak steady talk tell therapist therapy thing "
    "think time together touch trust understand usual visit voice want week while with without woman "
    "word work worry year young your"
)
PLAIN = WORDS.split()
"""Words that no rule has any business with."""
MARKS = (
    "12/03/2026 5.30pm £60.50 – — … ½ 50% 9–5 A&E (s) [sic] #1 @jo 0300 123 3393 e.g. / & 1st 10mg "
    'SW1A 1AA Dr NHS ✓ 🎉 :-) x3 2–3 ‘quoted’ "quoted" www.example.org jo@example.org 37.5°C | * 24/7 '
    "NHS’s and/or 1990s VIII ~50 <18 https://x.org/a Mr. i.e. etc. -5 1.2.3"
)
ODDITIES = MARKS.split()


@pytest.mark.parametrize("section", SECTIONS, ids=[section[0] for section in SECTIONS])
def test_it_is_said_as_a_british_reader_says_it(section: list[str]) -> None:
    cases = [line.split(" => ") for line in section[1:] if line]
    wrong = [
        (shown, said, spoken)
        for shown, spoken in cases
        if (said := spoken_text(shown, LEXICON)) != spoken
    ]
    assert cases
    assert wrong == []


@pytest.mark.parametrize(
    ("shown", "spoken"),
    [
        ("LS6 3AB", "L S six, three [A](/ˈA/) B"),
        ("AB10 1AA", "[A](/ˈA/) B one oh, one [A](/ˈA/) [A](/ˈA/)"),
        ("Group A meets.", "Group [A](/ˈA/) meets."),
        ("plan A and B", "plan [A](/ˈA/) and B"),
        ("vitamin A deficiency", "vitamin [A](/ˈA/) deficiency"),
        ("Take the A64. A room.", "Take the [A](/ˈA/) sixty-four. A room."),
        ("A DBS check.", "[A](/ɐ/) D B S check."),
        ("Ask. A GP helps.", "Ask. [A](/ɐ/) G P helps."),
        ("A & E", "[A](/ˈA/) and E"),
        ("A room of my own", "A room of my own"),
        ("12a High St", "twelve [a](/ˈA/) High Street"),
        ("Unit 3a is here.", "Unit three [a](/ˈA/) is here."),
        ("Mr A came. Ms A. Hill did.", "Mr [A](/ˈA/) came. Ms [A](/ˈA/) Hill did."),
        ("Dr A. Smith", "Doctor [A](/ˈA/) Smith"),
        ("by A. Freud", "by [A](/ˈA/) [Freud](/fɹˈYd/)"),
        ("Smith, A.", "Smith, [A](/ˈA/)."),
        ("A.A. Milne", "[A](/ˈA/) [A](/ˈA/) Milne"),
        ("She got an A in maths.", "She got an [A](/ˈA/) in maths."),
        ("A-levels, A levels, A-road", "[A](/ˈA/)-levels, [A](/ˈA/) levels, [A](/ˈA/)-road"),
        ("A–Z of grief, A to Z", "[A](/ˈA/) to Z of grief, [A](/ˈA/) to Z"),
        ("Is it A, B or C?", "Is it [A](/ˈA/), B or C?"),
        ("(a) rest (b) eat", "([a](/ˈA/)) rest (b) eat"),
        ("the letter ‘A’", "the letter “[A](/ˈA/)”"),
        ("Annex A, party A, Case A:", "Annex [A](/ˈA/), party [A](/ˈA/), Case [A](/ˈA/):"),
        ("Stage IIIa", "Stage three [A](/ˈA/)"),
        ("Smith (2020a, 2020b)", "Smith (twenty twenty [a](/ˈA/), twenty twenty b)"),
        ("at 9 a.m. A walk", "at nine [a](/ˈA/) m. A walk"),
        ("A GP, a GP", "[A](/ɐ/) G P, a G P"),
        ("A flat is a home. A major step.", "A flat is a home. A major step."),
    ],
)
def test_the_letter_a_is_no_article_and_the_article_no_letter(shown: str, spoken: str) -> None:
    """For a voice that takes sounds; others know no better."""
    assert spoken_text(shown, KOKORO) == spoken


SIGNS = {
    "{-}": ("-", "–", "—", " - ", " – "),
    "{.}": (" ", "-", ".", "–"),
    "{/}": ("/", " / "),
    "{'}": ("", " "),
}
NEIGHBOURS = (
    ("{}", "{}"),
    ("({})", "({})"),
    ("“{}”", "“{}”"),
    ("{}, and so on", "{}, and so on"),
    ("It says: {}; no more.", "It says: {}; no more."),
    ("Is it {}?", "Is it {}?"),
)
"""What stands around, written and said."""
CROSSED = [
    tuple(line.split(" => "))
    for line in (ROOT / "tests/cases/crossed.txt").read_text("utf-8").splitlines()
    if " => " in line
]


def forms(written: str) -> list[str]:
    """Each way to write a row of crossed.txt; a sign is the same throughout a row."""
    found = [written]
    for sign, ways in SIGNS.items():
        found = (
            [form.replace(sign, way) for form in found for way in ways]
            if sign in written
            else found
        )
    return found


def test_numbers_are_said_right_with_every_sign_and_neighbour() -> None:
    wrong = []
    tried = 0
    for written, said in CROSSED:
        for form in forms(written):
            for around, heard in NEIGHBOURS:
                if form.endswith(",") and around != "{}":
                    continue
                tried += 1
                shown, expected = around.format(form), heard.format(said)
                got = spoken_text(shown, LEXICON)
                wrong += [f"{shown!r}: {got!r}"] if got.casefold() != expected.casefold() else []
    assert tried >= 2_500
    assert len(CROSSED) <= 200
    assert wrong == []


def test_there_are_cases_enough_and_none_twice() -> None:
    shown = [case[0] for case in CASES]
    assert len(shown) >= 2_000
    assert len(shown) == len(set(shown))


def test_the_owners_word_wins() -> None:
    lexicon = Lexicon((("NHS", "the health service"), ("Nhs Trust", "no")))
    assert spoken_text("NHS trusts", lexicon) == "the health service trusts"


def test_no_rule_changes_what_the_owner_wants_said() -> None:
    lexicon = Lexicon((("Kooth", "Kooth & Co. 24/7"),))
    assert spoken_text("Kooth at 24/7", lexicon) == "Kooth & Co. 24/7 at twenty-four seven"


@pytest.mark.parametrize(
    ("shown", "spoken"),
    [
        ("II. What helps", "two. What helps"),
        ("IV – What comes after", "four, What comes after"),
        ("Part III: Endings", "Part three: Endings"),
        ("I. Beginnings", "one. Beginnings"),
        ("Mixed feelings", "Mixed feelings"),
        ("1. Before we meet", "one. Before we meet"),
    ],
)
def test_in_a_heading_a_roman_numeral_at_the_start_is_a_number(shown: str, spoken: str) -> None:
    assert spoken_text(shown, LEXICON, heading=True) == spoken


@pytest.mark.parametrize(
    ("shown", "spoken"),
    [
        ("A BACP member", "[A](/ɐ/) B [A](/ˈA/) C P member"),
        ("Go to A&E", "Go to [A](/ˈA/) and E"),
        ("We are in the UK.", "We are in the U [K](/kˈA/)."),
        ("at 9am", "at nine [a](/ˈA/) m"),
        ("A & B are well", "[A](/ˈA/) and B are well"),
    ],
)
def test_a_voice_that_takes_sounds_is_told_the_letter_a_from_the_article(
    shown: str, spoken: str
) -> None:
    assert spoken_text(shown, KOKORO) == spoken


def test_the_article_itself_is_said_as_it_is_written() -> None:
    """It has no number but fifty: a rule that touches more has overreached."""
    body = ARTICLE.read_text("utf-8").split("---\n", 2)[2]
    written = re.sub(r"[^\w\s’-]", " ", body.replace("50", "fifty").replace("–", " ")).split()
    said = re.sub(r"[^\w\s’-]", " ", spoken_text(body, Lexicon())).split()
    assert said == [word for word in written if word.strip("-")]


@settings(deadline=None)
@given(st.text(max_size=200))
@example("1️⃣ ① ⁴ ٣ 𝟜 Ⅷ ⒜ ⁱ ⓩ ፩ ᧚ ❷ ➊ 🄂")
@example("\U00017000 and \U000187f7")
@example("[a](/b/) [c]")
@example("9" * 400 + "." + "9" * 400)
@example("1/0 0/0 00/00 99:99 32/13/2026 £ £. £,")
def test_no_text_breaks_it_and_no_digit_is_left(shown: str) -> None:
    for lexicon in (Lexicon(), KOKORO):
        spoken = spoken_text(shown, lexicon)
        assert spoken == " ".join(spoken.split())
        assert not any(character.isdigit() for character in spoken)


@given(st.lists(st.sampled_from(PLAIN), min_size=1, max_size=30).map(" ".join))
def test_plain_words_are_said_as_they_stand(shown: str) -> None:
    assert spoken_text(shown, LEXICON) == shown


@given(st.lists(st.sampled_from([*PLAIN, *ODDITIES]), max_size=12))
def test_no_ordinary_word_is_ever_lost(words: list[str]) -> None:
    said = iter(re.findall(r"[a-z]+", spoken_text(" ".join(words), LEXICON)))
    ordinary = [word for word in words if word in PLAIN]
    assert [word for word in ordinary if word in said] == ordinary


@given(
    st.text(st.characters(categories=["Ll", "Lu"], max_codepoint=0x24F), min_size=3, max_size=12)
)
def test_the_letters_of_an_unknown_word_survive(word: str) -> None:
    assert spoken_text(f"It is {word.capitalize()} there.", Lexicon()).startswith("It is ")
    lower = re.sub(r"[^a-zà-öø-ÿ]", "", word.lower())
    if len(lower) > 5:
        assert lower in spoken_text(f"It is {lower} there.", Lexicon())


@given(st.text(max_size=100))
def test_what_is_said_can_be_said_again(shown: str) -> None:
    """Words are words: reading the spoken text a second time changes no letter of them."""
    once = spoken_text(shown, Lexicon())
    if re.fullmatch(r"[a-z ,.’-]*", once):
        assert re.findall(r"[a-z]+", spoken_text(once, Lexicon())) == re.findall(r"[a-z]+", once)


@given(st.integers(0, 10**9))
def test_every_number_becomes_words(number: int) -> None:
    assert not any(character.isdigit() for character in spoken_text(f"It is {number}.", Lexicon()))


def test_the_markup_of_a_voice_cannot_be_written_in_an_article() -> None:
    """Kokoro takes [word](/sounds/); an article's own brackets must never be read so."""
    assert "](" not in spoken_text("See [the page](/kəˈpuːt/) now.", KOKORO)


@pytest.mark.parametrize(
    "shown", ["9" * 3000, "a.b." * 750, "(0" * 1500, "1,111" * 600, "‘a" * 1500, " " * 3000]
)
def test_a_sentence_of_nonsense_takes_no_age(shown: str) -> None:
    began = time.process_time()
    spoken_text(shown, Lexicon())
    assert time.process_time() - began < 3.0


def test_a_long_article_is_ready_in_a_moment() -> None:
    body = ARTICLE.read_text("utf-8").split("---\n", 2)[2]
    spoken_text("One 1.", LEXICON)
    began = time.process_time()
    for sentence in re.split(r"(?<=\.)\s", body):
        spoken_text(sentence, LEXICON)
    assert time.process_time() - began < 1.0
