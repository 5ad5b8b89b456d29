"""Whether an article plainly holds all of a text: the same words in the same order, quickly.

Markdown is brought to its words by taking marks away, in both alike. What this cannot follow, such
as HTML or the titles of links, is left to the witness itself.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from leafcast.document.article import Article
from leafcast.readers.witness.passages import CALL, seen, words_of
from leafcast.readers.witness.text import HEAD
from leafcast.readers.witness.told import beside, told_texts

START: Final = re.compile(
    r"^(?:[ \t]*(?:>|#{1,6}(?=[ \t])|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))+|^[ \t|:=-]+$", re.M
)
"""Marks at the start of a line, and lines of marks alone."""
LINK: Final = re.compile(r"\]\([^()\s]*\)")
SPAN: Final = re.compile(r"\]\{lang=[A-Za-z0-9-]+\}")
DEFINITION: Final = re.compile(
    r"^\[\^([^\]\s]+)\]:[ \t]*(.*\n?(?:[ \t]*\n(?=    )|    .*\n?)*)", re.M
)
NOTE: Final = re.compile(r"\s*\[\^([^\]\s]+)\]")
MARK: Final = re.compile(r"^(?:leaflet|say|voice): .*$", re.M)
"""An owner's mark on a line of its own."""
MARKS: Final = "*_`[]|\\#"
BULLET: Final = re.compile(r"^[ \t]*(?:[•‣◦▪–*-]|\d{1,3}[.)])(?=[ \t])", re.M)


def is_all_of_text(text: str, article: Article) -> bool:
    """Whether plain text and its article have the same words in the same order."""
    head = HEAD.match(text)
    written = BULLET.sub("", text[head.end() :] if head else text)
    return _same(written, " ".join(told_texts(article)))


def is_all_of_markdown(text: str, article: Article) -> bool:
    """Whether Markdown and its article have the same words and calls in the same order."""
    head = HEAD.match(text)
    body = text[head.end() :] if head else text
    if "<" in body or "![" in body or "```" in body or "~~~" in body or CALL in body:
        return False
    marks = MARK.findall(body)
    if marks:
        said = [words_of(mark) for mark in beside(article).marks]
        if any(words_of(mark) not in said for mark in marks):
            return False
        body = MARK.sub("", body)
    if "[^" in body:
        body = _with_notes_last(body)
    body = START.sub("", body)
    if "](" in body:
        body = LINK.sub("", body)
    if "]{" in body:
        body = SPAN.sub("", body)
    if "&" in body:
        body = unescape(body)
    return _same(_unmarked(body), _unmarked(" ".join(told_texts(article))))


def _with_notes_last(body: str) -> str:
    """`body` with a sign for each call, and its notes behind it in the order of their calls."""
    notes = {found[1]: found[2] for found in DEFINITION.finditer(body)}
    body = DEFINITION.sub("", body)
    called = dict.fromkeys(found[1] for found in NOTE.finditer(body))
    if called.keys() != notes.keys():
        return ""
    return "\n\n".join([NOTE.sub(CALL, body), *(notes[label] for label in called)])


def _unmarked(words: str) -> str:
    for mark in MARKS:
        words = words.replace(mark, " " if mark == "|" else "")
    return words


def _same(one: str, other: str) -> bool:
    """Whether two texts have the same words; letters are brought to one form only where need be."""
    return one.split() == other.split() or seen(one).split() == seen(other).split()
