"""Headings, titles and lists that nothing marks, in files of every kind; each kind told once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from leafcast.document.article import Reading
from leafcast.document.origin import Origin
from leafcast.document.report import Severity
from leafcast.readers.drafts import (
    BREAK,
    BlockDraft,
    Draft,
    HeadingDraft,
    ParagraphDraft,
    RuleDraft,
    Run,
)
from leafcast.readers.facts import Fact, Standing
from leafcast.readers.finish import finish
from leafcast.readers.guesses import Manner
from tests.test_text_cases import shape

MANNER = Manner("If it is none, mend it", "If it is one, mend it", "If it is none, mend it")
TEXT = "Grief is a natural answer to loss, and it takes its time."
DRAFT = Draft(
    (), {"published": "2026-03-01", "review": "2028-03-01"}, "line", "Write {key}: {example}",
    otherwise={"title": "?", "author": "Jo Example, counsellor", "language": "en-GB"},
)  # fmt: skip


def drafted(source: str) -> tuple[BlockDraft, ...]:
    """Blocks by their first sign: * bold, / italic, # heading, --- rule, else a paragraph; bold
    words within are between stars, a stroke is the end of a line.
    """
    return tuple(block(line, at) for at, line in enumerate(source.strip().splitlines(), 1))


def block(line: str, at: int) -> BlockDraft:
    if line == "---":
        return RuleDraft(at)
    mark, words = (line[0], line[2:]) if line[:2] in ("* ", "/ ", "# ") else ("", line)
    if mark == "#":
        return HeadingDraft(1, (Run(words),), at)
    bold = mark == "*"
    runs = tuple(
        Run(BREAK) if part == "|" else Run(part, strong=bold, emphasis=mark == "/")
        for part in words.replace("|", "\0|\0").split("\0")
    )
    return ParagraphDraft(runs, at, stands_out=bold)


def read(source: str, *offered: Fact) -> Reading:
    """What a draft in a Word file or a page is read as."""
    return finish(
        replace(DRAFT, blocks=drafted(source), offered=offered), MANNER, Origin("a", "a", Path())
    )


def outline(source: str, *offered: Fact) -> list[str]:
    reading = read(source, *offered)
    assert reading.article, reading.findings
    return [line.replace(TEXT, "TEXT") for line in shape(reading.article)]


def told(source: str, *offered: Fact) -> list[str]:
    return [each.message for each in read(source, *offered).findings]


# ---------------------------------------------------------------- titles


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        (
            f"* RIVERSIDE COUNSELLING SERVICE\n* INFORMATION SHEET FOR CLIENTS\n* What is grief\n{TEXT}",
            ["T What is grief", "p RIVERSIDE COUNSELLING SERVICE", "p INFORMATION SHEET FOR CLIENTS", "p TEXT"],
        ),
        (
            f"* Willow Tree Therapy\n* What is anxiety\n{TEXT}",
            ["T What is anxiety", "p Willow Tree Therapy", "p TEXT"],
        ),
        (
            f"* What is Grief\n* A guide for the bereaved\n{TEXT}\n* What helps\n{TEXT}",
            ["T What is Grief", "S A guide for the bereaved", "p TEXT", "# What helps", "p TEXT"],
        ),
        (
            f"* Chapter One\n{TEXT}\n* Chapter Two\n{TEXT}",
            ["T Chapter One", "p TEXT", "# Chapter Two", "p TEXT"],
        ),
        (
            "* Information sheet: what to expect in the first weeks after somebody has died, and "
            f"where to turn for help near you\n{TEXT}",
            ["T Information sheet", "S What to expect in the first weeks after somebody has died, "
             "and where to turn for help near you", "p TEXT"],
        ),
        (f"* Grief: what to expect\n{TEXT}", ["T Grief: what to expect", "p TEXT"]),
        (f"* Grief and You\n/ When somebody dies\n{TEXT}",
         ["T Grief and You", "S When somebody dies", "p TEXT"]),
        (f"* Grief and You\n/ A quotation. With two sentences, and much longer than any subtitle "
         f"would ever be, for it goes on and on and on until nobody is left to read it\n{TEXT}",
         ["T Grief and You", "p A quotation. With two sentences, and much longer than any subtitle "
          "would ever be, for it goes on and on and on until nobody is left to read it", "p TEXT"]),
        (f"* Grief and You\nBy Sarah James\n{TEXT}", ["T Grief and You", "A Sarah James", "p TEXT"]),
        (f"* Dear reader\n{TEXT}", ["p Dear reader", "p TEXT"]),
        (f"* 1. Rest\n{TEXT}\n* 2. Sleep\n{TEXT}", ["# 1. Rest", "p TEXT", "# 2. Sleep", "p TEXT"]),
        (f"The Mill|12 High Street|Leeds LS1 4DY\n* Grief\n{TEXT}",
         ["T Grief", "p The Mill / 12 High Street / Leeds LS1 4DY", "p TEXT"]),
    ],
)  # fmt: skip
def test_the_first_lines_are_what_they_look_like(source: str, wanted: list[str]) -> None:
    assert outline(source) == wanted


def test_a_letterhead_makes_no_empty_section() -> None:
    codes = {each.code for each in read(
        f"* RIVERSIDE COUNSELLING SERVICE\n* INFORMATION SHEET FOR CLIENTS\n* What is grief\n{TEXT}"
    ).findings}  # fmt: skip
    assert "empty-section" not in codes and "guessed-title" in codes


def test_the_practices_own_name_above_is_no_title() -> None:
    assert outline(f"* Jo Example\n* Resting\n{TEXT}")[0] == "T Resting"


def test_a_written_title_is_not_guessed_again() -> None:
    fact = Fact("title", "What is grief", Standing.WRITTEN, "its first lines")
    assert outline(f"* Another line\n{TEXT}\n{TEXT}", fact)[:2] == [
        "T What is grief", "# Another line",
    ]  # fmt: skip


# ---------------------------------------------------------------- headings


def test_bold_numbered_lines_of_several_runs_are_headings() -> None:
    source = (
        f"* 1. Invitation paragraph\n{TEXT}\n* 2. What will happen\n{TEXT}\n* 3. Consent\n{TEXT}"
    )
    assert outline(f"{TEXT}\n{source}") == [
        "p TEXT", "# 1. Invitation paragraph", "p TEXT", "# 2. What will happen", "p TEXT",
        "# 3. Consent", "p TEXT",
    ]  # fmt: skip


def test_where_some_are_marked_others_are_told_numbered_ones_too() -> None:
    source = f"{TEXT}\n# Talking\n{TEXT}\n* Resting\n{TEXT}\n* 1. Rest\n{TEXT}\n* 2. Sleep\n{TEXT}"
    reading = read(source)
    assert reading.article and len(reading.article.sections) == 1
    (message,) = [m for m in told(source) if "others here are marked" in m]
    assert message.startswith("3 lines") and "“1. Rest”" in message


@pytest.mark.parametrize(
    "words",
    ["March 2024", "12/03/2024", "2017", "5", "0113 496 0000", "jo@example.org", "£60 a session",
     "Leeds LS1 4DY", "Dear reader", "“It helped me so much”", "Table 1: When I work",
     "By Sarah James", "Signature: ______ Date: ______", "________", "- point",
     "https://example.org/help", "www.example.org", "grief-v2.docx", "With warm wishes",
     "Sarah James MBACP", "Name: ..........", "© Jo Example", "12 High Street", "5 min read"],
)  # fmt: skip
@pytest.mark.parametrize("mark", ["* ", ""])
def test_what_can_be_no_heading_is_none_bold_or_not(words: str, mark: str) -> None:
    source = f"* First heading\n{TEXT}\n* Second Heading\n{TEXT}\n{mark}{words}\n{TEXT}\n* Third Heading\n{TEXT}"
    found = [line for line in outline(f"{TEXT}\n{source}") if line.startswith("#")]
    assert found == ["# First heading", "# Second Heading", "# Third Heading"]
    if not mark:
        plain = source.replace("* ", "")
        assert len([line for line in outline(f"{TEXT}\n{plain}") if line.startswith("#")]) == 3


def test_a_name_under_a_closing_is_a_signature() -> None:
    source = (
        f"{TEXT}\nOne Heading\n{TEXT}\nAnother Heading\n{TEXT}\nWith warm wishes\nSarah\n{TEXT}"
    )
    assert [line for line in outline(source) if line[0] == "#"] == [
        "# One Heading", "# Another Heading",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "headings"),
    [
        (f"{TEXT}\nWhat Helps\n{TEXT}", 1),
        (f"{TEXT}\nWhat helps\n{TEXT}", 0),
        (f"{TEXT}\nWhat helps\n{TEXT}\nWhat hurts\n{TEXT}", 2),
        (f"{TEXT}\nWhat helps?\n{TEXT}", 1),
        (f"{TEXT}\nInterruption\n{TEXT}", 0),
        (f"{TEXT}\nwhat helps\n{TEXT}\nwhat hurts\n{TEXT}", 0),
        (f"{TEXT}\n* Bold one\n{TEXT}\nPlain One\n{TEXT}\nPlain Two\n{TEXT}", 3),
        (f"{TEXT}\n* Bold one\n{TEXT}\n* Bold two\n{TEXT}\nPlain Two\n{TEXT}", 2),
        (f"{TEXT}\nWHAT HELPS\n{TEXT}", 1),
        (f"{TEXT}\n🌿 What helps\n{TEXT}\n🌿 What hurts\n{TEXT}", 2),
        (f"{TEXT}\n* What to expect:\n{TEXT}\n* Please note:\n{TEXT}", 1),
        (f"{TEXT}\n* At the end\n* Twice\n{TEXT}", 1),
        (f"{TEXT}\n* At the very end", 0),
    ],
)
def test_lines_are_headings_where_others_are_like_them(source: str, headings: int) -> None:
    assert sum(line.startswith("#") for line in outline(source)) == headings


def test_what_was_guessed_is_told_once_of_each_kind() -> None:
    many = "\n".join(f"* Heading {letter}\n{TEXT}\n• one\n• two" for letter in "ABCDEFGHIJ")
    messages = told(f"{TEXT}\n{many}")
    assert len(messages) == 2
    assert messages[0].startswith("10 lines were read as headings, because they stand out")
    assert messages[0].endswith("and 2 more")
    assert messages[1].startswith("20 paragraphs were read as 10 lists")
    assert {each.severity for each in read(f"{TEXT}\n{many}").findings} == {Severity.ADVICE}


# ---------------------------------------------------------------- lists


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("- a pen\n- some paper", ["- a pen", "- some paper"]),
        ("• a pen", ["- a pen"]),
        ("- a pen", ["p - a pen"]),
        ("1. one thing.\n2. another.", ["1. one thing.", "2. another."]),
        ("1. one thing here.\nIt goes on.\n2. another thing.",
         ["1. one thing here.", "p It goes on.", "2. another thing."]),
        ("2. one thing here.", ["p 2. one thing here."]),
        ("Bring:\na pen\nsome paper\nIt is enough.", ["p Bring:", "- a pen", "- some paper", "p It is enough."]),
        ("Bring:\nA pen\nSome Paper\nIt is enough.", ["p Bring:", "p A pen", "p Some Paper", "p It is enough."]),
        ("Bring:\nA pen;\nSome paper;\nA friend.\nIt is.",
         ["p Bring:", "- A pen;", "- Some paper;", "- A friend.", "p It is."]),
        ("one|- two|- three", ["p one", "- two", "- three"]),
        ("☐ I agree\n☐ I do not agree", ["- ☐ I agree", "- ☐ I do not agree"]),
    ],
)  # fmt: skip
def test_typed_points_are_lists_all_or_none(source: str, wanted: list[str]) -> None:
    assert outline(f"{TEXT}\n{source}\n{TEXT}") == ["p TEXT", *wanted, "p TEXT"]


def test_points_keep_what_is_marked_in_them() -> None:
    runs = (Run("• ", strong=True), Run("Rest", strong=True), Run(" well"))
    draft = replace(DRAFT, blocks=(ParagraphDraft(runs, 1), *drafted(TEXT)))
    reading = finish(draft, MANNER, Origin("a", "a", Path()))
    assert reading.article
    assert next(shape(reading.article)) == "- Rest well"


def test_two_rules_below_the_last_heading_are_no_closing() -> None:
    assert outline(f"{TEXT}\n---\n{TEXT}\n---\nIt ends here.")[-1] == "p It ends here."
    assert outline(f"{TEXT}\n---\nIt ends here.")[-1] == "! It ends here."
