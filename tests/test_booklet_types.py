"""Which type a booklet is set in: the openest that needs no more sheets, and few are measured."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from leafcast.document.publication import Publication
from leafcast.practice.project import load_project
from leafcast.print.folding import booklet
from leafcast.print.folding.booklet import TYPES
from leafcast.print.folding.measure import Measures
from leafcast.print.folding.pack import Piece
from leafcast.print.scale import PT_MM
from leafcast.print.typesetting import Setting
from tests.test_fit import article

OUTER: Final = 2
PAGES: Final = range(2, 60)


def measured(lines: int, line: float) -> Measures:
    """Paragraphs of so many lines in all, as they come out in a type of this line height."""
    heights = (line * PT_MM,) * 6
    pieces = tuple(Piece(f"#p{at}", "", line * 0.176, heights) for at in range(lines // 6))
    return Measures(pieces, 1.0, 0.0, 0.0, ())


def as_each_would(lines: int) -> tuple[int, float]:
    """The fewest sheets, by measuring all types, and the openest line that needs no more."""
    sheets = {
        each.line: booklet._sheets(measured(lines, each.line).pieces, OUTER) for each in TYPES
    }
    least = sheets[TYPES[-1].line]
    return least, next(line for line, each in sheets.items() if each == least)


@pytest.fixture
def quiet(practice: Path) -> Publication:
    return Publication(article("It begins.\n\n## What helps\n\nRest.\n"), load_project(practice))


def test_the_openest_type_is_the_one_that_measuring_all_would_give(
    quiet: Publication, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[float] = []
    lines = 0

    def measure(_: Publication, setting: Setting) -> Measures:
        asked.append(setting.scale.line)
        return measured(lines, setting.scale.line)

    monkeypatch.setattr(booklet, "_measured", measure)
    counts = []
    for pages in PAGES:
        asked.clear()
        lines = pages * 16
        first = measured(lines, TYPES[0].line)
        type_, pieces, sheets = booklet._openest(quiet, first, OUTER)
        assert (sheets, type_.line) == as_each_would(lines)
        assert pieces == measured(lines, type_.line).pieces
        counts.append(len(asked))
    assert max(counts) <= len(TYPES) - 1
    assert counts.count(0) > len(counts) / 2, "most need no second measuring"


def test_what_too_many_sheets_would_hold_is_set_as_it_comes(
    quiet: Publication, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = measured(20_000, TYPES[0].line)
    monkeypatch.setattr(booklet, "_measured", lambda *_: endless)
    assert booklet._openest(quiet, endless, OUTER)[2] == 0


def test_a_back_that_is_drawn_together_is_measured_without_the_article(
    quiet: Publication, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = []

    def measure(publication: Publication, setting: Setting, rules: str = "") -> Measures:
        told.append(publication.article)
        return replace(measured(60, setting.scale.line), back=500.0)

    monkeypatch.setattr(booklet, "_measured", measure)
    assert booklet._back_mm(quiet, booklet.CLOSER) == 500.0
    assert (told[0].title, told[0].sections) == (quiet.article.title, ())
