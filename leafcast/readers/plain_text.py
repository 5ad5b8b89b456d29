"""Plain text → Article: headings that nothing marks, bullets, a byline, a call to action.

A heading is told by what it is (one short line without a full stop at its end, most of its longer
words with capitals) and by what follows (a paragraph). What was guessed on thin grounds is
said in the report.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from leafcast.model import Block, Heading, ListBlock, ListEntry, Paragraph, Reading, Text
from leafcast.readers.assemble import Parts, Writer, assemble, is_too_long
from leafcast.readers.front_lines import split_front_matter
from leafcast.readers.front_matter import FrontMatter, read_front_matter
from leafcast.readers.mark_kinds import may_be_mark
from leafcast.readers.marks import Outline, place_marks, take_marks
from leafcast.readers.origin import Origin
from leafcast.report import Severity

BULLET = re.compile(r"[ \t]*(?:[•‣◦▪–*-]|(\d{1,3})[.)])[ \t]+(?=\S)")
LONGEST_HEADING_WORDS: Final = 14
SENTENCE_END = re.compile(r"[.!:;,…][”’\"')\]]*$")
CLOSING_PARAGRAPHS: Final = 2
"""After a byline there are at most this many paragraphs."""


@dataclass(frozen=True, slots=True)
class _Stanza:
    """Lines between blank lines, with the number of the first."""

    lines: tuple[str, ...]
    number: int

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.lines).split())

    @property
    def is_list(self) -> bool:
        return bool(BULLET.match(self.lines[0]))


def read_plain_text(text: str, origin: Origin, front: FrontMatter | None = None) -> Reading:
    """Read an article of plain text; `front` stands in for front matter where there is none."""
    head, body, above = split_front_matter(text)
    writer = Writer(origin)
    if head is not None or front is None:
        front, findings = read_front_matter(head, origin)
        writer.findings += findings
    taken = take_marks(body, above, _outline(body), origin)
    writer.findings += taken.findings
    stanzas = tuple(_stanzas(taken.body, above))
    closing = _closing(stanzas, front.author if front else "")
    marked = frozenset(mark.heading for mark in taken.marks)
    for stanza in stanzas:
        if is_too_long(stanza.words):
            writer.paragraph_too_long(stanza.words, stanza.number)
            return Reading(None, tuple(writer.findings))
    parts = _parts(stanzas, closing, marked, writer)
    marks = place_marks(
        taken.marks, origin, lambda words, line: writer.paragraph((Text(words),), line)
    )
    return assemble(front, replace(parts, marks=marks), writer)


def _outline(body: str) -> Outline:
    """Lines that can be headings: what stands there, with a mark under it, is one."""
    lines = body.split("\n")
    around = pairwise(pairwise(("", *lines, "")))
    return Outline(
        {
            at: at
            for at, ((before, line), (_, after)) in enumerate(around)
            if not before.strip()
            and line.strip()
            and not may_be_mark(line)
            and (not after.strip() or may_be_mark(after))
            and _could_be_heading(_Stanza((line,), at))
        }
    )


def _stanzas(body: str, above: int) -> Iterator[_Stanza]:
    """The stanzas of `body`; a list that follows its lead-in directly is one of its own."""
    gathered: list[str] = []
    first = 0
    for number, line in enumerate(body.split("\n"), above + 1):
        starts_list = BULLET.match(line) and gathered and not BULLET.match(gathered[0])
        if gathered and (not line.strip() or starts_list):
            yield _Stanza(tuple(gathered), first)
            gathered = []
        if line.strip():
            first = first if gathered else number
            gathered.append(line)
    if gathered:
        yield _Stanza(tuple(gathered), first)


def _closing(stanzas: Sequence[_Stanza], author: str) -> int | None:
    """Where the byline stands: near the end, without a full stop, naming the author."""
    for at in range(len(stanzas) - 1, max(0, len(stanzas) - 2 - CLOSING_PARAGRAPHS), -1):
        if names(stanzas[at].words, author) and _could_be_heading(stanzas[at]):
            return at
    return None


def names(words: str, author: str) -> bool:
    """Whether `words` begin with the author's name."""
    name = re.split(r"[,(–]", author)[0].strip().casefold()
    return bool(name) and words.casefold().startswith(name)


def _could_be_heading(stanza: _Stanza) -> bool:
    return len(stanza.lines) == 1 and not stanza.is_list and short_and_open(stanza.words)


def short_and_open(words: str) -> bool:
    """Whether `words`, alone on their line, are as short as a heading, and no sentence."""
    return len(words.split()) <= LONGEST_HEADING_WORDS and not SENTENCE_END.search(words)


def _capitals(words: str) -> float:
    """The share of the longer words that begin with a capital."""
    longer = [word for word in re.findall(r"[\w’'-]+", words) if len(word) > 3]
    capital = [word for word in longer if word[0].isupper()]
    return len(capital) / len(longer) if longer else float(words[:1].isupper())


def judge_heading(words: str) -> tuple[bool, bool]:
    """Whether words that could be a heading are one, and whether that is sure."""
    share = _capitals(words)
    if share >= 0.75:
        return True, True
    return share >= 0.5 or len(words.split()) <= 8, False


def _is_heading(
    stanzas: Sequence[_Stanza], at: int, marked: Collection[int], writer: Writer
) -> bool:
    """Whether a stanza is a heading; a guess on thin grounds is told."""
    stanza = stanzas[at]
    if stanza.number in marked:
        return True
    followed = at + 1 < len(stanzas) and not _could_be_heading(stanzas[at + 1])
    if not _could_be_heading(stanza) or not followed:
        return False
    heading, sure = judge_heading(stanza.words)
    if not sure:
        writer.find(
            "guessed",
            Severity.ADVICE,
            (
                f"“{stanza.words}” was read as a {'heading' if heading else 'paragraph'}",
                "If that is wrong, save the file as .md and write ## before each heading",
            ),
            stanza.number,
        )
    return heading


def _parts(
    stanzas: Sequence[_Stanza], closing: int | None, marked: Collection[int], writer: Writer
) -> Parts:
    end = len(stanzas) if closing is None else closing
    body: list[Heading | Block] = []
    for at in range(end):
        stanza = stanzas[at]
        if _is_heading(stanzas[:end], at, marked, writer):
            body.append(writer.heading(2, (Text(stanza.words),), stanza.number))
        else:
            body.append(_block(stanza, writer))
    if closing is None:
        return Parts(tuple(body))
    byline = writer.paragraph((Text(stanzas[closing].words),), stanzas[closing].number)
    action = tuple(_block(stanza, writer) for stanza in stanzas[closing + 1 :])
    return Parts(tuple(body), byline, action)


def _block(stanza: _Stanza, writer: Writer) -> Block:
    return _list(stanza, writer) if stanza.is_list else _paragraph(stanza, writer)


def _paragraph(stanza: _Stanza, writer: Writer) -> Paragraph:
    return writer.paragraph((Text(stanza.words),), stanza.number)


def _list(stanza: _Stanza, writer: Writer) -> ListBlock:
    """A list; a line without a bullet goes on with the point before it."""
    points: list[tuple[int, str]] = []
    for offset, line in enumerate(stanza.lines):
        marked = BULLET.match(line)
        words = " ".join(line[marked.end() :].split() if marked else line.split())
        if marked:
            points.append((stanza.number + offset, words))
        else:
            number, before = points[-1]
            points[-1] = (number, f"{before} {words}")
    block_id = writer.ids.block("list", " ".join(words for _, words in points))
    entries = []
    for number, words in points:
        entry_id = writer.ids.block("entry", words)
        paragraph = writer.paragraph((Text(words),), number)
        entries.append(ListEntry(entry_id, writer.place(number), (paragraph,)))
    first = BULLET.match(stanza.lines[0])
    start = int(first[1]) if first and first[1] else 0
    place = writer.place(stanza.number)
    return ListBlock(block_id, place, tuple(entries), bool(first and first[1]), start or 1)
