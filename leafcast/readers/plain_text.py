"""Plain text → drafts → Article.

What programs without marks leave is read from the lines: blank lines, lines that were wrapped and
lines that are whole, underlines, rules, quoted lines. What then is a heading or a list, `guesses`
judges, as in files of every kind.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Final

from leafcast.document.article import Reading
from leafcast.document.invisible import cleaned_source
from leafcast.document.origin import Origin
from leafcast.readers.bullets import bullet_of
from leafcast.readers.drafts import (
    Draft,
    Gatherer,
)
from leafcast.readers.encodings import refuse_other_kinds
from leafcast.readers.finish import finish
from leafcast.readers.front_lines import split_front_matter
from leafcast.readers.front_matter import read_front_matter
from leafcast.readers.guessed_headings import short_and_open
from leafcast.readers.guesses import Manner
from leafcast.readers.mail import facts_of, letter_in, tell_gone
from leafcast.readers.mail_coding import mail_as_text
from leafcast.readers.mark_kinds import may_be_mark
from leafcast.readers.marks import Outline, take_marks
from leafcast.readers.printed_pages import without_edges
from leafcast.readers.shown_days import take_days
from leafcast.readers.stanzas import blocks_of

MANNER: Final = Manner(
    "If that is wrong, save the file as .md and write ## before each heading",
    "If that is wrong, save the file as .md and write ## before each heading",
    "If it is none, put blank lines between its lines",
    tells_all=False,
)
REMEDY: Final = "Begin the file with a line ---, lines such as {key}: {example}, and a line ---"
MAIL_REMEDY: Final = "Start an article from the mail: leafcast new; then write {key}: {example}"


def read_plain_text(text: str, origin: Origin) -> Reading:
    """Read an article of plain text that has front matter."""
    draft = draft_text(text, origin)
    if draft.front is None:
        draft = replace(draft, front=read_front_matter(None, origin))
    return finish(draft, MANNER, origin)


def draft_text(text: str, origin: Origin) -> Draft:
    """What a text holds; `front` where it has front matter."""
    head, body, above = split_front_matter(text)
    front = None if head is None else read_front_matter(head, origin)
    gatherer = Gatherer(origin)
    letter = letter_in(body) if head is None else None
    if letter:
        body = "\n".join(letter.lines)
        tell_gone(letter, gatherer)
    body = without_edges(body, above, gatherer)
    taken = take_marks(body, above, _outline(body), origin)
    forced = {mark.heading for mark in taken.marks}
    blocks = tuple(blocks_of(taken.body, above, forced, gatherer))
    known = front[0] if front else None
    days, blocks = ((), blocks) if front else take_days(blocks, gatherer)
    return Draft(
        blocks,
        {"title": known.title, "author": known.author} if known else {},
        "line",
        REMEDY,
        findings=tuple(gatherer.findings),
        offered=(*days, *(facts_of(letter.head) if letter else ())),
        front=front,
        taken=taken,
        left_out=tuple(gatherer.left_out),
    )


def read_mail(content: bytes, origin: Origin) -> Reading:
    """Read an article from a mail. It says no review, so there is none until one is started."""
    return finish(draft_mail(content, origin), MANNER, origin)


def draft_mail(content: bytes, origin: Origin) -> Draft:
    """What a mail holds. Raises SourceError for a file of another kind."""
    gatherer = Gatherer(origin)
    refuse_other_kinds(content, origin)
    text, unseen = cleaned_source(mail_as_text(content, gatherer), origin)
    draft = draft_text(text, origin)
    findings = (*gatherer.findings, *unseen, *draft.findings)
    return replace(draft, remedy=MAIL_REMEDY, findings=findings)


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
            and short_and_open(" ".join(line.split()))
            and not bullet_of(line)
        }
    )
