"""The owner's marks: what a section is worth to the short, folded leaflet.

    ## How It Helps With Past Trauma
    leaflet: drop

A mark is a line of its own, directly under a heading, or above the article's first words for its
introduction; there it can stand in the front matter too. It says `keep`, `drop`, or in quotes the
shorter words that the leaflet has in the section's place. It is taken out of the text before
anything else is read, so that it is never printed and never spoken.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Final

from leafcast.model import LeafletMark, Paragraph
from leafcast.readers.origin import Origin
from leafcast.report import Finding, Place, Severity

WORD: Final = "leaflet"
CHOICES: Final = ("keep", "drop")
EXAMPLE: Final = 'Write leaflet: keep, leaflet: drop, or leaflet: "shorter words"'
QUOTES: Final = {'"': '"', "“": "”", "”": "”"}
SHORTEST: Final = 3
"""Fewer words than these stand for no section: they are a mark that was misspelt."""

LIKE_A_MARK = re.compile(r"[\s>*_<!#-]*([A-Za-z]{4,9})[ \t*_]*([:=]?)[ \t*_]*(.*)")
UNDERLINE = re.compile(r"\s*(-{2,}|={2,})\s*$")


@dataclass(frozen=True, slots=True)
class WrittenMark:
    """A mark as it was written: its line in the file, and that of its heading (0: none, it is
    the introduction's). `words` are the shorter words, as source text.
    """

    line: int
    heading: int
    choice: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """The text without its marks, every other line where it was; the marks; what was found."""

    body: str
    marks: tuple[WrittenMark, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """Where the headings of a text are, in lines from 0: that on which each ends, and begins.

    Lines that are `verbatim`, such as code, hold no marks.
    """

    headings: Mapping[int, int]
    verbatim: Collection[int] = ()


def take_marks(body: str, above: int, outline: Outline, origin: Origin) -> Taken:
    """Take the marks out of `body`, which has `above` lines over it in the file."""
    return _Taker(body.split("\n"), above, outline, origin).take()


class _Taker:
    """Goes through the lines of one article."""

    def __init__(self, lines: list[str], above: int, outline: Outline, origin: Origin) -> None:
        self.lines, self.above, self.origin = lines, above, origin
        self.headings, self.verbatim = outline.headings, outline.verbatim
        self.marks: list[WrittenMark] = []
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
                taken = 0 if at in self.verbatim else self.mark_at(at)
                self.lines[at : at + taken] = [""] * taken
                self.directly_under = self.directly_under and bool(taken)
                at += max(taken - 1, 0)
            at += 1
        return Taken("\n".join(self.lines), tuple(self.marks), tuple(self.findings))

    def mark_at(self, at: int) -> int:
        """Take the mark that begins on line `at`; the number of its lines, 0 where none is."""
        line = self.lines[at]
        like = LIKE_A_MARK.match(line)
        if not like or not _is_near(like[1]):
            return 0
        value, exact = like[3].rstrip(), is_mark(line)
        choice = _choice(value)
        if self.directly_under and choice and not exact:
            self.find(
                "leaflet-mark-misspelt",
                f"“{line.strip()}” is not how a mark is written",
                f"Write {WORD}: {choice}; it is treated so for now",
                at,
            )
        elif not exact or not (choice or self.directly_under):
            self.doubt(at, like)
            return 0
        return self.keep_mark(at, value)

    def keep_mark(self, at: int, value: str) -> int:
        """Note the mark on line `at`, where it means something; the number of its lines."""
        choice, words, count = self.read(at, value)
        if not self.directly_under:
            self.misplaced(at, "it is treated so for now")
        if any(mark.heading == self.heading for mark in self.marks):
            self.find(
                "leaflet-mark-twice",
                "This is a second mark for the same section",
                "Keep one of them; the first one holds for now",
                at,
            )
        elif choice:
            self.marks.append(WrittenMark(at + self.above + 1, self.heading, choice, words))
        return count

    def read(self, at: int, value: str) -> tuple[str, str, int]:
        """The choice ("" for none that is known), the shorter words, the number of lines."""
        if choice := _choice(value):
            return choice, "", 1
        stanza = [value, *self.following(at)]
        if value[:1] in QUOTES:
            count = self.closed(at, stanza)
        else:
            count = len(stanza) if len(value.split()) >= SHORTEST else 1
            if count > 1:
                self.find(
                    "leaflet-mark-open",
                    f"These shorter words go on to line {at + self.above + count}",
                    "Put them in quotes, so that it is clear where they end",
                    at,
                )
        choice, words, finding = read_value(" ".join(line.strip() for line in stanza[:count]))
        if finding:
            self.find(finding[0], finding[1], finding[2], at)
        return choice, words, count

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

    def closed(self, at: int, stanza: list[str]) -> int:
        """How many lines of `stanza` stand between quotes."""
        for count, line in enumerate(stanza, 1):
            if line.rstrip()[-1:] in ('"', "”") and (count > 1 or len(line.strip()) > 1):
                return count
        self.find(
            "leaflet-mark-open",
            "The quotation mark before these shorter words is not closed",
            f"Close it where they end; for now they go on to line {at + self.above + len(stanza)}",
            at,
        )
        return len(stanza)

    # ------------------------------------------------------------ findings

    def doubt(self, at: int, like: re.Match[str]) -> None:
        """What may be meant as a mark, and is read as text."""
        if not like[2]:
            return
        if self.directly_under and like[1].casefold() != WORD:
            self.find(
                "leaflet-mark-misspelt",
                f"“{like[1]}{like[2]}” is not a mark leafcast knows, so this is read as text",
                f"Did you mean “{WORD}:”? {EXAMPLE}",
                at,
            )
        elif like[1].casefold() == WORD:
            self.misplaced(at, "it is read as a part of the text")

    def misplaced(self, at: int, meanwhile: str) -> None:
        self.find(
            "leaflet-mark-misplaced",
            f"This looks like a mark for the leaflet, but stands inside the text; {meanwhile}",
            "Write it on a line of its own, directly under the section’s heading",
            at,
        )

    def find(self, code: str, message: str, fix: str, at: int) -> None:
        line = at + self.above + 1
        self.findings.append(self.origin.finding(code, Severity.WARNING, message, fix, line=line))


def read_value(value: str) -> tuple[str, str, tuple[str, str, str] | None]:
    """What follows `leaflet:`: the choice, the shorter words, and the words of a finding."""
    words = value.strip()
    quoted = words[:1] in QUOTES
    if quoted:
        words = words[1:].removesuffix(QUOTES[words[0]]).removesuffix('"').strip()
    if choice := _choice(words):
        return choice, "", None
    if words and (quoted or len(words.split()) >= SHORTEST):
        return "shorter", words, None
    near = difflib.get_close_matches(words.casefold(), CHOICES, 1, 0.5)
    return "", "", (
        "leaflet-mark-unknown",
        f"“{WORD}: {words}” means nothing, and is left out" if words else "This mark says nothing",
        f"Did you mean {WORD}: {near[0]}?" if near else EXAMPLE,
    )  # fmt: skip


def is_mark(line: str) -> bool:
    """Whether `line` begins as a mark does."""
    return bool(re.match(rf"[ \t]*{WORD}[ \t]*:", line, re.I))


def may_be_mark(line: str) -> bool:
    """Whether `line` is a mark, or may be meant to be one."""
    like = LIKE_A_MARK.match(line)
    return bool(like and _is_near(like[1]) and (like[2] or _choice(like[3])))


def is_choice(line: str) -> bool:
    """Whether `line` is a mark that says keep or drop."""
    return is_mark(line) and bool(_choice(line.partition(":")[2]))


def _choice(value: str) -> str:
    """`keep` or `drop`, however it is written; "" for anything else."""
    word = value.strip("*_> \t-.").casefold()
    return word if word in CHOICES else ""


def _is_near(word: str) -> bool:
    """Whether `word` is `leaflet`, or may be meant to be."""
    word = word.casefold()
    return word == WORD or difflib.SequenceMatcher(None, word, WORD).ratio() >= 0.7


# ---------------------------------------------------------------- marks as the article has them

Marks = Mapping[int, LeafletMark]
"""Marks by the line of their heading; the introduction's by 0."""


ReadWords = Callable[[str, int], Paragraph]
"""Reads shorter words, from a line of the file."""


def place_mark(mark: WrittenMark, origin: Origin, read: ReadWords) -> LeafletMark:
    """A mark as the model has it."""
    shorter = read(mark.words, mark.line) if mark.words else None
    return LeafletMark(mark.choice, Place(origin.shown, mark.line), shorter)


def place_marks(written: Collection[WrittenMark], origin: Origin, read: ReadWords) -> Marks:
    """Marks as the model has them, by the line of their heading."""
    return {mark.heading: place_mark(mark, origin, read) for mark in written}
