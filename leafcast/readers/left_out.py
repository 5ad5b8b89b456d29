"""What was left out of Markdown, or read otherwise than it is written, told with its lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from leafcast.document.article import LeftOut
from leafcast.document.origin import Origin
from leafcast.document.report import Finding, Severity
from leafcast.readers.drafts import quoted
from leafcast.readers.rewriting import Kind, Left

LONGEST: Final = {Kind.PROPERTY: 200}
"""Letters of a piece that are shown, where more than others need be."""
SHOWN: Final = 3
"""Pieces of a line that a finding shows; more are counted."""

TOLD: Final[dict[Kind, tuple[Severity, str, str, str]]] = {
    Kind.CODE: (
        Severity.WARNING,
        "site-code",
        "Code of a website program is not passed on: {}",
        "If readers need what it shows, write it into the text",
    ),
    Kind.MARK: (
        Severity.ADVICE,
        "site-marks",
        "Marks of another program, which are no words, were left out: {}",
        "Nothing need be done",
    ),
    Kind.COMMENT: (
        Severity.ADVICE,
        "comment-left-out",
        "Notes to yourself are left out: {}",
        "Nothing need be done",
    ),
    Kind.NOTE: (
        Severity.ADVICE,
        "link-to-note",
        "Links to other notes keep their words only: {}",
        "Write [words](https://…) where a reader can follow",
    ),
    Kind.STRUCK: (
        Severity.WARNING,
        "struck-left-out",
        "Struck-through words are left out: {}",
        "Take the marks away if they hold; else take the words out",
    ),
    Kind.HTML: (
        Severity.ADVICE,
        "raw-html",
        "HTML is not passed on; what it encloses is read as a web page would show it: {}",
        "Nothing need be done if it reads well; else write it as Markdown",
    ),
    Kind.GONE: (
        Severity.WARNING,
        "raw-html",
        "HTML that has no words of its own is not passed on: {}",
        "If readers need what it shows, write it into the text",
    ),
    Kind.HEADING: (
        Severity.ADVICE,
        "heading-without-space",
        "Read as headings, though no space follows the #: {}",
        "Write a space after the #",
    ),
    Kind.UNREAD: (
        Severity.WARNING,
        "markdown-unread",
        "This looks like a picture or a link, but cannot be read as one: {}",
        "Write ![what it shows](<its name>), or [words](<https://…>)",
    ),
    Kind.RAISED: (
        Severity.WARNING,
        "raised-letters",
        "Letters above or below the line were set in brackets on it: {}",
        "Write in words what they mean",
    ),
    Kind.PROPERTY: (
        Severity.WARNING,
        "page-properties",
        "What a note-taking program keeps about its page was left out: {}",
        "What readers need of it, write into the text; a date belongs into the front matter",
    ),
    Kind.UNCALLED: (
        Severity.WARNING,
        "note-uncalled",
        "No word calls this note, so it is in no leaflet and is never heard: {}",
        "Write its mark, such as [^1], behind the words it belongs to, or take the note out",
    ),
}  # fmt: skip


def left_out_of(left: Sequence[Left]) -> Iterator[LeftOut]:
    """What was left out, as the witness hears it."""
    return (
        LeftOut(TOLD[each.kind][1], each.words, each.line)
        for each in left
        if each.kind in TOLD and each.kind is not Kind.RAISED
    )


def tell_left_out(left: Sequence[Left], origin: Origin) -> Iterator[Finding]:
    """A finding a kind and line, in the order of lines."""
    order = list(TOLD)
    pieces = sorted(
        (each for each in left if each.kind in TOLD),
        key=lambda each: (each.line, order.index(each.kind)),
    )
    for (line, kind), found in groupby(pieces, key=lambda each: (each.line, each.kind)):
        severity, code, message, fix = TOLD[kind]
        words = [quoted(each.words, LONGEST.get(kind, 40)) for each in found]
        more = len(words) - SHOWN
        said = ", ".join(words[:SHOWN]) + (f" and {more} more" if more > 0 else "")
        yield origin.finding(code, severity, message.format(said), fix, line=line)
