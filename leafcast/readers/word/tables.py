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


def read_table(rows: Sequence[Row], text: RunReader) -> TableDraft:
    """A table of `rows`. The reader's place moves on, and pictures and text boxes are gathered.

    What merged cells say is said in each of them, for no reader of one cell sees the others.
    """
    first = text.file.line + text.file.counting
    read: list[tuple[Runs, ...]] = []
    for row in rows:
        above = read[-1] if read else ()
        cells: list[Runs] = [()] * row.before
        for cell in row.cells:
            runs = _cell(cell.element, text)
            if cell.goes_on and not runs:
                beside = cells[-1:] if cell.goes_on == "before" else above[len(cells) :][:1]
                runs = _repeated(beside[0] if beside else ())
            cells += [runs, *[_repeated(runs)] * (cell.span - 1)]
        read.append(tuple(cells))
    return TableDraft(tuple(read), first, _aligns(rows))


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
        text.fields.next_paragraph()
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
