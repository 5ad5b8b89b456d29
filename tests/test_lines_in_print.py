"""Lines that ended though the next word had room, told from lines that could not go on."""

from __future__ import annotations

import pytest

from leafcast.checks.pdf.line_lengths import Line, ended_early
from leafcast.print.startup import whole_lines

LEFT, EDGE = 100.0, 400.0
LETTER = 6.0


def paragraph(*lines: str, size: float = 12.0) -> list[Line]:
    return [
        Line(0, text, LEFT, LEFT + LETTER * size / 12 * len(text), size) for text in lines
    ]  # fmt: skip


def told(lines: list[Line]) -> list[str]:
    return [line.text for line, _ in ended_early(lines, {0: EDGE, 1: EDGE})]


@pytest.mark.parametrize(
    "lines",
    [
        ("It", "is a line that could well have begun beside that", "word."),
        ("A line that has much room", "left at its right."),
        ("It is said, and said again", "– as it was before."),
        ("It", "was said."),
        ("A line that has room for both of the", "two words."),
        ("A line that has room for a word, not for", "two words, which go on."),
        ("It was", "said by J. Smith."),
    ],
)
def test_a_line_that_had_room_is_told(lines: tuple[str, ...]) -> None:
    assert told(paragraph(*lines)) == [lines[0]]


@pytest.mark.parametrize(
    "lines",
    [
        ("It is a line as long as any other line that is", "here."),
        ("A line that ends where the next begins with a long", "circumnavigation of it."),
        ("It is as the well known author writes here", "E. K. Author himself."),
        ("A line that leaves just a little room for", "24 November and more."),
        ("A line that has room for a word, not for", "both words."),
        ("A line that leaves but a little room for it all", "– which is a sign."),
    ],
)
def test_one_that_could_not_go_on_is_not(lines: tuple[str, ...]) -> None:
    assert told(paragraph(*lines)) == []


def opening(*lines: str) -> list[Line]:
    return [*paragraph(*lines, size=15.0), *paragraph("And then the text goes on.")]


def test_an_opening_sentence_is_as_wide_as_its_widest_line() -> None:
    assert (
        told(opening("If you think about starting", "and you have heard of it,", "read on.")) == []
    )
    assert told(opening("If", "you think about starting", "therapy, read on.")) == ["If"]


def test_what_follows_an_opening_sentence_is_held_to_the_column() -> None:
    lines = opening("If you think about starting")
    assert told([*lines, *paragraph("therapy in spring.")]) == [lines[-1].text]


def test_a_page_that_ends_says_nothing_of_its_last_line() -> None:
    (first, second) = paragraph("It", "goes on.")
    assert told([first, Line(1, second.text, second.left, second.right, 12.0)]) == []


def test_a_line_that_ends_behind_its_first_word_is_asked_for_again() -> None:
    """As WeasyPrint does where a line is a hair wider than Pango thought."""
    asked = []

    def split(text: str, style: object, context: object, max_width: float) -> tuple[object, ...]:
        asked.append(max_width)
        words = 1 if max_width == 100 else 3
        line = " ".join(text.split(" ")[:words])
        return None, len(line), len(line) + 1, 10.0 * words

    whole = whole_lines(split)
    assert whole("It was a line", None, None, 100)[1] == len("It was a")
    assert asked == [100, 98.5]
    assert whole("It was a line", None, None, 50)[1] == len("It was a")
    assert asked == [100, 98.5, 50]
    assert whole("It", None, None, 100)[1] == len("It")
    assert asked == [100, 98.5, 50, 100]
