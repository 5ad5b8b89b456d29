"""What the reception desk prints: which file, on how many sheets, and what to do with them.

What is printed of an edition, its row says (`editions.table`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from leafcast.document.artifact import EditionRecord, FileRecord
from leafcast.editions.files import Printed
from leafcast.editions.table import EDITIONS
from leafcast.locale.language import ENGLISH, Language, marked
from leafcast.practice.project import Practice
from leafcast.site.parts import Shelved

ONE_SIDE: Final = marked("One side")


@dataclass(frozen=True, slots=True)
class Row:
    """A form of an edition to print. `href` is its file, `other` the same for a printer that turns
    the other way; `sheets` is 0 for what is not printed there, but sent or asked for. `large`
    marks the first size of large print.
    """

    edition: str
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
    """The editions with a file to print; the template has drawings of those that are folded."""
    return frozenset(row.edition for desk in all_desks for row in desk.rows if row.sheets)


def _desk(shelved: Shelved, practice: Practice, language: Language) -> Desk:
    sheet = shelved.file("test-sheet", ".pdf")
    rows = tuple(rows_of(shelved.article.slug, shelved.editions, practice, language))
    return Desk(shelved.article.title, rows, sheet.path if sheet else "")


def rows_of(
    slug: str,
    records: Mapping[str, EditionRecord],
    practice: Practice,
    language: Language = ENGLISH,
) -> Iterator[Row]:
    """What is printed of an article: the usual leaflet first, what is sent or asked for last."""
    for edition, form in _forms():
        record = records.get(edition)
        for file in record.files if record else ():
            rest = file.path.removeprefix(f"{slug}/{slug}")
            if found := re.fullmatch(form.pattern, rest):
                points = found[1] if found.groups() else practice.leaflet.large_print[0]
                row = _row(edition, form, file, record.files if record else ())
                yield _said(row, form, {"points": points, "practice": practice.name}, language)


def _said(row: Row, form: Printed, names: dict[str, object], language: Language) -> Row:
    """A row with its words in the reader's language, and the names in them."""
    said = language.gettext
    names["leaflet"] = said(form.leaflet) if form.leaflet else ""
    return replace(
        row,
        words=said(row.words).format(**names),
        edge=said(row.edge) if row.edge else "",
        then=said(row.then).format(**names),
    )


def _forms() -> list[tuple[str, Printed]]:
    """Every form that is printed of any edition, with the edition's name, in their order."""
    every = [(name, form) for name, each in EDITIONS.items() for form in each.printed]
    return sorted(every, key=lambda each: _rank(each[1]))


def _rank(form: Printed) -> tuple[bool, bool, bool]:
    return form.asked_for, form.edge is None, not form.usual


def _row(edition: str, form: Printed, file: FileRecord, files: tuple[FileRecord, ...]) -> Row:
    """A form as it is printed: on both sides, where there is more than a page."""
    if form.edge is None:
        return Row(edition, form.words, then=form.then, href="" if form.asked_for else file.path)
    pages = file.pages or 1
    sheets = -(-pages // 2)
    other = file.path.replace(".pdf", "-long-edge.pdf")
    return Row(
        edition,
        form.words,
        sheets,
        form.edge if pages > 1 else ONE_SIDE,
        form.alone if sheets == 1 and form.alone else form.then,
        file.path,
        other if any(each.path == other for each in files) else "",
        large=file.path.endswith("-large-print.pdf"),
    )
