"""What a client's own program finds in a file: its words whole, and in the order of reading.

Chrome, Edge and many readers go by the text layer, not by the tags: what is painted, in the order
in which it is painted, with a space guessed wherever letters stand apart. The file is read here by
PDFium, Chrome's own reader, and held against the same words as its tags.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from leafcast.checks.pdf.blocks import Block, same_words
from leafcast.checks.pdf.faults import Fault, shortened
from leafcast.leaflet.direction import SKIN_TONES, runs_backwards
from leafcast.leaflet.meanings import SELECTORS

LINE_END_HYPHEN: Final = "\ufffe"
"""What PDFium writes for a hyphen at a line's end, whose word it joins."""
CONTEXT_WORDS: Final = 4
"""So many words tell a place in a text from others that begin alike."""
ASTRAY: Final = 300
"""So many letters may stand between two words of a text: a page's number, a head repeated."""
NEAR: Final = 60
"""The next word begins so many letters after a word at most."""


@dataclass(frozen=True, slots=True)
class Found:
    """The text of a file: its letters without spaces; `gaps` are the places between two words.

    `folds` are those gaps that are a line's end; `pages` the place where each page begins.
    """

    letters: str
    gaps: frozenset[int]
    folds: frozenset[int]
    pages: tuple[int, ...]

    def page_of(self, at: int) -> int:
        """The page, from 0, on which the letter `at` is."""
        return max(number for number, start in enumerate(self.pages) if start <= at)

    def is_whole(self, start: int, end: int) -> bool:
        """Whether the letters are one word. A long one may run over a line's end."""
        inner = {gap for gap in range(start + 1, end) if gap in self.gaps}
        return start in self.gaps and end in self.gaps and inner <= self.folds

    def shown(self, start: int, end: int) -> str:
        """The letters with the spaces that were found among them."""
        return "".join(
            (" " if at in self.gaps and at > start else "") + self.letters[at]
            for at in range(start, end)
        )


def reading_faults(expected: Iterable[Block], found: Found, *, sheets: bool) -> Iterator[Fault]:
    """Words that are found in pieces, in another place than they are read in, or not at all.

    On `sheets` for a printer the pages stand in another order.
    """
    words = tuple(_words(expected))
    at, astray = 0, list[str]()
    for number, word in enumerate(words):
        start = _place(found, words, number, at, sheets=sheets)
        if start is None:
            astray.append(word)
            continue
        yield from _astray(found, astray, at)
        astray, at = [], start + len(word)
        if not found.is_whole(start, at):
            shown = found.shown(start, at)
            told = f"as “{shown}”" if shown != word else "joined to its neighbour"
            words_said = f"By search and copying “{word}” is found {told}"
            yield Fault("pdf-word-apart", words_said, found.page_of(start))
    yield from _astray(found, astray, at)


def read_pages(pages: Any, *, turned: bool) -> Found:
    """The text of a file that pypdfium2 has opened; `turned` says that its backs stand on their
    heads, and are turned round to be read."""
    return read_text(
        _text(pages[number], upside_down=turned and number % 2 == 1) for number in range(len(pages))
    )


def _text(page: Any, *, upside_down: bool) -> str:
    if not upside_down:
        return str(page.get_textpage().get_text_range())
    page.set_rotation(180)
    text = str(page.get_textpage().get_text_range())
    page.set_rotation(0)
    return text


def read_text(pages: Iterable[str]) -> Found:
    """The text of pages, as PDFium gives it."""
    letters, gaps, folds, starts = "", {0}, set[int](), []
    for page in pages:
        starts.append(len(letters))
        folds.add(len(letters))
        for line in _same(page).splitlines():
            for word in line.split():
                letters += word
                gaps.add(len(letters))
            folds.add(len(letters))
    return Found(letters, frozenset(gaps), frozenset(folds), tuple(starts) or (0,))


def _same(text: str) -> str:
    """Text as it is compared, its lines kept."""
    text = text.replace(f"{LINE_END_HYPHEN}\r\n", "-").replace(LINE_END_HYPHEN, "-")
    return "\n".join(_drawn(line) for line in text.splitlines())


def _drawn(words: str) -> str:
    """Words without what only chooses or joins pictures, which is not drawn by itself."""
    odd = {ord(char): None for char in set(words) if _is_undrawn(char)}
    return same_words(words.translate(odd))


def _is_undrawn(char: str) -> bool:
    return unicodedata.category(char) == "Cf" or ord(char) in SELECTORS or char in SKIN_TONES


def _words(blocks: Iterable[Block]) -> Iterator[str]:
    """The words of blocks in the order of reading.

    Lines that hold words from right to left are left out: viewers differ in how they turn them.
    """
    for block in blocks:
        if block.children:
            yield from _words(block.children)
        elif not runs_backwards(block.text):
            yield from _drawn(block.text).split()


def _place(
    found: Found, words: tuple[str, ...], number: int, at: int, *, sheets: bool
) -> int | None:
    """Where a word stands from `at` on, None where it does not."""
    word, following = words[number], "".join(words[number + 1 : number + 2])
    if found.letters.startswith(word, at):
        return at
    for start in _occurrences(found.letters, word, at, at + ASTRAY):
        if found.letters.find(following, start + len(word), start + NEAR + len(word)) >= 0:
            return start
    if sheets:
        context = "".join(words[number : number + CONTEXT_WORDS])
        start = found.letters.find(context)
        return None if start < 0 else start
    return None


def _occurrences(letters: str, word: str, start: int, end: int) -> Iterator[int]:
    while (start := letters.find(word, start, end + len(word))) >= 0:
        yield start
        start += 1


def _astray(found: Found, words: list[str], at: int) -> Iterator[Fault]:
    """A fault for words that are not where they are read."""
    if not words:
        return
    told = f"“{shortened(' '.join(words))}”"
    page = found.page_of(min(at, max(0, len(found.letters) - 1)))
    if "".join(words) in found.letters:
        yield Fault("pdf-reading-order", f"Painted elsewhere than it is read: {told}", page)
    else:
        yield Fault("pdf-words-unfound", f"Not found by search and copying: {told}", page)
