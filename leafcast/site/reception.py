"""What the reception desk prints: which file, on how many sheets, and what to do with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from leafcast.document.artifact import FileRecord
from leafcast.locale.language import ENGLISH, Language, marked
from leafcast.practice.project import Practice
from leafcast.site.parts import Shelved

SHORT, LONG = marked("Short edge"), marked("Long edge")
FOLDS: Final = ("trifold", "booklet", "four-page", "z-fold")
STAPLED: Final = marked("One staple, top left")
SENT: Final = marked("Send the shop this file")
ROWS: Final = (
    (r"-trifold-print\.pdf", marked("Three-panel leaflet"), SHORT, marked("Fold in three")),
    (r"-booklet-print\.pdf", marked("Booklet"), SHORT, marked("Fold, two staples")),
    (r"-four-page-print\.pdf", marked("Four-page leaflet"), SHORT, marked("Fold once")),
    (r"-z-fold-print\.pdf", marked("Z-fold leaflet"), SHORT, marked("Fold like a Z")),
    (r"-a4\.pdf", marked("A4 leaflet"), LONG, STAPLED),
    (r"-large-print\.pdf", marked("Large print, {points} point"), LONG, STAPLED),
    (r"-large-print-(\d+)\.pdf", marked("Large print, {points} point"), LONG, STAPLED),
    (r"-dyslexia-print\.pdf", marked("Dyslexia-friendly"), LONG, marked("One staple; cream paper")),
    (r"-trifold-print-shop\.pdf", marked("Three-panel leaflet, for a print shop"), "", SENT),
    (r"-booklet-print-shop\.pdf", marked("Booklet, for a print shop"), "", SENT),
    (r"-four-page-print-shop\.pdf", marked("Four-page leaflet, for a print shop"), "", SENT),
    (r"-z-fold-print-shop\.pdf", marked("Z-fold leaflet, for a print shop"), "", SENT),
)
"""How a file ends, what it is called, the edge a printer turns on, and what to do next."""
ALONE: Final = {
    STAPLED: marked("Nothing more"),
    "One staple; cream paper": marked("Cream paper"),
    "Fold, two staples": marked("Fold"),
}
"""What is done with one sheet instead."""


@dataclass(frozen=True, slots=True)
class Row:
    """A form to print. `href` is its file, `other` the same for a printer that turns the other way;
    `sheets` is 0 for what is not printed there, but sent or asked for. `large`
    marks the first size of large print.
    """

    words: str
    sheets: int = 0
    edge: str = ""
    then: str = ""
    href: str = ""
    other: str = ""
    large: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """One article as the desk sees it: its title, its forms, its test sheet."""

    title: str
    rows: tuple[Row, ...]
    test_sheet: str = ""


def desks(
    shelf: tuple[Shelved, ...], practice: Practice, language: Language = ENGLISH
) -> tuple[Desk, ...]:
    """The articles of which there is something to print."""
    found = (_desk(each, practice, language) for each in shelf)
    return tuple(each for each in found if any(row.href for row in each.rows))


def folds_of(all_desks: tuple[Desk, ...]) -> frozenset[str]:
    """The ways of folding for which there is a file."""
    files = [row.href for desk in all_desks for row in desk.rows]
    return frozenset(kind for kind in FOLDS if any(f"-{kind}-print" in file for file in files))


def _desk(shelved: Shelved, practice: Practice, language: Language) -> Desk:
    sheet = shelved.file("test-sheet", ".pdf")
    rows = tuple(_rows(shelved, practice, language))
    return Desk(shelved.article.title, rows, sheet.path if sheet else "")


def _rows(shelved: Shelved, practice: Practice, language: Language) -> Iterator[Row]:
    files = {file.path: file for record in shelved.editions.values() for file in record.files}
    slug = shelved.article.slug
    for pattern, words, edge, then in ROWS:
        for path, file in files.items():
            if found := re.fullmatch(rf"{re.escape(slug)}/{re.escape(slug)}{pattern}", path):
                points = found[1] if found.groups() else practice.leaflet.large_print[0]
                called = language.gettext(words).format(points=points)
                yield _said(_row(file, called, (edge, then), files), language)
    if any(path.endswith(".brf") for path in files):
        asked = language.gettext("Ask {name}").format(name=practice.name)
        yield Row(language.gettext("Braille"), then=asked)


def _said(row: Row, language: Language) -> Row:
    edge, then = (language.gettext(each) if each else "" for each in (row.edge, row.then))
    return replace(row, edge=edge, then=then)


def _row(file: FileRecord, words: str, told: tuple[str, str], files: dict[str, FileRecord]) -> Row:
    edge, then = told
    if then == SENT:
        return Row(words, then=then, href=file.path)
    sheets = -(-(file.pages or 1) // 2)
    other = file.path.replace(".pdf", "-long-edge.pdf")
    return Row(
        words,
        sheets,
        edge if (file.pages or 1) > 1 else marked("One side"),
        ALONE.get(then, then) if sheets == 1 else then,
        file.path,
        other if other in files else "",
        large=file.path.endswith("-large-print.pdf"),
    )
