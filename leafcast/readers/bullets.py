"""Typed marks before the points of a list: bullets, numbers, letters, pictures of bullets."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["sure", "other", "number", "clause", "letter", "box"]

NO_BULLETS: Final = frozenset("©®™℠°№℃℉½¼¾⅓⅔²³¹&@#%§¶†‡!?…,;:.'\"/\\_¡¿()[]{}<>+=±×÷~|^")
"""Signs that mean something of their own at the beginning of a line."""
BOXES: Final = "☐☑☒□❑❏▢◻"
"""Boxes to tick: a list's points, but seen."""
TICKS: Final = "✓✔✅✗✘❌★☆●○◆◇■□▶►➤➢➔→"
"""Signs that say of a line that it is a point, as pictures do not."""
JOINERS: Final = "\u200d\ufe0e\ufe0f"
DASHES: Final = "-–—*+"
NUMBER: Final = re.compile(
    r"\s*(?:\((\d{1,3})\)\s*|(\d{1,3})[.)]\s+|(\d{1,3})[.)](?=[^\W\d_])|(\d{1,2})\s?[-–—]\s+(?=\D)"
    r"|(\d{1,2}):\s+|(\d)\ufe0f?\u20e3\s*)(?=\S)"
)
CLAUSE: Final = re.compile(r"\s*\d{1,3}(?:\.\d{1,3})+\.?\)?\s+(?=[^\W\d_“\"‘(])")
CIRCLED: Final = re.compile(r"\s*([①-⑳])\s*(?=\S)")
LETTER: Final = re.compile(r"\s*\(?([a-z]|[ivx]{1,5})\)\s+(?=\S)|\s*([a-z])\.\s+(?=\S)")
LETTER_O: Final = re.compile(r"\s*o(?:\t|\s{2,}|\u00a0)\s*(?=\S)")
"""What a bullet of Word's second level becomes where a file is saved as text."""
MATHS: Final = re.compile("ARROW|BULLET|DOT OPERATOR|TRIANGLE|SQUARE|CIRCLE|DIAMOND|STAR")
"""Signs of mathematics that are bullets, by their names."""


@dataclass(frozen=True, slots=True)
class Bullet:
    """How a line begins as a point does.

    `sure` begins nothing but a point; of others there must be two. `end` is where the point's own
    words begin: where a list's marks cannot say the same (5.1, a, a box to tick), that is 0.
    """

    kind: Kind
    mark: str
    end: int
    number: int = 0


def bullet_of(line: str) -> Bullet | None:
    """The typed bullet or number at the beginning of `line`, None where there is none."""
    if found := NUMBER.match(line):
        number = next(int(group) for group in found.groups() if group)
        return Bullet("number", "number", found.end(), number)
    if found := CIRCLED.match(line):
        return Bullet("number", "number", found.end(), ord(found[1]) - ord("①") + 1)
    if CLAUSE.match(line):
        return Bullet("clause", "number", 0)
    if found := LETTER.match(line):
        return Bullet("letter", "letter", 0)
    if found := LETTER_O.match(line):
        return Bullet("other", "o", found.end())
    return _sign(line)


def _sign(line: str) -> Bullet | None:
    """A sign at the beginning of `line` that is a bullet."""
    start = len(line) - len(line.lstrip())
    end = start
    while end < len(line) and (line[end] in JOINERS or _is_sign(line[end])):
        end += 1
    mark = line[start:end].rstrip()
    rest = line[end:].lstrip()
    if not mark or not rest or not any(letter.isalnum() for letter in rest):
        return None
    space = line[end : end + 1].isspace()
    words = end + len(line[end:]) - len(rest)
    if mark[0] in BOXES:
        return Bullet("box", mark[0], 0)
    if mark[0] in DASHES:
        typed = len(mark) == 1 and (space or rest[0].isalpha()) and not line.rstrip().endswith("*")
        return Bullet("other", mark, words) if typed else None
    return Bullet("sure", mark, words)


def _is_sign(letter: str) -> bool:
    """Whether a letter is a sign that is nothing but a mark: •, ➔, ✓, ⇒, ৹, an emoji."""
    if letter in DASHES or letter in "•‣◦·▪":
        return True
    if letter in NO_BULLETS:
        return False
    category = unicodedata.category(letter)
    if category == "Sm":  # ∇ and ∑ begin a formula
        return bool(MATHS.search(unicodedata.name(letter, "")))
    raised = unicodedata.decomposition(letter).startswith(("<super>", "<sub>"))
    return category in ("So", "Sk", "Co") or (category == "No" and not raised)


def is_emoji_led(words: str) -> bool:
    """Whether a line begins with a picture, such as an emoji."""
    bullet = bullet_of(words)
    return bool(bullet and bullet.kind == "sure" and unicodedata.category(bullet.mark[0]) == "So")
