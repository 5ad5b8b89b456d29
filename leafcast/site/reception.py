"""What the reception desk prints: which file, on how many sheets, and what to do with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from leafcast.document.artifact import FileRecord
from leafcast.practice.project import Practice
from leafcast.site.parts import Shelved

SHORT, LONG = "Short edge", "Long edge"
FOLDS: Final = ("trifold", "booklet", "four-page", "z-fold")
STAPLED: Final = "One staple, top left"
SENT: Final = "Send the shop this file"
ROWS: Final = (
    (r"-trifold-print\.pdf", "Three-panel leaflet", SHORT, "Fold in three"),
    (r"-booklet-print\.pdf", "Booklet", SHORT, "Fold, two staples"),
    (r"-four-page-print\.pdf", "Four-page leaflet", SHORT, "Fold once"),
    (r"-z-fold-print\.pdf", "Z-fold leaflet", SHORT, "Fold like a Z"),
    (r"-a4\.pdf", "A4 leaflet", LONG, STAPLED),
    (r"-large-print\.pdf", "Large print, {first} point", LONG, STAPLED),
    (r"-large-print-(\d+)\.pdf", "Large print, {0} point", LONG, STAPLED),
    (r"-dyslexia-print\.pdf", "Dyslexia-friendly", LONG, "One staple; cream paper"),
    (r"-trifold-print-shop\.pdf", "Three-panel leaflet, for a print shop", "", SENT),
    (r"-booklet-print-shop\.pdf", "Booklet, for a print shop", "", SENT),
    (r"-four-page-print-shop\.pdf", "Four-page leaflet, for a print shop", "", SENT),
    (r"-z-fold-print-shop\.pdf", "Z-fold leaflet, for a print shop", "", SENT),
)
"""How a file ends, what it is called, the edge a printer turns on, and what to do next."""
ALONE: Final = {STAPLED: "Nothing more", "One staple; cream paper": "Cream paper",
                "Fold, two staples": "Fold"}  # fmt: skip
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


def desks(shelf: tuple[Shelved, ...], practice: Practice) -> tuple[Desk, ...]:
    """The articles of which there is something to print."""
    found = (_desk(each, practice) for each in shelf)
    return tuple(each for each in found if any(row.href for row in each.rows))


def folds_of(all_desks: tuple[Desk, ...]) -> frozenset[str]:
    """The ways of folding for which there is a file."""
    files = [row.href for desk in all_desks for row in desk.rows]
    return frozenset(kind for kind in FOLDS if any(f"-{kind}-print" in file for file in files))


def _desk(shelved: Shelved, practice: Practice) -> Desk:
    sheet = shelved.file("test-sheet", ".pdf")
    return Desk(shelved.article.title, tuple(_rows(shelved, practice)), sheet.path if sheet else "")


def _rows(shelved: Shelved, practice: Practice) -> Iterator[Row]:
    files = {file.path: file for record in shelved.editions.values() for file in record.files}
    slug = shelved.article.slug
    for pattern, words, edge, then in ROWS:
        for path, file in files.items():
            if found := re.fullmatch(rf"{re.escape(slug)}/{re.escape(slug)}{pattern}", path):
                called = words.format(*found.groups(), first=practice.leaflet.large_print[0])
                yield _row(file, called, (edge, then), files)
    if any(path.endswith(".brf") for path in files):
        yield Row("Braille", then=f"Ask {practice.name}")


def _row(file: FileRecord, words: str, told: tuple[str, str], files: dict[str, FileRecord]) -> Row:
    edge, then = told
    if then == SENT:
        return Row(words, then=then, href=file.path)
    sheets = -(-(file.pages or 1) // 2)
    other = file.path.replace(".pdf", "-long-edge.pdf")
    return Row(
        words,
        sheets,
        edge if (file.pages or 1) > 1 else "One side",
        ALONE.get(then, then) if sheets == 1 else then,
        file.path,
        other if other in files else "",
        large=file.path.endswith("-large-print.pdf"),
    )
