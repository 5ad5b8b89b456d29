"""What a client's own program finds in a file: its words whole, and in the order of reading.

Chrome, Edge and many readers go by the text layer, not by the tags: what is painted, in the order
in which it is painted, with a space guessed wherever letters stand apart. The file is read here by
PDFium, Chrome's own reader, and held against the same words as its tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from unicodedata import normalize

from leafcast.checks.pdf.blocks import Block
from leafcast.checks.pdf.faults import Fault, shortened
from leafcast.design.direction import has_marks, runs_backwards
from leafcast.document.report import Severity

LINE_END_HYPHEN: Final = "\ufffe"
"""What PDFium writes for a hyphen at a line's end, whose word it joins."""
CONTEXT_WORDS: Final = 4
"""So many words tell a place in a text from others that begin alike."""
ASTRAY: Final = 300
"""So many letters may stand between two words of a text: a page's number, a head repeated."""
UNMARKED: Final = (
    "On paper, and read out, it is as it should be. For Chrome’s search, write it without the "
    "mark, or leave it so"
)
NEAR: Final = 60
"""The next word begins so many letters after a word at most."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is shown, and its letters and digits as they are compared (Unicode annex 15)."""

    shown: str
    letters: str


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

    def pieces(self, start: int, end: int) -> str:
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
            astray.append(word.shown)
            continue
        yield from _astray(found, astray, at)
        astray, at = [], start + len(word.letters)
        if not found.is_whole(start, at):
            pieces = found.pieces(start, at)
            told = f"as “{pieces}”" if " " in pieces else "joined to its neighbour"
            words_said = f"By search and copying “{word.shown}” is found {told}"
            yield _apart(word, words_said, found.page_of(start))
    yield from _astray(found, astray, at)


def _apart(word: Word, words: str, page: int) -> Fault:
    """A word in pieces; one with a mark that is no part of a letter is so in PDFium alone."""
    if has_marks(word.shown):
        return Fault("pdf-word-apart", words, page, Severity.WARNING, UNMARKED)
    return Fault("pdf-word-apart", words, page)


def read_pages(pages: Any, title: str, *, turned: bool) -> Found:
    """The text of a file that pypdfium2 has opened; `turned` says that its backs stand on their
    heads, and are turned round to be read."""
    texts = (
        _text(pages[number], upside_down=turned and number % 2 == 1) for number in range(len(pages))
    )
    return read_text(texts, title)


def _text(page: Any, *, upside_down: bool) -> str:
    if not upside_down:
        return str(page.get_textpage().get_text_range())
    page.set_rotation(180)
    text = str(page.get_textpage().get_text_range())
    page.set_rotation(0)
    return text


def read_text(pages: Iterable[str], title: str) -> Found:
    """The text of pages, as PDFium gives it, but for the title at their heads and feet."""
    letters, gaps, folds, starts = "", {0}, set[int](), []
    for number, page in enumerate(pages):
        starts.append(len(letters))
        folds.add(len(letters))
        whole = page.replace(f"{LINE_END_HYPHEN}\r\n", "-").replace(LINE_END_HYPHEN, "-")
        for line in _but_for_heads(whole.splitlines(), title, first=number == 0):
            for word in _in_words(line):
                letters += word.letters
                gaps.add(len(letters))
            folds.add(len(letters))
    return Found(letters, frozenset(gaps), frozenset(folds), tuple(starts) or (0,))


def _but_for_heads(lines: list[str], title: str, *, first: bool) -> Iterator[str]:
    """The lines of a page without one that is the title again: with a page's number beside it, or
    alone as the last line, or as the first of a page other than the `first`, which it heads.
    """
    head = re.compile(rf"(\d*)\s*{re.escape(' '.join(title.split()))}\s*(\d*)")
    said = [at for at, line in enumerate(lines) if line.strip() and not line.strip().isdigit()]
    outer = set(said[:1] + said[-1:]) - (set(said[:1]) if first else set())
    for at, line in enumerate(lines):
        found = head.fullmatch(" ".join(line.split()))
        if not (found and (found[1] or found[2] or at in outer)):
            yield line


def _words(blocks: Iterable[Block]) -> Iterator[Word]:
    """The words of blocks in the order of reading.

    Lines that hold words from right to left are left out: viewers differ in how they turn them.
    """
    for block in blocks:
        if block.children:
            yield from _words(block.children)
        elif not runs_backwards(block.text):
            yield from _in_words(block.text)


def _in_words(text: str) -> Iterator[Word]:
    """The words that say something: blanks to fill in, rules and marks are cut anywhere."""
    for shown in text.split():
        letters = "".join(filter(str.isalnum, normalize("NFKC", shown)))
        if letters:
            yield Word(shown, letters)


def _place(
    found: Found, words: tuple[Word, ...], number: int, at: int, *, sheets: bool
) -> int | None:
    """Where a word stands from `at` on, None where it does not."""
    word = words[number].letters
    following = words[number + 1].letters if number + 1 < len(words) else ""
    for start in _occurrences(found.letters, word, at, at + ASTRAY):
        end = start + len(word)
        near = found.letters.find(following, end, end + NEAR + len(following)) >= 0
        if near and (start == at or found.is_whole(start, end)):
            return start
    if found.letters.startswith(word, at):
        return at
    for count in range(CONTEXT_WORDS, 0, -1) if sheets else ():
        context = "".join(each.letters for each in words[number : number + count])
        for start in _occurrences(found.letters, context, 0, len(found.letters)):
            if found.is_whole(start, start + len(word)):
                return start
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
    if "".join(word.letters for word in _in_words(" ".join(words))) in found.letters:
        yield Fault("pdf-reading-order", f"Painted elsewhere than it is read: {told}", page)
    else:
        yield Fault("pdf-words-unfound", f"Not found by search and copying: {told}", page)
