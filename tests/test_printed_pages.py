"""Numbers and running heads of printed pages in text that was copied from a PDF."""

from __future__ import annotations

from pathlib import Path

import pytest

from leafcast.document.origin import Origin
from leafcast.readers.drafts import Gatherer
from leafcast.readers.printed_pages import page_edges, without_edges

ONE = "Grief is a natural answer to loss."
TWO = "It comes and goes, as it will."
THREE = "You need not hurry."


def left(*lines: str) -> list[str]:
    """What is left of lines; blank lines between them do not matter."""
    edges = page_edges(lines)
    spread = [line for each in lines for line in (each, "")]
    assert page_edges(spread) == [2 * at for at in edges]
    return [line for at, line in enumerate(lines) if at not in edges]


@pytest.mark.parametrize(
    "foot",
    [
        "{}", "- {} -", "– {} –", "[{}]", "Page {}", "Page {} of 3", "page {}/3", "p. {}", "{} | P a g e",
        "Sarah James Counselling | Page {}", "Sarah James – page {}", "Sarah James    Page {}",
        "Page {} · Sarah James", "What is grief {}", "{} What is grief",
    ],
)  # fmt: skip
def test_feet_of_pages_are_edges(foot: str) -> None:
    feet = [foot.format(number) for number in (1, 2, 3)]
    said = ["What is grief", ONE, TWO, THREE]
    assert left(said[0], ONE, feet[0], TWO, feet[1], THREE, feet[2]) == said


def test_heads_that_run_are_edges_beside_numbers_alone() -> None:
    assert left("Grief", ONE, "1", "Grief", TWO, "2", "Grief", THREE, "3") == [
        "Grief",
        ONE,
        TWO,
        THREE,
    ]
    head = "Sarah James Counselling"
    paged = ("Grief", ONE, head, "Page 1", TWO, head, "Page 2", THREE)
    assert left(*paged) == ["Grief", ONE, TWO, THREE]
    assert left("Grief", "Page 1 of 1", ONE) == ["Grief", ONE]


@pytest.mark.parametrize(
    "lines",
    [
        ("Three steps", ONE, "1", TWO, "2", THREE),
        ("Three steps", "1", ONE, "2", TWO, "3", THREE),
        ("Steps", "Step 1", ONE, "Step 2", TWO, "Step 3", THREE),
        ("Sessions", "1 – Rest", ONE, "2 – Talk", TWO),
        ("Numbers", ONE, "7", TWO, "9", THREE, "4"),
        ("A year", ONE, "2024", TWO, "2025", THREE, "2026"),
        ("Still", "And still I rise", ONE, "And still I rise", TWO, "And still I rise"),
        ("Grief", ONE, "See page 2", TWO, "See page 3", THREE),
        ("Grief", ONE, "Page 4"),
        ("Grief", "Grief", ONE, "Grief", TWO),
        ("1",), ("1", "2"), (),
    ],
)  # fmt: skip
def test_what_may_be_text_stays(lines: tuple[str, ...]) -> None:
    assert page_edges(lines) == []


def test_a_sentence_that_goes_on_over_the_page_is_in_one_piece() -> None:
    gatherer = Gatherer(Origin("a.txt", "a", Path()))
    lines = ["Grief", "", ONE, "It comes", "", "1", "Grief", "", "and goes.", "", THREE, "", "2"]
    body = without_edges("\n".join(lines), 0, gatherer)
    assert body.count("\n") == len(lines) - 1
    assert body.rstrip("\n") == f"Grief\n\n{ONE}\nIt comes\nand goes.\n\n\n\n\n\n{THREE}"
    (told,) = gatherer.findings
    assert told.code == "pages-left-out" and "3 words in all: “1 · Grief · 2”" in told.message
    assert told.place and told.place.line == 6
    assert [each.words for each in gatherer.left_out] == ["1", "Grief", "2"]
