"""Ways to reach somebody, as links that a telephone understands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from leafcast.locale.language import ENGLISH, Language, marked
from leafcast.markup.html import dialled
from leafcast.practice.project import CrisisLine

NUMBER: Final = re.compile(
    r"(?<![\w.£/:])(?:\+\d{2}|\(\d{3,5}\)|\d{3,6})(?: \d{2,6}){0,4}(?![\w.:/-]*\w)"
)
"""What may be dialled: 999, 116 123, (0191) 498 0000, +44 20 7946 0000; no time, date or price."""
CALLED: Final = re.compile(r"\b(?:call|phone|ring|dial|telephone|tel|text|sms)\b|\+\d", re.I)
"""Only where one of these stands is a number one to dial."""
TEXTED: Final = re.compile(r"\btext\b", re.I)
BEFORE: Final = re.compile(
    r"(?i:\b(?:call|phone|ring|dial|telephone|text)\b|,?\s+(?:on|to|at))\s*$"
)
"""What stands before a number that can be set apart, and the words still say what to do."""
LEADING: Final = re.compile(r"(?i),?\s+(?:on|to|at)\s*$")
WHOSE: Final = "NHS "
"""What belongs to the number behind it."""


def reach(words: str) -> Markup:
    """`words` with each number as a link that dials it, or starts a text message to it.

    A number is texted where the word “text” stands before it in the same sentence.
    """
    linked, at = Markup(""), 0
    for target, start, end in _numbers(words):
        linked += escape(words[at:start]) + link(target, words[start:end])
        at = end
    return linked + escape(words[at:])


def link(target: str, words: str) -> Markup:
    """A link that stays on one line."""
    return Markup('<a class="tied" href="{}">{}</a>').format(target, words)


def feedback(way: str) -> Markup:
    """How to say what helped: an address of the web or of e-mail as a link, other words as such."""
    if re.fullmatch(r"https?://\S+", way):
        shown = way.split("://", 1)[1].removeprefix("www.").rstrip("/")
        return Markup('<a href="{}" rel="noreferrer">{}</a>').format(way, shown)
    if re.fullmatch(r"[^\s@]+@[^\s@]+", way):
        return Markup('<a href="mailto:{}">{}</a>').format(way, way)
    return reach(way)


# ---------------------------------------------------------------- the ways to help


@dataclass(frozen=True, slots=True)
class WayToHelp:
    """One row of the card for a crisis: for whom, what to do, and the number, set large.

    `words` are without the number where they still say what to do: “Call, or go to A&E”, beside
    999. `number` is "" where there is none to dial, and `does` is what its link does.
    """

    name: str
    words: Markup
    number: str = ""
    target: str = ""
    does: str = ""

    @property
    def plain(self) -> str:
        """The words without links."""
        return str(self.words.striptags())

    @property
    def link(self) -> Markup:
        """The number as a link that says what it does."""
        return Markup('<a class="number" href="{}" aria-label="{}, {}">{}</a>').format(
            self.target, self.does, self.name, self.number
        )


def ways_to_help(
    lines: Iterable[CrisisLine], language: Language = ENGLISH
) -> tuple[WayToHelp, ...]:
    """The lines for a crisis as rows, each with the first number that one can dial or text."""
    return tuple(_way(line, language) for line in lines)


def _way(line: CrisisLine, language: Language) -> WayToHelp:
    for target, start, end in _numbers(line.how):
        if line.how[:start].endswith(WHOSE):
            start -= len(WHOSE)
        before, after = line.how[:start], line.how[end:]
        number = line.how[start:end]
        words = escape(line.how)
        if any(CALLED.search(line.how) for _ in NUMBER.finditer(after)):
            words = reach(line.how)
        elif BEFORE.search(before):
            words = escape(_joined(LEADING.sub("", before).rstrip(), after))
        called, texted = marked("Call {number}"), marked("Text {number}")
        does = language.gettext(texted if target.startswith("sms:") else called)
        return WayToHelp(line.name, words, number, target, does.format(number=number))
    return WayToHelp(line.name, escape(line.how))


def _joined(before: str, after: str) -> str:
    """What stands on both sides of a number, without it."""
    return f"{before}, {after.lstrip()}" if re.match(r"\s+\w", after) else before + after


def _numbers(words: str) -> Iterator[tuple[str, int, int]]:
    """Every number to dial or to text: its address, and where it stands."""
    at = 0
    for sentence in re.split(r"((?<=[.;])\s+(?=[A-Z]))", words):
        scheme = "sms" if TEXTED.search(sentence) else "tel"
        for number in NUMBER.finditer(sentence) if CALLED.search(sentence) else ():
            yield f"{scheme}:{dialled(number[0])}", at + number.start(), at + number.end()
        at += len(sentence)
