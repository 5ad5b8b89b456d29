"""The owner's marks: what a section is worth to the short leaflet, and how it is read aloud.

    ## How It Helps With Past Trauma
    leaflet: drop
    say: "Therapy may help with what happened long ago."
    voice: george

Each mark is a line of its own, directly under a heading, or above the article's first words for its
introduction. Words stand in quotes and may go over lines. `voice:` may also be the first line of a
quotation. Marks are taken out of the text before anything else is read, so that they are never
printed and never spoken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, cast

from leafcast.document.article import (
    LeafletChoice,
    LeafletMark,
    Paragraph,
    SayChoice,
    SayMark,
    VoiceMark,
)
from leafcast.document.identify import Identifier
from leafcast.document.origin import Origin
from leafcast.document.report import Finding, Place, Severity
from leafcast.readers.mark_kinds import (
    LEAFLET,
    LIKE_A_MARK,
    NAME,
    QUOTES,
    SAY,
    SHORTEST,
    VOICE,
    WORDS,
    Kind,
    Value,
    choice_of,
    exact_kind,
    near_kind,
    read_value,
)

UNDERLINE = re.compile(r"\s*(-{2,}|={2,})\s*$")
QUOTED_MARK = re.compile(r"([\s\d.)>*+-]*>)[ \t]*([A-Za-z]{3,9})[ \t]*([:=])[ \t]*(.*?)\s*$")


@dataclass(frozen=True, slots=True)
class WrittenMark:
    """A mark as it was written: its line in the file, and that of its heading (0: none, it is
    the introduction's). `choice` is one of its kind's, a name, or `WORDS`, which then are `words`,
    as source text.
    """

    line: int
    heading: int
    choice: str
    words: str = ""
    kind: Kind = LEAFLET


@dataclass(frozen=True, slots=True)
class Taken:
    """The text without its marks, every other line where it was; the marks; what was found.

    `quotes` are the voices of quotations, by the line on which each begins.
    """

    body: str
    marks: tuple[WrittenMark, ...]
    findings: tuple[Finding, ...]
    quotes: Mapping[int, VoiceMark] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outline:
    """Where the headings of a text are, in lines from 0: that on which each ends, and begins.

    Lines that are `verbatim`, such as code, hold no marks. `quotes` are lines on which a quotation
    begins.
    """

    headings: Mapping[int, int]
    verbatim: Collection[int] = ()
    quotes: Collection[int] = ()


def take_marks(body: str, above: int, outline: Outline, origin: Origin) -> Taken:
    """Take the marks out of `body`, which has `above` lines over it in the file."""
    return _Taker(body.split("\n"), above, outline, origin).take()


class _Taker:
    """Goes through the lines of one article."""

    def __init__(self, lines: list[str], above: int, outline: Outline, origin: Origin) -> None:
        self.lines, self.above, self.origin, self.outline = lines, above, origin, outline
        self.headings = outline.headings
        self.marks: list[WrittenMark] = []
        self.quotes: dict[int, VoiceMark] = {}
        self.findings: list[Finding] = []
        self.heading = 0
        self.directly_under = True

    def take(self) -> Taken:
        """Take every mark."""
        at = 0
        while at < len(self.lines):
            if at in self.headings:
                self.heading, self.directly_under = self.headings[at] + self.above + 1, True
            elif self.lines[at].strip():
                taken = 0 if at in self.outline.verbatim else self.mark_at(at)
                self.lines[at : at + taken] = [""] * taken
                self.directly_under = self.directly_under and bool(taken)
                at += max(taken - 1, 0)
            at += 1
        body = "\n".join(self.lines)
        return Taken(body, tuple(self.marks), tuple(self.findings), self.quotes)

    def mark_at(self, at: int) -> int:
        """Take the mark that begins on line `at`; the number of its lines, 0 where none is."""
        line = self.lines[at]
        if at in self.outline.quotes and self.quote_mark(at):
            return 0
        like = LIKE_A_MARK.match(line)
        kind = near_kind(like[1]) if like else None
        if not like or not kind:
            return 0
        value, exact = like[3].rstrip(), exact_kind(line) is kind
        choice = choice_of(kind, value)
        if self.directly_under and choice and not exact:
            self.find(
                f"{kind.word}-mark-misspelt",
                f"“{line.strip()}” is not how a mark is written",
                f"Write {kind.word}: {choice}; it is treated so for now",
                at,
            )
        elif not exact or not (choice or self.directly_under):
            self.doubt(at, kind, like)
            return 0
        return self.keep_mark(at, kind, value)

    def keep_mark(self, at: int, kind: Kind, value: str) -> int:
        """Note the mark on line `at`, where it means something; the number of its lines."""
        read, count = self.read(at, kind, value)
        if read.fault:
            self.find(*read.fault, at)
        if read.text:
            return 0
        if not self.directly_under:
            self.misplaced(at, kind, "it is treated so for now")
        if any((mark.heading, mark.kind) == (self.heading, kind) for mark in self.marks):
            self.find(
                f"{kind.word}-mark-twice",
                "This is a second mark for the same section",
                "Keep one of them; the first one holds for now",
                at,
            )
        elif read.choice:
            line = at + self.above + 1
            self.marks.append(WrittenMark(line, self.heading, read.choice, read.words, kind))
        return count

    def read(self, at: int, kind: Kind, value: str) -> tuple[Value, int]:
        """What the mark on line `at` says, and the number of its lines."""
        count = 1
        if not choice_of(kind, value) and kind.words:
            stanza = [value, *self.following(at)]
            if value[:1] in QUOTES:
                count = self.closed(at, kind, stanza)
            elif kind.words == "open" and len(value.split()) >= SHORTEST:
                count = self.unquoted(at, kind, stanza)
            value = " ".join(line.strip() for line in stanza[:count])
        return read_value(kind, value), count

    def following(self, at: int) -> list[str]:
        """The lines after `at` as far as the next blank line, heading or rule."""
        end = at + 1
        while (
            end < len(self.lines)
            and self.lines[end].strip()
            and end not in self.headings
            and not UNDERLINE.match(self.lines[end])
        ):
            end += 1
        return self.lines[at + 1 : end]

    def closed(self, at: int, kind: Kind, stanza: list[str]) -> int:
        """How many lines of `stanza` stand between quotes."""
        for count, line in enumerate(stanza, 1):
            if line.rstrip()[-1:] in ('"', "”") and (count > 1 or len(line.strip()) > 1):
                return count
        self.find(
            f"{kind.word}-mark-open",
            "The quotation mark before these words is not closed",
            f"Close it where they end; for now they go on to line {at + self.above + len(stanza)}",
            at,
        )
        return len(stanza)

    def unquoted(self, at: int, kind: Kind, stanza: list[str]) -> int:
        """Words without quotes go on as far as the lines do."""
        if len(stanza) > 1:
            self.find(
                f"{kind.word}-mark-open",
                f"These shorter words go on to line {at + self.above + len(stanza)}",
                "Put them in quotes, so that it is clear where they end",
                at,
            )
        return len(stanza)

    def quote_mark(self, at: int) -> bool:
        """Take a voice out of the first line of a quotation; whether there was one."""
        found = QUOTED_MARK.match(self.lines[at])
        kind = near_kind(found[2]) if found else None
        if not found or kind is not VOICE:
            return False
        if found[2].casefold() != VOICE.word or found[3] != ":":
            self.misspelt(at, kind, found[2] + found[3])
        elif not NAME.match(found[4]):
            read = read_value(VOICE, found[4])
            self.find(*(read.fault or ("", "", "")), at)
        else:
            line = at + self.above + 1
            self.quotes[line] = VoiceMark(found[4], Place(self.origin.shown, line))
            self.lines[at] = found[1]
        return True

    # ------------------------------------------------------------ findings

    def doubt(self, at: int, kind: Kind, like: re.Match[str]) -> None:
        """What may be meant as a mark, and is read as text."""
        named = like[1].casefold() == kind.word
        if not like[2]:
            return
        if self.directly_under and not named:
            self.misspelt(at, kind, like[1] + like[2])
        elif named and (kind is LEAFLET or not read_value(kind, like[3]).fault):
            self.misplaced(at, kind, "it is read as a part of the text")

    def misspelt(self, at: int, kind: Kind, written: str) -> None:
        self.find(
            f"{kind.word}-mark-misspelt",
            f"“{written}” is not a mark leafcast knows, so this is read as text",
            f"Did you mean “{kind.word}:”? {kind.example}",
            at,
        )

    def misplaced(self, at: int, kind: Kind, meanwhile: str) -> None:
        what = {LEAFLET: "for the leaflet", SAY: "for the listener", VOICE: "that names a voice"}
        also = ", or as the first line of a quotation" if kind is VOICE else ""
        self.find(
            f"{kind.word}-mark-misplaced",
            f"This looks like a mark {what[kind]}, but stands inside the text; {meanwhile}",
            f"Write it on a line of its own, directly under the section’s heading{also}",
            at,
        )

    def find(self, code: str, message: str, fix: str, at: int) -> None:
        line = at + self.above + 1
        self.findings.append(self.origin.finding(code, Severity.WARNING, message, fix, line=line))


# ---------------------------------------------------------------- marks as the article has them


@dataclass(frozen=True, slots=True)
class SectionMarks:
    """The marks of one section, or of the introduction."""

    leaflet: LeafletMark | None = None
    say: SayMark | None = None
    voice: VoiceMark | None = None


Marks = Mapping[int, SectionMarks]
"""Marks by the line of their heading; the introduction's by 0."""

ReadWords = Callable[[str, int], Paragraph]
"""Reads the words of a mark, from a line of the file."""

NO_MARKS: Final = SectionMarks()


def place_marks(written: Iterable[WrittenMark], origin: Origin, read: ReadWords) -> Marks:
    """Marks as the model has them, by the line of their heading.

    The words of `say:` have ids of their own, which no other mark can change.
    """
    sections, introduction = Identifier("say"), Identifier("say first")
    placed: dict[int, SectionMarks] = {}
    for mark in sorted(written, key=lambda mark: mark.kind is not LEAFLET):
        place = Place(origin.shown, mark.line)
        words = read(mark.words, mark.line) if mark.words else None
        marks = placed.get(mark.heading, NO_MARKS)
        if mark.kind is LEAFLET:
            choice = "shorter" if mark.choice == WORDS else mark.choice
            marks = replace(marks, leaflet=LeafletMark(cast("LeafletChoice", choice), place, words))
        elif mark.kind is SAY:
            words = _renamed(words, sections if mark.heading else introduction) if words else None
            marks = replace(marks, say=SayMark(cast("SayChoice", mark.choice), place, words))
        else:
            marks = replace(marks, voice=VoiceMark(mark.choice, place))
        placed[mark.heading] = marks
    return placed


def _renamed(paragraph: Paragraph, ids: Identifier) -> Paragraph:
    """`paragraph` with ids from `ids`."""
    words = " ".join(sentence.text for sentence in paragraph.sentences)
    sentences = (replace(each, id=ids.sentence(each.text)) for each in paragraph.sentences)
    return replace(paragraph, id=ids.block("paragraph", words), sentences=tuple(sentences))
