"""What is said, announced and paused."""

from __future__ import annotations

from pathlib import Path

import pytest

from leafcast.model import article_sentences
from leafcast.narration.lexicon import Lexicon
from leafcast.narration.model import Pause, Script, Utterance
from leafcast.narration.script import PAUSES_MS, write_script
from leafcast.project import Practice, load_project
from leafcast.readers import read_article
from tests.conftest import ARTICLE, ROOT

TORTURE = ROOT / "tests/cases/articles/torture.md"


def script_of(path: Path, practice: Practice, *, synthetic: bool = True) -> Script:
    article = read_article(path, path.parent).article
    assert article
    return write_script(article, practice, synthetic=synthetic, lexicon=Lexicon())


@pytest.fixture(scope="module")
def sarah() -> Practice:
    return load_project(ROOT).practice


@pytest.fixture(scope="module")
def script(sarah: Practice) -> Script:
    return script_of(ARTICLE, sarah)


def said(script: Script) -> list[str]:
    return [each.spoken for each in script.utterances]


@pytest.mark.parametrize("path", [ARTICLE, TORTURE], ids=["the article", "the torture article"])
def test_every_sentence_is_said_once_in_reading_order(path: Path, sarah: Practice) -> None:
    article = read_article(path, path.parent).article
    assert article
    spoken = [u.sentence_id for u in script_of(path, sarah).utterances if u.sentence_id]
    assert spoken == [sentence.id for sentence in article_sentences(article)]


def test_ids_of_utterances_are_their_own(script: Script) -> None:
    ids = [each.id for each in script.utterances]
    assert len(ids) == len(set(ids))


def test_there_is_a_passage_for_the_introduction_and_for_each_section(script: Script) -> None:
    assert [passage.number for passage in script.passages] == list(range(1, 11))
    assert script.passages[0].id == "introduction"
    assert script.passages[1].title == "What Do We Mean by “The Therapeutic Relationship”?"


def test_the_opening_says_what_this_is_and_that_no_person_reads(script: Script) -> None:
    assert said(script)[:5] == [
        "What Is the Therapeutic Relationship?",
        "A beginner’s guide to psychodynamic therapy.",
        "By Sarah James, therapist and counsellor.",
        "This recording is read by a synthetic voice.",
        "After a short introduction, it has nine sections.",
    ]


def test_a_person_is_not_called_synthetic(sarah: Practice) -> None:
    assert not any(
        "synthetic" in words for words in said(script_of(ARTICLE, sarah, synthetic=False))
    )


def test_sections_are_announced(script: Script) -> None:
    assert script.passages[3].utterances[0].spoken == "Section three of nine."


def test_the_closing_says_the_address_twice_and_every_crisis_line(script: Script) -> None:
    words = " ".join(said(script))
    assert words.count("sarahjamestherapy dot co dot uk") == 2
    for number in ("nine nine nine", "one one one", "one one six, one two three"):
        assert number in words


def test_pauses_come_from_the_table_and_never_two_in_a_row(script: Script) -> None:
    for passage in script.passages:
        assert isinstance(passage.parts[-1], Pause)
        for before, after in zip(passage.parts, passage.parts[1:], strict=False):
            assert not (isinstance(before, Pause) and isinstance(after, Pause))
            if isinstance(after, Pause):
                assert after.ms == PAUSES_MS[after.reason]


def test_a_heading_is_followed_by_a_longer_pause_than_a_sentence(script: Script) -> None:
    parts = script.passages[1].parts
    heading = next(i for i, p in enumerate(parts) if isinstance(p, Utterance) and p.sentence_id)
    assert parts[heading + 1] == Pause(PAUSES_MS["after a heading"], "after a heading")
    assert PAUSES_MS["after a heading"] > PAUSES_MS["sentence"]


def test_lists_tables_quotes_pictures_and_notes_are_said(sarah: Practice) -> None:
    words = "\n".join(said(script_of(TORTURE, sarah)))
    for said_so in (
        "A quotation.", "End of the quotation.", "A table of three columns and three rows.",
        "A picture: Two armchairs that face each other", "one.\nYou sit down.", "three.\nYou stand up.",
        "Note one.",
    ):  # fmt: skip
        assert said_so in words, said_so


def test_announcements_can_be_switched_off(sarah: Practice) -> None:
    from dataclasses import replace

    quiet = replace(sarah, sound=replace(sarah.sound, announce_sections=False))
    assert not any(words.startswith("Section ") for words in said(script_of(ARTICLE, quiet)))
