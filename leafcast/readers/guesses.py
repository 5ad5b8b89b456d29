"""What a Word file or a page means without saying so: headings in bold, lists of typed bullets,
the title, the byline. The judgement is that of plain text; every guess is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from leafcast.readers.drafts import (
    BREAK,
    BlockDraft,
    EntryDraft,
    Gatherer,
    HeadingDraft,
    ListDraft,
    ParagraphDraft,
    QuoteDraft,
    RuleDraft,
    Run,
    Runs,
    block_words,
    quoted,
    words_of,
)
from leafcast.readers.facts import Fact, Standing, folded
from leafcast.readers.plain_text import (
    BULLET,
    CLOSING_PARAGRAPHS,
    judge_heading,
    names,
    short_and_open,
)

SURE_BULLET: Final = re.compile(r"\s*[•‣◦▪●○■·][\s]*(?=\S)")
"""A character that begins nothing but a point of a list; others must stand there twice."""


@dataclass(frozen=True, slots=True)
class Shape:
    """An article's blocks by their place in it, in reading order; and what they say about it."""

    body: tuple[BlockDraft, ...]
    byline: ParagraphDraft | None = None
    action: tuple[BlockDraft, ...] = ()
    found: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Manner:
    """What an owner does in the kind of file at hand, for the fixes: where a heading was guessed
    and is none, where one was not guessed, and where a list was guessed.
    """

    no_heading: str
    heading: str
    points: str


def shape_of(
    blocks: Sequence[BlockDraft], known: Mapping[str, Fact], manner: Manner, gatherer: Gatherer
) -> Shape:
    """The article's shape. `known` is what the file says about the article."""
    guesser = _Guesser(manner, gatherer)
    body = guesser.lists(tuple(blocks))
    body, title = _title(body, known.get("title"))
    author = known.get("author")
    body, closing = guesser.named_closing(body, author.words if author else "")
    body = guesser.headings(body)
    if not closing:
        body, closing = ruled_closing(body)
    byline = closing[0] if closing and isinstance(closing[0], ParagraphDraft) else None
    action = closing[1:] if byline else closing
    found = (title,) if title else ()
    return Shape(_without_rules(_leveled(body)), byline, _without_rules(action), found)


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


def could_be_heading(block: BlockDraft) -> bool:
    """Whether a paragraph is like a heading: one short line that is no sentence."""
    if not isinstance(block, ParagraphDraft) or any(run.text == BREAK for run in block.runs):
        return False
    words = words_of(block.runs)
    return bool(words) and short_and_open(words) and not BULLET.match(words)


def _title(
    blocks: tuple[BlockDraft, ...], known: Fact | None
) -> tuple[tuple[BlockDraft, ...], Fact | None]:
    """The body without its title; and the title, where the blocks tell it and not the file."""
    first = next((at for at, b in enumerate(blocks) if not isinstance(b, RuleDraft)), None)
    if first is None:
        return blocks, None
    block, rest = blocks[first], blocks[first + 1 :]
    if not isinstance(block, HeadingDraft | ParagraphDraft):
        return blocks, None
    words = block_words(block)
    if known and folded(words) == folded(known.words):
        return rest, None
    alone = isinstance(block, HeadingDraft) and not any(
        isinstance(each, HeadingDraft) and each.level <= block.level for each in rest
    )
    stands_out = isinstance(block, ParagraphDraft) and block.stands_out
    leading = could_be_heading(block) and bool(rest) and (not known or stands_out)
    seen = alone or leading
    if not seen or (known and known.standing < Standing.KEPT):
        return blocks, None
    fact = Fact("title", words, Standing.SHOWN, "the line that stands first", block.line, True)
    return rest, fact


class _Guesser:
    def __init__(self, manner: Manner, gatherer: Gatherer) -> None:
        self.manner = manner
        self.gatherer = gatherer

    # ------------------------------------------------------------ lists

    def lists(self, blocks: tuple[BlockDraft, ...]) -> tuple[BlockDraft, ...]:
        """Paragraphs that begin with a typed bullet or number as points of lists."""
        lines = [
            replace(block, blocks=self.lists(block.blocks))
            if isinstance(block, QuoteDraft)
            else block
            for whole in blocks
            for block in _split(whole)
        ]
        made: list[BlockDraft] = []
        for kind, group in groupby(lines, key=_bullet_kind):
            members = list(group)
            if not kind or (kind != "sure" and len(members) < 2):
                made += members
                continue
            entries = tuple(_entry(each) for each in members if isinstance(each, ParagraphDraft))
            start = _number(members[0]) if kind == "number" else 1
            made.append(ListDraft(entries, members[0].line, kind == "number", start))
            mark = "number" if kind == "number" else "bullet"
            self.gatherer.advise(
                "guessed",
                f"{len(members)} paragraphs from {quoted(block_words(entries[0].blocks[0]))} on "
                f"were read as a list, because each begins with a typed {mark}",
                self.manner.points,
                members[0].line,
            )
        return tuple(made)

    # ------------------------------------------------------------ the closing

    def named_closing(
        self, blocks: tuple[BlockDraft, ...], author: str
    ) -> tuple[tuple[BlockDraft, ...], tuple[BlockDraft, ...]]:
        """The body, and the closing from a line near the end that names the author."""
        for at in range(len(blocks) - 1, max(0, len(blocks) - 2 - CLOSING_PARAGRAPHS), -1):
            words = block_words(blocks[at])
            if not (names(words, author) and could_be_heading(blocks[at])):
                continue
            if not isinstance(blocks[at - 1], RuleDraft):
                self.gatherer.advise(
                    "guessed",
                    f"{quoted(words)} was read as the line that names the author, and what "
                    "follows as the closing words",
                    "If it is not, put it elsewhere, or end it with a full stop",
                    blocks[at].line,
                )
            return blocks[:at], blocks[at:]
        return blocks, ()

    # ------------------------------------------------------------ headings

    def headings(self, blocks: tuple[BlockDraft, ...]) -> tuple[BlockDraft, ...]:
        """Lines that stand out as headings, where the file marks none; else lines that read so."""
        marked = any(isinstance(block, HeadingDraft) for block in blocks)
        standing_out = [
            isinstance(block, ParagraphDraft) and block.stands_out and could_be_heading(block)
            for block in blocks
        ]
        made = []
        for at, block in enumerate(blocks):
            followed = at + 1 < len(blocks) and not could_be_heading(blocks[at + 1])
            if isinstance(block, ParagraphDraft) and could_be_heading(block):
                if marked:
                    if standing_out[at]:
                        self._no_heading(block)
                elif any(standing_out):
                    if standing_out[at] and at + 1 < len(blocks):
                        block = self._heading(block, "it stands out and is no sentence")
                elif followed and judge_heading(block_words(block))[0]:
                    block = self._heading(block, "it is short, no sentence, and text follows")
            made.append(block)
        return tuple(made)

    def _heading(self, block: ParagraphDraft, why: str) -> HeadingDraft:
        self.gatherer.advise(
            "guessed",
            f"{quoted(block_words(block))} was read as a heading, because {why}",
            self.manner.no_heading,
            block.line,
        )
        runs = tuple(replace(run, strong=False, emphasis=False) for run in block.runs)
        return HeadingDraft(2, runs, block.line)

    def _no_heading(self, block: ParagraphDraft) -> None:
        self.gatherer.advise(
            "guessed",
            f"{quoted(block_words(block))} was read as a paragraph, though it looks like a "
            "heading: others here are marked as headings",
            self.manner.heading,
            block.line,
        )


def ruled_closing(
    blocks: tuple[BlockDraft, ...],
) -> tuple[tuple[BlockDraft, ...], tuple[BlockDraft, ...]]:
    """The body, and the closing after a rule below the last heading, as in Markdown."""
    headings = [at for at, block in enumerate(blocks) if isinstance(block, HeadingDraft)]
    rules = [at for at, block in enumerate(blocks) if isinstance(block, RuleDraft)]
    if not rules or rules[-1] < max(headings, default=0):
        return blocks, ()
    closing = blocks[rules[-1] + 1 :]
    first = closing[0] if closing else None
    if isinstance(first, ParagraphDraft) and not first.stands_out:
        closing = (blocks[rules[-1]], *closing)  # no byline: the first paragraph is none
    return blocks[: rules[-1]], closing


# ---------------------------------------------------------------- typed bullets


def _split(block: BlockDraft) -> Iterator[BlockDraft]:
    """A paragraph cut at those of its line breaks after which a bullet stands."""
    if not isinstance(block, ParagraphDraft):
        yield block
        return
    lines: list[Runs] = [()]
    for run in block.runs:
        if run.text == BREAK:
            lines.append(())
        else:
            lines[-1] = (*lines[-1], run)
    if not any(BULLET.match(words_of(line) + " ") for line in lines[1:]):
        yield block
        return
    gathered: Runs = ()
    for line in lines:
        if BULLET.match(words_of(line)) and gathered:
            yield replace(block, runs=gathered)
            gathered = ()
        gathered = (*gathered, Run(BREAK), *line) if gathered else line
    yield replace(block, runs=gathered)


def _bullet_kind(block: BlockDraft) -> str:
    """How a paragraph begins: with a sure bullet, a number, another mark, or without ("")."""
    if not isinstance(block, ParagraphDraft):
        return ""
    words = words_of(block.runs)
    if SURE_BULLET.match(words):
        return "sure"
    mark = BULLET.match(words)
    if not mark:
        return ""
    return "number" if mark[1] else "other"


def _number(block: BlockDraft) -> int:
    mark = BULLET.match(block_words(block))
    return int(mark[1]) if mark and mark[1] else 1


def _entry(block: ParagraphDraft) -> EntryDraft:
    """A point without its typed bullet."""
    text = "".join(run.text for run in block.runs)
    mark = SURE_BULLET.match(text) or BULLET.match(text)
    left = mark.end() if mark else 0
    runs = []
    for run in block.runs:
        runs.append(replace(run, text=run.text[left:]))
        left = max(0, left - len(run.text))
    return EntryDraft((ParagraphDraft(tuple(runs), block.line),), block.line)
