"""Passages → pages of 40 cells by 25 lines, the page number at the end of the last line.

No word is divided but one longer than a line, such as an address; no heading ends a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from leafcast.braille.passages import Passage
from leafcast.braille.spelling import LINE_BREAK
from leafcast.braille.words import BLANK, TIED, Words

CELLS: Final = 40
LINES: Final = 25
TEXT_LINES: Final = LINES - 1
MARGIN: Final = 3
"""Blank cells on either side of a centred line, at least."""
CONTINUED: Final = "⠐"
"""The line continuation indicator; two where a number is divided at a space (UEB 6.10)."""
NUMERIC: Final = "⠼"
DIGITS: Final = "⠚⠁⠃⠉⠙⠑⠋⠛⠓⠊"
PREFIXES: Final = "⠈⠘⠸⠐⠨⠰⠠⠼"
"""Cells that belong to the one after them: no line ends with one."""
NUMERIC_SPACE: Final = re.compile(f"(?<=[{DIGITS}])⠐(?=[{DIGITS}])")
AFTER: Final = ("⠸⠌", "⠈⠁", "⠨⠤")
"""The solidus, the at sign, the low line: an address is best divided after one of them."""
FULL_STOP, HYPHEN, DASH = "⠲", "⠤", "⠠⠤"
DEEPEST: Final = CELLS // 2
"""However deep a list lies in others, this much of the line is left for words."""

Page = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of cells. One that is `kept` stands on the page of the line after it."""

    cells: str
    kept: bool = False


def lay_out(passages: Iterable[Passage]) -> tuple[Page, ...]:
    """Pages of exactly 25 lines, no line over 40 cells, without blank cells at their ends."""
    return tuple(
        (*lines, *[""] * (TEXT_LINES - len(lines)), f"{number_cells(number):{BLANK}>{CELLS}}")
        for number, lines in enumerate(_pages(list(_lines(list(passages)))), 1)
    )


def number_cells(number: int) -> str:
    """A whole number in braille (UEB 6.1)."""
    return NUMERIC + "".join(DIGITS[int(digit)] for digit in str(number))


# ---------------------------------------------------------------- pages


def _lines(passages: list[Passage]) -> Iterator[Line]:
    """All lines one after another, an empty one where passages are parted.

    A heading keeps two lines of what follows it on its page, or all there are.
    """
    before = None
    for passage in passages:
        led = before is not None and before.kept
        if before and not _is_heading(before) and (before.after or passage.before):
            yield Line("", led)
        lines = passage_lines(passage)
        for at, cells in enumerate(lines):
            yield Line(cells, passage.kept or (led and at == 0 and len(lines) > 1))
        before = passage


def _is_heading(passage: Passage) -> bool:
    """What follows a heading stands right under it; under the title, after an empty line."""
    return passage.kept and not passage.centred


def _pages(lines: list[Line]) -> Iterator[list[str]]:
    """Lines a page at a time; an empty line neither begins nor ends one."""
    page: list[str] = []
    for group in _groups(lines):
        if page and len(page) + len(group) > TEXT_LINES:
            yield _without_empty_end(page)
            page = []
        for cells in group:
            if len(page) == TEXT_LINES:
                yield page
                page = []
            if cells or page:
                page.append(cells)
    if any(page):
        yield _without_empty_end(page)


def _groups(lines: list[Line]) -> Iterator[list[str]]:
    """Lines that must stand together."""
    group: list[str] = []
    for line in lines:
        group.append(line.cells)
        if not line.kept:
            yield group
            group = []
    if group:
        yield group


def _without_empty_end(page: list[str]) -> list[str]:
    while page and not page[-1]:
        page = page[:-1]
    return page


# ---------------------------------------------------------------- lines


def passage_lines(passage: Passage) -> list[str]:
    """A passage as lines of at most 40 cells."""
    if passage.centred:
        lines = _wrap(passage.words, (0, 0), CELLS - 2 * MARGIN)
        return [BLANK * ((CELLS - len(line)) // 2) + line for line in lines]
    return _wrap(passage.words, (min(passage.first, DEEPEST), min(passage.rest, DEEPEST)), CELLS)


def _wrap(words: Words, indents: tuple[int, int], width: int) -> list[str]:
    """Words on lines; `indents` are the blank cells before the first line and the others."""
    lines: list[str] = []
    line = ""

    def room() -> int:
        return width - indents[min(len(lines), 1)]

    def end() -> None:
        nonlocal line
        lines.append(BLANK * indents[min(len(lines), 1)] + line)
        line = ""

    for word in words:
        if word == LINE_BREAK:
            if line:
                end()
            continue
        if line and len(line) + 1 + len(word) > room():
            end()
        rest = word
        while len(rest) > room():
            line, rest = divide(rest, room())
            end()
        line = f"{line}{BLANK}{rest}" if line else rest
    if line:
        end()
    return [each.replace(TIED, BLANK) for each in lines]


def divide(word: str, room: int) -> tuple[str, str]:
    """The part of a long word that fills a line of `room` cells, and the rest of it.

    At a tied space; at a numeric space (UEB 6.10.4); after a hyphen; else where an address has a
    solidus, an at sign, a full stop, or at last between any two signs, with the line continuation
    indicator.
    """
    if (at := word.rfind(TIED, 1, room + 1)) > 0:
        return word[:at], word[at + 1 :]
    spaces = [each.start() for each in NUMERIC_SPACE.finditer(word) if each.start() <= room - 2]
    if spaces and NUMERIC in word[: spaces[-1]]:
        return word[: spaces[-1]] + CONTINUED * 2, word[spaces[-1] + 1 :]
    if hyphens := [at for at in range(2, room + 1) if _ends_in_hyphen(word[:at])]:
        return word[: hyphens[-1]], word[hyphens[-1] :]
    at = max((at for at in range(2, room) if _is_good_place(word, at)), default=0)
    at = at or max((at for at in range(1, room) if word[at - 1] not in PREFIXES), default=room - 1)
    return word[:at] + CONTINUED, word[at:]


def _ends_in_hyphen(part: str) -> bool:
    return part.endswith(DASH) or (part[-1] == HYPHEN and part[-2] not in PREFIXES)


def _is_good_place(word: str, at: int) -> bool:
    before_stop = word[at] == FULL_STOP and word[at - 1] not in PREFIXES
    return before_stop or word[at - 2 : at] in AFTER


def joined(pages: Iterable[Page]) -> Words:
    """The words of pages as they were before they were laid out, page numbers left out."""
    lines = [line.strip(BLANK) for page in pages for line in page[:-1]]
    text = ""
    for line in filter(None, lines):
        text += line[:-1] if line.endswith(CONTINUED) else line + BLANK
    return tuple(word for word in text.split(BLANK) if word)
