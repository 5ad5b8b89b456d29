"""Plain text as the witness reads it: its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from leafcast.readers.witness.kinds import MARKER
from leafcast.readers.witness.passages import CALL, Passage

HEAD: Final = re.compile(
    r"\s*(?:-{3,}|[–—][-–—]{0,2}|\+\+\+)[ \t]*\w*[ \t]*\n(?:.*\n)*?"
    r"(?:-{3,}|[–—][-–—]{0,2}|\+\+\+|\.\.\.)[ \t]*(?:\n|\Z)"
    r"|\s*\{\s*\"[^\n]*\n(?:.*\n)*?\}[ \t]*(?:\n|\Z)"
)
"""Front matter, which has findings of its own."""
SHOWN: Final = re.compile(r"\s*(?:#\s|\*\*|by\s|written by\s|.+\n=+[ \t]*\n)", re.I)
"""A title, or a line that names the author."""
FACTS: Final = re.compile(r"\s*(?:[A-Za-z][\w .-]{0,30}:(?:[ \t].*)?\n)+(?=\s*\n)")
"""Facts at the start of a file, with no line above and below them."""
MARK: Final = re.compile(r"[\s>]*(?:leaflet|say|voice)\w?\s*[:=]", re.I)
"""An owner's mark, or what looks like one."""
TYPED: Final = re.compile(
    r"[ \t>]*(?:#{1,6}(?=\s)|[=~^+#](?:\s?[=~^+#])+\s*\Z|(?<=>)"
    r"|[\u2190-\u21ff\u2219\u22c5\u22c6\u2300-\u2bff\U0001f000-\U0001faff][\ufe0e\ufe0f]?(?=\s)|[•‣◦▪●○■□⁃➢➤⇒→✓✔·](?=.)|[–—*+-](?=[\s\w])"
    r"|\(?\d{1,3}(?:[.)]+(?=\s|[^\W\d]|\Z)|\s?[-–](?=\s))"
    r"|\(?(?:[a-z]|[ivx]{1,4})[.)](?=\s)|o(?=\s)|[①-⓿❶-➓৲-৹]"
    r"|\d\ufe0f?\u20e3|\d{1,2}:(?=\s)|\d{1,2}(?:\.\d{1,2})+\.?(?=\s))",
    re.I,
)
"""What a point, a number or a quotation typed at the start of a line looks like; and a line that
is drawn.
"""

DIVIDED: Final = re.compile(
    r"\b(?!(?:well|self|non|half|long|ex)-)([^\W\d_]*[a-z]{2})-[ \t]*\n[ \t]*([a-z]{2}\S*)"
)
"""A word that was divided at the end of a printed line."""
HYPHENED: Final = re.compile(r"(?<=[a-z])-[ \t]*\n[ \t]*([a-z]\S*)")
LINK: Final = re.compile(r"\]\((?:https?://|mailto:|tel:)[^\s()]+\)")
"""Where typed words in brackets lead to, which is none of the words."""
ORNATE: Final = re.compile(r"[ \t]*([=~*#+_-]{2,})[ \t]+(\w.*?)[ \t]+\1[ \t]*")
"""A line between two rows of signs."""


def with_marker(words: str, line: int, kind: str = "") -> Iterator[Passage]:
    """A passage, and before it, apart, what marks it as a point."""
    if MARK.match(words):
        yield Passage(words, line, "mark")
        return
    if ornate := ORNATE.fullmatch(words):
        words = ornate[2]
    words = LINK.sub("]", words)
    typed = TYPED.match(words)
    if typed:
        yield Passage(typed[0], line, MARKER)
    yield Passage(words[typed.end() :] if typed else words, line, kind)


def split_head(text: str) -> tuple[int, list[Passage]]:
    """Where the text begins behind its front matter, and lines that look like facts, unfenced."""
    if head := HEAD.match(text):
        return head.end(), []
    facts = FACTS.match(text)
    lines = facts[0].split("\n") if facts else []
    return (facts.end() if facts else 0), [
        Passage(words, line, "head") for line, words in enumerate(lines, 1) if words.strip()
    ]


def text_passages(text: str) -> Iterator[Passage]:
    """The words of each line, those that mark a point apart."""
    start, facts = split_head(text)
    yield from facts
    first = text.count("\n", 0, start) + 1
    body = DIVIDED.sub("\\1\\2\n", text[start:].replace(CALL, ""))
    body = HYPHENED.sub("-\\1\n", body)
    for line, words in enumerate(body.split("\n"), first):
        yield from with_marker(words, line)
