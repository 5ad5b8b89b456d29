"""The tables of a Word file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from leafcast.readers.drafts import Run, Runs, TableDraft
from leafcast.readers.settle import settle
from leafcast.readers.word.runs import RunReader
from leafcast.readers.word.styles import is_on, value

HOLDERS: Final = {
    "w-tbl", "w-tr", "w-tc", "w-sdt", "w-sdtContent", "w-customXml", "w-ins", "w-moveTo",
}  # fmt: skip


def read_table(rows: list[Element], text: RunReader, *, counting: bool) -> TableDraft:
    """A table of `rows`. The reader's place moves on, and its pictures are gathered."""
    first = text.file.line + counting
    cells = tuple(tuple(_row(row, text, counting=counting)) for row in rows)
    return TableDraft(cells, first, _aligns(rows))


def rows_of(table: Element) -> list[Element]:
    """The rows of a table that are not deleted."""
    return [row for row in _rows(table) if row.find("w-trPr/w-del") is None]


def has_headers(rows: list[Element]) -> bool:
    """Whether the first row is marked as headers."""
    return is_on(rows[0].find("w-trPr/w-tblHeader"))


def _row(row: Element, text: RunReader, *, counting: bool) -> Iterator[Runs]:
    """The cells of a row; one over several columns leaves the others empty."""
    yield from [()] * _span(row.find("w-trPr/w-gridBefore"), 0)
    for cell in row.iterfind("w-tc"):
        merged = cell.find("w-tcPr/w-vMerge")
        runs = _cell(cell, text, counting=counting)
        yield () if merged is not None and value(merged) != "restart" else runs
        yield from [()] * (_span(cell.find("w-tcPr/w-gridSpan"), 1) - 1)


def _cell(cell: Element, text: RunReader, *, counting: bool) -> Runs:
    """The words of a cell, its paragraphs one after the other."""
    runs: list[Run] = []
    for paragraph in _paragraphs(cell):
        text.file.line += counting
        runs += [Run(" "), *text.runs(paragraph, paragraph)]
    return settle(runs)


def _paragraphs(element: Element) -> Iterator[Element]:
    """The paragraphs of a cell and of tables in it, but not of text boxes."""
    for child in element:
        if child.tag == "w-p":
            yield child
        elif child.tag in HOLDERS:
            yield from _paragraphs(child)


def _rows(table: Element) -> Iterator[Element]:
    """The rows of a table, also those in content controls."""
    for child in table:
        if child.tag == "w-tr":
            yield child
        elif child.tag in ("w-sdt", "w-sdtContent", "w-ins", "w-customXml"):
            yield from _rows(child)


def _span(element: Element | None, otherwise: int) -> int:
    words = value(element)
    return min(int(words), 60) if re.fullmatch(r"[0-9]{1,3}", words) else otherwise


def _aligns(rows: list[Element]) -> tuple[str, ...]:
    """How the columns are set, by the first row under the headers."""
    known = {"right": "right", "end": "right", "center": "center"}
    row = rows[1] if len(rows) > 1 else rows[0]
    return tuple(known.get(value(cell.find("w-p/w-pPr/w-jc")), "") for cell in row.iterfind("w-tc"))
