"""The cells of a table: which name their row or their column, and which are one merged cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from leafcast.document.article import Cell, Inline, NoteMark, Sentence, Strong, Table
from leafcast.document.report import Place

Grid = Sequence[Sequence[Cell]]
Numbers = Sequence[Sequence[int]]
"""A number for each place: places with the same one, side by side, are one merged cell."""


def table_of(block_id: str, place: Place, grid: Grid, merged: Numbers = ()) -> Table:
    """The table of a grid whose rows are all as long; its first row is of headers."""
    rows = _named(grid)
    if any(merged):
        rows = _merged(rows, _full(rows, merged), heads=_heads(rows))
    head, *body = map(tuple, rows)
    return Table(block_id, place, head, tuple(body))


# ---------------------------------------------------------------- headers


def _named(grid: Grid) -> list[list[Cell]]:
    """Rows whose first cells are all strong are named by them, as Word shows them and people do."""
    rows = [list(row) for row in grid]
    body = rows[_heads(rows) :]
    if body and len(rows[0]) > 1 and all(map(_is_strong, (row[0] for row in body))):
        for row in body:
            row[0] = replace(row[0], header=row[0].header or "row")
    for row in body:
        row[:] = [_plain(cell) if cell.header == "row" else cell for cell in row]
    return rows


def _is_strong(cell: Cell) -> bool:
    content = [inline for sentence in cell.sentences for inline in sentence.content]
    inked = [inline for inline in content if not isinstance(inline, NoteMark)]
    return bool(inked) and all(isinstance(inline, Strong) for inline in inked)


def _plain(cell: Cell) -> Cell:
    """A header is set in strong letters anyway."""
    if not _is_strong(cell):
        return cell
    return replace(cell, sentences=tuple(map(_not_strong, cell.sentences)))


def _not_strong(sentence: Sentence) -> Sentence:
    content = tuple(
        inner
        for inline in sentence.content
        for inner in (inline.content if isinstance(inline, Strong) else (inline,))
    )
    return replace(sentence, content=content)


def _heads(rows: Grid) -> int:
    """How many rows from the first on are headers."""
    count = 1
    while count < len(rows) and all(cell.header == "column" for cell in rows[count]):
        count += 1
    return count


# ---------------------------------------------------------------- merged cells


def _full(rows: Grid, merged: Numbers) -> list[list[int]]:
    """A number for each place, its own where none is given."""
    own = -1
    numbers = []
    for at, row in enumerate(rows):
        given = list(merged[at]) if at < len(merged) else []
        numbers.append([*given, *range(own, own - len(row) + len(given), -1)][: len(row)])
        own -= len(row)
    return numbers


def _merged(rows: list[list[Cell]], numbers: list[list[int]], *, heads: int) -> list[list[Cell]]:
    """Cells that know how far they go. None goes over from the headers into the body.

    What is no rectangle is several cells.
    """
    done: set[tuple[int, int]] = set()
    for at, row in enumerate(rows):
        last = heads if at < heads else len(rows)
        for column in range(len(row)):
            if (at, column) in done:
                continue
            wide, high = _size(numbers, at, column, last)
            done |= {(at + y, column + x) for y in range(high) for x in range(wide)}
            _spread(rows, (at, column), (wide, high))
    return rows


def _size(numbers: list[list[int]], at: int, column: int, last: int) -> tuple[int, int]:
    """How many columns and rows one number fills from a place on."""
    number, wide, high = numbers[at][column], 1, 1
    while numbers[at][column + wide : column + wide + 1] == [number]:
        wide += 1
    strip = [number] * wide
    while at + high < last and numbers[at + high][column : column + wide] == strip:
        high += 1
    return wide, high


def _spread(rows: list[list[Cell]], place: tuple[int, int], size: tuple[int, int]) -> None:
    (at, column), (wide, high) = place, size
    cell = rows[at][column] = replace(rows[at][column], columns=wide, rows=high)
    for y in range(at, at + high):
        for x in range(column, column + wide):
            if (y, x) != (at, column):
                other = rows[y][x]
                rows[y][x] = replace(
                    other,
                    sentences=tuple(map(_without_calls, other.sentences)),
                    header=other.header or cell.header,
                    part_of=cell.id,
                )


def _without_calls(sentence: Sentence) -> Sentence:
    """A note is called once."""
    return replace(sentence, content=without_calls(sentence.content))


def without_calls(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """`content` without its calls of notes, wherever they stand."""
    kept: list[Inline] = []
    for inline in content:
        if isinstance(inline, NoteMark):
            continue
        inner = getattr(inline, "content", None)
        kept.append(inline if inner is None else replace(inline, content=without_calls(inner)))  # type: ignore[arg-type]
    return tuple(kept)
