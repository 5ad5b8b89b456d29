"""On which lines of a page the witness's passages stand: Lexbor, which reads pages quickly, keeps
no lines. They are sought only where something is told, among the words of the file's own lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Final

from leafcast.readers.witness.align import matched
from leafcast.readers.witness.passages import Passage, tokens, words_of

UNREAD: Final = re.compile(r"<(script|style|title)\b.*?</\1\s*>|<!--.*?-->", re.S | re.I)
"""What no reader of a page sees, and may look like its words."""
TAG: Final = re.compile(r"<[a-zA-Z/!](?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
ALT: Final = re.compile(r"\balt\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.I)
INLINE: Final = re.compile(r"</?(?:a|abbr|b|code|em|font|i|span|strong|sub|sup|u|wbr)\b", re.I)
"""Tags within words, which part none."""


def placed(passages: Sequence[Passage], page: str) -> list[Passage]:
    """`passages` with the lines of `page` on which they begin."""
    numbered = list(_words(page))
    found = tokens([passage.words for passage in passages])
    lines: dict[int, int] = {}
    for at, other in matched(found.words, [word for word, _ in numbered], []):
        lines.setdefault(found.passages[at], numbered[other][1])
    line = 0
    told: list[Passage] = []
    for number, passage in enumerate(passages):
        line = lines.get(number, line)
        told.append(passage._replace(line=line))
    return told


def _words(page: str) -> Iterator[tuple[str, int]]:
    """Each word of a page's text and of its pictures, and its line."""
    text = TAG.sub(_for_tag, UNREAD.sub(_emptied, page))
    for line, words in enumerate(text.split("\n"), 1):
        yield from ((word, line) for word in words_of(unescape(words)))


def _emptied(found: re.Match[str]) -> str:
    return " " + "\n" * found[0].count("\n")


def _for_tag(tag: re.Match[str]) -> str:
    """What stands in place of a tag: the words of a picture, and its line ends."""
    alt = ALT.search(tag[0]) if tag[0][1:4].casefold() == "img" else None
    words = f" {alt[1] or alt[2] or ''} ".replace("\n", " ") if alt else ""
    return ("" if INLINE.match(tag[0]) else " ") + words + "\n" * tag[0].count("\n")
