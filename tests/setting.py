"""How well a page is set: its rows of words, and what a typesetter would object to in them.

Pure: rows in, objections out. `rows_of` reads the rows of a file; lengths are points, from the top
of the page down.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from leafcast.checks.pdf.document import Document
from leafcast.checks.pdf.drawing import Run
from leafcast.checks.pdf.structure import Element

MM = 72 / 25.4
HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")
SET_ALONE = (*HEADINGS, "P", "LBody", "Lbl", "TH", "TD", "Caption", "Reference")
RUNNING = ("P", "LBody")
UNIT = re.compile(
    r"\d (?:minutes?|hours?|days?|weeks?|months?|years?|mm|pm|am)\b"
    r"|\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)\b"
    r"|\bNHS \d+|\b\d{2,5}(?: \d{3,6})+\b|\b(?:[A-Z]\. ?)+[A-Z][a-z]+|\b[A-Z]{1,2}\d{1,2} \d[A-Z]{2}\b"
)
"""What belongs on one line: a figure and its unit, day and month, numbers to dial, initials."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a block: the page from 0, its words, where it stands, and how large."""

    page: int
    text: str
    left: float
    right: float
    foot: float
    size: float


@dataclass(frozen=True, slots=True)
class Block:
    """What is set together: a tag's name, its id, its rows, and whether it is of the article."""

    kind: str
    id: str
    rows: tuple[Row, ...]
    article: bool = True


# ---------------------------------------------------------------- objections


def widows(blocks: Iterable[Block]) -> Iterator[str]:
    """Titles, headings and subtitles that end in one word, less than half as long as another line.

    Where each word nearly fills a line there is no other way: “Therapeutic | Relationship?”.
    """
    for block in blocks:
        words = [row.text.split() for row in block.rows]
        widest = max((row.right - row.left for row in block.rows), default=0.0)
        if len(words) > 1 and len(words[-1]) == 1:
            last = block.rows[-1]
            if last.right - last.left < widest / 2:
                yield " | ".join(row.text for row in block.rows)


def torn_units(blocks: Iterable[Block]) -> Iterator[str]:
    """Figures that stand on another line than their unit, and the like."""
    for block in blocks:
        for row, following in pairwise(block.rows):
            text = f"{row.text.strip()} {following.text.strip()}"
            end = len(row.text.strip())
            if any(found.start() < end < found.end() for found in UNIT.finditer(text)):
                yield f"{row.text} | {following.text}"


def uneven_feet(
    blocks: Iterable[Block], facing: Iterable[tuple[int, int]], line: float
) -> list[str]:
    """Facing pages of which one ends more than a line above the other."""
    feet = feet_of(blocks)
    return [
        f"pages {left + 1} and {right + 1}: {abs(feet[left] - feet[right]) / line:.1f} lines"
        for left, right in facing
        if left in feet and right in feet and abs(feet[left] - feet[right]) > line + 0.6
    ]


def off_the_grid(blocks: Iterable[Block], size: float, unit: float) -> list[str]:
    """Rows of text that stand between the lines of a grid, which the first of its page begins."""
    kept = (block for block in blocks if block.kind in RUNNING)
    rows = (row for block in kept for row in block.rows if abs(row.size - size) < 0.1)
    found = []
    for _, page in groupby(
        sorted(rows, key=lambda row: (row.page, row.foot)), lambda row: row.page
    ):
        first, *others = page
        for row in others:
            steps = (row.foot - first.foot) / unit
            if abs(steps - round(steps)) * unit > 0.6:
                found.append(f"page {row.page + 1}, {steps:.2f}: {row.text}")
    return found


def nearly_empty(blocks: Iterable[Block], height: float, pages: Iterable[int]) -> list[str]:
    """Pages of text of which two thirds of the `height` are left white at the foot."""
    feet = feet_of(blocks)
    return [f"page {page + 1}" for page in pages if feet.get(page, 0.0) < height / 3]


def feet_of(blocks: Iterable[Block]) -> dict[int, float]:
    """How far down the lowest row of each page is."""
    feet: dict[int, float] = {}
    for row in (row for block in blocks for row in block.rows):
        feet[row.page] = max(feet.get(row.page, 0.0), row.foot)
    return feet


# ---------------------------------------------------------------- reading


def blocks_of(document: Document, heights: Sequence[float]) -> tuple[Block, ...]:
    """What is set together in a file, in the order of reading; `heights` are those of its pages."""
    return tuple(
        Block(
            path[-1].type,
            path[-1].id,
            tuple(_rows(document, path[-1], heights)),
            any(element.type == "Art" for element in path),
        )
        for path in document.paths
        if path[-1].type in SET_ALONE and not any(e.type in SET_ALONE for e in path[-1].elements)
    )


def _rows(document: Document, element: Element, heights: Sequence[float]) -> Iterator[Row]:
    runs = [run for run in document.runs_of(element) if not run.blank]
    line: list[Run] = []
    for run in runs:
        beside = line and run.page == line[-1].page
        if line and not (beside and abs(run.box[1] - line[-1].box[1]) < run.size_pt / 2):
            yield _row(line, heights)
            line = []
        line.append(run)
    if line:
        yield _row(line, heights)


def _row(runs: list[Run], heights: Sequence[float]) -> Row:
    return Row(
        runs[0].page,
        " ".join("".join(run.text for run in runs).split()),
        min(run.box[0] for run in runs),
        max(run.box[2] for run in runs),
        heights[runs[0].page] - runs[0].box[1],
        max(run.size_pt for run in runs),
    )
