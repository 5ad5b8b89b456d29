"""What is to be filled in by hand: a form's blanks, which Word and pages draw in many ways.

An article holds them as underscores, which print as a line, are no words, and are not spoken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from leafcast.readers.drafts import (
    BlockDraft,
    Gatherer,
    ParagraphDraft,
    Run,
    Runs,
    TableDraft,
    words_of,
)

BLANK: Final = "_" * 20
SHORTEST: Final = 3
"""Underlined blanks side by side that are a line to write on, and not the space of a phrase."""
LONGEST_LABEL: Final = 12
"""Words before a blank."""
LABEL: Final = re.compile(r"(?<=:)[ \u00a0]*\t[\t \u00a0]*(?=$|\n|\S[^:\n\t]{0,40}:)")
"""Tabs behind a label, with nothing or the next label behind them."""


def underlined(words: str) -> str:
    """Underlined white space as a line to write on; other words as they are."""
    if not words or words.strip() or (len(words) < SHORTEST and "\t" not in words):
        return words
    line = BLANK if "\t" in words else "_" * max(4, min(len(words), len(BLANK)))
    return f" {line} "


def with_blanks(runs: Sequence[Run]) -> list[Run]:
    """`runs` of a paragraph with a line to write on wherever tabs leave room behind a label."""
    text = "".join(run.text for run in runs)
    found = [at.span() for at in LABEL.finditer(text)]
    if not found:
        return list(runs)
    made: list[Run] = []
    start = 0
    for run in runs:
        made.append(replace(run, text=_between(run.text, start, found)))
        start += len(run.text)
    return made


def _between(words: str, start: int, found: Sequence[tuple[int, int]]) -> str:
    """The words of a run that begins at `start`, with a blank for the tabs that begin in it."""
    parts: list[str] = []
    for at, letter in enumerate(words, start):
        inside = next((span for span in found if span[0] <= at < span[1]), None)
        if inside is None:
            parts.append(letter)
        elif inside[0] == at:
            parts.append(f" {BLANK} ")
    return "".join(parts)


def without_form_tables(blocks: Sequence[BlockDraft], gatherer: Gatherer) -> tuple[BlockDraft, ...]:
    """`blocks` with tables of labels and empty cells as lines to fill in; they are told once."""
    made: list[BlockDraft] = []
    lines: list[int] = []
    for block in blocks:
        rows = _filled_in(block) if isinstance(block, TableDraft) else []
        made += rows or [block]
        lines += [block.line] if rows else []
    if lines:
        many = f"{len(lines)} tables" if len(lines) > 1 else "A table"
        gatherer.advise(
            "guessed",
            f"{many} of labels with empty cells beside them became lines to fill in",
            "If it is a table, give it a first row of headers",
            lines[0],
        )
    return tuple(made)


def _filled_in(table: TableDraft) -> list[BlockDraft]:
    """The rows of a table as lines to fill in; none where it is another table."""
    rows = [row for row in table.rows if any(map(words_of, row))]
    if not rows or not all(map(_is_form, rows)):
        return []
    return [ParagraphDraft(tuple(_line(row)), table.line) for row in rows]


def _is_form(row: Sequence[Runs]) -> bool:
    """Whether an empty cell stands behind each label of a row, and a label first."""
    words = [words_of(cell) for cell in row]
    if not words[0] or len(words) < 2:
        return False
    labels = [at for at, said in enumerate(words) if said]
    short = all(len(words[at].split()) <= LONGEST_LABEL for at in labels)
    return short and all(at + 1 < len(words) and not words[at + 1] for at in labels)


def _line(row: Sequence[Runs]) -> Iterator[Run]:
    for cell in row:
        if words_of(cell):
            yield from (*cell, Run(f" {BLANK} "))
