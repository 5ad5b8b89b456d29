"""Signs that nobody sees and that do harm, taken out of a text before it is read.

They are characters that XML cannot hold (XML 1.0, 2.2), so that no book could be made, and those
that turn the direction of writing (UAX #9, 2.1 to 2.5), with which words are shown in another order
than the one they are read aloud in. Which way a text runs is told by its letters.
"""

from __future__ import annotations

import re
from typing import Final

from leafcast.document.origin import Origin
from leafcast.document.report import Finding, Severity

UNSEEN: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    "\u202a-\u202e\u2066-\u2069]"
)
REFERENCE: Final = re.compile(r"&#(?:0*(\d{1,7})|[xX]0*([0-9a-fA-F]{1,6}));?")
"""A character by its number, as Markdown (CommonMark 0.31, 2.5) and HTML know it."""
WINDOWS: Final[dict[int, str]] = {
    number: letter
    for number in range(0x80, 0xA0)
    if (letter := bytes([number]).decode("cp1252", "ignore"))
}
"""What browsers show for the numbers of controls: the letters that Windows has there (HTML,
13.2.5.80).
"""
TYPED: Final[dict[int, str]] = {
    number: WINDOWS[number] for number in (0x82, 0x84, *range(0x91, 0x98))
}
"""Quotation marks, dashes and bullets of Windows that were saved as if they were controls."""
SPACES: Final[dict[int, str]] = dict.fromkeys(map(ord, "\v\f\x85\u2028\u2029"), " ")
"""Other ends of lines and pages, which nothing here counts as such."""
READ_AS: Final = {**TYPED, **SPACES}


def cleaned(text: str) -> str:
    """`text` without unseen signs, and with plain spaces for rare ends of lines."""
    return UNSEEN.sub("", text.translate(READ_AS))


def cleaned_source(text: str, origin: Origin) -> tuple[str, tuple[Finding, ...]]:
    """`text` of Markdown or HTML, cleaned also of signs by their numbers; and what was left out."""
    lines: list[int] = []
    text = REFERENCE.sub(lambda at: WINDOWS.get(_number(at), at[0]), text)
    kept, before = cleaned(text), ""
    if kept != text.translate(READ_AS):
        typed = text.translate(TYPED)
        lines += [_line(typed, found.start()) for found in UNSEEN.finditer(typed)]
    while kept != before:  # what is taken out may leave another sign's number behind
        before = kept
        lines += [_line(kept, at.start()) for at in REFERENCE.finditer(kept) if _is_unseen(at)]
        kept = REFERENCE.sub(lambda at: "" if _is_unseen(at) else at[0], kept)
    return kept, (unseen_signs(origin, lines),) if lines else ()


def unseen_signs(origin: Origin, lines: list[int]) -> Finding:
    """What to say of unseen signs on these lines."""
    many = f"{len(lines)}, the first here" if len(lines) > 1 else "one"
    return origin.finding(
        "unseen-signs",
        Severity.WARNING,
        f"Invisible signs that no reader needs, and that can do harm, were left out: {many}",
        "Write the words on this line anew, by hand",
        line=min(lines),
    )


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _is_unseen(reference: re.Match[str]) -> bool:
    number = _number(reference)
    return number == 0 or (number < 0x110000 and bool(UNSEEN.fullmatch(chr(number))))


def _number(reference: re.Match[str]) -> int:
    return int(reference[1]) if reference[1] else int(reference[2], 16)
