"""The tables of a page: which rows and columns they have, and whether they are tables at all."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from leafcast.readers.drafts import Gatherer, Runs, TableDraft
from leafcast.readers.web.page import Element

WIDEST: Final = 60
"""Columns; more are no table for a reader."""


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a table by rows; None where one over several columns or rows leaves a gap."""

    rows: tuple[tuple[Element | None, ...], ...]
    line: int

    def draft(self, read: Callable[[Element], Runs]) -> TableDraft:
        """The table, its cells read in order."""
        rows = tuple(tuple(() if cell is None else read(cell) for cell in row) for row in self.rows)
        body = self.rows[1] if len(self.rows) > 1 else self.rows[0]
        aligns = tuple("" if cell is None else _align(cell) for cell in body)
        return TableDraft(rows, self.line, aligns)


def read_table(table: Element, gatherer: Gatherer) -> Cells | None:
    """The cells of a table; None where it lays out the page, having one column or blocks in it."""
    trs = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in trs]
    rows = [row for row in rows if row]
    laid_out = table.get("role") == "presentation" or any(
        table.find(f".//{tag}") is not None for tag in ("table", "h1", "h2", "h3", "blockquote")
    )
    if laid_out or max(map(len, rows), default=0) <= 1:
        return None
    if not all(cell.tag == "th" for cell in rows[0]):
        gatherer.advise(
            "guessed",
            "The first row of a table was read as its headers",
            "In HTML, headers are <th>",
            table.sourceline or 0,
        )
    return Cells(_spread(rows), table.sourceline or 0)


def _spread(rows: list[list[Element]]) -> tuple[tuple[Element | None, ...], ...]:
    """Cells in their columns: what spans rows or columns leaves gaps (HTML, forming a table)."""
    spread = []
    hanging: dict[int, int] = {}
    for row in rows:
        cells: list[Element | None] = []
        for cell in row:
            while hanging.get(len(cells), 0):
                hanging[len(cells)] -= 1
                cells.append(None)
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            for column in range(len(cells), len(cells) + wide):
                if high > 1:
                    hanging[column] = high - 1
            cells += [cell, *[None] * (wide - 1)]
            if len(cells) >= WIDEST:
                break
        while hanging.get(len(cells), 0):
            hanging[len(cells)] -= 1
            cells.append(None)
        spread.append(tuple(cells))
    return tuple(spread)


def _span(cell: Element, name: str) -> int:
    words = cell.get(name) or ""
    return max(1, min(int(words), WIDEST)) if re.fullmatch(r"[0-9]{1,3}", words) else 1


def _align(cell: Element) -> str:
    found = re.search(r"text-align:\s*(right|center)", cell.get("style") or "", re.I)
    said = found[1] if found else cell.get("align") or ""
    return said.casefold() if said.casefold() in ("right", "center") else ""
