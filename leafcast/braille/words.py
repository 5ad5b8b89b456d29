"""Print to braille words: what may stand on a line of its own, and no less.

A word is a string of Unicode braille. A tied space within it, as in a postcode, is U+00A0; a line
break the author asked for is a word of its own, LINE_BREAK.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from leafcast.braille.liblouis import UNCONTRACTED, translate
from leafcast.braille.spelling import LINE_BREAK, Piece, sentence_pieces, spell
from leafcast.document.article import Sentence
from leafcast.markup.html import DIALLED

Words = tuple[str, ...]

BLANK: Final = "\u2800"
TIED: Final = "\u00a0"
OPEN_NOTE, CLOSE_NOTE = "⠈⠨⠣", "⠈⠨⠜"
"""Transcriber's note indicators (UEB 3.27)."""
CAPITAL, GRADE_1 = "⠠", "⠰"
AFTER_A_DIGIT: Final = re.compile(r"(?<=\d)[A-J]")
"""Letters that would be figures: before them stands a sign (UEB 6.5). Within a passage of capitals
liblouis leaves it out, and SW1A would be read as SW11."""
APOSTROPHE, CLOSING_QUOTE = "⠄", "⠠⠴"
LETTERS: Final = re.compile(r"[A-Za-z]")
TWO_NUMBERS: Final = re.compile(r"(?<!\d)(?<!\d )(\d+) \d+(?!\d| \d)")
THOUSANDS: Final = re.compile(r"\d{1,3}(?: \d{3})+")


def sentence_words(sentences: Iterable[Sentence], *, emphasis: bool = True) -> Words:
    """The sentences of one block as braille words."""
    return _words(sentence_pieces(sentences, emphasis=emphasis))


def plain_words(text: str) -> Words:
    """Words without any marks as braille words."""
    return _words(tuple(spell(Piece(text))))


def note_words(text: str) -> Words:
    """Words of whoever made the braille, within the indicators of a transcriber's note."""
    return noted(plain_words(text))


def noted(words: Words) -> Words:
    """`words` within the indicators of a transcriber's note (UEB 3.27)."""
    if not words:
        return ()
    opened = (OPEN_NOTE + words[0], *words[1:])
    return (*opened[:-1], opened[-1] + CLOSE_NOTE)


def _words(pieces: tuple[Piece, ...]) -> Words:
    """Pieces as words; notes are brailled by themselves, the rest in one go, for its context."""
    cells = ""
    for is_note, run in groupby(_lines(pieces), key=lambda piece: piece.note):
        if is_note:
            cells += "".join(OPEN_NOTE + _cells([each]) + CLOSE_NOTE for each in run)
        else:
            cells += "".join(
                LINE_BREAK if breaks else _cells(list(line))
                for breaks, line in groupby(run, key=lambda piece: piece.text == LINE_BREAK)
            )
    spaced = cells.replace(LINE_BREAK, f"{BLANK}{LINE_BREAK}{BLANK}")
    return tuple(word for word in spaced.split(BLANK) if word)


def _lines(pieces: tuple[Piece, ...]) -> Iterator[Piece]:
    """Pieces in which a line break stands alone."""
    for piece in pieces:
        for text in re.split(f"({LINE_BREAK})", piece.text):
            if text:
                yield Piece(text, piece.form, piece.note)


def _cells(pieces: list[Piece]) -> str:
    """Pieces of one line in braille, U+00A0 for a space at which no line may end."""
    text = "".join(piece.text for piece in pieces)
    forms = [piece.form for piece in pieces for _ in piece.text]
    tied = {at for at, character in enumerate(text) if character == TIED} | set(_tied(text))
    unspaced = _with_plain_spaces(text, tied)
    translated = translate(unspaced, forms)
    cells = list(translated.cells)
    for at in tied:
        if cells[translated.starts[at]] == BLANK:
            cells[translated.starts[at]] = TIED
    starts = (*translated.starts, len(cells))
    for after in AFTER_A_DIGIT.finditer(text):
        if cells[first := starts[after.start()]] not in (CAPITAL, GRADE_1):
            cells[first] = GRADE_1 + cells[first]
    for at in _closing_quotes(text):
        for cell in range(starts[at], starts[at + 1]):  # its own, or shared with the s before it
            cells[cell] = CLOSING_QUOTE if cells[cell] == APOSTROPHE else cells[cell]
    return "".join(cells)


def _closing_quotes(text: str) -> Iterator[int]:
    """Where ‘single’ quotation marks close: the last ’ outside a word before another opens.

    After an s liblouis takes each for the apostrophe of a plural; print has one sign for both.
    """
    for quotation in re.finditer("‘[^‘]*", text):
        if closes := [each.start() for each in re.finditer(r"’(?!\w)", quotation[0])]:
            yield quotation.start() + closes[-1]


def _tied(text: str) -> Iterator[int]:
    """The spaces within postcodes.

    A telephone number has numeric spaces, which liblouis gives it (UEB 6.6.1); a postcode is two
    symbols-sequences with a space between them (UEB 6.7.1).
    """
    for dialled in re.finditer(DIALLED, text):
        if LETTERS.search(dialled[0]):
            yield from (at for at in range(*dialled.span()) if text[at] == " ")


def _with_plain_spaces(text: str, tied: set[int]) -> str:
    """`text` in which the space between two numbers that are not one is no numeric space.

    liblouis takes all numbers that stand side by side for one (UEB 6.6.1), as in “in 2026 24
    people”, but for U+00A0 between them.
    """
    dialled = {at for found in re.finditer(DIALLED, text) for at in range(*found.span())}
    pairs = (pair.end(1) for pair in TWO_NUMBERS.finditer(text) if not THOUSANDS.fullmatch(pair[0]))
    apart = tied | (set(pairs) - dialled)
    return "".join(TIED if at in apart else letter for at, letter in enumerate(text))


def uncontracted(text: str) -> Words:
    """Words brailled letter by letter, as those of another language are."""
    return _words(tuple(spell(Piece(text, UNCONTRACTED))))
