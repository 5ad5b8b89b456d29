"""Plain text as the witness reads it: its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from leafcast.readers.witness.kinds import MARKER
from leafcast.readers.witness.passages import CALL, Passage

HEAD: Final = re.compile(r"\s*(?:---|\+\+\+)[ \t]*\n(?:.*\n)*?(?:---|\+\+\+|\.\.\.)[ \t]*(?:\n|\Z)")
"""Front matter, which has findings of its own."""
TYPED: Final = re.compile(
    r"[ \t>]*(?:#{1,6}(?=\s)|[=~^+#](?:\s?[=~^+#])+\s*\Z|(?<=>)"
    r"|[\u2190-\u2bff\U0001f000-\U0001faff][\ufe0e\ufe0f]?(?=\s)|[•‣◦▪●○■□⁃➢➤⇒→✓✔·](?=.)|[–—*+-](?=[\s\w])"
    r"|\(?\d{1,3}(?:[.)]+(?=\s|[^\W\d]|\Z)|\s?[-–](?=\s))"
    r"|\(?(?:[a-z]|[ivx]{1,4})[.)](?=\s)|o(?=\t|\s\s)|[①-⓿❶-➓৲-৹]"
    r"|\d\ufe0f?\u20e3|\d{1,2}:(?=\s)|\d{1,2}(?:\.\d{1,2})+\.?(?=\s))",
    re.I,
)
"""What a point, a number or a quotation typed at the start of a line looks like; and a line that
is drawn.
"""


def with_marker(words: str, line: int, kind: str = "") -> Iterator[Passage]:
    """A passage, and before it, apart, what marks it as a point."""
    typed = TYPED.match(words)
    if typed:
        yield Passage(typed[0], line, MARKER)
    yield Passage(words[typed.end() :] if typed else words, line, kind)


def text_passages(text: str) -> Iterator[Passage]:
    """The words of each line, those that mark a point apart."""
    head = HEAD.match(text)
    start = head.end() if head else 0
    first = text.count("\n", 0, start) + 1
    for line, words in enumerate(text[start:].replace(CALL, "").split("\n"), first):
        yield from with_marker(words, line)
