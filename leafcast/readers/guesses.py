"""What a file means without saying so: title and byline, lists that are typed, headings that
nothing marks, the closing. Files of every kind are judged alike; every guess is told.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from leafcast.document.article import LeftOut
from leafcast.readers.blanks import without_form_tables
from leafcast.readers.drafts import (
    BlockDraft,
    Gatherer,
    HeadingDraft,
    ParagraphDraft,
    RuleDraft,
    block_words,
    quoted,
)
from leafcast.readers.drop_caps import with_capitals_joined
from leafcast.readers.facts import Fact, bare_name, folded
from leafcast.readers.guessed_headings import Lines, short_and_open, with_headings
from leafcast.readers.guessed_lists import Typed, led_lists, tell_lists, typed_lists
from leafcast.readers.guessed_title import Top
from leafcast.readers.heading_findings import Teller
from leafcast.readers.line_kinds import byline_of
from leafcast.readers.typed_marks import with_typed_marks

CLOSING_PARAGRAPHS: Final = 2
"""After a byline there are at most this many paragraphs."""


@dataclass(frozen=True, slots=True)
class Shape:
    """An article's blocks by their place in it, in reading order; what they say about it, and what
    of that is left out of them.
    """

    body: tuple[BlockDraft, ...]
    byline: ParagraphDraft | None = None
    action: tuple[BlockDraft, ...] = ()
    found: tuple[Fact, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Manner:
    """What an owner does in the kind of file at hand, for the fixes: where a heading was guessed
    and is none, where one was not guessed, and where a list was guessed. `tells_all` is false where
    the file is written for leafcast, and only what is in doubt is told.
    """

    no_heading: str
    heading: str
    points: str
    tells_all: bool = True


@dataclass(frozen=True, slots=True)
class Given:
    """What is known before guessing: facts, and the lines that a mark makes headings."""

    known: Mapping[str, Fact]
    headings: Collection[int] = ()

    def words(self, key: str) -> str:
        """What is known of `key`; "" where nothing is."""
        fact = self.known.get(key)
        return fact.words if fact else ""


def shape_of(
    blocks: Sequence[BlockDraft], given: Given, manner: Manner, gatherer: Gatherer
) -> Shape:
    """The article's shape."""
    lists: list[Typed] = []
    blocks = with_typed_marks(with_capitals_joined(blocks))
    blocks = without_form_tables(blocks, gatherer)
    teller = Teller()
    top = Top(tuple(blocks), given.known).read()
    author = next((fact.words for fact in top.found if fact.key == "author"), given.words("author"))
    body = led_lists(typed_lists(top.blocks, lists), lists)
    body, closing = _named_closing(body, author, gatherer, tells=manner.tells_all)
    body = with_headings(body, Lines(given.headings, top.letterhead, author), teller)
    if not closing:
        body, closing = ruled_closing(body)
    if manner.tells_all:
        tell_lists(lists, gatherer, manner.points)
    teller.tell(gatherer, (manner.no_heading, manner.heading), tells_all=manner.tells_all)
    byline = closing[0] if closing and isinstance(closing[0], ParagraphDraft) else None
    action = closing[1:] if byline else closing
    body, action = _without_rules(_leveled(body)), _without_rules(action)
    return Shape(body, byline, action, tuple(top.found), top.left_out)


def _without_rules(blocks: tuple[BlockDraft, ...]) -> tuple[BlockDraft, ...]:
    return tuple(block for block in blocks if not isinstance(block, RuleDraft))


def _leveled(body: tuple[BlockDraft, ...]) -> tuple[BlockDraft, ...]:
    """The highest heading of the body is a section's, level 2, whatever the file calls it."""
    levels = [block.level for block in body if isinstance(block, HeadingDraft)]
    shift = 2 - min(levels, default=2)
    return tuple(
        replace(block, level=block.level + shift) if isinstance(block, HeadingDraft) else block
        for block in body
    )


def _named_closing(
    blocks: tuple[BlockDraft, ...], author: str, gatherer: Gatherer, *, tells: bool
) -> tuple[tuple[BlockDraft, ...], tuple[BlockDraft, ...]]:
    """The body, and the closing from a line near the end that names the author."""
    for at in range(len(blocks) - 1, max(0, len(blocks) - 2 - CLOSING_PARAGRAPHS), -1):
        words = block_words(blocks[at])
        if not _names(words, author) or not short_and_open(words):
            continue
        if not isinstance(blocks[at], ParagraphDraft):
            continue
        if tells and not isinstance(blocks[at - 1], RuleDraft):
            gatherer.advise(
                "guessed",
                f"{quoted(words)} was read as the line that names the author, and what "
                "follows as the closing words",
                "If it is not, put it elsewhere, or end it with a full stop",
                blocks[at].line,
            )
        return blocks[:at], blocks[at:]
    return blocks, ()


def _names(words: str, author: str) -> bool:
    """Whether `words` begin with the author's name, or with “By” and it."""
    name = bare_name(author)
    said = folded(byline_of(words) or words)
    return bool(name) and f"{said} ".startswith(f"{name} ")


def ruled_closing(
    blocks: tuple[BlockDraft, ...],
) -> tuple[tuple[BlockDraft, ...], tuple[BlockDraft, ...]]:
    """The body, and the closing after the one rule below the last heading, as in Markdown."""
    headings = [at for at, block in enumerate(blocks) if isinstance(block, HeadingDraft)]
    rules = [at for at, block in enumerate(blocks) if isinstance(block, RuleDraft)]
    last = max(headings, default=0)
    if not rules or rules[-1] < last or sum(at > last for at in rules) > 1:
        return blocks, ()
    closing = blocks[rules[-1] + 1 :]
    first = closing[0] if closing else None
    if isinstance(first, ParagraphDraft) and not first.stands_out:
        closing = (blocks[rules[-1]], *closing)  # no byline: the first paragraph is none
    return blocks[: rules[-1]], closing
