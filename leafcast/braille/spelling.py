"""What is put into braille: text with type forms, in which every letter can be brailled.

Emphasis is marked where it means something in a sentence, not where a whole block is bold: what
print shows by its look, braille shows by its layout. Words of another language are brailled letter
by letter, in UEB's own letters and accents (UEB 13, foreign words in an English text).

A letter that UEB's table does not have is said: by a letter it does have, or in words, as a
transcriber's note. None is dropped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Final

from leafcast.braille.liblouis import PLAIN, UNCONTRACTED, bold, knows
from leafcast.document.article import (
    UNSEEN,
    Code,
    Emphasis,
    Foreign,
    Inline,
    LineBreak,
    NoteMark,
    Sentence,
    Strong,
    Text,
)

LINE_BREAK: Final = "\n"
DIRECT: Final = {
    "¹": "\u2830\u2814\u283c\u2801",
    "\u2028": LINE_BREAK,
    "ʼ": "’",
    "⁄": "/",
    "ı": "i",
}
"""What the table lacks though UEB has it: a raised one, as in the examples of UEB 2.6.3; and what
another sign writes too."""
UNMARKED: Final = dict.fromkeys(
    [
        *UNSEEN,
        *range(0xFE00, 0xFE10),
        0x200C,
        0x200D,
        0x200E,
        0x200F,
        0x20E3,
        *range(0x1F3FB, 0x1F400),
    ]
)
"""Characters that say how their neighbours look or run, and nothing else: a key's frame, a skin."""


CYRILLIC: Final = re.compile("[\u0400-\u052f]")
"""English braille has no such letters, but its table takes some of them, as ё and ї, for Latin ones
that look alike."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of one type form. A `note` stands in a transcriber's note (UEB 3.27)."""

    text: str
    form: int = PLAIN
    note: bool = False


def sentence_pieces(sentences: Iterable[Sentence], *, emphasis: bool = True) -> tuple[Piece, ...]:
    """The sentences of one block, between them one space, or the end of a line."""
    pieces: list[Piece] = []
    between = ""
    for sentence in sentences:
        pieces += [Piece(between)] if pieces else []
        pieces += _inlines(sentence.content, PLAIN)
        between = LINE_BREAK if sentence.ends_line else " "
    if not emphasis or _is_all_bold(pieces):
        pieces = [Piece(piece.text, piece.form & ~bold()) for piece in pieces]
    return tuple(spelt for piece in pieces for spelt in spell(piece))


def _inlines(content: tuple[Inline, ...], form: int) -> Iterator[Piece]:
    for inline in content:
        match inline:
            case Text(text):
                yield Piece(text, form)
            case Code(text):
                yield Piece(text, form | UNCONTRACTED)
            case LineBreak():
                yield Piece(LINE_BREAK, form)
            case NoteMark(number=number):
                yield Piece(f"[{number}]", form)
            case Strong(inside) | Emphasis(inside):
                yield from _inlines(inside, form | bold())
            case Foreign(content=inside):
                yield from _inlines(inside, form | UNCONTRACTED)
            case _:
                yield from _inlines(inline.content, form)


def _is_all_bold(pieces: list[Piece]) -> bool:
    return all(piece.form & bold() for piece in pieces if piece.text.strip())


# ---------------------------------------------------------------- letters


def spell(piece: Piece) -> Iterator[Piece]:
    """`piece` in letters that the table has; what has to be said in words is a note."""
    text = unicodedata.normalize("NFC", piece.text.translate(UNMARKED))
    if piece.form & UNCONTRACTED:  # liblouis would take it for a closing quotation mark
        text = re.sub(r"(?<=\w)’(?=\w)", "'", text)
    for has, run in groupby(text, key=lambda character: bool(spelling(character))):
        if has:
            yield Piece("".join(spelling(character) for character in run), piece.form)
        else:
            yield Piece(said(tuple(run)), piece.form & ~UNCONTRACTED, note=True)


@cache
def spelling(character: str) -> str:
    """Characters the table has that stand for `character`; "" where there are none."""
    if character in DIRECT:
        return DIRECT[character]
    if character == "\u00a0" or character == LINE_BREAK:
        return character
    if character.isspace():
        return " "
    if CYRILLIC.match(character):
        return ""
    if knows(character):
        return character
    for form in ("NFKC", "NFD"):
        letters = unicodedata.normalize(form, character)
        base = "".join(letter for letter in letters if not unicodedata.combining(letter))
        for stand_in in (letters, base) if form == "NFKC" else (base,):
            if stand_in and all(knows(letter) for letter in stand_in):
                return stand_in
    return ""


def said(run: tuple[str, ...]) -> str:
    """Characters the table lacks, in words: their names, or how many letters of what script."""
    names = [unicodedata.name(c, f"character {ord(c):X}").lower() for c in run]
    scripts = {name.split()[0] for name in names}
    if len(run) > 1 and len(scripts) == 1 and all(c.isalpha() for c in run):
        script = scripts.pop()
        return f"{len(run)} {script.upper() if script == 'cjk' else script.capitalize()} letters"
    return ", ".join(names)


def strange_letters(text: str) -> tuple[str, ...]:
    """The characters of `text` that are not brailled as they are, each once."""
    plain = unicodedata.normalize("NFC", text.translate(UNMARKED))
    return tuple(
        dict.fromkeys(c for c in plain if not c.isspace() and c not in DIRECT and spelling(c) != c)
    )
