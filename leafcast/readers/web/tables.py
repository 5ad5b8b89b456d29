"""The tables of a page: which rows and columns they have, and whether they are tables at all."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from leafcast.readers.drafts import Gatherer, Runs, TableDraft
from leafcast.readers.web.tree import Element, words_in

WIDEST: Final = 60
"""Columns; more are no table for a reader."""
WIDEST_TURNED: Final = 6
"""Rows that can become columns; of more, each is read as a name and what it says."""
TALLEST: Final = 400
"""Rows that one cell may reach over."""
LONG_CELL: Final = 30
"""Words of a cell that is text of its own; in a table without headers it lays out the page."""
LAID_OUT: Final = ("table", "h1", "h2", "h3", "h4", "blockquote")
Grid = tuple[tuple[Element | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a table by rows, the first of headers; None where there is none.

    A cell over several columns or rows stands in each of them, so that none of them is empty.
    """

    rows: Grid
    line: int

    def draft(self, read: Callable[[Element], Runs]) -> TableDraft:
        """The table, its cells read in order, each once."""
        known: dict[Element, Runs] = {}

        def words(cell: Element | None) -> Runs:
            if cell is None:
                return ()
            if cell not in known:
                known[cell] = read(cell)
            return known[cell]

        rows = tuple(tuple(words(cell) for cell in row) for row in self.rows)
        body = self.rows[1] if len(self.rows) > 1 else self.rows[0]
        aligns = tuple("" if cell is None else _align(cell) for cell in body)
        headers = ((), *map(_headers, self.rows[1:]))
        return TableDraft(rows, self.line, aligns, headers, _numbers(self.rows))


def read_table(table: Element, gatherer: Gatherer) -> Cells | None:
    """The cells of a table; None where it lays out the page."""
    trs = [row for row in table.iter("tr") if next(row.ancestors("table")) is table]
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in trs]
    rows = [row for row in rows if row]
    if max(map(len, rows), default=0) <= 1 or _lays_out(table, rows):
        return None
    grid = _spread(rows)
    headed = all(cell is None or cell.tag == "th" for cell in grid[0])
    sideways = all(row[0] is not None and row[0].tag == "th" for row in grid)
    if not headed and sideways:
        return Cells(_turned(grid), table.line) if len(grid) <= WIDEST_TURNED else None
    if not headed:
        gatherer.advise(
            "guessed",
            "The first row of a table was read as its headers",
            "In HTML, headers are <th>",
            table.line,
        )
    return Cells(grid, table.line)


def _headers(row: tuple[Element | None, ...]) -> tuple[str, ...]:
    """What each header of a row under the first names (HTML, 4.9.12.2).

    Without `scope` it names its row, or its column where the whole row is headers.
    """
    cells = [cell for cell in row if cell is not None]
    all_headers = all(cell.tag == "th" for cell in cells) and len(set(cells)) > 1
    return tuple("" if cell is None else _header(cell, all_headers) for cell in row)


def _header(cell: Element, in_a_row_of_them: bool) -> str:
    if cell.tag != "th":
        return ""
    scope = cell.get("scope").casefold()
    names_column = scope.startswith("col") or (in_a_row_of_them and not scope.startswith("row"))
    return "column" if names_column else "row"


def _numbers(rows: Grid) -> tuple[tuple[int, ...], ...]:
    """A number for each cell, which stands in each place that the cell goes over."""
    known: dict[Element, int] = {}
    return tuple(
        tuple(-1 - at if cell is None else known.setdefault(cell, len(known)) for at, cell in line)
        for line in map(enumerate, rows)
    )


def _lays_out(table: Element, rows: list[list[Element]]) -> bool:
    """Whether a table only sets things beside each other: it has no headers, and text in it."""
    if table.get("role") in ("presentation", "none") or any(table.first(tag) for tag in LAID_OUT):
        return True
    if any(cell.tag == "th" for row in rows for cell in row):
        return False
    if len(rows) == 1 or table.first("ul", "ol", "dl") is not None:
        return True
    return any(
        len(list(cell.iter("p"))) > 1 or len(words_in(cell).split()) > LONG_CELL
        for row in rows
        for cell in row
    )


def _turned(grid: Grid) -> Grid:
    """A table whose headers stand in its first column, with them in its first row."""
    width = max(map(len, grid))
    filled = [(*row, *[None] * (width - len(row))) for row in grid]
    return tuple(zip(*filled, strict=True))


def _spread(rows: list[list[Element]]) -> Grid:
    """Cells in their columns; what spans rows or columns stands in each (HTML, 4.9.12.1)."""
    spread = []
    hanging: dict[int, tuple[Element, int]] = {}
    for row in rows:
        cells: list[Element | None] = []
        for cell in row:
            _hang(cells, hanging)
            wide, high = _span(cell, "colspan", WIDEST), _span(cell, "rowspan", TALLEST)
            for column in range(len(cells), len(cells) + wide):
                if high > 1:
                    hanging[column] = (cell, high - 1)
            cells += [cell] * wide
            if len(cells) >= WIDEST:
                break
        _hang(cells, hanging)
        spread.append(tuple(cells))
    return tuple(spread)


def _hang(cells: list[Element | None], hanging: dict[int, tuple[Element, int]]) -> None:
    """Add to a row the cells of rows above that reach down into it next."""
    while found := hanging.get(len(cells)):
        cell, left = found
        if left > 1:
            hanging[len(cells)] = (cell, left - 1)
        else:
            del hanging[len(cells)]
        cells.append(cell)


def _span(cell: Element, name: str, most: int) -> int:
    words = cell.get(name)
    return max(1, min(int(words), most)) if re.fullmatch(r"[0-9]{1,3}", words) else 1


def _align(cell: Element) -> str:
    found = re.search(r"text-align:\s*(right|center)", cell.get("style"), re.I)
    said = found[1] if found else cell.get("align")
    return said.casefold() if said.casefold() in ("right", "center") else ""
