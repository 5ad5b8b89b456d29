"""The tables of a Word file: their grid of cells, and what they are used for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from leafcast.readers.bullets import bullet_of
from leafcast.readers.drafts import Run, Runs, TableDraft, words_of
from leafcast.readers.settle import settle
from leafcast.readers.word.file import WordFile
from leafcast.readers.word.holders import held, text_of
from leafcast.readers.word.runs import RunReader
from leafcast.readers.word.styles import is_on, value

WIDEST: Final = 60
"""Columns a cell may go over."""
FIRST_COLUMN: Final = 0x0080
"""The bit of `w:tblLook` for a first column of headers, as Word before 2010 writes it."""
LONGEST_NAME: Final = 60
"""Letters; more are no name of a row, whatever the table's look says."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell, and how many columns it goes over; `goes_on` where it is one with the cell `above`
    or before it.
    """

    element: Element
    span: int
    goes_on: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: empty columns before its cells, and these."""

    element: Element
    before: int
    cells: tuple[Cell, ...]

    @property
    def width(self) -> int:
        """In how many columns it has cells."""
        return self.before + sum(cell.span for cell in self.cells)


def rows_of(table: Element, file: WordFile) -> tuple[Row, ...]:
    """The rows of a table that are not deleted, whatever they are held in."""
    return tuple(
        Row(
            row,
            _span(row.find("w-trPr/w-gridBefore"), 0),
            tuple(
                Cell(cell, _span(cell.find("w-tcPr/w-gridSpan"), 1), _goes_on(cell))
                for cell in held(row, file.met_ahead)
                if cell.tag == "w-tc" and cell.find("w-tcPr/w-cellDel") is None
            ),
        )
        for row in held(table, file.met_ahead)
        if row.tag == "w-tr" and row.find("w-trPr/w-del") is None
    )


def _goes_on(cell: Element) -> str:
    """Whether a cell is one with that "above" or "before" it (17.4.84, 17.4.22); "" where not."""
    for name, way in (("w-vMerge", "above"), ("w-hMerge", "before")):
        merged = cell.find(f"w-tcPr/{name}")
        if merged is not None and value(merged) != "restart":
            return way
    return ""


def _span(element: Element | None, otherwise: int) -> int:
    words = value(element)
    return min(int(words), WIDEST) if re.fullmatch(r"[0-9]{1,3}", words) else otherwise


# ---------------------------------------------------------------- what a table is used for


def has_headers(rows: Sequence[Row]) -> bool:
    """Whether the first row is marked as headers."""
    return is_on(rows[0].element.find("w-trPr/w-tblHeader"))


def names_rows(table: Element, rows: Sequence[Row]) -> bool:
    """Whether the first column is said to be of headers (17.4.55, 17.18.87), and reads like it."""
    look = table.find("w-tblPr/w-tblLook")
    if look is None or len(rows) < 2:
        return False
    said = look.get("w-firstColumn", "")
    bits = value(look)
    old = bool(re.fullmatch("[0-9A-Fa-f]{4}", bits)) and bool(int(bits, 16) & FIRST_COLUMN)
    is_said = said in ("1", "true", "on") if said else old
    return is_said and all(map(_begins_with_a_name, rows[1:]))


def _begins_with_a_name(row: Row) -> bool:
    if row.before or not row.cells:
        return False
    first = row.cells[0]
    words = " ".join(text_of(first.element).split())
    alone = first.span == row.width
    return first.goes_on == "above" or (bool(words) and len(words) <= LONGEST_NAME and not alone)


def has_something(rows: Sequence[Row]) -> bool:
    """Whether a table holds words or pictures."""
    kinds = {"w-drawing", "w-pict", "w-object", "w-sym"}
    return any(
        text_of(row.element).strip() or any(each.tag in kinds for each in row.element.iter())
        for row in rows
    )


def is_box(rows: Sequence[Row]) -> bool:
    """Whether a table is a frame around text: one column, or one row that is no header."""
    widest = max((len(row.cells) for row in rows), default=0)
    return widest <= 1 or (len(rows) == 1 and not has_headers(rows))


def is_layout(rows: Sequence[Row], is_structured: Callable[[Element], bool]) -> bool:
    """Whether a cell holds what no cell of a table can: lists, headings, tables.

    `is_structured` says whether a paragraph is a heading or a point of a list.
    """
    return any(_holds_blocks(cell.element, is_structured) for row in rows for cell in row.cells)


def _holds_blocks(cell: Element, is_structured: Callable[[Element], bool]) -> bool:
    parts = list(held(cell, lambda kind, element: None))
    paragraphs = [each for each in parts if each.tag == "w-p" and text_of(each).strip()]
    points = sum(is_structured(each) or bool(bullet_of(text_of(each))) for each in paragraphs)
    inner = any(len(list(each.iter("w-tc"))) > 1 for each in parts if each.tag == "w-tbl")
    return inner or (points > 0 and len(paragraphs) > 1)


# ---------------------------------------------------------------- its words


def read_table(rows: Sequence[Row], text: RunReader, *, named: bool) -> TableDraft:
    """A table of `rows`, `named` by the first cell of each. The reader's place moves on, and
    pictures and text boxes are gathered.

    What merged cells say is said in each of them, for no reader of one cell sees the others.
    """
    first = text.file.line + text.file.counting
    read: list[tuple[Runs, ...]] = []
    merged: list[tuple[int, ...]] = []
    for at, row in enumerate(rows):
        above, numbers_above = (read[-1], merged[-1]) if read else ((), ())
        cells: list[Runs] = [()] * row.before
        numbers = [_number(at, column) for column in range(row.before)]
        for cell in row.cells:
            runs, number = _cell(cell.element, text), _number(at, len(cells))
            if cell.goes_on and not runs:
                before = cell.goes_on == "before"
                beside = cells[-1:] if before else above[len(cells) :][:1]
                known = numbers[-1:] if before else numbers_above[len(cells) :][:1]
                runs, number = _repeated(beside[0] if beside else ()), [*known, number][0]
            cells += [runs, *[_repeated(runs)] * (cell.span - 1)]
            numbers += [number] * cell.span
        read.append(tuple(cells))
        merged.append(tuple(numbers))
    return TableDraft(tuple(read), first, _aligns(rows), _headers(rows, named), tuple(merged))


def _number(row: int, column: int) -> int:
    """A number of its own for a place."""
    return row * WIDEST * WIDEST + column


def _headers(rows: Sequence[Row], named: bool) -> tuple[tuple[str, ...], ...]:
    """What the cells under the first row name: further rows of headers, and the first column."""
    headers: list[tuple[str, ...]] = [()]
    heads = has_headers(rows)
    for row in rows[1:]:
        heads = heads and is_on(row.element.find("w-trPr/w-tblHeader"))
        headers.append(("column",) * row.width if heads else ("row",) if named else ())
    return tuple(headers)


def _repeated(runs: Runs) -> Runs:
    """The words of a cell without its calls of notes: a note is called once."""
    return tuple(run for run in runs if not run.note)


def title_of(rows: Sequence[Row]) -> Row | None:
    """The first row, where it is one cell over all columns, and says what the table is about."""
    widest = max(row.width for row in rows)
    first = rows[0]
    is_title = len(rows) > 2 and len(first.cells) == 1 and first.width == widest
    return first if is_title and text_of(first.element).strip() else None


def _cell(cell: Element, text: RunReader) -> Runs:
    """The words of a cell, its paragraphs one after the other."""
    runs: list[Run] = []
    for paragraph in _paragraphs(cell, text.file):
        text.file.line += text.file.counting
        text.next_paragraph()
        runs += [Run(" "), *text.runs(paragraph, paragraph)]
    settled = settle(runs)
    return settled if words_of(settled) or any(run.note for run in settled) else ()


def _paragraphs(element: Element, file: WordFile) -> Iterator[Element]:
    """The paragraphs of a cell and of tables in it, but not of text boxes."""
    for child in held(element, file.met_ahead):
        if child.tag == "w-p":
            yield child
        elif child.tag in ("w-tbl", "w-tr", "w-tc"):
            yield from _paragraphs(child, file)


def _aligns(rows: Sequence[Row]) -> tuple[str, ...]:
    """How the columns are set, by the first row under the headers."""
    known = {"right": "right", "end": "right", "center": "center"}
    row = rows[1] if len(rows) > 1 else rows[0]
    aligns = [""] * row.before
    for cell in row.cells:
        aligns += [known.get(value(cell.element.find("w-p/w-pPr/w-jc")), "")] * cell.span
    return tuple(aligns)
